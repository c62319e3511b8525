"""Training needs: counted, gathered from three sides, and private where answers are."""

import datetime as dt

import pytest

from peerlink import clock
from peerlink.features.indicators import recount
from peerlink.features.risks.needs import Plan, plan_for
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.training import catalogue, service
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.training import trained
from tests.features.indicators import test_topics
from tests.features.training.deeds import DAY, planned, published
from tests.support import cast
from tests.support.visitor import Visitor

TODAY = clock.today("Europe/London")
CHIPO, DANA, SOL = cast.CHIPO.viewer, cast.DANA.viewer, cast.SOL.viewer


@pytest.fixture(autouse=True)
def _house(the_cast: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_topics, "TODAY", TODAY)


def carries(*codes: str, technique: str = "") -> None:
    """Let Amina hold ten contacts with these topics."""
    for n in range(10):
        test_topics.held(n, *codes, technique=technique)
    recount.rebuild(TODAY)


def says(volunteer_id: object, v12: int, days: int = 5) -> None:
    on = TODAY - dt.timedelta(days=days)
    session.add(
        Checkin(
            subject_id=volunteer_id, volunteer_id=volunteer_id, due_on=on, answered_on=on,
            status=CheckinStatus.ANSWERED, answers={f"v{n}": 1 for n in range(1, 12)} | {"v12": v12},
        )
    )  # fmt: skip
    session.flush()


def plan(viewer: Viewer) -> Plan:
    with transaction(), gate.opened("a test plans"):
        return plan_for(viewer, TODAY)


def test_needs_come_from_topics_dates_and_wishes_the_most_wanted_first() -> None:
    with transaction(), gate.opened("a test tells"):
        published("Hard talks", topics=("grief",))
        carries("grief", "work", technique="motivational")
        trained(cast.BEN_ID, "listening", valid_until=TODAY + 59 * DAY)
        trained(cast.ZOE_ID, "listening", valid_until=TODAY + 60 * DAY)
        service.wish(get_volunteer(cast.BEN_ID, CHIPO), "grief", by=None)
        planned("hard_talks", on=TODAY + 3 * DAY)
        planned("hard_talks", on=TODAY + 9 * DAY)
    found = {one.code: one for one in plan(CHIPO).needs}
    assert next(iter(found)) == "grief"
    assert set(found) == {"grief", "work", "motivational", "listening"}
    grief = found["grief"]
    assert [one.id for one in grief.carried_by] == [cast.AMINA_ID]
    assert [one.id for one in grief.asked_by] == [cast.BEN_ID]
    assert (grief.modules, grief.planned_on) == (("hard_talks",), TODAY + 3 * DAY)
    assert [one.id for one in found["listening"].runs_out_for] == [cast.BEN_ID]
    assert found["motivational"].name == "Motivational conversation"
    assert {one.code for one in plan(SOL).needs} == {"grief", "listening"}


def test_a_module_taken_takes_the_need_away() -> None:
    with transaction(), gate.opened("a test tells"):
        carries("grief")
        assert [one.code for one in plan_for(CHIPO, TODAY).needs] == ["grief"]
        trained(cast.AMINA_ID, "grief", mandatory=False)
        assert plan_for(CHIPO, TODAY).needs == ()


def test_who_felt_unprepared_is_named_to_their_supervisor_alone() -> None:
    with transaction(), gate.opened("a test tells"):
        says(cast.AMINA_ID, 0)
        says(cast.BEN_ID, 3)
        nightly_round(TODAY)
    assert [one.id for one in plan(DANA).unprepared] == [cast.AMINA_ID]
    assert plan(SOL).unprepared == plan(CHIPO).unprepared == ()


def test_the_programme_is_counted_only_from_eight_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction(), gate.opened("a test tells"):
        says(cast.AMINA_ID, 0)
        says(cast.BEN_ID, 3)
    assert plan(CHIPO).prepared is None
    monkeypatch.setattr("peerlink.features.risks.needs.shares.fewest", lambda _key, _limits: 2)
    counted = plan(CHIPO).prepared
    assert counted is not None
    assert (counted.n_unprepared, counted.n_said) == (1, 2)


def test_each_need_has_its_one_next_step(chipos_desk: Visitor, danas_desk: Visitor) -> None:
    assert "Nothing is missing now" in chipos_desk.visit("/training/needs").text
    with transaction(), gate.opened("a test tells"):
        catalogue.take_usual_in(by=None)
        carries("grief", "work")
        service.wish(get_volunteer(cast.AMINA_ID, CHIPO), "How to say no", by=None)
    page = chipos_desk.visit("/training/needs").text
    assert "/training/sessions/new?module=listening" in page
    assert "/training/modules/new?topic=work" in page
    assert "How to say no" in page
    theirs = danas_desk.visit("/training/needs").text
    assert "/training/sessions/new?module=listening" in theirs
    assert "/training/modules/new" not in theirs
