"""Another reader: whoever reads no longer sees nothing that rests on answers, and is told of none of it."""

import dataclasses
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from peerlink.errors import NotFound
from peerlink.events import Event, Wording, listen
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.risks import service
from peerlink.features.risks.cards import TeamCare, care_flags_of, team_care
from peerlink.features.risks.deeds import TALKED
from peerlink.features.risks.events import FlagPassedOn, FlagRaised, FlagRose, FlagWaitsAnew
from peerlink.features.risks.models import FlagStep
from peerlink.features.risks.passing import pass_on
from peerlink.features.risks.queries import get_flag_to_move
from peerlink.features.risks.rounds import look_again_at_volunteer
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Cover, Volunteer
from peerlink.features.volunteers.reading import choose_reader
from peerlink.framework.vocabularies import ContactRequest
from peerlink.roles import Role, Viewer
from peerlink.store import gate, house
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import WORN, amina_answers, in_hours, open_flags, today
from tests.support import cast
from tests.support.cast import AMINA_ID

pytestmark = pytest.mark.usefixtures("as_it_was")
DANA, SOL, PRIYA = (one.viewer.account_id for one in (cast.DANA, cast.SOL, cast.PRIYA))
NOW, UPDATE = Wording.NOW, Wording.UPDATE


@pytest.fixture
def as_it_was(the_cast: house.House) -> None:
    """Let whatever stands out about Amina without a check-in stand out already."""
    with transaction():
        look_again_at_volunteer(AMINA_ID)


def chosen(reader_id: uuid.UUID) -> None:
    with transaction(), gate.opened("a test chooses"):
        amina = session.get_one(Volunteer, AMINA_ID)
        choose_reader(amina, reader_id, by=cast.AMINA.viewer.account_id)


def as_somebody(viewer: Viewer) -> gate.Access:
    return gate.Access(viewer.account_id, viewer.opens(), set())


@contextmanager
def care_of(viewer: Viewer) -> Iterator[TeamCare]:
    with reading(), gate.access(as_somebody(viewer)):
        yield team_care(viewer)


def rules_on_cards(viewer: Viewer) -> set[str]:
    """Name the rules on Amina's card, as this viewer sees it."""
    with care_of(viewer) as care:
        cards = [card for card in care.cards if card.volunteer.id == AMINA_ID]
        return {one.flag.rule for card in cards for one in card.flags}


@contextmanager
def heard() -> Iterator[list[tuple[uuid.UUID, Wording]]]:
    """Gather who is told of flags, while it happens."""
    told: list[tuple[uuid.UUID, Wording]] = []
    on = True

    def note(event: Event) -> None:
        if on and isinstance(event, FlagRaised | FlagRose | FlagPassedOn | FlagWaitsAnew):
            told.extend((one.to, one.wording) for one in event.messages())

    listen(Event, note)
    yield told
    on = False


def test_the_card_moves_to_whoever_reads() -> None:
    amina_answers(**WORN)
    assert "R20" in rules_on_cards(cast.DANA.viewer)
    chosen(SOL)
    assert "R20" in rules_on_cards(cast.SOL.viewer)
    assert "R20" not in rules_on_cards(cast.DANA.viewer)
    with care_of(cast.SOL.viewer) as care:
        assert any(card.strain for card in care.cards if card.volunteer.id == AMINA_ID)
    with care_of(cast.DANA.viewer) as care:
        assert not any(card.strain for card in care.cards)
        assert not any(one.is_whole for card in care.cards for one in card.flags)
    chosen(DANA)
    assert "R20" in rules_on_cards(cast.DANA.viewer)
    assert "R20" not in rules_on_cards(cast.SOL.viewer)


def test_nobody_is_called_steady_by_whoever_does_not_read() -> None:
    amina_answers(**WORN)
    chosen(SOL)
    with care_of(cast.DANA.viewer) as care:
        known = {*(one.id for one in care.steady), *(one.volunteer.id for one in care.unknown)}
        on_a_card = {card.volunteer.id for card in (*care.cards, *care.later, *care.resting)}
        assert AMINA_ID not in known | care.lighter
        assert AMINA_ID in {one.id for one in care.elsewhere} | on_a_card


def test_a_flag_that_rests_on_answers_is_not_found_by_whoever_reads_no_longer() -> None:
    amina_answers(**WORN)
    flag = open_flags(AMINA_ID)["R20"]
    chosen(SOL)
    with transaction(), gate.access(as_somebody(cast.DANA.viewer)), pytest.raises(NotFound):
        get_flag_to_move(flag.id, cast.DANA.viewer)
    with transaction(), gate.access(as_somebody(cast.SOL.viewer)):
        assert get_flag_to_move(flag.id, cast.SOL.viewer).said


