"""Keeps check-ins and supervision."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from sqlalchemy import select, tuple_

from peerlink.features.moving.keeping import Keeper
from peerlink.features.moving.reading import Row
from peerlink.features.moving.sanity import not_ahead
from peerlink.features.supervision.models import Supervision
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus, SupervisionStatus
from peerlink.instruments.checkin import ITEMS
from peerlink.lifecycle import Kind
from peerlink.store.session import session
from peerlink.words import _

EARLIEST = dt.timedelta(days=14)
"""How long before it is due a check-in may be answered; as long after that it has run out."""


class CheckinKeeper(Keeper):
    """What volunteers answered."""

    sheet = "checkins"
    model = Checkin
    kind = Kind.CHECKIN
    with_history = False
    points_at: ClassVar[dict[str, str]] = {"volunteer": "volunteers"}
    blank: ClassVar[dict[str, Any]] = {"answered_on": None}

    def values(self, row: Row) -> dict[str, Any]:
        volunteer = self.pointed(row, "volunteer")
        answers = {item.id: row.get(item.id) for item in ITEMS if row.get(item.id) is not None}
        values = {
            "volunteer_id": volunteer.id if volunteer else None,
            "due_on": row.get("due_on"),
            "answered_on": row.get("answered_on"),
            "status": self._status(row),
            "request": row.get("contact_request"),
            "skipped_reason": row.get("skipped_reason"),
        }
        if any(item.id in row.said for item in ITEMS):
            values["answers"] = answers or None
        self._check_answers(row, answers)
        return values

    def _status(self, row: Row) -> CheckinStatus:
        if row.get("answered_on"):
            return CheckinStatus.ANSWERED
        if row.get("skipped_reason"):
            return CheckinStatus.SKIPPED
        overdue = row.get("due_on") + EARLIEST < self.work.today
        return CheckinStatus.EXPIRED if overdue else CheckinStatus.DUE

    def _check_answers(self, row: Row, answers: dict[str, int]) -> None:
        answered = row.get("answered_on")
        not_ahead(row, self.work.today, "answered_on")
        if answered is not None and answered < row.get("due_on") - EARLIEST:
            row.refuse(
                "answered_on",
                _("Answered more than 14 days before it was due."),
                _("%(day)s or later.", day=(row.get("due_on") - EARLIEST).isoformat()),
            )
        if answers and answered is None:
            row.refuse("answered_on", _("There are answers, and nobody says from when."), "YYYY-MM-DD")
        if answered is not None and row.get("skipped_reason"):
            row.refuse("skipped_reason", _("This check-in was answered, so it was not skipped."), _("Empty."))

    def key(self, row: Row, values: dict[str, Any]) -> Any:
        return values["volunteer_id"], values["due_on"]

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        key = tuple_(Checkin.volunteer_id, Checkin.due_on)
        found = session.scalars(select(Checkin).where(key.in_([key for _row, _values, key in rows])))
        return {(one.volunteer_id, one.due_on): one for one in found}

    def changes(self, values: dict[str, Any], old: Any) -> dict[str, Any]:
        """Let time pass without a change: what was due runs out by itself."""
        waiting = {CheckinStatus.DUE, CheckinStatus.EXPIRED}
        if {values["status"], old.status} <= waiting:
            values = {**values, "status": old.status}
        return super().changes(values, old)

    def subject(self, row_id: uuid.UUID, values: dict[str, Any]) -> uuid.UUID:
        return values["volunteer_id"]  # type: ignore[no-any-return]


class SupervisionKeeper(Keeper):
    """Meetings of volunteers and whoever looks after them."""

    sheet = "supervision"
    model = Supervision
    kind = Kind.SUPERVISION
    with_history = False
    points_at: ClassVar[dict[str, str]] = {
        "volunteer": "volunteers",
        "supervisor": "staff",
        "about_contact": "contacts",
    }
    blank: ClassVar[dict[str, Any]] = {
        "supervisor_id": None,
        "minutes": None,
        "about_contact_id": None,
        "group_id": None,
    }

    def values(self, row: Row) -> dict[str, Any]:
        values = dict(row.said)
        volunteer, contact = self.pointed(row, "volunteer"), self.pointed(row, "about_contact")
        values["volunteer_id"] = volunteer.id if volunteer else None
        del values["volunteer"]
        if "supervisor" in values:
            supervisor = self.pointed(row, "supervisor")
            values["supervisor_id"] = supervisor.id if supervisor else None
            del values["supervisor"]
        if "about_contact" in values:
            values["about_contact_id"] = contact.id if contact else None
            del values["about_contact"]
        if contact is not None and contact.volunteer_id != values["volunteer_id"]:
            row.refuse(
                "about_contact", _("This contact is of another volunteer."), _("A contact of this one.")
            )
        return values

    def key(self, row: Row, values: dict[str, Any]) -> Any:
        return values["volunteer_id"], values["kind"], values["held_on"]

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        key = tuple_(Supervision.volunteer_id, Supervision.kind, Supervision.held_on)
        found = session.scalars(select(Supervision).where(key.in_([key for _row, _values, key in rows])))
        return {(one.volunteer_id, one.kind, one.held_on): one for one in found}

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        if values["status"] in {SupervisionStatus.HELD, SupervisionStatus.MISSED}:
            not_ahead(row, self.work.today, "held_on")

    def subject(self, row_id: uuid.UUID, values: dict[str, Any]) -> uuid.UUID:
        return values["volunteer_id"]  # type: ignore[no-any-return]
