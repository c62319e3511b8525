"""The pages: a report in a minute, followed by its state alone; handled to the end; on paper."""

import datetime as dt
import re
import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from peerlink import clock
from peerlink.features.contacts import service as contacts
from peerlink.features.contacts.rules import ContactDraft
from peerlink.features.incidents.models import Incident
from peerlink.features.privacy.queries import looks_at
from peerlink.framework.contact_words import Channel, ContactStatus
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.store import audit, gate
from peerlink.store.session import reading, session, transaction
from tests.features.incidents.telling import TODAY, reported
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

T, S = IncidentType, IncidentStatus


@pytest.fixture
def sades_desk(app: Flask, the_cast: object) -> Visitor:
    return Visitor(app, cast.SADE)


def all_kept() -> list[Incident]:
    with reading(), gate.opened("a test looks"):
        found = list(session.scalars(select(Incident)))
        for one in found:
            assert one.what is not None or one.ref
        session.expunge_all()
        return found


def test_amina_reports_a_lost_phone_under_her_name(aminas_phone: Visitor) -> None:
    page = aminas_phone.visit("/incidents/new")
    assert "Efebird" in page.text
    data = {**as_typed(page.text), "type": "lost_device", "what": "Left on the bus.", "wants_contact": "y"}
    sent = aminas_phone.send("/incidents/new", data)
    assert (sent.status_code, sent.location) == (303, "/incidents/sent")
    (one,) = all_kept()
    assert (one.reporter_id, one.type, one.status) == (
        cast.AMINA.viewer.account_id,
        T.LOST_DEVICE,
        S.REPORTED,
    )
    mine = aminas_phone.visit("/incidents/mine").text
    assert "A phone, computer or paper is gone" in mine
    assert "Left on the bus." not in mine, "only how it stands"
    assert aminas_phone.visit(f"/incidents/{one.id}").status_code == 403


@pytest.mark.parametrize(
    ("about", "column", "who"),
    [
        (f"p:{cast.EFE_ID.hex}", "participant_id", cast.EFE_ID),
        ("me", "volunteer_id", cast.AMINA_ID),
        (f"a:{cast.CHIPO.viewer.account_id.hex}", "about_account_id", cast.CHIPO.viewer.account_id),
    ],
)
def test_whom_it_is_about_is_kept(aminas_phone: Visitor, about: str, column: str, who: uuid.UUID) -> None:
    data = {"type": "complaint", "what": "Late again.", "about": about}
    assert aminas_phone.send("/incidents/new", data).status_code == 303
    (one,) = all_kept()
    assert getattr(one, column) == who


@pytest.mark.parametrize("about", [f"p:{cast.FOLA_ID.hex}", f"v:{cast.BEN_ID.hex}", "x", "p:", "me:x"])
def test_nobody_out_of_reach_can_be_named(aminas_phone: Visitor, about: str) -> None:
    data = {"type": "complaint", "what": "Late again.", "about": about}
    assert aminas_phone.send("/incidents/new", data).status_code == 422
    assert all_kept() == []


def test_what_was_typed_stays_where_something_is_missing(aminas_phone: Visitor) -> None:
    answer = aminas_phone.send("/incidents/new", {"what": "He shouted.", "harm": "She cried."})
    assert answer.status_code == 422
    assert "He shouted." in answer.text
    assert "She cried." in answer.text
    assert "Choose what fits best." in answer.text


def test_who_stays_unnamed_is_named_nowhere(app: Flask, zoes_phone: Visitor) -> None:
    me = cast.ZOE.viewer.account_id

    def by_zoe() -> int:
        with reading(), gate.opened("a test reads the trail"):
            return sum(one.actor == me for one in audit.deeds(session, newest=1000))

    zoes_phone.visit("/incidents/sent")
    before = by_zoe()
    data = {"type": "boundary_or_misconduct", "what": "He asks for money.", "anonymous": "y"}
    assert zoes_phone.send("/incidents/new", {**data, "wants_contact": "y"}).status_code == 303
    assert by_zoe() == before, "neither the form nor the report tell in the trail"
    (one,) = all_kept()
    with gate.opened("a test looks"):
        assert (one.reporter_id, one.wants_contact) == (None, None)
    with reading(), gate.opened("a test reads the trail"):
        (told,) = [deed for deed in audit.deeds(session, newest=1000) if deed.deed == "incident reported"]
    assert told.actor is None
    assert me.hex not in str(told.detail)
    assert "He asks" not in zoes_phone.visit("/incidents/mine").text
    assert "Nothing yet" in zoes_phone.visit("/incidents/mine").text
    page = Visitor(app, cast.CHIPO).visit(f"/incidents/{one.id}").text
    assert "somebody who stays unnamed" in page
    assert "Zoe" not in page.split("<form")[0] + page.split('id="done"')[1].split("</section>")[0]


