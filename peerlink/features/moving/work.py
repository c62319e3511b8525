"""Carries what one import under way knows from sheet to sheet."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from peerlink.features.moving.faults import Report
from peerlink.features.moving.known import Known
from peerlink.framework.parameters import Limits
from peerlink.roles import Viewer


@dataclass
class Work:
    """One import under way."""

    report: Report
    zone: ZoneInfo
    now: dt.datetime
    limits: Limits
    viewer: Viewer | None
    """Who brings the workbook; None at the command line."""
    known: Known = field(default_factory=Known)
    gone: dict[uuid.UUID, tuple[str, int, str]] = field(default_factory=dict)
    """People already known whose new status allows no active match: sheet, row and status."""
    match_status: dict[uuid.UUID, str] = field(default_factory=dict)
    areas: set[str] = field(default_factory=set)
    apart: list[tuple[str, int, tuple[str, ...], list[str]]] = field(default_factory=list)
    """keep_apart cells not resolved yet: sheet, row, sheets they may point at, what they name."""

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(self.zone).date()

    @property
    def keeps(self) -> bool:
        """Whether rows are written: not in a dry run, and no more once there is a fault."""
        return not self.report.dry_run and self.report.n_faults == 0

    def may_compare(self, table: str) -> bool:
        """Whether whoever brings the workbook may learn what stands in this table.

        Where they may not, rows that are there already are left alone: a dry run that tells `unchanged`
        from `changed` would answer guesses about what is sealed.
        """
        return self.viewer is None or table in self.viewer.opens()
