"""A volunteer chooses who reads their check-ins, and it holds from that moment on."""

import uuid

import pytest
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.events import Wording
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.volunteers.events import ReaderChosen
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import answers_read_by, looked_after_by, read_by
from peerlink.features.volunteers.reading import able_reader_id, choose_reader, reader_of, readers_for
from peerlink.roles import Role
from peerlink.store import audit, gate
from peerlink.store.session import reading, session, transaction
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
DANA, SOL, AMINA = (one.viewer.account_id for one in (cast.DANA, cast.SOL, cast.AMINA))


def chosen(reader_id: uuid.UUID) -> None:
    with transaction(), gate.opened("a test chooses"):
        choose_reader(session.get_one(Volunteer, cast.AMINA_ID), reader_id, by=AMINA)


def change(account_id: object, **values: object) -> None:
    with transaction(), gate.opened("a test"):
        account = session.get_one(Account, account_id)
        for name, value in values.items():
            setattr(account, name, value)


def names() -> list[str]:
    with reading(), gate.opened("a test"):
        return [one.name for one in readers_for(session.get_one(Volunteer, cast.AMINA_ID))]


def now() -> object:
    with reading(), gate.opened("a test"):
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        reads = reader_of(amina)
        assert able_reader_id(amina) == (reads.account_id if reads else None)
        return reads.account_id if reads else None


def reached() -> tuple[bool, ...]:
    """Tell whether Dana and Sol read, and whether they look after."""
    with reading():
        return tuple(
            cast.AMINA_ID in set(session.scalars(select(Volunteer.id).where(of(viewer))))
            for of in (answers_read_by, looked_after_by)
            for viewer in (cast.DANA.viewer, cast.SOL.viewer)
        )


def test_the_supervisor_reads_unless_another_is_chosen() -> None:
    assert (now(), reached()) == (DANA, (True, False, True, False))
    chosen(SOL)
    assert (now(), reached()) == (SOL, (False, True, True, False))
    with reading():
        assert read_by(cast.SOL.viewer) == {cast.AMINA_ID, cast.BEN_ID}
    chosen(DANA)
    assert (now(), reached()) == (DANA, (True, False, True, False))


def test_choosing_the_supervisor_follows_whoever_that_is() -> None:
    chosen(SOL)
    chosen(DANA)
    with transaction():
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        assert amina.reader_id is None
        amina.supervisor_id = SOL
    assert now() == SOL


def test_only_supervisors_who_can_sign_in_are_offered() -> None:
    assert names() == ["Dana", "Sol"]
    change(SOL, state=AccountState.INVITED)
    assert names() == ["Dana"]
    change(SOL, state=AccountState.ACTIVE, role_bits=ROLE_BITS[Role.COORDINATOR])
    assert names() == ["Dana"]
    for account_id in (SOL, cast.CHIPO.viewer.account_id, AMINA):
        with pytest.raises(Refused):
            chosen(account_id)


def test_nobody_reads_as_the_supervisor_of_themself() -> None:
    change(DANA, person_id=cast.AMINA_ID)
    assert names() == ["Sol"]
    assert now() is None


def test_who_coordinates_too_is_named_as_that() -> None:
    change(SOL, role_bits=ROLE_BITS[Role.SUPERVISOR] | ROLE_BITS[Role.COORDINATOR])
    with reading(), gate.opened("a test"):
        dana, sol = readers_for(session.get_one(Volunteer, cast.AMINA_ID))
    assert (dana.is_supervisor, dana.coordinates) == (True, False)
    assert (sol.is_supervisor, sol.coordinates) == (False, True)


def test_one_who_is_gone_reads_no_longer_and_nobody_takes_their_place_unasked() -> None:
    chosen(SOL)
    change(SOL, state=AccountState.CLOSED)
    assert now() is None
    assert reached()[0] is False


def test_each_choice_stands_in_the_trail_and_the_chosen_one_is_told() -> None:
    chosen(SOL)
    chosen(SOL)
    with reading():
        deeds = audit.deeds(session, deed="reader chosen", newest=9)
    assert [(one.actor, one.about, one.detail["reader_id"]) for one in deeds] == [
        (AMINA, (cast.AMINA_ID,), SOL.hex)
    ]
    told = ReaderChosen(by=AMINA, volunteer_id=cast.AMINA_ID, before_id=None, reader_id=SOL, moment=5)
    assert [(one.to, one.wording) for one in told.messages()] == [(SOL, Wording.UPDATE)]
    back = ReaderChosen(by=AMINA, volunteer_id=cast.AMINA_ID, before_id=SOL, reader_id=None, moment=6)
    assert back.messages() == ()
