"""The path SAFE-1: opened by what cannot wait, told without a word of why, taken, or passed on by itself."""

import datetime as dt
import uuid

import pytest

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import Event, Wording
from peerlink.features.contacts import service as contacts
from peerlink.features.contacts.rules import ContactDraft
from peerlink.features.questionnaires.events import SelfHarmAnswered
from peerlink.features.safety import listeners, service
from peerlink.features.safety.models import SafetyCall
from peerlink.features.safety.queries import get_call, open_calls
from peerlink.features.safety.watching import watch_calls
from peerlink.features.safety.whom import able_to_take, carers_of
from peerlink.features.volunteers.models import Cover, Volunteer
from peerlink.features.wellbeing import service as wellbeing
from peerlink.features.wellbeing.rules import CheckinDraft
from peerlink.framework.contact_words import Channel, ContactStatus
from peerlink.framework.people_words import ContactRequest
from peerlink.framework.safety_words import DutyKind, SafetyCause
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.safety.happenings import DAY, HOUR, MINUTE, MONDAY_TEN, at, calls, on_duty, plan_it, told
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
C, K = SafetyCause, DutyKind
DANA, SOL, CHIPO = (one.viewer.account_id for one in (cast.DANA, cast.SOL, cast.CHIPO))
PRIYA, SADE = cast.PRIYA.viewer.account_id, cast.SADE.viewer.account_id


def amina_says(request: ContactRequest) -> None:
    with transaction(), gate.opened("a test answers"):
        checkin = wellbeing.ask(cast.AMINA_ID, clock.today("Europe/London"))
        wellbeing.answer(checkin, CheckinDraft({"v1": 2}, request), by=cast.AMINA.viewer.account_id)


def logged(*tags: str, status: ContactStatus = ContactStatus.HELD, id: uuid.UUID | None = None) -> uuid.UUID:
    draft = ContactDraft(
        id=id or uuid.uuid4(),
        status=status,
        at=clock.now() - HOUR,
        channel=Channel.PHONE,
        minutes=30,
        difficulty=frozenset(tags),
    )
    with transaction(), gate.opened("a test logs a contact"):
        return contacts.log_contact(cast.AMINA_EFE, draft, cast.AMINA.viewer).contact_id


@pytest.mark.parametrize("request_", list(ContactRequest))
def test_a_check_in_opens_a_call_when_it_asks_for_today(heard: list[Event], request_: ContactRequest) -> None:
    amina_says(request_)
    if request_ is not ContactRequest.TODAY:
        assert calls() == []
        return
    (call,) = calls()
    with gate.opened("a test looks"):
        assert (call.cause, call.volunteer_id, call.participant_id) == (C.CONTACT_TODAY, cast.AMINA_ID, None)
    assert told(heard) == [DANA, CHIPO]
    assert {one.wording for event in heard for one in event.messages()} == {Wording.NOW}


@pytest.mark.parametrize(
    ("tags", "opens"),
    [
        (["suicidality"], True),
        (["suicidality", "crisis"], True),
        (["crisis"], False),
        (["bereavement"], False),
    ],
)
def test_a_contact_opens_one_where_somebody_spoke_of_not_wanting_to_live(
    heard: list[Event], tags: list[str], opens: bool
) -> None:
    logged(*tags)
    assert len(calls()) == opens
    if opens:
        (call,) = calls()
        with gate.opened("a test looks"):
            assert (call.cause, call.subject_id) == (C.SUICIDALITY_TAG, cast.EFE_ID)
        assert told(heard) == [DANA, CHIPO]


def test_one_contact_opens_one_call(heard: list[Event]) -> None:
    contact_id = logged("suicidality")
    logged("suicidality", id=contact_id)
    with transaction(), gate.opened("a test opens it again"):
        assert service.open_call(C.SUICIDALITY_TAG, by=None, source_id=contact_id) is None
    assert len(calls()) == 1


