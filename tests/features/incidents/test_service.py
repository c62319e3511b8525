"""Incidents from the report to the last word: who handles them, who hears, and what stays unsaid."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import select, text

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import Event, announce
from peerlink.features.accounts.models import Account
from peerlink.features.incidents import clocks, service
from peerlink.features.incidents.models import Incident, IncidentStep
from peerlink.features.incidents.queries import handlers_of, own_reports, steps_of
from peerlink.features.incidents.rules import BreachDraft, TriageDraft
from peerlink.framework.incident_words import SUGGESTED, IncidentStatus, IncidentType, RegulatorDecision
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.model import Model
from peerlink.store.session import reading, session, transaction
from tests.features.incidents.telling import TODAY, reported, the_one
from tests.support import cast

T, S = IncidentType, IncidentStatus
HOUR = dt.timedelta(hours=1)
BY = cast.CHIPO.viewer.account_id


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    events: list[Event] = []

    def keep(event: Event) -> None:
        events.append(event)
        announce(event)

    monkeypatch.setattr(service, "announce", keep)
    monkeypatch.setattr(clocks, "announce", keep)
    return events


def told(events: list[Event]) -> list[tuple[uuid.UUID, str]]:
    return [(one.to, one.wording.value) for event in events for one in event.messages()]


def taken_to(status: IncidentStatus, incident_id: uuid.UUID) -> None:
    with transaction(), gate.opened("a test goes on"):
        one = the_one(incident_id)
        service.triage(one, TriageDraft(type=one.type, severity=2), by=BY)
        for to in (S.IN_PROGRESS, S.RESOLVED):
            if one.status is not status:
                service.step(one, to, by=BY)


@pytest.mark.parametrize(
    ("kind", "who", "wording"),
    [
        (T.SAFEGUARDING_CHILD, cast.SADE, "now"),
        (T.SAFEGUARDING_ADULT, cast.SADE, "now"),
        (T.SELF_HARM_RISK, cast.SADE, "now"),
        (T.VIOLENCE_OR_THREAT, cast.SADE, "now"),
        (T.CONFIDENTIALITY_NEAR_MISS, cast.PRU, "update"),
        (T.CONFIDENTIALITY_SUSPECTED, cast.PRU, "update"),
        (T.CONFIDENTIALITY_CONFIRMED, cast.PRU, "now"),
        (T.VOLUNTEER_EXPOSED, cast.PRU, "now"),
        (T.LOST_DEVICE, cast.PRU, "update"),
        (T.WRONG_RECIPIENT, cast.PRU, "update"),
        (T.COMPLAINT, cast.CHIPO, "update"),
        (T.ACCIDENT, cast.CHIPO, "update"),
        (T.BOUNDARY_OR_MISCONDUCT, cast.CHIPO, "update"),
        (T.LONE_WORKING_NO_RETURN, cast.CHIPO, "now"),
    ],
)
def test_it_goes_at_once_to_whose_duty_it_is(
    heard: list[Event], kind: IncidentType, who: cast.Person, wording: str
) -> None:
    incident_id = reported(kind)
    assert told(heard) == [(who.viewer.account_id, wording)]
    with reading(), gate.opened("a test looks"):
        one = the_one(incident_id)
        assert (one.severity, one.status, one.reported_on) == (SUGGESTED[kind], S.REPORTED, TODAY)
        assert one.handler_id == who.viewer.account_id


def test_an_incident_about_the_coordinator_goes_to_a_deputy() -> None:
    incident_id = reported(T.BOUNDARY_OR_MISCONDUCT, about_account_id=BY)
    with transaction(), gate.opened("a test looks"):
        one = the_one(incident_id)
        assert one.handler_id == cast.PRIYA.viewer.account_id
        assert BY not in {handler.account_id for handler in handlers_of(one)}
        with pytest.raises(Refused, match="nobody it is about"):
            service.hand_over(one, BY, by=cast.PRIYA.viewer.account_id)


def test_whoever_turns_out_to_be_in_it_loses_it_to_another() -> None:
    incident_id = reported(T.COMPLAINT)
    with transaction(), gate.opened("a test goes on"):
        one = the_one(incident_id)
        assert one.handler_id == BY
        service.name_whom(one, about_account_id=BY, by=cast.PRIYA.viewer.account_id)
        assert one.handler_id == cast.PRIYA.viewer.account_id


def test_only_those_who_may_handle_it_can_be_chosen() -> None:
    incident_id = reported(T.COMPLAINT)
    with transaction(), gate.opened("a test goes on"):
        one = the_one(incident_id)
        for nobody in (cast.AMINA, cast.ADA):
            with pytest.raises(Refused):
                service.hand_over(one, nobody.viewer.account_id, by=BY)
        service.hand_over(one, cast.DANA.viewer.account_id, by=BY)
        assert one.handler_id == cast.DANA.viewer.account_id


def test_a_report_under_a_name_is_followed_by_state_alone() -> None:
    reported(T.COMPLAINT, by=cast.AMINA)
    reported(T.COMPLAINT, by=None)
    reported(T.COMPLAINT, by=cast.BEN)
    with reading():
        (own,) = own_reports(cast.AMINA.viewer)
    assert (own.status, own.reported_on, own.closed_on) == (S.REPORTED, TODAY, None)


def everything_kept() -> str:
    """Return every cell of every table, and everything sealed that the house can open."""
    said = []
    with reading(), gate.opened("a test looks for somebody everywhere"):
        for table in Model.metadata.sorted_tables:
            if table.name not in {"account", "sign_in"}:
                said += [str(row) for row in session.execute(select(table)).all()]
        for kind in (Incident, IncidentStep):
            for row in session.scalars(select(kind)):
                said.append(str({name: getattr(row, name) for name in kind.fields}))
        said += [str(row) for row in session.execute(text("SELECT * FROM audit_entry")).all()]
    return "\n".join(said)


@pytest.mark.parametrize("kind", sorted(T))
def test_an_anonymous_report_leads_to_nobody(kind: IncidentType) -> None:
    who = cast.ZOE.viewer
    ids = [one for one in (who.account_id, who.person_id) if one is not None]
    marks = [form for one in ids for form in (str(one), one.hex)]
    before = everything_kept()
    reported(kind, by=None, wants_contact=True)
    gained = everything_kept()
    for mark in marks:
        assert gained.count(mark) == before.count(mark)
    reported(kind, by=cast.ZOE)
    named = everything_kept()
    assert any(named.count(mark) > before.count(mark) for mark in marks)


def test_it_goes_step_by_step_and_every_step_is_kept() -> None:
    incident_id = reported(T.ACCIDENT)
    taken_to(S.RESOLVED, incident_id)
    with transaction(), gate.opened("a test goes on"):
        one = the_one(incident_id)
        with pytest.raises(Refused, match="learned"):
            service.close(one, " ", by=BY)
        service.close(one, "Salt the steps.", by=BY)
        assert (one.status, one.closed_on, one.learning) == (S.CLOSED, TODAY, "Salt the steps.")
        steps = steps_of(one)
        assert [step.became for step in reversed(steps)] == [
            "reported", "triaged", "in_progress", "resolved", "closed"
        ]  # fmt: skip
        with pytest.raises(Refused):
            service.step(one, S.IN_PROGRESS, by=BY)
        with pytest.raises(Refused):
            service.hand_over(one, cast.DANA.viewer.account_id, by=BY)


@pytest.mark.parametrize("to", [S.TRIAGED, S.CLOSED, S.RESOLVED, S.REPORTED])
def test_no_step_is_left_out(to: IncidentStatus) -> None:
    incident_id = reported(T.ACCIDENT)
    with transaction(), gate.opened("a test goes on"), pytest.raises(Refused):
        service.step(the_one(incident_id), to, by=BY)


def test_a_breach_closes_when_people_know_of_it() -> None:
    incident_id = reported(T.CONFIDENTIALITY_CONFIRMED)
    taken_to(S.RESOLVED, incident_id)
    with transaction(), gate.opened("a test goes on"):
        one = the_one(incident_id)
        with pytest.raises(Refused, match="told"):
            service.close(one, "Folders.", by=BY)
        known: dict[str, Any] = {"cause": "A table.", "fix": "Folders.", "informed_on": TODAY}
        service.write_breach(one, BreachDraft(**known), by=BY)
        with pytest.raises(Refused, match="authority"):
            service.close(one, "Folders.", by=BY)
        assert one.decided_at is None
        service.write_breach(one, BreachDraft(**known, regulator=RegulatorDecision.TOLD), by=BY)
        assert one.decided_at is not None
        service.close(one, "Folders.", by=BY)
        with pytest.raises(Refused, match="closed"):
            service.write_breach(one, BreachDraft(**known), by=BY)


def test_what_a_breach_is_asked_is_asked_of_no_other() -> None:
    incident_id = reported(T.ACCIDENT)
    with transaction(), gate.opened("a test goes on"), pytest.raises(Refused):
        service.write_breach(the_one(incident_id), BreachDraft(), by=BY)


def watched(moment: dt.datetime) -> None:
    with clock.turned_to(moment), transaction(), gate.opened("a test watches the clocks"):
        clocks.watch_clocks(moment.date())


def test_a_clock_that_ran_out_tells_each_once(heard: list[Event]) -> None:
    incident_id = reported(T.COMPLAINT)
    with reading(), gate.opened("a test looks"):
        due = the_one(incident_id).triage_due_at
    assert due is not None
    heard.clear()
    chipo, priya = cast.CHIPO.viewer.account_id, cast.PRIYA.viewer.account_id
    for moment, expected in (
        (due - dt.timedelta(minutes=1), []),
        (due, [(chipo, "now")]),
        (due + HOUR, []),
        (due + 4 * HOUR, sorted([(chipo, "now"), (priya, "now")])),
        (due + 100 * HOUR, []),
    ):
        watched(moment)
        assert sorted(told(heard)) == expected
        keys = [one.key for event in heard for one in event.messages()]
        assert len(keys) == len(set(zip(keys, [one for one, _w in told(heard)], strict=True)))
        heard.clear()


def test_a_clock_looked_at_late_is_caught_up_at_once(heard: list[Event]) -> None:
    reported(T.COMPLAINT)
    heard.clear()
    watched(clock.now() + dt.timedelta(days=9))
    assert len(told(heard)) == 2
    heard.clear()
    watched(clock.now() + dt.timedelta(days=10))
    assert told(heard) == []


def test_a_breach_presses_the_privacy_lead_after_a_day_and_after_three(heard: list[Event]) -> None:
    incident_id = reported(T.CONFIDENTIALITY_SUSPECTED)
    with transaction(), gate.opened("a test goes on"):
        one = the_one(incident_id)
        service.hand_over(one, BY, by=cast.PRU.viewer.account_id)
        service.triage(one, TriageDraft(type=one.type, severity=3), by=BY)
        began = one.reported_at
    assert began is not None
    heard.clear()
    watched(began + 71 * HOUR)
    assert told(heard) == []
    watched(began + 72 * HOUR)
    assert cast.PRU.viewer.account_id in dict(told(heard))


def test_nobody_is_told_who_is_not_there() -> None:
    with transaction(), gate.opened("a test lets everybody go"):
        session.execute(text("UPDATE account SET state = 'closed'"))
    incident_id = reported(T.COMPLAINT, by=None)
    watched(clock.now() + dt.timedelta(days=9))
    with reading(), gate.opened("a test looks"):
        assert the_one(incident_id).handler_id is None


def test_a_coordinator_of_elsewhere_is_not_chosen() -> None:
    with transaction(), gate.opened("a test moves Chipo"):
        session.get_one(Account, BY).site_id = uuid.uuid4()
    here = reported(T.COMPLAINT, participant_id=cast.EFE_ID)
    anywhere = reported(T.COMPLAINT)
    with reading(), gate.opened("a test looks"):
        assert BY not in {one.account_id for one in handlers_of(the_one(here))}
        assert handlers_of(the_one(anywhere))[0].roles == frozenset({Role.COORDINATOR})
