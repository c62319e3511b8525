"""Turns records into the facts that rules judge: the only place that reads the logbooks for them.

Everything is asked for all subjects at once, in a handful of questions. A day in the past is seen as
framework.md section 11 says: nothing dated later counts, and a state that began later is read as the one
before it. Call it inside `gate.opened`: answers and tags are opened to be counted, never to be shown.
"""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink.features.accounts.models import Account
from peerlink.features.contacts.models import Contact
from peerlink.features.incidents.queries import exposures, safeguarding_open
from peerlink.features.indicators import care, counters, money, past, scores, standing
from peerlink.features.indicators.counters import NOTHING
from peerlink.features.indicators.facts import (
    ParticipantFacts,
    ProgrammeFacts,
    VolunteerFacts,
    answered_by,
    same_day_of_the_months,
)
from peerlink.features.indicators.models import ParticipantLast, VolunteerLast
from peerlink.features.indicators.opening import answered_checkins, contacts_tagged, heavy_contacts
from peerlink.features.indicators.past import Only
from peerlink.features.indicators.raw import Key, id_of, key, undisturbed
from peerlink.features.indicators.recount import counted_from_contacts
from peerlink.features.indicators.topics import untrained_90
from peerlink.features.programmes.queries import limits
from peerlink.features.recruitment.queries import leaving_known, plans_known, privacy_plans_agreed
from peerlink.framework.vocabularies import RISK, VolunteerStatus
from peerlink.store.session import session

JUDGED = (
    ("heavy", 7), ("held", 28), ("minutes", 28), ("heavy", 28), ("late", 28), ("cancelled", 30),
    ("tagged", 30), ("planned", 60), ("tagged", 60), ("held", 90), *((area, 90) for area in counters.AREAS),
)  # fmt: skip
"""Every counter a rule looks at, with the days of its window."""


@undisturbed()
def volunteer_facts(
    day: dt.date, only: Only = None, *, recount: bool = False
) -> dict[uuid.UUID, VolunteerFacts]:
    """Count what is known about every active or paused volunteer, or about some.

    `recount` reads the contacts themselves, for days that the counters do not reach.
    """
    people = {who: one for who, one in past.volunteers_on(day, only).items() if one.is_known}
    least = limits().whole("R69.min_contacts")
    one = next(iter(only)) if only is not None and len(only) == 1 else None
    counts = counted_from_contacts(day, one) if recount else counters.counted(day, one, JUDGED)
    held = standing.volunteers_held(Contact.day <= day) if recount else _last_held(only)
    matches = past.matches_on(day, only)
    heavy = heavy_contacts(day, only)
    checkins = answered_checkins(day, only)
    talks = care.supervision_until(day, only)
    learned = care.training_until(day, only)
    unsafe, exposed = past.rated_not_safe_60(day, only), exposures(day, only)
    leaving = leaving_known(day)
    open_matches, planned = past.open_on(day, leaving), plans_known(day) if leaving else set()
    privacy_plans = privacy_plans_agreed(day)
    seen = _logins(only)
    often = [who for who in map(id_of, people) if counts.get(who, NOTHING)("held", 90) >= least]
    alone = untrained_90(day, often, recount=recount)
    shown = scores.scores_until(day, only)
    facts = {}
    for who, person in people.items():
        volunteer_id = id_of(who)
        n = counts.get(volunteer_id, NOTHING)
        match, talk, training = matches[who], talks[who], learned[who]
        difficult = heavy[who]
        facts[volunteer_id] = VolunteerFacts(
            on=day,
            status=person.status,
            status_since=person.status_since,
            joined_on=person.joined_on,
            leaving_on=leaving.get(volunteer_id),
            has_handover_plan=volunteer_id in leaving and open_matches[volunteer_id] <= planned,
            capacity=person.capacity,
            agreed_hours=person.agreed_hours,
            n_active_matches=match.n_active,
            n_open_matches=match.n_open,
            oldest_active_match_on=match.oldest_active_on,
            least_matches_28=match.least_28,
            most_matches_28=match.most_28,
            matches_28=match.daily_28,
            n_not_a_fit_180=match.n_not_a_fit_180,
            last_held_on=held.get(volunteer_id),
            last_login_on=_until(seen.get(who), day),
            n_heavy_7=n("heavy", 7),
            n_held_28=n("held", 28),
            minutes_28=n("minutes", 28),
            n_heavy_28=n("heavy", 28),
            n_late_28=n("late", 28),
            n_cancelled_30=n("cancelled", 30),
            n_tagged_30=n("tagged", 30),
            n_planned_60=n("planned", 60),
            n_tagged_60=n("tagged", 60),
            n_violent_60=difficult.n_violent_60,
            n_not_safe_60=unsafe.get(who, 0),
            is_exposed=past.is_exposed(day, exposed.get(volunteer_id), privacy_plans.get(volunteer_id)),
            privacy_plan_on=privacy_plans.get(volunteer_id),
            n_held_90=n("held", 90),
            areas_90=tuple(n(area, 90) / counters.WHOLE for area in counters.AREAS),
            heavy_90=difficult.held_90,
            checkins=checkins[who],
            last_one_to_one_on=talk.last_one_to_one_on,
            last_team_contact_on=talk.last_team_contact_on,
            last_talk_on=talk.last_talk_on,
            debriefs_90=tuple(talk.debriefs_90),
            modules=training.modules,
            last_development_on=training.last_development_on,
            last_module_on=training.last_module_on,
            untrained_90=alone.get(volunteer_id),
            scores=shown.of(volunteer_id),
        )
    return facts


