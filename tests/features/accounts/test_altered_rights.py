"""Rights given in the database and not by an administrator are no rights."""

from typing import Any

import pytest
from sqlalchemy import update

from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.roles import Role
from peerlink.store import gate, house
from peerlink.store.sealing import Damaged
from peerlink.store.session import session, transaction
from tests.support import cast
from tests.support.visitor import Visitor


def alter(**columns: Any) -> None:
    with transaction():
        session.execute(update(Account).where(Account.id == cast.AMINA.viewer.account_id).values(columns))


@pytest.mark.parametrize(
    "altered",
    [
        {"role_bits": ROLE_BITS[Role.COORDINATOR]},
        {"person_id": cast.BEN_ID},
        {"site_id": cast.SITE_ID},
    ],
)
def test_an_account_with_altered_rights_lets_nobody_in(
    aminas_phone: Visitor, altered: dict[str, Any]
) -> None:
    assert aminas_phone.visit("/").status_code == 200
    alter(**altered)
    assert aminas_phone.visit("/").location == "/sign-in"


def test_a_closed_account_is_not_opened_from_outside(the_cast: house.House) -> None:
    with transaction(), gate.opened("a test closes an account"):
        session.get_one(Account, cast.AMINA.viewer.account_id).state = AccountState.CLOSED
    alter(state=AccountState.ACTIVE)
    with transaction(), gate.opened("a test looks"), pytest.raises(Damaged):
        _ = session.get_one(Account, cast.AMINA.viewer.account_id).name


def test_a_change_of_rights_through_the_house_holds(aminas_phone: Visitor) -> None:
    with transaction(), gate.opened("a test gives a role"):
        session.get_one(Account, cast.AMINA.viewer.account_id).role_bits += ROLE_BITS[Role.MANAGER]
    assert aminas_phone.visit("/").status_code == 200
    assert aminas_phone.visit("/flags").status_code == 200
