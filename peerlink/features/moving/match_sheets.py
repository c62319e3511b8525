"""Keeps trainings and matches."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from sqlalchemy import select, tuple_

from peerlink.features.matching.models import Answer, Match
from peerlink.features.moving.keeping import Keeper
from peerlink.features.moving.known import AT_ONCE, Stub
from peerlink.features.moving.people_sheets import MATCHED_VOLUNTEERS, UNMATCHED_PARTICIPANTS
from peerlink.features.moving.reading import Row
from peerlink.features.moving.sanity import in_order, not_ahead
from peerlink.features.training.models import Completion
from peerlink.framework import support
from peerlink.framework.vocabularies import MatchStatus, TrainingResult
from peerlink.lifecycle import Kind
from peerlink.store.session import session
from peerlink.words import _

BOTH_SAID_YES = frozenset({MatchStatus.ACCEPTED, MatchStatus.ACTIVE, MatchStatus.PAUSED, MatchStatus.ENDED})
SINCE = {
    MatchStatus.PROPOSED: ("proposed_on",),
    MatchStatus.ACCEPTED: ("accepted_on", "proposed_on"),
    MatchStatus.ENDED: ("ended_on",),
    MatchStatus.ACTIVE: ("started_on", "accepted_on", "proposed_on"),
}
"""The days a status may have begun on, the first one known counts."""


class TrainingKeeper(Keeper):
    """Modules volunteers have taken."""

    sheet = "training"
    model = Completion
    points_at: ClassVar[dict[str, str]] = {"volunteer": "volunteers"}
    blank: ClassVar[dict[str, Any]] = {
        "valid_until": None,
        "minutes": 0,
        "result": TrainingResult.PASSED,
        "mandatory": False,
        "areas": 0,
    }
    never_empty = frozenset(blank) - {"valid_until"}

    def values(self, row: Row) -> dict[str, Any]:
        volunteer = self.pointed(row, "volunteer")
        values = {**row.said, "volunteer_id": volunteer.id if volunteer else None}
        del values["volunteer"]
        if "hours" in values:
            values["minutes"] = values.pop("hours")
        if "areas" in values:
            values["areas"] = support.mask(values["areas"] or ())
        return values

    def key(self, row: Row, values: dict[str, Any]) -> Any:
        return values["volunteer_id"], values["module"], values["completed_on"]

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        key = tuple_(Completion.volunteer_id, Completion.module, Completion.completed_on)
        found = session.scalars(select(Completion).where(key.in_([key for _row, _values, key in rows])))
        return {(one.volunteer_id, one.module, one.completed_on): one for one in found}

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        in_order(row, "completed_on", "valid_until")
        not_ahead(row, self.work.today, "completed_on")


class MatchKeeper(Keeper):
    """Who walks with whom."""

    sheet = "matches"
    model = Match
    kind = Kind.MATCH
    points_at: ClassVar[dict[str, str]] = {"volunteer": "volunteers", "participant": "participants"}
    blank: ClassVar[dict[str, Any]] = {
        "proposed_on": None,
        "accepted_on": None,
        "started_on": None,
        "ended_on": None,
        "end_reason": None,
        "planned_end": None,
        "planned_interval_days": None,
    }
    stub_needs = ("status", "volunteer_id", "participant_id", "started_on", "ended_on")

    def values(self, row: Row) -> dict[str, Any]:
        values = {**row.said, "ref_token": self.ref_token(row)}
        volunteer, participant = self.pointed(row, "volunteer"), self.pointed(row, "participant")
        if values["status"] is MatchStatus.ACTIVE and volunteer and participant:
            _check_people(row, volunteer, participant)
        values["volunteer_id"] = volunteer.id if volunteer else None
        values["participant_id"] = participant.id if participant else None
        del values["volunteer"], values["participant"]
        return values

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        in_order(row, "proposed_on", "accepted_on", "started_on", "ended_on")
        not_ahead(row, self.work.today, "proposed_on", "accepted_on", "ended_on")
        if values["status"] is MatchStatus.ACTIVE:
            not_ahead(row, self.work.today, "started_on")
        ended = values["status"] is MatchStatus.ENDED
        if ended and row.get("ended_on") is None:
            row.refuse("ended_on", _("This match has ended, and nobody says when."), "YYYY-MM-DD")
        if not ended and row.get("ended_on") is not None:
            row.refuse(
                "ended_on", _("This match has an end and has not ended."), _("status ended, or no ended_on.")
            )
        if old is None:
            return
        self.work.match_status[old.id] = values["status"]
        if (old.volunteer_id, old.participant_id) != (values["volunteer_id"], values["participant_id"]):
            row.refuse("ref", _("This match is of two other people."), _("A new ref for a new match."))

    def subject(self, row_id: uuid.UUID, values: dict[str, Any]) -> uuid.UUID:
        return values["participant_id"]  # type: ignore[no-any-return]

    def stub(self, row_id: uuid.UUID, values: dict[str, Any]) -> Stub:
        return Stub(row_id, *(values[name] for name in self.stub_needs))

    def since(self, values: dict[str, Any]) -> dt.date:
        days = [values[name] for name in SINCE.get(values["status"], ()) if values[name] is not None]
        return days[0] if days else self.work.today

    def complete(self, values: dict[str, Any]) -> None:
        said = Answer.YES if values["status"] in BOTH_SAID_YES else None
        values["volunteer_said"] = values["participant_said"] = said

    def finish_after_all(self) -> None:
        """Refuse a status that leaves an active match of before behind, with somebody who cannot have one."""
        people = list(self.work.gone)
        for i in range(0, len(people), AT_ONCE):
            some = people[i : i + AT_ONCE]
            for column in (Match.volunteer_id, Match.participant_id):
                asked = select(Match.id, column).where(column.in_(some), Match.status == MatchStatus.ACTIVE)
                for match_id, person_id in session.execute(asked).all():
                    self._refuse_leftover(match_id, person_id)

    def _refuse_leftover(self, match_id: uuid.UUID, person_id: uuid.UUID) -> None:
        if self.work.match_status.get(match_id, MatchStatus.ACTIVE) is not MatchStatus.ACTIVE:
            return
        sheet, row, status = self.work.gone[person_id]
        self.work.report.fault(
            sheet,
            row,
            "status",
            _("Somebody who is '%(status)s' has an active match here.", status=status),
            _("End the match in the sheet matches too."),
        )


def _check_people(row: Row, volunteer: Stub, participant: Stub) -> None:
    if volunteer.status not in MATCHED_VOLUNTEERS:
        row.refuse(
            "status",
            _("An active match with a volunteer who is '%(status)s'.", status=str(volunteer.status)),
            _("A volunteer who is active or paused, or a match that has ended."),
        )
    if participant.status in UNMATCHED_PARTICIPANTS:
        row.refuse(
            "status",
            _("An active match with a participant who is '%(status)s'.", status=str(participant.status)),
            _("A participant who is waiting, matched or active, or a match that has ended."),
        )
