"""One form is one claim, however often it is sent."""

from sqlalchemy import func, select

from peerlink.features.finance.models import Claim
from peerlink.store.session import reading, session
from tests.features.finance.happenings import in_pounds, today
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
