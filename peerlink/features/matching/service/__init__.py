"""What can be done about matches: propose, answer, start, pause, end, hand over."""

from peerlink.features.matching.service.answering import (
    expire_proposals,
    record_participants_answer,
    record_volunteers_answer,
    withdraw,
)
from peerlink.features.matching.service.planning import (
    clear_plan,
    confirm,
    plan_pair,
    suggest,
    unplan,
)
from peerlink.features.matching.service.proposing import (
    PairDraft,
    PlanRefused,
    confirm_plan,
    propose,
)
from peerlink.features.matching.service.walking import (
    EndDraft,
    cancel_match,
    end_match,
    hand_over,
    pause_match,
    resume_match,
    start_match,
)

__all__ = [
    "EndDraft",
    "PairDraft",
    "PlanRefused",
    "cancel_match",
    "clear_plan",
    "confirm",
    "confirm_plan",
    "end_match",
    "expire_proposals",
    "hand_over",
    "pause_match",
    "plan_pair",
    "propose",
    "record_participants_answer",
    "record_volunteers_answer",
    "resume_match",
    "start_match",
    "suggest",
    "unplan",
    "withdraw",
]
