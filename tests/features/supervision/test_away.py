"""Cover: who looks after whom while somebody is away, and nothing of it a day longer."""

import uuid

import pytest
from flask import Flask

from peerlink.errors import NotFound, Refused
from peerlink.events import Event, Message, Wording, listen
from peerlink.features.risks.cards import team_care
from peerlink.features.supervision import covering, service
from peerlink.features.supervision.covering import covered_for
from peerlink.features.supervision.events import CoverArranged
from peerlink.features.volunteers.models import Cover
from peerlink.features.volunteers.queries import get_looked_after
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import WORN, amina_answers, in_days
from tests.features.supervision.deeds import DANA, DAY, SOL, TODAY, covered, held, planned
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
HELD = f"/volunteers/{cast.AMINA_ID}/supervision/held"


@pytest.mark.parametrize(
    ("days", "until", "by", "sentence"),
    [
        (-1, 3, SOL, "from today on"),
        (3, 2, SOL, "first or later"),
        (0, 184, SOL, "six months"),
        (0, 3, DANA, "for themself"),
        (0, 3, cast.CHIPO.viewer.account_id, "who supervises"),
        (0, 3, uuid.UUID(int=999), "who supervises"),
    ],
)
def test_a_cover_that_cannot_be_is_refused(days: int, until: int, by: uuid.UUID, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        covered(days, until, by=by)
    with reading():
        assert session.query(Cover).count() == 0


def test_absences_do_not_overlap_and_colleagues_are_not_away_together() -> None:
    covered(5, 10)
    for days, until in ((0, 5), (10, 12), (6, 7), (0, 20)):
        with pytest.raises(Refused, match="overlap"):
            covered(days, until)
    with pytest.raises(Refused, match="covers for a colleague"):
        covered(8, 9, of=SOL, by=None)
    covered(11, 12)
    covered(0, 4, of=SOL, by=DANA)
    with pytest.raises(Refused, match="away then too"):
        covered(0, 3)


def test_the_volunteers_concerned_are_told_that_there_is_news_and_no_more() -> None:
    heard: list[Event] = []
    listen(CoverArranged, heard.append)
    one = covered()
    event = next(each for each in heard if isinstance(each, CoverArranged) and each.cover_id == one)
    assert event.messages() == (
        Message(cast.AMINA_ID, Wording.UPDATE, f"CoverArranged {one.hex}"),
        Message(SOL, Wording.UPDATE, f"CoverArranged {one.hex}"),
    )
    assert event.about() == (cast.AMINA_ID,)


@pytest.mark.parametrize(("day", "sees"), [(0, False), (1, True), (3, True), (4, False)])
def test_the_coverer_sees_them_from_the_first_day_to_the_last(day: int, sees: bool) -> None:
    held(note="Sleeps badly.")
    planned()
    amina_answers(**WORN)
    covered(1, 3)
    granted = gate.Access(SOL, cast.SOL.viewer.opens(), {SOL})
    with in_days(day), reading(), gate.access(granted):
        assert (cast.AMINA_ID in {one.volunteer.id for one in service.due_list(cast.SOL.viewer)}) is sees
        cards = {card.volunteer.id: card for card in team_care(cast.SOL.viewer).cards}
        assert (cast.AMINA_ID in cards) is sees
        away = covered_for(cast.SOL.viewer)
        if sees:
            assert (away[DANA].name, away[DANA].until_on) == ("Dana", TODAY + 3 * DAY)
            assert cards[cast.AMINA_ID].covers == away[DANA]
            assert get_looked_after(cast.AMINA_ID, cast.SOL.viewer).given_name == "Amina"
        else:
            assert away == {}
            with pytest.raises(NotFound):
                get_looked_after(cast.AMINA_ID, cast.SOL.viewer)


def test_it_is_tagged_for_whom_and_gone_when_ended(
    sols_desk: Visitor, danas_desk: Visitor, aminas_phone: Visitor
) -> None:
    amina_answers(**WORN)
    assert sols_desk.visit(HELD).status_code == 404
    one = covered()
    until = TODAY + 5 * DAY
    tag = f"for Dana until {until.day} {until:%b}"
    for address in ("/supervision", "/team-care"):
        assert tag in sols_desk.visit(address).text
    assert sols_desk.visit(HELD).status_code == 200
    mine = aminas_phone.visit("/me/sessions").text
    assert "Sol" in mine
    assert "while Dana is away" in mine
    assert danas_desk.send(f"/supervision/away/{one}/end", opened="/supervision/away").status_code == 303
    for address in ("/supervision", "/team-care"):
        assert "Amina" not in sols_desk.visit(address).text
    assert sols_desk.visit(HELD).status_code == 404
    assert "while Dana is away" not in aminas_phone.visit("/me/sessions").text


def test_where_nobody_covers_the_volunteer_reads_that(aminas_phone: Visitor) -> None:
    covered(by=None)
    assert "Dana is away until" in aminas_phone.visit("/me/sessions").text


def away(**said: object) -> dict[str, object]:
    return {
        "from_on": TODAY.isoformat(),
        "until_on": (TODAY + 7 * DAY).isoformat(),
        "cover": SOL.hex,
        **said,
    }


def test_dana_says_it_herself_and_a_coordinator_for_her(
    danas_desk: Visitor, chipos_desk: Visitor, sols_desk: Visitor
) -> None:
    assert danas_desk.send("/supervision/away", away()).status_code == 303
    assert "Sol covers" in danas_desk.visit("/supervision/away").text
    page = f"/supervisors/{DANA}/away"
    refused = chipos_desk.send(page, away(cover=""))
    assert refused.status_code == 422
    assert "overlap" in refused.text
    assert (TODAY + 7 * DAY).isoformat() in refused.text
    with reading():
        one = session.query(Cover).one().id
    assert sols_desk.send(f"/supervision/away/{one}/end", opened="/supervision/away").status_code == 404
    assert chipos_desk.send(f"/supervisors/{SOL}/away/{one}/end", opened=page).status_code == 404
    assert chipos_desk.send(f"{page}/{one}/end", opened=page).status_code == 303
    with reading():
        assert session.query(Cover).count() == 0, "ended on its first day it never was"
    assert chipos_desk.send(page, away(cover="")).status_code == 303
    assert "nobody covers" in chipos_desk.visit("/supervisors").text
    assert chipos_desk.visit(f"/supervisors/{cast.AMINA.viewer.account_id}/away").status_code == 404


def test_what_is_over_cannot_be_ended_and_yesterday_stays_covered() -> None:
    one = covered(0, 2)
    with in_days(1), transaction():
        covering.end_cover(covering.get_cover(one), by=DANA)
    with in_days(1), transaction():
        assert session.get_one(Cover, one).until_on == TODAY
        with pytest.raises(Refused, match="over already"):
            covering.end_cover(covering.get_cover(one), by=DANA)


@pytest.mark.parametrize(("n", "told"), [(12, False), (13, True)])
def test_more_than_twelve_volunteers_is_said_to_coordinators_and_managers(
    app: Flask, chipos_desk: Visitor, priyas_desk: Visitor, danas_desk: Visitor, n: int, told: bool
) -> None:
    with transaction(), gate.opened("a test gives Dana many volunteers"):
        for number in range(n - 1):
            session.add(cast._volunteer(uuid.UUID(int=2000 + number), cast.DANA, f"Nr{number}", TODAY))
    line = "Supervisors who look after more than 12 volunteers: 1"
    for desk in (chipos_desk, priyas_desk):
        assert (line in desk.visit("/").text) is told
    assert line not in danas_desk.visit("/").text
    assert ("too many" in chipos_desk.visit("/supervisors").text) is told
