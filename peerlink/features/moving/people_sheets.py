"""Keeps volunteers and participants, and says who may be here already under another reference."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from sqlalchemy import select

from peerlink.features.moving.keeping import Keeper, plain
from peerlink.features.moving.known import AT_ONCE, Stub
from peerlink.features.moving.reading import Row
from peerlink.features.moving.sanity import in_order, not_ahead
from peerlink.features.moving.work import Work
from peerlink.features.participants.models import CONSENTS, Participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.retention import GONE, kept_until, seen_before
from peerlink.features.volunteers.service import part_with
from peerlink.framework.vocabularies import ParticipantStatus, VolunteerStatus
from peerlink.lifecycle import Kind
from peerlink.store import names
from peerlink.store.bulk import NewRow
from peerlink.store.house import fingerprint
from peerlink.store.session import session
from peerlink.words import _

_PARTS = ("given_name", "family_name", "birth_year")
LISTS = ("life_stages", "communities", "skills", "channels", "availability", "limits", "keep_apart")
LISTS_OF_PARTICIPANTS = ("needs", "goals", "channels", "availability", "keep_apart", "safe_channels")
MATCHED_VOLUNTEERS = frozenset({VolunteerStatus.ACTIVE, VolunteerStatus.PAUSED})
"""Volunteers who may have an active match."""
UNMATCHED_PARTICIPANTS = frozenset(
    {ParticipantStatus.REFERRED, ParticipantStatus.DECLINED, ParticipantStatus.NOT_REACHED}
)
"""Participants who may not."""


class PersonKeeper(Keeper):
    """What volunteers and participants have in common."""

    lists_of: ClassVar[dict[str, str]] = {"places": "places"}
    stub_needs = ("status",)
    lists: ClassVar[tuple[str, ...]] = ()
    apart_from: ClassVar[tuple[str, ...]] = ()
    """The sheets a keep_apart cell may point at, besides areas."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._seen: dict[Any, str] = {}
        self._here: dict[tuple[str, int], str] | None = None

    def values(self, row: Row) -> dict[str, Any]:
        values = {**row.said, "ref_token": self.ref_token(row)}
        for name in self.lists:
            if name in values:
                values[name] = plain(values[name])
        for column, attribute in (("site", "site_id"), ("supervisor", "supervisor_id")):
            if column in values:
                pointed = self.pointed(row, column)
                values[attribute] = pointed.id if pointed else None
                del values[column]
        if "places" in values:
            found = [self.point(row, "places", "places", ref) for ref in values["places"] or ()]
            values["places"] = [place.id.hex for place in found if place] or None
        if row.get("area"):
            self.work.areas.add(row.get("area"))
        if row.get("keep_apart"):
            self.work.apart.append((self.sheet, row.number, self.apart_from, list(row.get("keep_apart"))))
        return values

    def subject(self, row_id: uuid.UUID, values: dict[str, Any]) -> uuid.UUID:
        return row_id

    def stub(self, row_id: uuid.UUID, values: dict[str, Any]) -> Stub:
        return Stub(row_id, values["status"])

    def since(self, values: dict[str, Any]) -> dt.date:
        return values["status_since"]  # type: ignore[no-any-return]

    def kept_new(self, made: list[tuple[Row, NewRow]]) -> None:
        self._hint(made)
        if self.work.keeps and self.kind is not None:
            names.put_many(self.kind.value, [(row_id, _called(said)) for _row, (row_id, _s, said) in made])

    def kept_changed(self, row: Row, old: Any, changes: dict[str, Any]) -> None:
        if self.kind is not None and changes.keys() & {"given_name", "family_name", "alias"}:
            said = {name: getattr(old, name) for name in ("given_name", "family_name", "alias")}
            names.put(self.kind.value, old.id, _called(said))

    def _hint(self, made: list[tuple[Row, NewRow]]) -> None:
        """Say which new people share a phone, an e-mail address, or name and birth year with another."""
        found: dict[Any, str] = self._already_here(made)
        seen = self._seen
        for row, (_id, _subject, said) in made:
            for mark, why in self._marks(said):
                other = seen.setdefault(mark, said["ref"])
                if other == said["ref"]:
                    other = found.get(mark, other)
                if other != said["ref"]:
                    text = _("Possible duplicate of %(ref)s: the same %(why)s.", ref=other, why=why)
                    self.work.report.hint(self.sheet, row.number, text)
                    break

    def _marks(self, said: dict[str, Any]) -> list[tuple[Any, str]]:
        marks: list[tuple[Any, str]] = [
            (("phone", fingerprint("phone", said.get("phone"))), _("telephone number")),
            (("email", fingerprint("email", said.get("email"))), _("e-mail address")),
        ]
        marks = [mark for mark in marks if mark[0][1] is not None]
        if said.get("birth_year"):
            marks.append((("name", *_same_name(said)), _("name and birth year")))
        return marks

    def _already_here(self, made: list[tuple[Row, NewRow]]) -> dict[Any, str]:
        model: Any = self.model
        found: dict[Any, str] = {}
        marks = [mark for _row, (_id, _s, said) in made for mark, _why in self._marks(said)]
        new = {row_id for _row, (row_id, _s, _said) in made}
        for kind, index in (("phone", model.phone_index), ("email", model.email_index)):
            tokens = [mark[1] for mark in marks if mark[0] == kind]
            for i in range(0, len(tokens), AT_ONCE):
                for one in session.scalars(select(model).where(index.in_(tokens[i : i + AT_ONCE]))):
                    if one.id not in new:
                        found[(kind, one.phone_index if kind == "phone" else one.email_index)] = one.ref
        for mark in marks:
            if mark[0] == "name" and mark[1:] in (here := self._names_here()):
                found[mark] = here[mark[1:]]
        return found

    def _names_here(self) -> dict[tuple[str, int], str]:
        """Return everybody who was here before this workbook by name and birth year, opened once."""
        if self._here is None:
            model: Any = self.model
            people = session.scalars(select(model).execution_options(yield_per=AT_ONCE))
            mine = {said for said in self._keys if isinstance(said, bytes)}
            self._here = {
                _same_name({part: getattr(one, part) for part in _PARTS}): one.ref
                for one in people
                if one.ref_index not in mine and one.birth_year
            }
        return self._here


