"""Whoever pays: lists, files for the bank that say nothing, what was paid, what money there is."""

import csv
import io
import uuid

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.features.finance.files import HEADER, as_csv, as_xlsx
from peerlink.features.finance.models import Balance, PaymentBatch
from peerlink.features.finance.rules import PayDraft, check_pay, check_text, masked, safe_cell
from peerlink.framework.money_words import ClaimStatus, PayWay
from peerlink.store import audit
from peerlink.store.session import reading, session
from tests.features.finance.happenings import (
    ago,
    balance,
    claim,
    details,
    in_pounds,
    look,
    today,
    unpaid_by_design,
)
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
S = ClaimStatus


@pytest.fixture
def owed() -> list[uuid.UUID]:
    """Three are owed something: one by bank, one in cash, one nobody knows how."""
    in_pounds()
    details()
    details(cast.BEN_ID, PayWay.CASH, name="M. Cash")
    return [claim(one, status=S.APPROVED, due=20) for one in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID)]


def put_together(desk: Visitor, claims: list[uuid.UUID]) -> str:
    done = desk.send("/money/lists", {"claim": [str(one) for one in claims]}, opened="/money")
    assert done.status_code == 303, done.text
    return str(done.location)


def test_what_is_owed_is_shown_by_the_name_it_is_paid_under(
    priyas_desk: Visitor, owed: list[uuid.UUID]
) -> None:
    shown = priyas_desk.visit("/money").text
    assert "R. Holder" in shown
    assert "Late: 20 days" in shown
    assert "£37.50" in shown
    for name in ("Amina", "Ben", "Zoe", "0000 1234"):
        assert name not in shown


def test_a_list_is_put_together_paid_in_part_and_reopened(
    priyas_desk: Visitor, owed: list[uuid.UUID], aminas_phone: Visitor
) -> None:
    at = put_together(priyas_desk, owed)
    shown = priyas_desk.visit(at).text
    assert "Paid by hand" in shown
    assert "M. Cash" in shown
    assert "A list of payments to confirm: 3" in priyas_desk.visit("/").text
    said = {"claim": [str(one) for one in owed[:2]], "on": today().isoformat()}
    assert priyas_desk.send(f"{at}/paid", said | {"on": ""}, opened=at).status_code == 422
    assert priyas_desk.send(f"{at}/paid", said | {"on": "2999-01-01"}, opened=at).status_code == 422
    assert priyas_desk.send(f"{at}/paid", said, opened=at).status_code == 303
    assert [look(one).status for one in owed] == [S.PAID, S.PAID, S.APPROVED]
    assert "Paid on" in aminas_phone.visit("/me/claims").text
    undo = f"{at}/paid/{look(owed[0]).deed_id}/take-back"
    assert undo in priyas_desk.visit(at).text
    assert "A list of payments to confirm: 1" in priyas_desk.visit("/").text
    priyas_desk.send(undo, opened=at)
    assert {look(one).status for one in owed} == {S.APPROVED}
    priyas_desk.send(f"{at}/paid", said, opened=at)
    priyas_desk.send(f"/money/payments/{owed[0]}/reopen", opened=at)
    assert look(owed[0]).status is S.APPROVED
    assert priyas_desk.send(f"{at}/dissolve", opened=at).location == at
    assert look(owed[0]).batch_id is None


def test_the_file_for_the_bank_has_a_neutral_name_and_text(
    priyas_desk: Visitor, owed: list[uuid.UUID]
) -> None:
    at = put_together(priyas_desk, owed)
    file = priyas_desk.send(f"{at}/file/csv", opened=at)
    assert file.headers["Content-Disposition"] == (f'attachment; filename="payments-{today():%Y-%m}.csv"')
    assert "no-store" in file.headers["Cache-Control"]
    header, *rows = csv.reader(io.StringIO(file.data.decode("utf-8-sig")))
    assert tuple(header) == HEADER
    due, paid = ago(20).isoformat(), ("12.50", "GBP", "Reimbursement")
    line = [look(owed[0]).reference, "R. Holder", "GB12 0000 1234 5678", "bank", *paid, due]
    assert rows == [line], "cash and what nobody knows is paid by hand"
    for word in ("Riverbend", "Amina", "hiv", "support", "volunteer"):
        assert word.lower() not in file.text.lower()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(priyas_desk.send(f"{at}/file/xlsx", opened=at).data))
    assert sheet.get_sheet_by_index(0).to_python()[1][4] == 12.5
    assert priyas_desk.send(f"{at}/file/pdf", opened=at).status_code == 404


def test_that_the_file_was_taken_out_is_written_down(priyas_desk: Visitor, owed: list[uuid.UUID]) -> None:
    at = put_together(priyas_desk, owed)
    priyas_desk.send(f"{at}/file/csv", opened=at)
    with reading():
        taken_out_on = session.scalars(select(PaymentBatch.taken_out_on)).one()
        deeds = [(one.deed, one.actor) for one in audit.deeds(session) if one.deed.startswith("batch")]
    priya = cast.PRIYA.viewer.account_id
    assert sorted(deeds) == [("batch exported", priya), ("batch made", priya)]
    assert taken_out_on == today()


