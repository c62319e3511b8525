"""The volunteers' monthly check-in: what is asked, how it is scored, what counts as a real change."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from peerlink.framework.parameters import Limits
from peerlink.words import N_, _

ABOUT = N_(
    "Fourteen sentences about the last four weeks, about three minutes. They were written for this "
    "programme and are not a validated test: take the result as a guide only."
)
PROMISE = N_(
    "Answering is your choice. You see your own result at once, and so does the one person who reads it. "
    "It is never used for appraisal, pay or removal."
)
ANSWERS = (N_("Not at all"), N_("A little"), N_("Somewhat"), N_("Quite a lot"), N_("Very much"))
"""What 0 to 4 mean."""
GROWTH_QUESTION = N_("What grew?")
GROWTH_ITEM, GROWTH_FROM = 9, 2
"""From this answer to this item on, the form asks what grew."""
REQUEST_QUESTION = N_("Would you like us to get in touch?")
COMMENT_QUESTION = N_("Anything you would like to add?")
READER_QUESTION = N_("Who may read this?")


class Direction(StrEnum):
    """What a high answer tells."""

    STRAIN = "strain"
    RESOURCE = "resource"
    INTENTION = "intention"


@dataclass(frozen=True)
class Item:
    """One sentence of the form."""

    number: int
    text: str
    node: str
    direction: Direction

    @property
    def id(self) -> str:
        return f"v{self.number}"


_VOLUNTEER = "sustainability.volunteer"
_BURNOUT = f"{_VOLUNTEER}.negative.burnout"
_ACHIEVEMENT = f"{_VOLUNTEER}.positive.achievement"
_S, _R, _I = Direction.STRAIN, Direction.RESOURCE, Direction.INTENTION

ITEMS = (
    Item(1, N_("This month volunteering cost me more strength than I could win back."),
         f"{_BURNOUT}.exhaustion", _S),
    Item(2, N_("Other people's difficulties kept running through my head when I wanted to switch off."),
         f"{_BURNOUT}.exhaustion", _S),
    Item(3, N_("Reactions from people I support (anger, silence, complaints) got to me."),
         f"{_BURNOUT}.negative_feedback", _S),
    Item(4, N_("My contacts felt like one long repeat."), f"{_BURNOUT}.repetitive_work", _S),
    Item(5, N_("There was more in this role than I could fit in or cope with."),
         f"{_BURNOUT}.work_stress", _S),
    Item(6, N_("I worried that this role could let private facts about my own health slip out."),
         f"{_VOLUNTEER}.negative.privacy_exposure", _S),
    Item(7, N_("I was unsure where my role ends, or was asked for things outside it."),
         f"{_BURNOUT}.work_stress", _S),
    Item(8, N_("Thanks to something I did, somebody had it easier."), f"{_ACHIEVEMENT}.helping_others", _R),
    Item(9, N_("This role taught me something or made me stronger."), f"{_ACHIEVEMENT}.personal_growth", _R),
    Item(10, N_("I feel part of this team."), f"{_VOLUNTEER}.positive.belonging", _R),
    Item(11, N_("When I needed backing, someone in the programme was there for me."),
         f"{_VOLUNTEER}.emotional_support", _R),
    Item(12, N_("I felt prepared for what people brought to me."),
         "sustainability.context.continuous_training", _R),
    Item(13, N_("What comes back to me (thanks, expenses, payment where agreed) feels fair."),
         "sustainability.context.finance.volunteer_pay", _R),
    Item(14, N_("I see myself still doing this in six months."), f"{_VOLUNTEER}.attrition", _I),
)  # fmt: skip

_IDS = tuple(item.id for item in ITEMS)
_CHOICES = frozenset((None, *range(len(ANSWERS))))
_KINDS = frozenset((int, type(None)))
_PLACES = {
    direction: tuple(item.number - 1 for item in ITEMS if item.direction is direction)
    for direction in Direction
}


@dataclass(frozen=True)
class Answers:
    """What a volunteer answered: fourteen values of 0 to 4, None where nothing was said."""

    values: tuple[int | None, ...]

    def __post_init__(self) -> None:
        if len(self.values) != len(ITEMS):
            raise ValueError(_("A check-in has %(n)s answers.", n=len(ITEMS)))
        if _CHOICES.issuperset(self.values) and _KINDS.issuperset(map(type, self.values)):
            return
        for item, value in zip(ITEMS, self.values, strict=True):
            if value not in _CHOICES or isinstance(value, bool):
                raise ValueError(_("%(item)s must be 0 to 4 or empty.", item=item.id))

    @classmethod
    def of(cls, given: Mapping[str, int | None]) -> "Answers":
        """Take answers by item (`v1` to `v14`); items not given were not answered."""
        return cls(tuple(map(given.get, _IDS)))

    def __getitem__(self, number: int) -> int | None:
        """Return the answer to the item with this number, 1 to 14."""
        if not 1 <= number <= len(ITEMS):
            raise IndexError(number)
        return self.values[number - 1]

    def among(self, direction: Direction) -> list[int]:
        """Return what was answered to the items of one direction."""
        return _given(self.values[place] for place in _PLACES[direction])


UNANSWERED = Answers((None,) * len(ITEMS))


def exhaustion(answers: Answers) -> float | None:
    """Return 0 to 100 from the first two items; None unless both are answered."""
    return _score(_given((answers[1], answers[2])), 2)


def strain(answers: Answers, limits: Limits | None = None) -> float | None:
    """Return 0 to 100 from the seven strain items; None when too few are answered."""
    return _score(answers.among(Direction.STRAIN), (limits or Limits()).whole("checkin.strain_min_items"))


def resource(answers: Answers, limits: Limits | None = None) -> float | None:
    """Return 0 to 100 from the six resource items; None when too few are answered."""
    return _score(answers.among(Direction.RESOURCE), (limits or Limits()).whole("checkin.resource_min_items"))


@dataclass(frozen=True)
class Change:
    """How far a strain score stands from the volunteer's own usual, against the smallest real change."""

    difference: float
    bound: float
    k: int
    """How many earlier scores make the usual."""

    @property
    def is_worse(self) -> bool:
        return self.difference >= self.bound

    @property
    def is_better(self) -> bool:
        return -self.difference >= self.bound


def change_bound(k: int, limits: Limits | None = None) -> float:
    """Return the smallest real change of strain against the mean of k earlier scores (reliable change)."""
    if k < 1:
        raise ValueError(k)
    inforce = limits or Limits()
    low, high = inforce.lines("checkin.sem_bounds")
    error = min(max(inforce.number("checkin.sem"), low), high)
    return inforce.number("checkin.z") * error * math.sqrt(1 + 1 / k)


def change(now: float, earlier: Sequence[float], limits: Limits | None = None) -> Change | None:
    """Hold a strain score against the mean of the last few before it, oldest first; None without any."""
    inforce = limits or Limits()
    usual = list(earlier)[-inforce.whole("checkin.baseline_max_k") :]
    if not usual:
        return None
    return Change(now - sum(usual) / len(usual), change_bound(len(usual), inforce), len(usual))


def _given(values: Iterable[int | None]) -> list[int]:
    return [value for value in values if value is not None]


def _score(given: list[int], needed: int) -> float | None:
    if not given or len(given) < needed:
        return None
    return sum(given) * 25 / len(given)
