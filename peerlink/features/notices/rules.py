"""What a message says, when it may come, and what a mail server must be told."""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from peerlink.errors import Refused
from peerlink.events import Wording
from peerlink.framework.message_words import Security
from peerlink.framework.telling import tells
from peerlink.words import N_, _

SAYS = {
    Wording.UPDATE: N_("You have an update."),
    Wording.FORM: N_("A short form waits."),
    Wording.DATE: N_("A date draws near."),
    Wording.NOW: N_("You are needed. Please sign in now."),
}
"""Subject and first line of each message; there is nothing else to read (framework.md section 8, rule 6)."""
SIGN_IN = "/sign-in"
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
LONGEST = 80
PAUSES = tuple(dt.timedelta(minutes=n) for n in (1, 5, 15, 60, 240, 720))
"""How long to wait after each failed try; after the last, as long again."""
KEPT_UNSENT = dt.timedelta(days=14)
"""After so long an update is no news."""
KEPT_SENT = dt.timedelta(days=180)
"""How long it is remembered that an occasion was told."""
GIVEN_UP_AFTER = dt.timedelta(minutes=10)
"""After so long whoever was at sending a message is gone."""
_ADDRESS = re.compile(r"[^\s@<>\"(),;:\\]+@[^\s@<>\"(),;:\\]+")
_JOINED = re.compile(r"hiv|plwh|antiretroviral", re.IGNORECASE)
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class MailDraft:
    """The way to a mail server, as somebody typed it."""

    host: str
    port: int
    security: Security
    address: str
    sender: str
    site: str
    username: str | None = None
    password: str | None = None
    """None leaves the one that is kept."""


@dataclass(frozen=True)
class ReachDraft:
    """How somebody wants to be told."""

    by_email: bool
    quiet_from: int
    quiet_until: int


def text_of(wording: Wording, site: str) -> tuple[str, str]:
    """Return subject and text of a message: one neutral sentence, and where to sign in."""
    said = _(SAYS[wording])
    return said, f"{said}\n\n{site}{SIGN_IN}\n"


def occasion_of(key: str) -> bytes:
    """Turn the key of an occasion into what is kept of it."""
    return hashlib.blake2b(key.encode(), digest_size=16).digest()


def is_wanted(wording: Wording, *, by_email: bool, on_duty: bool) -> bool:
    """Tell whether a message is sent: whoever is on duty gets the urgent ones whatever they chose."""
    return by_email or (on_duty and wording is Wording.NOW)


def comes_at(now: dt.datetime, wording: Wording, quiet_from: int, quiet_until: int) -> dt.datetime:
    """Return when a message may come, `now` being the local time: not in quiet hours, unless it is urgent."""
    if wording is Wording.NOW or not _is_quiet(now.hour, quiet_from, quiet_until):
        return now
    morning = now.replace(hour=quiet_until, minute=0, second=0, microsecond=0)
    return morning if morning > now else morning + dt.timedelta(days=1)


def pause_after(tries: int) -> dt.timedelta:
    """Return how long to wait after so many failed tries."""
    return PAUSES[min(max(tries, 1), len(PAUSES)) - 1]


def check_reach(draft: ReachDraft) -> None:
    """Refuse hours there are not."""
    if not all(0 <= hour <= 23 for hour in (draft.quiet_from, draft.quiet_until)):
        raise Refused(_("An hour is 0 to 23."))


def check_mail(draft: MailDraft) -> None:
    """Refuse a way that cannot work, is not private, or tells a stranger what the programme is about."""
    typed = (draft.host, draft.address, draft.sender, draft.site, draft.username or "")
    if any(len(one) > LONGEST or _UNPRINTED.search(one) for one in typed):
        raise Refused(_("Write each in one line, with at most %(n)s letters.", n=LONGEST))
    if not draft.host.strip() or " " in draft.host.strip():
        raise Refused(_("Type the name of the mail server, such as mail.example.org."))
    if not 1 <= draft.port <= 65535:
        raise Refused(_("A port is 1 to 65535."))
    if draft.security is Security.NONE and draft.host not in HERE:
        raise Refused(_("Without TLS anybody on the way can read to whom you write. Choose STARTTLS or TLS."))
    if not _ADDRESS.fullmatch(draft.address):
        raise Refused(_("Type the address messages come from, such as news@example.org."))
    if not draft.sender.strip():
        raise Refused(_("Type the name messages come from. Choose one that a stranger may read."))
    _check_site(draft.site)
    if tells(draft.sender) or any(map(_address_tells, (draft.address, draft.site))):
        raise Refused(
            _("Name and addresses stand on locked screens: they may not tell what the programme is about.")
        )


def _check_site(site: str) -> None:
    parts = urlsplit(site)
    private = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in HERE)
    if not private or not parts.hostname or parts.path or parts.query or parts.fragment or parts.username:
        raise Refused(_("Type where people reach PeerLink, such as https://links.example.org, and no more."))


def _address_tells(address: str) -> bool:
    """Tell the same of an address, where words stand joined."""
    return tells(re.sub(r"[._@/:-]", " ", address)) or _JOINED.search(address) is not None


def _is_quiet(hour: int, quiet_from: int, quiet_until: int) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until
