"""The five areas of support, their sub-types, and the one number that keeps a choice of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerlink.framework import tree
from peerlink.framework.nearest import not_known
from peerlink.framework.word import Word
from peerlink.words import N_, _


class SupportArea(Word):
    """One of the five areas; the value is its code in the framework."""

    INFORMATIONAL = "support.informational", N_("Facts")
    INSTRUMENTAL = "support.instrumental", N_("Practical")
    EMOTIONAL = "support.emotional", N_("Listening")
    AFFILIATIONAL = "support.affiliational", N_("Linking")
    APPRAISAL = "support.appraisal", N_("Deciding")

    @property
    def bit(self) -> int:
        """The area's place in a number of five bits; kept for good."""
        return _AREA_BITS[self]

    @property
    def icon(self) -> str:
        return _ICONS[self]


_AREA_BITS = {
    SupportArea.INFORMATIONAL: 0,
    SupportArea.INSTRUMENTAL: 1,
    SupportArea.EMOTIONAL: 2,
    SupportArea.AFFILIATIONAL: 3,
    SupportArea.APPRAISAL: 4,
}
_ICONS = {
    SupportArea.INFORMATIONAL: "info",
    SupportArea.INSTRUMENTAL: "practical",
    SupportArea.EMOTIONAL: "listen",
    SupportArea.AFFILIATIONAL: "connect",
    SupportArea.APPRAISAL: "decide",
}
AREA_ALONE_FROM = 21
"""The first bit that says an area without saying which sub-type."""

BITS = {
    "support.informational.education": 0,
    "support.informational.explain_medical": 1,
    "support.informational.lived_experience": 2,
    "support.instrumental.medical.referral": 3,
    "support.instrumental.medical.transport": 4,
    "support.instrumental.medical.scheduling": 5,
    "support.instrumental.medical.reminder": 6,
    "support.instrumental.daily.substance_use": 7,
    "support.instrumental.daily.food": 8,
    "support.instrumental.daily.housing": 9,
    "support.instrumental.material": 10,
    "support.emotional.listening": 11,
    "support.emotional.reflective_confidence": 12,
    "support.emotional.appeal_to_feelings": 13,
    "support.emotional.caring_comfort": 14,
    "support.emotional.positive_belief": 15,
    "support.affiliational.reduce_isolation": 16,
    "support.affiliational.connect_network": 17,
    "support.appraisal.treatment_decision": 18,
    "support.appraisal.selfcare_decision": 19,
    "support.appraisal.life_conflict_decision": 20,
    **{area.value: AREA_ALONE_FROM + area.bit for area in SupportArea},
}
"""Where each sub-type, and each area alone, stands in the number; stored, therefore never changed."""


@dataclass(frozen=True)
class Subtype:
    """One way of giving support."""

    code: str
    area: SupportArea
    bit: int
    label: str


SUBTYPES: tuple[Subtype, ...] = tuple(
    Subtype(code, SupportArea(".".join(code.split(".")[:2])), bit, tree.node(code).title)
    for code, bit in BITS.items()
    if bit < AREA_ALONE_FROM
)
_CODES = {bit: code for code, bit in BITS.items()}
_LAST_PARTS = {code.rpartition(".")[2]: code for code in BITS}
_ALL = sum(1 << bit for bit in BITS.values())


def subtypes(area: SupportArea) -> tuple[Subtype, ...]:
    """Return the ways of giving support in this area."""
    return tuple(subtype for subtype in SUBTYPES if subtype.area is area)


def code(text: str) -> str:
    """Return the full code of a sub-type or area given in full or by its last part."""
    word = text.strip().lower()
    if word in BITS:
        return word
    if word in _LAST_PARTS:
        return _LAST_PARTS[word]
    raise not_known(text, [*BITS, *_LAST_PARTS])


def mask(codes: Iterable[str]) -> int:
    """Return the number that keeps these sub-types and areas; ValueError names the nearest known code."""
    kept = 0
    for text in codes:
        kept |= 1 << BITS[code(text)]
    return kept


def codes(mask: int) -> tuple[str, ...]:
    """Return the codes a number keeps, in the framework's order."""
    _check(mask)
    return tuple(_CODES[bit] for bit in range(mask.bit_length()) if mask >> bit & 1)


def areas(mask: int) -> int:
    """Return the areas a number touches, alone or by a sub-type, as five bits."""
    _check(mask)
    touched = mask >> AREA_ALONE_FROM
    for area, within in _WITHIN.items():
        if mask & within:
            touched |= 1 << area.bit
    return touched


def areas_of(mask: int) -> tuple[SupportArea, ...]:
    """Return the areas a number touches."""
    touched = areas(mask)
    return tuple(area for area in SupportArea if touched >> area.bit & 1)


_WITHIN = {area: sum(1 << subtype.bit for subtype in subtypes(area)) for area in SupportArea}


def _check(mask: int) -> None:
    if mask < 0 or mask & ~_ALL:
        raise ValueError(_("%(mask)s keeps no support.", mask=mask))
