"""A coordinator writes an expense down for a volunteer: with their name, and somebody else decides on it."""

import io
import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from peerlink import events
from peerlink.errors import Refused
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.finance import service
from peerlink.features.finance.events import ClaimEntered, ClaimSent
from peerlink.features.finance.models import Claim, Receipt
from peerlink.features.finance.queries import n_to_approve
from peerlink.features.home.lines import money
from peerlink.framework.money_words import ClaimStatus
from peerlink.roles import Role, Viewer
from peerlink.store import gate
from peerlink.store.history import StateChange
from peerlink.store.session import reading, session, transaction
from tests.features.finance.happenings import claim, in_pounds, look, picture, today
from tests.support import cast
from tests.support.visitor import Outline, Visitor

S = ClaimStatus
NEW = f"/volunteers/{cast.AMINA_ID}/payments/expense"
SPENT = {"what": "travel", "amount": "12.50", "spent_on": today().isoformat(), "note": "bus"}
CARA = cast.Person("Cara", Viewer(uuid.UUID(int=77), frozenset({Role.COORDINATOR})))
"""Coordinates beside Chipo."""


@pytest.fixture
def caras_desk(app: Flask, the_cast: object) -> Visitor:
    with transaction(), gate.opened("a test has two coordinators"):
        session.add(
            Account(
                id=CARA.viewer.account_id,
                email=CARA.email,
                name=CARA.name,
                role_bits=ROLE_BITS[Role.COORDINATOR],
                state=AccountState.ACTIVE,
            )
        )
    return Visitor(app, CARA)


def photo() -> tuple[io.BytesIO, str]:
    return io.BytesIO(picture()), "IMG_1.jpg"


def written(desk: Visitor, **changes: Any) -> TestResponse:
    in_pounds()
    return desk.send(NEW, SPENT | changes)


def the_claim() -> Claim:
    with reading():
        return look(session.scalars(select(Claim.id)).one())


def decided_by(desk: Visitor, claim_id: uuid.UUID) -> TestResponse:
    return desk.send("/claims/approve", {"claim": str(claim_id)}, opened="/claims")


def test_it_is_kept_with_who_wrote_it_and_the_volunteer_finds_it(
    chipos_desk: Visitor, caras_desk: Visitor, aminas_phone: Visitor
) -> None:
    assert f'href="{NEW}"' in chipos_desk.visit(f"/volunteers/{cast.AMINA_ID}/payments").text
    asked = chipos_desk.visit(NEW).text
    assert "What Amina A. spent" in asked
    assert "you do not decide on what you wrote down" in asked
    done = written(chipos_desk, photo=photo())
    assert (done.status_code, done.location) == (303, f"/volunteers/{cast.AMINA_ID}/payments")
    one = the_claim()
    assert (one.status, one.amount, one.volunteer_id) == (S.SUBMITTED, 12_500, cast.AMINA_ID)
    assert (one.entered_by, one.subject_id) == (cast.CHIPO.viewer.account_id, cast.AMINA_ID)
    with reading(), gate.opened("a test looks"):
        assert session.scalars(select(Receipt)).one().subject_id == cast.AMINA_ID
        (step,) = session.scalars(select(StateChange).where(StateChange.record_id == one.id))
        assert step.by == cast.CHIPO.viewer.account_id.hex
    listed = aminas_phone.visit("/me/claims").text
    assert "£12.50" in listed
    assert "Written down for you." in listed
    assert "Chipo wrote this down for you." in aminas_phone.visit(f"/me/claims/{one.id}").text
    assert "Chipo" in caras_desk.visit(f"/claims/{one.id}").text
    assert "Written down for them" in caras_desk.visit("/claims").text


