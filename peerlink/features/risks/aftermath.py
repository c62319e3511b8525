"""What was tried and what came after it, for whoever may read a volunteer's check-ins."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Select, func, select

from peerlink import clock
from peerlink.features.indicators import gather
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.risks.judging import as_data
from peerlink.features.risks.models import Flag, FlagStep, StepKind
from peerlink.features.risks.queries import opens_answers, steps_of
from peerlink.features.risks.rulebook import Facts, Subject
from peerlink.features.risks.rules import rule_of
from peerlink.features.risks.rules.aftermath import Aftermath, Outcome, Score, Tally, compare, tally
from peerlink.features.risks.wording import action_in_words, evidence_rows
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import answers_read_by
from peerlink.features.wellbeing.models import Checkin
from peerlink.features.wellbeing.queries import as_instrument, checkins_for, checkins_of
from peerlink.framework.actions import ACTIONS
from peerlink.framework.parameters import Limits
from peerlink.instruments.checkin import strain
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.store.session import session
from peerlink.words import _

ONLY_OF_ITS_DAY = frozenset({"age", "strain_before"})
"""Evidence that says nothing when laid beside that of another day."""


@dataclass(frozen=True)
class Tried:
    """One thing that was done, and what came after it."""

    title: str
    step: FlagStep
    aftermath: Aftermath | None
    """None where it is not for this viewer."""
    evidence: tuple[dict[str, str], ...] = ()
    """What the rule rested on then and now: name, then, now."""

    @property
    def sentence(self) -> str:
        return in_words(self.aftermath) if self.aftermath is not None else ""

    @property
    def outcome(self) -> str:
        return self.aftermath.outcome.value if self.aftermath is not None else ""


@dataclass(frozen=True)
class Helped:
    """What became of strain after one action of the library."""

    code: str
    title: str
    tally: Tally
    can_tell: bool


def in_words(one: Aftermath) -> str:
    """Say what strain was when something was done, and after."""
    if one.before is None:
        return _("What strain was when this was done is not known.")
    was = f"{one.before[1]:.0f}"
    if not one.after:
        return _("Strain %(was)s then. No later check-in yet.", was=was)
    steps = "".join(
        _(" → %(score)s after %(days)s days", score=f"{score:.0f}", days=(on - one.acted_on).days)
        for on, score in one.after
    )
    said = {
        Outcome.DOWN: _("Down: a real change."),
        Outcome.UP: _("Up: a real change."),
        Outcome.SAME: _("Within the usual ups and downs."),
    }[one.outcome]
    return _("Strain %(was)s%(steps)s. %(said)s", was=was, steps=steps, said=said)


def scores_of(volunteer_id: uuid.UUID, viewer: Viewer) -> list[Score]:
    """Return every strain score of a volunteer this viewer may read, the first first."""
    return _scores(checkins_of(volunteer_id, viewer), limits())


def tried(steps: Iterable[FlagStep], scores: Sequence[Score] | None) -> list[Tried]:
    """Name what was done, once for each deed however many flags it helps; without scores nothing compares."""
    in_force, zone = limits(), ZoneInfo(programme_zone())
    once: dict[object, Tried] = {}
    for step in steps:
        if step.kind is StepKind.ACTION and step.action and step.undone_on is None:
            acted_on = step.at.astimezone(zone).date()
            after = compare(scores, acted_on, in_force) if scores is not None else None
            key = step.deed_id or step.created_id or step.id
            once.setdefault(key, Tried(action_in_words(step.action), step, after))
    return list(once.values())


def tried_on(flag: Flag, viewer: Viewer) -> list[Tried]:
    """Return what was done about one flag, with what the rule rested on then and rests on today."""
    is_whole = opens_answers(flag, viewer)
    scores = scores_of(flag.about_id, viewer) if is_whole else None
    done = tried(steps_of([flag]), scores)
    if not done:
        return done
    now = evidence_rows(_evidence_today(flag, is_whole=is_whole))
    return [
        Tried(one.title, one.step, one.aftermath, _beside(_kept(one.step, is_whole=is_whole), now))
        for one in done
    ]


def what_helps(viewer: Viewer) -> list[Helped]:
    """Count over the volunteers whose answers this viewer reads what became of strain after each action."""
    in_force, zone = limits(), ZoneInfo(programme_zone())
    mine = select(Volunteer.id).where(
        answers_read_by(viewer), Volunteer.id.is_distinct_from(viewer.person_id)
    )
    deed = func.coalesce(FlagStep.deed_id, FlagStep.created_id, FlagStep.id)
    asked = (
        select(FlagStep.action, FlagStep.at, deed, Flag.about_id)
        .join(Flag, Flag.id == FlagStep.flag_id)
        .where(
            FlagStep.kind == StepKind.ACTION,
            FlagStep.undone_on.is_(None),
            Flag.subject_kind == Subject.VOLUNTEER,
            Flag.about_id.in_(mine),
        )
    )
    scores = _scores_among(mine, viewer, in_force)
    outcomes: dict[str, dict[object, Outcome]] = defaultdict(dict)
    for code, at, deed_id, about_id in session.execute(asked):
        acted_on = at.astimezone(zone).date()
        found = compare(scores.get(about_id, []), acted_on, in_force).outcome
        outcomes[code or ""][deed_id] = found
    fewest = in_force.whole("display.min_cell")
    rows = []
    for action in ACTIONS:
        if action.code in outcomes:
            counted = tally(list(outcomes[action.code].values()))
            rows.append(Helped(action.code, _(action.title), counted, counted.can_tell(fewest)))
    return rows


def _scores_among(mine: Select[uuid.UUID], viewer: Viewer, in_force: Limits) -> dict[uuid.UUID, list[Score]]:
    rows: dict[uuid.UUID, list[Checkin]] = defaultdict(list)
    asked = checkins_for(viewer).where(Checkin.volunteer_id.in_(mine))
    for one in many(asked.order_by(Checkin.due_on)):
        rows[one.volunteer_id].append(one)
    return {who: _scores(theirs, in_force) for who, theirs in rows.items()}


def _scores(rows: Iterable[Checkin], in_force: Limits) -> list[Score]:
    answered = [one for one in rows if one.answered_on is not None]
    return [
        (one.answered_on, score)
        for one in as_instrument(answered)
        if one.answered_on is not None
        and one.answers is not None
        and (score := strain(one.answers, in_force)) is not None
    ]


def _evidence_today(flag: Flag, *, is_whole: bool) -> list[dict[str, object]]:
    with gate.opened("the rule judges; it is shown as far as the flag is"):
        facts = _facts_about(flag, clock.today(programme_zone()))
    rule = rule_of(flag.rule, flag.subject_kind)
    if facts is None or not rule.applies(facts):
        return []
    finding = rule.judge(facts, limits())
    return [as_data(one) for one in (finding if is_whole else finding.objective()).evidence]


def _facts_about(flag: Flag, today: dt.date) -> Facts | None:
    if flag.subject_kind is Subject.PROGRAMME:
        return gather.programme_facts(today)
    if flag.subject_kind is Subject.PARTICIPANT:
        return gather.participant_facts(today, [flag.about_id]).get(flag.about_id)
    return gather.volunteer_facts(today, [flag.about_id]).get(flag.about_id)


def _kept(step: FlagStep, *, is_whole: bool) -> list[dict[str, object]]:
    return (step.said_evidence if is_whole else step.evidence) or []


def _beside(then: list[dict[str, object]], now: list[dict[str, str]]) -> tuple[dict[str, str], ...]:
    today = {row["name"]: row["value"] for row in now}
    then = [one for one in then if one["name"] not in ONLY_OF_ITS_DAY]
    return tuple(
        {"name": row["name"], "then": row["value"], "now": today[row["name"]]}
        for row in evidence_rows(then)
        if row["name"] in today
    )
