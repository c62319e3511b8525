"""Groups and buddies: several at once, each counted once."""

import uuid

import pytest

from peerlink.features.indicators import gather
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import SupervisionStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.supervision.deeds import DANA, DAY, TODAY, K, befriend, covered, held, sessions
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

S = SupervisionStatus
BOTH = [cast.AMINA_ID.hex, cast.BEN_ID.hex]


@pytest.fixture(autouse=True)
def _danas_team(the_cast: object) -> None:
    with transaction(), gate.opened("a test gives Dana two volunteers"):
        session.get_one(Volunteer, cast.BEN_ID).supervisor_id = DANA


def plan(desk: Visitor, **said: object) -> tuple[int, str, dict[str, list[str]]]:
    typed = {**as_typed(desk.visit("/supervision/group").text), **said}
    sent = desk.send("/supervision/group", typed)
    return sent.status_code, sent.headers.get("Location", ""), typed  # type: ignore[return-value]


def team_contact(of: uuid.UUID) -> object:
    with transaction(), gate.opened("a test counts"):
        return gather.volunteer_facts(TODAY, [of], recount=True)[of].last_team_contact_on


def test_everybody_is_ticked_and_a_form_sent_twice_plans_one_group(danas_desk: Visitor) -> None:
    on = (TODAY + 3 * DAY).isoformat()
    status, _to, typed = plan(danas_desk, on=on, at="17:30", where="Room 2")
    assert (status, sorted(typed["who"])) == (303, BOTH)
    danas_desk.send("/supervision/group", typed)
    assert [sessions("kind", one) for one in (cast.AMINA_ID, cast.BEN_ID)] == [[K.GROUP], [K.GROUP]]
    assert sessions("group_id") == sessions("group_id", cast.BEN_ID)
    assert "Group of 2" in danas_desk.visit("/supervision").text


def test_untick_who_did_not_come_and_it_counts_once(danas_desk: Visitor, bens_phone: Visitor) -> None:
    _status, attendance, _typed = plan(danas_desk)
    page = danas_desk.visit(attendance).text
    came = as_typed(page)
    assert sorted(came["who"]) == BOTH, "everybody expected is ticked"
    for _twice in range(2):
        sent = danas_desk.send(attendance, {**came, "who": [cast.AMINA_ID.hex]})
        assert sent.status_code == 303
        assert (sessions("status"), sessions("status", cast.BEN_ID)) == ([S.HELD], [S.MISSED])
    assert sessions("minutes") == [90]
    assert team_contact(cast.AMINA_ID) == TODAY
    assert team_contact(cast.BEN_ID) is None
    over = danas_desk.visit(attendance).text
    assert "not there" in over
    assert "1 came" in over


def test_a_group_of_a_day_before_is_written_down_at_once(danas_desk: Visitor) -> None:
    status, attendance, _typed = plan(danas_desk, on=(TODAY - 60 * DAY).isoformat())
    assert status == 303
    danas_desk.send(attendance, as_typed(danas_desk.visit(attendance).text))
    assert sessions("held_on") == [TODAY - 60 * DAY]
    assert plan(danas_desk, on=(TODAY - 61 * DAY).isoformat())[0] == 422
    assert plan(danas_desk, who=[])[0] == 422


def test_a_group_nobody_came_to_is_called_off_instead(danas_desk: Visitor) -> None:
    _status, attendance, _typed = plan(danas_desk)
    refused = danas_desk.send(attendance, {"who": [], "minutes": "60"})
    assert refused.status_code == 422
    assert "call the session off" in refused.text
    assert danas_desk.send(f"{attendance}/cancel", opened=attendance).status_code == 303
    assert sessions("status") == [S.CANCELLED]


def test_nobody_elses_volunteer_can_be_ticked_in(danas_desk: Visitor, sols_desk: Visitor) -> None:
    assert plan(danas_desk, who=[cast.ZOE_ID.hex])[0] == 422
    _status, attendance, _typed = plan(danas_desk)
    assert sols_desk.visit(attendance).status_code == 404
    assert danas_desk.visit(f"/supervision/group/{uuid.uuid4()}").status_code == 404


def test_either_buddy_writes_a_meeting_down_for_both(aminas_phone: Visitor, bens_phone: Visitor) -> None:
    befriend()
    for phone, days in ((aminas_phone, 9), (bens_phone, 2)):
        page = as_typed(phone.visit("/me/sessions").text)
        said = {"id": page["id"], "buddy": page["buddy"], "on": (TODAY - days * DAY).isoformat()}
        for _twice in range(2):
            assert phone.send("/me/buddy/met", said, opened="/me/sessions").status_code == 303
    for of in (cast.AMINA_ID, cast.BEN_ID):
        assert sessions("kind", of) == [K.BUDDY, K.BUDDY]
        assert team_contact(of) == TODAY - 2 * DAY


def test_a_meeting_to_come_or_with_anybody_else_is_refused(
    aminas_phone: Visitor, zoes_phone: Visitor
) -> None:
    befriend()
    page = as_typed(aminas_phone.visit("/me/sessions").text)
    said = {"id": page["id"], "on": (TODAY + DAY).isoformat(), "buddy": page["buddy"]}
    assert aminas_phone.send("/me/buddy/met", said, opened="/me/sessions").status_code == 422
    said = {**said, "on": TODAY.isoformat()}
    nobody = aminas_phone.send("/me/buddy/met", {**said, "buddy": []}, opened="/me/sessions")
    assert nobody.status_code == 422
    assert "Say whom you met." in nobody.text
    said = {**said, "buddy": [cast.ZOE_ID.hex]}
    assert aminas_phone.send("/me/buddy/met", said, opened="/me/sessions").status_code == 422
    assert "buddy" not in as_typed(zoes_phone.visit("/me/sessions").text)
    assert zoes_phone.send("/me/buddy/met", said, opened="/me/sessions").status_code == 422
    assert sessions("kind") == []


def test_neither_a_group_nor_a_buddy_stands_in_for_a_talk(danas_desk: Visitor) -> None:
    for kind in (K.GROUP, K.BUDDY, K.JOINT):
        held(TODAY, kind=kind)
    with transaction(), gate.opened("a test counts"):
        facts = gather.volunteer_facts(TODAY, [cast.AMINA_ID], recount=True)[cast.AMINA_ID]
    assert (facts.last_one_to_one_on, facts.debriefs_90) == (None, ())


def test_a_talk_with_whoever_covers_is_a_talk(sols_desk: Visitor) -> None:
    covered()
    address = f"/volunteers/{cast.AMINA_ID}/supervision/held"
    typed = {**as_typed(sols_desk.visit(address).text), "kind": "one_to_one"}
    assert sols_desk.send(address, typed).status_code == 303
    with transaction(), gate.opened("a test counts"):
        facts = gather.volunteer_facts(TODAY, [cast.AMINA_ID], recount=True)[cast.AMINA_ID]
    assert facts.last_one_to_one_on == TODAY
