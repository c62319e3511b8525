"""One form is one claim, and one payment list, however often it is sent."""

import io

from sqlalchemy import func, select

from peerlink.features.finance.models import Claim, PaymentBatch, Receipt
from peerlink.framework.money_words import ClaimStatus
from peerlink.store.session import reading, session
from tests.features.finance.happenings import claim, in_pounds, picture, today
from tests.support.visitor import Outline, Visitor


def test_the_same_form_is_one_claim_and_other_words_are_another(aminas_phone: Visitor) -> None:
    in_pounds()
    hidden = Outline(aminas_phone.visit("/me/claims/new").text).hidden
    for amount in ("3.40", "3.40", "5.00"):
        said = {"what": "travel", "amount": amount, "spent_on": today().isoformat()}
        answer = aminas_phone.client.post("/me/claims/new", data=hidden | said, base_url="https://localhost")
        assert answer.location == "/me/claims"
    with reading():
        assert session.scalar(select(func.count()).select_from(Claim)) == 2


def test_the_same_list_put_together_again_is_that_list(priyas_desk: Visitor) -> None:
    in_pounds()
    mine, other = (str(claim(status=ClaimStatus.APPROVED)) for _n in range(2))
    hidden = Outline(priyas_desk.visit("/money").text).hidden
    answers = [
        priyas_desk.client.post("/money/lists", data=hidden | {"claim": [ids]}, base_url="https://localhost")
        for ids in (mine, mine, mine, other)
    ]
    assert [one.status_code for one in answers] == [303] * 4
    first, *again, another = [str(one.location) for one in answers]
    assert again == [first, first]
    assert another != first
    assert priyas_desk.visit(first).status_code == 200
    with reading():
        assert session.scalar(select(func.count()).select_from(PaymentBatch)) == 2


def test_the_same_photo_is_kept_once(aminas_phone: Visitor) -> None:
    in_pounds()
    hidden = Outline(aminas_phone.visit("/me/claims/new").text).hidden
    said = {"what": "travel", "amount": "3.40", "spent_on": today().isoformat()}
    photo = picture((40, 30))
    for _tap in range(3):
        sent = hidden | said | {"photo": (io.BytesIO(photo), "IMG_1.jpg")}
        answer = aminas_phone.client.post("/me/claims/new", data=sent, base_url="https://localhost")
        assert answer.location == "/me/claims"
    with reading():
        assert session.scalar(select(func.count()).select_from(Claim)) == 1
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1
