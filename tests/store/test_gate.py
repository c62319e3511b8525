"""Whichever way a row is reached, only what a scoped query admitted opens."""

import threading
from collections.abc import Callable, Iterable

import pytest
from sqlalchemy import exists, func, literal, select, text, union_all, update
from sqlalchemy.orm import aliased, load_only, undefer

from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.store import gate, house, lookup
from peerlink.store.session import reading, session, transaction
from tests.support import cast

P = Participant
AMINA = cast.AMINA.viewer
alias = aliased(Participant)


def everybody() -> Iterable[Participant]:
    return session.scalars(select(P))


def as_amina() -> gate.Access:
    return gate.Access(AMINA.account_id, AMINA.opens(), {AMINA.account_id, cast.AMINA_ID})


def opened_in_the_house() -> list[Participant]:
    with gate.opened("the house works first"):
        rows = list(everybody())
        assert {row.given_name for row in rows} == {"Efe", "Fola", "Gift"}
    return rows


def got_again() -> Iterable[Participant]:
    kept = list(everybody())
    return [session.get_one(P, one.id) for one in kept]


def refreshed() -> Iterable[Participant]:
    for row in everybody():
        session.refresh(row)
        yield row


def expired() -> Iterable[Participant]:
    rows = list(everybody())
    session.expire_all()
    return rows


def merged() -> Iterable[Participant]:
    rows = opened_in_the_house()
    session.expunge_all()
    return [session.merge(row) for row in rows]


WAYS: dict[str, Callable[[], Iterable[Participant]]] = {
    "a select without a scope": everybody,
    "a select of one by id": lambda: [session.scalars(select(P).where(P.id == cast.FOLA_ID)).one()],
    "session.get": lambda: [session.get_one(P, cast.FOLA_ID)],
    "session.get of one loaded before": got_again,
    "one the house had opened before": opened_in_the_house,
    "a refresh": refreshed,
    "an expired row that loads itself again": expired,
    "a merge": merged,
    "the legacy query": lambda: session.query(P).all(),
    "an alias": lambda: session.scalars(select(alias)),
    "a join": lambda: session.scalars(select(P).join(Match, Match.participant_id == P.id)),
    "a subquery": lambda: session.scalars(select(P).where(P.id.in_(select(Match.participant_id)))),
    "an exists": lambda: session.scalars(select(P).where(exists().where(Match.participant_id == P.id))),
    "text": lambda: session.scalars(select(P).from_statement(text("SELECT * FROM participant"))),
    "a union": lambda: session.scalars(
        select(P).from_statement(union_all(select(P).where(literal(True)), select(P).where(literal(False))))
    ),
    "pieces": lambda: session.scalars(select(P).execution_options(yield_per=1)),
    "only some columns": lambda: session.scalars(select(P).options(load_only(P.status))),
    "every column": lambda: session.scalars(select(P).options(undefer("*"))),
    "populating what is there": lambda: session.scalars(select(P).execution_options(populate_existing=True)),
    "an update that returns": lambda: session.scalars(update(P).values(planned_interval_days=7).returning(P)),
    "tuples": lambda: [row[0] for row in session.execute(select(P, func.count()).group_by(P.id))],
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_nobody_out_of_reach_opens(the_cast: house.House, way: str) -> None:
    with transaction(), gate.access(as_amina()) as granted:
        rows = [row for row in WAYS[way]() if row.id != cast.EFE_ID]
        assert rows
        for row in rows:
            with pytest.raises(gate.Closed):
                _ = row.given_name
        assert granted.opened == {}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_was_admitted_opens_and_only_they(the_cast: house.House, way: str) -> None:
    with transaction(), gate.access(as_amina()) as granted:
        lookup.get(select(P).where(P.id == cast.EFE_ID))
        for row in WAYS[way]():
            if row.id == cast.EFE_ID:
                assert row.given_name == "Efe"
            else:
                with pytest.raises(gate.Closed):
                    _ = row.given_name
        assert set(granted.opened) <= {cast.EFE_ID}


@pytest.mark.parametrize("way", WAYS)
def test_outside_of_any_access_nothing_opens(the_cast: house.House, way: str) -> None:
    with transaction():
        for row in WAYS[way]():
            with pytest.raises(gate.Closed):
                _ = row.given_name


def test_columns_and_text_carry_sealed_bytes_only(the_cast: house.House) -> None:
    with reading():
        by_column = session.execute(select(P.__table__)).all()
        by_text = session.execute(text("SELECT * FROM participant")).all()
    for row in (*by_column, *by_text):
        assert not any(name in repr(tuple(row)) for name in ("Efe", "Fola", "Gift", "7700"))


def test_a_role_opens_only_its_kinds_of_record(the_cast: house.House) -> None:
    dana = cast.DANA.viewer
    with reading(), gate.access(gate.Access(dana.account_id, dana.opens(), None)):
        for row in everybody():
            with pytest.raises(gate.Closed, match="role"):
                _ = row.given_name


def test_what_is_opened_for_somebody_is_remembered_once(the_cast: house.House) -> None:
    with reading(), gate.access(as_amina()) as granted:
        efe = lookup.get(select(P).where(P.id == cast.EFE_ID))
        assert (efe.given_name, efe.alias, efe.phone) == ("Efe", "Efebird", "+44 7700 900201")
        assert granted.opened == {cast.EFE_ID: {"participant"}}


def test_what_the_house_opens_for_itself_is_nobodys_looking(the_cast: house.House) -> None:
    with reading(), gate.access(as_amina()) as granted:
        opened_in_the_house()
        assert granted.opened == {}


def test_an_access_ends_with_its_block_even_when_it_fails(the_cast: house.House) -> None:
    with pytest.raises(ZeroDivisionError), gate.opened("a test fails"):
        raise ZeroDivisionError
    assert gate.current() is None


def test_another_thread_has_no_part_in_it(the_cast: house.House) -> None:
    seen: list[gate.Access | None] = []
    with gate.opened("this thread only"):
        other = threading.Thread(target=lambda: seen.append(gate.current()))
        other.start()
        other.join()
    assert seen == [None]


def test_admitting_outside_of_an_access_opens_nothing(the_cast: house.House) -> None:
    gate.admit([cast.FOLA_ID])
    with reading():
        fola = lookup.get(select(P).where(P.id == cast.FOLA_ID))
        with pytest.raises(gate.Closed):
            _ = fola.given_name


def test_a_row_of_another_table_about_somebody_out_of_reach_stays_closed(the_cast: house.House) -> None:
    with reading(), gate.access(as_amina()):
        theirs = session.get_one(Match, cast.BEN_FOLA)
        with pytest.raises(gate.Closed, match="out of reach"):
            _ = theirs.ref


def test_writing_blindly_into_a_row_does_not_open_it(the_cast: house.House) -> None:
    with transaction(), gate.access(as_amina()):
        fola = session.get_one(P, cast.FOLA_ID)
        fola.safe_words = "written"
        with pytest.raises(gate.Closed):
            _ = fola.safe_words
