"""Keeps incidents: what lists and rules need readable, the reference sealed."""

import uuid
from typing import Any, ClassVar

from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.queries import handlers_of
from peerlink.features.incidents.rules import clocks_from
from peerlink.features.moving.keeping import Keeper
from peerlink.features.moving.reading import Row
from peerlink.features.moving.sanity import in_order, not_ahead
from peerlink.framework.incident_words import SUGGESTED, IncidentStatus
from peerlink.lifecycle import Kind
from peerlink.store.sealing import NOBODY
from peerlink.words import _

PEOPLE = ("volunteer", "participant", "place")
PEOPLE_IDS = ("volunteer_id", "participant_id")
DATED_BY = {"reported_on", "type", "severity"}
"""What the clocks of an incident follow from."""


class IncidentKeeper(Keeper):
    """What happened before the programme moved in; what is not closed has a handler, and its clocks run."""

    sheet = "incidents"
    model = Incident
    kind = Kind.INCIDENT
    with_history = False
    points_at: ClassVar[dict[str, str]] = {
        "volunteer": "volunteers",
        "participant": "participants",
        "place": "places",
    }
    blank: ClassVar[dict[str, Any]] = {
        "severity": None,
        "status": IncidentStatus.REPORTED,
        "closed_on": None,
        "volunteer_id": None,
        "participant_id": None,
        "place_id": None,
        "about_account_id": None,
        "handler_id": None,
        "reporter_id": None,
        "triage_due_at": None,
        "told_stage": 0,
        "breach_stage": 0,
    }
    never_empty = frozenset({"severity", "status"})

    def values(self, row: Row) -> dict[str, Any]:
        values = {**row.said, "ref_token": self.ref_token(row)}
        for column in PEOPLE:
            if column in values:
                found = self.pointed(row, column)
                values[f"{column}_id"] = found.id if found else None
                del values[column]
        return values

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        in_order(row, "reported_on", "closed_on")
        not_ahead(row, self.work.today, "reported_on", "closed_on")
        closed = values.get("status") is IncidentStatus.CLOSED
        if closed and row.get("closed_on") is None:
            row.refuse("closed_on", _("This incident is closed, and nobody says since when."), "YYYY-MM-DD")
        if not closed and row.get("closed_on") is not None:
            row.refuse(
                "closed_on",
                _("This incident has an end and is not closed."),
                _("status closed, or no closed_on."),
            )
        if old is not None and not row.problems and self._whose(values, old) != old.subject_id:
            row.refuse("ref", _("This incident is about somebody else."), _("A new ref for a new incident."))

    def _whose(self, values: dict[str, Any], old: Any) -> uuid.UUID:
        said = {name: values.get(name, getattr(old, name)) for name in PEOPLE_IDS}
        return self.subject(old.id, said)

    def complete(self, values: dict[str, Any]) -> None:
        if values["severity"] is None:
            values["severity"] = SUGGESTED[values["type"]]
        if values["status"] is not IncidentStatus.CLOSED:
            values |= self._clocks(values)
            whose = {name: values[name] for name in (*PEOPLE_IDS, "type", "about_account_id")}
            handlers = handlers_of(Incident(**whose))
            values["handler_id"] = handlers[0].account_id if handlers else None

    def kept_changed(self, row: Row, old: Any, changes: dict[str, Any]) -> None:
        if old.status is not IncidentStatus.CLOSED and changes.keys() & DATED_BY:
            said = {name: getattr(old, name) for name in DATED_BY}
            for name, moment in self._clocks(said).items():
                setattr(old, name, moment)

    def _clocks(self, values: dict[str, Any]) -> dict[str, Any]:
        zone = self.work.zone.key
        begins, due = clocks_from(values["reported_on"], values["type"], values["severity"], zone)
        return {"reported_at": begins, "triage_due_at": due}

    def subject(self, row_id: uuid.UUID, values: dict[str, Any]) -> uuid.UUID:
        return values["volunteer_id"] or values["participant_id"] or NOBODY
