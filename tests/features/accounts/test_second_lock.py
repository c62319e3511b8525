"""The second lock, and the one-time links that let somebody in: neither steps around the other."""

import datetime as dt
import re

import pyotp
import pytest
from flask import Flask

from peerlink.features.accounts import service
from peerlink.features.accounts.models import Account
from peerlink.features.accounts.rules import FREE_TRIES, LETTER_LASTS, SETUP_LASTS
from peerlink.store import gate, house
from peerlink.store.session import session, transaction
from tests.factories.accounts import code_of, give_authenticator, give_password
from tests.features.accounts.door import Time, come_in, somebody
from tests.store.tampering import rows_of
from tests.support import cast
from tests.support.visitor import Visitor


@pytest.mark.usefixtures("known")
class TestSecondLock:
    @pytest.mark.parametrize("person", [cast.CHIPO, cast.DANA, cast.ADA], ids=lambda one: one.name)
    def test_a_password_alone_lets_these_nowhere(self, app: Flask, person: cast.Person) -> None:
        give_password(person)
        visitor, status, _page = come_in(app, person)
        assert status == 303
        for address in ("/", "/me", "/participants", "/accounts", "/audit", "/me/password"):
            assert visitor.visit(address).location == "/sign-in/code"

    def test_a_code_lets_in_once(self, app: Flask) -> None:
        authenticator = give_authenticator(cast.CHIPO)
        code = code_of(authenticator)
        chipo, _status, _page = come_in(app, cast.CHIPO)
        assert chipo.send("/sign-in/code", {"code": code}).location == "/"
        assert chipo.visit("/me").status_code == 200
        second, _status, _page = come_in(app, cast.CHIPO)
        assert second.send("/sign-in/code", {"code": code}).status_code == 422
        assert second.visit("/me").location == "/sign-in/code"

    def test_the_half_way_token_is_worth_nothing_once_the_code_was_shown(self, app: Flask) -> None:
        authenticator = give_authenticator(cast.CHIPO)
        chipo, _status, _page = come_in(app, cast.CHIPO)
        half_way = chipo.client.get_cookie("__Host-pl")
        assert half_way
        chipo.send("/sign-in/code", {"code": code_of(authenticator)})
        headers = {"Cookie": f"__Host-pl={half_way.value}"}
        thief = app.test_client(use_cookies=False)
        answer = thief.get("/me", base_url="https://localhost", headers=headers)
        assert answer.location == "/sign-in"

    def test_wrong_codes_make_one_wait(self, app: Flask, time: Time) -> None:
        authenticator = give_authenticator(cast.CHIPO)
        chipo, _status, _page = come_in(app, cast.CHIPO)
        for _try in range(FREE_TRIES):
            assert chipo.send("/sign-in/code", {"code": "000000"}).status_code == 422
        assert "Wait" in chipo.send("/sign-in/code", {"code": code_of(authenticator)}).text
        time.goes_by(seconds=31)
        assert chipo.send("/sign-in/code", {"code": code_of(authenticator)}).location == "/"

    def test_whoever_has_none_sets_one_up_and_gets_ten_codes_each_good_once(
        self, app: Flask, time: Time
    ) -> None:
        chipo, _status, _page = come_in(app, cast.CHIPO)
        secret = re.findall(r"<code>([A-Z2-7]{32})</code>", chipo.visit("/sign-in/code").text)[0]
        done = chipo.send("/sign-in/code", {"secret": secret, "code": pyotp.TOTP(secret).at(time.now)})
        codes = re.findall(r"<code>([0-9a-f]{6}-[0-9a-f]{6})</code>", done.text)
        assert len(set(codes)) == 10
        assert chipo.visit("/me").status_code == 200
        for expected in ("/", None):
            again, _status, _page = come_in(app, cast.CHIPO)
            assert again.send("/sign-in/code", {"code": codes[3].upper()}).location == expected

    @pytest.mark.parametrize("secret", ["", "short", "0" * 32, "A" * 31, "Ä" * 32])
    def test_a_key_of_another_kind_is_not_taken(self, app: Flask, secret: str) -> None:
        chipo, _status, _page = come_in(app, cast.CHIPO)
        assert chipo.send("/sign-in/code", {"secret": secret, "code": "123456"}).status_code == 422
        assert chipo.visit("/me").location == "/sign-in/code"

    def test_an_administrator_can_have_a_lost_one_forgotten(self, app: Flask, adas_desk: Visitor) -> None:
        give_authenticator(cast.CHIPO)
        at = f"/accounts/{cast.CHIPO.viewer.account_id}"
        adas_desk.send(f"{at}/authenticator", opened=at)
        chipo, _status, _page = come_in(app, cast.CHIPO)
        assert "authenticator app" in chipo.visit("/sign-in/code").text


