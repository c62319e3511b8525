"""Whoever steals the disk, the journal, the backup, the dump or the logs reads nobody's name."""

import base64
import datetime as dt
import uuid
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from peerlink import clock
from peerlink.app import create_app
from peerlink.features.accounts import service as accounts
from peerlink.features.accounts.rules import AccountDraft
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.participants import service as participants
from peerlink.features.participants.models import Participant
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers import service as volunteers
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import (
    Channel,
    CheckinStatus,
    ContactStatus,
    SupervisionKind,
    SupervisionStatus,
)
from peerlink.lifecycle import Kind
from peerlink.roles import Role
from peerlink.store import gate, history, house, names, sealing
from peerlink.store.session import session, transaction
from tests.factories.participants import participant_draft
from tests.factories.volunteers import volunteer_draft
from tests.scenarios.leaks import everything_logged, hits, instance, piles, spellings
from tests.support import cast
from tests.support.visitor import Visitor

PLANTED = {
    "a participant's name": "Zephyrinequill",
    "a participant's family name": "Oxbramblewick",
    "a participant's alias": "Kittiwakenfeld",
    "a participant's phone": "7700900547",
    "a participant's e-mail": "quillfeather@nowhere.example",
    "safe words": "say you are from the Marzipanlibrary",
    "a volunteer's name": "Thistledownia",
    "a volunteer's phone": "7700900548",
    "a volunteer's e-mail": "thistledown@nowhere.example",
    "an account's name": "Quorralynde",
    "an account's e-mail": "quorralynde@nowhere.example",
    "a note": "walked to the Periwinklebridge and wept",
    "a diary": "the Larkspurlane made me tired",
    "a session's note": "talked about the Saffronstairs",
    "a reason": "moved away to Cobblestonia",
}
TODAY = clock.today("UTC")
YESTERDAY = TODAY - dt.timedelta(days=1)


def plant() -> None:
    """Write every planted word into the house, change some of it, and let some of it fail."""
    word = PLANTED
    with transaction(), gate.opened("a test plants words"):
        someone = participants.add_participant(
            participant_draft(
                given_name=word["a participant's name"],
                family_name=word["a participant's family name"],
                alias=word["a participant's alias"],
                phone="+44 " + word["a participant's phone"],
                email=word["a participant's e-mail"],
                safe_words=word["safe words"],
            ),
            by=None,
        )
        somebody = volunteers.add_volunteer(
            volunteer_draft(
                given_name=word["a volunteer's name"],
                phone="+44 " + word["a volunteer's phone"],
                email=word["a volunteer's e-mail"],
            ),
            by=None,
        )
        names.put("participant", someone.id, word["a participant's name"] + " Smith")
        accounts.invite(
            AccountDraft(word["an account's e-mail"], word["an account's name"], frozenset({Role.MANAGER})),
            by=None,
        )
        contact = Contact(
            match_id=cast.AMINA_EFE,
            volunteer_id=cast.AMINA_ID,
            participant_id=cast.EFE_ID,
            day=YESTERDAY,
            status=ContactStatus.HELD,
            channel=Channel.PHONE,
        )
        session.add(contact)
        session.flush()
        session.add(ContactDetail(id=contact.id, subject_id=cast.EFE_ID, note=word["a note"]))
        session.add(
            Checkin(
                subject_id=somebody.id,
                volunteer_id=somebody.id,
                due_on=YESTERDAY,
                status=CheckinStatus.ANSWERED,
                answers={"v1": 3},
                diary=word["a diary"],
            )
        )
        session.add(
            Supervision(
                subject_id=somebody.id,
                volunteer_id=somebody.id,
                kind=SupervisionKind.ONE_TO_ONE,
                status=SupervisionStatus.HELD,
                held_on=YESTERDAY,
                note=word["a session's note"],
            )
        )
        history.begin(someone, kind=Kind.PARTICIPANT, by=None, reason=word["a reason"])
        person = someone.id
    with pytest.raises(ZeroDivisionError):
        change_and_fail(person)
    with pytest.raises(IntegrityError):
        double(person)


@transaction()
def change_and_fail(person: uuid.UUID) -> None:
    with gate.opened("a test changes, and drops it"):
        session.get_one(Participant, person).safe_words = "no longer " + PLANTED["safe words"]
        session.flush()
        raise ZeroDivisionError


@transaction()
def double(person: uuid.UUID) -> None:
    with gate.opened("a test provokes an error with a name in hand"):
        kept = session.get_one(Participant, person)
        twin = Participant(
            status=kept.status,
            status_since=TODAY,
            referred_on=TODAY,
            ref=kept.ref,
            given_name=kept.given_name,
        )
        session.add(twin)
        session.flush()


def look_around(app: Flask) -> None:
    """Open pages with the planted words on them, search for them, and make a page fail."""
    chipo = Visitor(app, cast.CHIPO)
    assert PLANTED["a participant's alias"] in chipo.visit("/participants").text
    chipo.send("/participants/search", {"text": PLANTED["a participant's name"]}, opened="/participants")
    Visitor(app, cast.ADA).visit("/accounts")
    Visitor(app, cast.PRU).visit("/audit")


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "laid open"])
def test_planted_words_are_found_where_nothing_is_sealed_and_nowhere_else(
    request: pytest.FixtureRequest,
    app: Flask,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    sealed: bool,
) -> None:
    if not sealed:
        lay_open(monkeypatch)
    with everything_logged(caplog), instance(request, tmp_path, sealed=sealed) as opened:
        cast.join_all()
        plant()
        look_around(create_app(opened, {"TESTING": True}))
        found = {what: hits(word, piles(opened, tmp_path, caplog.text)) for what, word in PLANTED.items()}
    if sealed:
        assert {what: where for what, where in found.items() if where} == {}
    else:
        assert [what for what, where in found.items() if not where] == []


def lay_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch sealing off: what should be sealed is kept as it is."""
    monkeypatch.setattr(sealing, "seal", lambda _key, _kid, _deployment, _place, plain: plain)
    monkeypatch.setattr(sealing, "unseal", lambda _key, _deployment, _place, kept: kept)
    monkeypatch.setattr(sealing, "kid_of", lambda _kept: house.keyring().purpose_key("org.settings")[0])


@pytest.mark.parametrize("n_before", range(7))
def test_the_scan_knows_every_spelling(n_before: int) -> None:
    word = "Zephyrinequill"
    lead, tail = b"x" * n_before, b"the rest"
    for pile in (
        lead + word.encode() + tail,
        lead + word.lower().encode() + tail,
        lead + word.encode("utf-16-le") + tail,
        lead + word.encode("utf-16-be") + tail,
        (lead + word.encode() + tail).hex().encode(),
        (lead + word.encode() + tail).hex().upper().encode(),
        base64.b64encode(lead + word.encode() + tail),
    ):
        assert hits(word, {"pile": pile}) == {"pile"}
    assert hits(word, {"pile": b"Zephyrine quill"}) == set()
    assert all(len(one) >= 12 for one in spellings(word))
