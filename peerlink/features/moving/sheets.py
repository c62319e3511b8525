"""Which sheets and columns a workbook may have (the contract of moving in), and how each cell is read."""

from zoneinfo import ZoneInfo

from peerlink.features.moving import cells, columns
from peerlink.features.moving.cells import Reader
from peerlink.features.moving.columns import STAFF_ROLES, Column, Sheet
from peerlink.features.moving.money_sheets import money_sheets
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.framework.support import BITS, SupportArea
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
    OutcomeDomain,
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
from peerlink.instruments.checkin import ITEMS

LATER = (
    "feedback",
    "outcomes",
    "appointments",
    "referrals",
    "liaison",
    "funding",
    "spend",
)
"""Sheets of the contract whose rooms do not stand yet; they are refused by name."""


def sheets(zone: ZoneInfo) -> dict[str, Sheet]:
    """Return every sheet that can be read now, in the order they must be read; moments are of this zone."""
    moment = cells.moment(zone)
    ordered = (
        Sheet(
            "programme",
            (
                columns.text("name", "Riverside", required=True),
                Column("timezone", cells.time_zone, True, (), "Europe/London"),
                Column("language", cells.text(12), False, (), "en"),
                columns.yes_no("under18", "no"),
                columns.yes_no("unpaid_by_design", "no"),
                columns.yes_no("community_only", "no"),
            ),
        ),
        Sheet(
            "sites",
            (
                columns.ref("ref", "S1", required=True),
                columns.text("name", "Centre", required=True),
                columns.code("kind", SiteKind, "community"),
                columns.text("area", "A1"),
            ),
        ),
        Sheet(
            "staff",
            (
                columns.ref("ref", "T1", required=True),
                columns.text("name", "Sam Example", required=True, longest=80),
                Column("email", cells.email, True, (), "sam@example.org"),
                Column(
                    "roles", cells.codes(columns.staff_role), True, STAFF_ROLES, "supervisor", several=True
                ),
                columns.ref("site"),
            ),
        ),
        Sheet(
            "places",
            (
                columns.ref("ref", "L1", required=True),
                columns.text("name", "Room 1", required=True),
                columns.ref("site", "S1"),
                columns.code("status", PlaceStatus, "approved"),
                columns.day("reviewed_on", "2026-01-05"),
            ),
        ),
        Sheet("volunteers", _volunteer_columns()),
        Sheet("participants", _participant_columns()),
        Sheet(
            "training",
            (
                columns.ref("volunteer", "V1", required=True),
                Column("module", cells.remembered(cells.module), True, (), "boundaries"),
                columns.day("completed_on", "2026-01-10", required=True),
                columns.day("valid_until", "2028-01-10"),
                Column("hours", cells.hours_as_minutes, example="4"),
                columns.code("result", TrainingResult, "passed"),
                columns.codes("areas", SupportArea, "support.emotional"),
                columns.yes_no("mandatory", "yes"),
            ),
        ),
        Sheet("matches", _match_columns()),
        Sheet("contacts", _contact_columns(moment)),
        Sheet(
            "checkins",
            (
                columns.ref("volunteer", "V1", required=True),
                columns.day("due_on", "2026-03-01", required=True),
                columns.day("answered_on", "2026-03-02"),
                *(columns.whole(item.id, 0, 4, "1") for item in ITEMS),
                columns.code("contact_request", ContactRequest, "no"),
                columns.text("skipped_reason", longest=80),
            ),
        ),
        Sheet(
            "supervision",
            (
                columns.ref("volunteer", "V1", required=True),
                columns.ref("supervisor", "T1"),
                columns.code("kind", SupervisionKind, "one_to_one", required=True),
                columns.code("status", SupervisionStatus, "held", required=True),
                columns.day("held_on", "2026-03-03", required=True),
                columns.whole("minutes", 0, 600, "50"),
                columns.ref("about_contact"),
            ),
        ),
        Sheet(
            "incidents",
            (
                columns.ref("ref", "I1", required=True),
                columns.code("type", IncidentType, "lost_device", required=True),
                columns.day("reported_on", "2026-03-04", required=True),
                columns.whole("severity", 1, 4, "3"),
                columns.ref("participant"),
                columns.ref("volunteer", "V1"),
                columns.ref("place"),
                columns.code("status", IncidentStatus, "closed"),
                columns.day("closed_on", "2026-03-10"),
            ),
        ),
        *money_sheets(),
    )
    return {sheet.name: sheet for sheet in ordered}


