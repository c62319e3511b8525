"""What volunteers do on their phone with what they spent, and coordinators with what they sent."""

import io
import re
import uuid
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from peerlink.features.finance.models import Claim, Receipt, StipendAgreement
from peerlink.framework.money_words import ClaimKind, ClaimStatus, RejectReason
from peerlink.store.session import reading, session
from tests.features.finance.happenings import ago, agreed, claim, details, in_pounds, look, picture, today
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
S = ClaimStatus
NEW = "/me/claims/new"
SPENT = {"what": "travel", "amount": "12.50", "spent_on": today().isoformat(), "note": ""}


def photo(content: bytes | None = None) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content or picture()), "IMG_2026_home.jpg"


def the_claim() -> Claim:
    with reading():
        return look(session.scalars(select(Claim.id)).one())


def n_photos() -> int:
    with reading():
        return len(session.scalars(select(Receipt.id)).all())


def send(phone: Visitor, **changes: Any) -> TestResponse:
    return phone.send(NEW, SPENT | changes)


def test_a_claim_is_sent_from_the_phone_and_can_be_taken_back(aminas_phone: Visitor) -> None:
    in_pounds()
    done = send(aminas_phone, photo=photo())
    assert (done.status_code, done.location) == (303, "/me/claims")
    one = the_claim()
    assert (one.status, one.amount, one.currency, n_photos()) == (S.SUBMITTED, 12_500, "GBP", 1)
    shown = aminas_phone.visit("/me/claims").text
    assert "£12.50" in shown
    assert "Being looked at" in shown
    assert f"/me/claims/{one.id}/take-back" in shown
    aminas_phone.send(f"/me/claims/{one.id}/take-back", opened="/me/claims")
    assert the_claim().status is S.DRAFT
    assert n_photos() == 1


def test_a_photo_is_kept_where_something_else_is_wrong(aminas_phone: Visitor) -> None:
    wrong = send(aminas_phone, amount="1,234", note="bus", photo=photo())
    assert wrong.status_code == 422
    assert "Type 1234 or 1.23" in wrong.text
    one = the_claim()
    assert (one.status, n_photos()) == (S.DRAFT, 1)
    assert f'action="/me/claims/{one.id}"' in wrong.text
    assert 'value="bus"' in wrong.text
    done = aminas_phone.fill_in(f"/me/claims/{one.id}", f"/me/claims/{one.id}", **SPENT)
    assert done.status_code == 303
    assert (the_claim().status, n_photos()) == (S.SUBMITTED, 1)


def test_without_a_photo_nothing_is_left_behind_by_a_slip(aminas_phone: Visitor) -> None:
    wrong = send(aminas_phone, what="other")
    assert (wrong.status_code, "in a few words" in wrong.text) == (422, True)
    assert 'action="/me/claims/new"' in wrong.text
    with reading():
        assert session.scalars(select(Claim.id)).all() == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"what": ""}, "Say what it was for."),
        ({"amount": ""}, "Say how much it was."),
        ({"amount": "0"}, "Say how much it was."),
        ({"amount": "lots"}, "Type an amount such as 12.50."),
        ({"spent_on": ""}, "Say on which day it was."),
        ({"spent_on": "2999-01-01"}, "This day is still to come."),
        ({"spent_on": "2001-01-01"}, "more than a year ago"),
        ({"photo": photo(b"%PDF-1.7")}, "Choose a JPEG, PNG or WebP picture."),
        ({"chosen": photo(b"\0\0\0\x18ftypheic\0\0\0\0")}, "saves photos as HEIC"),
    ],
)
def test_a_claim_that_cannot_be_says_what_to_do(
    aminas_phone: Visitor, changes: dict[str, Any], says: str
) -> None:
    wrong = send(aminas_phone, **changes)
    assert (wrong.status_code, says in wrong.text) == (422, True)


def test_a_claim_is_kept_for_later_and_thrown_away(aminas_phone: Visitor) -> None:
    kept = aminas_phone.send(NEW, {"do": "keep", "note": "bus"})
    one = the_claim()
    assert (kept.status_code, kept.location, one.note) == (303, f"/me/claims/{one.id}", "bus")
    aminas_phone.send(f"/me/claims/{one.id}/drop", opened=f"/me/claims/{one.id}")
    with reading():
        assert session.scalars(select(Claim.id)).all() == []


