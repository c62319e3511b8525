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


class Summaries:
    """Says a contact in one line, for lists of many: every word is looked up once, not row by row."""

    def __init__(self) -> None:
        labels = [_(area.label) for area in sorted(SupportArea, key=lambda area: area.bit)]
        self._channels: dict[Channel | None, str] = {one: _(one.label) for one in Channel}
        self._channels[None] = ""
        self._areas = tuple(
            "".join(f" · {label}" for bit, label in enumerate(labels) if bits >> bit & 1)
            for bits in range(32)
        )
        self._minutes = _("%(n)s min", n="{}")
        felt = {effort: _("felt %(how)s", how=_(label)) for effort, label in AFTERWARDS.items()}
        self._felt: dict[int | None, str] = {effort: f" · {said}" for effort, said in felt.items()}

    def line(self, channel: Channel | None, minutes: int, areas: int, effort: int | None) -> str:
        """Say how, how long, with what it helped and how it felt; nothing for what is not known."""
        lasted = f" · {self._minutes.format(minutes)}" if minutes else ""
        said = f"{self._channels[channel]}{lasted}{self._areas[areas]}{self._felt.get(effort, '')}"
        return said.removeprefix(" · ")


def _labels(kind: type[Word], values: Iterable[str]) -> str:
    return ", ".join(_(word.label) for word in kind if word.value in set(values))