class TestLinks:
    def test_the_first_administrator_comes_in_by_the_set_up_link_once(
        self, app: Flask, clean_database: house.House, time: Time
    ) -> None:
        with transaction():
            secret = service.open_setup()
        said = {"name": "Ada", "email": "ada@example.org", "password": cast.PASSWORD}
        first = somebody(app)
        assert first.send(f"/join/{secret}", said).location == "/"
        assert first.visit("/").location == "/sign-in/code", "no administrator without a second lock"
        assert somebody(app).visit(f"/join/{secret}").status_code == 422
        assert len(rows_of("account")) == 1

    def test_a_set_up_link_runs_out_in_a_day_and_a_new_one_ends_the_old(
        self, app: Flask, clean_database: house.House, time: Time
    ) -> None:
        with transaction():
            first = service.open_setup()
        with transaction():
            second = service.open_setup()
        assert somebody(app).visit(f"/join/{first}").status_code == 404
        time.goes_by(hours=24)
        assert somebody(app).visit(f"/join/{second}").status_code == 200
        time.goes_by(seconds=1)
        assert somebody(app).visit(f"/join/{second}").status_code == 422
        assert dt.timedelta(hours=24) == SETUP_LASTS

    def test_an_invitation_runs_out_in_a_week(self, app: Flask, the_cast: house.House, time: Time) -> None:
        with transaction(), gate.opened("a test invites"):
            amina = session.get_one(Account, cast.AMINA.viewer.account_id)
            secret = service.send_again(amina, by=cast.ADA.viewer.account_id)
        time.goes_by(days=7)
        assert somebody(app).visit(f"/join/{secret}").status_code == 200
        time.goes_by(seconds=1)
        late = somebody(app)
        assert late.visit(f"/join/{secret}").status_code == 422
        assert dt.timedelta(days=7) == LETTER_LASTS

    def test_a_link_for_a_new_password_does_not_step_around_the_second_lock(
        self, app: Flask, the_cast: house.House, time: Time
    ) -> None:
        give_authenticator(cast.CHIPO)
        with transaction(), gate.opened("a test sends a link"):
            chipo = session.get_one(Account, cast.CHIPO.viewer.account_id)
            secret = service.send_again(chipo, by=cast.ADA.viewer.account_id)
        visitor = somebody(app)
        assert visitor.send(f"/join/{secret}", {"password": cast.PASSWORD}).location == "/"
        assert visitor.visit("/me").location == "/sign-in/code"

    @pytest.mark.parametrize("password", ["", "short", "password1234", "amina@example.org", "x" * 129])
    def test_a_weak_password_is_refused_and_the_link_stays_good(
        self, app: Flask, the_cast: house.House, time: Time, password: str
    ) -> None:
        with transaction(), gate.opened("a test sends a link"):
            amina = session.get_one(Account, cast.AMINA.viewer.account_id)
            secret = service.send_again(amina, by=cast.ADA.viewer.account_id)
        visitor = somebody(app)
        assert visitor.send(f"/join/{secret}", {"password": password}).status_code == 422
        assert visitor.visit("/me").location == "/sign-in"
        assert visitor.send(f"/join/{secret}", {"password": cast.PASSWORD}).location == "/"

    @pytest.mark.parametrize("secret", ["x", "a" * 500, "%00", "ü", "..", "-"])
    def test_a_link_nobody_sent_leads_nowhere(self, app: Flask, the_cast: house.House, secret: str) -> None:
        assert somebody(app).visit(f"/join/{secret}").status_code in {404, 308}
