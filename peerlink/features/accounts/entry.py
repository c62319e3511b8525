"""Signing in with its second factor, staying signed in, and signing out."""

import datetime as dt
import hashlib
import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy import delete, select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.accounts import throttle
from peerlink.features.accounts.events import SecondFactorEnrolled, SignedIn, SignedOutEverywhere
from peerlink.features.accounts.models import Account, AccountState, SignIn
from peerlink.features.accounts.queries import find_account_by_email
from peerlink.features.accounts.rules import LONGEST, has_ended, is_authenticator_key
from peerlink.features.accounts.secret import digest, pepper
from peerlink.features.accounts.service import choose_password
from peerlink.roles import ROLE_LABELS, Viewer
from peerlink.store import gate
from peerlink.store.lookup import find, get
from peerlink.store.sealing import MAIN, Damaged
from peerlink.store.session import session
from peerlink.vault import passwords, totp
from peerlink.words import _

SEEN_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Browser:
    """A browser somebody is signed in with."""

    token: str
    viewer: Viewer
    proved: bool
    seen_at: dt.datetime


def sign_in(email: str, password: str, *, network: str, on_phone: bool = False) -> Browser:
    """Sign somebody in by password; raises the same Refused whatever was wrong."""
    throttle.check(email, network)
    with gate.opened("a password is compared, nothing is shown"):
        account = find_account_by_email(email)
        known = account is not None and account.state is AccountState.ACTIVE and account.password is not None
        if account is not None and known:
            right = passwords.verify(str(account.password), password, pepper())
        else:
            passwords.verify_nobody(password, pepper())
            right = False
    if not (account and known and right):
        throttle.count_failure(email, network)
        raise Refused(_("This address or number and the password do not belong together."))
    throttle.forget(email, network)
    return start(account, on_phone=on_phone, proved=False)


def start(account: Account, *, on_phone: bool, proved: bool) -> Browser:
    """Begin a sign-in under a new token."""
    now = clock.now()
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=digest(token),
            account_id=account.id,
            began_at=now,
            seen_at=now,
            proved_at=now if proved else None,
            on_phone=on_phone,
        )
    )
    account.seen_on = now.date()
    session.execute(delete(SignIn).where(SignIn.began_at < now - LONGEST))
    announce(SignedIn(by=account.id))
    return Browser(token, viewer_of(account), proved, now)


def find_browser(token: str) -> Browser | None:
    """Return the signed-in browser of this token, or None where it has ended."""
    row = find(select(SignIn).where(SignIn.token_hash == digest(token)))
    if row is None or has_ended(row.began_at, row.seen_at, clock.now(), on_phone=row.on_phone):
        return None
    account = session.get(Account, row.account_id)
    if account is None or account.state is not AccountState.ACTIVE:
        return None
    try:
        viewer = viewer_of(account)
    except Damaged:
        return None
    return Browser(token, viewer, row.proved_at is not None, row.seen_at)


def viewer_of(account: Account) -> Viewer:
    """Return on whose behalf this account asks; raises Damaged where its rights were altered from outside."""
    account.open_record(MAIN, watched=False)
    return Viewer(account.id, account.roles, account.person_id, account.site_id)


def mark_seen(token: str) -> None:
    """Remember that a browser is in use."""
    row = find(select(SignIn).where(SignIn.token_hash == digest(token)))
    if row is not None:
        row.seen_at = clock.now()


def offer_second_factor(account: Account) -> str:
    """Return a new authenticator secret to be confirmed with a code."""
    del account
    return totp.new_secret()


def enrol_second_factor(account: Account, secret: str, code: str, token: str) -> tuple[list[str], Browser]:
    """Take an authenticator into use once it shows a right code; return the recovery codes, shown once."""
    if not is_authenticator_key(secret):
        raise Refused(_("Load this page again: the key on it was not whole."))
    with gate.opened("somebody enrols their own second factor"):
        if account.totp is not None:
            raise Refused(_("This account has an authenticator already."))
        step = totp.verify(secret, code, clock.now(), None)
        if step is None:
            raise Refused(_("This code is not right. Check the clock of your phone and try the next one."))
        codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _n in range(10)]
        account.totp, account.totp_step = secret, step
        account.recovery = [hashlib.sha256(one.encode()).hexdigest() for one in codes]
    announce(SecondFactorEnrolled(by=account.id))
    return codes, _prove(account, token)


