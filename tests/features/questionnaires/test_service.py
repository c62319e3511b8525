"""A questionnaire is brought, asked, answered and scored; results go to whom the person says."""

import datetime as dt

import pytest

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import Wording
from peerlink.features.questionnaires import bringing, service
from peerlink.features.questionnaires.events import (
    ResponseAsked,
    ResponseCompleted,
    ResponseStopped,
    SelfHarmAnswered,
)
from peerlink.features.questionnaires.models import Response
from peerlink.features.questionnaires.queries import get_questionnaire, loaded
from peerlink.framework.levels import Level
from peerlink.framework.questionnaire_words import QuestionnaireStatus, ResponseStatus
from peerlink.instruments.scoring import Moved
from peerlink.store import gate, house
from peerlink.store.session import session, transaction
from tests.features.questionnaires.happenings import (
    HARM,
    HEAVY,
    LIGHT,
    Ear,
    a_loaded,
    answer,
    bring,
    every,
    kept,
    nobody_on_duty,
    somebody_on_duty,
    today,
)
from tests.support.cast import AMINA, AMINA_ID, BEN, BEN_ID, CHIPO, DANA, SOL

pytestmark = pytest.mark.usefixtures("the_cast")


def status_of() -> list[QuestionnaireStatus]:
    return sorted(one.status for one in every())


def ask(questionnaire_id: object, volunteer_id: object = AMINA_ID) -> None:
    with transaction(), gate.opened("a test asks"):
        service.ask(volunteer_id, get_questionnaire(questionnaire_id), by=DANA.viewer.account_id)


def test_wording_is_kept_only_with_the_right_to_it() -> None:
    with pytest.raises(Refused, match="right to use"), transaction(), gate.opened("a test brings one"):
        bringing.load(a_loaded(), has_rights=False, by=CHIPO.viewer.account_id)
    assert every() == []


def test_the_same_version_is_not_brought_twice() -> None:
    bring()
    with pytest.raises(Refused, match="new version"):
        bring()


def test_a_new_version_takes_the_place_of_the_old_one_and_leaves_its_answers_alone() -> None:
    old = bring()
    done = answer(old, HEAVY)
    ask(old, BEN_ID)
    new = bring(version="2")
    assert status_of() == [QuestionnaireStatus.ACTIVE, QuestionnaireStatus.RETIRED]
    assert kept(done).questionnaire_id == old
    with transaction(), gate.opened("a test looks"):
        waiting = service.take_up(get_questionnaire(new), BEN.viewer)
        assert (waiting.status, waiting.questionnaire_id) == (ResponseStatus.REQUESTED, new)


def test_taken_out_of_use_it_is_asked_no_longer() -> None:
    stopped = Ear(ResponseStopped)
    one = bring()
    ask(one)
    with transaction(), gate.opened("a test retires one"):
        bringing.retire(get_questionnaire(one), by=CHIPO.viewer.account_id)
    assert len(stopped.heard) == 1
    with pytest.raises(Refused, match="not asked"):
        ask(one)


def test_what_was_only_looked_over_can_be_thrown_away_and_what_was_asked_not() -> None:
    one = bring(active=False)
    with transaction(), gate.opened("a test discards"):
        bringing.discard(get_questionnaire(one), by=CHIPO.viewer.account_id)
    assert every() == []
    two = bring()
    with pytest.raises(Refused), transaction(), gate.opened("a test discards"):
        bringing.discard(get_questionnaire(two), by=CHIPO.viewer.account_id)


def test_a_form_that_asks_about_harm_waits_until_somebody_is_on_duty() -> None:
    with nobody_on_duty():
        with pytest.raises(Refused, match="Nobody is on duty"):
            bring(self_harm=HARM)
        one = bring(self_harm=HARM, active=False)

        def no_numbers() -> None:
            raise Refused("Fill in the local crisis numbers.")

        service.check_before_active(no_numbers)
        with pytest.raises(Refused, match="crisis numbers"), transaction(), gate.opened("a test activates"):
            bringing.activate(get_questionnaire(one), by=CHIPO.viewer.account_id)
    with somebody_on_duty():
        with transaction(), gate.opened("a test activates"):
            bringing.activate(get_questionnaire(one), by=CHIPO.viewer.account_id)
        ask(one)
    with nobody_on_duty(), pytest.raises(Refused, match="on duty"):
        ask(one, BEN_ID)


def test_whoever_is_asked_is_told_once_and_neutrally() -> None:
    asked = Ear(ResponseAsked)
    one = bring()
    ask(one)
    (message,) = asked.heard[0].messages()
    assert (message.to, message.wording) == (AMINA_ID, Wording.FORM)
    with pytest.raises(Refused, match="already"):
        ask(one)


def test_answers_are_kept_page_by_page_and_can_be_changed_and_emptied() -> None:
    one = bring()
    response_id = answer(one, {"1": "a1", "2": "a2"}, send=False)
    answer(one, {"1": "a3", "2": None}, send=False)
    found = kept(response_id)
    assert (found.status, found.answers, found.scores) == (ResponseStatus.IN_PROGRESS, {"1": "a3"}, None)


def test_sent_it_is_scored_and_held_against_the_time_before() -> None:
    completed = Ear(ResponseCompleted)
    one = bring()
    first, second = kept(answer(one, LIGHT)), kept(answer(one, HEAVY))
    assert [(r.value, r.level, r.change, r.moved) for r in first.results] == [(0, Level.OK, None, Moved.NOT)]
    assert [(r.value, r.level, r.change, r.moved) for r in second.results] == [
        (100, Level.ALERT, 100, Moved.WORSE)
    ]
    assert (second.completed_on, second.shared_on) == (today(), None)
    assert [event.messages() for event in completed.heard] == [(), ()]