def test_a_photo_is_shown_to_those_who_may_and_kept_nowhere(
    aminas_phone: Visitor, bens_phone: Visitor, chipos_desk: Visitor, priyas_desk: Visitor
) -> None:
    send(aminas_phone, photo=photo(picture((800, 600))))
    with reading():
        receipt_id = session.scalars(select(Receipt.id)).one()
    address = f"/photos/{receipt_id}"
    shown = aminas_phone.visit(address)
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in shown.headers["Cache-Control"]
    assert Image.open(io.BytesIO(shown.data)).size == (800, 600)
    assert max(Image.open(io.BytesIO(chipos_desk.visit(f"{address}?size=small").data)).size) == 240
    assert [one.visit(address).status_code for one in (bens_phone, priyas_desk)] == [404, 404]


def test_a_photo_is_taken_out_again(aminas_phone: Visitor) -> None:
    aminas_phone.send(NEW, SPENT | {"do": "keep", "photo": photo()})
    with reading():
        receipt_id = session.scalars(select(Receipt.id)).one()
    at = f"/me/claims/{the_claim().id}"
    assert f"{at}/photos/{receipt_id}/remove" in aminas_phone.visit(at).text
    aminas_phone.send(f"{at}/photos/{receipt_id}/remove", opened=at)
    assert n_photos() == 0


def test_one_day_is_one_day(aminas_phone: Visitor, priyas_desk: Visitor) -> None:
    claim(due=1, status=S.APPROVED)
    for shown in (aminas_phone.visit("/me/claims").text, priyas_desk.visit("/money").text):
        assert "Late: 1 day</span>" in shown
        assert "1 days" not in shown
    assert "up to 1 day</" in priyas_desk.visit("/").text


def test_what_is_late_is_named_first_with_a_word_of_regret(aminas_phone: Visitor) -> None:
    claim(due=-5)
    claim(due=20, status=S.APPROVED)
    shown = aminas_phone.visit("/me/claims").text
    assert "Late: 20 days" in shown
    assert "We are sorry." in shown
    assert shown.index("Late: 20 days") < shown.index("Being looked at")
    assert "A payment to you is late" in aminas_phone.visit("/").text


def test_what_was_agreed_is_shown_and_unpaid_by_design_is_said(aminas_phone: Visitor) -> None:
    agreed()
    shown = aminas_phone.visit("/me/claims").text
    assert "£60.00 a month" in shown
    assert "14 hours a month" in shown


def test_how_somebody_is_paid_is_shown_masked_and_kept_where_left_empty(aminas_phone: Visitor) -> None:
    said = {"way": "bank", "name": "R. Holder", "account": "GB12 0000 1234 5678", "agreed": "y"}
    assert aminas_phone.send("/me/pay", said | {"agreed": ""}).status_code == 422
    assert aminas_phone.send("/me/pay", said).status_code == 303
    for page in ("/me/claims", "/me/pay"):
        assert "•••• 5678" in aminas_phone.visit(page).text
        assert "0000 1234" not in aminas_phone.visit(page).text
    assert aminas_phone.send("/me/pay", said | {"account": "", "name": "R. H. Holder"}).status_code == 303
    assert "•••• 5678" in aminas_phone.visit("/me/pay").text
    assert aminas_phone.send("/me/pay", said | {"account": "", "way": "mobile"}).status_code == 422


def test_ten_claims_are_approved_at_once_but_for_one_and_taken_back(chipos_desk: Visitor) -> None:
    in_pounds()
    claims = [claim((cast.AMINA_ID, cast.BEN_ID)[n % 2], amount=1_000 * (n + 1)) for n in range(10)]
    queue = chipos_desk.visit("/claims").text
    assert len(re.findall('<input type="checkbox" name="claim" value="[^"]+" checked>', queue)) == 10
    assert "Approve what is ticked (10 shown)" in queue
    assert "£55.00" in queue
    done = chipos_desk.send("/claims/approve", {"claim": [str(one) for one in claims[1:]]}, opened="/claims")
    assert (done.status_code, done.location) == (303, "/claims")
    assert [look(one).status for one in claims] == [S.SUBMITTED] + [S.APPROVED] * 9
    deed = look(claims[1]).deed_id
    assert f"/claims/decisions/{deed}/take-back" in chipos_desk.visit("/claims").text
    chipos_desk.send(f"/claims/decisions/{deed}/take-back", opened="/claims")
    assert {look(one).status for one in claims} == {S.SUBMITTED}