def prove(account: Account, code: str, token: str, *, network: str) -> Browser:
    """Show the second factor: a code of the authenticator or one of the recovery codes, each once.

    The sign-in goes on under a new token: whoever learned the one before holds nothing.
    """
    throttle.check(account.id.hex, network)
    with gate.opened("a code is compared, nothing is shown"):
        if not _code_is_right(account, code.strip()):
            throttle.count_failure(account.id.hex, network)
            raise Refused(_("This code is not right, or was used before. Try the next one."))
    throttle.forget(account.id.hex, network)
    return _prove(account, token)


def change_password(account: Account, old: str, new: str, token: str, *, network: str) -> Browser:
    """Choose a new password by showing the old one; every other sign-in ends."""
    throttle.check(account.id.hex, network)
    before = get(select(SignIn).where(SignIn.token_hash == digest(token), SignIn.account_id == account.id))
    with gate.opened("somebody changes their own password"):
        if not passwords.verify(str(account.password), old, pepper()):
            throttle.count_failure(account.id.hex, network)
            raise Refused(_("This is not your current password."))
        choose_password(account, new)
    throttle.forget(account.id.hex, network)
    return _go_on(account, before, proved_at=before.proved_at)


def authenticator_address(secret: str, account: Account) -> str:
    """Return what the QR code of a new authenticator says.

    Label and issuer stand on the phone's screen: neither says what this is.
    """
    return totp.provisioning_uri(secret, f"Planner {account.id.hex[:4]}", "Planner")


@dataclass(frozen=True)
class Persona:
    """Somebody made up whom anybody may be."""

    id: uuid.UUID
    name: str
    does: str


def personas(demo: bool) -> list[Persona]:
    """Return the people one may switch to on the sign-in page of a demonstration, and nobody elsewhere."""
    if not demo:
        return []
    with gate.opened("the people of a demonstration are made up"):
        active = session.scalars(select(Account).where(Account.state == AccountState.ACTIVE)).all()
        named = sorted(
            (one for one in active if (one.ref or "").startswith("DEMO")), key=lambda one: str(one.ref)
        )
        return [Persona(one.id, one.name, _what_they_do(one)) for one in named]


def become(account_id: uuid.UUID) -> Browser:
    """Sign in as one of the people of a demonstration, second factor and all."""
    if account_id not in {one.id for one in personas(True)}:
        raise NotFound
    with gate.opened("the people of a demonstration are made up"):
        return start(session.get_one(Account, account_id), on_phone=False, proved=True)


def _what_they_do(account: Account) -> str:
    return ", ".join(_(label) for role, label in ROLE_LABELS.items() if role in account.roles)


def has_second_factor(account: Account) -> bool:
    """Tell whether an authenticator is in use."""
    with gate.opened("whether there is a second factor is no secret"):
        return account.totp is not None


def sign_out(token: str) -> None:
    """End one sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_hash == digest(token)))


def sign_out_everywhere(account_id: uuid.UUID, *, by: uuid.UUID) -> None:
    """End every sign-in of an account."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))
    announce(SignedOutEverywhere(by=by, account_id=account_id))


def _code_is_right(account: Account, code: str) -> bool:
    if account.totp is None:
        return False
    step = totp.verify(account.totp, code, clock.now(), account.totp_step)
    if step is not None:
        account.totp_step = step
        return True
    typed = hashlib.sha256(code.lower().encode()).hexdigest()
    left = list(account.recovery or [])
    if typed not in left:
        return False
    left.remove(typed)
    account.recovery = left
    return True


def _prove(account: Account, token: str) -> Browser:
    before = get(select(SignIn).where(SignIn.token_hash == digest(token), SignIn.account_id == account.id))
    return _go_on(account, before, proved_at=clock.now())


def _go_on(account: Account, before: SignIn, *, proved_at: dt.datetime | None) -> Browser:
    """Go on with a sign-in under a new token; it ends when the one before would have."""
    now = clock.now()
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignIn).where(SignIn.token_hash == before.token_hash))
    session.add(
        SignIn(
            token_hash=digest(token),
            account_id=account.id,
            began_at=before.began_at,
            seen_at=now,
            proved_at=proved_at,
            on_phone=before.on_phone,
        )
    )
    return Browser(token, viewer_of(account), proved_at is not None, now)