def test_the_time_before_is_that_of_another_version_too() -> None:
    answer(bring(), LIGHT)
    (result,) = kept(answer(bring(version="2"), HEAVY)).results
    assert result.change == 100


def test_an_incomplete_scale_has_no_score_and_one_sent_is_closed() -> None:
    one = bring()
    (result,) = kept(answer(one, {"1": "a4"})).results
    assert (result.value, result.level, result.n) == (None, Level.UNKNOWN, 1)


def test_nothing_said_is_not_sent_and_keeps_waiting() -> None:
    with pytest.raises(Refused, match="at least one"):
        answer(bring(), {})


def test_a_word_of_harm_is_heard_at_once_however_little_else_is_said() -> None:
    heard = Ear(SelfHarmAnswered)
    with somebody_on_duty():
        one = bring(self_harm=HARM)
        answer(one, {"3": "a0"}, send=False)
        assert heard.heard == []
        response_id = answer(one, {"3": "a1"}, send=False)
    assert [(event.volunteer_id, event.response_id) for event in heard.heard] == [(AMINA_ID, response_id)]
    assert kept(response_id).status is ResponseStatus.IN_PROGRESS


def test_it_is_heard_once_for_a_form_and_what_is_sent_counts_in_the_end() -> None:
    heard = Ear(SelfHarmAnswered)
    with somebody_on_duty():
        one = bring(self_harm=HARM)
        answer(one, {"3": "a4"}, send=False)
        answer(one, {"3": "a2"}, send=False)
        found = kept(answer(one, {**LIGHT, "3": "a0"}))
    assert len(heard.heard) == 1
    assert (found.harm_told, found.speaks_of_harm) == (True, False)


def test_left_out_nothing_of_it_is_kept() -> None:
    one = bring()
    response_id = answer(one, HEAVY, send=False)
    with transaction(), gate.opened("a test stops"):
        questionnaire = get_questionnaire(one)
        service.stop(service.take_up(questionnaire, AMINA.viewer), by=AMINA.viewer.account_id)
    found = kept(response_id)
    assert (found.status, found.answers, found.scores) == (ResponseStatus.STOPPED, None, None)


def test_a_result_for_a_chosen_contact_goes_to_nobody_else() -> None:
    completed = Ear(ResponseCompleted)
    one = bring(results_to="contact")
    found = kept(answer(one, HEAVY, SOL.viewer.account_id.hex))
    assert (found.shared_on, found.shared_with_id) == (today(), SOL.viewer.account_id)
    (message,) = completed.heard[0].messages()
    assert (message.to, message.wording) == (SOL.viewer.account_id, Wording.UPDATE)


@pytest.mark.parametrize(
    "nobody_fit", [CHIPO.viewer.account_id.hex, AMINA.viewer.account_id.hex, "reader", ""]
)
def test_only_whoever_may_open_a_result_can_be_chosen(nobody_fit: str) -> None:
    with pytest.raises(Refused, match="Choose who"):
        answer(bring(results_to="contact"), HEAVY, nobody_fit)


def test_every_so_often_active_volunteers_are_asked_again() -> None:
    one = bring()
    with transaction(), gate.opened("a test sets a rhythm"):
        service_rhythm(one, 30)
        assert service.ask_by_rhythm(today()) == (0, 3)
        assert service.ask_by_rhythm(today()) == (0, 0)
    answer(one, LIGHT)
    with clock.turned_to(clock.now() + dt.timedelta(days=29)), transaction(), gate.opened("the round"):
        stopped, asked = service.ask_by_rhythm(today())
        assert (stopped, asked) == (2, 0)
    with clock.turned_to(clock.now() + dt.timedelta(days=30)), transaction(), gate.opened("the round"):
        assert service.ask_by_rhythm(today()) == (0, 3)


def service_rhythm(questionnaire_id: object, days: int | None) -> None:
    bringing.set_rhythm(get_questionnaire(questionnaire_id), days)


def test_nobody_is_asked_about_harm_by_itself_while_nobody_is_on_duty() -> None:
    with somebody_on_duty():
        one = bring(self_harm=HARM)
    with nobody_on_duty(), transaction(), gate.opened("the round"):
        service_rhythm(one, 30)
        assert service.ask_by_rhythm(today()) == (0, 0)


def test_what_was_begun_is_kept_for_four_weeks() -> None:
    one = bring()
    response_id = answer(one, HEAVY, send=False)
    for days, left in ((28, ResponseStatus.IN_PROGRESS), (29, ResponseStatus.STOPPED)):
        with clock.turned_to(clock.now() + dt.timedelta(days=days)), transaction(), gate.opened("the round"):
            service.ask_by_rhythm(today())
        assert kept(response_id).status is left


def test_a_result_can_be_shown_taken_back_and_marked(the_cast: house.House) -> None:
    one = bring()
    response_id = answer(one, HEAVY)
    with transaction(), gate.opened("a test shows a result"):
        what, response = loaded(get_questionnaire(one)), session.get_one(Response, response_id)
        service.share(response, what, "reader", AMINA.viewer)
        assert (response.shared_on, response.shared_with_id) == (today(), None)
        service.mark_handled(response, by=DANA.viewer.account_id)
        assert response.handled_on == today()
        service.mark_handled(response, by=DANA.viewer.account_id, handled=False)
        assert response.handled_on is None
        service.take_back(response, by=AMINA.viewer.account_id)
        assert response.shared_on is None


def test_nobody_without_a_record_of_their_own_takes_one_up() -> None:
    one = bring()
    with pytest.raises(Refused, match="for volunteers"), transaction(), gate.opened("a test"):
        service.take_up(get_questionnaire(one), CHIPO.viewer)
