"""Whoever reads the logs of the server learns no secret that stands in an address."""

import re

import pytest
from flask import Flask

from peerlink.features.accounts import service
from peerlink.features.accounts.feed import make_feed
from peerlink.features.accounts.models import Account
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.browser.conftest import Opens
from tests.scenarios.leaks import everything_logged
from tests.support import cast


def test_no_secret_of_an_address_stands_in_a_log(
    opens: Opens, the_cast: object, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with everything_logged(caplog):
        with transaction(), gate.opened("a test makes addresses"):
            feed = make_feed(cast.AMINA.viewer.account_id)
            ben = session.get_one(Account, cast.BEN.viewer.account_id)
            link = service.send_again(ben, by=cast.ADA.viewer.account_id)
        context = opens()
        asked = (
            f"/calendar/{feed}.ics",
            f"/calendar/{feed}x.ics",
            f"/join/{link}",
            f"/join/{link}?again=1",
            f"/join/{link}/nowhere",
        )
        answers = [context.request.get(address).status for address in asked]
        context.new_page().goto(asked[2])
    assert answers == [200, 404, 200, 200, 404]
    written = caplog.text + "".join(capfd.readouterr())
    assert written, "something was logged at all"
    assert feed not in written
    assert link not in written
    assert not re.search(r"/(join|calendar)/\w{20}", written)


def test_the_web_server_itself_names_no_address_when_all_breaks(
    app: Flask, opens: Opens, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(_environ: object, _start: object) -> None:
        raise ZeroDivisionError("Efe was here")

    monkeypatch.setattr(app, "wsgi_app", break_down)
    with everything_logged(caplog):
        assert opens().request.get("/join/nobodys-secret-at-all").status == 500
    assert "Exception: ZeroDivisionError" in caplog.text
    assert "nobodys" not in caplog.text
    assert "Efe" not in caplog.text
