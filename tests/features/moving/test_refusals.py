"""Everything an import refuses, each with its file, its row and its column; the header is row 1."""

from pathlib import Path

import pytest

from peerlink.errors import Refused
from peerlink.features.moving import service
from peerlink.features.moving.faults import MOST_FAULTS
from tests.factories import workbooks
from tests.factories.workbooks import Sheet, day
from tests.features.moving.support import Spoil, bring, kept, spoiled

pytestmark = pytest.mark.usefixtures("clean_database")

Sheets = dict[str, Sheet]
EVENING_AHEAD, TOO_EARLY = f"{day(-1)}T18:00", f"{day(241)}T18:00"


def cell(sheet: str, at: int, **said: object) -> Spoil:
    """Return what puts other words into one row (the first below the header is 0)."""
    return lambda sheets: sheets[sheet][at].update(said)


def append(sheet: str, **said: object) -> Spoil:
    """Return what adds a row: the last one once more, where nothing is said."""
    return lambda sheets: sheets[sheet].append(said or sheets[sheet][-1])


REFUSED = {
    # codes and values
    "a code nobody knows": (cell("volunteers", 0, status="activ"), ("volunteers", 2, "status")),
    "a code in a list": (cell("contacts", 1, topics="work;mony"), ("contacts", 3, "topics")),
    "a support nobody knows": (cell("participants", 0, needs="lisening"), ("participants", 2, "needs")),
    "a goal that is no domain": (cell("participants", 0, goals="stigma"), ("participants", 2, "goals")),
    "a day of another order": (cell("volunteers", 0, joined_on="03/04/2025"), ("volunteers", 2, "joined_on")),
    "a day that is none": (cell("volunteers", 0, joined_on="2025-02-30"), ("volunteers", 2, "joined_on")),
    "a moment without time": (cell("contacts", 0, started_at=day(3)), ("contacts", 2, "started_at")),
    "an address that is none": (cell("volunteers", 0, email="amina"), ("volunteers", 2, "email")),
    "a phone that is none": (cell("volunteers", 0, phone="none"), ("volunteers", 2, "phone")),
    "a time zone nobody knows": (cell("programme", 0, timezone="London"), ("programme", 2, "timezone")),
    "neither yes nor no": (cell("programme", 0, under18="maybe"), ("programme", 2, "under18")),
    "a language without level": (cell("volunteers", 0, languages="en"), ("volunteers", 2, "languages")),
    "a slot that ends early": (
        cell("volunteers", 0, availability="mon 20:00-18:00"),
        ("volunteers", 2, "availability"),
    ),
    "a want nobody knows": (cell("participants", 0, wants="hair=red"), ("participants", 2, "wants")),
    "a required cell left empty": (cell("volunteers", 1, given_name=" "), ("volunteers", 3, "given_name")),
    "a name longer than any": (cell("volunteers", 0, given_name="x" * 121), ("volunteers", 2, "given_name")),
    "a note longer than may be": (cell("contacts", 0, note="x" * 501), ("contacts", 2, "note")),
    "an answer above four": (cell("checkins", 0, v3=5), ("checkins", 2, "v3")),
    "an answer below nought": (cell("checkins", 0, v3=-1), ("checkins", 2, "v3")),
    "a part nobody has": (cell("staff", 0, roles="supervisor;boss"), ("staff", 2, "roles")),
    "a volunteer's part for staff": (cell("staff", 0, roles="volunteer"), ("staff", 2, "roles")),
    # references
    "a site nobody knows": (cell("places", 0, site="S9"), ("places", 2, "site")),
    "a supervisor nobody knows": (cell("volunteers", 0, supervisor="T9"), ("volunteers", 2, "supervisor")),
    "a place nobody knows": (cell("volunteers", 0, places="L1;L9"), ("volunteers", 2, "places")),
    "a volunteer nobody knows": (cell("training", 2, volunteer="V9"), ("training", 4, "volunteer")),
    "a participant nobody knows": (cell("matches", 0, participant="P9"), ("matches", 2, "participant")),
    "a match nobody knows": (cell("contacts", 3, match="M9"), ("contacts", 5, "match")),
    "a contact nobody knows": (
        cell("supervision", 0, about_contact="C"),
        ("supervision", 2, "about_contact"),
    ),
    "a contact of somebody else": (
        cell("supervision", 0, about_contact="C3"),
        ("supervision", 2, "about_contact"),
    ),
    "apart from nobody known": (cell("volunteers", 0, keep_apart="P2;X"), ("volunteers", 2, "keep_apart")),
    "a ref that stands twice": (append("sites", ref="s-01", name="x"), ("sites", 4, "ref")),
    "a ref without sign": (append("sites", ref="ใจดี", name="x"), ("sites", 4, "ref")),
    "an address that stands twice": (cell("staff", 1, email="DINEO@example.net"), ("staff", 3, "email")),
    # incidents
    "an incident of no type": (cell("incidents", 0, type="theft"), ("incidents", 2, "type")),
    "an incident too grave": (cell("incidents", 0, severity=5), ("incidents", 2, "severity")),
    "an incident about nobody known": (cell("incidents", 1, volunteer="V9"), ("incidents", 3, "volunteer")),
    "an incident in no place known": (cell("incidents", 1, place="L9"), ("incidents", 3, "place")),
    "an incident closed on no day": (cell("incidents", 0, closed_on=""), ("incidents", 2, "closed_on")),
    "an open incident with an end": (cell("incidents", 1, closed_on=day(1)), ("incidents", 3, "closed_on")),
    "closed before it was told": (cell("incidents", 0, closed_on=day(31)), ("incidents", 2, "closed_on")),
    "an incident still to come": (
        cell("incidents", 1, reported_on=day(-1)),
        ("incidents", 3, "reported_on"),
    ),
    # days in order
    "left before joining": (cell("volunteers", 2, status_since=day(501)), ("volunteers", 4, "status_since")),
    "in a state before being sent": (
        cell("participants", 0, status_since=day(301)),
        ("participants", 2, "status_since"),
    ),
    "consent that ends before it begins": (
        cell("participants", 0, consent_until=day(300), consent_outcomes_on=""),
        ("participants", 2, "consent_until"),
    ),
    "accepted before proposed": (cell("matches", 0, accepted_on=day(246)), ("matches", 2, "accepted_on")),
    "ended before started": (cell("matches", 2, ended_on=day(241)), ("matches", 4, "ended_on")),
    "valid before completed": (
        cell("training", 0, valid_until=day(201)),
        ("training", 2, "valid_until"),
    ),
    "completed tomorrow": (cell("training", 0, completed_on=day(-1)), ("training", 2, "completed_on")),
    "held tomorrow": (cell("supervision", 0, held_on=day(-1)), ("supervision", 2, "held_on")),
    "born tomorrow": (cell("volunteers", 0, birth_year=2099), ("volunteers", 2, "birth_year")),
    # life-cycles
    "ended without a day": (cell("matches", 2, ended_on=""), ("matches", 4, "ended_on")),
    "an end that has not come": (cell("matches", 0, ended_on=day(1)), ("matches", 2, "ended_on")),
    "active with somebody referred": (cell("participants", 0, status="referred"), ("matches", 2, "status")),
    "active with somebody declined": (cell("participants", 0, status="declined"), ("matches", 2, "status")),
    "active with somebody not reached": (
        cell("participants", 0, status="not_reached"),
        ("matches", 2, "status"),
    ),
    "active with a volunteer who left": (cell("volunteers", 0, status="left"), ("matches", 2, "status")),
    "held without a moment": (cell("contacts", 0, started_at=""), ("contacts", 2, "started_at")),
    "planned without a moment": (cell("contacts", 3, planned_at=""), ("contacts", 5, "planned_at")),
    "held four minutes": (cell("contacts", 0, minutes=4), ("contacts", 2, "minutes")),
    "held 241 minutes": (cell("contacts", 0, minutes=241), ("contacts", 2, "minutes")),
    "held tomorrow evening": (
        cell("contacts", 0, started_at=EVENING_AHEAD),
        ("contacts", 2, "started_at"),
    ),
    "missed tomorrow": (cell("contacts", 2, planned_at=EVENING_AHEAD), ("contacts", 4, "planned_at")),
    "held before its match": (
        cell("contacts", 0, started_at=TOO_EARLY),
        ("contacts", 2, "started_at"),
    ),
    "held after its match": (cell("contacts", 0, match="M3"), ("contacts", 2, "started_at")),
    "hard and not hard": (cell("contacts", 0, difficulty="none;crisis"), ("contacts", 2, "difficulty")),
    "answered 15 days early": (cell("checkins", 0, answered_on=day(55)), ("checkins", 2, "answered_on")),
    "answered tomorrow": (cell("checkins", 0, answered_on=day(-1)), ("checkins", 2, "answered_on")),
    "answers from no day": (cell("checkins", 0, answered_on=""), ("checkins", 2, "answered_on")),
    "answered and skipped": (cell("checkins", 0, skipped_reason="away"), ("checkins", 2, "skipped_reason")),
    # natural keys
    "a training twice": (
        append("training"),
        ("training", 7, ""),
    ),
    "a check-in twice": (
        append("checkins"),
        ("checkins", 4, ""),
    ),
    "a meeting twice": (
        append("supervision"),
        ("supervision", 3, ""),
    ),
    "two programmes": (
        append("programme"),
        ("programme", 3, ""),
    ),
    # the shape of the workbook
    "a column nobody knows": (cell("sites", 0, kinds="clinic"), ("sites", 1, "kinds")),
    "a sheet nobody knows": (lambda sheets: sheets.update(volunters=[{"ref": "1"}]), ("volunters", 0, "")),
    "a sheet of a later day": (lambda sheets: sheets.update(funding=[{"source": "x"}]), ("funding", 0, "")),
}


