"""A deed is done only by a form of our own, from our own page, in the same sign-in."""

import pytest
from flask import Flask

from peerlink.features.accounts.models import SignIn
from peerlink.store import house
from tests.factories.accounts import give_password
from tests.store.tampering import rows_of
from tests.support import cast
from tests.support.visitor import Outline, Visitor

BASE = "https://localhost"
EVERYWHERE = "/me/sign-out-everywhere"


def still_in(person: cast.Person) -> bool:
    return bool(rows_of(SignIn.__tablename__, account_id=person.viewer.account_id))


def token_on(visitor: Visitor) -> str:
    return Outline(visitor.visit("/me").text).hidden["csrf_token"]


def post(visitor: Visitor, token: str | None, **headers: str) -> int:
    data = {} if token is None else {"csrf_token": token}
    return int(visitor.client.post(EVERYWHERE, data=data, base_url=BASE, headers=headers).status_code)


def test_the_deed_is_done_with_the_token_of_the_page(aminas_phone: Visitor) -> None:
    assert post(aminas_phone, token_on(aminas_phone)) == 303
    assert not still_in(cast.AMINA)


@pytest.mark.parametrize("token", [None, "", "nonsense", "IjAwIg.aaaa.bbbb"])
def test_nothing_is_done_without_it(aminas_phone: Visitor, token: str | None) -> None:
    assert post(aminas_phone, token) == 400
    assert still_in(cast.AMINA)


def test_nothing_is_done_with_somebody_elses(aminas_phone: Visitor, bens_phone: Visitor) -> None:
    assert post(aminas_phone, token_on(bens_phone)) == 400
    assert still_in(cast.AMINA)


def test_a_token_from_before_the_sign_in_is_worth_nothing_after_it(app: Flask, the_cast: house.House) -> None:
    give_password(cast.AMINA)
    amina = Visitor(app, None)
    before = Outline(amina.visit("/sign-in").text).hidden["csrf_token"]
    assert amina.send("/sign-in", {"email": cast.AMINA.email, "password": cast.PASSWORD}).location == "/"
    assert post(amina, before) == 400
    assert still_in(cast.AMINA)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nothing_is_done_for_a_page_that_is_not_ours(aminas_phone: Visitor, site: str) -> None:
    assert post(aminas_phone, token_on(aminas_phone), **{"Sec-Fetch-Site": site}) == 403
    assert still_in(cast.AMINA)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_our_own_pages_and_the_person_at_the_keyboard_may(aminas_phone: Visitor, site: str) -> None:
    assert post(aminas_phone, token_on(aminas_phone), **{"Sec-Fetch-Site": site}) == 303


def test_every_page_that_changes_something_asks_for_the_token(app: Flask, aminas_phone: Visitor) -> None:
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or set()):
            anybody = "00000000-0000-0000-0000-000000000001"
            values = {name: 1 if f"<int:{name}>" in rule.rule else anybody for name in rule.arguments}
            with app.test_request_context(base_url=BASE):
                address = app.url_for(rule.endpoint, **values)
            answer = aminas_phone.client.post(address, base_url=BASE)
            assert answer.status_code == 400, f"{rule.rule} was done without a token"
