"""The door keeps everything or nothing: rows, their keys and the trail."""

import threading
import uuid

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.participants.models import Participant
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.store import audit, gate, house
from peerlink.store import session as door
from peerlink.store.session import HouseSession, reading, session, transaction
from peerlink.vault.keyring import NoKey
from tests.store.tampering import findings, rows_of
from tests.support import cast
from tests.support.cast import _participant as participant


@pytest.fixture
def kit(the_cast: house.House) -> uuid.UUID:
    """Return somebody who was never here: the keyring outlives a test."""
    return uuid.uuid4()


@transaction()
def add(kit: uuid.UUID) -> None:
    with gate.opened("a test writes"):
        session.add(participant(kit, "Kit", ParticipantStatus.WAITING, clock.today("UTC")))
        session.flush()


@transaction()
def add_and_fail(kit: uuid.UUID) -> None:
    add(kit)
    raise ZeroDivisionError


def has_key(person: uuid.UUID) -> bool:
    try:
        house.keyring().person_key(person.bytes)
    except NoKey:
        return False
    return True


def test_what_fails_leaves_no_row_no_key_and_no_deed(kit: uuid.UUID) -> None:
    before = rows_of("audit_head")
    with pytest.raises(ZeroDivisionError):
        add_and_fail(kit)
    assert rows_of("participant", id=kit) == []
    assert not has_key(kit)
    assert rows_of("audit_head") == before
    add(kit)
    assert has_key(kit)
    assert findings() == []


def test_a_commit_that_fails_after_the_keys_leaves_a_key_that_is_taken_up_again(
    kit: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_self: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(HouseSession, "commit", gone)
        with pytest.raises(ConnectionError):
            add(kit)
    assert rows_of("participant", id=kit) == []
    assert has_key(kit)
    kid = house.keyring().person_key(kit.bytes)[0]
    add(kit)
    assert house.keyring().person_key(kit.bytes)[0] == kid
    with reading(), gate.opened("a test looks"):
        assert session.get_one(Participant, kit).given_name == "Kit"
    assert findings() == []


def test_keys_that_cannot_be_written_leave_no_row(kit: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise TimeoutError

    with monkeypatch.context() as broken:
        broken.setattr(house.keyring(), "write_pending", full)
        with pytest.raises(TimeoutError):
            add(kit)
    assert rows_of("participant", id=kit) == []
    assert not has_key(kit)


def test_a_transaction_within_another_is_part_of_it(the_cast: house.House) -> None:
    with transaction() as outer, transaction() as inner:
        assert inner is outer


def test_reading_within_a_transaction_sees_what_is_being_written(the_cast: house.House) -> None:
    with transaction(), gate.opened("a test writes"):
        session.get_one(Participant, cast.EFE_ID).safe_words = "new"
        with reading():
            assert session.scalars(select(Participant)).first()


def test_a_reading_session_cannot_write(the_cast: house.House) -> None:
    with reading(), pytest.raises(RuntimeError), transaction():
        pass


def test_nothing_is_read_outside_of_a_session() -> None:
    with pytest.raises(RuntimeError, match="outside"):
        session.scalars(select(Participant))


def test_what_a_reading_session_changes_is_not_kept(the_cast: house.House) -> None:
    with reading(), gate.opened("a test forgets itself"):
        session.get_one(Participant, cast.EFE_ID).safe_words = "never"
    with reading(), gate.opened("a test looks"):
        assert session.get_one(Participant, cast.EFE_ID).safe_words is None


def test_many_writers_at_once_lose_nothing(the_cast: house.House) -> None:
    troubles: list[BaseException] = []

    def write(n: int) -> None:
        try:
            for again in range(5):
                with transaction():
                    audit.write(session, f"thread {n} writes {again}")
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert troubles == []
    with reading():
        said = {one.deed for one in audit.deeds(session)}
    assert {f"thread {n} writes {again}" for n in range(8) for again in range(5)} <= said
    assert findings() == []


def test_keys_leave_the_memory_when_nobody_is_at_work(
    the_cast: house.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[bool] = []
    monkeypatch.setattr(house.keyring(), "forget_opened", lambda: forgotten.append(True))
    house.use()
    assert not house.rest()
    later = clock.now() + house.IDLE_AFTER
    monkeypatch.setattr(clock, "now", lambda: later)
    assert house.rest()
    assert forgotten == [True]


def test_the_door_is_what_keeps(kit: uuid.UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "keep", door.drop)
    add(kit)
    assert rows_of("participant", id=kit) == []