def _volunteer_columns() -> tuple[Column, ...]:
    return (
        columns.ref("ref", "V1", required=True),
        columns.text("given_name", "Robin", required=True),
        *columns.person(),
        columns.code("status", VolunteerStatus, "active", required=True),
        columns.day("status_since", "2026-01-15"),
        columns.code("leave_reason", LeaveReason),
        columns.day("joined_on", "2026-01-15"),
        columns.ref("supervisor", "T1"),
        columns.whole("capacity", 0, 50, "3"),
        columns.whole("agreed_hours_month", 0, 300, "14"),
        columns.whole("diagnosed_year", 1980, 2100),
        columns.codes("life_stages", LifeStage, "parent"),
        Column("communities", cells.texts()),
        columns.several("skills", cells.skill, "support.emotional", [*SupportArea, *Topic]),
        *columns.meeting(),
        columns.day("vetting_until"),
        columns.day("agreement_on", "2026-01-12"),
        Column("limits", cells.texts(200)),
        Column("keep_apart", cells.texts(40)),
    )


def _participant_columns() -> tuple[Column, ...]:
    return (
        columns.ref("ref", "P1", required=True),
        columns.text("given_name", "Kim", required=True),
        *columns.person(),
        columns.code("status", ParticipantStatus, "active", required=True),
        columns.day("referred_on", "2026-01-20", required=True),
        columns.code("referral_source", ReferralSource, "clinic"),
        columns.day("status_since", "2026-02-01"),
        columns.code("close_reason", CloseReason),
        columns.day("consent_support_on", "2026-01-21"),
        columns.day("consent_matching_on", "2026-01-21"),
        columns.day("consent_liaison_on"),
        columns.day("consent_outcomes_on"),
        columns.day("consent_until", "2027-01-21"),
        columns.several("needs", cells.support_code, "support.emotional.listening", BITS),
        columns.several("goals", cells.goal, "outcome.social", OutcomeDomain),
        columns.several("wants", cells.want, "age_near"),
        *columns.meeting(),
        Column("keep_apart", cells.texts(40)),
        columns.codes("safe_channels", Channel, "phone"),
        columns.whole("planned_interval_days", 1, 366, "14"),
    )


def _match_columns() -> tuple[Column, ...]:
    said_in_workbooks = [status for status in MatchStatus if status is not MatchStatus.EXPIRED]
    return (
        columns.ref("ref", "M1", required=True),
        columns.ref("volunteer", "V1", required=True),
        columns.ref("participant", "P1", required=True),
        columns.code("status", said_in_workbooks, "active", required=True),
        columns.day("proposed_on", "2026-01-25"),
        columns.day("accepted_on", "2026-01-27"),
        columns.day("started_on", "2026-02-01"),
        columns.day("ended_on"),
        columns.code("end_reason", EndReason),
        columns.yes_no("planned_end"),
        columns.whole("planned_interval_days", 1, 366, "14"),
    )


def _contact_columns(moment: Reader) -> tuple[Column, ...]:
    said_in_workbooks = [status for status in ContactStatus if status is not ContactStatus.RESCHEDULED]
    return (
        columns.ref("ref", "C1", required=True),
        columns.ref("match", "M1", required=True),
        Column("planned_at", moment, example="2026-02-01T10:00"),
        Column("started_at", moment, example="2026-02-01T10:05"),
        columns.whole("minutes", 0, 1440, "45"),
        columns.code("status", said_in_workbooks, "held", required=True),
        columns.code("by", MissedBy),
        columns.code("channel", Channel, "phone"),
        columns.ref("place"),
        columns.yes_no("in_clinic", "no"),
        columns.several("support", cells.support_code, "support.emotional.listening", BITS),
        columns.codes("techniques", Technique),
        columns.codes("topics", Topic, "work"),
        columns.codes("difficulty", DifficultyTag, "none"),
        columns.whole("effort", 0, 4, "1"),
        columns.yes_no("helped", "yes"),
        columns.code("place_rating", PlaceRating),
        columns.text("note", longest=500),
    )
