"""What Riverbend teaches: modules with their topics, a session every month, wishes, marks and a waiver."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from sqlalchemy import select

from peerlink.demo.cast import AISHA, AMINA, FARAH, GRACE, JOSEPH, PEERS, SAMUEL, THANDEKA, YOLANDA, ZANELE
from peerlink.demo.stage import FIRST_DAY, Stage
from peerlink.features.training import catalogue, holding, service
from peerlink.features.training.models import TrainingSession, TrainingWish
from peerlink.features.training.rules import (
    MODULES,
    USUAL_TOPICS,
    CompletionDraft,
    ModuleDraft,
    SessionDraft,
    Taken,
)
from peerlink.framework.training_words import CompetencyMark, WishStatus
from peerlink.store.lookup import get

WORK, PEOPLE, HOME = "work_and_money", "people_close_to_us", "a_home_and_services"
LOSS, LIMITS, ASKING = "talking_about_loss", "setting_limits", "asking_rather_than_telling"
OWN_MODULES = (
    ModuleDraft(name="Work and money", minutes=120, topics=("work", "money", "rights")),
    ModuleDraft(
        name="People close to us", minutes=120, topics=("relationships", "children", "sex_and_contraception")
    ),
    ModuleDraft(
        name="A home and services", minutes=120, topics=("housing", "food", "migration", "service_navigation")
    ),
    ModuleDraft(name="Talking about loss", minutes=120, months=36, topics=("grief", "ageing")),
    ModuleDraft(name="Setting limits", minutes=120, months=36),
    ModuleDraft(name="Asking rather than telling", minutes=150, techniques=("motivational",)),
)
ONLY_PLANNED = "Alcohol and us"
"""A module somebody has begun to write."""


class Evening(NamedTuple):
    """A session of the story: so many days ago, what it teaches, and who stays away."""

    days_ago: int
    module: str
    but: frozenset[str] = frozenset()
    everybody: bool = False
    """Whether all are there; else every second one."""


EVENINGS = (
    Evening(265, WORK, everybody=True),
    Evening(237, PEOPLE, everybody=True),
    Evening(209, HOME, frozenset({FARAH}), everybody=True),
    Evening(181, LOSS, everybody=True),
    Evening(153, LIMITS, frozenset({SAMUEL})),
    Evening(125, ASKING, frozenset({SAMUEL})),
    Evening(97, LIMITS, frozenset({SAMUEL}), everybody=True),
    Evening(69, ASKING, frozenset({SAMUEL})),
    Evening(41, LOSS, frozenset({SAMUEL})),
    Evening(13, LIMITS, frozenset({SAMUEL})),
)
"""The sessions that were: all learned what comes up most, Farah all but one; Samuel stays away lately."""
TO_COME = (
    (0, ("boundaries",), (ZANELE, AISHA), "18:00"),
    (8, (HOME,), (FARAH,), "18:00"),
    (10, ("starting_and_ending",), (JOSEPH, AISHA), "18:00"),
    (19, (ASKING,), (SAMUEL,), "17:30"),
)
"""The sessions to come: in so many days, what is taught, who is written in already, when it begins."""
WHERE = "Willow House, upstairs"
MARKS = (
    (JOSEPH, "knowledge", CompetencyMark.ALONE, 30),
    (JOSEPH, "listening", CompetencyMark.WITH_SUPPORT, 9),
    (AISHA, "knowledge", CompetencyMark.WITH_SUPPORT, 3),
    (THANDEKA, "listening", CompetencyMark.ALONE, 60),
)
WISHES = ((THANDEKA, "grief", 5), (SAMUEL, "asking_rather_than_telling", 11), (YOLANDA, "alcohol", 26))
GRANTED = (THANDEKA, "setting_limits", 120)
WAIVED = (JOSEPH, "record_keeping", "Kept the books of a food bank for two years, and showed us.", 41)
AN_HOUR = "18:00"


def teach(stage: Stage) -> None:
    """Let the modules be written down, sessions be held, and people say what they would like to learn."""
    stage.then(stage.at(FIRST_DAY - 1, 9), lambda: _write_modules(stage))
    for evening in EVENINGS:
        _plan(stage, evening)
    for name, module, seen, days_ago in MARKS:
        stage.then(stage.at(days_ago, 17, 20), partial(_mark, stage, name, module, seen))
    for name, what, days_ago in (*WISHES, GRANTED):
        stage.then(stage.at(days_ago, 20), partial(_wish, stage, name, what))
    stage.then(stage.at(GRANTED[2] - 6, 10), lambda: _grant(stage))
    stage.then(stage.at(WAIVED[3], 13), lambda: _waive(stage))
    for ahead, modules, names, begins in TO_COME:
        on = stage.today + dt.timedelta(days=ahead)
        draft = SessionDraft(modules=modules, on=on, minutes=120, begins=begins, where=WHERE)
        stage.then(stage.at(4, 12), partial(_invite, stage, f"session ahead {ahead}", draft, names))


def _write_modules(stage: Stage) -> None:
    by = stage.accounts[AMINA]
    usual = (
        ModuleDraft(name=name, mandatory=True, minutes=180, topics=USUAL_TOPICS.get(code, ()))
        for code, name in MODULES.items()
    )
    for draft in (*usual, *OWN_MODULES):
        catalogue.publish(catalogue.draft_module(draft, by=by), by=by)
    catalogue.draft_module(ModuleDraft(name=ONLY_PLANNED, minutes=90, topics=("alcohol",)), by=by)


def _plan(stage: Stage, evening: Evening) -> None:
    draft = SessionDraft(
        modules=(evening.module,), on=stage.day(evening.days_ago), minutes=120, begins=AN_HOUR, where=WHERE
    )
    on = [peer for peer in PEERS if peer.ends < evening.days_ago < peer.joined - 12]
    come = [peer.name for peer in on if peer.name not in evening.but]
    come = come if evening.everybody else come[evening.days_ago % 2 :: 2]
    known_as = f"session {evening.days_ago}"
    stage.then(stage.at(evening.days_ago + 12, 12), lambda: _invite(stage, known_as, draft, come))
    stage.then(stage.at(evening.days_ago, 20, 30), lambda: _take_down(stage, known_as, come))


def _invite(stage: Stage, known_as: str, draft: SessionDraft, names: Iterable[str]) -> None:
    by = stage.accounts[AMINA]
    planned = holding.plan_session(draft, by=by)
    stage.things[known_as] = planned.id
    holding.enrol(planned, (stage.volunteer(name) for name in names), by=by)


def _take_down(stage: Stage, known_as: str, names: Iterable[str]) -> None:
    held = get(select(TrainingSession).where(TrainingSession.id == stage.things[known_as]))
    present = frozenset(stage.volunteers[name].hex for name in names)
    holding.take_attendance(held, Taken(present=present), stage.colleague(AMINA))


def _mark(stage: Stage, name: str, module: str, seen: CompetencyMark) -> None:
    service.mark(stage.volunteer(name), module, seen, by=stage.accounts[GRACE])


def _wish(stage: Stage, name: str, what: str) -> None:
    stage.things[f"wish {name} {what}"] = service.wish(
        stage.volunteer(name), what, by=stage.accounts[name]
    ).id


def _grant(stage: Stage) -> None:
    name, what, _days_ago = GRANTED
    wished = get(select(TrainingWish).where(TrainingWish.id == stage.things[f"wish {name} {what}"]))
    service.answer_wish(wished, WishStatus.GRANTED, by=stage.accounts[AMINA])


def _waive(stage: Stage) -> None:
    name, module, why, days_ago = WAIVED
    draft = CompletionDraft(module=module, completed_on=stage.day(days_ago), mandatory=True)
    service.waive(stage.volunteer(name), draft, why, by=stage.accounts[AMINA])
