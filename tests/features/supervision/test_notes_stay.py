"""What was said in a session stays between two: no import, command, list or record of others carries it."""

import ast
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from flask import Flask

from peerlink.cli_risks import risks_group
from peerlink.features.moving.sheets import sheets
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.supervision.rules import Agreed
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import OPENS, Role
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.supervision.deeds import DAY, TODAY, held, planned
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
HOUSE = Path(__file__).resolve().parents[3] / "peerlink"
NOTE, AGREED, POINT = "Marzipanharbour", "Quillfeather", "Larkspurlane"
WAYS_OUT = [*HOUSE.glob("features/moving/*.py"), *HOUSE.glob("cli*.py"), HOUSE / "jobs.py"]
OTHERS = (cast.CHIPO, cast.PRIYA, cast.PRU, cast.ADA, cast.BEN, cast.ZOE, cast.SOL)


@pytest.fixture(autouse=True)
def _said(the_cast: object) -> None:
    held(TODAY - 5 * DAY, Agreed(AGREED, TODAY + DAY), note=NOTE)
    one = planned(TODAY + DAY)
    with transaction(), gate.opened("a test adds a point"):
        session.get_one(Supervision, one).own_point = POINT


def test_only_two_roles_open_what_was_said() -> None:
    for record in ("supervision", "supervision.note", "agreed_action"):
        assert {role for role, opens in OPENS.items() if record in opens} == {Role.VOLUNTEER, Role.SUPERVISOR}


def test_a_note_lies_in_a_record_of_its_own() -> None:
    assert {name for name, one in Supervision.fields.items() if one.record == "note"} == {"note", "own_point"}
    granted = gate.Access(None, frozenset({"supervision"}), {cast.AMINA_ID})
    with reading(), gate.access(granted):
        one = session.query(Supervision).filter(Supervision.held_on < TODAY).one()
        assert one.themes == []
        with pytest.raises(gate.Closed, match="not for this role"):
            _ = one.note


def test_nothing_that_carries_records_out_or_in_knows_of_notes_and_agreements() -> None:
    assert WAYS_OUT
    for file in WAYS_OUT:
        names = {
            node.attr if isinstance(node, ast.Attribute) else node.id
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Attribute | ast.Name)
        }
        assert not names & {"AgreedAction", "own_point"}, file.name
    columns = {column.name for column in sheets(ZoneInfo("UTC"))["supervision"].columns}
    assert columns == {"volunteer", "supervisor", "kind", "status", "held_on", "minutes", "about_contact"}


def test_no_other_role_and_no_other_person_is_shown_a_word_of_it(app: Flask) -> None:
    hers = f"/volunteers/{cast.AMINA_ID}"
    where = (hers, f"{hers}/supervision", "/supervision", "/me/sessions", "/")
    for person in OTHERS:
        visitor = Visitor(app, person)
        for address in where:
            page = visitor.visit(address).text
            assert not any(word in page for word in (NOTE, AGREED, POINT)), (person.name, address)


def test_the_two_of_them_read_it(danas_desk: Visitor, aminas_phone: Visitor) -> None:
    assert NOTE in danas_desk.visit(f"/volunteers/{cast.AMINA_ID}/supervision").text
    mine = aminas_phone.visit("/me/sessions").text
    assert all(word in mine for word in (NOTE, AGREED, POINT))


def test_who_only_reads_check_ins_or_coordinates_as_well_does_not_read_notes(app: Flask) -> None:
    with transaction():
        session.get_one(Volunteer, cast.AMINA_ID).reader_id = cast.SOL.viewer.account_id
    page = Visitor(app, cast.SOL).visit(f"/volunteers/{cast.AMINA_ID}/supervision").text
    assert "One to one" in page
    assert NOTE not in page
    assert AGREED not in page


def test_the_commands_print_nothing_of_it() -> None:
    judged = risks_group(lambda command: command, lambda: None)
    printed = CliRunner().invoke(judged, ["evaluate", "--format", "json"])
    assert printed.exit_code == 0, printed.output
    assert not any(word in printed.output for word in (NOTE, AGREED, POINT))
    with transaction(), gate.opened("a test looks"):
        assert session.query(AgreedAction).count() == 1
