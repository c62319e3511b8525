"""A questionnaire as it is asked: its items, the answers to choose, the pages it stands on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peerlink.instruments.reading import is_number

EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
TRANSLATION = f"{EXTENSION}translation"
ORDINAL = (f"{EXTENSION}ordinalValue", f"{EXTENSION}itemWeight")
"""The extensions that give an answer its points."""


class Kind(StrEnum):
    """What an item asks for."""

    GROUP = "group"
    DISPLAY = "display"
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    TEXT = "text"


ASKS = frozenset(Kind) - {Kind.GROUP, Kind.DISPLAY}
COUNTS = ASKS - {Kind.TEXT}
"""What may have points."""


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    code: str
    text: str
    points: float | None


@dataclass(frozen=True)
class Item:
    """One line of a questionnaire: a heading, a text to read, or something asked."""

    link_id: str
    kind: Kind
    text: str
    required: bool = False
    options: tuple[Option, ...] = ()
    items: tuple["Item", ...] = ()
    lowest: float | None = None
    highest: float | None = None

    @property
    def asks(self) -> bool:
        return self.kind in ASKS

    def every(self) -> Iterator["Item"]:
        """Walk through everything inside, the item itself first."""
        yield self
        for item in self.items:
            yield from item.every()

    def asked(self) -> tuple["Item", ...]:
        """Return what is asked inside, in its order."""
        return tuple(item for item in self.every() if item.asks)

    def points(self, answer: object) -> float | None:
        """Return what an answer counts; None where it counts nothing."""
        if self.kind is Kind.CHOICE:
            return next((one.points for one in self.options if one.code == answer), None)
        if self.kind is Kind.BOOLEAN:
            return float(answer) if isinstance(answer, bool) else None
        if self.kind in COUNTS and isinstance(answer, int | float) and is_number(answer):
            return float(answer)
        return None

    def bounds(self) -> tuple[float, float] | None:
        """Return the fewest and the most points it can give; None where that cannot be told."""
        if self.kind is Kind.BOOLEAN:
            return 0.0, 1.0
        if self.kind is Kind.CHOICE:
            points = [one.points for one in self.options if one.points is not None]
            return (min(points), max(points)) if points and len(points) == len(self.options) else None
        if self.kind in COUNTS and self.lowest is not None and self.highest is not None:
            return self.lowest, self.highest
        return None


@dataclass(frozen=True)
class Questionnaire:
    """What a programme asks, in the words it has a right to."""

    url: str
    version: str
    title: str
    items: tuple[Item, ...]
    language: str = ""
    copyright: str = ""
    titles: tuple[tuple[str, str], ...] = ()
    """The title in other languages: language, title."""

    def every(self) -> Iterator[Item]:
        """Walk through every item, those inside groups too."""
        for item in self.items:
            yield from item.every()

    def asked(self) -> tuple[Item, ...]:
        """Return what is asked, in its order."""
        return tuple(item for item in self.every() if item.asks)

    def pages(self) -> tuple[Item, ...]:
        """Return the pages it is asked on: each group at the top, and what stands between them."""
        found: list[Item] = []
        loose: list[Item] = []
        for item in self.items:
            if item.kind is not Kind.GROUP:
                loose.append(item)
                continue
            if loose:
                found.append(_loose_page(loose))
            loose = []
            found.append(item)
        if loose:
            found.append(_loose_page(loose))
        return tuple(found)

    def as_document(self) -> dict[str, Any]:
        """Return it as FHIR R4, with nothing in it but what is understood here."""
        document = {
            "resourceType": "Questionnaire",
            "url": self.url,
            "version": self.version,
            "title": self.title,
            "_title": _titles_document(self.titles),
            "status": "active",
            "language": self.language,
            "copyright": self.copyright,
            "item": [_item_document(item) for item in self.items],
        }
        return {key: value for key, value in document.items() if value}


def titles_in(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the translations of a title as a kept document holds them, by language."""
    translations = document.get("_title", {}).get("extension", [])
    return {
        lang["valueCode"]: content["valueString"]
        for lang, content in (one["extension"] for one in translations)
    }


def _titles_document(titles: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    extensions = [
        {
            "url": TRANSLATION,
            "extension": [
                {"url": "lang", "valueCode": language},
                {"url": "content", "valueString": title},
            ],
        }
        for language, title in titles
    ]
    return {"extension": extensions} if extensions else {}


def _loose_page(items: list[Item]) -> Item:
    return Item("", Kind.GROUP, "", items=tuple(items))


def _item_document(item: Item) -> dict[str, Any]:
    document: dict[str, Any] = {"linkId": item.link_id, "type": item.kind.value}
    if item.text:
        document["text"] = item.text
    if item.required:
        document["required"] = True
    if item.options:
        document["answerOption"] = [_option_document(one) for one in item.options]
    bounds = (("minValue", item.lowest), ("maxValue", item.highest))
    if extension := [
        {"url": f"{EXTENSION}{name}", "valueDecimal": value} for name, value in bounds if value is not None
    ]:
        document["extension"] = extension
    if item.items:
        document["item"] = [_item_document(one) for one in item.items]
    return document


def _option_document(option: Option) -> dict[str, Any]:
    document: dict[str, Any] = {"valueCoding": {"code": option.code, "display": option.text}}
    if option.points is not None:
        document["extension"] = [{"url": ORDINAL[0], "valueDecimal": option.points}]
    return document
