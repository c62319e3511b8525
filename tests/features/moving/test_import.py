"""Moving in: what goes in comes out the same, all of it or nothing, and twice is once."""

import datetime as dt
import uuid
from pathlib import Path

import pytest

from peerlink.events import Event, listen
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.matching.models import Answer, Match
from peerlink.features.moving import service
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.events import WorkbookImported
from peerlink.features.programmes.models import Place, Programme, Site
from peerlink.features.supervision.models import Supervision
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework import support
from peerlink.framework.vocabularies import CheckinStatus, MatchStatus, SiteKind, VolunteerStatus
from peerlink.store import audit, house, names
from peerlink.store.history import StateChange
from peerlink.store.session import reading, session
from tests.factories import workbooks
from tests.features.moving.support import bring, everything, kept, opened, spoiled

pytestmark = pytest.mark.usefixtures("clean_database")


def test_every_column_of_the_contract_comes_out_as_it_went_in(tmp_path: Path) -> None:
    report = bring(tmp_path, workbooks.small())
    assert (report.faults, report.kept) == ([], True)
    with opened():
        (programme,) = everything(Programme)
        assert (programme.name, programme.timezone) == ("Côte & Ubuntu", "Africa/Johannesburg")
        assert (programme.unpaid_by_design, programme.under18) == (True, False)
        sites = {one.ref: one for one in everything(Site)}
        assert (sites["S01"].area, sites["S02"].kind, sites["S02"].area) == ("A1", SiteKind.OTHER, None)
        places = {one.ref: one for one in everything(Place)}
        accounts = {one.ref: one for one in everything(Account)}
        assert {one.state for one in accounts.values()} == {AccountState.INVITED}
        assert accounts["T2"].roles == {"coordinator", "manager"}
        volunteers = {one.ref: one for one in everything(Volunteer)}
        first = volunteers["V1"]
        given = workbooks.small()["volunteers"][0]
        assert [first.given_name, first.family_name] == [given["given_name"], given["family_name"]]
        assert first.languages == {"en": "first", "zu": "working"}
        assert first.skills == ["support.emotional", "grief", "support.instrumental.daily.food"]
        assert first.places == [places["L1"].id.hex, places["L2"].id.hex]
        assert first.supervisor_id == accounts["T1"].id
        assert (first.agreed_hours, first.capacity, first.keep_apart) == (14, 3, ["P2", "A9"])
        assert (first.limits, first.communities) == (["no evenings"], ["choir"])
        assert volunteers["V3"].leave_reason == "moved"


def test_what_participants_said_comes_out_as_it_went_in(tmp_path: Path) -> None:
    bring(tmp_path, workbooks.small())
    with opened():
        people = {one.ref: one for one in everything(Participant)}
        first = people["P1"]
        assert first.consents == {
            "support": workbooks.day(299),
            "matching": workbooks.day(299),
            "outcomes": workbooks.day(298),
        }
        assert first.needs == ["support.emotional.listening", "support.informational"]
        assert first.goals == ["outcome.social", "outcome.psychological"]
        assert first.wants == [
            {"trait": "gender", "value": "woman", "must": True},
            {"trait": "age_near", "value": None, "must": False},
            {"trait": "language", "value": "zu", "must": False},
            {"trait": "life_stage", "value": "parent", "must": False},
        ]
        assert (people["P3"].close_reason, first.safe_channels) == ("goals_met", ["text"])
        matches = {one.ref: one for one in everything(Match)}
        assert matches["M1"].subject_id == first.id
        assert (matches["M3"].planned_end, matches["M3"].volunteer_said) == (True, Answer.YES)


def test_contacts_keep_the_day_readable_and_the_rest_sealed(tmp_path: Path) -> None:
    bring(tmp_path, workbooks.small())
    with opened():
        details = {one.ref: one for one in everything(ContactDetail)}
        contacts = {one.id: one for one in everything(Contact)}
        held, detail = contacts[details["C1"].id], details["C1"]
        assert held.day.isoformat() == workbooks.day(13)
        assert (held.minutes, held.late, held.heavy, held.difficult) == (45, True, True, True)
        assert support.codes(held.support) == (
            "support.informational.education",
            "support.emotional.listening",
            "support.affiliational",
        )
        assert detail.started_at is not None
        assert detail.started_at.astimezone(dt.UTC).strftime("%H:%M") == "18:05", "20:05 in Johannesburg"
        assert (detail.topics, detail.techniques) == (["work", "u=u"], ["pros_cons"])
        assert details["C2"].note == 'Two lines:\n"quoted", and ; too'
        planned = details["C4"].planned_at
        assert planned is not None
        assert planned.astimezone(dt.UTC).strftime("%H:%M") == "03:30", "an offset counts"
        assert contacts[details["C3"].id].missed_by == "participant"


