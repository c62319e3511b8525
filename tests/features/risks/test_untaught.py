"""What many carry because no training for it is written down is one thing to see to, not one each."""

import re
import uuid

import pytest
from flask import Flask

from peerlink import clock
from peerlink.features.risks.models import Flag, FlagState
from peerlink.features.risks.rulebook import Subject
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.levels import Level
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.risks.happenings import today
from tests.features.training.deeds import published
from tests.support.cast import AMINA_ID, BEN_ID, CHIPO, DANA, ZOE_ID, Person
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
TWO = "2 volunteers carry topics no training is written down for"
THREE = TWO.replace("2", "3")
ALONE = "carries topics no training"


def carries(
    who: uuid.UUID, *codes: str, level: Level = Level.WATCH, motivational: int = 0, rests: bool = False
) -> uuid.UUID:
    """Let a flag stand about topics somebody carries."""
    flag_id = uuid.uuid4()
    rows = [(f"topic_{code}", 7, 5) for code in codes] + [("motivational_untrained_90", motivational, 3)]
    found = [
        {"name": name, "value": value, "unit": "contacts", "threshold": line, "n": 20}
        for name, value, line in [("topics_untrained_90", len(codes), 1), *rows]
    ]
    with transaction(), gate.opened("a test raises a flag"):
        session.add(
            Flag(
                id=flag_id,
                subject_id=who,
                rule="R69",
                subject_kind=Subject.VOLUNTEER,
                about_id=who,
                level=level,
                told_level=level,
                state=FlagState.SNOOZED if rests else FlagState.OPEN,
                snoozed_until=today() if rests else None,
                opened_on=today(),
                since_on=today(),
                told_since_on=today(),
                raised_at=clock.now(),
                because="Topics without training for them.",
                evidence=found,
                said="Topics without training for them.",
                said_evidence=found,
            )
        )
    return flag_id


def everybody_is_danas() -> None:
    with transaction(), gate.opened("a test gives Dana two volunteers"):
        for who in (BEN_ID, ZOE_ID):
            session.get_one(Volunteer, who).supervisor_id = DANA.viewer.account_id


def words(app: Flask, who: Person, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", Visitor(app, who).visit(address).text))


def test_many_are_one_card_with_the_list(app: Flask) -> None:
    flags = carries(AMINA_ID, "grief", "work"), carries(BEN_ID, "grief", level=Level.ALERT)
    page = Visitor(app, CHIPO).visit("/flags").text
    assert page.count(TWO) == 1
    for flag_id in flags:
        assert page.count(f"/flags/{flag_id}") == 1
    said = words(app, CHIPO, "/flags")
    assert "Grief (2 volunteers), Work (1 volunteer). No module says" in said
    assert "Amina A." in said
    assert 'href="/training/needs"' in page
    assert "Flags that need somebody this week: 1" in words(app, CHIPO, "/")


def test_the_supervisor_has_one_card_instead_of_one_each(app: Flask) -> None:
    everybody_is_danas()
    for who in (AMINA_ID, BEN_ID, ZOE_ID):
        carries(who, "grief", level=Level.ALERT)
    page = words(app, DANA, "/team-care")
    assert page.count(THREE) == 1
    assert "Nobody waits for a call." in page
    assert "looks steady" not in page
    assert "look steady" not in page
    assert "Flags that need somebody this week: 1" in words(app, DANA, "/")


def test_a_topic_that_some_module_teaches_is_each_ones_own(app: Flask) -> None:
    carries(AMINA_ID, "grief")
    carries(BEN_ID, "grief", "work")
    with transaction(), gate.opened("a test describes a module"):
        published("Hard talks", topics=("grief",))
    assert TWO not in words(app, CHIPO, "/flags")
    carries(ZOE_ID, "work")
    assert TWO not in words(app, CHIPO, "/flags"), "one of the two is taught grief"


def test_motivational_talks_count_from_their_line_on(app: Flask) -> None:
    carries(AMINA_ID, motivational=3)
    carries(BEN_ID, motivational=2)
    assert TWO not in words(app, CHIPO, "/flags")
    carries(ZOE_ID, motivational=4)
    assert TWO in words(app, CHIPO, "/flags")


def test_one_alone_and_one_that_rests_are_shown_as_they_are(app: Flask) -> None:
    carries(AMINA_ID, "grief")
    carries(BEN_ID, "grief", rests=True)
    page = words(app, CHIPO, "/flags")
    assert TWO not in page
    assert ALONE not in page
    assert "Amina A." in page
