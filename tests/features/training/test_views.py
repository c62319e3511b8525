"""The pages of training: planning, writing down who was there, the register, modules."""

import uuid

import pytest
from sqlalchemy import select

from peerlink.features.training import catalogue, holding, service
from peerlink.features.training.models import Attendance, Completion, Module, TrainingSession
from peerlink.features.training.queries import latest_marks_of
from peerlink.framework.training_words import (
    AttendanceStatus,
    CompetencyMark,
    ModuleStatus,
    TrainingSessionStatus,
    WishStatus,
)
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.training import trained
from tests.features.training.deeds import DAY, TODAY, everybody, planned, published
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

S, A = TrainingSessionStatus, AttendanceStatus
SESSIONS, AMINA = "/training/sessions", f"/volunteers/{cast.AMINA_ID}/training"


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def a_session(*modules: str, enrolled: bool = True, **said: object) -> str:
    """Plan a session with everybody in it; return its address."""
    with transaction(), gate.opened("a test plans"):
        one = planned(*modules, **said)
        if enrolled:
            holding.enrol(one, everybody(), by=None)
        return f"{SESSIONS}/{one.id}"


def standing() -> dict[uuid.UUID, AttendanceStatus]:
    with transaction():
        return dict(iter(session.execute(select(Attendance.volunteer_id, Attendance.status))))


def test_a_session_is_planned_and_people_written_in(chipos_desk: Visitor) -> None:
    assert "No session yet" in chipos_desk.visit(SESSIONS).text
    form = as_typed(chipos_desk.visit(f"{SESSIONS}/new?module=listening").text)
    assert (form["modules"], form["hours"], form["on"]) == (["listening"], ["2"], [TODAY.isoformat()])
    answer = chipos_desk.send(f"{SESSIONS}/new", {**form, "begins": "18:00", "where": "The long room"})
    assert answer.status_code == 303
    page = chipos_desk.visit(answer.location).text
    assert "Nobody is written in yet" in page
    chosen = as_typed(page)["volunteer"]
    assert len(chosen) == 3, "whoever needs it is ticked for a first invitation"
    chipos_desk.send(f"{answer.location}/invite", {"volunteer": chosen}, opened=answer.location)
    assert set(standing().values()) == {A.ENROLLED}
    assert "The long room" in chipos_desk.visit(SESSIONS).text


def test_what_was_typed_stays_when_a_session_is_refused(chipos_desk: Visitor) -> None:
    form = as_typed(chipos_desk.visit(f"{SESSIONS}/new").text)
    for wrong in ({"hours": "25"}, {"begins": "six", "modules": "listening"}, {}):
        answer = chipos_desk.send(f"{SESSIONS}/new", {**form, "where": "Wren hall", **wrong})
        assert answer.status_code == 422
        assert "Wren hall" in answer.text


def test_everybody_is_ticked_and_one_press_writes_all_down(chipos_desk: Visitor) -> None:
    """From today's list: one tap to open, one to write down, whether it is three people or fifteen."""
    address = a_session(on=TODAY)
    assert f'href="{address}"' in chipos_desk.visit("/").text
    form = as_typed(chipos_desk.visit(address).text)
    assert set(form["present"]) == {one.hex for one in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID)}
    sent = {"present": form["present"]}
    for _n in range(2):
        assert chipos_desk.send(f"{address}/attendance", sent, opened=SESSIONS).status_code == 303
    assert set(standing().values()) == {A.PRESENT}
    with transaction():
        assert len(session.scalars(select(Completion)).all()) == 3
    assert f'href="{address}"' not in chipos_desk.visit("/").text


def test_who_is_unticked_was_not_there_and_it_can_be_taken_back(chipos_desk: Visitor) -> None:
    address = a_session(on=TODAY - DAY)
    sent = {"present": [cast.AMINA_ID.hex, cast.BEN_ID.hex, "nobody"], "failed": [cast.BEN_ID.hex]}
    chipos_desk.send(f"{address}/attendance", sent, opened=address)
    assert standing()[cast.ZOE_ID] is A.ABSENT
    with transaction():
        results = dict(iter(session.execute(select(Completion.volunteer_id, Completion.result))))
    assert results == {cast.AMINA_ID: TrainingResult.PASSED, cast.BEN_ID: TrainingResult.FAILED}
    assert "Was not there" in chipos_desk.visit(address).text
    chipos_desk.send(f"{address}/attendance/take-back", opened=address)
    assert set(standing().values()) == {A.ENROLLED}