def test_care_and_training_come_out_as_they_went_in(tmp_path: Path) -> None:
    bring(tmp_path, workbooks.small())
    with opened():
        answered, skipped = sorted(everything(Checkin), key=lambda one: one.due_on)
        assert answered.answers == workbooks.ANSWERS
        assert (answered.status, skipped.status) == (CheckinStatus.ANSWERED, CheckinStatus.SKIPPED)
        (meeting,) = everything(Supervision)
        details = {one.id: one for one in everything(ContactDetail)}
        assert details[meeting.about_contact_id].ref == "C1"
        assert {(one.minutes, one.mandatory) for one in everything(Completion)} == {(90, True)}


def test_states_begin_on_their_own_day_and_people_are_found_by_name(tmp_path: Path) -> None:
    bring(tmp_path, workbooks.small())
    with opened():
        began = {one.record_id: one for one in everything(StateChange)}
        for volunteer in everything(Volunteer):
            assert began[volunteer.id].changed_on == volunteer.status_since
            with reading():
                assert volunteer.id in names.find("volunteer", volunteer.given_name)
        with reading():
            assert audit.verify(session) == []


@pytest.mark.parametrize("how", [{"bom": True}, {"delimiter": ";"}, {"bom": True, "delimiter": ";"}])
def test_csv_may_have_a_mark_and_semicolons(tmp_path: Path, how: dict) -> None:
    report = service.import_path(workbooks.write_folder(tmp_path, workbooks.small(), **how))
    assert (report.faults, report.kept) == ([], True)
    assert "Two lines" in _note_of_c2()


def _note_of_c2() -> str:
    with opened():
        return str(next(one.note for one in everything(ContactDetail) if one.ref == "C2"))


def test_a_spreadsheet_equals_the_folder(tmp_path: Path) -> None:
    sheets = workbooks.small()
    sheets["sites"].append({"ref": "007", "name": "Licence", "kind": "clinic", "area": "A1"})
    bring(tmp_path / "folder", sheets)
    again = service.import_path(workbooks.write_xlsx(tmp_path / "book.xlsx", sheets))
    assert again.faults == []
    assert (again.n_new, again.n_changed) == (0, 0)
    with opened():
        assert "007" in {one.ref for one in everything(Site)}, "leading zeros are kept"


def test_importing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    first = bring(tmp_path, workbooks.small())
    before = kept()
    second = service.import_path(tmp_path)
    assert second.kept
    assert (second.n_new, second.n_changed, second.n_unchanged) == (0, 0, first.n_new)
    assert kept() == before


def test_a_changed_row_updates_and_only_that_row(tmp_path: Path) -> None:
    bring(tmp_path, workbooks.small())
    before = kept()

    def change(sheets: dict[str, workbooks.Sheet]) -> None:
        sheets["volunteers"][1] |= {"given_name": "Naledi", "phone": "", "status": "active"}
        sheets["contacts"][0] |= {"minutes": 50, "topics": "grief"}

    report = bring(tmp_path / "again", spoiled(change))
    assert (report.faults, report.n_new, report.n_changed) == ([], 0, 2)
    after = kept()
    assert after["volunteer"] == before["volunteer"]
    with opened():
        changed = next(one for one in everything(Volunteer) if one.ref == "V2")
        assert (changed.given_name, changed.phone, changed.version) == ("Naledi", None, 2)
        assert changed.status is VolunteerStatus.ACTIVE
        steps = [one for one in everything(StateChange) if one.record_id == changed.id]
        assert {one.came_from for one in steps} == {None, "paused"}
        assert next(one for one in everything(ContactDetail) if one.ref == "C1").topics == ["grief"]
        with reading():
            assert names.find("volunteer", "Naledi") == [changed.id]


def test_a_column_left_out_leaves_what_is_there(tmp_path: Path) -> None:
    bring(tmp_path, workbooks.small())
    few = [{"ref": "V1", "given_name": "Naledi", "status": "active"}]
    report = bring(tmp_path / "few", {"volunteers": few})
    assert (report.faults, report.n_changed) == ([], 1)
    with opened():
        first = next(one for one in everything(Volunteer) if one.ref == "V1")
        assert (first.given_name, first.alias, first.capacity) == ("Naledi", "River-1", 3)


