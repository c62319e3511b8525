"""Reads a scoring file as a programme brings it, and holds it against the questionnaire it scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peerlink.framework.levels import POSITIVE, Level
from peerlink.instruments.fhir import read_questionnaire
from peerlink.instruments.questionnaire import COUNTS, Item, Questionnaire
from peerlink.instruments.reading import Fault, Look, is_number, shown
from peerlink.instruments.scoring import Band, Direction, Formula, Readers, Scale, Scoring, SelfHarm
from peerlink.instruments.shipped import SHIPPED, completed
from peerlink.words import _

MOST_SCORES, MOST_ITEMS, MOST_BANDS, LONGEST_DAYS = 20, 100, 12, 730
KNOWN = ("name", "canonical", "version", "licence", "results_to", "valid_days", "self_harm", "scores")
SCORE = (
    "id", "name", "items", "reverse", "answers", "minimum", "formula", "factor", "range", "direction",
    "change", "bands",
)  # fmt: skip
BAND = ("from", "label", "level", "only_with_rise", "source")
LEVELS = [level.value for level in POSITIVE]


@dataclass(frozen=True)
class Loaded:
    """What a programme may keep: what is asked and how it is scored."""

    questionnaire: Questionnaire
    scoring: Scoring


def read_scoring(
    raw: bytes, questionnaire: Questionnaire | None, file: str
) -> tuple[Scoring | None, list[Fault]]:
    """Read a scoring file for a questionnaire: the scoring, or everything that is wrong with it.

    Without a questionnaire only the file itself is looked over.
    """
    look = Look(file)
    document = look.document(raw)
    if document is None:
        return None, look.faults
    return _fitting(document, questionnaire, look), look.faults


def shipped_scoring(name: str, questionnaire: Questionnaire) -> tuple[Scoring | None, list[Fault]]:
    """Score a questionnaire by what PeerLink knows of it, its items taken in the order they stand in."""
    look = Look(name)
    scores = SHIPPED[name]["scores"]
    if len(scores) != 1 or scores[0]["reverse"] != 0:
        look.fault(
            "",
            _("Its items belong to several scores, or some of them are turned round."),
            _('Bring a small scoring file with "use": "%(name)s" that says which.', name=name),
        )
        return None, look.faults
    items = [item.link_id for item in questionnaire.asked() if item.kind in COUNTS]
    document = {
        "use": name,
        "canonical": questionnaire.url,
        "version": questionnaire.version,
        "items": {scores[0]["id"]: items},
        "reverse": [],
    }
    return _fitting(document, questionnaire, look), look.faults


def read_both(
    form: bytes, own: bytes | None, shipped: str, names: tuple[str, str]
) -> tuple[Loaded | None, list[Fault]]:
    """Read a questionnaire with a scoring file of one's own, or by a shipped one; `names` are the files'."""
    questionnaire, faults = read_questionnaire(form, names[0])
    scoring: Scoring | None = None
    more: list[Fault] = []
    if own is not None:
        scoring, more = read_scoring(own, questionnaire, names[1])
    elif questionnaire is not None:
        scoring, more = shipped_scoring(shipped, questionnaire)
    if questionnaire is None or scoring is None or faults or more:
        return None, [*faults, *more]
    return Loaded(questionnaire, scoring), []


def scoring_of(document: Mapping[str, Any]) -> Scoring:
    """Return a scoring from what was kept of it; ValueError where it was none."""
    look = Look("")
    found = _read(dict(document), look)
    if look.faults:
        raise ValueError(look.faults)
    return found


def _fitting(document: dict[str, Any], questionnaire: Questionnaire | None, look: Look) -> Scoring | None:
    whole = completed(document, look) if "use" in document else document
    if whole is None:
        return None
    made = _read(whole, look)
    if questionnaire is not None:
        _check_fit(made, questionnaire, look)
    return None if look.faults else made


def _read(document: dict[str, Any], look: Look) -> Scoring:
    look.only(document, "", KNOWN)
    scales = tuple(
        _scale(one, f"scores[{n}]", look)
        for n, one in enumerate(look.rows(document, "scores", "", most=MOST_SCORES))
    )
    if not scales:
        look.fault("scores", _("There is no score."), _("Say at least one score."))
    ids = [scale.id for scale in scales]
    if len(set(ids)) != len(ids):
        look.fault("scores", _("Two scores have the same id."), _("Give each score an id of its own."))
    days = look.number(document, "valid_days", "", least=1, most=LONGEST_DAYS, whole=True)
    return Scoring(
        name=look.text(document, "name", "", longest=80, needed=True),
        canonical=look.text(document, "canonical", "", longest=255, needed=True),
        version=look.text(document, "version", "", longest=40, needed=True),
        licence=look.text(document, "licence", "", longest=2000, needed=True),
        scales=scales,
        self_harm=_self_harm(document, look),
        results_to=Readers(look.one_of(document, "results_to", "", list(Readers), Readers.SUPERVISOR.value)),
        valid_days=None if days is None else int(days),
    )


def _self_harm(document: dict[str, Any], look: Look) -> tuple[SelfHarm, ...]:
    if "self_harm" not in document:
        look.fault(
            "self_harm",
            _("It does not say whether an item asks about harm to oneself."),
            _('Write [] where none does, or [{"item": "9", "from": 1}].'),
        )
    found = []
    for n, one in enumerate(look.rows(document, "self_harm", "", most=MOST_ITEMS)):
        path = f"self_harm[{n}]"
        look.only(one, path, ("item", "from"))
        item = look.text(one, "item", path, longest=80, needed=True)
        begins = look.number(one, "from", path, needed=True)
        found.append(SelfHarm(item, begins or 0))
    return tuple(found)


def _scale(given: dict[str, Any], path: str, look: Look) -> Scale:
    n_faults = len(look.faults)
    look.only(given, path, SCORE)
    items = look.texts(given, "items", path, most=MOST_ITEMS)
    if not items:
        look.fault(f"{path}.items", _("It names no items."), _("List the linkId of every item it counts."))
    reverse = frozenset(look.texts(given, "reverse", path, most=MOST_ITEMS))
    for item in sorted(reverse - set(items)):
        wrong = _("%(item)s is turned round and not counted.", item=shown(item))
        look.fault(f"{path}.reverse", wrong, _("Turn round only what stands in items."))
    most = max(len(items), 1)
    scale = Scale(
        id=look.text(given, "id", path, longest=40, needed=True),
        name=look.text(given, "name", path, longest=80, needed=True),
        items=items,
        reverse=reverse,
        answers=_pair(given, "answers", path, look),
        minimum=int(look.number(given, "minimum", path, default=most, least=1, most=most, whole=True) or 1),
        formula=Formula(look.one_of(given, "formula", path, list(Formula), Formula.SUM.value)),
        factor=look.number(given, "factor", path, default=1, least=0.001, most=1000) or 1,
        direction=_direction(given, path, look),
        change=look.number(given, "change", path, least=0.001),
        bands=_bands(given, path, look),
    )
    if len(look.faults) == n_faults:
        _check_scale(scale, given, path, look)
    return scale


def _direction(given: dict[str, Any], path: str, look: Look) -> Direction:
    if "direction" not in given:
        look.fault(
            f"{path}.direction", _("It is missing."), _("One of: %(choices)s.", choices=", ".join(Direction))
        )
    return Direction(look.one_of(given, "direction", path, list(Direction), Direction.HIGHER_WORSE.value))


def _pair(given: dict[str, Any], key: str, path: str, look: Look) -> tuple[float, float]:
    value = given.get(key)
    if isinstance(value, list) and len(value) == 2 and all(is_number(one) for one in value):
        low, high = float(value[0]), float(value[1])
        if low < high:
            return low, high
    wrong = _("It is missing.") if value is None else _("These are no lowest and highest value.")
    look.fault(f"{path}.{key}", wrong, _("Write the lowest and the highest: [0, 4]."))
    return 0.0, 1.0


def _bands(given: dict[str, Any], path: str, look: Look) -> tuple[Band, ...]:
    found = []
    for n, one in enumerate(look.rows(given, "bands", path, most=MOST_BANDS)):
        where = f"{path}.bands[{n}]"
        look.only(one, where, BAND)
        level = look.one_of(one, "level", where, ["", *LEVELS], "")
        found.append(
            Band(
                begins=look.number(one, "from", where, needed=True) or 0,
                label=look.text(one, "label", where, longest=80, needed=True),
                level=Level(level) if level else Level.OK,
                only_with_rise=look.flag(one, "only_with_rise", where),
                source=look.text(one, "source", where, longest=300, needed=bool(level)),
            )
        )
    if not found:
        look.fault(f"{path}.bands", _("There is no band."), _("Say at least one, from the lowest value on."))
        return (Band(0, ""),)
    return tuple(found)


def _check_scale(scale: Scale, given: dict[str, Any], path: str, look: Look) -> None:
    low, high = scale.range
    said = _pair(given, "range", path, look)
    if "range" in given and said != (low, high):
        look.fault(
            f"{path}.range",
            _("The formula gives other values than the range says."),
            _("By formula, factor and answers it is %(low)s to %(high)s.", low=f"{low:g}", high=f"{high:g}"),
        )
    begins = [band.begins for band in scale.bands]
    if begins[0] != low:
        right = _("The first band begins at the lowest value, %(low)s.", low=f"{low:g}")
        look.fault(f"{path}.bands[0].from", _("Values below it have no band."), right)
    if begins != sorted(set(begins)) or begins[-1] > high:
        right = _("Each band begins above the one before and within the range.")
        look.fault(f"{path}.bands", _("The bands do not rise."), right)
    if any(band.only_with_rise for band in scale.bands) and scale.change is None:
        right = _("Say from how many points on it has clearly changed.")
        look.fault(f"{path}.change", _("A band counts only with a rise, and no rise is said."), right)


def _check_fit(scoring: Scoring, questionnaire: Questionnaire, look: Look) -> None:
    for key, said, there in (
        ("canonical", scoring.canonical, questionnaire.url),
        ("version", scoring.version, questionnaire.version),
    ):
        if said and said != there:
            wrong = _("It scores %(said)s; the questionnaire is %(there)s.", said=said, there=there)
            look.fault(key, wrong, _("Bring the two files of the same version."))
    asked = {item.link_id: item for item in questionnaire.asked()}
    for n, scale in enumerate(scoring.scales):
        path = f"scores[{n}]"
        if not any(fault.path.startswith(path) for fault in look.faults):
            for item in scale.items:
                _check_item(item, asked.get(item), scale.answers, f"{path}.items", look)
    for n, one in enumerate(scoring.self_harm):
        found = asked.get(one.item)
        bounds, path = found.bounds() if found else None, f"self_harm[{n}]"
        if found is None:
            look.fault(f"{path}.item", *_not_there(one.item))
        elif bounds is None or not bounds[0] < one.begins <= bounds[1]:
            right = _("It lies above the points of the answer that says no, and within those there are.")
            look.fault(f"{path}.from", _("No answer, or every answer, would count."), right)


def _check_item(item: str, found: Item | None, answers: tuple[float, float], path: str, look: Look) -> None:
    if found is None:
        look.fault(path, *_not_there(item))
        return
    bounds = found.bounds()
    if bounds is None:
        look.fault(
            path,
            _("%(item)s has answers without points.", item=shown(item)),
            _("Give every answer its points (ordinalValue), or the item its minValue and maxValue."),
        )
    elif bounds != answers:
        look.fault(
            path,
            _(
                "The answers to %(item)s give %(low)s to %(high)s points.",
                item=shown(item),
                low=f"{bounds[0]:g}",
                high=f"{bounds[1]:g}",
            ),
            _("The scoring counts %(low)s to %(high)s.", low=f"{answers[0]:g}", high=f"{answers[1]:g}"),
        )


def _not_there(item: str) -> tuple[str, str]:
    return (
        _("The questionnaire has no item %(item)s to be answered.", item=shown(item)),
        _("Write its linkId as it stands in the questionnaire."),
    )
