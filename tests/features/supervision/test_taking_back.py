"""What was written about a session by mistake is taken back within a day, with all it made."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import Event, Wording, listen
from peerlink.features.supervision import gathering, service, taking_back
from peerlink.features.supervision.events import SupervisionTakenBack
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.rules import Agreed, HeldDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import SupervisionStatus, VolunteerStatus
from peerlink.store import audit, gate
from peerlink.store.history import StateChange
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import in_hours
from tests.features.supervision.deeds import (
    DANA,
    DAY,
    TODAY,
    K,
    actions,
    befriend,
    covered,
    held,
    planned,
    sessions,
)
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
S = SupervisionStatus
THREE = dt.time(15)
AMINA = f"/volunteers/{cast.AMINA_ID}/supervision"


def take_back(one: uuid.UUID, by: uuid.UUID = DANA) -> None:
    with transaction(), gate.opened("a test takes a session back"):
        taking_back.take_back(session.get_one(Supervision, one), by=by)


def write(desk: Visitor, one: uuid.UUID, **said: object) -> str:
    """Write a planned session down; return where it is taken back."""
    address = f"/supervision/{one}/hold"
    sent = desk.send(address, {**as_typed(desk.visit(address).text), **said})
    assert sent.status_code == 303
    return f"/supervision/{one}/take-back"


def test_a_planned_session_held_by_mistake_is_planned_again_and_all_it_made_is_gone(
    danas_desk: Visitor, aminas_phone: Visitor
) -> None:
    held(TODAY - 20 * DAY, Agreed("Fewer evenings", TODAY - DAY), Agreed("Read the card"))
    one = planned(TODAY, at=THREE, where="Room 2")
    begins = sessions("starts_at")[-1]
    page = danas_desk.visit(f"/supervision/{one}/hold").text
    box = next(part for part in page.split('name="done" value="')[1:] if "Fewer evenings" in part)
    back = write(
        danas_desk,
        one,
        done=[box.split('"')[0]],
        held_on=(TODAY - DAY).isoformat(),
        note="of somebody else",
        themes=["load"],
        agreed_1="Ask about the bus",
        agreed_1_who="mine",
        next_on=(TODAY + 14 * DAY).isoformat(),
    )
    assert sessions("status") == [S.HELD, S.HELD, S.SCHEDULED]
    assert "Take back" in danas_desk.visit(AMINA).text
    assert danas_desk.send(back, opened=AMINA).status_code == 303
    assert sessions("status") == [S.HELD, S.SCHEDULED, S.CANCELLED]
    told = ("held_on", "starts_at", "where", "minutes", "themes", "note", "before")
    assert [sessions(name)[1] for name in told] == [TODAY, begins, "Room 2", None, None, None, None]
    assert sorted(actions("what", "done_on")) == [("Fewer evenings", None), ("Read the card", None)]
    assert "of somebody else" not in aminas_phone.visit("/me/sessions").text
    with transaction(), gate.opened("a test looks"):
        row = service.due_list(cast.DANA.viewer)[0]
        assert (row.last_on, row.due_on) == (TODAY - 20 * DAY, TODAY + 22 * DAY), "the rhythm is as before"
    assert danas_desk.send(back, opened=AMINA).status_code == 422, "once"
    write(danas_desk, one, note="of herself")
    assert sessions("note")[1] == "of herself"


def test_a_talk_nobody_had_planned_is_gone_and_what_was_agreed_with_it(danas_desk: Visitor) -> None:
    address = f"{AMINA}/held"
    typed = {**as_typed(danas_desk.visit(address).text), "kind": "one_to_one", "agreed_1": "Rest"}
    assert danas_desk.send(address, typed).status_code == 303
    page = danas_desk.visit(AMINA).text
    back = next(part for part in page.split('"') if part.endswith("/take-back"))
    assert danas_desk.send(back, opened=AMINA).status_code == 303
    assert sessions("id") == []
    assert actions("what") == []
    assert danas_desk.send(back, opened=AMINA).status_code == 404


@pytest.mark.parametrize(("hours", "minutes", "fine"), [(24, -1, True), (24, 0, True), (24, 1, False)])
@pytest.mark.parametrize("deed", ["held", "missed", "called off"])
def test_it_can_for_a_day_and_not_a_minute_longer(hours: int, minutes: int, fine: bool, deed: str) -> None:
    at = clock.now()
    with clock.turned_to(at):
        one = planned()
        with transaction(), gate.opened("a test writes it down"):
            row = session.get_one(Supervision, one)
            if deed == "held":
                service.hold(row, HeldDraft(held_on=TODAY), by=DANA)
            else:
                (service.miss if deed == "missed" else service.cancel)(row, by=DANA)
    with clock.turned_to(at + dt.timedelta(hours=hours, minutes=minutes)):
        if fine:
            take_back(one)
            assert sessions("status") == [S.SCHEDULED]
        else:
            before = sessions("status")
            with pytest.raises(Refused, match="for a day only"):
                take_back(one)
            assert sessions("status") == before != [S.SCHEDULED]


@pytest.mark.parametrize("deed", ["miss", "cancel"])
def test_missed_and_called_off_are_offered_back(danas_desk: Visitor, deed: str) -> None:
    one = planned()
    assert danas_desk.send(f"/supervision/{one}/{deed}", opened=AMINA).status_code == 303
    page = danas_desk.visit(AMINA).text
    back = f"/supervision/{one}/take-back"
    assert page.count(back) == 2, "with the message, and on the session itself"
    assert danas_desk.send(back, opened=AMINA).status_code == 303
    assert sessions("status") == [S.SCHEDULED]
    with in_hours(25):
        assert back not in danas_desk.visit(AMINA).text


def test_who_wrote_it_and_who_took_it_back_stand_in_the_trail() -> None:
    one = planned()
    with transaction(), gate.opened("a test holds it"):
        service.hold(session.get_one(Supervision, one), HeldDraft(held_on=TODAY), by=DANA)
    covered()
    take_back(one, by=cast.SOL.viewer.account_id)
    with reading(), gate.opened("a test looks"):
        steps = session.scalars(select(StateChange).where(StateChange.record_id == one)).all()
        told = sorted((step.at, step.came_from, step.became, step.by) for step in steps)
        assert [(came, became, by) for _at, came, became, by in told] == [
            (None, "scheduled", DANA.hex),
            ("scheduled", "held", DANA.hex),
            ("held", "scheduled", cast.SOL.viewer.account_id.hex),
        ]
        who = {one.deed: one.actor for one in audit.deeds(session, newest=50)}
    assert (who["supervision held"], who["supervision taken back"]) == (DANA, cast.SOL.viewer.account_id)


def test_whoever_does_not_look_after_her_takes_nothing_back(
    sols_desk: Visitor, aminas_phone: Visitor
) -> None:
    one = held()
    for visitor, opened, code in ((sols_desk, "/supervision", 404), (aminas_phone, "/me", 403)):
        assert visitor.send(f"/supervision/{one}/take-back", opened=opened).status_code == code
    assert sessions("status") == [S.HELD]


def test_she_is_told_that_a_session_is_on_after_all_and_of_a_second_time_off_too() -> None:
    heard: list[Event] = []
    listen(Event, heard.append)
    one = planned(TODAY + DAY)
    for _twice in range(2):
        with transaction(), gate.opened("a test calls it off"):
            service.cancel(session.get_one(Supervision, one), by=DANA)
        take_back(one)
    told = [(said.wording, said.key) for event in heard for said in event.messages() if one.hex in said.key]
    assert [wording for wording, _key in told] == [
        Wording.DATE, Wording.UPDATE, Wording.DATE, Wording.UPDATE, Wording.DATE,
    ]  # fmt: skip
    assert len({key for _wording, key in told}) == 5, "each is sent"
    held_one = held()
    take_back(held_one)
    last = next(event for event in reversed(heard) if isinstance(event, SupervisionTakenBack))
    assert (last.is_gone, last.messages()) == (True, ())


def test_nothing_is_planned_again_with_somebody_who_has_gone() -> None:
    one = planned(TODAY + DAY)
    with transaction(), gate.opened("a test calls it off"):
        service.cancel(session.get_one(Supervision, one), by=DANA)
        session.get_one(Volunteer, cast.AMINA_ID).status = VolunteerStatus.LEFT
    with pytest.raises(Refused, match="who is with the programme"):
        take_back(one)


def test_what_the_house_wrote_down_by_itself_is_not_taken_back() -> None:
    one = planned(TODAY + DAY)
    with transaction(), gate.opened("the house calls it off"):
        service.cancel(session.get_one(Supervision, one), by=None)
    with pytest.raises(Refused, match="for a day only"):
        take_back(one)


def group(desk: Visitor) -> str:
    with transaction(), gate.opened("a test gives Dana two volunteers"):
        session.get_one(Volunteer, cast.BEN_ID).supervisor_id = DANA
    sent = desk.send("/supervision/group", as_typed(desk.visit("/supervision/group").text))
    return str(sent.headers["Location"])


def statuses() -> list[object]:
    return [*sessions("status"), *sessions("status", cast.BEN_ID)]


def test_a_group_is_taken_back_whole_who_came_and_who_did_not(danas_desk: Visitor) -> None:
    at = group(danas_desk)
    came = {**as_typed(danas_desk.visit(at).text), "who": [cast.AMINA_ID.hex]}
    danas_desk.send(at, came)
    assert statuses() == [S.HELD, S.MISSED]
    assert f"{at}/take-back" in danas_desk.visit(at).text
    assert danas_desk.send(f"{at}/take-back", opened=at).status_code == 303
    assert statuses() == [S.SCHEDULED, S.SCHEDULED]
    assert danas_desk.send(f"{at}/take-back", opened=at).status_code == 422
    danas_desk.send(f"{at}/cancel", opened=at)
    assert statuses() == [S.CANCELLED, S.CANCELLED]
    assert danas_desk.send(f"{at}/take-back", opened=at).status_code == 303
    assert statuses() == [S.SCHEDULED, S.SCHEDULED]


def test_whoever_wrote_a_meeting_of_buddies_down_takes_it_back_for_both(
    aminas_phone: Visitor, bens_phone: Visitor, zoes_phone: Visitor
) -> None:
    befriend()
    typed = as_typed(aminas_phone.visit("/me/sessions").text)
    said = {one: typed[one] for one in ("id", "buddy", "on")}
    assert aminas_phone.send("/me/buddy/met", said, opened="/me/sessions").status_code == 303
    back = f"/me/buddy/met/{uuid.UUID(str(said['id'][0]))}/take-back"
    assert back in aminas_phone.visit("/me/sessions").text
    assert back not in bens_phone.visit("/me/sessions").text
    for phone in (bens_phone, zoes_phone):
        assert phone.send(back, opened="/me/sessions").status_code == 404
    assert sessions("kind") == sessions("kind", cast.BEN_ID) == [K.BUDDY]
    assert aminas_phone.send(back, opened="/me/sessions").status_code == 303
    assert sessions("kind") == sessions("kind", cast.BEN_ID) == []


def test_a_meeting_of_buddies_stays_after_a_day() -> None:
    befriend()
    with transaction(), gate.opened("a test lets buddies meet"):
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        meeting, by = uuid.UUID(int=777), cast.AMINA.viewer.account_id
        gathering.record_buddies(meeting, amina, cast.BEN_ID, HeldDraft(held_on=TODAY), by=by)
    with in_hours(25), transaction(), pytest.raises(Refused, match="for a day only"):
        taking_back.take_meeting_back(meeting, cast.AMINA_ID, by=by)
    with transaction(), pytest.raises(NotFound):
        taking_back.take_meeting_back(meeting, cast.ZOE_ID, by=by)
