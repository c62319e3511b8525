"""Getting in by password, waiting, staying in, and being out again."""

import datetime as dt
import re

import pytest
from flask import Flask

from peerlink.features.accounts import service
from peerlink.features.accounts.models import Account
from peerlink.features.accounts.rules import FREE_TRIES, LONGEST_WAIT, wait_after
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.accounts.door import ELSEWHERE, HERE, PHONE, Time, come_in, somebody
from tests.store.tampering import rows_of
from tests.support import cast


@pytest.mark.usefixtures("known")
class TestPassword:
    def test_the_right_one_lets_in(self, app: Flask) -> None:
        amina, status, _page = come_in(app, cast.AMINA)
        assert status == 303
        assert amina.visit("/me").status_code == 200

    @pytest.mark.parametrize("spelling", ["AMINA@example.org", " amina@example.org ", "ａmina@example.org"])
    def test_the_address_may_be_spelt_as_one_likes(self, app: Flask, spelling: str) -> None:
        assert come_in(app, cast.AMINA, email=spelling)[1] == 303

    def test_whatever_is_wrong_the_same_is_said(self, app: Flask) -> None:
        with transaction(), gate.opened("a test closes"):
            service.close_account(session.get_one(Account, cast.BEN.viewer.account_id), by=None)
        said = {
            re.findall(r"<p>(This address or number[^<]*)</p>", come_in(app, *asked[:1], **asked[1])[2])[0]
            for asked in (
                (cast.AMINA, {"password": "wrong"}),
                (cast.AMINA, {"email": "nobody@example.org"}),
                (cast.BEN, {}),
                (cast.ZOE, {}),
            )
        }
        assert len(said) == 1

    def test_a_new_sign_in_never_goes_on_under_an_old_cookie(self, app: Flask) -> None:
        visitor = somebody(app)
        visitor.visit("/sign-in")
        before = visitor.client.get_cookie("__Host-pl")
        visitor.send("/sign-in", {"email": cast.AMINA.email, "password": cast.PASSWORD})
        first = visitor.client.get_cookie("__Host-pl")
        again = come_in(app, cast.AMINA)[0].client.get_cookie("__Host-pl")
        assert before
        assert first
        assert again
        assert len({before.value, first.value, again.value}) == 3

    def test_a_cookie_kept_aside_is_worth_nothing_after_signing_out(self, app: Flask) -> None:
        amina, _status, _page = come_in(app, cast.AMINA)
        kept = amina.client.get_cookie("__Host-pl")
        assert kept
        amina.send("/sign-out", opened="/me")
        thief = app.test_client(use_cookies=False)
        headers = {"Cookie": f"__Host-pl={kept.value}"}
        answer = thief.get("/me", base_url="https://localhost", headers=headers)
        assert answer.location == "/sign-in"

    def test_the_leave_button_ends_the_sign_in(self, app: Flask) -> None:
        amina, _status, _page = come_in(app, cast.AMINA)
        amina.send("/leave", opened="/me")
        assert amina.visit("/me").location == "/sign-in"
        assert rows_of("sign_in") == []


@pytest.mark.usefixtures("known")
class TestEnding:
    @pytest.mark.parametrize(("agent", "minutes"), [("Desk", 15), (PHONE, 30)])
    def test_it_ends_when_nobody_is_there(self, app: Flask, time: Time, agent: str, minutes: int) -> None:
        amina, _status, _page = come_in(app, cast.AMINA, agent=agent)
        time.goes_by(minutes=minutes)
        assert amina.visit("/me").status_code == 200
        time.goes_by(minutes=minutes, seconds=1)
        assert amina.visit("/me").location == "/sign-in"

    def test_it_goes_on_while_somebody_is_there_but_not_beyond_twelve_hours(
        self, app: Flask, time: Time
    ) -> None:
        amina, _status, _page = come_in(app, cast.AMINA)
        for _ten_minutes in range(72):
            assert amina.visit("/me").status_code == 200
            time.goes_by(minutes=10)
        assert amina.visit("/me").status_code == 200
        time.goes_by(seconds=1)
        assert amina.visit("/me").location == "/sign-in"

    def test_what_has_ended_is_not_shown_as_signed_in(self, app: Flask, time: Time) -> None:
        come_in(app, cast.AMINA)
        time.goes_by(minutes=20)
        amina, _status, _page = come_in(app, cast.AMINA)
        assert amina.visit("/me").text.count("last used") == 1

    def test_rows_of_long_ended_sign_ins_are_cleared_away(self, app: Flask, time: Time) -> None:
        come_in(app, cast.AMINA)
        time.goes_by(hours=13)
        come_in(app, cast.AMINA)
        assert len(rows_of("sign_in")) == 1


