"""What tests of money tell: claims sent, agreements made, photos taken."""

import datetime as dt
import io
import uuid
from typing import Any

from PIL import Image

from peerlink import clock
from peerlink.features.finance import service
from peerlink.features.finance.models import Balance, Claim, PayDetails, StipendAgreement
from peerlink.features.programmes.models import Programme
from peerlink.framework.money_words import ClaimKind, ClaimStatus, ExpenseKind, PayWay
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.support import cast

WHY = "a test tells of money"


def today() -> dt.date:
    return clock.today("Europe/London")


def ago(days: int) -> dt.date:
    return today() - dt.timedelta(days=days)


def in_pounds() -> None:
    """Have the programme pay in pounds."""
    with transaction(), gate.opened(WHY):
        service.set_payments("GBP", "Reimbursement", by=cast.PRIYA.viewer.account_id)


def unpaid_by_design() -> None:
    with transaction(), gate.opened(WHY):
        session.query(Programme).one().unpaid_by_design = True


def claim(
    volunteer_id: uuid.UUID = cast.AMINA_ID,
    status: ClaimStatus = ClaimStatus.SUBMITTED,
    *,
    kind: ClaimKind = ClaimKind.EXPENSE,
    due: int = 0,
    **said: Any,
) -> uuid.UUID:
    """Tell of one claim that is due so many days ago."""
    is_draft = status is ClaimStatus.DRAFT
    told: dict[str, Any] = {
        "id": uuid.uuid4(),
        "due_on": None if is_draft else ago(due),
        "submitted_on": None if is_draft else ago(due + 14),
        "decided_on": ago(due) if status in {ClaimStatus.APPROVED, ClaimStatus.PAID} else None,
        "paid_on": ago(due) if status is ClaimStatus.PAID else None,
        "amount": 12_500,
        "currency": "GBP",
        "what": ExpenseKind.TRAVEL,
        "spent_on": ago(due + 14),
    }
    with transaction(), gate.opened(WHY):
        one = Claim(
            subject_id=volunteer_id, volunteer_id=volunteer_id, kind=kind, status=status, **told | said
        )
        session.add(one)
        session.flush()
        return one.id


def agreed(volunteer_id: uuid.UUID = cast.AMINA_ID, *, since: int = 100, **said: Any) -> uuid.UUID:
    """Tell of one stipend agreed so many days ago."""
    told: dict[str, Any] = {
        "id": uuid.uuid4(),
        "from_on": ago(since),
        "until_on": None,
        "recorded_on": ago(since),
        "pay_day": 1,
        "while_paused": False,
        "amount": 60_000,
        "currency": "GBP",
        "hours": 14,
    }
    with transaction(), gate.opened(WHY):
        one = StipendAgreement(subject_id=volunteer_id, volunteer_id=volunteer_id, **told | said)
        session.add(one)
        session.flush()
        return one.id


def details(volunteer_id: uuid.UUID = cast.AMINA_ID, way: PayWay = PayWay.BANK, **said: Any) -> uuid.UUID:
    told: dict[str, Any] = {
        "id": uuid.uuid4(),
        "name": "R. Holder",
        "account": None if way is PayWay.CASH else "GB12 0000 1234 5678",
        "agreed_on": ago(1),
    }
    with transaction(), gate.opened(WHY):
        one = PayDetails(subject_id=volunteer_id, volunteer_id=volunteer_id, way=way, **told | said)
        session.add(one)
        session.flush()
        return one.id


def balance(days: int = 3) -> None:
    with transaction(), gate.opened(WHY):
        session.add(Balance(on=ago(days), unrestricted=1_000_000, restricted_usable=None))


def look(claim_id: uuid.UUID) -> Claim:
    """Return a claim as it is kept, opened."""
    with reading(), gate.opened(WHY):
        one = session.get_one(Claim, claim_id)
        one.open_record("sealed")
        session.expunge(one)
        return one


def both(*viewers: Viewer) -> Viewer:
    """Return somebody with the roles of several at once, and the first one's record."""
    roles = frozenset(role for one in viewers for role in one.roles)
    return Viewer(viewers[0].account_id, roles, viewers[0].person_id, None)


def picture(size: tuple[int, int] = (60, 40), mode: str = "RGB", form: str = "JPEG", **how: Any) -> bytes:
    """Take a picture: the left half is dark, the right half light."""
    image = Image.new(mode, size, _colour(mode, dark=False))
    image.paste(_colour(mode, dark=True), (0, 0, size[0] // 2, size[1]))
    target = io.BytesIO()
    image.save(target, form, **how)
    return target.getvalue()


def _colour(mode: str, *, dark: bool) -> Any:
    light, shade = (250, 20)
    value = shade if dark else light
    if mode == "CMYK":
        return (0, 0, 0, 255 - value)
    return {"RGB": (value,) * 3, "RGBA": (value, value, value, 255), "L": value, "I;16": value * 256}[mode]