def test_a_call_asked_for_after_a_contact_is_about_the_volunteer(heard: list[Event]) -> None:
    contact_id = logged("crisis")
    for wish, n in ((ContactRequest.THIS_WEEK, 0), (ContactRequest.TODAY, 1)):
        with transaction(), gate.opened("a test asks"):
            contacts.ask_call(contact_id, wish, cast.AMINA.viewer)
        assert len(calls()) == n
    assert calls()[0].subject_id == cast.AMINA_ID


def test_an_answer_about_harm_opens_one_at_once_whatever_is_still_missing(heard: list[Event]) -> None:
    response = uuid.uuid4()
    for _again in range(2):
        with transaction(), gate.opened("a test answers"):
            event = SelfHarmAnswered(by=None, volunteer_id=cast.BEN_ID, response_id=response)
            listeners.answered_in_form(event)
    (call,) = calls()
    with gate.opened("a test looks"):
        assert call.cause is C.SELF_HARM_ANSWER
    assert told(heard) == [SOL, CHIPO]


def test_what_is_told_and_kept_in_the_trail_says_nothing_of_health(heard: list[Event]) -> None:
    logged("suicidality")
    for event in heard:
        said = {str(getattr(event, name)) for name in event.__dataclass_fields__}
        assert not [one for one in said if "suicid" in one or "harm" in one]


def test_asking_twice_asks_once_until_somebody_has_taken_it(heard: list[Event]) -> None:
    with transaction(), gate.opened("a test asks"):
        first = service.ask_for_call(cast.AMINA.viewer)
        assert service.ask_for_call(cast.AMINA.viewer).id == first.id
        service.take(first, by=DANA)
        assert service.ask_for_call(cast.AMINA.viewer).id != first.id
    with transaction(), pytest.raises(Refused):
        service.ask_for_call(cast.CHIPO.viewer)


def test_whoever_is_on_duty_is_told_and_not_all(heard: list[Event]) -> None:
    on_duty(cast.SOL, K.SUPERVISOR)
    with transaction(), gate.opened("a test opens"):
        service.open_call(C.CONTACT_TODAY, by=None, volunteer_id=cast.ZOE_ID)
    assert told(heard) == [SOL, CHIPO], "nobody looks after Zoe: the supervisor on duty does"


def test_the_reader_they_chose_is_told_and_a_cover_stands_in() -> None:
    today = clock.today("Europe/London")
    with transaction(), gate.opened("a test lets Dana be away"):
        session.add(Cover(supervisor_id=DANA, by_id=SOL, from_on=today, until_on=today))
        session.flush()
        assert carers_of(cast.AMINA_ID) == [SOL]
        session.get_one(Volunteer, cast.AMINA_ID).reader_id = CHIPO
        session.flush()
        assert carers_of(cast.AMINA_ID) == [CHIPO]
        assert carers_of(cast.ZOE_ID) == carers_of(None) == []


def opened_at(moment: dt.datetime, **said: uuid.UUID) -> uuid.UUID:
    with at(moment):
        call = service.open_call(C.CONTACT_TODAY, by=None, **({"volunteer_id": cast.AMINA_ID} | said))
        assert call is not None
        return call.id


def watched(moment: dt.datetime) -> None:
    with at(moment):
        watch_calls(moment.date())


def test_nobody_taking_it_passes_it_on_once_at_each_stage(heard: list[Event]) -> None:
    plan_it()
    opened_at(MONDAY_TEN)
    heard.clear()
    stages = {59: [], 60: [SOL], 61: [], 119: [], 120: [PRIYA], 121: [], 9999: []}
    for minutes, expected in stages.items():
        watched(MONDAY_TEN + minutes * MINUTE)
        assert told(heard) == expected, minutes
        heard.clear()


def test_what_was_missed_while_nobody_watched_is_caught_up(heard: list[Event]) -> None:
    plan_it()
    opened_at(MONDAY_TEN)
    heard.clear()
    watched(MONDAY_TEN + 5 * HOUR)
    assert told(heard) == [SOL, PRIYA]


