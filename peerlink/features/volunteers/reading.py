"""Who reads a volunteer's check-ins: the supervisor, or another one of the volunteer's own choice."""

import uuid
from dataclasses import dataclass

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.accounts.queries import supervisors
from peerlink.features.volunteers.events import ReaderChosen
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Role
from peerlink.store.session import session
from peerlink.words import _


@dataclass(frozen=True)
class Reader:
    """A supervisor who reads a volunteer's check-ins, or may be asked to."""

    account_id: uuid.UUID
    name: str
    is_supervisor: bool
    """Whether they are the volunteer's own supervisor."""
    coordinates: bool
    """Whether they decide about matches, too; the volunteer is told (framework.md section 8, rule 4)."""


def readers_for(volunteer: Volunteer) -> list[Reader]:
    """Return who can read a volunteer's check-ins, their own supervisor first, then by name."""
    able = [one for one in supervisors() if _can_read(one, volunteer)]
    own = volunteer.supervisor_id
    return [_reader(one, own) for one in sorted(able, key=lambda one: (one.id != own, one.name))]


def reader_of(volunteer: Volunteer) -> Reader | None:
    """Return who reads a volunteer's check-ins now; None where nobody does."""
    chosen = reads_id(volunteer)
    return next((one for one in readers_for(volunteer) if one.account_id == chosen), None)


def reads_id(volunteer: Volunteer) -> uuid.UUID | None:
    """Return the account meant to read a volunteer's check-ins, whether it still can or not."""
    return volunteer.reader_id or volunteer.supervisor_id


def able_reader_id(volunteer: Volunteer) -> uuid.UUID | None:
    """Return the account that reads a volunteer's check-ins, if it can sign in for it; opens nothing."""
    chosen = reads_id(volunteer)
    account = session.get(Account, chosen) if chosen is not None else None
    return account.id if account is not None and _can_read(account, volunteer) else None


def choose_reader(volunteer: Volunteer, reader_id: uuid.UUID | None, *, by: uuid.UUID) -> None:
    """Let another supervisor read a volunteer's check-ins, from this moment on; None for their own."""
    wanted = None if reader_id == volunteer.supervisor_id else reader_id
    if wanted is not None and wanted not in {one.account_id for one in readers_for(volunteer)}:
        raise Refused(_("Choose one of the supervisors on the list."))
    if wanted == volunteer.reader_id:
        return
    before, volunteer.reader_id = volunteer.reader_id, wanted
    session.flush()
    announce(
        ReaderChosen(
            by=by,
            volunteer_id=volunteer.id,
            before_id=before,
            reader_id=wanted,
            moment=int(clock.now().timestamp()),
        )
    )


def _can_read(account: Account, volunteer: Volunteer) -> bool:
    """Tell whether an account reads for others; nobody reads as the supervisor of themself."""
    is_able = account.state is AccountState.ACTIVE and Role.SUPERVISOR in account.roles
    return is_able and account.person_id != volunteer.id


def _reader(account: Account, own: uuid.UUID | None) -> Reader:
    return Reader(account.id, account.name, account.id == own, Role.COORDINATOR in account.roles)
