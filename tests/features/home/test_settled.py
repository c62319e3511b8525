"""The programme's page says how far each thing is that is settled once."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.home import settled
from peerlink.features.programmes.models import Place, Programme
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from peerlink.web.navigation import State
from tests.support import cast
from tests.support.visitor import Visitor

TODAY = clock.today("Europe/London")


def with_programme(**values: object) -> None:
    with transaction(), gate.opened("a test sets something up"):
        programme = session.scalars(select(Programme)).one()
        for name, value in values.items():
            setattr(programme, name, value)


def test_every_setting_stands_with_a_sentence_and_how_far_it_is(chipos_desk: Visitor) -> None:
    page = chipos_desk.visit("/programme").text
    for address in (
        "/programme/settings", "/programme/places", "/programme/thresholds", "/programme/messages",
        "/programme/offers-of-help", "/programme/agreements", "/training/modules", "/programme/safety",
        "/programme/duty", "/questionnaires", "/programme/precision",
    ):  # fmt: skip
        assert f'href="{address}"' in page
    for said in ("Page for offers: off", "No mail server yet", "All as suggested", "Nobody today"):
        assert said in page
    assert "Unpaid by design" not in page


def test_what_a_programme_does_without_is_said(chipos_desk: Visitor) -> None:
    with_programme(unpaid_by_design=True, applications_open=True, limits={"place.review_days": 200})
    page = chipos_desk.visit("/programme").text
    assert "Unpaid by design" in page
    assert "Without a clinic" not in page
    assert "Page for offers: on" in page
    assert "Of our own: 1" in page


@pytest.mark.usefixtures("the_cast")
@pytest.mark.parametrize(
    ("days", "state"), [(365, State("Approved: 1")), (366, State("To look at again: 1", "watch"))]
)
def test_places_are_to_be_looked_at_again_after_a_year(days: int, state: State) -> None:
    with transaction(), gate.opened("a test ages a place"):
        session.get_one(Place, cast.PLACE_ID).reviewed_on = TODAY - dt.timedelta(days=days)
    with reading(), gate.opened("a test looks"):
        assert settled.places_settled() == state