def test_a_fault_in_the_last_row_keeps_nothing(tmp_path: Path) -> None:
    before = kept()
    report = bring(tmp_path, spoiled(lambda sheets: sheets["supervision"][-1].update(minutes="soon")))
    assert (report.kept, report.n_faults) == (False, 1)
    assert kept() == before


def test_a_dry_run_keeps_nothing_and_says_the_same(tmp_path: Path) -> None:
    before = kept()
    tried = bring(tmp_path, workbooks.small(), dry_run=True)
    assert (tried.faults, tried.kept) == ([], False)
    assert kept() == before
    done = service.import_path(tmp_path)
    assert [vars(one) for one in tried.sheets] == [vars(one) for one in done.sheets]


def test_only_leaves_the_others_out(tmp_path: Path) -> None:
    sheets = workbooks.small() | {"funding": [{"source": "x"}], "volunters": [{"ref": "V1"}]}
    report = bring(tmp_path, sheets, only=["programme", "sites"])
    assert (report.faults, [one.name for one in report.sheets]) == ([], ["programme", "sites"])


def test_an_import_is_told_once_and_only_where_something_is_new(tmp_path: Path) -> None:
    told: list[Event] = []
    listen(WorkbookImported, told.append)
    bring(tmp_path, workbooks.small(), dry_run=True)
    assert told == []
    report = service.import_path(tmp_path)
    service.import_path(tmp_path)
    assert told == [WorkbookImported(by=None, n_new=report.n_new, n_changed=0)]


@pytest.mark.parametrize(
    "twin",
    [
        {"phone": "+447700900001", "birth_year": ""},
        {"email": "V1@Example.org", "phone": ""},
        {"email": "", "phone": "", "given_name": "aïssatou", "family_name": "D'ÁVILA", "birth_year": 1961},
    ],
)
def test_somebody_here_under_another_reference_is_hinted_at_and_not_merged(
    tmp_path: Path, twin: dict
) -> None:
    person = {"ref": "V9", "given_name": "N", "family_name": "", "status": "applicant", "birth_year": ""}
    sheets = workbooks.small()
    sheets["volunteers"].append(person | twin)
    within = bring(tmp_path / "within", sheets, dry_run=True)
    assert [(one.file, one.row) for one in within.hints] == [("volunteers", 5)]
    bring(tmp_path / "first", workbooks.small())
    later = bring(tmp_path / "later", {"volunteers": [person | twin]})
    assert [(one.file, one.row) for one in later.hints] == [("volunteers", 2)]
    assert "V1" in later.hints[0].text
    with opened():
        assert len(everything(Volunteer)) == 4


def test_staff_known_before_by_their_address_are_taken_over_and_stay_administrators(
    the_cast: house.House, tmp_path: Path
) -> None:
    ada = {"ref": "T9", "name": "Ada", "email": "ada@example.org", "roles": "manager"}
    report = bring(tmp_path, {"staff": [ada]})
    assert (report.faults, report.n_new, report.n_changed) == ([], 0, 1)
    with opened():
        account = next(one for one in everything(Account) if one.ref == "T9")
        assert account.id == uuid.UUID(int=9)
        assert account.roles == {"admin", "manager"}
    assert service.import_path(tmp_path).n_changed == 0


def test_a_check_in_that_ran_out_meanwhile_is_no_change(tmp_path: Path) -> None:
    sheets = workbooks.small()
    sheets["checkins"].append({"volunteer": "V1", "due_on": workbooks.day(14)})
    bring(tmp_path, sheets)
    with opened():
        due = next(one for one in everything(Checkin) if one.due_on.isoformat() == workbooks.day(14))
        assert due.status is CheckinStatus.DUE
    sheets["checkins"][-1]["due_on"] = workbooks.day(15)
    bring(tmp_path / "older", sheets)
    with opened():
        statuses = {one.due_on.isoformat(): one.status for one in everything(Checkin)}
        assert statuses[workbooks.day(15)] is CheckinStatus.EXPIRED
    assert service.import_path(tmp_path / "older").n_changed == 0


def test_a_match_may_end_by_the_workbook(tmp_path: Path) -> None:
    bring(tmp_path, workbooks.small())
    over = {"status": "ended", "ended_on": workbooks.day(1), "end_reason": "moved"}
    report = bring(tmp_path / "again", spoiled(lambda sheets: sheets["matches"][0].update(over)))
    assert (report.faults, report.n_changed) == ([], 1)
    with opened():
        match = next(one for one in everything(Match) if one.ref == "M1")
        step = next(one for one in everything(StateChange) if one.record_id == match.id and one.came_from)
        assert (match.status, step.changed_on.isoformat()) == (MatchStatus.ENDED, workbooks.day(1))
