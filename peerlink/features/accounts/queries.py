"""What can be asked about accounts."""

import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select

from peerlink import clock
from peerlink.errors import NotFound
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState, SignIn
from peerlink.features.accounts.rules import has_ended
from peerlink.roles import Permission, Role, Viewer
from peerlink.store.lookup import find, get, many
from peerlink.store.paging import Paged, paged
from peerlink.store.sealing import intact
from peerlink.store.session import session
from peerlink.words import _


def accounts_for(viewer: Viewer) -> Select[Account]:
    """Return the accounts this viewer may know of: administrators all, everybody else their own.

    One whose owner was forgotten is nobody's any more.
    """
    accounts = select(Account).where(Account.subject_id == Account.id)
    if not viewer.may(Permission.KEEP_ACCOUNTS):
        accounts = accounts.where(Account.id == viewer.account_id)
    return accounts


def get_account(account_id: uuid.UUID, viewer: Viewer) -> Account:
    """Return the account, if it is one this viewer may know of."""
    return get(accounts_for(viewer).where(Account.id == account_id))


def find_account(account_id: uuid.UUID, viewer: Viewer) -> Account | None:
    """Return an account, if there is one that this viewer may know of."""
    return find(accounts_for(viewer).where(Account.id == account_id))


def find_account_by_email(email: str) -> Account | None:
    """Return the account with this address; for signing in only."""
    return find(select(Account).where(Account.email.found(email)))


def account_of_person(person_id: uuid.UUID) -> Account | None:
    """Return the account a volunteer signs in with, if they have one."""
    return find(select(Account).where(Account.person_id == person_id, Account.state != AccountState.CLOSED))


def staff_for(viewer: Viewer) -> list[Account]:
    """Return the accounts of the staff this viewer may know of, by name."""
    asked = accounts_for(viewer).where(Account.role_bits != ROLE_BITS[Role.VOLUNTEER])
    rows, _n_damaged = intact(many(asked))
    return sorted(rows, key=lambda one: (one.state is AccountState.CLOSED, one.name.casefold()))


def n_invited(viewer: Viewer) -> int:
    """Return how many of the accounts this viewer may know of wait for their first sign-in."""
    asked = accounts_for(viewer).where(Account.state == AccountState.INVITED)
    return session.scalar(asked.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def volunteer_accounts_for(viewer: Viewer, number: int) -> Paged[Account]:
    """Return one page of the accounts of volunteers, those lately used first."""
    asked = accounts_for(viewer).where(Account.role_bits == ROLE_BITS[Role.VOLUNTEER])
    return paged(asked.order_by(Account.seen_on.desc(), Account.id), number)


def roles_of(account_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, frozenset[Role]]:
    """Return what these accounts may do, by account; opens no record."""
    rows = session.scalars(select(Account).where(Account.id.in_(set(account_ids))))
    return {one.id: one.roles for one in rows}


def team_members(account_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the names of colleagues by account, for showing who looks after whom."""
    if not account_ids:
        return {}
    found = many(select(Account).where(Account.id.in_(set(account_ids))))
    return {one.id: one.name or _("somebody who has left") for one in found}


def account_ids_of(role: Role) -> list[uuid.UUID]:
    """Return the accounts that hold this role and let somebody in; opens no record."""
    holds = Account.role_bits.op("&")(ROLE_BITS[role]) != 0
    asked = select(Account.id).where(holds, Account.state == AccountState.ACTIVE)
    return list(session.scalars(asked.order_by(Account.id)))


def supervisors() -> list[Account]:
    """Return every active account that supervises, by name."""
    active = many(select(Account).where(Account.state != AccountState.CLOSED))
    from_roles = [one for one in active if "supervisor" in one.roles]
    return sorted(from_roles, key=lambda one: one.name)


def sign_ins_of(account_id: uuid.UUID) -> Sequence[SignIn]:
    """Return where an account is signed in now, the latest first."""
    now = clock.now()
    rows = many(select(SignIn).where(SignIn.account_id == account_id).order_by(SignIn.seen_at.desc()))
    return [one for one in rows if not has_ended(one.began_at, one.seen_at, now, on_phone=one.on_phone)]


def get_sign_in(token_hash: bytes) -> SignIn:
    """Return one signed-in browser by the hash of its token."""
    row = find(select(SignIn).where(SignIn.token_hash == token_hash))
    if row is None:
        raise NotFound
    return row


def has_administrator() -> bool:
    """Tell whether somebody administers this instance already."""
    bit = ROLE_BITS[Role.ADMIN]
    administers = Account.role_bits.op("&")(bit) != 0
    asked = select(Account.id).where(Account.state == AccountState.ACTIVE, administers)
    return session.scalars(asked).first() is not None
