"""Whoever offered to help and did not join is forgotten when their time is over."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import func, select

from peerlink import clock
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.rules import ReportDraft
from peerlink.features.incidents.service import report
from peerlink.features.privacy.forgetting import forget_people
from peerlink.features.training.models import Completion
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.jobs import find_job
from peerlink.store import gate, house, names
from peerlink.store.model import Model, SealedModel
from peerlink.store.session import reading, session, transaction
from peerlink.vault.keyring import NoKey
from tests.factories.recruitment import prepared
from tests.factories.training import trained
from tests.factories.volunteers import volunteer_draft
from tests.store.tampering import findings
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
S = VolunteerStatus
DAY = dt.timedelta(days=1)


def offered(to: VolunteerStatus = S.WITHDRAWN) -> tuple[uuid.UUID, dt.date]:
    """Let somebody offer to help, learn, and go no further; return until when it is kept."""
    with transaction(), gate.opened("a test tells of somebody who did not join"):
        one = volunteers.add_volunteer(volunteer_draft(given_name="Quillon"), by=None)
        prepared(one.id)
        volunteers.step(one, S.SCREENING, by=None)
        trained(one.id)
        volunteers.step(one, to, by=None)
        assert one.keep_until is not None
        return one.id, one.keep_until


def n_rows_of(person: uuid.UUID) -> int:
    sealed = [one.class_ for one in Model.registry.mappers if issubclass(one.class_, SealedModel)]
    with reading():
        counts = [
            session.scalar(select(func.count()).select_from(one).where(one.subject_id == person))
            for one in sealed
        ]
        learned = select(func.count()).select_from(Completion).where(Completion.volunteer_id == person)
        return sum(n or 0 for n in counts) + (session.scalar(learned) or 0)


@pytest.mark.parametrize("to", [S.WITHDRAWN, S.DECLINED])
def test_on_the_day_nothing_is_left_not_even_the_key(to: VolunteerStatus) -> None:
    person, until = offered(to)
    assert n_rows_of(person) > 4
    assert forget_people(until - DAY) == 0, "not the day before"
    assert forget_people(until) == 1
    assert n_rows_of(person) == 0
    with reading():
        assert names.find("volunteer", "Quillon") == []
    with pytest.raises(NoKey):
        house.keyring().person_key(person.bytes)
    assert forget_people(until) == 0
    assert findings() == []


def test_whoever_an_incident_names_stays_until_it_is_closed() -> None:
    person, until = offered()
    with transaction(), gate.opened("a test reports"):
        draft = ReportDraft(type=IncidentType.COMPLAINT, what="loud", volunteer_id=person)
        incident_id = report(draft, by=None).id
    assert forget_people(until + 4000 * DAY) == 0
    assert n_rows_of(person) > 4
    with transaction(), gate.opened("a test closes it"):
        session.get_one(Incident, incident_id).status = IncidentStatus.CLOSED
    assert forget_people(until) == 1
    with reading(), gate.opened("a test looks"):
        assert session.get_one(Incident, incident_id).what == "loud"
        assert session.get_one(Volunteer, person).called == "Former volunteer"
    assert n_rows_of(person) == 0


def test_whoever_asks_is_forgotten_tonight_and_until_then_it_can_be_taken_back(chipos_desk: Visitor) -> None:
    person, until = offered()
    page, today = f"/volunteers/{person}", clock.today("Europe/London")
    assert chipos_desk.send(f"{page}/delete-tonight", opened=page).status_code == 303
    assert "deleted tonight" in chipos_desk.visit(page).text
    assert chipos_desk.send(f"{page}/keep-on", opened=page).status_code == 303
    assert forget_people(today + DAY) == 0
    chipos_desk.send(f"{page}/delete-tonight", opened=page)
    assert forget_people(today) == 0, "not before the night"
    assert forget_people(today + DAY) == 1
    assert until > today
    assert chipos_desk.visit(page).status_code == 404


def test_nobody_who_is_with_us_is_deleted_by_a_tap(chipos_desk: Visitor) -> None:
    page = f"/volunteers/{cast.ZOE_ID}"
    assert "delete tonight" not in chipos_desk.visit(page).text
    assert "did not join" in chipos_desk.send(f"{page}/delete-tonight", opened=page).text
    assert forget_people(clock.today("Europe/London") + DAY) == 0


def test_it_is_done_every_day() -> None:
    job = find_job("records past their time")
    assert job is not None
    assert (job.every, job.alone, job.run) == ("day", True, forget_people)