def test_a_flag_somebody_had_waits_anew_for_the_new_reader() -> None:
    amina_answers(**WORN)
    with transaction(), gate.access(as_somebody(cast.DANA.viewer)):
        flag = get_flag_to_move(open_flags(AMINA_ID)["R20"].id, cast.DANA.viewer)
        service.acknowledge(flag, "On my way.", cast.DANA.viewer)
    with heard() as told:
        chosen(SOL)
    flag = open_flags(AMINA_ID)["R20"]
    assert (flag.acknowledged_by, flag.state.value) == (None, "open")
    assert set(told) == {(SOL, UPDATE)}


def test_who_was_told_in_the_readers_place_is_told_no_longer() -> None:
    amina_answers(ContactRequest.TODAY)
    with in_hours(24), transaction(), gate.opened("a test"):
        pass_on(today())
    assert open_flags(AMINA_ID)["R20"].passed_to == SOL
    with transaction():
        session.get_one(Volunteer, AMINA_ID).supervisor_id = SOL
    with transaction(), gate.opened("a test"):
        choose_reader(session.get_one(Volunteer, AMINA_ID), DANA, by=cast.AMINA.viewer.account_id)
    assert open_flags(AMINA_ID)["R20"].passed_to is None
    assert "R20" not in rules_on_cards(cast.SOL.viewer)


def test_nobody_takes_it_up_and_it_never_passes_to_the_supervisor_who_does_not_read() -> None:
    chosen(SOL)
    amina_answers(ContactRequest.TODAY)
    with in_hours(24), transaction(), gate.opened("a test"):
        assert pass_on(today())
    flag = open_flags(AMINA_ID)["R20"]
    assert flag.passed_to not in {DANA, SOL}
    assert "R20" not in rules_on_cards(cast.DANA.viewer)


def test_a_reader_who_is_gone_leaves_it_to_a_deputy_at_once() -> None:
    chosen(SOL)
    with transaction():
        session.get_one(Account, SOL).state = AccountState.CLOSED
    amina_answers(**WORN)
    flag = open_flags(AMINA_ID)["R20"]
    assert flag.passed_on == today()
    assert flag.passed_to != DANA


@pytest.mark.parametrize(
    ("does", "told"),
    [
        (lambda: amina_answers(**WORN), [(DANA, UPDATE)]),
        (lambda: amina_answers(ContactRequest.TODAY), [(DANA, NOW)]),
        (lambda: amina_answers(v1=2, v2=2), []),
    ],
    ids=["alert", "critical", "watch"],
)
def test_the_supervisor_is_told_as_loud_as_it_is(
    does: Callable[[], None], told: list[tuple[uuid.UUID, Wording]]
) -> None:
    with heard() as found:
        does()
    assert set(found) == set(told)


def test_the_reader_is_told_and_the_supervisor_is_not() -> None:
    chosen(SOL)
    with heard() as told:
        amina_answers(ContactRequest.TODAY)
    assert set(told) == {(SOL, NOW)}


def test_whoever_covers_is_told_as_well() -> None:
    with transaction():
        session.add(Cover(supervisor_id=DANA, by_id=SOL, from_on=today(), until_on=today()))
    with heard() as told:
        amina_answers(ContactRequest.TODAY)
    assert set(told) == {(DANA, NOW), (SOL, NOW)}


def test_whoever_a_flag_is_passed_to_is_told() -> None:
    amina_answers(ContactRequest.TODAY)
    with heard() as told, in_hours(24), transaction(), gate.opened("a test"):
        pass_on(today())
    assert (SOL, NOW) in told


def test_how_grave_it_is_stays_out_of_the_trail() -> None:
    fields = {one.name for one in dataclasses.fields(FlagRaised)}
    assert fields == {"by", "flag_id", "about_id", "told"}
    assert Role.SUPERVISOR in cast.DANA.viewer.roles


@pytest.mark.parametrize(("reader", "in_the_session"), [(DANA, True), (SOL, False)])
def test_what_a_reader_notes_is_not_for_the_supervisor(reader: uuid.UUID, in_the_session: bool) -> None:
    amina_answers(**WORN)
    chosen(reader)
    looking = (cast.DANA if reader == DANA else cast.SOL).viewer
    with transaction(), gate.access(as_somebody(looking)):
        amina = session.scalars(select(Volunteer).where(Volunteer.id == AMINA_ID)).one()
        flags = care_flags_of(AMINA_ID, looking)
        gate.admit([AMINA_ID])
        service.record_talk(amina, flags, "wept, and laughed at the end", looking)
    with reading(), gate.opened("a test looks"):
        notes = session.scalars(select(Supervision)).all()
        assert [one.note for one in notes] == ["wept, and laughed at the end" if in_the_session else None]
        steps = session.scalars(select(FlagStep).where(FlagStep.action == TALKED)).all()
        said = {one.private_note for one in steps}
        assert said == ({None} if in_the_session else {"wept, and laughed at the end"})