class VolunteerKeeper(PersonKeeper):
    """Volunteers."""

    sheet = "volunteers"
    model = Volunteer
    kind = Kind.VOLUNTEER
    points_at: ClassVar[dict[str, str]] = {"site": "sites", "supervisor": "staff"}
    lists = LISTS
    apart_from = ("participants", "sites")
    blank: ClassVar[dict[str, Any]] = {
        "joined_on": None,
        "site_id": None,
        "supervisor_id": None,
        "capacity": None,
        "agreed_hours": None,
        "no_new_matches_until": None,
        "email": None,
        "phone": None,
    }
    never_empty = frozenset({"status_since"})

    def values(self, row: Row) -> dict[str, Any]:
        values = super().values(row)
        if "agreed_hours_month" in values:
            values["agreed_hours"] = values.pop("agreed_hours_month")
        return values

    def complete(self, values: dict[str, Any]) -> None:
        values["status_since"] = values.get("status_since") or values["joined_on"] or self.work.today
        values["keep_until"] = seen_before(
            kept_until(values["status"], values["status_since"], values["joined_on"])
        )

    def kept_changed(self, row: Row, old: Any, changes: dict[str, Any]) -> None:
        super().kept_changed(row, old, changes)
        if old.status in GONE:
            part_with(old, by=self.work.viewer.account_id if self.work.viewer else None)
        else:
            old.keep_until = None
            if old.kept_longer:
                old.kept_longer = None

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        in_order(row, "joined_on", "status_since")
        not_ahead(row, self.work.today, "status_since")
        _check_years(row, self.work, self.sheet)
        if old is not None and old.status != values["status"] and values["status"] not in MATCHED_VOLUNTEERS:
            self.work.gone[old.id] = (self.sheet, row.number, values["status"].value)


class ParticipantKeeper(PersonKeeper):
    """Participants."""

    sheet = "participants"
    model = Participant
    kind = Kind.PARTICIPANT
    points_at: ClassVar[dict[str, str]] = {"site": "sites"}
    lists = LISTS_OF_PARTICIPANTS
    apart_from = ("volunteers", "sites")
    blank: ClassVar[dict[str, Any]] = {
        "site_id": None,
        "planned_interval_days": None,
        "email": None,
        "phone": None,
    }
    never_empty = frozenset({"status_since"})

    def values(self, row: Row) -> dict[str, Any]:
        values = super().values(row)
        given = {kind: values.pop(f"consent_{kind}_on", ...) for kind in CONSENTS}
        values["consents"] = {kind: day for kind, day in given.items() if day is not ...}
        if "wants" in values:
            wants = values["wants"] or ()
            values["wants"] = [{"trait": t, "value": v, "must": must} for t, v, must in wants] or None
        return values

    def complete(self, values: dict[str, Any]) -> None:
        values["status_since"] = values.get("status_since") or values["referred_on"]
        days = values["consents"] or {}
        values["consents"] = {kind: day.isoformat() for kind, day in days.items() if day} or None

    def changes(self, values: dict[str, Any], old: Any) -> dict[str, Any]:
        """Leave a consent whose column the sheet does not have as it was."""
        said = {kind: day.isoformat() if day else None for kind, day in values["consents"].items()}
        consents = {kind: day for kind, day in ((old.consents or {}) | said).items() if day}
        return super().changes({**values, "consents": consents or None}, old)

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        in_order(row, "referred_on", "status_since")
        given = [column for kind in CONSENTS if row.get(column := f"consent_{kind}_on")]
        not_ahead(row, self.work.today, *given)
        if given:
            in_order(row, max(given, key=row.get), "consent_until")
        not_ahead(row, self.work.today, "status_since", "referred_on")
        _check_years(row, self.work, self.sheet)
        if old is not None and old.status != values["status"] and values["status"] in UNMATCHED_PARTICIPANTS:
            self.work.gone[old.id] = (self.sheet, row.number, values["status"].value)


def _called(said: dict[str, Any]) -> str:
    return " ".join(said[name] for name in ("given_name", "family_name", "alias") if said.get(name))


def _same_name(said: dict[str, Any]) -> tuple[str, int]:
    name = " ".join(said[part] for part in ("given_name", "family_name") if said.get(part))
    return " ".join(name.casefold().split()), said["birth_year"]


def _check_years(row: Row, work: Work, sheet: str) -> None:
    for column in ("birth_year", "diagnosed_year"):
        if row.get(column) is not None and row.get(column) > work.today.year:
            right = _("A year up to %(year)s.", year=work.today.year)
            row.refuse(column, _("This year is still to come."), right)
    born, told = row.get("birth_year"), row.get("diagnosed_year")
    if born is not None and told is not None and told < born:
        work.report.hint(
            sheet, row.number, _("diagnosed_year is before birth_year: one of them may be mistyped.")
        )