def test_the_volunteer_is_told_that_something_is_new_and_of_their_own_claim_nobody(
    chipos_desk: Visitor, caras_desk: Visitor, aminas_phone: Visitor
) -> None:
    heard: list[Any] = []
    for kind in (ClaimEntered, ClaimSent):
        events.listen(kind, heard.append)
    try:
        written(chipos_desk)
        assert [one.to for event in heard for one in event.messages()] == [cast.AMINA_ID]
        aminas_phone.send("/me/claims/new", SPENT)
    finally:
        for kind in (ClaimEntered, ClaimSent):
            events._listeners[kind].remove(heard.append)
    assert [type(one) for one in heard] == [ClaimEntered, ClaimSent]
    assert heard[1].messages() == ()


def test_whoever_wrote_it_down_does_not_decide_on_it(chipos_desk: Visitor, caras_desk: Visitor) -> None:
    written(chipos_desk)
    one = the_claim()
    queue = chipos_desk.visit("/claims").text
    assert f'value="{one.id}" checked' not in queue
    assert "Written down by you: somebody else decides" in queue
    mine = chipos_desk.visit(f"/claims/{one.id}").text
    assert "another coordinator decides on it" in mine
    assert 'action="/claims/approve"' not in mine
    assert f'action="/claims/{one.id}/reject"' not in mine
    refused = decided_by(chipos_desk, one.id)
    assert (refused.status_code, "what you wrote down" in refused.text) == (422, True)
    no = chipos_desk.send(f"/claims/{one.id}/reject", {"why": "no_receipt"}, opened="/claims")
    assert no.status_code == 422
    assert the_claim().status is S.SUBMITTED
    assert f'value="{one.id}" checked' in caras_desk.visit("/claims").text
    assert decided_by(caras_desk, one.id).status_code == 303
    one = the_claim()
    assert one.status is S.APPROVED
    with transaction(), gate.opened("a test"), pytest.raises(Refused, match="wrote down"):
        service.take_back_decision(one.deed_id or uuid.uuid4(), cast.CHIPO.viewer)


def test_one_written_down_among_others_lets_none_of_them_through(
    chipos_desk: Visitor, caras_desk: Visitor
) -> None:
    written(chipos_desk)
    mine, other = the_claim().id, claim(cast.BEN_ID)
    both = {"claim": [str(mine), str(other)]}
    assert chipos_desk.send("/claims/approve", both, opened="/claims").status_code == 422
    assert look(other).status is S.SUBMITTED
    with reading(), gate.opened("a test counts"):
        assert [n_to_approve(one.viewer) for one in (cast.CHIPO, CARA)] == [1, 2]
    assert decided_by(chipos_desk, other).status_code == 303
    with reading(), gate.opened("a test counts"):
        assert list(money.lines(cast.CHIPO.viewer, today())) == []


def test_a_photo_is_kept_where_something_else_is_wrong_and_only_the_writer_sees_it(
    chipos_desk: Visitor, caras_desk: Visitor, aminas_phone: Visitor
) -> None:
    wrong = written(chipos_desk, amount="1,234", photo=photo())
    assert (wrong.status_code, "Type 1234 or 1.23" in wrong.text) == (422, True)
    one = the_claim()
    begun = f"/claims/begun/{one.id}"
    assert f'action="{begun}"' in wrong.text
    assert 'value="bus"' in wrong.text
    with reading():
        receipt = session.scalars(select(Receipt.id)).one()
    assert chipos_desk.visit(f"/photos/{receipt}").status_code == 200
    assert begun in chipos_desk.visit(f"/volunteers/{cast.AMINA_ID}/payments").text
    for other in (caras_desk, aminas_phone):
        assert other.visit(f"/photos/{receipt}").status_code == 404
    assert caras_desk.visit(begun).status_code == 404
    assert begun not in caras_desk.visit(f"/volunteers/{cast.AMINA_ID}/payments").text
    assert aminas_phone.visit(f"/me/claims/{one.id}").status_code == 404
    assert "Nothing claimed yet" in aminas_phone.visit("/me/claims").text
    sent = chipos_desk.send(begun, SPENT)
    assert sent.status_code == 303
    assert the_claim().status is S.SUBMITTED
    assert chipos_desk.visit(begun).location == f"/claims/{one.id}"
    assert aminas_phone.visit(f"/photos/{receipt}").status_code == 200
    assert caras_desk.visit(f"/photos/{receipt}").status_code == 200


