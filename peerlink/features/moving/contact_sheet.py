"""Keeps contacts: what windows need readable, the rest sealed under the participant's key."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from sqlalchemy import select

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.moving.keeping import Keeper, by_ref, plain
from peerlink.features.moving.known import Stub, index_of
from peerlink.features.moving.reading import Row
from peerlink.framework import support
from peerlink.framework.vocabularies import HEAVY, NEGATIVE, ContactStatus, DifficultyTag
from peerlink.lifecycle import Kind
from peerlink.store import bulk
from peerlink.store.bulk import NewRow
from peerlink.store.session import session
from peerlink.words import _

SHORTEST, LONGEST = 5, 240
"""Minutes a held contact may last."""
HAPPENED = frozenset({ContactStatus.HELD, ContactStatus.MISSED})
"""What cannot be said of a day to come."""
SEALED = ("planned_at", "started_at", "ref", "techniques", "topics", "difficulty", "effort", "helped", "note")
LISTS = frozenset({"techniques", "topics", "difficulty"})
PLAIN = ("status", "channel", "in_clinic")
RENAMED = {"by": "missed_by", "place_rating": "rating"}


class ContactKeeper(Keeper):
    """Contacts; two tables, so rows of both are made and compared."""

    sheet = "contacts"
    model = ContactDetail
    kind = Kind.CONTACT
    points_at: ClassVar[dict[str, str]] = {"match": "matches", "place": "places"}

    def values(self, row: Row) -> dict[str, Any]:
        match, place = self.pointed(row, "match"), self.pointed(row, "place")
        said = row.said
        values: dict[str, Any] = {"ref_token": self.ref_token(row), "match": match, "status": said["status"]}
        for name in SEALED:
            if name in said:
                values[name] = plain(said[name]) if name in LISTS else said[name]
        values |= {name: said[name] for name in PLAIN if name in said}
        values |= {name: said[column] for column, name in RENAMED.items() if column in said}
        if "place" in said:
            values["place_id"] = place.id if place else None
        values |= _counted(said)
        if match is not None and not row.problems:
            self._days(row, values, match)
        return values

    def _days(self, row: Row, values: dict[str, Any], match: Stub) -> None:
        planned, started = row.get("planned_at"), row.get("started_at")
        held = values["status"] is ContactStatus.HELD
        moment = started if held else planned or started
        if moment is None:
            column = "started_at" if held else "planned_at"
            row.refuse(column, _("Nobody says when this contact was."), _("A moment as YYYY-MM-DDTHH:MM."))
            return
        local = moment.astimezone(self.work.zone)
        values["day"] = local.date()
        values["planned_on"] = planned.astimezone(self.work.zone).date() if planned else None
        values["late"] = held and not self._within_hours(local)
        if held:
            _check_within_match(row, values["day"], match)

    def _within_hours(self, local: dt.datetime) -> bool:
        limits = self.work.limits
        return limits.number("contact.hours_from") <= local.hour < limits.number("contact.hours_to")

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        held, minutes = values["status"] is ContactStatus.HELD, row.get("minutes")
        if held and minutes is not None and not SHORTEST <= minutes <= LONGEST:
            row.refuse(
                "minutes",
                _("A held contact of %(n)s minutes.", n=minutes),
                _("%(low)s to %(high)s.", low=SHORTEST, high=LONGEST),
            )
        ahead = row.get("started_at") or (row.get("planned_at") if values["status"] in HAPPENED else None)
        if ahead is not None and ahead > self.work.now:
            column = "started_at" if row.get("started_at") else "planned_at"
            row.refuse(
                column, _("This contact is still to come."), _("A moment that has passed, or status planned.")
            )
        tags = row.get("difficulty") or ()
        if DifficultyTag.NONE in tags and len(tags) > 1:
            row.refuse(
                "difficulty", _("'none' stands beside other words."), _("Either 'none' or the others.")
            )
        if old is not None and old[0].match_id != values["match"].id:
            row.refuse(
                "match", _("This contact belongs to another match."), _("A new ref for a new contact.")
            )

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        index = index_of(ContactDetail)
        asked = select(Contact, ContactDetail).join(ContactDetail, ContactDetail.id == Contact.id)
        found = session.execute(asked.where(index.in_([key for _row, _values, key in rows]))).all()
        return {by_ref(detail): (contact, detail) for contact, detail in found}

    def subject(self, row_id: uuid.UUID, values: dict[str, Any]) -> uuid.UUID:
        return values["match"].participant_id  # type: ignore[no-any-return]

    def stub(self, row_id: uuid.UUID, values: dict[str, Any]) -> Stub:
        return Stub(row_id, values["status"], values["match"].volunteer_id)

    def insert(self, rows: list[NewRow]) -> None:
        bulk.insert_rows(Contact, [(row_id, subject, _readable(said)) for row_id, subject, said in rows])
        bulk.insert_rows(ContactDetail, [(row_id, subject, _sealed(said)) for row_id, subject, said in rows])

    def _compare(self, row: Row, values: dict[str, Any], key: Any, old: Any) -> None:
        contact, detail = old
        match = values.pop("match")
        token = values.pop("ref_token")
        tally = self.work.report.sheet(self.sheet)
        if self.refused_step(row, contact.status, values["status"]):
            return
        self.work.known.add(self.sheet, token, Stub(contact.id, values["status"], match.volunteer_id))
        sealed = self.changes({name: values.pop(name) for name in SEALED if name in values}, detail)
        readable = self.changes(values, contact)
        if not sealed and not readable:
            tally.unchanged += 1
            return
        tally.changed += 1
        if self.work.keeps:
            for one, changes in ((contact, readable), (detail, sealed)):
                for name, said in changes.items():
                    setattr(one, name, said)


def _counted(said: dict[str, Any]) -> dict[str, Any]:
    """Return what counters need of minutes, support and difficulty."""
    counted: dict[str, Any] = {}
    if "minutes" in said:
        counted["minutes"] = said["minutes"] or 0
    if "support" in said:
        counted["support"] = mask = support.mask(said["support"] or ())
        counted["areas"] = support.areas(mask)
    if "difficulty" in said:
        tags = set(said["difficulty"] or ())
        counted["heavy"], counted["difficult"] = bool(tags & HEAVY), bool(tags & NEGATIVE)
    return counted


def _check_within_match(row: Row, day: dt.date, match: Stub) -> None:
    if match.started_on is not None and day < match.started_on:
        row.refuse(
            "started_at",
            _("This contact was held before its match started."),
            _("%(day)s or later.", day=match.started_on.isoformat()),
        )
    if match.ended_on is not None and day > match.ended_on:
        row.refuse(
            "started_at",
            _("This contact was held after its match ended."),
            _("%(day)s or earlier.", day=match.ended_on.isoformat()),
        )


def _readable(said: dict[str, Any]) -> dict[str, Any]:
    match = said["match"]
    return {
        "match_id": match.id,
        "volunteer_id": match.volunteer_id,
        "participant_id": match.participant_id,
        "day": said["day"],
        "planned_on": said["planned_on"],
        "status": said["status"],
        "missed_by": said.get("missed_by"),
        "minutes": said.get("minutes", 0),
        "channel": said.get("channel"),
        "place_id": said.get("place_id"),
        "in_clinic": said.get("in_clinic"),
        "support": said.get("support", 0),
        "areas": said.get("areas", 0),
        "late": said["late"],
        "heavy": said.get("heavy", False),
        "difficult": said.get("difficult", False),
        "rating": said.get("rating"),
    }


def _sealed(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in SEALED if said.get(name) is not None}
