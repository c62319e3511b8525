"""Letting people in: invitations, sign-in with its second factor, and putting everybody out again."""

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
from peerlink.features.accounts.events import (
    AccountClosed,
    AccountInvited,
    PasswordChosen,
    SecondFactorEnrolled,
    SignedIn,
    SignedOutEverywhere,
)
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState, Letter, LetterKind, SignIn
from peerlink.features.accounts.queries import find_account_by_email
from peerlink.features.accounts.rules import (
    LETTER_LASTS,
    SETUP_LASTS,
    AccountDraft,
    check_draft,
    has_ended,
    needs_second_factor,
)
from peerlink.roles import Role, Viewer
from peerlink.store import gate, house
from peerlink.store.lookup import find
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


def invite(draft: AccountDraft, *, by: uuid.UUID | None) -> tuple[Account, str]:
    """Make an account and return it with the secret of its one-time link; raises Refused where one exists."""
    check_draft(draft)
    if find_account_by_email(draft.email) is not None:
        raise Refused(_("There is an account with this e-mail address already."))
    account = add_account(draft)
    announce(AccountInvited(by=by, account_id=account.id))
    return account, _send_letter(account.id, LetterKind.INVITATION, LETTER_LASTS)


def add_account(draft: AccountDraft) -> Account:
    """Keep an account that nobody can sign in with yet."""
    account = Account(
        id=uuid.uuid4(),
        email=draft.email.strip(),
        name=draft.name.strip(),
        ref=draft.ref,
        role_bits=sum(ROLE_BITS[role] for role in draft.roles),
        site_id=draft.site_id,
        person_id=draft.person_id,
        state=AccountState.INVITED,
    )
    session.add(account)
    session.flush()
    return account


def send_again(account: Account, *, by: uuid.UUID) -> str:
    """Return a new one-time link for an account: to join, or to choose a new password."""
    if account.state is AccountState.CLOSED:
        raise Refused(_("This account is closed. Invite the person anew."))
    announce(AccountInvited(by=by, account_id=account.id))
    kind = LetterKind.INVITATION if account.state is AccountState.INVITED else LetterKind.RESET
    return _send_letter(account.id, kind, LETTER_LASTS)


def open_setup() -> str:
    """Return the secret of the one-time link that makes the first administrator."""
    session.execute(delete(Letter).where(Letter.kind == LetterKind.SETUP))
    return _send_letter(None, LetterKind.SETUP, SETUP_LASTS)


def get_letter(secret: str) -> Letter:
    """Return the one-time link of this secret; raises Refused where it was used or has run out."""
    letter = find(select(Letter).where(Letter.secret_hash == _hash(secret)))
    if letter is None:
        raise NotFound
    if letter.used_at is not None or letter.until < clock.now():
        raise Refused(_("This link was used already or has run out. Ask for a new one."))
    return letter


def join(secret: str, password: str, *, draft: AccountDraft | None = None) -> Account:
    """Choose the password behind a one-time link; the set-up link makes its account first."""
    letter = get_letter(secret)
    if letter.kind is LetterKind.SETUP:
        if draft is None:
            raise Refused(_("Give your name and e-mail address."))
        check_draft(draft)
        account = add_account(draft)
    else:
        account = session.get_one(Account, letter.account_id)
    with gate.opened("somebody chooses their own password"):
        choose_password(account, password)
    account.state = AccountState.ACTIVE
    letter.used_at = clock.now()
    return account


def choose_password(account: Account, password: str) -> None:
    """Set a password and end every sign-in made with the old one; raises Refused where it is weak."""
    weak = passwords.too_weak(password, [account.email, account.name, "peerlink"])
    if weak:
        raise Refused(weak)
    account.password = passwords.hash_password(password, _pepper())
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    announce(PasswordChosen(by=account.id))


def sign_in(email: str, password: str, *, network: str, on_phone: bool = False) -> Browser:
    """Sign somebody in by password; raises the same Refused whatever was wrong."""
    throttle.check(email, network)
    with gate.opened("a password is compared, nothing is shown"):
        account = find_account_by_email(email)
        known = account is not None and account.state is AccountState.ACTIVE and account.password is not None
        if account is not None and known:
            right = passwords.verify(str(account.password), password, _pepper())
        else:
            passwords.verify_nobody(password, _pepper())
            right = False
    if not (account and known and right):
        throttle.count_failure(email, network)
        raise Refused(_("This e-mail address and password do not belong together."))
    throttle.forget(email, network)
    return start(account, on_phone=on_phone, proved=False)


def start(account: Account, *, on_phone: bool, proved: bool) -> Browser:
    """Begin a sign-in under a new token."""
    now = clock.now()
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            token_hash=_hash(token),
            account_id=account.id,
            began_at=now,
            seen_at=now,
            proved_at=now if proved else None,
            on_phone=on_phone,
        )
    )
    account.seen_on = now.date()
    announce(SignedIn(by=account.id))
    return Browser(token, viewer_of(account), proved, now)