def test_a_supervisor_sees_only_their_own_in_the_list(danas_desk: Visitor) -> None:
    address = a_session(on=TODAY)
    page = danas_desk.visit(address).text
    assert "Amina" in page
    assert "Ben B." not in page
    assert "2 more people are written down" in page


def test_a_session_is_changed_called_off_and_planned_again(chipos_desk: Visitor) -> None:
    address = a_session(on=TODAY + DAY, minutes=90)
    form = as_typed(chipos_desk.visit(f"{address}/change").text)
    assert form["hours"] == ["1.5"]
    assert chipos_desk.send(f"{address}/change", {**form, "hours": ""}).status_code == 422
    assert chipos_desk.send(f"{address}/change", {**form, "hours": "3"}).status_code == 303
    chipos_desk.send(f"{address}/excuse", {"volunteer": cast.ZOE_ID.hex}, opened=address)
    assert standing()[cast.ZOE_ID] is A.EXCUSED
    chipos_desk.send(f"{address}/call-off", opened=address)
    assert "called off" in chipos_desk.visit(address).text
    chipos_desk.send(f"{address}/plan-again", opened=address)
    with transaction():
        one = session.scalars(select(TrainingSession)).one()
        assert (one.status, one.minutes) == (S.PLANNED, 180)


def test_the_register_says_in_words_how_each_stands(chipos_desk: Visitor) -> None:
    with transaction(), gate.opened("a test tells"):
        trained(cast.AMINA_ID, "knowledge", valid_until=TODAY + 61 * DAY)
        trained(cast.AMINA_ID, "listening", valid_until=TODAY + 60 * DAY)
        trained(cast.AMINA_ID, "boundaries", valid_until=TODAY - DAY)
        trained(cast.AMINA_ID, "safeguarding", result=TrainingResult.WAIVED, valid_until=TODAY + 99 * DAY)
        trained(cast.AMINA_ID, "record_keeping", result=TrainingResult.FAILED)
        trained(cast.AMINA_ID, "first_aid", valid_until=TODAY)
        holding.enrol(planned("confidentiality", on=TODAY + DAY), everybody()[:1], by=None)
    row = chipos_desk.visit(f"/training/register?supervisor={cast.DANA.viewer.account_id.hex}").text
    assert "V102" not in row
    cells = [part.split("</td>")[0] for part in row.split('<td role="cell"')[1:]]
    said = {cell.split('data-label="')[1].split('"')[0]: cell for cell in cells}
    for module, word in (
        ("Knowledge", "Valid"), ("Listening", "Runs out soon"), ("Boundaries", "Ran out"),
        ("Safeguarding", "Waived"), ("Record keeping", "Not passed yet"), ("Confidentiality", "Enrolled"),
        ("Starting and ending", "Not taken"), ("First aid (if wanted)", "Runs out soon"),
    ):  # fmt: skip
        assert word in said[module]


def test_the_register_reaches_no_further_than_its_viewer(danas_desk: Visitor) -> None:
    page = danas_desk.visit("/training/register").text
    assert "V101" in page
    assert "V102" not in page
    assert "Nobody like this" in danas_desk.visit(f"/training/register?site={uuid.uuid4().hex}").text


