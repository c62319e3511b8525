"""Says a contact in words, line by line."""

import uuid
from collections.abc import Iterable, Mapping

from peerlink.features.contacts.rules import ContactDraft
from peerlink.framework import support
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import (
    BridgingTag,
    Channel,
    ContactStatus,
    DifficultyTag,
    MissedBy,
    Technique,
    Topic,
)
from peerlink.framework.word import Word
from peerlink.words import N_, _

AFTERWARDS = {0: N_("light"), 1: N_("light"), 2: N_("okay"), 3: N_("heavy"), 4: N_("heavy")}
AREA_LABELS = tuple(area.label for area in sorted(SupportArea, key=lambda area: area.bit))


def lines_of(draft: ContactDraft, places: Mapping[uuid.UUID, str]) -> list[tuple[str, str]]:
    """Return what a contact says, as pairs of what is asked and what was answered; nothing for no answer."""
    lines = [
        (_("What became of it"), what_became(draft.status, draft.missed_by)),
        (_("How"), how(draft.channel)),
        (_("Minutes"), str(draft.minutes) if draft.minutes else ""),
        (_("Helped with"), ", ".join(support_in_words(draft.support))),
        (_("Place"), places.get(draft.place_id, "") if draft.place_id else ""),
        (_("The place felt"), _(draft.rating.label) if draft.rating else ""),
        (_("And afterwards"), _(AFTERWARDS[draft.effort]) if draft.effort is not None else ""),
        (_("Was hard"), _labels(DifficultyTag, draft.difficulty)),
        (_("Talked about"), _labels(Topic, draft.topics)),
        (_("Helped to decide by"), _labels(Technique, draft.techniques)),
        (_("Built a bridge to"), _labels(BridgingTag, draft.bridging)),
        (_("Written down late because"), draft.late_reason or ""),
        (_("Note"), draft.note or ""),
    ]
    return [(asked, answered) for asked, answered in lines if answered]


def what_became(status: ContactStatus, missed_by: MissedBy | None) -> str:
    """Say what became of a contact, and on whose side."""
    said = _(status.label)
    return f"{said} ({_(missed_by.label)})" if missed_by is not None else said


def how(channel: Channel | None) -> str:
    """Say how two people were in touch, nothing where it is not known."""
    return _(channel.label) if channel is not None else ""


def support_in_words(codes: Iterable[str]) -> list[str]:
    """Name kinds of support, each sub-type and each area that stands alone."""
    labels = {one.code: one.label for one in support.SUBTYPES}
    labels |= {area.value: area.label for area in SupportArea}
    return [_(labels[code]) for code in support.codes(support.mask(codes))]


def areas_in_words() -> tuple[str, ...]:
    """Return, for each of the 32 sets of areas, its names in a row: a list looks its cells up here."""
    labels = [_(label) for label in AREA_LABELS]
    return tuple(
        ", ".join(label for bit, label in enumerate(labels) if bits >> bit & 1) for bits in range(32)
    )


def _labels(kind: type[Word], values: Iterable[str]) -> str:
    return ", ".join(_(word.label) for word in kind if word.value in set(values))


def afterwards_in_words() -> dict[int | None, str]:
    """Return how a contact left the volunteer, by what was said: a list looks its cells up here."""
    return {None: "", **{effort: _(label) for effort, label in AFTERWARDS.items()}}
