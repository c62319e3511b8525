"""Thanks, team days and months, as the records hold them."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest

from peerlink import events
from peerlink.errors import NotFound, Refused
from peerlink.events import Event, Wording, listen
from peerlink.features.indicators import gather
from peerlink.features.recognition import service, sources
from peerlink.features.recognition.events import TeamEventPlanned, TeamMemberMet, Thanked
from peerlink.features.recognition.models import Guest
from peerlink.features.recognition.month import Month, changes_said, development_minutes, month_of
from peerlink.features.recognition.queries import get_team_event, get_thanks, guests_of
from peerlink.features.supervision.agenda import agenda_for
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.contact_words import ContactStatus
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.recognition.happenings import an_event, met, thanked, today, took_place
from tests.features.risks.happenings import in_days
from tests.support.cast import AMINA, AMINA_ID, BEN, BEN_ID, CHIPO, DANA, EFE_ID, FOLA_ID, SOL, Person

pytestmark = pytest.mark.usefixtures("the_cast")


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    told: list[Event] = []
    listen(Event, told.append)
    yield told
    events._listeners[Event].remove(told.append)


def test_thanks_tell_the_volunteer_that_something_is_new_and_nothing_more(heard: list[Event]) -> None:
    said = thanked()
    (told,) = [one for one in heard if isinstance(one, Thanked)]
    assert [(one.to, one.wording, one.key) for one in told.messages()] == [
        (AMINA_ID, Wording.UPDATE, f"thanks:{said.id}")
    ]


def test_thanks_are_read_by_whom_they_are_for_and_whoever_said_them() -> None:
    said = thanked()
    with reading(), gate.opened("a test reads"):
        for reader in (AMINA, DANA):
            assert get_thanks(said.id, reader.viewer).words == "Well walked."
        for other in (BEN, CHIPO, SOL):
            with pytest.raises(NotFound):
                get_thanks(said.id, other.viewer)


def test_thanks_are_taken_back_within_a_day_until_they_are_read() -> None:
    read, late, fresh = thanked(), thanked(), thanked()
    with transaction(), gate.opened("a test"):
        service.read_thanks([get_thanks(read.id, AMINA.viewer)])
        with pytest.raises(Refused):
            service.take_back(get_thanks(read.id, DANA.viewer), DANA.viewer)
        with pytest.raises(NotFound):
            service.take_back(get_thanks(fresh.id, AMINA.viewer), AMINA.viewer)
        service.take_back(get_thanks(fresh.id, DANA.viewer), DANA.viewer)
    with reading(), pytest.raises(NotFound):
        get_thanks(fresh.id, AMINA.viewer)
    with in_days(2), transaction(), gate.opened("a test"), pytest.raises(Refused):
        service.take_back(get_thanks(late.id, DANA.viewer), DANA.viewer)


def team_contact(day: dt.date, *, recount: bool = False) -> dt.date | None:
    with reading(), gate.opened("a test counts"):
        return gather.volunteer_facts(day, [AMINA_ID], recount=recount)[AMINA_ID].last_team_contact_on


def test_having_come_to_a_team_day_is_having_met_the_team() -> None:
    earlier, later = an_event(today() - dt.timedelta(days=9)), an_event()
    assert team_contact(today()) is None
    took_place(earlier, [AMINA_ID], [AMINA_ID])
    assert team_contact(today()) == earlier.day
    took_place(later, [AMINA_ID], [AMINA_ID])
    for recount in (False, True):
        assert team_contact(today(), recount=recount) == later.day
        yesterday = today() - dt.timedelta(days=1)
        assert team_contact(yesterday, recount=recount) == earlier.day, "as the day was"
    took_place(later, [], [AMINA_ID])
    assert team_contact(today()) == earlier.day, "put right"


def test_being_invited_or_saying_yes_is_not_yet_having_met(heard: list[Event]) -> None:
    event = an_event()
    with transaction(), gate.opened("a test"):
        service.say_coming(get_team_event(event.id, AMINA.viewer), AMINA.viewer, coming=True)
    assert team_contact(today()) is None
    took_place(event, [AMINA_ID], [AMINA_ID])
    took_place(event, [AMINA_ID], [AMINA_ID])
    assert len([one for one in heard if isinstance(one, TeamMemberMet)]) == 1, "told once"


def test_whoever_writes_down_who_came_says_nothing_of_those_they_do_not_see() -> None:
    event = an_event(invited=(AMINA_ID, BEN_ID))
    took_place(event, [AMINA_ID, BEN_ID], [AMINA_ID, BEN_ID])
    took_place(event, [], [AMINA_ID])
    with reading():
        guests: dict[uuid.UUID, Guest] = guests_of(event)
        assert (guests[AMINA_ID].came, guests[BEN_ID].came) == (False, True)


def test_only_who_is_invited_says_whether_they_come() -> None:
    event = an_event()
    with transaction(), gate.opened("a test"), pytest.raises(NotFound):
        get_team_event(event.id, BEN.viewer)
    with transaction(), gate.opened("a test"):
        one = get_team_event(event.id, CHIPO.viewer)
        with pytest.raises(NotFound):
            service.say_coming(one, BEN.viewer, coming=True)
        service.call_off(one, by=CHIPO.viewer.account_id)
        with pytest.raises(Refused):
            service.say_coming(one, AMINA.viewer, coming=True)
        with pytest.raises(Refused):
            service.take_attendance(one, [AMINA_ID], [AMINA_ID], by=CHIPO.viewer.account_id)


def test_an_invitation_tells_whoever_is_invited_and_a_past_day_nobody(heard: list[Event]) -> None:
    an_event(today() + dt.timedelta(days=3), (AMINA_ID, BEN_ID))
    an_event(today() - dt.timedelta(days=3), (AMINA_ID,))
    told = [one.messages() for one in heard if isinstance(one, TeamEventPlanned)]
    assert [{message.to for message in one} for one in told] == [{AMINA_ID, BEN_ID}, set()]
    with pytest.raises(Refused):
        an_event(invited=())


def test_team_days_stand_on_the_agenda_of_the_next_talk() -> None:
    took_place(an_event(title="Tea"), [AMINA_ID], [AMINA_ID])

    def said(who: Person) -> list[str]:
        granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
        with gate.access(granted), reading():
            amina = get_volunteer(AMINA_ID, who.viewer)
            return [one.sentence for one in agenda_for(amina, who.viewer, today()).items]

    for who in (AMINA, DANA):
        assert "Met the team: Tea" in said(who)


def counted(first: dt.date) -> Month:
    with reading(), gate.opened("a test"):
        return month_of(AMINA.viewer, AMINA_ID, first, today())


def test_a_month_counts_people_hours_and_what_helped_and_no_other_month() -> None:
    first = today().replace(day=1)
    facts_and_listening = 1 << SupportArea.INFORMATIONAL.bit | 1 << SupportArea.EMOTIONAL.bit
    met(first, minutes=30, areas=facts_and_listening, helped=True)
    met(first, minutes=45, areas=1 << SupportArea.EMOTIONAL.bit, helped=False)
    met(first, FOLA_ID, minutes=15)
    met(first, minutes=0, status=ContactStatus.MISSED)
    met(first - dt.timedelta(days=1), minutes=240, helped=True)
    month = counted(first)
    assert (month.n_people, month.n_contacts, month.minutes, month.n_helped) == (2, 3, 90, 1)
    assert dict(month.areas)[SupportArea.EMOTIONAL] == 2
    assert dict(month.areas)[SupportArea.INFORMATIONAL] == 1
    assert dict(month.areas)[SupportArea.APPRAISAL] == 0
    assert month.is_running


def test_training_hours_are_those_of_365_days() -> None:
    with transaction():
        for days, minutes in ((0, 60), (364, 30), (365, 500)):
            session.add(
                Completion(
                    volunteer_id=AMINA_ID, module=f"m{days}", completed_on=today() - dt.timedelta(days=days),
                    minutes=minutes, result=TrainingResult.PASSED, mandatory=False,
                )
            )  # fmt: skip
    with reading():
        assert development_minutes(AMINA_ID, today()) == 90


def test_nothing_is_said_of_what_changed_while_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "changes_sources", [])
    assert counted(today().replace(day=1)).changes is None


def test_what_changed_comes_from_those_who_ask_and_only_from_enough_people() -> None:
    said = {uuid.UUID(int=one): ["less alone"] for one in range(4)}
    sources.hear(lambda _volunteer, _first, _end: said)
    try:
        with reading(), gate.opened("a test"):
            assert changes_said(AMINA_ID, today(), today()) == ()
            said[EFE_ID] = ["sleeps better"]
            assert changes_said(AMINA_ID, today(), today()) == ("less alone", "sleeps better")
    finally:
        sources.changes_sources.clear()