def test_at_night_it_waits_for_the_morning(heard: list[Event]) -> None:
    plan_it()
    opened_at(MONDAY_TEN + 9 * HOUR)
    heard.clear()
    watched(MONDAY_TEN + DAY - HOUR - MINUTE)
    assert told(heard) == []
    watched(MONDAY_TEN + DAY - HOUR)
    assert told(heard) == [SOL]


def test_a_call_somebody_took_passes_on_no_more_until_it_is_given_back(heard: list[Event]) -> None:
    call_id = opened_at(MONDAY_TEN)
    with at(MONDAY_TEN + MINUTE):
        call = session.get_one(SafetyCall, call_id)
        service.take(call, by=DANA)
        with pytest.raises(Refused, match="else"):
            service.take(call, by=CHIPO)
    heard.clear()
    watched(MONDAY_TEN + DAY)
    assert told(heard) == []
    with at(MONDAY_TEN + DAY):
        call = session.get_one(SafetyCall, call_id)
        with pytest.raises(Refused):
            service.give_back(call, by=CHIPO)
        service.give_back(call, by=DANA)
    watched(MONDAY_TEN + DAY + MINUTE)
    assert told(heard) == [SOL, PRIYA]


def test_handing_over_tells_and_must_be_taken_again(heard: list[Event]) -> None:
    call_id = opened_at(MONDAY_TEN)
    heard.clear()
    with at(MONDAY_TEN + MINUTE):
        call = session.get_one(SafetyCall, call_id)
        service.take(call, by=DANA)
        assert set(able_to_take(call)) == {DANA, SOL, CHIPO, SADE}
        with pytest.raises(Refused):
            service.hand_over(call, cast.AMINA.viewer.account_id, by=DANA)
        service.hand_over(call, SADE, by=DANA)
        assert (call.holder_id, call.acknowledged_at) == (SADE, None)
    assert told(heard) == [SADE]
    watched(MONDAY_TEN + 30 * DAY)
    assert PRIYA in told(heard)


def test_closing_says_what_was_done_and_is_the_end() -> None:
    call_id = opened_at(MONDAY_TEN)
    with at(MONDAY_TEN + MINUTE):
        call = session.get_one(SafetyCall, call_id)
        with pytest.raises(Refused, match="what was done"):
            service.close_call(call, " ", by=DANA)
        service.close_call(call, "Spoke for an hour; sister is there.", by=DANA)
        assert (call.holder_id, call.closed_on) == (DANA, MONDAY_TEN.date())
        for deed in (service.take, service.give_back):
            with pytest.raises(Refused, match="closed"):
                deed(call, by=DANA)


def sees(viewer: Viewer, call_id: uuid.UUID) -> bool:
    with reading(), gate.access(gate.Access(viewer.account_id, viewer.opens(), {viewer.account_id})):
        try:
            call = get_call(call_id, viewer)
        except NotFound:
            assert call_id not in {one.id for one in open_calls(viewer)}
            return False
        assert call.cause
        return True


def test_who_sees_a_call() -> None:
    call_id = opened_at(clock.now())
    for person, expected in (
        (cast.DANA, True), (cast.CHIPO, True), (cast.SADE, True), (cast.SOL, False), (cast.PRIYA, False),
        (cast.AMINA, False), (cast.BEN, False), (cast.PRU, False), (cast.ADA, False),
    ):  # fmt: skip
        assert sees(person.viewer, call_id) is expected, person.name
    on_duty(cast.SOL, K.SUPERVISOR)
    assert sees(cast.SOL.viewer, call_id)
    watched(clock.now() + 3 * HOUR)
    assert sees(cast.PRIYA.viewer, call_id)


def test_nobody_on_the_staff_sees_a_call_about_themself() -> None:
    call_id = opened_at(clock.now())
    both = Viewer(CHIPO, cast.CHIPO.viewer.roles | cast.AMINA.viewer.roles, cast.AMINA_ID)
    assert not sees(both, call_id)