def test_it_is_kept_for_later_its_photo_removed_and_it_is_thrown_away(chipos_desk: Visitor) -> None:
    assert written(chipos_desk, do="keep", amount="", photo=photo()).status_code == 303
    one = the_claim()
    begun = f"/claims/begun/{one.id}"
    with reading():
        receipt = session.scalars(select(Receipt.id)).one()
    chipos_desk.send(f"{begun}/photos/{receipt}/remove", opened=begun)
    with reading():
        assert session.scalars(select(Receipt.id)).all() == []
    chipos_desk.send(f"{begun}/drop", opened=begun)
    with reading():
        assert session.scalars(select(Claim.id)).all() == []


def test_taken_back_by_the_volunteer_it_is_their_own(
    chipos_desk: Visitor, aminas_phone: Visitor, caras_desk: Visitor
) -> None:
    written(chipos_desk)
    one = the_claim()
    address = f"/me/claims/{one.id}"
    assert aminas_phone.send(f"{address}/take-back", opened=address).location == address
    assert (the_claim().status, the_claim().entered_by) == (S.DRAFT, None)
    assert chipos_desk.visit(f"/claims/begun/{one.id}").status_code == 404
    assert aminas_phone.send(address, SPENT | {"amount": "9.00"}).status_code == 303
    assert decided_by(chipos_desk, one.id).status_code == 303
    assert (the_claim().status, the_claim().amount) == (S.APPROVED, 9_000)


@pytest.mark.parametrize("refused", [False, True])
def test_whoever_wrote_it_down_takes_it_back_and_nobody_else_does(
    chipos_desk: Visitor, caras_desk: Visitor, refused: bool
) -> None:
    written(chipos_desk)
    one = the_claim()
    assert f"/claims/{one.id}/take-back" in chipos_desk.visit("/claims").text, "undo"
    page = f"/claims/{one.id}"
    if refused:
        caras_desk.send(f"{page}/reject", {"why": "no_receipt"}, opened=page)
    assert caras_desk.send(f"{page}/take-back", opened=page).status_code == 422
    back = chipos_desk.send(f"{page}/take-back", opened=page)
    assert back.location == f"/claims/begun/{one.id}"
    assert (the_claim().status, the_claim().entered_by) == (S.DRAFT, cast.CHIPO.viewer.account_id)
    assert 'value="12.50"' in chipos_desk.visit(back.location).text
    assert chipos_desk.send(back.location, SPENT | {"amount": "8.00"}).status_code == 303
    assert decided_by(chipos_desk, one.id).status_code == 422
    assert decided_by(caras_desk, one.id).status_code == 303
    assert chipos_desk.send(f"{page}/take-back", opened=page).status_code == 422, "it is approved"


def test_nobody_writes_down_what_they_spent_themself(the_cast: object) -> None:
    both = Viewer(
        cast.CHIPO.viewer.account_id, cast.CHIPO.viewer.roles | cast.AMINA.viewer.roles, cast.AMINA_ID
    )
    with transaction(), gate.opened("a test"), pytest.raises(Refused, match="My claims"):
        service.begin_for(cast.AMINA_ID, both)


def test_one_coordinator_alone_is_told_that_nobody_can_approve(chipos_desk: Visitor) -> None:
    assert "Nobody else can approve claims here yet" in chipos_desk.visit(NEW).text


def test_the_same_form_is_one_claim_and_other_words_are_another(chipos_desk: Visitor) -> None:
    in_pounds()
    hidden = Outline(chipos_desk.visit(NEW).text).hidden
    for amount in ("3.40", "3.40", "3.40", "5.00"):
        said = hidden | SPENT | {"amount": amount}
        answer = chipos_desk.client.post(NEW, data=said, base_url="https://localhost")
        assert answer.location == f"/volunteers/{cast.AMINA_ID}/payments"
    with reading():
        assert len(session.scalars(select(Claim.id)).all()) == 2