def test_nothing_in_a_file_is_taken_for_a_formula() -> None:
    evil = [("=1+1", "@SUM(A1)", "+44 7700", "-bank", 12_500, "GBP", "\t=cmd", "2026-03-01")]
    (_header, row) = csv.reader(io.StringIO(as_csv(evil).decode("utf-8-sig")))
    assert row == ["'=1+1", "'@SUM(A1)", "+44 7700", "'-bank", "12.50", "GBP", "'\t=cmd", "2026-03-01"]
    cells = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(evil))).get_sheet_by_index(0).to_python()[1]
    assert cells[:4] == ["=1+1", "@SUM(A1)", "+44 7700", "-bank"], "text, and not what it would come to"
    assert safe_cell("+44=1") == "'+44=1"


@pytest.mark.parametrize(
    "said",
    [
        {"name": "=HYPERLINK(1)"},
        {"name": ""},
        {"account": "=1+1"},
        {"account": "12"},
        {"account": "abcd"},
        {"account": None},
        {"agreed": False},
    ],
)
def test_details_no_bank_could_use_are_refused(said: dict[str, object]) -> None:
    fine = {"way": PayWay.BANK, "name": "Zoë O’Neill-Smith", "account": "+44 7700 900123", "agreed": True}
    assert check_pay(PayDraft(**fine)).name == "Zoë O’Neill-Smith"
    with pytest.raises(Refused):
        check_pay(PayDraft(**(fine | said)))


def test_a_number_is_shown_by_its_end_only() -> None:
    assert [masked(one) for one in ("GB12 0000 1234 5678", "1234", None)] == ["•••• 5678", "••••", ""]


def test_the_bank_line_says_nothing_of_the_programme(priyas_desk: Visitor) -> None:
    at = "/money/settings"
    for text in ("HIV support", "Riverbend pay", "way too long for any bank line", "Süß", ""):
        assert priyas_desk.send(at, {"currency": "GBP", "text": text}).status_code == 422, text
    assert priyas_desk.send(at, {"currency": "", "text": "Refund"}).status_code == 422
    assert priyas_desk.send(at, {"currency": "ZAR", "text": " Refund  7 "}).status_code == 303
    assert 'value="Refund 7"' in priyas_desk.visit(at).text
    with pytest.raises(Refused):
        check_text("Refund!")


def test_without_a_currency_nothing_is_put_together(priyas_desk: Visitor) -> None:
    one = claim(status=S.APPROVED, currency=None)
    assert "Choose the currency" in priyas_desk.visit("/money").text
    refused = priyas_desk.send("/money/lists", {"claim": [str(one)]}, opened="/money")
    assert (refused.status_code, "currency" in refused.text) == (422, True)


def test_the_balance_is_written_down_on_one_page(priyas_desk: Visitor) -> None:
    in_pounds()
    assert "Write down the balance" in priyas_desk.visit("/").text
    said = {"on": ago(1).isoformat(), "unrestricted": "20,000.00", "restricted": "", "budget": "60000"}
    assert priyas_desk.send("/money/balance", said | {"on": "2999-01-01"}).status_code == 422
    assert priyas_desk.send("/money/balance", said | {"unrestricted": ""}).status_code == 422
    assert priyas_desk.send("/money/balance", said).status_code == 303
    assert priyas_desk.send("/money/balance", said | {"unrestricted": "-5"}).status_code == 303
    with reading():
        one = session.scalars(select(Balance)).one()
        assert (one.on, one.unrestricted, one.budget_next_12_months) == (ago(1), -5_000, 60_000_000)
    assert "-£5.00" in priyas_desk.visit("/money/balance").text
    assert "Write down the balance" not in priyas_desk.visit("/").text


def test_an_old_balance_is_asked_for_again(priyas_desk: Visitor) -> None:
    balance(35)
    assert "Write down the balance" not in priyas_desk.visit("/").text
    balance(34)
    assert "older than it may be" not in priyas_desk.visit("/money").text


def test_unpaid_by_design_is_said_and_what_is_spent_is_still_paid_back(
    priyas_desk: Visitor, aminas_phone: Visitor, chipos_desk: Visitor
) -> None:
    unpaid_by_design()
    claim(status=S.APPROVED)
    assert "unpaid by design" in priyas_desk.visit("/money").text
    assert "unpaid by design" in aminas_phone.visit("/me/claims").text
    assert "unpaid by design" in chipos_desk.visit(f"/volunteers/{cast.AMINA_ID}/payments").text


def test_empty_pages_say_what_they_are_for(
    priyas_desk: Visitor, aminas_phone: Visitor, chipos_desk: Visitor
) -> None:
    assert "Nothing to pay" in priyas_desk.visit("/money").text
    assert "Nothing claimed yet" in aminas_phone.visit("/me/claims").text
    assert "Nothing waits for you" in chipos_desk.visit("/claims").text