def test_the_form_of_somebody_with_matches_leaves_no_trace_either(aminas_phone: Visitor) -> None:
    me = cast.AMINA.viewer.account_id
    with reading():
        before = sum(one.actor == me for one in audit.deeds(session, newest=1000))
    assert "Efebird" in aminas_phone.visit("/incidents/new").text
    with reading():
        assert sum(one.actor == me for one in audit.deeds(session, newest=1000)) == before


def test_unnamed_and_about_me_do_not_go_together(aminas_phone: Visitor) -> None:
    data = {"type": "volunteer_exposed", "what": "A neighbour asked.", "about": "me", "anonymous": "y"}
    answer = aminas_phone.send("/incidents/new", data)
    assert answer.status_code == 422
    assert "stay unnamed" in answer.text
    assert "A neighbour asked." in answer.text


def contact_with(*tags: str) -> uuid.UUID:
    draft = ContactDraft(
        id=uuid.uuid4(),
        status=ContactStatus.HELD,
        at=clock.now() - dt.timedelta(hours=2),
        channel=Channel.PHONE,
        minutes=30,
        difficulty=frozenset(tags),
    )
    with transaction(), gate.opened("a test logs a contact"):
        return contacts.log_contact(cast.AMINA_EFE, draft, cast.AMINA.viewer).contact_id


def test_a_violent_contact_is_reported_with_one_tap(aminas_phone: Visitor, sades_desk: Visitor) -> None:
    quiet, violent = contact_with("crisis"), contact_with("violence")
    assert "Report it" not in aminas_phone.visit(f"/contacts/{quiet}/saved").text
    saved = f"/contacts/{violent}/saved"
    assert "Report it" in aminas_phone.visit(saved).text
    assert aminas_phone.send(f"/contacts/{violent}/incident", opened=saved).status_code == 303
    (one,) = all_kept()
    assert (one.type, one.severity, one.participant_id) == (T.VIOLENCE_OR_THREAT, 4, cast.EFE_ID)
    assert one.handler_id == cast.SADE.viewer.account_id
    assert "Efebird" in sades_desk.visit(f"/incidents/{one.id}").text


def test_a_supervisor_finds_the_same_tap_on_the_contact(danas_desk: Visitor, sols_desk: Visitor) -> None:
    violent = contact_with("violence")
    assert "Report it" in danas_desk.visit(f"/contacts/{violent}").text
    assert sols_desk.send(f"/contacts/{violent}/incident", opened="/me").status_code == 404
    assert danas_desk.send(f"/contacts/{violent}/incident", opened="/me").status_code == 303


def test_from_the_report_to_the_last_word(sades_desk: Visitor) -> None:
    one = reported(T.SAFEGUARDING_ADULT, what="Her brother takes her money.", participant_id=cast.EFE_ID)
    address = f"/incidents/{one}"
    assert "Her brother takes her money." in sades_desk.visit(address).text
    for deed, data, says in (
        ("triage", {"type": "safeguarding_adult", "severity": "3", "note": "It is so."}, "It is so."),
        ("step/in_progress", {"note": "Spoke with her."}, "Spoke with her."),
        ("note", {"note": "A new account."}, "A new account."),
        ("step/resolved", {}, "Resolved"),
        ("step/in_progress", {}, "Being dealt with"),
        ("step/resolved", {}, "Resolved"),
        ("close", {"learning": "Ask about money early."}, "Ask about money early."),
    ):
        assert sades_desk.send(f"{address}/{deed}", data, opened=address).status_code == 303, deed
        assert says in sades_desk.visit(address).text, deed
    assert "Ask about money early." in sades_desk.visit(f"{address}/print").text
    assert "Closed" in sades_desk.visit("/incidents?show=closed").text
    assert all_kept()[0].status is S.CLOSED