def test_a_claim_is_looked_at_and_not_approved_with_a_reason(
    chipos_desk: Visitor, aminas_phone: Visitor
) -> None:
    one = claim(note="to the clinic and back")
    at = f"/claims/{one}"
    assert "to the clinic and back" in chipos_desk.visit(at).text
    assert chipos_desk.send(f"{at}/reject", {"why": ""}, opened=at).status_code == 422
    other = chipos_desk.send(f"{at}/reject", {"why": "other", "note": ""}, opened=at)
    assert (other.status_code, "few words" in other.text) == (422, True)
    assert (
        chipos_desk.send(f"{at}/reject", {"why": "twice", "note": "On Monday"}, opened=at).status_code == 303
    )
    assert "It was claimed twice: On Monday" in aminas_phone.visit("/me/claims").text
    assert "Change it and send it again" in aminas_phone.visit(f"/me/claims/{one}").text
    assert "It was claimed twice" in chipos_desk.visit(at).text


def test_a_draft_is_nobodys_but_its_volunteers(chipos_desk: Visitor, bens_phone: Visitor) -> None:
    one = claim(status=S.DRAFT)
    assert chipos_desk.visit(f"/claims/{one}").status_code == 404
    assert bens_phone.visit(f"/me/claims/{one}").status_code == 404


def test_a_stipend_is_agreed_ended_and_settled_on_the_volunteers_page(chipos_desk: Visitor) -> None:
    at = f"/volunteers/{cast.AMINA_ID}/payments"
    said = {
        "stipend-amount": "60",
        "stipend-hours": "14",
        "stipend-from_on": today().isoformat(),
        "stipend-pay_day": "5",
    }
    refused = chipos_desk.send(f"{at}/stipend", said, opened=at)
    assert (refused.status_code, "currency" in refused.text) == (422, True)
    assert 'value="60"' in refused.text
    in_pounds()
    assert chipos_desk.send(f"{at}/stipend", said, opened=at).status_code == 303
    assert "£60.00" in chipos_desk.visit(at).text
    assert chipos_desk.send(f"{at}/stipend", said | {"stipend-amount": "x"}, opened=at).status_code == 422
    end = {"end-last_day": today().isoformat(), "end-end": "programme_stopped"}
    assert chipos_desk.send(f"{at}/stipend/end", {**end, "end-end": ""}, opened=at).status_code == 422
    assert chipos_desk.send(f"{at}/stipend/end", end, opened=at).status_code == 303
    assert "They have agreed since" in chipos_desk.visit(at).text
    assert chipos_desk.send(f"{at}/stipend/settle", opened=at).status_code == 303
    assert "They have agreed since" not in chipos_desk.visit(at).text
    with reading():
        assert session.scalars(select(StipendAgreement.settled_on)).one() == today()


def test_a_coordinator_writes_down_how_somebody_is_paid(chipos_desk: Visitor) -> None:
    at = f"/volunteers/{cast.AMINA_ID}/payments"
    said = {"pay-way": "cash", "pay-name": "R. Holder"}
    assert chipos_desk.send(f"{at}/details", said, opened=at).status_code == 303
    assert "In cash" in chipos_desk.visit(at).text
    assert chipos_desk.send(f"{at}/details", said | {"pay-name": ""}, opened=at).status_code == 422


def test_a_stipend_of_the_month_waits_among_the_claims(chipos_desk: Visitor) -> None:
    details()
    claim(kind=ClaimKind.STIPEND, due=-3, what=None, spent_on=None, hours=14)
    shown = chipos_desk.visit("/claims").text
    assert "Stipend for" in shown
    assert "14 hours a month" in shown
    assert "Claims to approve: 1" in chipos_desk.visit("/").text


@pytest.mark.parametrize(("decided", "told"), [(13, True), (14, False)])
def test_a_claim_that_came_back_is_told_of_for_two_weeks(
    aminas_phone: Visitor, decided: int, told: bool
) -> None:
    claim(status=S.REJECTED, due=decided, decided_on=ago(decided), why=RejectReason.NOT_COVERED.value)
    assert ("A claim came back to you" in aminas_phone.visit("/").text) is told


def test_what_is_not_there_is_not_found(aminas_phone: Visitor, chipos_desk: Visitor) -> None:
    nobodys = uuid.uuid4()
    assert aminas_phone.visit(f"/me/claims/{nobodys}").status_code == 404
    assert chipos_desk.send("/claims/approve", {"claim": [str(nobodys)]}, opened="/claims").status_code == 404
    assert chipos_desk.send("/claims/approve", {"claim": ["x"]}, opened="/claims").status_code == 422
