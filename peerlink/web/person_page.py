"""How a person's steps, history and wishes are said on a page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from peerlink.framework import tree
from peerlink.framework.contact_words import Channel
from peerlink.framework.people_words import LifeStage
from peerlink.framework.person import GENDERS
from peerlink.framework.support import SupportArea
from peerlink.framework.word import Word
from peerlink.lifecycle import SAID, Kind, said_with
from peerlink.web.formatting import ago, moment
from peerlink.web.person_form import language_name
from peerlink.words import _

_SYMBOLS = {"paused": "pause", "active": "ok", "closed": "close", "left": "signout", "waiting": "clock"}


class Change(Protocol):
    """One step of a life-cycle, as the history has it."""

    came_from: str | None
    became: str
    changed_on: dt.date
    at: dt.datetime
    reason: str | None
    note: str | None
    by: str | None


@dataclass(frozen=True)
class Step:
    """A step that can be taken from here."""

    to: str
    deed: str
    asks: bool
    """A reason or a day must be said first."""


def steps_shown(
    states: Iterable[Word], kind: Kind, deeds: Mapping[Any, str], leave_out: Iterable[Word] = ()
) -> list[Step]:
    """Return the steps that can be taken, each with what its button says."""
    left_out = set(leave_out)
    shown = []
    for state in states:
        if state not in left_out:
            said = said_with(kind, state)
            asks = said.required or said.review_on
            shown.append(Step(state.value, _(deeds.get(state, state.label)), asks))
    return shown


def timeline_of(
    changes: Iterable[Change], states: type[Word], names: Mapping[str, str] | None = None
) -> list[dict[str, object]]:
    """Return a record's history as the timeline shows it, reasons in words, by whom where names are given."""
    items = []
    for change in changes:
        by = (names or {}).get(change.by or "")
        words = [_reason(change), change.note, _("by %(name)s", name=by) if by else None]
        items.append(
            {
                "title": _(states(change.became).label),
                "when": ago(change.changed_on),
                "exact": moment(change.at),
                "at": change.at,
                "icon": _SYMBOLS.get(change.became, "history"),
                "text": " · ".join(word for word in words if word),
            }
        )
    return items


def channels_shown(channels: Iterable[str] | None) -> list[str]:
    """Say ways of being in touch."""
    return [_(Channel(one).label) for one in channels or () if one in set(Channel)]


def support_label(code: str) -> str:
    """Say an area of support or one of its sub-types."""
    return _(SupportArea(code).label) if code in set(SupportArea) else _(tree.node(code).title)


def wants_shown(wants: Iterable[Mapping[str, object]]) -> list[str]:
    """Say what somebody looks for in a volunteer, a must marked as such."""
    return [_want(want) + (f" ({_('a must')})" if want.get("must") else "") for want in wants]


def _want(want: Mapping[str, object]) -> str:
    trait, value = want["trait"], str(want.get("value") or "")
    if trait == "language":
        return _("speaks %(language)s", language=language_name(value))
    if trait == "age_near":
        return _("near their own age")
    if trait == "gender":
        return _(GENDERS.get(value, value))
    return _(LifeStage(value).label) if value in set(LifeStage) else value


def _reason(change: Change) -> str:
    if not change.reason:
        return ""
    for (_kind, state), said in SAID.items():
        if state.value == change.became and said.reason and change.reason in set(said.reason):
            return _(said.reason(change.reason).label)
    return change.reason
