"""Whoever keeps volunteers sees whose record ends before it does, and keeps one longer only for a reason."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.finance.models import Claim
from peerlink.features.incidents.rules import ReportDraft
from peerlink.features.incidents.service import report
from peerlink.features.privacy.endings import endings, n_endings
from peerlink.features.privacy.forgetting import forget_people
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.framework.money_words import ClaimStatus
from peerlink.framework.months import months_later
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store import audit, gate
from peerlink.store.session import reading, session, transaction
from tests.factories.former import let_leave, settle
from tests.factories.volunteers import volunteer_draft
from tests.scenarios.planted_life import CLAIM, plant
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
DAY = dt.timedelta(days=1)
TODAY = clock.today("Europe/London")
AMINAS = cast.AMINA.viewer.account_id
HERS = f"/volunteers/{cast.AMINA_ID}"


def amina() -> Volunteer:
    return session.get_one(Volunteer, cast.AMINA_ID)


def ends(in_days: int) -> dt.date:
    """Let Amina's record end in so many days."""
    let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test sets a day"):
        amina().keep_until = TODAY + in_days * DAY
    return TODAY + in_days * DAY


def kept_until() -> dt.date | None:
    with reading():
        return session.scalar(select(Volunteer.keep_until).where(Volunteer.id == cast.AMINA_ID))


@pytest.mark.parametrize(
    ("in_days", "where"), [(31, None), (30, "soon"), (0, "soon"), (-1, "late"), (None, "dayless")]
)
def test_a_record_stands_where_its_day_says(in_days: int | None, where: str | None) -> None:
    ends(in_days or 0)
    if in_days is None:
        with transaction(), gate.opened("a test takes the day"):
            amina().keep_until = None
    with reading(), gate.opened("a test looks"):
        found = endings(cast.CHIPO.viewer, TODAY)
        lists = {"late": found.late, "soon": found.soon, "dayless": found.dayless, "held": found.held}
        assert [name for name, people in lists.items() if people] == ([where] if where else [])
        assert n_endings(cast.CHIPO.viewer, TODAY) == (int(where is not None), int(where == "late"))


@pytest.mark.parametrize("in_days", [0, -1, 5])
def test_what_is_open_holds_it_whatever_the_day(in_days: int, chipos_desk: Visitor) -> None:
    plant()
    ends(in_days)
    with transaction(), gate.opened("a test leaves something open"):
        session.get_one(Claim, CLAIM).status = ClaimStatus.SUBMITTED
    with reading(), gate.opened("a test looks"):
        found = endings(cast.CHIPO.viewer, TODAY)
        assert [len(one) for one in (found.late, found.held, found.soon)] == [0, in_days < 1, in_days > 0]
        assert n_endings(cast.CHIPO.viewer, TODAY) == (1, 0)
    assert "is not closed yet" in chipos_desk.visit(f"{HERS}/kept").text
    assert "still open" in chipos_desk.visit("/volunteers/kept").text or in_days < 1


def test_nobody_sees_the_records_of_people_out_of_reach() -> None:
    ends(3)
    with reading(), gate.opened("a test looks"):
        for person in (cast.DANA, cast.BEN, cast.PRIYA):
            assert endings(person.viewer, TODAY).n == (person is cast.DANA)


def test_one_tap_with_a_reason_keeps_it_longer_once_and_can_be_taken_back(chipos_desk: Visitor) -> None:
    until = ends(5)
    longer = months_later(until, 6)
    address = f"{HERS}/keep-longer?until={until.isoformat()}&on=list"
    assert "6 months longer" in chipos_desk.visit("/volunteers/kept").text
    for _tap in range(3):
        sent = chipos_desk.send(address, {"why": "law"}, opened="/volunteers/kept")
        assert (sent.status_code, sent.location) == (303, "/volunteers/kept")
        assert kept_until() == longer
    page = chipos_desk.visit(f"{HERS}/kept").text
    assert "The law asks for it" in page
    assert forget_people(until) == 0
    with reading(), gate.opened("a test reads the trail"):
        (deed,) = audit.deeds(session, deed="volunteer kept longer", newest=5)
        assert deed.detail == {"volunteer_id": cast.AMINA_ID.hex, "why": "law"}
    chipos_desk.send(f"{HERS}/keep-as-before", opened=f"{HERS}/kept")
    assert kept_until() == until
    assert "The law asks for it</span>" not in chipos_desk.visit(f"{HERS}/kept").text
    assert forget_people(until) == 1


def test_a_tap_on_a_page_that_is_out_of_date_does_not_claim_to_have_kept_it(chipos_desk: Visitor) -> None:
    until = ends(5)
    stale = f"{HERS}/keep-longer?until={months_later(until, 6).isoformat()}"
    refused = chipos_desk.send(stale, {"why": "law"}, opened=f"{HERS}/kept")
    assert (refused.status_code, "Kept longer" in refused.text) == (422, False)
    assert "Its day was changed meanwhile" in refused.text
    assert kept_until() == until


