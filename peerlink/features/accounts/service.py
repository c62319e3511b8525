"""Making accounts, inviting people to them, and closing them."""

import datetime as dt
import re
import secrets
import uuid

from sqlalchemy import delete, select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.accounts.events import (
    AccountClosed,
    AccountInvited,
    PasswordChosen,
    RolesChanged,
    SecondFactorForgotten,
)
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState, Letter, LetterKind, SignIn
from peerlink.features.accounts.queries import find_account_by_email
from peerlink.features.accounts.rules import (
    LETTER_LASTS,
    SETUP_LASTS,
    AccountDraft,
    check_draft,
)
from peerlink.features.accounts.secret import digest, pepper
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.lookup import get
from peerlink.store.session import session
from peerlink.vault import passwords
from peerlink.words import _

LOCAL = 7
"""Digits at the end of a phone number that are the same in every spelling of it."""


def invite(
    draft: AccountDraft, *, by: uuid.UUID | None, account_id: uuid.UUID | None = None
) -> tuple[Account, str]:
    """Make an account and return it with the secret of its one-time link; raises Refused where one exists."""
    check_draft(draft)
    known = find_account_by_email(draft.email)
    if known is not None and _is_of_who_comes_back(known, draft):
        account = _open_anew(known, draft)
    elif known is not None:
        if "@" not in draft.email:
            raise Refused(_("Somebody signs in with this phone number already. Add an e-mail address."))
        raise Refused(_("There is an account with this e-mail address already."))
    else:
        account = add_account(draft, account_id)
    announce(AccountInvited(by=by, account_id=account.id))
    return account, _send_letter(account.id, LetterKind.INVITATION, LETTER_LASTS)


def add_account(draft: AccountDraft, account_id: uuid.UUID | None = None) -> Account:
    """Keep an account that nobody can sign in with yet."""
    account = Account(
        id=account_id or uuid.uuid4(),
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


def _is_of_who_comes_back(known: Account, draft: AccountDraft) -> bool:
    closed = known.state is AccountState.CLOSED
    return closed and draft.person_id is not None and known.person_id == draft.person_id


def _open_anew(account: Account, draft: AccountDraft) -> Account:
    """Let a closed account wait for its owner again; what opened it before opens it no more."""
    with gate.opened("an account is opened anew, nothing is shown"):
        account.password, account.totp, account.totp_step, account.recovery = None, None, None, None
        account.name, account.state = draft.name.strip(), AccountState.INVITED
        account.role_bits = sum(ROLE_BITS[role] for role in draft.roles)
        account.site_id = draft.site_id
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


def get_letter(secret: str, *, to_use: bool = False) -> Letter:
    """Return the one-time link of this secret; raises Refused where it was used or has run out."""
    asked = select(Letter).where(Letter.secret_hash == digest(secret))
    letter = get(asked.with_for_update() if to_use else asked)
    if letter.used_at is not None or letter.until < clock.now():
        raise Refused(_("This link was used already or has run out. Ask for a new one."))
    return letter


def is_for_a_phone(letter: Letter) -> bool:
    """Tell whoever holds a one-time link whether they will sign in with their phone number."""
    if letter.account_id is None:
        return False
    with gate.opened("only whether it is a phone number is shown"):
        return not session.get_one(Account, letter.account_id).has_address


def join(secret: str, password: str, *, draft: AccountDraft | None = None) -> Account:
    """Choose the password behind a one-time link; the set-up link makes its account first."""
    letter = get_letter(secret, to_use=True)
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
    digits = re.sub(r"\D", "", account.email)
    words = [account.email, digits, account.name, "peerlink"]
    if not account.has_address:
        # With or without the code of the country: it ends alike.
        words.append(digits[-LOCAL:])
    weak = passwords.too_weak(password, words)
    if weak:
        raise Refused(weak)
    account.password = passwords.hash_password(password, pepper())
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    announce(PasswordChosen(by=account.id))


def change_roles(
    account: Account, roles: frozenset[Role], site_id: uuid.UUID | None, *, by: uuid.UUID
) -> None:
    """Let somebody do other things than before; they sign in anew.

    Whoever is a volunteer stays one: that account belongs to their record.
    """
    _refuse_own(account, by)
    kept = roles | (account.roles & {Role.VOLUNTEER})
    if not kept:
        raise Refused(_("Choose at least one role."))
    if Role.VOLUNTEER in roles and account.person_id is None:
        raise Refused(_("Invite a volunteer from their own page, so that the account is theirs."))
    if kept != {Role.VOLUNTEER} and not account.has_address:
        raise Refused(_("They sign in with a phone number; the staff needs an e-mail address."))
    account.role_bits = sum(ROLE_BITS[role] for role in kept)
    account.site_id = site_id
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    announce(RolesChanged(by=by, account_id=account.id, role_bits=account.role_bits))


def forget_second_factor(account: Account, *, by: uuid.UUID) -> None:
    """Forget a lost authenticator with its recovery codes; a new one is set up at the next sign-in."""
    _refuse_own(account, by)
    with gate.opened("a lost second factor is forgotten, nothing is shown"):
        account.totp, account.totp_step, account.recovery = None, None, None
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    announce(SecondFactorForgotten(by=by, account_id=account.id))


def close_account(account: Account, *, by: uuid.UUID | None) -> None:
    """Let an account in no more, from this moment on."""
    if by is not None:
        _refuse_own(account, by)
    account.state = AccountState.CLOSED
    session.execute(delete(SignIn).where(SignIn.account_id == account.id))
    session.execute(delete(Letter).where(Letter.account_id == account.id))
    announce(AccountClosed(by=by, account_id=account.id))


def _refuse_own(account: Account, by: uuid.UUID) -> None:
    # With it, nobody takes more than they were given, and the last administrator cannot lock the house.
    if account.id == by:
        raise Refused(_("Ask another administrator to do this to your own account."))


def _send_letter(account_id: uuid.UUID | None, kind: LetterKind, lasts: dt.timedelta) -> str:
    if account_id is not None:
        session.execute(delete(Letter).where(Letter.account_id == account_id))
    secret = secrets.token_urlsafe(24)
    session.add(
        Letter(secret_hash=digest(secret), kind=kind, account_id=account_id, until=clock.now() + lasts)
    )
    session.flush()
    return secret
