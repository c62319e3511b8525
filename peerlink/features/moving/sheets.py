"""Which sheets and columns a workbook may have (the contract of moving in), and how each cell is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from peerlink.features.moving import cells
from peerlink.features.moving.cells import Reader
from peerlink.features.moving.faults import Wrong, shown
from peerlink.framework.nearest import not_known
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import (
    Channel,
    CloseReason,
    ContactRequest,
    ContactStatus,
    DifficultyTag,
    EndReason,
    LeaveReason,
    LifeStage,
    MatchStatus,
    MissedBy,
    ParticipantStatus,
    PlaceRating,
    PlaceStatus,
    ReferralSource,
    SiteKind,
    SupervisionKind,
    SupervisionStatus,
    Technique,
    Topic,
    TrainingResult,
    VolunteerStatus,
)
from peerlink.framework.word import Word
from peerlink.instruments.checkin import ITEMS
from peerlink.roles import Role

LATER = (
    "feedback",
    "outcomes",
    "appointments",
    "referrals",
    "liaison",
    "incidents",
    "funding",
    "spend",
    "payments",
    "balance",
)
"""Sheets of the contract whose rooms do not stand yet; they are refused by name."""


STAFF_ROLES = tuple(role.value for role in Role if role is not Role.VOLUNTEER)


@dataclass(frozen=True)
class Column:
    """One column: how its cells are read, and the few words that may stand there, if they are few."""

    name: str
    read: Reader
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet; `key` are the columns its rows are known by."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("ref",)

    def column(self, name: str) -> Column:
        return next(one for one in self.columns if one.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.columns)


def _text(name: str, example: str = "", *, required: bool = False, longest: int = 120) -> Column:
    return Column(name, cells.text(longest), required, (), example)


def _ref(name: str, example: str = "", *, required: bool = False) -> Column:
    return Column(name, cells.text(40), required, (), example)


def _day(name: str, example: str = "", *, required: bool = False) -> Column:
    return Column(name, cells.day, required, (), example)


def _code(name: str, words: Iterable[Word], example: str = "", *, required: bool = False) -> Column:
    known = list(words)
    return Column(name, cells.code(known), required, tuple(word.value for word in known), example)


def _codes(name: str, reader: Reader, example: str = "") -> Column:
    return Column(name, cells.codes(reader), False, (), example)


def _whole(name: str, low: int, high: int, example: str = "") -> Column:
    return Column(name, cells.whole(low, high), False, (), example)


def _yes_no(name: str, example: str = "") -> Column:
    return Column(name, cells.yes_no, False, ("yes", "no"), example)


def _staff_role(cell: str) -> Role:
    said = cell.lower()
    if said not in STAFF_ROLES:
        raise Wrong(str(not_known(shown(cell), STAFF_ROLES)), ", ".join(STAFF_ROLES))
    return Role(said)


def _person() -> tuple[Column, ...]:
    return (
        _text("family_name"),
        _text("alias"),
        Column("email", cells.email),
        Column("phone", cells.phone),
        _whole("birth_year", 1900, 2100),
        _text("gender", longest=40),
        Column("languages", cells.languages, example="en:first"),
        _ref("site", "S1"),
        _text("area"),
    )


def _meeting() -> tuple[Column, ...]:
    return (
        _codes("channels", cells.code(Channel), "phone;in_person"),
        _codes("availability", cells.slot, "mon 18:00-20:00"),
        Column("places", cells.texts(40), example="L1"),
    )


def sheets(zone: ZoneInfo) -> dict[str, Sheet]:
    """Return every sheet that can be read now, in the order they must be read; moments are of this zone."""
    moment = cells.moment(zone)
    ordered = (
        Sheet(
            "programme",
            (
                _text("name", "Riverside", required=True),
                Column("timezone", cells.time_zone, True, (), "Europe/London"),
                Column("language", cells.text(12), False, (), "en"),
                _yes_no("under18", "no"),
                _yes_no("unpaid_by_design", "no"),
                _yes_no("community_only", "no"),
            ),
            (),
        ),
        Sheet(
            "sites",
            (
                _ref("ref", "S1", required=True),
                _text("name", "Centre", required=True),
                _code("kind", SiteKind, "community"),
                _text("area", "A1"),
            ),
        ),
        Sheet(
            "staff",
            (
                _ref("ref", "T1", required=True),
                _text("name", "Sam Example", required=True, longest=80),
                Column("email", cells.email, True, (), "sam@example.org"),
                Column("roles", cells.codes(_staff_role), True, (), "supervisor"),
                _ref("site"),
            ),
        ),
        Sheet(
            "places",
            (
                _ref("ref", "L1", required=True),
                _text("name", "Room 1", required=True),
                _ref("site", "S1"),
                _code("status", PlaceStatus, "approved"),
                _day("reviewed_on", "2026-01-05"),
            ),
        ),
        Sheet("volunteers", _volunteer_columns()),
        Sheet("participants", _participant_columns()),
        Sheet(
            "training",
            (
                _ref("volunteer", "V1", required=True),
                Column("module", cells.remembered(cells.module), True, (), "boundaries"),
                _day("completed_on", "2026-01-10", required=True),
                _day("valid_until", "2028-01-10"),
                Column("hours", cells.hours_as_minutes, example="4"),
                _code("result", TrainingResult, "passed"),
                _codes("areas", cells.code(SupportArea), "support.emotional"),
                _yes_no("mandatory", "yes"),
            ),
            ("volunteer", "module", "completed_on"),
        ),
        Sheet("matches", _match_columns()),
        Sheet("contacts", _contact_columns(moment)),
        Sheet(
            "checkins",
            (
                _ref("volunteer", "V1", required=True),
                _day("due_on", "2026-03-01", required=True),
                _day("answered_on", "2026-03-02"),
                *(_whole(item.id, 0, 4, "1") for item in ITEMS),
                _code("contact_request", ContactRequest, "no"),
                _text("skipped_reason", longest=80),
            ),
            ("volunteer", "due_on"),
        ),
        Sheet(
            "supervision",
            (
                _ref("volunteer", "V1", required=True),
                _ref("supervisor", "T1"),
                _code("kind", SupervisionKind, "one_to_one", required=True),
                _code("status", SupervisionStatus, "held", required=True),
                _day("held_on", "2026-03-03", required=True),
                _whole("minutes", 0, 600, "50"),
                _ref("about_contact"),
            ),
            ("volunteer", "kind", "held_on"),
        ),
    )
    return {sheet.name: sheet for sheet in ordered}


def _volunteer_columns() -> tuple[Column, ...]:
    return (
        _ref("ref", "V1", required=True),
        _text("given_name", "Robin", required=True),
        *_person(),
        _code("status", VolunteerStatus, "active", required=True),
        _day("status_since", "2026-01-15"),
        _code("leave_reason", LeaveReason),
        _day("joined_on", "2026-01-15"),
        _ref("supervisor", "T1"),
        _whole("capacity", 0, 50, "3"),
        _whole("agreed_hours_month", 0, 300, "14"),
        _whole("diagnosed_year", 1980, 2100),
        _codes("life_stages", cells.code(LifeStage), "parent"),
        Column("communities", cells.texts()),
        _codes("skills", cells.skill, "support.emotional"),
        *_meeting(),
        _day("vetting_until"),
        _day("agreement_on", "2026-01-12"),
        Column("limits", cells.texts(200)),
        Column("keep_apart", cells.texts(40)),
    )


def _participant_columns() -> tuple[Column, ...]:
    return (
        _ref("ref", "P1", required=True),
        _text("given_name", "Kim", required=True),
        *_person(),
        _code("status", ParticipantStatus, "active", required=True),
        _day("referred_on", "2026-01-20", required=True),
        _code("referral_source", ReferralSource, "clinic"),
        _day("status_since", "2026-02-01"),
        _code("close_reason", CloseReason),
        _day("consent_support_on", "2026-01-21"),
        _day("consent_matching_on", "2026-01-21"),
        _day("consent_liaison_on"),
        _day("consent_outcomes_on"),
        _day("consent_until", "2027-01-21"),
        _codes("needs", cells.support_code, "support.emotional.listening"),
        _codes("goals", cells.goal, "outcome.social"),
        _codes("wants", cells.want, "age_near"),
        *_meeting(),
        Column("keep_apart", cells.texts(40)),
        _codes("safe_channels", cells.code(Channel), "phone"),
        _whole("planned_interval_days", 1, 366, "14"),
    )


def _match_columns() -> tuple[Column, ...]:
    said_in_workbooks = [status for status in MatchStatus if status is not MatchStatus.EXPIRED]
    return (
        _ref("ref", "M1", required=True),
        _ref("volunteer", "V1", required=True),
        _ref("participant", "P1", required=True),
        _code("status", said_in_workbooks, "active", required=True),
        _day("proposed_on", "2026-01-25"),
        _day("accepted_on", "2026-01-27"),
        _day("started_on", "2026-02-01"),
        _day("ended_on"),
        _code("end_reason", EndReason),
        _yes_no("planned_end"),
        _whole("planned_interval_days", 1, 366, "14"),
    )


def _contact_columns(moment: Reader) -> tuple[Column, ...]:
    said_in_workbooks = [status for status in ContactStatus if status is not ContactStatus.RESCHEDULED]
    return (
        _ref("ref", "C1", required=True),
        _ref("match", "M1", required=True),
        Column("planned_at", moment, example="2026-02-01T10:00"),
        Column("started_at", moment, example="2026-02-01T10:05"),
        _whole("minutes", 0, 1440, "45"),
        _code("status", said_in_workbooks, "held", required=True),
        _code("by", MissedBy),
        _code("channel", Channel, "phone"),
        _ref("place"),
        _yes_no("in_clinic", "no"),
        _codes("support", cells.support_code, "support.emotional.listening"),
        _codes("techniques", cells.code(Technique)),
        _codes("topics", cells.code(Topic), "work"),
        _codes("difficulty", cells.code(DifficultyTag), "none"),
        _whole("effort", 0, 4, "1"),
        _yes_no("helped", "yes"),
        _code("place_rating", PlaceRating),
        _text("note", longest=500),
    )