def find_browser(token: str) -> Browser | None:
    """Return the signed-in browser of this token, or None where it has ended."""
    row = find(select(SignIn).where(SignIn.token_hash == _hash(token)))
    if row is None or has_ended(row.began_at, row.seen_at, clock.now(), on_phone=row.on_phone):
        return None
    account = session.get(Account, row.account_id)
    if account is None or account.state is not AccountState.ACTIVE:
        return None
    return Browser(token, viewer_of(account), row.proved_at is not None, row.seen_at)


def viewer_of(account: Account) -> Viewer:
    """Return on whose behalf this account asks."""
    return Viewer(account.id, account.roles, account.person_id, account.site_id)


def mark_seen(token: str) -> None:
    """Remember that a browser is in use."""
    row = find(select(SignIn).where(SignIn.token_hash == _hash(token)))
    if row is not None:
        row.seen_at = clock.now()


def offer_second_factor(account: Account) -> str:
    """Return a new authenticator secret to be confirmed with a code."""
    del account
    return totp.new_secret()


def enrol_second_factor(account: Account, secret: str, code: str, token: str) -> list[str]:
    """Take an authenticator into use once it shows a right code; return the recovery codes, shown once."""
    with gate.opened("somebody enrols their own second factor"):
        step = totp.verify(secret, code, clock.now(), None)
        if step is None:
            raise Refused(_("This code is not right. Check the clock of your phone and try the next one."))
        codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _n in range(10)]
        account.totp, account.totp_step = secret, step
        account.recovery = [hashlib.sha256(one.encode()).hexdigest() for one in codes]
    announce(SecondFactorEnrolled(by=account.id))
    _prove(token)
    return codes


def prove(account: Account, code: str, token: str, *, network: str) -> None:
    """Show the second factor: a code of the authenticator or one of the recovery codes, each once."""
    throttle.check(account.id.hex, network)
    with gate.opened("a code is compared, nothing is shown"):
        if not _code_is_right(account, code.strip()):
            throttle.count_failure(account.id.hex, network)
            raise Refused(_("This code is not right, or was used before. Try the next one."))
    throttle.forget(account.id.hex, network)
    _prove(token)


def authenticator_address(secret: str, account: Account) -> str:
    """Return what the QR code of a new authenticator says.

    Label and issuer stand on the phone's screen: neither says what this is.
    """
    return totp.provisioning_uri(secret, f"Planner {account.id.hex[:4]}", "Planner")


def personas(demo: bool) -> list[Account]:
    """Return the people one may switch to on the sign-in page of a demonstration, and nobody elsewhere."""
    if not demo:
        return []
    with gate.opened("the people of a demonstration are made up"):
        active = session.scalars(select(Account).where(Account.state == AccountState.ACTIVE)).all()
        named = [one for one in active if (one.ref or "").startswith("DEMO")]
        return sorted(named, key=lambda one: str(one.ref))


def become(account_id: uuid.UUID) -> Browser:
    """Sign in as one of the people of a demonstration, second factor and all."""
    chosen = [one for one in personas(True) if one.id == account_id]
    if not chosen:
        raise NotFound
    return start(chosen[0], on_phone=False, proved=True)


def has_second_factor(account: Account) -> bool:
    """Tell whether an authenticator is in use."""
    with gate.opened("whether there is a second factor is no secret"):
        return account.totp is not None


def must_prove(roles: frozenset[Role]) -> bool:
    """Tell whether these roles need a second factor."""
    return needs_second_factor(roles)


def sign_out(token: str) -> None:
    """End one sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_hash == _hash(token)))


def sign_out_everywhere(account_id: uuid.UUID, *, by: uuid.UUID) -> None:
    """End every sign-in of an account."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id))
    announce(SignedOutEverywhere(by=by, account_id=account_id))


def close_account(account: Account, *, by: uuid.UUID | None) -> None:
    """Let an account in no more, from this moment on."""
    account.state = AccountState.CLOSED
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    session.execute(delete(Letter).where(Letter.account_id == account.id))
    announce(AccountClosed(by=by, account_id=account.id))


def _code_is_right(account: Account, code: str) -> bool:
    if account.totp is None:
        return False
    step = totp.verify(account.totp, code, clock.now(), account.totp_step)
    if step is not None:
        account.totp_step = step
        return True
    digest = hashlib.sha256(code.lower().encode()).hexdigest()
    left = list(account.recovery or [])
    if digest not in left:
        return False
    left.remove(digest)
    account.recovery = left
    return True


def _prove(token: str) -> None:
    row = find(select(SignIn).where(SignIn.token_hash == _hash(token)))
    if row is None:
        raise NotFound
    row.proved_at = clock.now()


def _send_letter(account_id: uuid.UUID | None, kind: LetterKind, lasts: dt.timedelta) -> str:
    if account_id is not None:
        session.execute(delete(Letter).where(Letter.account_id == account_id))
    secret = secrets.token_urlsafe(24)
    session.add(
        Letter(secret_hash=_hash(secret), kind=kind, account_id=account_id, until=clock.now() + lasts)
    )
    session.flush()
    return secret


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _pepper() -> bytes:
    return house.keyring().purpose_key("pepper")[1]
