"""What every answer tells the browser, and what it never compresses or gives away."""

import gzip

import pytest
from flask import Flask

from peerlink.store import house
from peerlink.web import guard
from tests.support import cast
from tests.support.visitor import Outline, Visitor

BASE = "https://localhost"
GZIP = {"Accept-Encoding": "gzip"}

ANSWERS = ["/sign-in", "/", "/me", "/nowhere", "/participants", "/join/nobodys", "/static/css/phone.css"]


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_forbids_what_no_page_needs(aminas_phone: Visitor, address: str) -> None:
    with aminas_phone.visit(address) as answer:
        headers = answer.headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert not any(word in value for value in policy.values() for word in ("unsafe", "http", "*"))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "max-age=63072000" in headers["Strict-Transport-Security"]
    assert "Server" not in headers or "Python" not in headers["Server"]


@pytest.mark.parametrize("address", ANSWERS[:-1])
def test_no_page_is_kept(aminas_phone: Visitor, address: str) -> None:
    assert aminas_phone.visit(address).headers["Cache-Control"] == "no-store"


def test_without_tls_nothing_is_promised_about_tls(app: Flask, the_cast: house.House) -> None:
    answer = app.test_client().get("/sign-in", base_url="http://localhost")
    assert "Strict-Transport-Security" not in answer.headers


def test_the_cookie_is_for_this_host_over_tls_and_no_script(app: Flask, the_cast: house.House) -> None:
    cookie = app.test_client().get("/sign-in", base_url=BASE).headers["Set-Cookie"]
    flags = {part.strip() for part in cookie.split(";")[1:]}
    assert cookie.startswith("__Host-pl=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= flags
    assert not any(flag.startswith(("Domain", "Expires", "Max-Age")) for flag in flags)


class TestCompression:
    def test_a_page_is_compressed_where_the_browser_takes_it(self, app: Flask, the_cast: house.House) -> None:
        answer = app.test_client().get("/sign-in", base_url=BASE, headers=GZIP)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert b"Sign in" in gzip.decompress(answer.data)
        assert "Accept-Encoding" in answer.headers["Vary"]

    def test_what_may_mirror_the_senders_words_is_not(self, app: Flask, the_cast: house.House) -> None:
        client = app.test_client()
        for answer in (
            client.get("/sign-in?mirrored=guess", base_url=BASE, headers=GZIP),
            client.post("/sign-in", base_url=BASE, headers=GZIP, data={"email": "guess"}),
            client.get("/nowhere", base_url=BASE, headers=GZIP),
        ):
            assert "Content-Encoding" not in answer.headers

    def test_nothing_is_compressed_unasked(self, app: Flask, the_cast: house.House) -> None:
        assert "Content-Encoding" not in app.test_client().get("/sign-in", base_url=BASE).headers

    def test_a_static_file_is_compressed_with_its_version_in_the_address(self, app: Flask) -> None:
        with app.test_client().get("/static/css/phone.css?v=1", base_url=BASE, headers=GZIP) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"


class TestProblems:
    @pytest.fixture
    def broken(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        def break_down() -> None:
            raise ValueError("Efe Efedottir, +44 7700 900201")

        for endpoint in ("accounts.me", "accounts.sign_out_everywhere"):
            view = app.view_functions[endpoint]
            monkeypatch.setitem(app.view_functions, endpoint, _like(view, break_down))

    def test_a_mistake_of_ours_tells_a_number_and_nothing_else(
        self, aminas_phone: Visitor, broken: None, caplog: pytest.LogCaptureFixture
    ) -> None:
        answer = aminas_phone.visit("/me")
        assert answer.status_code == 500
        assert "Tell your administrator" in answer.text
        assert not any(
            word in answer.text + caplog.text for word in ("Efe", "7700", "Traceback", "ValueError:")
        )
        assert "ValueError" in caplog.text

    def test_where_the_trail_cannot_be_written_nothing_is_shown(
        self, chipos_desk: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def full(*_: object, **__: object) -> None:
            raise OSError("disk full while Efe was opened")

        monkeypatch.setattr("peerlink.store.audit._append", full)
        answer = chipos_desk.visit(f"/participants/{cast.EFE_ID}")
        assert answer.status_code == 500
        assert "Something went wrong" in answer.text
        assert "Efe" not in answer.text + caplog.text

    def test_where_not_even_a_page_can_be_made_one_sentence_is_said(
        self, chipos_desk: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def gone(*_: object) -> None:
            raise ConnectionError("no database for Efe")

        monkeypatch.setattr("peerlink.app.reading", gone)
        answer = chipos_desk.visit("/participants")
        assert answer.status_code == 500
        assert answer.mimetype == "text/plain"
        assert "Efe" not in answer.text + caplog.text
        assert "Content-Security-Policy" in answer.headers

    def test_an_address_that_is_nowhere_is_not_repeated(self, aminas_phone: Visitor) -> None:
        answer = aminas_phone.visit("/<script>alert(1)</script>")
        assert answer.status_code == 404
        assert "alert(1)" not in answer.text

    def test_out_of_reach_and_not_there_are_told_alike(self, zoes_phone: Visitor) -> None:
        told = []
        for match_id in (str(cast.AMINA_EFE), "00000000-0000-0000-0000-0000deadbeef"):
            answer = zoes_phone.visit(f"/log/{match_id}")
            token = Outline(answer.text).hidden["csrf_token"]
            told.append((answer.status_code, answer.text.replace(token, "the token of the page")))
        assert told[0] == told[1]

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
    def test_another_method_is_refused(self, app: Flask, the_cast: house.House, method: str) -> None:
        assert app.test_client().open("/sign-in", method=method, base_url=BASE).status_code in {400, 405}


def _like(view: object, does: object) -> object:
    """Return a page open to whom `view` is, doing something else."""

    def instead(**_: object) -> object:
        return does()  # type: ignore[operator]

    guard._open_to[instead] = guard._open_to[view]  # type: ignore[index]
    return instead
