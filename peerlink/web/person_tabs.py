"""The ways from one person's page to what other rooms know of them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from peerlink.roles import Permission
from peerlink.web.navigation import Shown
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@dataclass(frozen=True)
class Tab:
    """One page about a person, as wiring lists it; its address takes `<kind>_id`."""

    endpoint: str
    label: str
    icon: str
    permission: Permission


_tabs: dict[str, tuple[Tab, ...]] = {}
_journeys: dict[str, Mapping[str, str]] = {}


def set_tabs(kind: str, tabs: tuple[Tab, ...]) -> None:
    """Learn which pages there are about a `participant` or a `volunteer`."""
    _tabs[kind] = tabs


def tabs_of(kind: str, person_id: uuid.UUID) -> list[Shown]:
    """Return the pages about one person that are open to whoever is looking."""
    looking = current_viewer()
    return [
        Shown(
            _(tab.label),
            _address(tab.endpoint, {f"{kind}_id": person_id}),
            tab.icon,
            tab.endpoint == request.endpoint,
            "",
        )
        for tab in _tabs.get(kind, ())
        if looking.may(tab.permission)
    ]


def set_journeys(kind: str, journeys: Mapping[str, str]) -> None:
    """Learn which steps of a person's life-cycle have a page of their own, by state."""
    _journeys[kind] = journeys


def journey_of(kind: str, state: str, person_id: uuid.UUID) -> str | None:
    """Return the page a step leads to, None where a word is enough."""
    endpoint = _journeys.get(kind, {}).get(state)
    return _address(endpoint, {f"{kind}_id": person_id}) if endpoint else None


def _address(endpoint: str, values: dict[str, Any]) -> str:
    return url_for(endpoint, **values)
