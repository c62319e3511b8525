"""The page for moving in: for coordinators, never in clear on disk, nothing kept before it is wanted."""

import io
import tempfile
from pathlib import Path

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from peerlink import clock
from peerlink.features.accounts.models import ROLE_BITS, Account
from peerlink.features.moving import service
from peerlink.features.moving.models import HeldWorkbook
from peerlink.features.participants.models import Participant
from peerlink.features.wellbeing.models import Checkin
from peerlink.roles import Role
from peerlink.store import audit, house
from peerlink.store.session import reading, session, transaction
from tests.factories import workbooks
from tests.features.moving.support import Spoil, everything, kept, opened, spoiled
from tests.support import cast
from tests.support.visitor import Outline, Visitor

PAGES = ("/import", "/import/template", "/import/faulty-rows")


def uploaded(desk: Visitor, folder: Path, sheets: dict[str, workbooks.Sheet]) -> TestResponse:
    content = workbooks.write_xlsx(folder / "book.xlsx", sheets).read_bytes()
    return desk.send("/import", {"file": (io.BytesIO(content), "Our people living with it.xlsx")})


def posted(desk: Visitor, content: bytes) -> TestResponse:
    """Upload as a browser does, written out by hand: the test client would make a file itself."""
    token = Outline(desk.visit("/import").text).hidden["csrf_token"]
    parts = (
        b'--edge\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token.encode(),
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="book.xlsx"\r\n\r\n' + content,
        b"--edge--\r\n",
    )
    return desk.client.post(
        "/import",
        data=b"\r\n".join(parts),
        content_type="multipart/form-data; boundary=edge",
        base_url="https://localhost",
    )


def without_staff(spoil: Spoil = lambda _sheets: None) -> dict[str, workbooks.Sheet]:
    """Return a workbook a coordinator may bring: people on the staff are the administrator's."""

    def take_out(sheets: dict[str, workbooks.Sheet]) -> None:
        spoil(sheets)
        del sheets["staff"]
        for row in [*sheets["volunteers"], *sheets["supervision"]]:
            row["supervisor"] = ""

    return spoiled(take_out)


def test_a_coordinator_looks_over_and_then_imports(chipos_desk: Visitor, tmp_path: Path) -> None:
    looked = uploaded(chipos_desk, tmp_path, without_staff())
    assert looked.status_code == 200
    assert "30 new, 2 updates, 0 to look at" in looked.text
    with opened():
        assert len(everything(Participant)) == 3, "the cast only"
    done = chipos_desk.send("/import/keep", opened="/import")
    assert (done.status_code, done.location) == (303, "/import")
    assert "Imported: 30 new, 2 updates." in chipos_desk.visit("/import").text
    with opened():
        assert len(everything(Participant)) == 6
        assert everything(HeldWorkbook) == []
    with reading(), opened():
        assert audit.verify(session) == []


def test_an_upload_is_never_a_file_in_clear(
    chipos_desk: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    many = without_staff(
        lambda sheets: sheets["sites"].extend(
            {"ref": f"X{n}", "name": f"Marmalade {n} {hash(str(n))}"} for n in range(40_000)
        )
    )
    content = workbooks.write_xlsx(tmp_path / "book.xlsx", many).read_bytes()
    assert len(content) > 600_000, "larger than what is kept in memory by default"
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, refuse)
        monkeypatch.setattr(f"werkzeug.formparser.{name}", refuse, raising=False)
    looked = posted(chipos_desk, content)
    assert looked.status_code == 200
    home = house.current().home
    assert home is not None
    for file in home.iterdir():
        assert content[:2000] not in file.read_bytes()


def test_the_held_copy_says_nothing_in_the_table(chipos_desk: Visitor, tmp_path: Path) -> None:
    uploaded(chipos_desk, tmp_path, without_staff())
    with reading():
        blob = session.scalars(select(HeldWorkbook.__table__.c.sealed)).one()
    assert b"xl/workbook.xml" not in blob
    assert b"PK" not in blob[:200]


def test_faults_are_listed_and_only_their_rows_are_given_back(chipos_desk: Visitor, tmp_path: Path) -> None:
    def spoil(sheets: dict[str, workbooks.Sheet]) -> None:
        sheets["participants"][1] |= {"status": "activ", "alias": "=HYPERLINK(1)"}

    before = kept()
    looked = uploaded(chipos_desk, tmp_path, without_staff(spoil))
    assert looked.status_code == 422
    assert "did you mean &#39;active&#39;?" in looked.text
    after = kept()
    assert {name for name in after if after[name] != before[name]} <= {
        "held_workbook", "held_workbook versions", "audit_entry", "audit_about", "sign_in",
    }  # fmt: skip
    given = chipos_desk.visit("/import/faulty-rows")
    assert 'filename="rows.xlsx"' in given.headers["Content-Disposition"]
    sheet = (
        CalamineWorkbook.from_filelike(io.BytesIO(given.data)).get_sheet_by_name("participants").to_python()
    )
    assert len(sheet) == 2
    assert sheet[0][-1] == "reason"
    assert (sheet[1][0], "=HYPERLINK(1)" in sheet[1]) == ("P2", True)
    assert b"<f>" not in given.data, "no formula"
    refused = chipos_desk.send("/import/keep", opened="/import")
    assert refused.status_code == 422
    with opened():
        assert len(everything(Participant)) == 3


