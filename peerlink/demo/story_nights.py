"""What the rules found in the last nights, and what the supervisors made of it."""

import datetime as dt
from collections.abc import Callable

from peerlink.demo.cast import GRACE, KOFI, NALEDI, RUTH, SAMUEL, YOLANDA
from peerlink.demo.stage import Stage
from peerlink.demo.story_care import LONG_EVENINGS
from peerlink.features.indicators import recount
from peerlink.features.risks import service as risks
from peerlink.features.risks.deeds import ActionDraft
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import open_flags_for
from peerlink.features.risks.rounds import look_again_at_volunteer, nightly_round
from peerlink.roles import Viewer
from peerlink.store.lookup import find, many

NIGHTS = (6, 3, 1, 0)
"""Days ago of the nights told; while the months before are told the rules rest."""
LOOKED_AT, TALKED_ON = 81, 80
"""Days ago on which the rules looked at those whose evenings had been long, and Grace agreed talks."""
AFTER_LONG_EVENINGS = "The evenings are too long. We look at the calendar together."
WHY_KOFI_RESTS = "We talked on Friday: his mother was ill. He wants to go on and asked for four weeks."
NEXT_WITH_NALEDI = "We sit down before I am away: who takes over, and how she says goodbye."
TAKEN_UP = ((SAMUEL, "R11", "A07"), (YOLANDA, "R23", "A05"))
"""Whom Ruth has done something for already: rule and action."""


def tell_nights(stage: Stage) -> None:
    """Let the rules judge in the last nights, and the supervisors take up what they find."""
    for days_ago in NIGHTS:
        stage.then(stage.at(days_ago, 0, 1), _night(stage, days_ago))
    stage.then(stage.at(LOOKED_AT, 0, 1), lambda: _look_at_long_evenings(stage))
    stage.then(stage.at(TALKED_ON, 10), lambda: _agree_talks(stage))
    stage.then(stage.at(6, 10), lambda: _let_rest(stage))
    stage.then(stage.at(5, 11), lambda: _take_up(stage))
    stage.then(stage.at(1, 9), lambda: _have_it(stage))


def _night(stage: Stage, days_ago: int) -> Callable[[], None]:
    def pass_over() -> None:
        recount.rebuild(stage.day(days_ago))
        nightly_round(stage.day(days_ago))

    return pass_over


def _look_at_long_evenings(stage: Stage) -> None:
    recount.rebuild(stage.day(LOOKED_AT))
    for name in LONG_EVENINGS:
        look_again_at_volunteer(stage.volunteers[name])


def _agree_talks(stage: Stage) -> None:
    viewer = stage.colleague(GRACE)
    for name in LONG_EVENINGS:
        flags = many(open_flags_for(viewer).where(Flag.about_id == stage.volunteers[name]))
        if any(flag.rule == "R24" for flag in flags):
            risks.act(flags, ActionDraft(code="A06", note=AFTER_LONG_EVENINGS), viewer)


def _let_rest(stage: Stage) -> None:
    viewer = stage.colleague(GRACE)
    flag = _flag(stage, KOFI, "R10", viewer)
    if flag is not None:
        risks.snooze(flag, stage.today + dt.timedelta(days=20), WHY_KOFI_RESTS, viewer)


def _take_up(stage: Stage) -> None:
    viewer = stage.colleague(RUTH)
    for name, rule, action in TAKEN_UP:
        flag = _flag(stage, name, rule, viewer)
        if flag is not None:
            risks.act([flag], ActionDraft(code=action), viewer)


def _have_it(stage: Stage) -> None:
    """Let Ruth say what comes next with Naledi, who is about to leave."""
    viewer = stage.colleague(RUTH)
    flag = _flag(stage, NALEDI, "R02", viewer)
    if flag is not None:
        risks.acknowledge(flag, NEXT_WITH_NALEDI, viewer)


def _flag(stage: Stage, name: str, rule: str, viewer: Viewer) -> Flag | None:
    asked = open_flags_for(viewer)
    return find(asked.where(Flag.rule == rule, Flag.about_id == stage.volunteers[name]))
