"""Everything kept about a volunteer, for themself: whole, and without what others said in confidence."""

import pytest
from flask import Flask

from peerlink.features.incidents.rules import ReportDraft
from peerlink.features.incidents.service import report
from peerlink.features.privacy.rules import KINDS
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.incident_words import IncidentType
from peerlink.roles import OPENS
from peerlink.store import audit, gate
from peerlink.store.session import reading, session, transaction
from tests.architecture.one_of_each import tell
from tests.support import cast
from tests.support.visitor import Visitor

ABOUT_NOBODY = {"programme", "site", "place", "agreement_text", "module", "training_session", "team_event"}
ABOUT_NOBODY |= {"balance", "mail", "safety_plan"}
UNTOLD = {"incident", "incident_step", "questionnaire"}


@pytest.fixture(autouse=True)
def _told(the_cast: object) -> None:
    tell()
    with transaction(), gate.opened("a test writes down how somebody is"):
        for person in (cast.AMINA, cast.BEN):
            for checkin in session.query(Checkin).where(Checkin.volunteer_id == person.viewer.person_id):
                checkin.diary = f"a quiet week for {person.name}"


def test_it_holds_what_is_ones_own_and_nothing_of_anybody_else(aminas_phone: Visitor) -> None:
    taken = aminas_phone.visit("/me/everything.json")
    assert taken.headers["Content-Disposition"] == 'attachment; filename="my-record.json"'
    kept = taken.get_json()
    [record] = kept["volunteer"]
    assert record["given_name"] == "Amina"
    assert record["languages"] == {"en": "first"}
    [checkin] = kept["checkin"]
    assert checkin["answers"]["v1"] == 1
    assert checkin["diary"] == "a quiet week for Amina"
    assert {"completion", "flag", "supervision"} <= kept.keys()
    text = taken.text
    assert not any(word in text for word in ("Ben", "Efe", "argon2", "totp"))


def test_what_others_said_in_confidence_stays_with_them(aminas_phone: Visitor) -> None:
    with transaction(), gate.opened("a test reports"):
        draft = ReportDraft(type=IncidentType.COMPLAINT, what="spoke loudly", volunteer_id=cast.AMINA_ID)
        report(draft, by=cast.CHIPO.viewer.account_id)
    taken = aminas_phone.visit("/me/everything.json")
    assert not {"incident", "incident_step", "screening", "flag_step"} & taken.get_json().keys()
    assert not any(word in taken.text for word in ("spoke loudly", "incident", "complaint"))


def test_the_page_says_how_much_there_is_and_how_to_take_it(aminas_phone: Visitor) -> None:
    text = aminas_phone.visit("/me/everything").text
    assert "My check-ins, with what I wrote" in text
    assert "/me/everything.json" in text


def test_that_it_was_taken_is_written_down(aminas_phone: Visitor) -> None:
    aminas_phone.visit("/me/everything.json")
    with reading(), gate.opened("a test looks"):
        [deed] = audit.deeds(session, deed="own record taken")
    assert deed.actor == cast.AMINA.viewer.account_id


@pytest.mark.parametrize("person", [cast.CHIPO, cast.DANA, cast.PRIYA, cast.ADA])
def test_it_is_for_volunteers(app: Flask, person: cast.Person) -> None:
    assert Visitor(app, person).visit("/me/everything.json").status_code == 403


def test_every_kind_of_record_has_its_words() -> None:
    about_people = {name for opens in OPENS.values() for name in opens} - ABOUT_NOBODY - UNTOLD
    assert about_people <= KINDS.keys()