@undisturbed()
def participant_facts(
    day: dt.date, only: Only = None, *, recount: bool = False
) -> dict[uuid.UUID, ParticipantFacts]:
    """Count what is known about every participant with an active match, or about some."""
    stood = standing.standing_on(day) if recount else _last_stood(only)
    entered = past.entered_8_to_89(day, only)
    crises = contacts_tagged(day, 30, RISK, only)
    concerns = safeguarding_open(day, only)
    facts = {}
    for who, person in past.participants_on(day, only).items():
        held_on, missed = stood.get(who, (None, 0))
        due, done = entered.get(who, (0, 0))
        facts[id_of(who)] = ParticipantFacts(
            on=day,
            status=person.status,
            match_started_on=person.match_started_on,
            planned_interval_days=person.planned_interval_days,
            last_held_on=held_on,
            n_missed_since_held=missed,
            n_due_8_to_89=due,
            n_entered_8_to_89=done,
            n_crises_30=crises.get(who, 0),
            latest_viral_load=None,
            n_safeguarding_open=concerns.get(id_of(who), 0),
        )
    return facts


def programme_facts(day: dt.date) -> ProgrammeFacts:
    """Count what is known about the whole programme."""
    service = past.service_years(day)
    serving = past.volunteers_on(day, None)
    active = {who: one for who, one in serving.items() if one.status is VolunteerStatus.ACTIVE}
    checkins = answered_checkins(day, None)
    answered = [answered_by(day, checkins[who]) for who in serving]
    payments = money.money_on(day, serving)
    matches = past.matches_on(day, None)
    learned = care.training_until(day, None)
    modules = [learned[volunteer_id].modules for volunteer_id in active]
    capacities = {who: one.capacity for who, one in active.items() if one.capacity is not None}
    left = [one.left_on for one in service if one.left_on is not None and one.left_on <= day]
    return ProgrammeFacts(
        on=day,
        history_days=max(((day - one.joined_on).days for one in service if one.joined_on <= day), default=0),
        n_in_service=tuple(sum(one.serves(on) for one in service) for on in same_day_of_the_months(day)),
        n_left_365=sum((day - on).days < 365 for on in left),
        n_left_90=sum((day - on).days < 90 for on in left),
        n_active=len(active),
        n_with_capacity=len(capacities),
        total_capacity=sum(capacities.values()),
        n_free_slots=sum(max(n - matches[who].n_active, 0) for who, n in capacities.items()),
        waiting_days=past.waiting_days(day),
        n_serving=len(serving),
        answered=tuple(one for one in answered if one),
        n_with_modules=sum(bool(one) for one in modules),
        minutes_learned_365=sum(learned[who].minutes_365 for who in active),
        n_overdue=sum(any(_is_over(held.valid_until, day) for held in one) for one in modules),
        unpaid_by_design=payments.unpaid_by_design,
        ledger_on=payments.ledger_on,
        days_owed=payments.days_owed,
        days_without_stipend=payments.days_without_stipend,
        n_stipends_stopped=payments.n_stopped,
    )


def _last_held(only: Only) -> dict[uuid.UUID, dt.date | None]:
    asked = select(VolunteerLast.volunteer_id, VolunteerLast.held_on)
    if only is not None:
        asked = asked.where(VolunteerLast.volunteer_id.in_(only))
    return dict(iter(session.execute(asked)))


def _last_stood(only: Only) -> dict[Key, tuple[dt.date | None, int]]:
    asked = select(key(ParticipantLast.participant_id), ParticipantLast.held_on, ParticipantLast.missed_since)
    if only is not None:
        asked = asked.where(ParticipantLast.participant_id.in_(only))
    return {who: (on, n) for who, on, n in session.execute(asked)}


def _logins(only: Only) -> dict[Key, dt.date | None]:
    asked = select(key(Account.person_id), Account.seen_on).where(Account.person_id.is_not(None))
    if only is not None:
        asked = asked.where(Account.person_id.in_(only))
    return dict(iter(session.execute(asked)))


def _until(on: dt.date | None, day: dt.date) -> dt.date | None:
    return on if on is not None and on <= day else None


def _is_over(valid_until: dt.date | None, day: dt.date) -> bool:
    return valid_until is not None and valid_until < day
