"""What money the programme has, and how its payments are made."""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.finance.events import BalanceSaved
from peerlink.features.finance.models import Balance
from peerlink.features.finance.rules import check_text
from peerlink.features.programmes import service as programmes
from peerlink.features.programmes.queries import programme_zone
from peerlink.store.lookup import find
from peerlink.store.session import session
from peerlink.words import _


def save_balance(
    on: dt.date, unrestricted: int, restricted: int | None, budget: int | None, *, by: uuid.UUID
) -> Balance:
    """Write down what money there was on a day; the same day again replaces it."""
    if on > clock.today(programme_zone()):
        raise Refused(_("This day is still to come."))
    balance = find(select(Balance).where(Balance.on == on))
    if balance is None:
        balance = Balance(id=uuid.uuid4(), on=on)
        session.add(balance)
    balance.unrestricted, balance.restricted_usable = unrestricted, restricted
    balance.budget_next_12_months = budget
    session.flush()
    announce(BalanceSaved(by=by))
    return balance


def set_payments(currency: str, text: str, *, by: uuid.UUID) -> None:
    """Say in which currency is paid, and what the bank line says."""
    programmes.set_payments(currency, check_text(text), by=by)
