"""What can happen to the programme, its sites and its places."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event
from peerlink.framework.people_words import PlaceStatus


class ProgrammeChanged(Event):
    """Settings of the programme were changed."""


class ThresholdChanged(Event):
    """A threshold was set anew, or back to its default."""


@dataclass(frozen=True, kw_only=True)
class SiteSaved(Event):
    """A site was added or changed."""

    site_id: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class PlaceSaved(Event):
    """A place was added or changed."""

    place_id: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class PlaceStepped(Event):
    """A place was checked, approved, suspended or retired."""

    place_id: uuid.UUID
    before: PlaceStatus
    after: PlaceStatus


@dataclass(frozen=True, kw_only=True)
class WorkbookImported(Event):
    """A workbook was taken in: whatever counts or judges the records does so anew."""

    n_new: int
    n_changed: int
