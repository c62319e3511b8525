"""Contacts through the service: once, within reach, with everything that follows."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import Event
from peerlink.features.contacts import service
from peerlink.features.contacts.events import (
    CallAsked,
    ContactChanged,
    ContactKept,
    ContactLogged,
    FollowUpPromised,
    NoteWarned,
)
from peerlink.features.contacts.keeping import NoteWorries
from peerlink.features.contacts.models import Contact, FollowUp
from peerlink.features.contacts.queries import next_contacts_for
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.framework.vocabularies import (
    Channel,
    ContactRequest,
    ContactStatus,
    MatchStatus,
    MissedBy,
    ParticipantStatus,
    PlaceRating,
)
from peerlink.store import audit, gate, house
from peerlink.store.session import reading, session, transaction
from tests.factories.contacts import a_contact, a_draft
from tests.features.contacts.looks import kept
from tests.support.cast import AMINA, AMINA_EFE, BEN, BEN_FOLA, CHIPO, EFE_ID, PLACE_ID

pytestmark = pytest.mark.usefixtures("the_cast")
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def test_a_contact_is_kept_with_all_it_says() -> None:
    draft = a_draft(
        channel=Channel.IN_PERSON, place_id=PLACE_ID, rating=PlaceRating.UNSURE, effort=2, note="went well",
        support=frozenset({"support.emotional.listening", "support.appraisal"}),
        difficulty=frozenset({"crisis", "no_show"}), topics=frozenset({"work"}),
    )  # fmt: skip
    with transaction(), gate.opened("test"):
        service.log_contact(AMINA_EFE, draft, AMINA.viewer)
    contact, detail = kept(draft.id)
    assert (contact.status, contact.minutes, contact.place_id) == (ContactStatus.HELD, 30, PLACE_ID)
    assert contact.in_clinic is True
    assert contact.heavy
    assert contact.difficult
    assert contact.areas == 0b10100
    with gate.opened("test"):
        assert (detail.note, detail.effort, detail.topics) == ("went well", 2, ["work"])
        assert detail.difficulty == ["crisis", "no_show"]
    assert contact.subject_id == EFE_ID


def test_the_same_form_twice_is_one_contact(told: list[Event]) -> None:
    draft = a_draft()
    with transaction(), gate.opened("test"):
        first = service.log_contact(AMINA_EFE, draft, AMINA.viewer)
    with transaction(), gate.opened("test"):
        assert service.log_contact(AMINA_EFE, draft, AMINA.viewer) == first
        assert len(session.scalars(select(Contact)).all()) == 1
    assert len([one for one in told if isinstance(one, ContactKept)]) == 1


def test_the_same_form_again_is_the_same_contact_even_when_it_comes_months_later(a_later_day: Any) -> None:
    draft = a_draft()
    with transaction(), gate.opened("test"):
        first = service.log_contact(AMINA_EFE, draft, AMINA.viewer)
    a_later_day(90 * DAY)
    with transaction(), gate.opened("test"):
        assert service.log_contact(AMINA_EFE, draft, AMINA.viewer) == first


def test_the_same_form_with_other_words_is_refused_and_changes_nothing() -> None:
    draft = a_draft()
    a_contact(id=draft.id, at=draft.at)
    with pytest.raises(service.SentTwice):
        a_contact(id=draft.id, at=draft.at, minutes=60)
    assert kept(draft.id)[0].minutes == 30


def test_nobody_logs_for_another_volunteers_match() -> None:
    with pytest.raises(NotFound):
        a_contact(match_id=BEN_FOLA)


def test_a_key_that_another_match_has_is_not_there() -> None:
    taken = a_contact(by=BEN.viewer, match_id=BEN_FOLA)
    with pytest.raises(NotFound):
        a_contact(id=taken.contact_id)


def test_the_first_held_contact_begins_the_match() -> None:
    with transaction(), gate.opened("test"):
        session.get_one(Match, AMINA_EFE).status = MatchStatus.ACCEPTED
        session.get_one(Participant, EFE_ID).status = ParticipantStatus.MATCHED
    a_contact(status=ContactStatus.MISSED, channel=None, minutes=0, missed_by=MissedBy.PARTICIPANT)
    with reading():
        assert session.get_one(Match, AMINA_EFE).status is MatchStatus.ACCEPTED
    facts = a_contact()
    with reading():
        match = session.get_one(Match, AMINA_EFE)
        assert (match.status, match.started_on) == (MatchStatus.ACTIVE, facts.day)
        assert session.get_one(Participant, EFE_ID).status is ParticipantStatus.ACTIVE


def test_a_note_that_worries_is_kept_only_when_said_again(told: list[Event]) -> None:
    draft = a_draft(note="call 07700 900101")
    with pytest.raises(NoteWorries, match="phone"):
        a_contact(id=draft.id, note=draft.note)
    a_contact(id=draft.id, note=draft.note, note_anyway=True)
    assert [one.n_worries for one in told if isinstance(one, NoteWarned)] == [1]


def test_what_was_promised_is_remembered_until_it_is_done(told: list[Event]) -> None:
    due = clock.today("Europe/London") + 3 * DAY
    facts = a_contact(promise="send the form", promise_due=due)
    assert any(isinstance(one, FollowUpPromised) for one in told)
    with reading(), gate.opened("test"):
        (efe,) = next_contacts_for(AMINA.viewer)
        assert (efe.promised, efe.promised_on, efe.last_on) == ("send the form", due, facts.day)
        assert efe.is_promised
    with transaction(), gate.opened("test"):
        follow_up = session.scalars(select(FollowUp)).one()
        assert service.keep_follow_up(follow_up.id, AMINA.viewer) == facts.contact_id
    with reading(), gate.opened("test"):
        assert not next_contacts_for(AMINA.viewer)[0].is_promised


def test_counters_hear_what_was_and_what_is(told: list[Event]) -> None:
    facts = a_contact(minutes=30)
    with transaction(), gate.opened("test"):
        service.change_contact(facts.contact_id, a_draft(id=facts.contact_id, minutes=45), AMINA.viewer)
    with transaction(), gate.opened("test"):
        service.take_back(facts.contact_id, AMINA.viewer)
    heard = [one for one in told if isinstance(one, ContactKept)]
    minutes = [(e.before and e.before.minutes, e.after and e.after.minutes) for e in heard]
    assert minutes == [(None, 30), (30, 45), (45, None)]
    assert isinstance(heard[0], ContactLogged)
    assert isinstance(heard[1], ContactChanged)


def test_a_change_keeps_the_earlier_words() -> None:
    facts = a_contact(note="first")
    with transaction(), gate.opened("test"):
        service.change_contact(facts.contact_id, a_draft(id=facts.contact_id, note="second"), AMINA.viewer)
    _, detail = kept(facts.contact_id)
    with gate.opened("test"):
        assert detail.note == "second"
        past: Any = detail.past
        assert past[0]["was"]["note"] == "first"


def test_what_was_said_can_be_unsaid() -> None:
    facts = a_contact(note="first", effort=4)
    with transaction(), gate.opened("test"):
        service.change_contact(facts.contact_id, a_draft(id=facts.contact_id), AMINA.viewer)
    _, detail = kept(facts.contact_id)
    with gate.opened("test"):
        assert (detail.note, detail.effort) == (None, None)


def test_after_seven_days_there_is_only_adding(a_later_day: Any) -> None:
    facts = a_contact(note="first")
    a_later_day(7 * DAY + HOUR)
    with pytest.raises(Refused, match="7 days"), transaction(), gate.opened("test"):
        service.change_contact(facts.contact_id, a_draft(id=facts.contact_id), AMINA.viewer)
    with transaction(), gate.opened("test"):
        service.add_to(facts.contact_id, "and one more thing", AMINA.viewer)
    _, detail = kept(facts.contact_id)
    with gate.opened("test"):
        assert detail.note == "first"
        assert [one["text"] for one in detail.addenda or []] == ["and one more thing"]


def test_only_its_author_changes_a_contact() -> None:
    facts = a_contact()
    with pytest.raises(Refused, match="wrote"), transaction(), gate.opened("test"):
        service.change_contact(facts.contact_id, a_draft(id=facts.contact_id), CHIPO.viewer)
    with pytest.raises(NotFound), transaction(), gate.opened("test"):
        service.change_contact(facts.contact_id, a_draft(id=facts.contact_id), BEN.viewer)


def test_a_contact_is_taken_back_within_a_day(a_later_day: Any) -> None:
    facts = a_contact(promise="bring the form")
    a_later_day(DAY + HOUR)
    with pytest.raises(Refused, match="too long"), transaction(), gate.opened("test"):
        service.take_back(facts.contact_id, AMINA.viewer)
    a_later_day(DAY)
    with transaction(), gate.opened("test"):
        service.take_back(facts.contact_id, AMINA.viewer)
        assert session.scalars(select(FollowUp)).all() == []
        assert session.get(Contact, facts.contact_id) is None
        session.flush()
    with reading():
        assert audit.verify(session) == []


def test_a_call_is_asked_for_once_and_only_becomes_sooner(told: list[Event]) -> None:
    facts = a_contact(effort=4)
    no, week, today = ContactRequest.NO, ContactRequest.THIS_WEEK, ContactRequest.TODAY
    for wish in (no, week, week, no, today, week, today):
        with transaction(), gate.opened("test"):
            service.ask_call(facts.contact_id, wish, AMINA.viewer)
    assert [one.today for one in told if isinstance(one, CallAsked)] == [False, True]


def test_the_trail_agrees_with_what_stands(the_cast: house.House) -> None:
    facts = a_contact(promise="send it")
    with transaction(), gate.opened("test"):
        service.change_contact(facts.contact_id, a_draft(id=facts.contact_id, minutes=60), AMINA.viewer)
    with reading():
        assert audit.verify(session) == []
