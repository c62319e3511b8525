"""On a visit alone: set out, late, found again; every stage once, at its minute."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import Event
from peerlink.features.contacts.models import Contact
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.queries import steps_of
from peerlink.features.safety import visiting
from peerlink.features.safety.models import LoneVisit
from peerlink.features.safety.queries import get_visit, own_visit, visits_out
from peerlink.features.safety.watching import watch_visits
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.contact_words import Channel, ContactStatus
from peerlink.framework.incident_words import IncidentType
from peerlink.framework.safety_words import DutyKind, VisitEnd, VisitPlace
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.safety.happenings import HOUR, MINUTE, MONDAY_TEN, at, calls, on_duty, set_out, told
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
DUE = MONDAY_TEN + HOUR
AMINA, BEN, CHIPO = cast.AMINA_ID, cast.BEN_ID, cast.CHIPO.viewer.account_id
BY = cast.AMINA.viewer.account_id


@pytest.fixture
def out(the_cast: object) -> uuid.UUID:
    """Amina is out from ten to eleven; Ben is her buddy, Chipo on duty."""
    with transaction(), gate.opened("a test names a buddy"):
        session.get_one(Volunteer, AMINA).buddy_id = BEN
    on_duty(cast.CHIPO, DutyKind.COORDINATOR, MONDAY_TEN.date())
    with clock.turned_to(MONDAY_TEN):
        return set_out()


def watched(moment: dt.datetime) -> None:
    with at(moment):
        watch_visits(moment.date())


def incidents() -> list[Incident]:
    with reading():
        found = list(session.scalars(select(Incident)))
        session.expunge_all()
        return found


@pytest.mark.parametrize(
    ("late", "who"),
    [
        (0, []), (29, []), (30, [AMINA]), (44, [AMINA]), (45, [AMINA, BEN]), (59, [AMINA, BEN]),
        (60, [AMINA, BEN, CHIPO]), (600, [AMINA, BEN, CHIPO]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("every_minute", [True, False])
def test_each_hears_at_their_minute_and_once(
    heard: list[Event], out: uuid.UUID, late: int, who: list[uuid.UUID], every_minute: bool
) -> None:
    minutes = range(-1, min(late, 70) + 1) if every_minute else []
    for minute in [*minutes, late, late]:
        watched(DUE + minute * MINUTE)
    assert told(heard) == who
    assert len({one.key for event in heard for one in event.messages()}) == len(who)
    assert [one.type for one in incidents()] == ([IncidentType.LONE_WORKING_NO_RETURN] if late >= 60 else [])


def test_nothing_more_is_told_once_they_are_back(heard: list[Event], out: uuid.UUID) -> None:
    watched(DUE + 30 * MINUTE)
    with at(DUE + 31 * MINUTE):
        visiting.come_back(session.get_one(LoneVisit, out), VisitEnd.ALL_WELL, by=BY)
    watched(DUE + 99 * MINUTE)
    assert told(heard) == [AMINA]
    assert calls() == []


def test_back_after_an_hour_stands_in_the_incident(heard: list[Event], out: uuid.UUID) -> None:
    watched(DUE + 60 * MINUTE)
    with at(DUE + 70 * MINUTE):
        visiting.come_back(session.get_one(LoneVisit, out), VisitEnd.ALL_WELL, by=BY)
        (incident,) = session.scalars(select(Incident))
        assert incident.volunteer_id == AMINA
        assert incident.reporter_id is None
        assert any("All well" in (step.note or "") for step in steps_of(incident))


def test_needing_somebody_opens_a_call(out: uuid.UUID) -> None:
    with at(DUE):
        visiting.come_back(session.get_one(LoneVisit, out), VisitEnd.NEED_SOMEBODY, by=BY)
    assert [one.volunteer_id for one in calls()] == [AMINA]


def test_staying_longer_begins_the_stages_anew(heard: list[Event], out: uuid.UUID) -> None:
    watched(DUE + 31 * MINUTE)
    with at(DUE + 31 * MINUTE):
        visit = session.get_one(LoneVisit, out)
        visiting.stay_longer(visit, by=BY)
        assert visit.due_back_at == DUE + 61 * MINUTE
    watched(DUE + 90 * MINUTE)
    assert told(heard) == [AMINA]
    watched(DUE + 91 * MINUTE)
    assert told(heard) == [AMINA, AMINA]
    assert len({one.key for event in heard for one in event.messages()}) == 2


def test_a_check_out_pressed_too_early_is_taken_back_within_the_hour(out: uuid.UUID) -> None:
    with at(DUE):
        visit = session.get_one(LoneVisit, out)
        visiting.come_back(visit, VisitEnd.ALL_WELL, by=BY)
        visiting.not_back_yet(visit, by=BY)
        assert visit.checked_out_at is None
        visiting.come_back(visit, VisitEnd.ALL_WELL, by=BY)
        with pytest.raises(Refused, match="ended"):
            visiting.stay_longer(visit, by=BY)
    with at(DUE + HOUR + MINUTE), pytest.raises(Refused, match="too long ago"):
        visiting.not_back_yet(session.get_one(LoneVisit, out), by=BY)


def test_without_a_buddy_whoever_looks_after_them_hears(heard: list[Event]) -> None:
    with clock.turned_to(MONDAY_TEN):
        set_out()
    watched(DUE + 45 * MINUTE)
    assert told(heard) == [AMINA, cast.DANA.viewer.account_id]


def met(channel: Channel, status: ContactStatus) -> None:
    with transaction(), gate.opened("a test lets them meet"):
        session.add(
            Contact(
                match_id=cast.AMINA_EFE,
                volunteer_id=AMINA,
                participant_id=cast.EFE_ID,
                day=MONDAY_TEN.date(),
                status=status,
                channel=channel,
            )
        )


HOME = {"where": VisitPlace.HOME, "risk_note": "I ring first.", "match_id": cast.AMINA_EFE}


def test_the_first_meeting_is_not_at_home() -> None:
    met(Channel.PHONE, ContactStatus.HELD)
    met(Channel.IN_PERSON, ContactStatus.PLANNED)
    with pytest.raises(Refused, match="first time"):
        set_out(**HOME)
    met(Channel.IN_PERSON, ContactStatus.HELD)
    set_out(**HOME)


def test_one_visit_at_a_time_in_an_approved_place_with_ones_own_people() -> None:
    with pytest.raises(Refused, match="not approved"):
        set_out(place_id=uuid.uuid4())
    with pytest.raises(NotFound):
        set_out(match_id=cast.BEN_FOLA)
    with pytest.raises(Refused):
        set_out(cast.CHIPO)
    set_out(match_id=cast.AMINA_EFE)
    with pytest.raises(Refused, match="already"):
        set_out()
    set_out(cast.BEN)


def sees(viewer: Viewer, visit_id: uuid.UUID) -> bool:
    with reading(), gate.access(gate.Access(viewer.account_id, viewer.opens(), {viewer.account_id})):
        try:
            get_visit(visit_id, viewer)
        except NotFound:
            assert visit_id not in {one.id for one in visits_out(viewer)}
            return False
        return True


def test_the_buddy_sees_it_from_forty_five_minutes_until_they_are_back(out: uuid.UUID) -> None:
    assert sees(cast.AMINA.viewer, out)
    assert sees(cast.CHIPO.viewer, out)
    assert sees(cast.DANA.viewer, out)
    assert not sees(cast.SOL.viewer, out)
    assert not sees(cast.ZOE.viewer, out)
    watched(DUE + 44 * MINUTE)
    assert not sees(cast.BEN.viewer, out)
    watched(DUE + 45 * MINUTE)
    assert sees(cast.BEN.viewer, out)
    with reading(), gate.opened("a test looks"):
        assert own_visit(cast.BEN.viewer) is None
    with at(DUE + 50 * MINUTE):
        visiting.come_back(session.get_one(LoneVisit, out), VisitEnd.ALL_WELL, by=BY)
    assert not sees(cast.BEN.viewer, out)
