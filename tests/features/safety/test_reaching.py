"""Whoever took a call on reads whom to call and how: from then on, until it is over, and nobody else."""

import uuid

import pytest
from flask import Flask

from peerlink import clock
from peerlink.features.participants.models import Participant
from peerlink.features.safety import service
from peerlink.features.safety.models import SafetyCall
from peerlink.features.safety.watching import watch_calls
from peerlink.framework.safety_words import SafetyCause
from peerlink.store import audit, gate
from peerlink.store.session import reading, session, transaction
from tests.features.safety.happenings import HOUR, MINUTE, at, plan_it
from tests.support import cast
from tests.support.cast import Person
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
AMINA = ("Amina A.", "tel:+447700900101")
EFE = ("Efebird", "tel:+447700900201")


def about_amina() -> uuid.UUID:
    with transaction(), gate.opened("a test asks for a call"):
        call = service.open_call(SafetyCause.CONTACT_TODAY, by=None, volunteer_id=cast.AMINA_ID)
        assert call is not None
        return call.id


def about_efe() -> uuid.UUID:
    with transaction(), gate.opened("a test asks for a call"):
        session.get_one(Participant, cast.EFE_ID).safe_channels = ["phone", "text"]
        call = service.open_call(
            SafetyCause.SUICIDALITY_TAG, by=None, volunteer_id=cast.AMINA_ID, participant_id=cast.EFE_ID
        )
        assert call is not None
        return call.id


def passed_on(to: int) -> None:
    """Let nobody take it: after an hour a deputy has it, after two the manager."""
    with at(clock.now() + to * HOUR + MINUTE):
        watch_calls(clock.now().date())


def page_of(app: Flask, person: Person, call_id: uuid.UUID) -> str:
    return Visitor(app, person).visit(f"/calls/{call_id}").text


def taken(person: Person, call_id: uuid.UUID) -> None:
    with transaction(), gate.opened("a test takes a call"):
        service.take(session.get_one(SafetyCall, call_id), by=person.viewer.account_id)


def looked(person: Person, at_whom: uuid.UUID) -> list[str]:
    with reading():
        found = audit.deeds(session, about=at_whom, deed="opened", newest=50)
        return [
            kind
            for one in found
            if one.actor == person.viewer.account_id
            for kind in one.detail.get("kinds", ())
        ]


def test_a_manager_reads_whom_to_call_once_it_is_theirs_and_no_longer(app: Flask) -> None:
    call_id = about_amina()
    assert Visitor(app, cast.PRIYA).visit(f"/calls/{call_id}").status_code == 404
    passed_on(1)
    assert Visitor(app, cast.PRIYA).visit(f"/calls/{call_id}").status_code == 404
    passed_on(2)
    before = page_of(app, cast.PRIYA, call_id)
    assert "A call for somebody" in before
    assert "Once you have it you see here whom to call, and how." in before
    assert not any(word in before for word in AMINA)
    assert looked(cast.PRIYA, cast.AMINA_ID) in ([], ["safety_call"] * 1, ["safety_call"] * 2)
    taken(cast.PRIYA, call_id)
    mine = page_of(app, cast.PRIYA, call_id)
    assert all(word in mine for word in AMINA)
    assert "A call for Amina A." in mine
    assert "volunteer" in looked(cast.PRIYA, cast.AMINA_ID)
    listed = Visitor(app, cast.PRIYA).visit("/calls").text
    assert "Amina" not in listed
    with transaction(), gate.opened("a test gives it back"):
        service.give_back(session.get_one(SafetyCall, call_id), by=cast.PRIYA.viewer.account_id)
    assert not any(word in page_of(app, cast.PRIYA, call_id) for word in AMINA)
    taken(cast.PRIYA, call_id)
    with transaction(), gate.opened("a test closes it"):
        call = session.get_one(SafetyCall, call_id)
        service.close_call(call, "We spoke.", by=cast.PRIYA.viewer.account_id)
    over = page_of(app, cast.PRIYA, call_id)
    assert "We spoke." in over
    assert not any(word in over for word in AMINA)


def test_who_did_not_take_it_reads_no_number(app: Flask) -> None:
    call_id = about_amina()
    passed_on(2)
    taken(cast.DANA, call_id)
    assert AMINA[1] in page_of(app, cast.DANA, call_id)
    for other in (cast.CHIPO, cast.SADE, cast.PRIYA, cast.SOL):
        assert AMINA[1] not in page_of(app, other, call_id), other.name
    assert "Amina" not in page_of(app, cast.PRIYA, call_id)


def test_handed_over_it_is_read_once_it_is_taken_on(app: Flask) -> None:
    call_id = about_amina()
    with transaction(), gate.opened("a test hands it over"):
        call = session.get_one(SafetyCall, call_id)
        service.hand_over(call, cast.SADE.viewer.account_id, by=cast.DANA.viewer.account_id)
    assert AMINA[1] not in page_of(app, cast.SADE, call_id)
    taken(cast.SADE, call_id)
    assert AMINA[1] in page_of(app, cast.SADE, call_id)
    assert AMINA[1] not in page_of(app, cast.DANA, call_id)


@pytest.mark.parametrize(
    ("person", "passed", "knows"),
    [
        (cast.CHIPO, 0, True),
        (cast.SADE, 0, True),
        (cast.DANA, 0, False),
        (cast.DANA, 1, True),
        (cast.PRIYA, 2, True),
    ],
    ids=lambda one: getattr(one, "name", one),
)
def test_a_participant_is_named_to_others_only_once_nobody_took_it(
    app: Flask, person: Person, passed: int, knows: bool
) -> None:
    call_id = about_efe()
    passed_on(passed)
    if passed:
        assert not any(word in page_of(app, cast.DANA, call_id) for word in EFE), "nobody has taken it yet"
    taken(person, call_id)
    page = page_of(app, person, call_id)
    assert [word in page for word in EFE] == [knows, knows]
    assert AMINA[1] in page, "whoever is with them can be called"
    assert ("hand the call to a coordinator" in page) is not knows
    assert ("participant" in looked(person, cast.EFE_ID)) is knows


def test_a_number_that_is_not_safe_is_not_shown(app: Flask) -> None:
    call_id = about_efe()
    with transaction(), gate.opened("a test asks how to reach them"):
        one = session.get_one(Participant, cast.EFE_ID)
        one.safe_channels, one.safe_words = ["text"], "Say it is Robin from the garden."
    taken(cast.CHIPO, call_id)
    page = page_of(app, cast.CHIPO, call_id)
    assert EFE[1] not in page
    assert "Do not call: it is not safe for them." in page
    assert "Say it is Robin from the garden." in page
    assert AMINA[1] in page


def test_taking_it_leads_straight_to_whom_to_call(priyas_desk: Visitor) -> None:
    plan_it()
    call_id = about_amina()
    passed_on(100)
    there = priyas_desk.send(f"/calls/{call_id}/take", opened=f"/calls/{call_id}").location
    assert there == f"/calls/{call_id}"
    assert AMINA[1] in priyas_desk.visit(there).text
