"""The demonstration is told whole: everybody is there, what was planted is found, every page opens."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select

from peerlink import clock
from peerlink.demo import cast, story_contacts
from peerlink.demo.lives import people
from peerlink.demo.stage import SEED, ZONE, Stage
from peerlink.demo.story import N_PEOPLE, tell_riverbend
from peerlink.features.accounts.entry import viewer_of
from peerlink.features.accounts.models import Account
from peerlink.features.contacts.models import Contact, FollowUp
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.features.risks.judging import Judged, evaluate
from peerlink.features.risks.models import Flag, FlagState
from peerlink.features.risks.rulebook import Subject
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import CheckinStatus, MatchStatus, ParticipantStatus
from peerlink.store import audit, gate, house
from peerlink.store.model import Model
from peerlink.store.session import reading, session
from tests.support.cast import Person
from tests.support.visitor import Visitor

PLANTED = {
    "R01": None,
    "R02": cast.NALEDI,
    "R03": None,
    "R10": cast.KOFI,
    "R11": cast.SAMUEL,
    "R12": cast.BEATRIZ,
    "R20": cast.LINDIWE,
    "R21": cast.MIRIAM,
    "R22": cast.HASSAN,
    "R23": cast.YOLANDA,
    "R24": cast.TOMAS,
    "R25": cast.LINDIWE,
    "R26": cast.ESTHER,
    "R27": cast.JOSEPH,
    "R51": story_contacts.KITE,
    "R61": None,
    "R63": None,
    "R68": cast.MOSES,
    "R69": cast.FARAH,
    "R70": cast.ZANELE,
}
"""Rule to whom its planted problem is about; None is the programme."""
A_PHONE = re.compile(r"(?<![\w+.-])(?:\+|0)\d(?:[ ()-]?\d){8,}(?!\w)")
MADE_UP = re.compile(r"\+44 ?(?:7700 ?900|1632 ?960) ?\d{3}")
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|\d+")


@pytest.fixture(scope="module")
def riverbend(app: Flask, opened_house: house.House) -> Iterator[Flask]:
    """Tell the whole story once for this file."""
    house.enter(opened_house)
    for _month in tell_riverbend(clock.today(ZONE)):
        pass
    app.config["DEMO"] = True
    yield app
    app.config["DEMO"] = False
    house.enter(opened_house)
    with opened_house.engine.execution_options(immediate=True).begin() as connection:
        for table in reversed(Model.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture(scope="module")
def judged(riverbend: Flask) -> list[Judged]:
    with reading(), gate.opened("the rules are tried on the demonstration"):
        return list(evaluate(clock.today(ZONE)))


def count(table: type[Model]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_everybody_is_there(riverbend: Flask) -> None:
    with reading():
        assert count(Volunteer) == 25
        assert count(Participant) == N_PEOPLE == 160
        assert 5_700 <= count(Contact) <= 6_300
        first = session.scalar(select(func.min(Contact.day)))
        assert first is not None
        assert 12 * 30 <= (clock.today(ZONE) - first).days <= 14 * 31


def test_this_morning_is_as_it_was_announced(riverbend: Flask) -> None:
    today = clock.today(ZONE)
    with reading(), gate.opened("the morning is looked at"):
        waiting = session.scalars(
            select(Participant).where(Participant.status == ParticipantStatus.WAITING)
        ).all()
        assert len(waiting) == 7
        assert sum((today - one.status_since).days > 7 for one in waiting) == 2
        walks = Counter(session.scalars(select(Match.status)))
        assert walks[MatchStatus.PROPOSED] == 2
        assert walks[MatchStatus.ACCEPTED] == 1
        due = session.scalars(select(FollowUp.due_on).where(FollowUp.done_on.is_(None))).all()
        assert due.count(today) == 2
        thandeka = volunteer(cast.THANDEKA)
        asked = select(Checkin).where(
            Checkin.volunteer_id == thandeka.id, Checkin.status == CheckinStatus.DUE
        )
        assert session.scalars(asked).one()
        lindiwe = volunteer(cast.LINDIWE)
        walking = Match.status == MatchStatus.ACTIVE, Match.volunteer_id == lindiwe.id
        assert (lindiwe.capacity, len(session.scalars(select(Match).where(*walking)).all())) == (5, 7)
        days = set(session.scalars(select(Contact.day).where(Contact.volunteer_id == lindiwe.id)))
        assert {(today - day).days for day in days} >= set(range(1, 17)), "no free day in 16"


def volunteer(name: str) -> Volunteer:
    everybody = session.scalars(select(Volunteer))
    return next(one for one in everybody if f"{one.given_name} {one.family_name}" == name)


def participant(alias: str) -> Participant:
    return next(one for one in session.scalars(select(Participant)) if one.alias == alias)


@pytest.mark.parametrize("rule", PLANTED)
def test_every_planted_problem_is_found(rule: str, riverbend: Flask, judged: list[Judged]) -> None:
    who = PLANTED[rule]
    with reading(), gate.opened("the planted problems are looked for"):
        found = {one.about_id for one in judged if one.rule.id == rule and one.level.is_positive}
        open_flags = session.scalars(
            select(Flag).where(Flag.rule == rule, Flag.state != FlagState.CLOSED, Flag.closed_on.is_(None))
        )
        flagged = {flag.about_id for flag in open_flags}
        if who is None:
            assert found
            assert flagged >= found
        else:
            about = (participant(who) if rule == "R51" else volunteer(who)).id
            assert about in found
            assert about in flagged


def test_what_nobody_can_know_yet_is_unknown(riverbend: Flask, judged: list[Judged]) -> None:
    unknown = {one.about_id for one in judged if one.rule.id == "R20" and one.level is Level.UNKNOWN}
    with reading(), gate.opened("who is unknown"):
        assert unknown == {volunteer(cast.RUBEN).id}
    assert any(one.rule.id == "R51" and one.level is Level.UNKNOWN for one in judged)


def test_what_the_programme_knows_of_itself_is_not_all_bad(judged: list[Judged]) -> None:
    whole = {one.rule.id: one.level for one in judged if one.rule.subject is Subject.PROGRAMME}
    assert whole["R28"] is whole["R70"] is Level.OK
    assert {whole[rule] for rule in ("R01", "R03", "R61", "R63", "R68")} == {Level.WATCH}


@pytest.mark.parametrize("rule", ["R02", "R21", "R27", "R69", "R70"])
def test_what_is_planted_is_about_nobody_else(rule: str, judged: list[Judged]) -> None:
    found = [one for one in judged if one.rule.id == rule and one.level.is_positive]
    assert len(found) == 1


def test_too_little_is_known_of_a_newcomer_and_of_what_nobody_shows(
    riverbend: Flask, judged: list[Judged]
) -> None:
    with reading(), gate.opened("of whom too little is known"):
        joseph, miriam = volunteer(cast.JOSEPH).id, volunteer(cast.MIRIAM).id
    unknown = {(one.rule.id, one.about_id) for one in judged if one.level is Level.UNKNOWN}
    assert [who for rule, who in unknown if rule == "R69"] == [joseph]
    assert len([who for rule, who in unknown if rule == "R21" and who != miriam]) == 18


def test_most_volunteers_are_well(judged: list[Judged]) -> None:
    levels = Counter(one.level for one in judged if one.rule.subject is Subject.VOLUNTEER)
    assert levels[Level.OK] > 0.8 * levels.total()


def test_nobody_is_flooded_with_flags(riverbend: Flask) -> None:
    with reading():
        n_open = session.scalar(select(func.count()).where(Flag.closed_on.is_(None)))
    assert 10 <= (n_open or 0) <= 30


def test_the_trail_of_the_story_is_whole(riverbend: Flask) -> None:
    with reading(), gate.opened("the trail is walked"):
        assert audit.verify(session) == []


def test_the_story_is_told_the_same_way_twice() -> None:
    today = clock.today(ZONE)
    one, other = Stage(today), Stage(today)
    assert people(one.rng, N_PEOPLE) == people(other.rng, N_PEOPLE)
    assert SEED == 7


def test_people_are_called_by_trees_and_birds(riverbend: Flask) -> None:
    with reading(), gate.opened("aliases are read"):
        aliases = [one.alias for one in session.scalars(select(Participant))]
    assert len(set(aliases)) == len(aliases)
    assert set(aliases) <= set(cast.NATURE)


def test_every_phone_is_from_the_range_kept_for_fiction(riverbend: Flask) -> None:
    with reading(), gate.opened("phones are read"):
        phones = {one.phone for one in session.scalars(select(Participant))}
        phones |= {one.phone for one in session.scalars(select(Volunteer))}
    assert len(phones) == 185
    assert all(MADE_UP.fullmatch(phone or "") for phone in phones)


@pytest.mark.parametrize("name", cast.LOOK_AT)
def test_every_page_of_every_persona_opens(name: str, riverbend: Flask) -> None:
    desk = Visitor(riverbend, persona(name))
    seen: set[str] = set()
    wrong: list[str] = []
    waiting = ["/"]
    while waiting:
        address = waiting.pop(0)
        kind = AN_ID.sub("x", urlsplit(address).path)
        if kind in seen:
            continue
        seen.add(kind)
        response = desk.visit(address)
        if response.status_code == 303 and (on := inside(address, response.location or "")):
            waiting.append(on)
        elif response.status_code != 200:
            wrong.append(f"{address} answers {response.status_code}")
        if response.mimetype == "text/html":
            wrong += strange_phones(address, response.text)
            links = re.findall(r'<a\b[^>]*\bhref="([^"]+)"', response.text)
            waiting += [one for link in links if (one := inside(address, link))]
    assert wrong == []
    assert len(seen) >= 4, seen


def persona(name: str) -> Person:
    with reading(), gate.opened("a persona is looked up"):
        account = next(one for one in session.scalars(select(Account)) if one.name == name)
        assert account.ref is not None
        assert account.ref.startswith("DEMO")
        return Person(name, viewer_of(account))


def inside(address: str, link: str) -> str | None:
    """Return the address of a page of ours a link leads to, None for anything else."""
    parts = urlsplit(urljoin(f"https://localhost{address}", urldefrag(link)[0].replace("&amp;", "&")))
    if parts.netloc != "localhost" or parts.path.startswith("/static/"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def strange_phones(address: str, html: str) -> list[str]:
    """Name the phone numbers a page shows that may be somebody's."""
    text = re.sub(r"<[^>]+>", " ", html)
    return [f"{address} shows {one}" for one in A_PHONE.findall(text) if not MADE_UP.fullmatch(one)]
