"""Turns the answers to a questionnaire into scores, as its scoring file says: facts, never wording."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peerlink.framework.levels import Level
from peerlink.instruments.questionnaire import Questionnaire


class Formula(StrEnum):
    """How the points of the items become one number; gaps in a sum are filled with the mean."""

    SUM = "sum"
    MEAN = "mean"


class Direction(StrEnum):
    """What a high score tells."""

    HIGHER_WORSE = "higher_worse"
    HIGHER_BETTER = "higher_better"


class Readers(StrEnum):
    """Who may be shown the scores besides the person: nobody without their yes."""

    SUPERVISOR = "supervisor"
    """Whoever reads their check-ins."""
    CONTACT = "contact"
    """Somebody they choose for it, each time."""


class Moved(StrEnum):
    """Whether a score is clearly another than the time before."""

    WORSE = "worse"
    BETTER = "better"
    NOT = ""


@dataclass(frozen=True)
class Band:
    """A stretch of a scale, from its first value up to where the next begins."""

    begins: float
    label: str
    level: Level = Level.OK
    only_with_rise: bool = False
    """Whether the level counts only where the score is clearly worse than the time before."""
    source: str = ""

    def as_document(self) -> dict[str, Any]:
        document: dict[str, Any] = {"from": self.begins, "label": self.label, "source": self.source}
        if self.level.is_positive:
            document["level"] = self.level.value
        if self.only_with_rise:
            document["only_with_rise"] = True
        return document


@dataclass(frozen=True)
class Result:
    """One score of one response; None where too little was answered."""

    scale: str
    value: float | None
    n: int
    """Items answered."""
    band: str = ""
    level: Level = Level.UNKNOWN
    change: float | None = None
    """Against the time before."""
    moved: Moved = Moved.NOT

    def as_document(self) -> dict[str, Any]:
        return {
            "scale": self.scale,
            "value": self.value,
            "n": self.n,
            "band": self.band,
            "level": self.level.value,
            "change": self.change,
            "moved": self.moved.value,
        }

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Result":
        """Return a score from what was kept of it."""
        return cls(
            scale=document["scale"],
            value=document["value"],
            n=document["n"],
            band=document["band"],
            level=Level(document["level"]),
            change=document["change"],
            moved=Moved(document["moved"]),
        )


@dataclass(frozen=True)
class Scale:
    """One score: which items make it, how, and what its values mean."""

    id: str
    name: str
    items: tuple[str, ...]
    reverse: frozenset[str]
    answers: tuple[float, float]
    """The fewest and the most points of one item."""
    minimum: int
    """Items that must be answered."""
    formula: Formula
    factor: float
    direction: Direction
    change: float | None
    """From how many points on a score is clearly another; None where nobody has found out."""
    bands: tuple[Band, ...]

    @property
    def range(self) -> tuple[float, float]:
        """Return the lowest and the highest value there can be."""
        times = self.factor * (len(self.items) if self.formula is Formula.SUM else 1)
        low, high = sorted((self.answers[0] * times, self.answers[1] * times))
        return low, high

    @property
    def is_judged(self) -> bool:
        """Tell whether anybody has drawn a line on it."""
        return any(band.level.is_positive for band in self.bands)

    def turned(self, item: str, points: float) -> float:
        """Return the points of an answer, turned round where the item asks the other way."""
        return sum(self.answers) - points if item in self.reverse else points

    def value(self, points: Mapping[str, float]) -> float | None:
        """Return the score of points by item; None where fewer are answered than it takes."""
        given = [self.turned(item, points[item]) for item in self.items if item in points]
        if not given or len(given) < self.minimum:
            return None
        total = sum(given) * self.factor
        return total / len(given) if self.formula is Formula.MEAN else total * len(self.items) / len(given)

    def band(self, value: float) -> Band:
        """Return the band a value lies in."""
        return next((one for one in reversed(self.bands) if one.begins <= value), self.bands[0])

    def result(self, points: Mapping[str, float], before: float | None = None) -> Result:
        """Score one response, held against the value of the time before where there is one."""
        n, value = sum(item in points for item in self.items), self.value(points)
        if value is None:
            return Result(self.id, None, n)
        band, moved = self.band(value), self.moved(value, before)
        counts = moved is Moved.WORSE or not band.only_with_rise
        return Result(
            scale=self.id,
            value=value,
            n=n,
            band=band.label,
            level=band.level if counts else Level.OK,
            change=None if before is None else value - before,
            moved=moved,
        )

    def moved(self, value: float, before: float | None) -> Moved:
        """Tell whether a score is clearly another than the time before."""
        if before is None or self.change is None:
            return Moved.NOT
        worse_by = value - before if self.direction is Direction.HIGHER_WORSE else before - value
        if worse_by >= self.change:
            return Moved.WORSE
        return Moved.BETTER if -worse_by >= self.change else Moved.NOT

    def as_document(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "items": list(self.items),
            "reverse": sorted(self.reverse),
            "answers": list(self.answers),
            "minimum": self.minimum,
            "formula": self.formula.value,
            "factor": self.factor,
            "range": list(self.range),
            "direction": self.direction.value,
            "change": self.change,
            "bands": [band.as_document() for band in self.bands],
        }


@dataclass(frozen=True)
class SelfHarm:
    """An item that asks about harm to oneself, and the points from which somebody must act."""

    item: str
    begins: float


@dataclass(frozen=True)
class Scoring:
    """How one version of one questionnaire is scored."""

    name: str
    canonical: str
    version: str
    licence: str
    scales: tuple[Scale, ...]
    self_harm: tuple[SelfHarm, ...] = ()
    results_to: Readers = Readers.SUPERVISOR
    valid_days: int | None = None
    """How long a score speaks for somebody; None for as long as the programme set."""

    def points(self, questionnaire: Questionnaire, answers: Mapping[str, object]) -> dict[str, float]:
        """Return what the answers count, by item; those that count nothing are left out."""
        counted = {item.link_id: item.points(answers.get(item.link_id)) for item in questionnaire.asked()}
        return {item: points for item, points in counted.items() if points is not None}

    def results(
        self,
        questionnaire: Questionnaire,
        answers: Mapping[str, object],
        before: Mapping[str, float] | None = None,
    ) -> tuple[Result, ...]:
        """Score a response on every scale, held against the values of the time before, by scale."""
        points, earlier = self.points(questionnaire, answers), before or {}
        return tuple(scale.result(points, earlier.get(scale.id)) for scale in self.scales)

    def tells_of_harm(self, questionnaire: Questionnaire, answers: Mapping[str, object]) -> bool:
        """Tell whether an answer speaks of harm to oneself, however few of the others are given."""
        points = self.points(questionnaire, answers)
        return any(one.item in points and points[one.item] >= one.begins for one in self.self_harm)

    def as_document(self) -> dict[str, Any]:
        """Return it as a scoring file says it."""
        document = {
            "name": self.name,
            "canonical": self.canonical,
            "version": self.version,
            "licence": self.licence,
            "results_to": self.results_to.value,
            "self_harm": [{"item": one.item, "from": one.begins} for one in self.self_harm],
            "scores": [scale.as_document() for scale in self.scales],
        }
        return document if self.valid_days is None else document | {"valid_days": self.valid_days}
