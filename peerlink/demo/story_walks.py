"""How two people were brought together, what they did, and how it ended."""

from peerlink.demo.cast import AMINA
from peerlink.demo.lives import Person, Walk
from peerlink.demo.stage import FIRST_DAY, Stage
from peerlink.demo.story_list import agree, refer, step_participant, wait
from peerlink.features.matching import service as matching
from peerlink.features.matching.models import Answer, Match
from peerlink.features.matching.service import EndDraft, PairDraft
from peerlink.framework.vocabularies import (
    CloseReason,
    EndReason,
    ParticipantStatus,
)
from peerlink.store.session import session

CLOSES = {
    EndReason.PLANNED_END: CloseReason.END_OF_AGREED_PERIOD,
    EndReason.GOALS_MET: CloseReason.GOALS_MET,
    EndReason.PARTICIPANT_CHOICE: CloseReason.OWN_CHOICE,
    EndReason.MOVED: CloseReason.MOVED,
    EndReason.NO_CONTACT: CloseReason.NO_CONTACT,
    EndReason.NOT_A_FIT: CloseReason.OTHER_SERVICE,
}
"""Why support ended when a match did."""


def walk_with(stage: Stage, walk: Walk, person: Person) -> None:
    """Tell a walk from the referral to its end, the contacts aside."""
    start, rng = walk.started, stage.rng
    referred = min(start + rng.randint(14, 36), FIRST_DAY - 1)
    refer(stage, person, referred)
    agree(stage, walk.alias, max(referred - rng.randint(1, 3), start + 9))
    wait(stage, walk.alias, max(referred - 4, start + 8))
    proposed = start + rng.randint(4, 6)
    stage.then(stage.at(proposed, 14), lambda: propose(stage, walk.volunteer.name, walk.alias, walk.name))
    stage.then(stage.at(start + 2, 12), lambda: answer(stage, walk.name, volunteer=Answer.YES))
    stage.then(stage.at(start + 1, 15), lambda: answer(stage, walk.name, participant=Answer.YES))
    if walk.ended is not None and walk.why is not None:
        _part(stage, walk, walk.ended, walk.why)


def _part(stage: Stage, walk: Walk, ended: int, why: EndReason) -> None:
    planned = why in (EndReason.PLANNED_END, EndReason.GOALS_MET)
    draft = EndDraft(reason=why, planned=planned, afterwards=ParticipantStatus.ENDING)
    stage.then(
        stage.at(ended, 20),
        lambda: matching.end_match(match_of(stage, walk.name), draft, by=stage.accounts[AMINA]),
    )
    closed = stage.at(max(ended - stage.rng.randint(3, 12), 1), 15)
    step_participant(stage, walk.alias, ParticipantStatus.CLOSED, closed, CLOSES[why].value)


def match_of(stage: Stage, name: str) -> Match:
    """Return a match by the name it has in the story."""
    return session.get_one(Match, stage.matches[name])


def propose(stage: Stage, volunteer: str, alias: str, name: str) -> None:
    """Let the coordinator propose a pair."""
    pair = PairDraft(participant_id=stage.participants[alias], volunteer_id=stage.volunteers[volunteer])
    stage.matches[name] = matching.propose(pair, by=stage.accounts[AMINA]).id


def answer(
    stage: Stage, name: str, *, volunteer: Answer | None = None, participant: Answer | None = None
) -> None:
    """Let one of the two answer a proposal."""
    match = match_of(stage, name)
    if volunteer is not None:
        own = next(one for one, at in stage.volunteers.items() if at == match.volunteer_id)
        matching.record_volunteers_answer(match, volunteer, by=stage.accounts[own])
    if participant is not None:
        matching.record_participants_answer(match, participant, by=stage.accounts[AMINA])