def test_mended_rows_can_be_sent_as_they_were_given_back(chipos_desk: Visitor, tmp_path: Path) -> None:
    rows = [{"ref": "S9", "name": "Mended", "reason": "name: This must not be empty."}]
    assert uploaded(chipos_desk, tmp_path, {"sites": rows}).status_code == 200


def test_a_copy_is_held_for_an_hour_only(chipos_desk: Visitor, tmp_path: Path) -> None:
    uploaded(chipos_desk, tmp_path, without_staff())
    with transaction():
        session.execute(update(HeldWorkbook).values(held_at=clock.now() - 2 * service.HELD_FOR))
    late = chipos_desk.send("/import/keep", opened="/import")
    assert late.status_code == 422
    assert "not held any more" in late.text


def test_nobody_imports_what_somebody_else_had_looked_over(
    app: Flask, chipos_desk: Visitor, tmp_path: Path
) -> None:
    with transaction(), opened():
        account = session.get_one(Account, cast.PRIYA.viewer.account_id)
        account.role_bits = ROLE_BITS[Role.COORDINATOR]
    uploaded(chipos_desk, tmp_path, without_staff())
    other = Visitor(app, cast.PRIYA)
    assert other.send("/import/keep", opened="/import").status_code == 422
    assert other.visit("/import/faulty-rows").status_code == 422


def test_a_coordinator_makes_no_accounts(chipos_desk: Visitor, tmp_path: Path) -> None:
    me = {"ref": "T9", "name": "Chipo", "email": "chipo@example.org", "roles": "admin"}
    looked = uploaded(chipos_desk, tmp_path, {"staff": [me]})
    assert looked.status_code == 422
    assert "Only an administrator" in looked.text


def test_a_coordinator_learns_nothing_about_answers_by_guessing(chipos_desk: Visitor, tmp_path: Path) -> None:
    service.import_path(workbooks.write_folder(tmp_path / "first", workbooks.small()))
    answers = {"volunteer": "V1", "due_on": workbooks.day(40), "answered_on": workbooks.day(39)}
    texts = set()
    for guess in (workbooks.ANSWERS["v1"], 4):
        row = answers | workbooks.ANSWERS | {"v1": guess, "contact_request": "no"}
        texts.add(_counts(uploaded(chipos_desk, tmp_path, {"checkins": [row]}).text))
    assert len(texts) == 1
    with opened():
        assert {one.version for one in everything(Checkin)} == {1}


def _counts(text: str) -> str:
    return text[text.index("Looked over") : text.index("</table>")]


@pytest.mark.parametrize("content", [b"", b"ref;name\n", b"PK\3\4 no archive"])
def test_what_is_no_workbook_is_said_beside_the_form(chipos_desk: Visitor, content: bytes) -> None:
    refused = chipos_desk.send("/import", {"file": (io.BytesIO(content), "x.xlsx")})
    assert refused.status_code == 422
    assert "Please look at this again" in refused.text


def test_no_file_is_asked_for(chipos_desk: Visitor) -> None:
    assert "Choose a file." in chipos_desk.send("/import", {}).text


def test_a_file_too_large_for_the_page_is_refused(
    chipos_desk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LARGEST_UPLOAD", 1000)
    refused = chipos_desk.send("/import", {"file": (io.BytesIO(bytes(1001)), "x.xlsx")})
    assert (refused.status_code, "too large for this page" in refused.text) == (422, True)


@pytest.mark.parametrize("desk", ["aminas_phone", "danas_desk", "priyas_desk", "prus_desk", "adas_desk"])
def test_the_page_is_for_coordinators(request: pytest.FixtureRequest, desk: str) -> None:
    visitor: Visitor = request.getfixturevalue(desk)
    assert {visitor.visit(address).status_code for address in PAGES} == {403}


def test_strangers_are_asked_to_sign_in(stranger: Visitor) -> None:
    assert {stranger.visit(address).location for address in PAGES} == {"/sign-in"}


def test_the_empty_workbook_has_a_neutral_name(chipos_desk: Visitor) -> None:
    given = chipos_desk.visit("/import/template")
    assert given.data[:2] == b"PK"
    assert 'filename="workbook.xlsx"' in given.headers["Content-Disposition"]
