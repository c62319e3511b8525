"""What can be done about claims and payments, by whom, and what is told of it."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from peerlink.errors import NotFound, Refused
from peerlink.events import Wording
from peerlink.features.finance import service
from peerlink.features.finance.events import ClaimApproved, ClaimPaid, ClaimRejected
from peerlink.features.finance.models import Claim, PayDetails, PaymentBatch, Receipt
from peerlink.features.finance.queries import (
    approvable_for,
    get_own_claim,
    own_pay_details,
    pay_details_of,
    payable_for,
    receipts_for,
)
from peerlink.features.finance.rules import ClaimDraft, PayDraft
from peerlink.framework.money_words import ClaimStatus, ExpenseKind, PayWay, RejectReason
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.store.session import session, transaction
from tests.features.finance.happenings import ago, both, claim, details, in_pounds, look, picture, today
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
AMINA, CHIPO, PRIYA = cast.AMINA.viewer, cast.CHIPO.viewer, cast.PRIYA.viewer
S = ClaimStatus
T = TypeVar("T")
DRAFT = ClaimDraft(what=ExpenseKind.TRAVEL, amount=12_500, spent_on=ago(2))


def does(viewer: Viewer, deed: Callable[[], T]) -> T:
    """Do something as a person would: with what their roles open and no more."""
    granted = gate.Access(viewer.account_id, viewer.opens(), {viewer.account_id})
    with transaction(), gate.access(granted):
        return deed()


def reach(asked: Any, viewer: Viewer) -> set[uuid.UUID]:
    return does(viewer, lambda: {one.id for one in many(asked)})


def sent() -> uuid.UUID:
    def deed() -> uuid.UUID:
        one = service.begin(AMINA)
        service.write_draft(one, DRAFT)
        service.add_photo(one, picture())
        service.send(one, by=AMINA.account_id)
        return one.id

    return does(AMINA, deed)


def approved(claim_ids: list[uuid.UUID], viewer: Viewer = CHIPO) -> tuple[uuid.UUID, int]:
    return does(viewer, lambda: service.approve(claim_ids, viewer))


def batched(claim_ids: list[uuid.UUID]) -> uuid.UUID:
    return does(PRIYA, lambda: service.make_batch(claim_ids, PRIYA).id)


def the_batch(batch_id: uuid.UUID) -> PaymentBatch:
    return session.get_one(PaymentBatch, batch_id)


def test_a_claim_is_due_fourteen_days_after_it_was_sent() -> None:
    one = look(sent())
    assert (one.status, one.submitted_on) == (S.SUBMITTED, today())
    assert one.due_on == today() + dt.timedelta(days=14)


def test_the_whole_way_of_a_claim_and_back() -> None:
    in_pounds()
    details()
    claim_id = sent()
    deed, n = approved([claim_id])
    assert (look(claim_id).status, look(claim_id).decided_on, n) == (S.APPROVED, today(), 1)
    batch_id = batched([claim_id])
    paid, n = does(PRIYA, lambda: service.mark_paid(the_batch(batch_id), [claim_id], today(), PRIYA))
    assert (look(claim_id).status, look(claim_id).paid_on, n) == (S.PAID, today(), 1)
    does(PRIYA, lambda: service.take_back_paid(paid, PRIYA))
    assert (look(claim_id).status, look(claim_id).paid_on) == (S.APPROVED, None)
    assert does(PRIYA, lambda: service.dissolve(the_batch(batch_id), PRIYA)) is False
    assert look(claim_id).batch_id is None
    with pytest.raises(NotFound):
        does(CHIPO, lambda: service.take_back_decision(deed, CHIPO))


def test_an_approval_of_many_is_taken_back_at_once() -> None:
    claims = [claim(), claim(cast.BEN_ID), claim(cast.ZOE_ID)]
    deed, n = approved(claims)
    assert n == 3
    assert does(CHIPO, lambda: service.take_back_decision(deed, CHIPO)) == 3
    assert {look(one).status for one in claims} == {S.SUBMITTED}


def test_approving_leaves_alone_what_was_decided_meanwhile() -> None:
    claims = [claim(), claim(status=S.APPROVED)]
    assert approved(claims)[1] == 1
    with pytest.raises(Refused, match="meanwhile"):
        approved(claims)
    with pytest.raises(Refused, match="Tick"):
        approved([])


def test_nobody_decides_on_their_own_claim() -> None:
    two_hats = both(AMINA, CHIPO)
    own, others = claim(), claim(cast.BEN_ID)
    with pytest.raises(Refused, match="Somebody else"):
        approved([own, others], two_hats)
    assert look(others).status is S.SUBMITTED, "all of them or none"
    with pytest.raises(Refused, match="Somebody else"):
        does(
            two_hats,
            lambda: service.reject(session.get_one(Claim, own), RejectReason.TWICE, None, two_hats),
        )
    assert approved([others], two_hats)[1] == 1
    deed, _n = approved([own])
    with pytest.raises(Refused, match="Somebody else"):
        does(two_hats, lambda: service.take_back_decision(deed, two_hats))


def test_a_claim_that_is_not_approved_says_why_and_can_be_mended() -> None:
    claim_id = sent()

    def no(reason: RejectReason, note: str | None) -> uuid.UUID:
        (one,) = many(approvable_for(CHIPO).where(Claim.id == claim_id))
        return service.reject(one, reason, note, CHIPO)

    with pytest.raises(Refused, match="few words"):
        does(CHIPO, lambda: no(RejectReason.OTHER, None))
    does(CHIPO, lambda: no(RejectReason.AMOUNT, "It says 11"))
    assert (look(claim_id).why, look(claim_id).why_note) == ("amount", "It says 11")

    def mend() -> None:
        one = get_own_claim(claim_id, AMINA)
        cheaper = ClaimDraft(what=ExpenseKind.TRAVEL, amount=11_000, spent_on=ago(2))
        service.take_back(one, by=AMINA.account_id)
        service.write_draft(one, cheaper)
        service.send(one, by=AMINA.account_id)

    does(AMINA, mend)
    one = look(claim_id)
    assert (one.status, one.amount, one.why, one.decided_on) == (S.SUBMITTED, 11_000, None, None)


def test_a_claim_is_taken_back_until_it_is_approved() -> None:
    claim_id = sent()
    does(AMINA, lambda: service.take_back(get_own_claim(claim_id, AMINA), by=AMINA.account_id))
    assert (look(claim_id).status, look(claim_id).due_on) == (S.DRAFT, None)
    waiting = claim(status=S.APPROVED)
    with pytest.raises(Refused, match="approved already"):
        does(AMINA, lambda: service.take_back(get_own_claim(waiting, AMINA), by=AMINA.account_id))


def test_a_draft_goes_with_its_photos() -> None:
    def deed() -> uuid.UUID:
        one = service.begin(AMINA)
        service.add_photo(one, picture())
        return one.id

    claim_id = does(AMINA, deed)
    does(AMINA, lambda: service.drop(get_own_claim(claim_id, AMINA), by=AMINA.account_id))
    with transaction():
        assert session.scalars(select(Claim.id)).all() == []
        assert session.scalars(select(Receipt.id)).all() == []


def test_a_claim_has_up_to_five_photos_and_a_volunteer_up_to_ten_drafts() -> None:
    def deed() -> None:
        one = service.begin(AMINA)
        for _n in range(6):
            service.add_photo(one, picture())

    with pytest.raises(Refused, match="up to 5"):
        does(AMINA, deed)
    with pytest.raises(Refused, match="10 claims"):
        does(AMINA, lambda: [service.begin(AMINA) for _n in range(11)])


def test_who_reaches_a_claim() -> None:
    draft, waiting, paid = claim(status=S.DRAFT), claim(), claim(status=S.PAID)
    assert reach(approvable_for(CHIPO), CHIPO) == {waiting, paid}, "a draft is its volunteer's alone"
    assert reach(payable_for(PRIYA), PRIYA) == {waiting, paid}
    for other in (cast.BEN, cast.DANA, cast.PRU, cast.ADA):
        for asked in (approvable_for, payable_for, receipts_for):
            assert reach(asked(other.viewer), other.viewer) == set()
    assert does(AMINA, lambda: get_own_claim(draft, AMINA).id) == draft
    with pytest.raises(NotFound):
        does(cast.BEN.viewer, lambda: get_own_claim(waiting, cast.BEN.viewer))


def test_who_reaches_a_photo() -> None:
    sent()
    n = {one.name: len(reach(receipts_for(one.viewer), one.viewer)) for one in cast.EVERYBODY}
    assert n == dict.fromkeys(n, 0) | {"Amina": 1, "Chipo": 1}, "whoever pays only what is approved"


def test_a_payment_is_not_put_into_two_batches() -> None:
    in_pounds()
    one = claim(status=S.APPROVED)
    batched([one])
    with pytest.raises(Refused, match="already"):
        batched([one])
    with pytest.raises(Refused, match="already"):
        batched([claim()])


def test_a_batch_needs_a_currency() -> None:
    with pytest.raises(Refused, match="currency"):
        batched([claim(status=S.APPROVED)])


def test_nothing_is_paid_on_a_day_to_come_or_before_it_was_approved() -> None:
    in_pounds()
    one = claim(status=S.APPROVED, due=3)
    batch_id = batched([one])

    def paid_on(day: dt.date) -> None:
        does(PRIYA, lambda: service.mark_paid(the_batch(batch_id), [one], day, PRIYA))

    for day, says in ((today() + dt.timedelta(days=1), "to come"), (ago(4), "approved only after")):
        with pytest.raises(Refused, match=says):
            paid_on(day)
    other = claim(cast.BEN_ID, status=S.APPROVED)
    with pytest.raises(NotFound):
        does(PRIYA, lambda: service.mark_paid(the_batch(batch_id), [other], today(), PRIYA))


def test_part_of_a_batch_may_be_paid_and_the_rest_leave_it() -> None:
    in_pounds()
    one, two = claim(status=S.APPROVED), claim(cast.BEN_ID, status=S.APPROVED)
    batch_id = batched([one, two])
    does(PRIYA, lambda: service.mark_paid(the_batch(batch_id), [one], today(), PRIYA))
    assert does(PRIYA, lambda: service.dissolve(the_batch(batch_id), PRIYA)) is True
    assert (look(one).batch_id, look(two).batch_id) == (batch_id, None)


def test_how_somebody_is_paid_is_theirs_and_of_who_pays_them() -> None:
    def say() -> None:
        draft = PayDraft(way=PayWay.BANK, name=" R.  Holder ", account="GB12 0000 1234", agreed=True)
        service.save_pay_details(cast.AMINA_ID, own_pay_details(AMINA), draft, by=AMINA.account_id)

    does(AMINA, say)
    does(AMINA, say)
    with transaction():
        assert len(session.scalars(select(PayDetails.id)).all()) == 1

    def of_amina(viewer: Viewer) -> int:
        return does(viewer, lambda: len(pay_details_of([cast.AMINA_ID], viewer)))

    assert [of_amina(one) for one in (AMINA, CHIPO, PRIYA, cast.BEN.viewer, cast.DANA.viewer)] == [
        1, 1, 0, 0, 0,
    ]  # fmt: skip
    claim()
    assert of_amina(PRIYA) == 1, "as soon as there is something to pay"


def test_what_is_decided_and_paid_is_told_without_saying_what() -> None:
    who = {"by": None, "volunteer_id": cast.AMINA_ID, "claim_id": uuid.uuid4()}
    assert ClaimApproved(**who).messages() == ()
    for event in (ClaimRejected(**who), ClaimPaid(**who)):
        (message,) = event.messages()
        assert (message.to, message.wording) == (cast.AMINA_ID, Wording.UPDATE)
        assert event.about() == (cast.AMINA_ID,)
