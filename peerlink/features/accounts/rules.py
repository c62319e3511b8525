"""When a sign-in ends, when it must wait, and what an account may be."""

import datetime as dt
import re
from dataclasses import dataclass
from uuid import UUID

from peerlink.errors import Refused
from peerlink.roles import SECOND_FACTOR, Role
from peerlink.words import N_, _

IDLE_AT_DESK = dt.timedelta(minutes=15)
IDLE_ON_PHONE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
LETTER_LASTS = dt.timedelta(days=7)
SETUP_LASTS = dt.timedelta(hours=24)

CALENDAR_LASTS = dt.timedelta(days=366)
"""How long the address of a private calendar works."""
CALENDAR_SHOWS = dt.timedelta(days=30)
"""How far back a calendar looks, so that what was called off lately is taken out."""

FREE_TRIES = 5
FIRST_WAIT = dt.timedelta(seconds=30)
LONGEST_WAIT = dt.timedelta(minutes=15)
TRIES_A_MINUTE = 20
"""Failures from one network, whoever was tried."""
FORGOTTEN_AFTER = dt.timedelta(hours=1)
KEPT_FOR = dt.timedelta(days=1)
"""How long a count of failures is kept at all."""


@dataclass(frozen=True)
class AccountDraft:
    """An account to be made."""

    email: str
    """What they sign in with; for a volunteer who has no e-mail, their phone number."""
    name: str
    roles: frozenset[Role]
    site_id: UUID | None = None
    person_id: UUID | None = None
    ref: str | None = None


SEES: dict[Role, tuple[str, str]] = {
    Role.VOLUNTEER: (
        N_("The people they are matched with, how to reach them safely; what is kept about themself."),
        N_("Anybody else."),
    ),
    Role.COORDINATOR: (
        N_("Participants, volunteers, matches, contacts, training, claims, incidents and flags."),
        N_("What volunteers answer in their check-ins, and what is said in their sessions."),
    ),
    Role.SUPERVISOR: (
        N_("The volunteers they look after: check-ins, sessions, training, how contacts went."),
        N_("Who a participant is, notes about participants, and what is paid to whom."),
    ),
    Role.CLINIC_LIAISON: (N_("The programme and its sites."), N_("Anybody's record.")),
    Role.MANAGER: (
        N_("Claims and payments, flags about the programme, calls for help, incidents given to them."),
        N_("A participant's or volunteer's record, and what check-ins say."),
    ),
    Role.SAFEGUARDING_LEAD: (
        N_("Incidents about safety, and calls for help."),
        N_("A participant's or volunteer's record."),
    ),
    Role.PRIVACY_LEAD: (
        N_("The trail of who did and opened what; flags and incidents about privacy."),
        N_("A participant's or volunteer's record."),
    ),
    Role.ADMIN: (
        N_("Accounts, the programme's settings, and the trail of who did and opened what."),
        N_("Participants, volunteers, contacts, check-ins; nor anybody's password."),
    ),
}
"""What each role sees and never sees, in the words an administrator chooses by (roles.OPENS is the rule)."""


def check_draft(draft: AccountDraft) -> None:
    """Refuse an account that nobody could use."""
    if not draft.roles:
        raise Refused(_("Choose at least one role."))
    if "@" not in draft.email and draft.roles != {Role.VOLUNTEER}:
        raise Refused(_("Give an e-mail address to sign in with."))
    if Role.VOLUNTEER in draft.roles and draft.person_id is None:
        raise Refused(_("Invite a volunteer from their own page, so that the account is theirs."))


def needs_second_factor(roles: frozenset[Role]) -> bool:
    """Tell whether these roles sign in with an authenticator."""
    return bool(roles & SECOND_FACTOR)


def is_authenticator_key(text: str) -> bool:
    """Tell whether this is a key as authenticators take it: 160 bits in base 32."""
    return re.fullmatch("[A-Z2-7]{32}", text) is not None


def has_ended(began: dt.datetime, seen: dt.datetime, now: dt.datetime, *, on_phone: bool) -> bool:
    """Tell whether a sign-in has run out, by age or by idleness."""
    idle = IDLE_ON_PHONE if on_phone else IDLE_AT_DESK
    return now - began > LONGEST or now - seen > idle


def wait_after(failed: int) -> dt.timedelta:
    """Return how long to wait after this many failures in a row: 30 s, doubling to 15 minutes."""
    if failed < FREE_TRIES:
        return dt.timedelta(0)
    doubled: int = 2 ** min(failed - FREE_TRIES, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)
