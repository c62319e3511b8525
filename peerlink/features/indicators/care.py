"""How talks with volunteers and their training stood on a day, today or in the past."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import and_, case, func, select

from peerlink.features.indicators.facts import Debrief, HeldModule
from peerlink.features.indicators.past import Only, within
from peerlink.features.indicators.raw import Key, key
from peerlink.features.programmes.queries import limits
from peerlink.features.recognition.models import Guest, TeamEvent
from peerlink.features.supervision.models import Supervision
from peerlink.features.training.models import Completion
from peerlink.framework.validity import last_valid_day
from peerlink.framework.vocabularies import TEAM_CONTACT, SupervisionKind, SupervisionStatus, TrainingResult
from peerlink.store.session import session

TALKS = frozenset({SupervisionKind.ONE_TO_ONE, SupervisionKind.DEBRIEF})
COUNTS = frozenset({TrainingResult.PASSED, TrainingResult.WAIVED})


@dataclass(slots=True)
class TalksThen:
    """What one volunteer's supervision came to."""

    last_one_to_one_on: dt.date | None = None
    last_team_contact_on: dt.date | None = None
    last_talk_on: dt.date | None = None
    debriefs_90: list[Debrief] = field(default_factory=list)


def supervision_until(day: dt.date, only: Only) -> dict[Key, TalksThen]:
    """Return when each volunteer was last talked with or met the team, and the debriefs of 90 days."""
    held = and_(Supervision.status == SupervisionStatus.HELD, Supervision.held_on <= day)
    lasts = select(key(Supervision.volunteer_id), Supervision.kind, func.max(Supervision.held_on)).where(held)
    lasts = within(lasts, Supervision.volunteer_id, only).group_by(Supervision.volunteer_id, Supervision.kind)
    found: dict[Key, TalksThen] = defaultdict(TalksThen)
    for who, kind, on in session.execute(lasts):
        one = found[who]
        if kind is SupervisionKind.ONE_TO_ONE:
            one.last_one_to_one_on = on
        if kind in TEAM_CONTACT:
            one.last_team_contact_on = max(filter(None, (one.last_team_contact_on, on)))
        if kind in TALKS:
            one.last_talk_on = max(filter(None, (one.last_talk_on, on)))
    for who, on in _team_met_until(day, only).items():
        found[who].last_team_contact_on = max(filter(None, (found[who].last_team_contact_on, on)))
    recent = select(
        key(Supervision.volunteer_id), Supervision.kind, Supervision.held_on, Supervision.about_contact_id
    ).where(held, Supervision.kind.in_(TALKS), Supervision.held_on > day - dt.timedelta(days=90))
    for who, kind, on, about in session.execute(within(recent, Supervision.volunteer_id, only)):
        named = about.bytes if about and kind is SupervisionKind.DEBRIEF else None
        found[who].debriefs_90.append(Debrief(held_on=on, about_contact=named))
    return found


def _team_met_until(day: dt.date, only: Only) -> dict[Key, dt.date]:
    """Return the last day of the team's each volunteer came to."""
    asked = (
        select(key(Guest.volunteer_id), func.max(TeamEvent.day))
        .join(TeamEvent, TeamEvent.id == Guest.event_id)
        .where(Guest.came.is_(True), TeamEvent.day <= day, TeamEvent.called_off_on.is_(None))
    )
    return dict(iter(session.execute(within(asked, Guest.volunteer_id, only).group_by(Guest.volunteer_id))))


@dataclass(slots=True)
class TrainingThen:
    """What one volunteer's training came to."""

    modules: tuple[HeldModule, ...] = ()
    last_development_on: dt.date | None = None
    last_module_on: dt.date | None = None
    minutes_365: int = 0


def training_until(day: dt.date, only: Only) -> dict[Key, TrainingThen]:
    """Return the mandatory modules each volunteer holds, and when they last learned something."""
    inforce = limits()
    counts = Completion.result.in_(COUNTS)
    mandatory = (
        select(
            key(Completion.volunteer_id), Completion.module, Completion.completed_on, Completion.valid_until
        )
        .where(Completion.mandatory, counts, Completion.completed_on <= day)
        .order_by(Completion.completed_on)
    )
    latest: dict[Key, dict[str, HeldModule]] = defaultdict(dict)
    for who, module, on, until in session.execute(within(mandatory, Completion.volunteer_id, only)):
        held = HeldModule(module=module, valid_until=last_valid_day(module, on, until, inforce))
        latest[who][module] = held
    lasts = select(
        key(Completion.volunteer_id),
        func.max(case((Completion.minutes > 0, Completion.completed_on))),
        func.max(case((counts, Completion.completed_on))),
        func.sum(case((Completion.completed_on > day - dt.timedelta(days=365), Completion.minutes), else_=0)),
    ).where(Completion.completed_on <= day)
    found: dict[Key, TrainingThen] = defaultdict(TrainingThen)
    for who, development, module_on, minutes in session.execute(
        within(lasts, Completion.volunteer_id, only).group_by(Completion.volunteer_id)
    ):
        modules = tuple(latest[who].values())
        found[who] = TrainingThen(modules, development, module_on, int(minutes))
    return found
