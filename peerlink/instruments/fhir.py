"""Reads a questionnaire as a programme brings it: the part of FHIR R4 that PeerLink can ask."""

import re
from collections.abc import Mapping
from typing import Any

from peerlink.instruments.questionnaire import (
    EXTENSION,
    ORDINAL,
    TRANSLATION,
    Item,
    Kind,
    Option,
    Questionnaire,
)
from peerlink.instruments.reading import Fault, Look, below, is_number, shown
from peerlink.words import N_, _

MOST_ITEMS, MOST_OPTIONS, DEEPEST = 200, 30, 4
LONGEST_TEXT, LONGEST_TITLE, LONGEST_COPYRIGHT, LONGEST_ID = 2000, 200, 4000, 80
_ADDRESS = re.compile(r"(https?://|urn:)[^\s<>\"]{3,240}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

KINDS = {kind.value: kind for kind in Kind} | {"string": Kind.TEXT}
REFUSED = {
    "enableWhen": (
        N_("It is shown only under a condition."),
        N_("Leave the condition out: people may leave out what does not concern them."),
    ),
    "answerValueSet": (
        N_("Its answers stand in another file."),
        N_("Write the answers into the item as answerOption."),
    ),
    "initial": (
        N_("It comes with an answer filled in."),
        N_("Leave it out: nobody's answer is chosen for them."),
    ),
    "modifierExtension": (
        N_("It holds a condition PeerLink does not know."),
        N_("Leave it out, if that is right."),
    ),
}
"""Parts of an item that change its meaning and are not known here."""


def read_questionnaire(raw: bytes, file: str = "questionnaire") -> tuple[Questionnaire | None, list[Fault]]:
    """Read a file: the questionnaire, or everything that keeps it from being asked."""
    look = Look(file)
    document = look.document(raw)
    if document is None:
        return None, look.faults
    return _read(document, look), look.faults


def questionnaire_of(document: Mapping[str, Any]) -> Questionnaire:
    """Return a questionnaire from what was kept of it; ValueError where it was none."""
    look = Look("")
    found = _read(dict(document), look)
    if found is None:
        raise ValueError(look.faults)
    return found


def _read(document: dict[str, Any], look: Look) -> Questionnaire | None:
    if document.get("resourceType") != "Questionnaire":
        look.fault(
            "resourceType",
            _("This is no Questionnaire."),
            _('A FHIR R4 file with "resourceType": "Questionnaire".'),
        )
        return None
    url = look.text(document, "url", "", longest=255, needed=True)
    if url and not _ADDRESS.fullmatch(url):
        look.fault("url", _("%(value)s is no address.", value=shown(url)), "https://example.org/my-form")
    version = look.text(document, "version", "", longest=40, needed=True)
    title = look.text(document, "title", "", longest=LONGEST_TITLE, needed=True)
    language = look.text(document, "language", "", longest=35)
    if language and not _LANGUAGE.fullmatch(language):
        look.fault("language", _("%(value)s is no language.", value=shown(language)), "en, sw, pt-BR")
    status = look.one_of(document, "status", "", ("draft", "active", "retired", "unknown"), "unknown")
    if status == "retired":
        look.fault("status", _("Its publisher has withdrawn it."), _("Bring the version that is in use."))
    for key in ("modifierExtension", "implicitRules"):
        if document.get(key):
            look.fault(key, _("It holds a condition PeerLink does not know."), _("Leave it out."))
    titles = _titles(document, look)
    copyright_ = look.text(document, "copyright", "", longest=LONGEST_COPYRIGHT)
    items = _items(document, "", look, 1)
    made = Questionnaire(url, version, title, items, language, copyright_, titles)
    _check_whole(made, look)
    return None if look.faults else made


def _titles(document: Mapping[str, Any], look: Look) -> tuple[tuple[str, str], ...]:
    """Return the title in other languages, where the file carries translations of it."""
    beside = document.get("_title")
    rows = beside.get("extension") if isinstance(beside, dict) else None
    found: dict[str, str] = {}
    for n, row in enumerate(rows if isinstance(rows, list) else ()):
        if not isinstance(row, dict) or row.get("url") != TRANSLATION:
            continue
        path = f"_title.extension[{n}]"
        said = {"lang": _extension(row, "lang"), "content": _extension(row, "content")}
        language = look.text(said, "lang", path, longest=35, needed=True)
        title = look.text(said, "content", path, longest=LONGEST_TITLE, needed=True)
        if language and not _LANGUAGE.fullmatch(language):
            look.fault(
                below(path, "lang"), _("%(value)s is no language.", value=shown(language)), "sw, pt-BR"
            )
        elif language and title:
            found[language] = title
    return tuple(found.items())


def _check_whole(made: Questionnaire, look: Look) -> None:
    if not made.asked():
        look.fault("item", _("It asks nothing."), _("Bring at least one item that can be answered."))
    seen: set[str] = set()
    n = 0
    for item in made.every():
        n += 1
        if item.link_id and item.link_id in seen:
            wrong = _("The linkId %(id)s stands there twice.", id=shown(item.link_id))
            look.fault("item", wrong, _("Give every item a linkId of its own."))
        seen.add(item.link_id)
    if n > MOST_ITEMS:
        look.fault("item", _("It has %(n)s items.", n=n), _("At most %(n)s.", n=MOST_ITEMS))


def _items(given: Mapping[str, Any], path: str, look: Look, depth: int) -> tuple[Item, ...]:
    where = below(path, "item")
    if depth > DEEPEST:
        right = _("At most %(n)s groups inside each other.", n=DEEPEST - 1)
        look.fault(where, _("Its groups stand too deep inside each other."), right)
        return ()
    rows = look.rows(given, "item", path, most=MOST_ITEMS)
    return tuple(_item(one, f"{where}[{n}]", look, depth) for n, one in enumerate(rows))


def _item(given: Mapping[str, Any], path: str, look: Look, depth: int) -> Item:
    link_id = look.text(given, "linkId", path, longest=LONGEST_ID, needed=True)
    kind = _kind(given, path, look)
    prefix = look.text(given, "prefix", path, longest=20)
    said = look.text(given, "text", path, longest=LONGEST_TEXT, needed=kind is not Kind.GROUP)
    for key, (wrong, right) in REFUSED.items():
        if given.get(key):
            look.fault(below(path, key), _(wrong), _(right))
    if given.get("repeats") is True:
        right = _("Ask for one answer; write several items where several can be true.")
        look.fault(below(path, "repeats"), _("It takes several answers."), right)
    if _extension(given, f"{EXTENSION}questionnaire-hidden") is True:
        look.fault(path, _("It is hidden."), _("Leave it out: everybody sees all they are asked."))
    within = _items(given, path, look, depth + 1) if given.get("item") is not None else ()
    if kind is Kind.GROUP and not within:
        look.fault(path, _("This group is empty."), _("Put items into it, or leave it out."))
    if kind is not Kind.GROUP and within:
        look.fault(below(path, "item"), _("Items stand below a question."), _("Put them into a group."))
    lowest = highest = None
    if kind in {Kind.INTEGER, Kind.DECIMAL}:
        lowest, highest = _bounds(given, path, look)
    return Item(
        link_id=link_id,
        kind=kind,
        text=f"{prefix} {said}".strip(),
        required=look.flag(given, "required", path),
        options=_options(given, path, look) if kind is Kind.CHOICE else (),
        items=within,
        lowest=lowest,
        highest=highest,
    )


def _kind(given: Mapping[str, Any], path: str, look: Look) -> Kind:
    name = given.get("type")
    if isinstance(name, str) and name in KINDS:
        return KINDS[name]
    look.fault(
        below(path, "type"),
        _("Items of the type %(type)s cannot be asked.", type=shown(name)),
        _("One of: %(choices)s.", choices=", ".join(KINDS)),
    )
    return Kind.DISPLAY


def _options(given: Mapping[str, Any], path: str, look: Look) -> tuple[Option, ...]:
    where = below(path, "answerOption")
    rows = look.rows(given, "answerOption", path, most=MOST_OPTIONS)
    found = [_option(one, f"{where}[{n}]", look) for n, one in enumerate(rows)]
    if len(found) < 2 and not given.get("answerValueSet"):
        look.fault(where, _("There are fewer than two answers to choose."), _("Write every answer there."))
    codes = [one.code for one in found if one.code]
    if len(codes) != len(set(codes)):
        look.fault(where, _("Two answers have the same code."), _("Give each answer a code of its own."))
    return tuple(found)


def _option(given: Mapping[str, Any], path: str, look: Look) -> Option:
    if given.get("initialSelected") is True:
        look.fault(below(path, "initialSelected"), *(_(one) for one in REFUSED["initial"]))
    coding = given.get("valueCoding")
    if isinstance(coding, dict):
        where = below(path, "valueCoding")
        code = look.text(coding, "code", where, longest=LONGEST_ID, needed=True)
        said = look.text(coding, "display", where, longest=LONGEST_TEXT) or code
        return Option(code, said, _points(given, coding, path, look))
    if given.get("valueInteger") is not None:
        whole = look.number(given, "valueInteger", path, whole=True)
        code = "" if whole is None else str(int(whole))
        return Option(code, code, whole)
    if given.get("valueString") is not None:
        said = look.text(given, "valueString", path, longest=LONGEST_ID, needed=True)
        return Option(said, said, _points(given, {}, path, look))
    right = _("One of: %(choices)s.", choices="valueCoding, valueInteger, valueString")
    look.fault(path, _("This answer has no value."), right)
    return Option("", "", None)


def _points(option: Mapping[str, Any], coding: Mapping[str, Any], path: str, look: Look) -> float | None:
    for holder in (option, coding):
        for name in ORDINAL:
            value = _extension(holder, name)
            if value is None:
                continue
            if not is_number(value):
                look.fault(path, _("Its points are no number."), _("Write valueDecimal: 3."))
                return None
            return float(str(value))
    return None


def _bounds(given: Mapping[str, Any], path: str, look: Look) -> tuple[float | None, float | None]:
    found: list[float | None] = []
    for name in ("minValue", "maxValue"):
        value = _extension(given, f"{EXTENSION}{name}")
        if value is not None and not is_number(value):
            look.fault(path, _("%(name)s is no number.", name=name), _("Write valueInteger: 0."))
            value = None
        found.append(None if value is None else float(str(value)))
    lowest, highest = found
    if lowest is not None and highest is not None and lowest >= highest:
        look.fault(path, _("The lowest answer is not below the highest."), _("Set minValue below maxValue."))
    return lowest, highest


def _extension(given: Mapping[str, Any], url: str) -> object:
    """Return the value of the extension of this name, or None."""
    extensions = given.get("extension")
    for one in extensions if isinstance(extensions, list) else ():
        if isinstance(one, dict) and one.get("url") == url:
            return next((value for key, value in one.items() if key.startswith("value")), None)
    return None
