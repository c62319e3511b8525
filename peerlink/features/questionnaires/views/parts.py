"""What the pages about questionnaires share."""

from dataclasses import dataclass

from flask import Blueprint, request

from peerlink.features.questionnaires.models import Questionnaire
from peerlink.framework.levels import Level
from peerlink.instruments.scoring import Direction, Moved, Result, Scale
from peerlink.instruments.scoring_file import Loaded
from peerlink.web.shell import LANGUAGES
from peerlink.words import _

bp = Blueprint("questionnaires", __name__)


TONES = {Level.WATCH: "watch", Level.ALERT: "alert", Level.CRITICAL: "alert"}


@dataclass(frozen=True)
class Line:
    """One score as a page shows it."""

    name: str
    result: Result
    said: str
    low: str
    high: str
    way: str
    """Whether more is heavier or better."""
    tone: str
    judged: bool
    """Whether anybody has drawn a line on this scale."""
    share: float
    """The value as a share of its range, 0 to 100."""
    source: str
    moved: str
    of: int
    """Items the score is made of."""


def lines_of(what: Loaded, results: tuple[Result, ...]) -> list[Line]:
    """Say scores in words."""
    scales = {one.id: one for one in what.scoring.scales}
    return [_line(scales[one.scale], one) for one in results if one.scale in scales]


def level_words() -> dict[str, str]:
    """Say what a level asks for, to whoever answered and to whoever is shown it."""
    return {"watch": _("Worth a talk"), "alert": _("A talk soon"), "critical": _("A talk now")}


def title_of(questionnaire: Questionnaire) -> str:
    """Name a questionnaire in the language the viewer's device asks for, else as its file does."""
    own = questionnaire.definition.get("language", LANGUAGES[0])
    titles = {own: questionnaire.title} | questionnaire.titles | {own: questionnaire.title}
    return titles[request.accept_languages.best_match(titles, own)]


@bp.context_processor
def _titles() -> dict[str, object]:
    return {"title_of": title_of}


def name_of(questionnaire: Questionnaire) -> str:
    """Name a questionnaire with its version."""
    title, version = title_of(questionnaire), questionnaire.form_version
    return _("%(title)s, version %(version)s", title=title, version=version)


def _line(scale: Scale, result: Result) -> Line:
    low, high = scale.range
    value = result.value
    band = scale.band(value) if value is not None else None
    return Line(
        name=scale.name,
        result=result,
        said="" if value is None else f"{value:.1f}".removesuffix(".0"),
        low=f"{low:g}",
        high=f"{high:g}",
        way=_("higher is better") if scale.direction is Direction.HIGHER_BETTER else _("lower is lighter"),
        judged=scale.is_judged,
        tone=TONES.get(result.level, "on"),
        share=0 if value is None else 100 * (value - low) / (high - low),
        source=band.source if band else "",
        moved=_moved(scale, result),
        of=len(scale.items),
    )


def _moved(scale: Scale, result: Result) -> str:
    good = scale.direction is Direction.HIGHER_BETTER
    if result.moved is Moved.WORSE:
        return _("Clearly less than the time before.") if good else _("Clearly heavier than the time before.")
    if result.moved is Moved.BETTER:
        return _("Clearly more than the time before.") if good else _("Clearly lighter than the time before.")
    return ""
