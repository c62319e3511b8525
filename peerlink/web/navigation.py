"""The ways through the house that stand at the top of every page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import request, url_for

from peerlink.roles import Permission, Viewer
from peerlink.web.viewer import viewer
from peerlink.words import _


@dataclass(frozen=True)
class Way:
    """One entry of the navigation, as wiring lists it."""

    endpoint: str
    label: str
    icon: str
    permission: Permission
    key: str = ""
    """The letter that goes there after `g`."""


@dataclass(frozen=True)
class State:
    """How far a setting is, in a few words."""

    text: str
    tone: str = ""
    """`watch` where somebody should look; else nothing."""


@dataclass(frozen=True)
class Setting(Way):
    """One page that sets something once, as wiring lists it."""

    group: str = ""
    says: str = ""
    """What it settles, in one sentence."""
    state: Callable[[], State] | None = None


@dataclass(frozen=True)
class Set:
    """One setting as a page shows it."""

    label: str
    url: str
    icon: str
    says: str
    state: State | None


@dataclass(frozen=True)
class Shown:
    """One entry as a page shows it."""

    label: str
    url: str
    icon: str
    current: bool
    key: str
    n_new: int = 0
    """How much is new there."""


OneWay = TypeVar("OneWay", bound=Way)

_ways: list[Way] = []
_own: list[Way] = []
_settings: list[Setting] = []
_news: dict[str, Callable[[Viewer], int]] = {}


def set_ways(ways: tuple[Way, ...], own: tuple[Way, ...], settings: tuple[Setting, ...] = ()) -> None:
    """Learn which ways there are: for everybody's work, about oneself, to what a programme sets once."""
    _ways[:] = ways
    _own[:] = own
    _settings[:] = settings


def set_news(endpoint: str, n_new: Callable[[Viewer], int]) -> None:
    """Learn how to count what is new where a way leads; it is asked once for each page that is looked at."""
    _news[endpoint] = n_new


def ways_for_viewer() -> list[Shown]:
    """Return the ways open to whoever is looking."""
    ways = _open(_ways)
    here = _current(ways)
    return [_shown(way, current=way.endpoint == here, n_new=_n_new(way)) for way in ways]


def own_ways_for_viewer() -> list[Shown]:
    """Return the ways to what is about whoever is looking."""
    return [_shown(way, current=way.endpoint == request.endpoint) for way in _open(_own)]


def settings_for_viewer() -> dict[str, list[Set]]:
    """Return what whoever is looking may set for the programme, by group, each with how far it is."""
    groups: dict[str, list[Set]] = {}
    for one in _open(_settings):
        state = one.state() if one.state else None
        shown = Set(_(one.label), url_for(one.endpoint), one.icon, _(one.says), state)
        groups.setdefault(_(one.group), []).append(shown)
    return groups


def _open(ways: list[OneWay]) -> list[OneWay]:
    looking = viewer()
    return [] if looking is None else [way for way in ways if looking.may(way.permission)]


def _shown(way: Way, *, current: bool, n_new: int = 0) -> Shown:
    return Shown(_(way.label), url_for(way.endpoint), way.icon, current, way.key, n_new)


def _n_new(way: Way) -> int:
    """Count what is new on a page that is looked at; on the page itself it is before one's eyes."""
    counted, looking = _news.get(way.endpoint), viewer()
    is_looked_at = request.method == "GET" and "HX-Request" not in request.headers
    if counted is None or looking is None or not is_looked_at or request.endpoint == way.endpoint:
        return 0
    return counted(looking)


def _current(ways: list[Way]) -> str | None:
    """Return the way to the room we are in: the one our address lies under, or the last of the room.

    What a programme sets once belongs to the programme's own page, and what is about oneself to no room.
    """
    here = request.endpoint
    if here in {way.endpoint for way in (*_ways, *_own)}:
        return here
    addresses = {way.endpoint: url_for(way.endpoint) for way in ways}
    inside = [one for one, address in addresses.items() if request.path.startswith(f"{address}/")]
    if inside:
        return max(inside, key=lambda one: len(addresses[one]))
    is_setting = here in {way.endpoint for way in _settings}
    room = _settings[0].endpoint.partition(".")[0] if is_setting else request.blueprint
    return {way.endpoint.partition(".")[0]: way.endpoint for way in ways}.get(room or "")