@pytest.mark.usefixtures("known")
class TestWaiting:
    def fail(self, app: Flask, n: int, person: cast.Person = cast.AMINA, **more: str) -> str:
        page = ""
        for _n in range(n):
            page = come_in(app, person, password="wrong", **more)[2]
        return page

    def test_the_first_tries_are_free_then_one_waits(self, app: Flask) -> None:
        self.fail(app, FREE_TRIES - 1)
        assert come_in(app, cast.AMINA)[1] == 303
        self.fail(app, FREE_TRIES)
        assert "Wait 0 min 31 s" in come_in(app, cast.AMINA)[2]

    def test_the_wait_doubles_and_never_grows_beyond_a_quarter_of_an_hour(self) -> None:
        waits = [wait_after(FREE_TRIES + n).total_seconds() for n in range(8)]
        assert waits == [30, 60, 120, 240, 480, 900, 900, 900]
        assert wait_after(10**9) == LONGEST_WAIT
        assert wait_after(FREE_TRIES - 1) == dt.timedelta(0)

    def test_after_the_wait_the_right_password_lets_in(self, app: Flask, time: Time) -> None:
        self.fail(app, FREE_TRIES)
        time.goes_by(seconds=29)
        assert come_in(app, cast.AMINA)[1] == 422
        time.goes_by(seconds=2)
        assert come_in(app, cast.AMINA)[1] == 303

    def test_trying_while_one_waits_does_not_make_it_longer(self, app: Flask, time: Time) -> None:
        self.fail(app, FREE_TRIES + 10)
        time.goes_by(seconds=31)
        assert come_in(app, cast.AMINA)[1] == 303

    def test_nobody_is_ever_locked_out_for_good(self, app: Flask, time: Time) -> None:
        for _night in range(30):
            self.fail(app, 1)
            time.goes_by(minutes=15, seconds=1)
        assert come_in(app, cast.AMINA)[1] == 303

    def test_whoever_guesses_far_away_does_not_lock_the_owner_out(self, app: Flask) -> None:
        self.fail(app, FREE_TRIES + 3, network=ELSEWHERE)
        assert come_in(app, cast.AMINA, network=ELSEWHERE)[1] == 422
        assert come_in(app, cast.AMINA, network=HERE)[1] == 303

    def test_changing_the_last_digits_of_an_address_helps_nobody(self, app: Flask) -> None:
        for n in range(FREE_TRIES):
            self.fail(app, 1, network=f"198.51.100.{n + 1}")
        assert come_in(app, cast.AMINA, network="198.51.100.99")[1] == 422

    @pytest.mark.parametrize("spelling", ["AMINA@EXAMPLE.ORG", "ａmina@example.org", " amina@example.org"])
    def test_nor_does_another_spelling_of_the_login(self, app: Flask, spelling: str) -> None:
        self.fail(app, FREE_TRIES)
        assert "Wait" in come_in(app, cast.AMINA, email=spelling)[2]

    def test_a_network_that_tries_everybody_waits_a_minute(self, app: Flask, time: Time) -> None:
        for n in range(20):
            self.fail(app, 1, email=f"guess{n}@example.org")
        assert "Wait" in come_in(app, cast.BEN)[2]
        assert come_in(app, cast.BEN, network=ELSEWHERE)[1] == 303
        time.goes_by(seconds=61)
        assert come_in(app, cast.BEN)[1] == 303

    def test_behind_a_proxy_of_this_machine_one_does_not_wait_for_another(self, app: Flask) -> None:
        for n in range(25):
            self.fail(app, 1, email=f"guess{n}@example.org", network="127.0.0.1")
        assert come_in(app, cast.BEN, network="127.0.0.1")[1] == 303

    def test_counts_of_yesterday_are_cleared_away(self, app: Flask, time: Time) -> None:
        self.fail(app, 3)
        time.goes_by(hours=25)
        self.fail(app, 1, cast.BEN)
        assert {row["failed"] for row in rows_of("attempt")} == {1}