def test_closing_without_a_word_keeps_the_page_and_says_what_is_missing(prus_desk: Visitor) -> None:
    one = reported(T.CONFIDENTIALITY_CONFIRMED)
    address = f"/incidents/{one}"
    for deed in ("triage", "step/in_progress", "step/resolved"):
        data = {"type": "confidentiality_confirmed", "severity": "4"}
        assert prus_desk.send(f"{address}/{deed}", data, opened=address).status_code == 303
    refused = prus_desk.send(f"{address}/close", {"learning": "Lock it."}, opened=address)
    assert refused.status_code == 422
    assert "told what got out" in refused.text
    assert "Lock it." in refused.text
    breach = {"regulator": "not_needed", "n_people": "1", "cause": "A table.", "data_kinds": ["name"]}
    refused = prus_desk.send(f"{address}/breach", breach, opened=address)
    assert "Say why the authority" in refused.text
    assert "A table." in refused.text
    whole = breach | {"regulator_why": "One name.", "fix": "Folders.", "informed_on": TODAY.isoformat()}
    assert prus_desk.send(f"{address}/breach", whole, opened=address).status_code == 303
    assert prus_desk.send(f"{address}/close", {"learning": "Lock it."}, opened=address).status_code == 303
    assert "Names" in prus_desk.visit(f"{address}/print").text


def test_whoever_it_is_about_is_gone_from_the_list_and_the_choice(chipos_desk: Visitor) -> None:
    about_chipo = reported(T.COMPLAINT, about_account_id=cast.CHIPO.viewer.account_id, what="Unkind words.")
    other = reported(T.COMPLAINT, what="Cold tea.")
    page = chipos_desk.visit("/incidents").text
    assert str(other) in page
    assert str(about_chipo) not in page
    assert chipos_desk.visit(f"/incidents/{about_chipo}").status_code == 404
    address = f"/incidents/{other}"
    for to, status in ((cast.DANA, 303), (cast.AMINA, 422)):
        data = {"to": to.viewer.account_id.hex}
        assert chipos_desk.send(f"{address}/hand-over", data, opened=address).status_code == status


def test_handing_over_lets_a_supervisor_in(chipos_desk: Visitor, danas_desk: Visitor) -> None:
    one = reported(T.COMPLAINT, what="Cold tea.")
    assert danas_desk.visit(f"/incidents/{one}").status_code == 404
    data = {"to": cast.DANA.viewer.account_id.hex}
    address = f"/incidents/{one}"
    assert chipos_desk.send(f"{address}/hand-over", data, opened=address).status_code == 303
    assert "Cold tea." in danas_desk.visit(address).text
    about = {"about": f"a:{cast.DANA.viewer.account_id.hex}"}
    assert chipos_desk.send(f"{address}/whom", about, opened=address).status_code == 303
    assert danas_desk.visit(address).status_code == 404


def test_what_is_overdue_stands_first_on_the_desk(sades_desk: Visitor) -> None:
    one = reported(T.SAFEGUARDING_CHILD)
    assert "Incidents nobody has looked at yet: 1" in sades_desk.visit("/").text
    assert str(one) not in sades_desk.visit("/incidents?show=late").text
    with transaction(), gate.opened("a test lets time pass"):
        session.get_one(Incident, one).triage_due_at = clock.now() - dt.timedelta(minutes=1)
    assert "Incidents past their time: 1" in sades_desk.visit("/").text
    assert str(one) in sades_desk.visit("/incidents?show=late").text
    assert str(one) in sades_desk.visit("/incidents?show=mine").text


def test_who_looked_says_nothing_of_an_incident(sades_desk: Visitor, zoes_phone: Visitor) -> None:
    one = reported(T.SAFEGUARDING_ADULT, volunteer_id=cast.ZOE_ID)
    sades_desk.visit(f"/incidents/{one}")
    with reading():
        assert looks_at({cast.ZOE_ID}) == []
        opened = audit.deeds(session, about=cast.ZOE_ID, deed="opened", newest=10)
    assert len(opened) == 1, "the trail itself has it"
    main = zoes_phone.visit("/me/who-looked").text.split("<main")[1].split("</main>")[0]
    assert not re.search(r"(?i)incident|safeguarding", main)


def test_an_incident_says_nothing_in_its_title(sades_desk: Visitor) -> None:
    one = reported(T.SELF_HARM_RISK)
    title = re.search(r"<title>(.*?)</title>", sades_desk.visit(f"/incidents/{one}").text)
    assert title is not None
    assert title[1].startswith("Incident")
