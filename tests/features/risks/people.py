"""Facts about people and a programme with nothing wrong; tests change one thing at a time."""

import dataclasses
import datetime as dt
from typing import Any

from peerlink.features.indicators.facts import (
    HeldModule,
    ParticipantFacts,
    ProgrammeFacts,
    Score,
    Untrained,
    VolunteerFacts,
    answered_by,
)
from peerlink.features.risks.rulebook import Course, Finding, Subject
from peerlink.features.risks.rules import rule_of
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import ContactRequest
from peerlink.instruments.checkin import Answers
from peerlink.instruments.strain import Checkin

D = dt.date(2026, 6, 30)
LIMITS = Limits()
FINE = {f"v{n}": 1 if n < 8 else 3 for n in range(1, 15)}
SKIPPED = "skipped"


def ago(days: int) -> dt.date:
    return D - dt.timedelta(days=days)


def a_checkin(
    days_ago: int = 5, request: ContactRequest = ContactRequest.NO, **answers: int | None
) -> Checkin:
    day = ago(days_ago)
    return Checkin(due_on=day, answered_on=day, answers=Answers.of({**FINE, **answers}), request=request)


def answered(number: int, *values: int | None, age: int = 5) -> tuple[Checkin, ...]:
    """Make monthly check-ins, the newest first, whose answers to V<number> are these; the rest is fine."""
    return tuple(a_checkin(age + 30 * i, **{f"v{number}": value}) for i, value in enumerate(values))


def a_score(days_ago: int = 5, level: Level = Level.OK, **changes: Any) -> Score:
    made = Score(
        form="Made up",
        scale="Weight",
        on=ago(days_ago),
        value=12.0,
        level=level.value,
        band="Light",
        valid_days=None,
        asks_now=False,
        is_handled=False,
    )
    return dataclasses.replace(made, **changes)


UNTROUBLED = VolunteerFacts(
    on=D,
    status="active",
    status_since=ago(400),
    joined_on=ago(400),
    leaving_on=None,
    has_handover_plan=False,
    capacity=3,
    agreed_hours=14,
    n_active_matches=2,
    n_open_matches=2,
    oldest_active_match_on=ago(100),
    least_matches_28=2,
    most_matches_28=2,
    matches_28=(),
    n_not_a_fit_180=0,
    last_held_on=ago(3),
    last_login_on=ago(3),
    n_heavy_7=0,
    n_held_28=8,
    minutes_28=8 * 45,
    n_heavy_28=0,
    n_late_28=0,
    n_cancelled_30=0,
    n_tagged_30=0,
    n_planned_60=16,
    n_tagged_60=0,
    n_violent_60=0,
    n_not_safe_60=0,
    is_exposed=False,
    privacy_plan_on=None,
    n_held_90=24,
    areas_90=(6.0, 6.0, 4.0, 4.0, 4.0),
    heavy_90=(),
    checkins=(a_checkin(5), a_checkin(35)),
    last_one_to_one_on=ago(20),
    last_team_contact_on=ago(20),
    last_talk_on=ago(20),
    debriefs_90=(),
    modules=(HeldModule(module="listening", valid_until=ago(-300)),),
    last_development_on=ago(60),
    last_module_on=ago(60),
    untrained_90=Untrained(topics=(), n_motivational=0),
    scores=(a_score(),),
)
STEADY = ParticipantFacts(
    on=D,
    status="active",
    match_started_on=ago(100),
    planned_interval_days=14,
    last_held_on=ago(10),
    n_missed_since_held=0,
    n_due_8_to_89=10,
    n_entered_8_to_89=10,
    n_crises_30=0,
    latest_viral_load=40.0,
    n_safeguarding_open=0,
)
WELL_RUN = ProgrammeFacts(
    on=D,
    history_days=800,
    n_in_service=(20,) * 12,
    n_left_365=1,
    n_left_90=0,
    n_active=20,
    n_with_capacity=20,
    total_capacity=60,
    n_free_slots=15,
    waiting_days=(),
    n_serving=20,
    answered=(answered_by(D, (a_checkin(5), a_checkin(35))),) * 20,
    n_with_modules=20,
    n_overdue=0,
    minutes_learned_365=20 * 6 * 60,
    unpaid_by_design=False,
    ledger_on=ago(10),
    days_owed=(),
    days_without_stipend=(),
    n_stipends_stopped=0,
)


def a_volunteer(**changes: Any) -> VolunteerFacts:
    return dataclasses.replace(UNTROUBLED, **changes)


def a_participant(**changes: Any) -> ParticipantFacts:
    return dataclasses.replace(STEADY, **changes)


def a_programme(**changes: Any) -> ProgrammeFacts:
    return dataclasses.replace(WELL_RUN, **changes)


_MAKE = {
    Subject.VOLUNTEER: a_volunteer,
    Subject.PARTICIPANT: a_participant,
    Subject.PROGRAMME: a_programme,
}


def found(
    rule_id: str, subject: Subject = Subject.VOLUNTEER, limits: Limits = LIMITS, **changes: Any
) -> Finding:
    """Judge somebody with nothing wrong but these changes."""
    return rule_of(rule_id, subject).judge(_MAKE[subject](**changes), limits)


def cleared(
    rule_id: str,
    subject: Subject = Subject.VOLUNTEER,
    *,
    opened: int = 60,
    level: Level = Level.ALERT,
    has_action: bool = False,
    is_resolved: bool = False,
    months: tuple[Level, ...] = (),
    **changes: Any,
) -> bool:
    """Ask whether a flag that opened so many days ago has cleared."""
    course = Course(ago(opened), level, has_action, is_resolved, months)
    return rule_of(rule_id, subject).cleared(_MAKE[subject](**changes), LIMITS, course)