@pytest.mark.parametrize(("spoil", "place"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_its_place(tmp_path: Path, spoil: Spoil, place: tuple[str, int, str]) -> None:
    report = bring(tmp_path, spoiled(spoil), dry_run=True)
    assert [(one.file, one.row, one.column) for one in report.faults] == [place]
    assert report.faults[0].wrong
    assert report.faults[0].right


@pytest.mark.parametrize(
    "spoil",
    [
        cell("contacts", 0, minutes=5),
        cell("contacts", 0, minutes=240),
        cell("contacts", 0, minutes=""),
        cell("contacts", 0, started_at=f"{day(240)}T18:00"),
        cell("checkins", 0, answered_on=day(54)),
        cell("checkins", 0, v3=0, v4=4, v5=""),
        cell("participants", 0, status="waiting"),
        cell("volunteers", 0, status="paused"),
        cell("volunteers", 0, availability="mon 20:00-24:00"),
        cell("matches", 2, ended_on=day(240)),
        cell("contacts", 0, difficulty="NONE"),
        cell("volunteers", 0, diagnosed_year=1900 + 80),
    ],
)
def test_what_stands_right_at_the_line_goes_in(tmp_path: Path, spoil: Spoil) -> None:
    assert bring(tmp_path, spoiled(spoil), dry_run=True).faults == []


def test_an_unknown_code_names_the_nearest_known(tmp_path: Path) -> None:
    report = bring(tmp_path, spoiled(cell("contacts", 1, topics="mony")), dry_run=True)
    assert "'money'" in report.faults[0].wrong
    sheets: Sheets = {"volunters": []}
    assert "'volunteers'" in bring(tmp_path / "b", {**sheets, "sites": []}, dry_run=True).faults[0].wrong


def test_a_sheet_that_lacks_a_column_it_needs_is_not_read(tmp_path: Path) -> None:
    report = bring(tmp_path, {"sites": [{"ref": "S1", "area": "A"}]}, dry_run=True)
    assert [(one.file, one.row, one.column) for one in report.faults] == [("sites", 1, "name")]


def test_every_fault_is_named_and_not_only_the_first(tmp_path: Path) -> None:
    def spoil(sheets: Sheets) -> None:
        sheets["volunteers"][0] |= {"status": "x", "phone": "y"}
        sheets["contacts"][3]["planned_at"] = "z"

    report = bring(tmp_path, spoiled(spoil), dry_run=True)
    places = [(one.file, one.row, one.column) for one in report.faults]
    assert set(places) == {
        ("volunteers", 2, "phone"),
        ("volunteers", 2, "status"),
        ("contacts", 5, "planned_at"),
    }


def test_rows_that_point_at_a_row_with_a_fault_are_not_blamed(tmp_path: Path) -> None:
    report = bring(tmp_path, spoiled(cell("volunteers", 0, status="x")), dry_run=True)
    assert [one.file for one in report.faults] == ["volunteers"]


def test_rows_that_point_at_a_row_with_a_fault_are_judged_for_themselves(tmp_path: Path) -> None:
    def spoil(sheets: Sheets) -> None:
        sheets["participants"][0]["status"] = "activ"
        sheets["contacts"][0]["minutes"] = 4
        sheets["contacts"][1] |= {"place": "L9", "minutes": 4}

    report = bring(tmp_path, spoiled(spoil), dry_run=True)
    assert [(one.file, one.row, one.column) for one in report.faults] == [
        ("participants", 2, "status"),
        ("contacts", 2, "minutes"),
        ("contacts", 3, "place"),
        ("contacts", 3, "minutes"),
    ]


def test_a_thousand_faults_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    sites = [{"ref": f"S{n}", "name": "x", "kind": "wrong"} for n in range(MOST_FAULTS + 200)]
    report = bring(tmp_path, {"sites": sites})
    assert (len(report.faults), report.n_faults) == (MOST_FAULTS, MOST_FAULTS + 200)


STEPS = {
    "a match that has ended begins anew": (
        cell("matches", 2, status="active", ended_on=""),
        ("matches", 4, "status"),
    ),
    "a held contact becomes planned": (
        cell("contacts", 0, status="planned", started_at=""),
        ("contacts", 2, "status"),
    ),
    "an answered check-in is due again": (
        lambda sheets: sheets["checkins"].__setitem__(0, {"volunteer": "V1", "due_on": day(40)}),
        ("checkins", 2, "status"),
    ),
    "a match is of somebody else": (cell("matches", 0, volunteer="V2"), ("matches", 2, "ref")),
    "a contact moves to another match": (cell("contacts", 0, match="M2"), ("contacts", 2, "match")),
}


@pytest.mark.parametrize(("spoil", "place"), STEPS.values(), ids=STEPS)
def test_a_step_no_life_cycle_has_is_refused(
    tmp_path: Path, spoil: Spoil, place: tuple[str, int, str]
) -> None:
    def both(sheets: Sheets) -> None:
        sheets["supervision"][0]["about_contact"] = ""
        sheets["participants"][2] |= {"status": "active", "close_reason": ""}
        sheets["volunteers"][2] |= {"status": "active", "leave_reason": ""}

    sheets = spoiled(both)
    bring(tmp_path / "first", sheets)
    before = kept()
    spoil(sheets)
    report = bring(tmp_path / "again", sheets)
    assert [(one.file, one.row, one.column) for one in report.faults] == [place]
    assert kept() == before


def test_nobody_leaves_while_a_match_of_before_stays_active(tmp_path: Path) -> None:
    sheets = workbooks.small()
    bring(tmp_path / "first", sheets)
    leaving = {"volunteers": [sheets["volunteers"][0] | {"status": "left", "status_since": day(1)}]}
    report = bring(tmp_path / "alone", leaving, dry_run=True)
    assert [(one.file, one.row, one.column) for one in report.faults] == [("volunteers", 2, "status")]
    sheets["matches"][0] |= {"status": "ended", "ended_on": day(1)}
    both = leaving | {"matches": sheets["matches"]}
    assert bring(tmp_path / "both", both, dry_run=True).faults == []


def test_only_names_sheets_there_are(tmp_path: Path) -> None:
    folder = workbooks.write_folder(tmp_path, {"sites": workbooks.small()["sites"]})
    with pytest.raises(Refused, match="'sites'"):
        service.import_path(folder, only=["sits"])
    with pytest.raises(Refused, match="places"):
        service.import_path(folder, only=["places"])


def test_nothing_to_import_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Refused):
            service.import_path(path)
