"""How Riverbend stands this morning: who waits, what is asked, promised and planned."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from peerlink.demo.cast import AMINA, ESTHER, GRACE, HEAVY_NOTES, JOSEPH, NALEDI, PEERS, RUTH, THANDEKA
from peerlink.demo.lives import Person, Walk
from peerlink.demo.stage import Stage
from peerlink.demo.story_list import agree, refer, step_participant, wait
from peerlink.demo.story_walks import answer, match_of, propose
from peerlink.features.contacts.planned import mark_unconfirmed
from peerlink.features.contacts.rules import ContactDraft
from peerlink.features.contacts.service import log_contact
from peerlink.features.matching import service as matching
from peerlink.features.matching.models import Answer
from peerlink.features.supervision import service as supervision
from peerlink.features.supervision.queries import scheduled_of
from peerlink.framework.vocabularies import (
    Channel,
    ContactStatus,
    ParticipantStatus,
    PauseReason,
    SupervisionKind,
)


@dataclass(frozen=True)
class Waits:
    """Somebody who waits: for so many days, for whom they were proposed to, if anybody."""

    days: int
    asked: str | None = None
    said_yes: bool = False
    """Whether the volunteer has answered already."""
    language: str = "en"


WAITING = (
    Waits(12, language="am"),
    Waits(9),
    Waits(6),
    Waits(5, THANDEKA),
    Waits(3, "Daniel Moyo", said_yes=True),
    Waits(2),
    Waits(1),
)
ACCEPTED_BY = "Ines Duarte"
HAS_PAUSED = "Farah Osman"
NOT_YET = (
    (6, ParticipantStatus.REFERRED),
    (2, ParticipantStatus.REFERRED),
    (4, ParticipantStatus.CONSENTED),
    (90, ParticipantStatus.DECLINED),
    (35, ParticipantStatus.DECLINED),
    (150, ParticipantStatus.NOT_REACHED),
)
N_WITHOUT_WALK = len(WAITING) + 1 + len(NOT_YET)
PROMISED = (
    (THANDEKA, "Send the bus times to the practice", 0),
    ("Ines Duarte", "Ask about the Thursday group", 0),
)
PROMISED_LATE = ("Moses Kamau", "Bring the leaflet on sleep", 2)
TALKS_AHEAD = ((THANDEKA, 3), (JOSEPH, 1), (NALEDI, 0))


def set_the_morning(stage: Stage, people: list[Person], walks: list[Walk]) -> None:
    """Let everything stand open that is open this morning."""
    left = list(people)
    for one in WAITING:
        _wait(stage, left.pop(), one)
    _accept(stage, left.pop())
    for days_ago, status in NOT_YET:
        _not_yet(stage, left.pop(), days_ago, status)
    going = {
        peer.name: [one for one in walks if one.volunteer is peer and one.ended is None] for peer in PEERS
    }
    _pause(stage, going[HAS_PAUSED][-1])
    for name, what, late in PROMISED:
        _promise(stage, going[name][0], what, late)
    _hard_day(stage, going[ESTHER][0])
    _plan_ahead(stage, going)
    for days_ago, walk in zip((9, 10), going[ESTHER][1:3], strict=True):
        _plan(stage, walk, stage.at(days_ago, 17, 30), stage.at(days_ago + 3, 12))
    for name, days in TALKS_AHEAD:
        stage.then(stage.at(1, 15), _talk(stage, name, days))
    stage.then(stage.at(0, 0), lambda: mark_unconfirmed(stage.today))
    stage.then(stage.at(0, 0), lambda: matching.expire_proposals(stage.today))


def _wait(stage: Stage, person: Person, one: Waits) -> None:
    refer(stage, person, one.days + 8, language=one.language)
    agree(stage, person.alias, one.days + 3)
    wait(stage, person.alias, one.days)
    if one.asked is None:
        return
    volunteer, name = one.asked, f"{one.asked} & {person.alias}"
    stage.then(stage.at(1, 10), lambda: propose(stage, volunteer, person.alias, name))
    if one.said_yes:
        stage.then(stage.at(1, 18), lambda: answer(stage, name, volunteer=Answer.YES))


def _accept(stage: Stage, person: Person) -> None:
    name = f"{ACCEPTED_BY} & {person.alias}"
    refer(stage, person, 21)
    agree(stage, person.alias, 18)
    wait(stage, person.alias, 16)
    stage.then(stage.at(4, 10), lambda: propose(stage, ACCEPTED_BY, person.alias, name))
    stage.then(stage.at(3, 18), lambda: answer(stage, name, volunteer=Answer.YES))
    stage.then(stage.at(2, 11), lambda: answer(stage, name, participant=Answer.YES))


def _not_yet(stage: Stage, person: Person, days_ago: int, status: ParticipantStatus) -> None:
    refer(stage, person, days_ago + 3)
    if status is ParticipantStatus.CONSENTED:
        agree(stage, person.alias, days_ago)
    elif status is not ParticipantStatus.REFERRED:
        step_participant(stage, person.alias, status, stage.at(days_ago, 15))


def _pause(stage: Stage, walk: Walk) -> None:
    by = AMINA
    stage.then(
        stage.at(1, 21, 30),
        lambda: matching.pause_match(
            match_of(stage, walk.name), PauseReason.WORK_STUDY, by=stage.accounts[by]
        ),
    )
    review_on = stage.today + dt.timedelta(days=30)
    at = stage.at(1, 21, 31)
    step_participant(stage, walk.alias, ParticipantStatus.PAUSED, at, PauseReason.WORK_STUDY, review_on)


def _promise(stage: Stage, walk: Walk, what: str, late: int) -> None:
    at = stage.at(4 + late, 12, 10)
    draft = ContactDraft(
        id=stage.new_id(),
        status=ContactStatus.HELD,
        at=at,
        channel=Channel.PHONE,
        minutes=25,
        support=frozenset({"support.emotional.listening"}),
        promise=what,
        promise_due=stage.day(late),
    )
    _log(stage, walk, draft, at + dt.timedelta(minutes=30))


def _hard_day(stage: Stage, walk: Walk) -> None:
    """Let Esther carry a hard contact that nobody has talked over with her."""
    at = stage.at(5, 12, 40)
    draft = ContactDraft(
        id=stage.new_id(),
        status=ContactStatus.HELD,
        at=at,
        channel=Channel.PHONE,
        minutes=55,
        support=frozenset({"support.emotional.caring_comfort"}),
        difficulty=frozenset({"crisis"}),
        effort=4,
        note=HEAVY_NOTES[0],
    )
    _log(stage, walk, draft, at + dt.timedelta(minutes=70))


def _plan_ahead(stage: Stage, going: dict[str, list[Walk]]) -> None:
    for n, walk in enumerate(one for walks in going.values() for one in walks):
        if n % 2 == 0 or walk.volunteer.name == THANDEKA:
            when = stage.at(-1 - n % 6, 9 + n % 8)
            _plan(stage, walk, when, stage.at(1, 21))


def _plan(stage: Stage, walk: Walk, when: dt.datetime, agreed_at: dt.datetime) -> None:
    draft = ContactDraft(id=stage.new_id(), status=ContactStatus.PLANNED, at=when, channel=Channel.PHONE)
    _log(stage, walk, draft, agreed_at)


def _log(stage: Stage, walk: Walk, draft: ContactDraft, at: dt.datetime) -> None:
    viewer_of = walk.volunteer.name
    stage.then(at, lambda: log_contact(stage.matches[walk.name], draft, stage.viewer(viewer_of)))


def _talk(stage: Stage, name: str, days: int) -> Callable[[], object]:
    """Plan a talk; one that was planned before gives way to it."""
    on, kind = stage.today + dt.timedelta(days=days), SupervisionKind.ONE_TO_ONE
    who = GRACE if name in (THANDEKA, JOSEPH) else RUTH

    def plan() -> None:
        volunteer, by = stage.volunteer(name), stage.accounts[who]
        before = scheduled_of(volunteer.id, kind)
        if before is not None:
            supervision.cancel(before, by=by)
        supervision.schedule(volunteer, kind, on, by=by, at=dt.time(15 + days % 2), where="Room 2, upstairs")

    return plan
