"""The note of a group: kept for each who came, read by them and whoever looks after them today."""

import pytest
from flask import Flask

from peerlink.features.privacy.own import own_record
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.supervision.deeds import DANA, covered, sessions
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

NOTE = "Marzipanharbour"
HERS, HIS, ZOES = (f"/volunteers/{who}/supervision" for who in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID))


@pytest.fixture
def at(the_cast: object, danas_desk: Visitor) -> str:
    """Have Dana write down a group of Amina, Ben and Zoe to which Zoe did not come; return its address."""
    with transaction(), gate.opened("a test gives Dana three volunteers"):
        for who in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID):
            session.get_one(Volunteer, who).supervisor_id = DANA
    expected = [cast.AMINA_ID.hex, cast.BEN_ID.hex, cast.ZOE_ID.hex]
    typed = {**as_typed(danas_desk.visit("/supervision/group").text), "who": expected}
    sent = danas_desk.send("/supervision/group", typed)
    assert sent.status_code == 303
    address = str(sent.headers["Location"])
    came = {**as_typed(danas_desk.visit(address).text), "who": expected[:2], "note": NOTE}
    assert danas_desk.send(address, came).status_code == 303
    return address


def test_each_who_came_has_it_under_their_own_key_and_who_did_not_has_none(at: str) -> None:
    assert sessions("note") == sessions("note", cast.BEN_ID) == [NOTE]
    assert sessions("note", cast.ZOE_ID) == [None]
    assert [sessions("subject_id", who)[0] for who in (cast.AMINA_ID, cast.BEN_ID)] == [
        cast.AMINA_ID,
        cast.BEN_ID,
    ]
    assert {one.record for name, one in Supervision.fields.items() if name == "note"} == {"note"}


def test_who_came_reads_it_and_who_did_not_does_not(
    at: str, aminas_phone: Visitor, bens_phone: Visitor, zoes_phone: Visitor
) -> None:
    for phone, reads in ((aminas_phone, True), (bens_phone, True), (zoes_phone, False)):
        assert (NOTE in phone.visit("/me/sessions").text) is reads


def test_whoever_looks_after_them_reads_it_where_they_do_and_no_longer(
    at: str, danas_desk: Visitor, sols_desk: Visitor
) -> None:
    for address, reads in ((at, True), (HERS, True), (HIS, True), (ZOES, False)):
        assert (NOTE in danas_desk.visit(address).text) is reads, address
    for address in (at, HERS, HIS):
        assert NOTE not in sols_desk.visit(address).text
    with transaction():
        session.get_one(Volunteer, cast.BEN_ID).supervisor_id = cast.SOL.viewer.account_id
    page = sols_desk.visit(at).text
    assert NOTE in page
    assert "Amina" not in page, "of the group as far as it is theirs"
    assert NOTE not in danas_desk.visit(HIS).text
    covered()
    assert NOTE in sols_desk.visit(HERS).text


@pytest.mark.parametrize("person", [cast.CHIPO, cast.PRIYA, cast.PRU, cast.ADA, cast.SOL])
def test_nobody_else_reads_it_anywhere(at: str, app: Flask, person: cast.Person) -> None:
    visitor = Visitor(app, person)
    hers = f"/volunteers/{cast.AMINA_ID}"
    for address in (at, HERS, hers, "/supervision", "/team-care", "/", "/me/everything"):
        assert NOTE not in visitor.visit(address).text, address


def test_a_reader_of_check_ins_does_not_read_it(at: str, sols_desk: Visitor) -> None:
    with transaction():
        session.get_one(Volunteer, cast.AMINA_ID).reader_id = cast.SOL.viewer.account_id
    page = sols_desk.visit(HERS).text
    assert "Group" in page
    assert NOTE not in page


@pytest.mark.parametrize(("who", "has"), [(cast.AMINA, True), (cast.BEN, True), (cast.ZOE, False)])
def test_it_is_in_the_own_record_of_who_came_without_what_only_puts_back(
    at: str, who: cast.Person, has: bool
) -> None:
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), {who.viewer.person_id})
    with reading(), gate.access(granted):
        rows = own_record(who.viewer)["supervision"]
    assert [row["note"] for row in rows] == [NOTE if has else None]
    assert all("before" not in row for row in rows)


def test_it_goes_when_the_group_is_taken_back(at: str, danas_desk: Visitor) -> None:
    assert danas_desk.send(f"{at}/take-back", opened=at).status_code == 303
    assert sessions("note") == sessions("note", cast.BEN_ID) == [None]


def test_one_too_long_is_refused_and_nothing_typed_is_lost(at: str, danas_desk: Visitor) -> None:
    danas_desk.send(f"{at}/take-back", opened=at)
    typed = {**as_typed(danas_desk.visit(at).text), "note": "x" * 1001, "who": [cast.BEN_ID.hex]}
    refused = danas_desk.send(at, typed)
    assert refused.status_code == 422
    assert "x" * 1001 in refused.text
    assert as_typed(refused.text)["who"] == [cast.BEN_ID.hex]
    assert danas_desk.send(at, {**typed, "note": "x" * 1000}).status_code == 303
