"""When a check-in is due, what makes an answer, and what the scores say."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from peerlink.errors import Refused
from peerlink.framework.checkin_words import SkipReason
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import CommentReader, ContactRequest, Growth
from peerlink.instruments.checkin import (
    ANSWERS,
    GROWTH_FROM,
    GROWTH_ITEM,
    ITEMS,
    Answers,
    Change,
    change,
    exhaustion,
    resource,
    strain,
)
from peerlink.instruments.strain import Checkin, judge_strain
from peerlink.words import _

LONGEST_DIARY = 500
LONGEST_REASON = 200


@dataclass(frozen=True)
class CheckinDraft:
    """What a volunteer sends: answers by item (`v1`..`v14`, 0..4), and what they add."""

    answers: Mapping[str, int]
    request: ContactRequest = ContactRequest.NO
    grew: tuple[Growth, ...] = ()
    diary: str | None = None
    reader: CommentReader | None = None


def check_draft(draft: CheckinDraft) -> None:
    """Refuse a check-in that says nothing, or what no check-in can say."""
    known = {item.id for item in ITEMS}
    if set(draft.answers) - known or any(not 0 <= value < len(ANSWERS) for value in draft.answers.values()):
        raise Refused(_("An answer is one of the five."))
    if not draft.answers and draft.request is ContactRequest.NO:
        raise Refused(_("Answer at least one sentence, or say that you skip this time."))
    if draft.grew and (draft.answers.get(f"v{GROWTH_ITEM}") or 0) < GROWTH_FROM:
        raise Refused(_("What grew is asked only where something did."))
    if draft.diary and len(draft.diary) > LONGEST_DIARY:
        raise Refused(_("Write at most %(n)d characters.", n=LONGEST_DIARY))
    if draft.diary and draft.reader is None:
        raise Refused(_("Choose who may read what you wrote."))


def next_due(last_due: dt.date | None, first_match: dt.date | None, limits: Limits) -> dt.date | None:
    """Return when the next check-in is due: after the last one, or after the first match; None before it.

    In the first months of somebody's first match a programme may ask more often.
    """
    if last_due is None:
        return first_match and first_match + _days("checkin.first_after_days", limits)
    is_new = first_match is not None and last_due < first_match + _days("checkin.new_period_days", limits)
    often = _days("checkin.interval_new_days" if is_new else "checkin.interval_days", limits)
    return last_due + max(often, dt.timedelta(days=1))


def check_skip(reason: str | None, words: str | None) -> None:
    """Refuse a reason there is not, and words that are too many."""
    if reason and reason not in set(SkipReason):
        raise Refused(_("Choose one of the reasons, or none."))
    if len(words or "") > LONGEST_REASON:
        raise Refused(_("Write at most %(n)d characters.", n=LONGEST_REASON))


def has_expired(due_on: dt.date, today: dt.date, limits: Limits) -> bool:
    """Tell whether a check-in waits no longer for its answer."""
    return (today - due_on).days > limits.whole("checkin.expire_days")


def is_to_be_reminded(due_on: dt.date, reminded_on: dt.date | None, today: dt.date, limits: Limits) -> bool:
    """Tell whether somebody is told of a waiting check-in again: once, while it can still be answered."""
    after = max(_days("checkin.remind_after_days", limits), dt.timedelta(days=1))
    return reminded_on is None and today >= due_on + after and not has_expired(due_on, today, limits)


@dataclass(frozen=True)
class Result:
    """One answered check-in as its volunteer sees it; scores 0 to 100, None where too little was said."""

    on: dt.date
    exhaustion: float | None
    strain: float | None
    resource: float | None
    change: Change | None
    """Against the mean of up to three strains before."""
    level: Level
    because: str

    @property
    def usual(self) -> float | None:
        """The mean this one was held against."""
        return self.strain - self.change.difference if self.strain is not None and self.change else None

    @property
    def is_lighter(self) -> bool:
        return self.change is not None and self.change.is_better

    @property
    def is_heavier(self) -> bool:
        return self.change is not None and self.change.is_worse


def results(checkins: Sequence[Checkin], limits: Limits) -> list[Result]:
    """Score every answered check-in of one volunteer, the oldest first, each as it stood on its day."""
    answered = sorted((one for one in checkins if one.answered_on is not None), key=_when)
    scored: list[Result] = []
    for n, one in enumerate(answered):
        day = _when(one)
        said = strain(one.answers, limits)
        before = [earlier.strain for earlier in scored if earlier.strain is not None]
        judged = judge_strain(answered[: n + 1], day, limits=limits)
        scored.append(
            Result(
                on=day,
                exhaustion=exhaustion(one.answers),
                strain=said,
                resource=resource(one.answers, limits),
                change=change(said, before, limits) if said is not None else None,
                level=judged.level,
                because=judged.because,
            )
        )
    return scored


def answers_of(given: Mapping[str, int]) -> Answers:
    """Return answers as the instrument takes them."""
    return Answers.of(dict(given))


def _days(key: str, limits: Limits) -> dt.timedelta:
    return dt.timedelta(days=limits.whole(key))


def _when(one: Checkin) -> dt.date:
    return one.answered_on or one.due_on
