"""What of the trail may be shown to whom, and in which words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from peerlink.roles import ROLE_LABELS, Role
from peerlink.words import N_

KINDS = {
    "participant": N_("their record"),
    "volunteer": N_("their record"),
    "account": N_("their account"),
    "match": N_("a match"),
    "contact_detail": N_("a contact"),
    "contact_detail.note": N_("the note of a contact"),
    "follow_up": N_("a follow-up"),
    "checkin": N_("a check-in"),
    "checkin.diary": N_("a diary line"),
    "supervision": N_("a session"),
    "state_change": N_("what happened before"),
    "flag": N_("a flag"),
    "flag.answers": N_("the answers behind a flag"),
    "flag_step": N_("what was done about a flag"),
    "flag_step.answers": N_("what was done about a flag"),
    "planned_match": N_("a plan for a match"),
    "supervision.note": N_("the note of a session"),
    "agreed_action": N_("what was agreed in a session"),
    "screening": N_("how they began"),
    "signing": N_("an agreement they signed"),
    "exit_talk": N_("a talk about leaving"),
    "privacy_plan": N_("their privacy plan"),
    "attendance": N_("training they came to"),
    "competency": N_("how sure they are at something"),
    "training_wish": N_("training they wish for"),
    "response": N_("the result of a questionnaire"),
    "response.answers": N_("answers to a questionnaire"),
    "claim": N_("a claim"),
    "receipt": N_("a receipt"),
    "stipend_agreement": N_("what is agreed on pay"),
    "pay_details": N_("how they are paid"),
    "task": N_("what is to be done about them"),
    "thanks": N_("a word of thanks"),
    "safety_call": N_("a call they needed"),
    "lone_visit": N_("a visit they were on"),
}
"""What was opened, by the name of the record."""
UNTOLD = frozenset({"incident", "incident_step"})
"""What nobody learns from who looked: whoever an incident is about must not learn of it there."""


@dataclass(frozen=True)
class Look:
    """Somebody in these roles opened these kinds of record on one day."""

    on: dt.date
    roles: frozenset[Role]
    kinds: tuple[str, ...]
    times: int

    @property
    def role_labels(self) -> list[str]:
        return [ROLE_LABELS[role] for role in Role if role in self.roles]

    @property
    def kind_labels(self) -> list[str]:
        return list(dict.fromkeys(KINDS.get(kind, kind) for kind in self.kinds))


def gathered(opened: Iterable[tuple[dt.date, frozenset[Role], Iterable[str]]]) -> list[Look]:
    """Put together what the same roles opened on the same day, the newest day first."""
    looks: dict[tuple[dt.date, frozenset[Role]], Look] = {}
    for on, roles, all_kinds in opened:
        kinds = [kind for kind in all_kinds if kind not in UNTOLD]
        if not kinds:
            continue
        before = looks.get((on, roles), Look(on, roles, (), 0))
        together = tuple(dict.fromkeys((*before.kinds, *kinds)))
        looks[on, roles] = Look(on, roles, together, before.times + 1)
    return sorted(looks.values(), key=lambda one: one.on, reverse=True)