@pytest.mark.parametrize("why", ["", "because"])
def test_nothing_is_kept_longer_without_a_reason(chipos_desk: Visitor, why: str) -> None:
    until = ends(5)
    sent = chipos_desk.send(f"{HERS}/keep-longer?until={until}", {"why": why}, opened=f"{HERS}/kept")
    assert "Say why" in sent.text
    assert kept_until() == until


def test_what_was_said_on_another_day_is_not_taken_back(chipos_desk: Visitor) -> None:
    until = ends(5)
    said = {"on": (TODAY - DAY).isoformat(), "by": AMINAS.hex, "why": "law", "before": TODAY.isoformat()}
    with transaction(), gate.opened("a test keeps it longer"):
        amina().kept_longer = [said]
    assert (
        "Nothing can be taken back" in chipos_desk.send(f"{HERS}/keep-as-before", opened=f"{HERS}/kept").text
    )
    assert kept_until() == until


def test_what_was_promised_to_who_did_not_join_is_not_kept_longer(chipos_desk: Visitor) -> None:
    with transaction(), gate.opened("a test tells of somebody who did not join"):
        one = volunteers.add_volunteer(volunteer_draft(given_name="Quillon"), by=None)
        volunteers.step(one, VolunteerStatus.WITHDRAWN, by=None)
        one.keep_until = TODAY + 3 * DAY
        person = one.id
    assert "no longer than we promised" in chipos_desk.visit("/volunteers/kept").text
    page = f"/volunteers/{person}/kept"
    address = f"/volunteers/{person}/keep-longer?until={(TODAY + 3 * DAY).isoformat()}"
    assert "has left" in chipos_desk.send(address, {"why": "law"}, opened=page).text
    assert forget_people(TODAY + 3 * DAY) == 1


def test_a_longer_time_given_stays_when_the_record_is_brought_in_again() -> None:
    until = ends(400)
    with transaction(), gate.opened("a test keeps it longer and parts once more"):
        one = amina()
        one.keep_until = months_later(until, 60)
        one.kept_longer = [{"on": "2026-01-01", "by": AMINAS.hex, "why": "law", "before": "2026-02-01"}]
        volunteers.part_with(one, by=None)
        assert one.keep_until == months_later(until, 60)


def test_whoever_left_long_ago_is_seen_coming_first() -> None:
    with transaction(), gate.opened("a test lets somebody have left long ago"):
        one = session.get_one(Volunteer, cast.ZOE_ID)
        one.status, one.status_since = VolunteerStatus.LEFT, TODAY - 4000 * DAY
        volunteers.part_with(one, by=None)
        assert one.keep_until == TODAY + 30 * DAY


def test_the_record_says_until_when_and_what_goes(chipos_desk: Visitor) -> None:
    assert "while they are with us" in chipos_desk.visit(f"{HERS}/kept").text
    ends(5)
    assert f'href="{HERS}/kept">Kept until' in chipos_desk.visit(HERS).text
    page = chipos_desk.visit(f"{HERS}/kept").text
    for said in ("What is deleted then", "What stays, and names nobody", "Deleted in the night to"):
        assert said in page
    assert "end soon, or have no day: 1" in chipos_desk.visit("/").text


@pytest.mark.parametrize("status", [ClaimStatus.SUBMITTED, ClaimStatus.APPROVED])
def test_an_open_claim_holds_it_until_it_is_closed(chipos_desk: Visitor, status: ClaimStatus) -> None:
    plant()
    until = let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test leaves something open"):
        session.get_one(Claim, CLAIM).status = status
    assert forget_people(until + 100 * DAY) == 0
    assert "not closed yet" in chipos_desk.visit(f"/volunteers/{cast.AMINA_ID}/kept").text
    with transaction(), gate.opened("a test closes it"):
        session.get_one(Claim, CLAIM).status = ClaimStatus.PAID
    assert forget_people(until) == 1


@pytest.mark.parametrize("theirs", ["about", "reported"])
def test_an_open_incident_holds_it_until_it_is_closed(chipos_desk: Visitor, theirs: str) -> None:
    until = let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test reports"):
        who, by = (cast.AMINA_ID, None) if theirs == "about" else (None, AMINAS)
        incident = report(ReportDraft(type=IncidentType.COMPLAINT, what="loud", volunteer_id=who), by=by)
        incident.status = IncidentStatus.IN_PROGRESS
    assert forget_people(until + 100 * DAY) == 0
    assert "not closed yet" in chipos_desk.visit(f"/volunteers/{cast.AMINA_ID}/kept").text
    with transaction(), gate.opened("a test closes it"):
        settle(cast.AMINA_ID)
    assert forget_people(until) == 1


def test_without_a_day_nothing_is_ever_deleted_and_it_is_asked_for(chipos_desk: Visitor) -> None:
    let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test forgets the day"):
        amina().keep_until = None
    assert forget_people(TODAY + 9000 * DAY) == 0
    assert "Nobody has said until when" in chipos_desk.visit("/volunteers/kept").text
    assert "have no day: 1" in chipos_desk.visit("/").text
    sent = chipos_desk.send(f"/volunteers/{cast.AMINA_ID}/give-day?on=list", opened="/volunteers/kept")
    assert sent.location == "/volunteers/kept"
    with reading():
        until = amina().keep_until
        assert until is not None
        assert until >= TODAY + 30 * DAY
