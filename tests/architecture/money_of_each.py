"""Claims in every state that has pages, a photo, and one payment list."""

import base64
import datetime as dt
import uuid

from peerlink.features.finance.models import Claim, PayDetails, PaymentBatch, Receipt
from peerlink.framework.money_words import ClaimKind, ClaimStatus, ExpenseKind, PayWay
from peerlink.store.session import session
from tests.features.finance.happenings import picture
from tests.support import cast

BATCH_ID = uuid.UUID(int=731)
SIDES: dict[str, tuple[uuid.UUID, uuid.UUID]] = {
    "claim_id": (uuid.UUID(int=701), uuid.UUID(int=702)),
    "entered_id": (uuid.UUID(int=751), uuid.UUID(int=752)),
    "photo_id": (uuid.UUID(int=761), uuid.UUID(int=762)),
    "receipt_id": (uuid.UUID(int=711), uuid.UUID(int=712)),
    "decision_id": (uuid.UUID(int=721), uuid.UUID(int=722)),
    "payment_id": (uuid.UUID(int=741), uuid.UUID(int=742)),
}
WORDS: dict[str, object] = {"batch_id": BATCH_ID, "ending": "csv"}
A_POINT = base64.b64encode(picture((2, 2))).decode()


def tell(side: int, volunteer: cast.Person, today: dt.date) -> None:
    """Tell of one of each on one side."""
    if side == 0:
        session.add(PaymentBatch(id=BATCH_ID, made_on=today))
        session.flush()
    of = volunteer.viewer.person_id
    waiting = _claim(of, SIDES["claim_id"][side], ClaimStatus.SUBMITTED, today)
    decided = _claim(of, uuid.uuid4(), ClaimStatus.APPROVED, today)
    decided.deed_id, decided.decided_on = SIDES["decision_id"][side], today
    to_pay = _claim(of, uuid.uuid4(), ClaimStatus.APPROVED, today)
    to_pay.batch_id = BATCH_ID
    paid = _claim(of, uuid.uuid4(), ClaimStatus.PAID, today)
    paid.deed_id, paid.paid_on, paid.batch_id = SIDES["payment_id"][side], today, BATCH_ID
    begun = _claim(of, SIDES["entered_id"][side], ClaimStatus.DRAFT, today)
    begun.entered_by = cast.CHIPO.viewer.account_id
    details = PayDetails(
        subject_id=of, volunteer_id=of, way=PayWay.BANK, name="R. Holder", account="12345678"
    )
    session.add_all([waiting, decided, to_pay, paid, begun, details])
    session.flush()
    photos = ((waiting, SIDES["receipt_id"][side]), (begun, SIDES["photo_id"][side]))
    session.add_all(_photo(of, one.id, photo_id) for one, photo_id in photos)


def _photo(of: object, claim_id: object, photo_id: object) -> Receipt:
    return Receipt(
        id=photo_id, subject_id=of, claim_id=claim_id, photo=A_POINT, small=A_POINT, width=1, height=1
    )


def _claim(of: object, claim_id: object, status: ClaimStatus, today: dt.date) -> Claim:
    return Claim(
        id=claim_id,
        subject_id=of,
        volunteer_id=of,
        kind=ClaimKind.EXPENSE,
        status=status,
        due_on=today,
        submitted_on=today,
        amount=12_500,
        currency="GBP",
        what=ExpenseKind.TRAVEL,
        spent_on=today,
    )