def test_the_usual_modules_are_taken_in_changed_and_retired(chipos_desk: Visitor) -> None:
    assert "The usual seven are taught" in chipos_desk.visit("/training/modules").text
    chipos_desk.send("/training/modules/usual", opened="/training/modules")
    with transaction(), gate.opened("a test looks"):
        knowledge = catalogue.editions()[-3]
        address = f"/training/modules/{knowledge.id}"
        name = knowledge.name
    form = as_typed(chipos_desk.visit(address).text)
    assert form["name"] == [name]
    assert chipos_desk.send(address, {**form, "name": "HIV basics"}).status_code == 422
    assert chipos_desk.send(address, {**form, "months": "6", "then": "publish"}).status_code == 303
    with transaction(), gate.opened("a test looks"):
        now = next(one for one in catalogue.offered().values() if one.months == 6)
        assert now.edition == 2
        newest = session.scalars(select(Module).where(Module.code == now.code, Module.edition == 2)).one()
    chipos_desk.send(f"/training/modules/{newest.id}/retire", opened="/training/modules")
    with transaction():
        assert session.get_one(Module, newest.id).status is ModuleStatus.RETIRED


def test_a_draft_is_kept_and_published_later(chipos_desk: Visitor) -> None:
    form = as_typed(chipos_desk.visit("/training/modules/new?topic=grief&topic=magic").text)
    assert (form["name"], form["topics"]) == (["Grief"], ["grief"])
    chipos_desk.send("/training/modules/new", {**form, "then": "keep"})
    with transaction():
        draft = session.scalars(select(Module)).one()
        assert draft.status is ModuleStatus.DRAFT
    assert "Draft" in chipos_desk.visit("/training/modules").text
    chipos_desk.send(f"/training/modules/{draft.id}/publish", opened="/training/modules")
    assert chipos_desk.send("/training/modules/new", {**form, "then": "keep"}).status_code == 422
    with transaction():
        assert session.get_one(Module, draft.id).status is ModuleStatus.PUBLISHED


def test_a_waiver_is_written_with_its_reason(chipos_desk: Visitor, danas_desk: Visitor) -> None:
    form = {**as_typed(chipos_desk.visit(AMINA).text), "result": "waived"}
    refused = chipos_desk.send(AMINA, form)
    assert refused.status_code == 422
    assert "Say why it is waived" in refused.text
    assert chipos_desk.send(AMINA, {**form, "reason": "a counsellor by trade"}).status_code == 303
    assert "a counsellor by trade" in danas_desk.visit(AMINA).text


def test_a_supervisor_marks_what_they_saw_and_answers_a_wish(danas_desk: Visitor) -> None:
    with transaction(), gate.opened("a test wishes"):
        wish = service.wish(everybody()[0], "grief", by=None)
    assert danas_desk.send(f"{AMINA}/mark", {"module": "listening"}, opened=AMINA).status_code == 422
    danas_desk.send(f"{AMINA}/mark", {"module": "listening", "mark": "alone"}, opened=AMINA)
    with transaction(), gate.opened("a test looks"):
        assert latest_marks_of(cast.AMINA_ID, cast.DANA.viewer)["listening"].mark is CompetencyMark.ALONE
    assert "Grief" in danas_desk.visit(AMINA).text
    address = f"/training/wishes/{wish.id}"
    assert danas_desk.send(f"{address}/eaten", opened=AMINA).status_code == 422
    danas_desk.send(f"{address}/granted", opened=AMINA)
    with transaction():
        assert session.get_one(type(wish), wish.id).status is WishStatus.GRANTED
    danas_desk.send(f"{address}/asked", opened=AMINA)
    with transaction():
        assert session.get_one(type(wish), wish.id).status is WishStatus.ASKED


def test_one_person_is_written_in_from_their_own_page(chipos_desk: Visitor) -> None:
    a_session(on=TODAY + DAY, enrolled=False)
    form = as_typed(chipos_desk.visit(AMINA).text)
    assert chipos_desk.send(f"{AMINA}/enrol", {"session": "none"}, opened=AMINA).status_code == 422
    chipos_desk.send(f"{AMINA}/enrol", {"session": form["session"]}, opened=AMINA)
    assert standing() == {cast.AMINA_ID: A.ENROLLED}


def test_published_modules_are_offered_everywhere(chipos_desk: Visitor) -> None:
    with transaction(), gate.opened("a test writes"):
        published("Quiet rooms")
    for address in (AMINA, f"{SESSIONS}/new"):
        assert "Quiet rooms" in chipos_desk.visit(address).text
