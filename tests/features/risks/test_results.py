"""Results of questionnaires in flags: only what is shown, to whoever reads the check-ins, and no longer."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.indicators import gather
from peerlink.features.questionnaires import service
from peerlink.features.questionnaires.models import Response
from peerlink.features.questionnaires.queries import get_questionnaire, loaded
from peerlink.features.risks import rounds
from peerlink.features.risks.cards import team_care
from peerlink.features.risks.judging import judge_volunteers
from peerlink.features.risks.models import Flag, FlagState
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.levels import Level
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.questionnaires.happenings import HARM, HEAVY, LIGHT, answer, bring, somebody_on_duty
from tests.features.risks.happenings import amina_answers, open_flags, today
from tests.instruments.forms import a_score
from tests.support.cast import AMINA, AMINA_ID, DANA, SOL, ZOE_ID

pytestmark = pytest.mark.usefixtures("the_cast")
READER = "reader"


def level_of(rule: str = "R21") -> Level | None:
    with transaction(), gate.opened("a test judges"):
        found = {one.rule.id: one.level for one in judge_volunteers(today(), [AMINA_ID])}
        return found.get(rule)


def said_in_flag() -> str | None:
    with transaction(), gate.opened("a test looks"):
        return session.scalars(select(Flag).where(Flag.rule == "R21")).one().said


def change(response_id: object, deed: str) -> None:
    with transaction(), gate.opened("a test changes what is shown"):
        response = session.get_one(Response, response_id)
        if deed == "handled":
            service.mark_handled(response, by=DANA.viewer.account_id)
        elif deed == "back":
            service.take_back(response, by=AMINA.viewer.account_id)
        else:
            what = loaded(get_questionnaire(response.questionnaire_id))
            service.share(response, what, deed, AMINA.viewer)


def test_without_a_questionnaire_it_does_not_apply_and_without_a_result_it_is_unknown() -> None:
    assert level_of() is None
    one = bring(active=False)
    assert level_of() is None
    one = bring(version="2")
    assert level_of() is Level.UNKNOWN
    answer(one, HEAVY)
    assert level_of() is Level.UNKNOWN


def test_a_result_that_is_shown_raises_a_flag_at_once() -> None:
    answer(bring(), HEAVY, READER)
    assert open_flags(AMINA_ID)["R21"].level is Level.ALERT
    assert said_in_flag() == "Made up, Weight: 100.0 (Very heavy)."


def test_a_result_that_is_not_shown_raises_none_and_can_be_shown_later() -> None:
    response_id = answer(bring(), HEAVY)
    assert "R21" not in open_flags(AMINA_ID)
    change(response_id, READER)
    assert open_flags(AMINA_ID)["R21"].level is Level.ALERT


def test_a_coordinator_is_told_nothing_of_it() -> None:
    answer(bring(), HEAVY, READER)
    flag = open_flags(AMINA_ID)["R21"]
    assert flag.told_level is Level.NOT_APPLICABLE


def test_a_result_shown_to_somebody_else_is_in_no_flag() -> None:
    one = bring(results_to="contact")
    answer(one, HEAVY, SOL.viewer.account_id.hex)
    assert "R21" not in open_flags(AMINA_ID)
    assert level_of() is Level.UNKNOWN
    answer(one, HEAVY, DANA.viewer.account_id.hex)
    assert open_flags(AMINA_ID)["R21"].level is Level.ALERT


def test_a_result_shown_to_the_reader_the_volunteer_chose_is_for_them() -> None:
    with transaction(), gate.opened("a test chooses a reader"):
        session.get_one(Volunteer, AMINA_ID).reader_id = SOL.viewer.account_id
    answer(bring(results_to="contact"), HEAVY, DANA.viewer.account_id.hex)
    assert "R21" not in open_flags(AMINA_ID)


def test_taken_back_the_words_go_at_once_and_the_flag_may_close() -> None:
    response_id = answer(bring(), HEAVY, READER)
    change(response_id, "back")
    assert said_in_flag() == "The volunteer has taken back that this may be seen."
    assert open_flags(AMINA_ID)["R21"].may_close_on == today()


def test_a_professional_who_has_it_in_hand_clears_it() -> None:
    response_id = answer(bring(), HEAVY, READER)
    change(response_id, "handled")
    assert open_flags(AMINA_ID)["R21"].may_close_on == today()


def test_the_next_result_below_watch_clears_it() -> None:
    one = bring()
    answer(one, HEAVY, READER)
    answer(one, LIGHT, READER)
    assert open_flags(AMINA_ID)["R21"].may_close_on == today()


def test_the_latest_shown_result_counts_whatever_its_version() -> None:
    answer(bring(), HEAVY, READER)
    answer(bring(version="2"), LIGHT, READER)
    assert level_of() is Level.OK


def test_a_word_of_harm_in_what_is_shown_is_critical() -> None:
    with somebody_on_duty():
        answer(bring(self_harm=HARM), {**LIGHT, "3": "a1"}, READER)
    assert open_flags(AMINA_ID)["R21"].level is Level.CRITICAL


@pytest.mark.parametrize(("days", "level"), [(90, Level.ALERT), (91, Level.UNKNOWN)])
def test_a_result_speaks_for_ninety_days(days: int, level: Level) -> None:
    answer(bring(), HEAVY, READER)
    with clock.turned_to(clock.now() + dt.timedelta(days=days)):
        assert level_of() is level
        with transaction(), gate.opened("the round"):
            rounds.nightly_round(today())
        assert open_flags(AMINA_ID)["R21"].state is FlagState.OPEN


def test_what_was_shown_later_did_not_count_on_an_earlier_day() -> None:
    answer(bring(), HEAVY, READER)
    with transaction(), gate.opened("a test looks back"):
        assert gather.volunteer_facts(today() - dt.timedelta(days=1))[AMINA_ID].scores is None
        assert gather.volunteer_facts(today())[ZOE_ID].scores == ()


def test_a_scale_nobody_has_drawn_a_line_on_says_nothing() -> None:
    plain = a_score(bands=[{"from": 0, "label": "No cut-off"}])
    answer(bring(scores=[plain]), HEAVY, READER)
    assert level_of() is Level.UNKNOWN


def test_nobody_is_listed_for_showing_nothing() -> None:
    amina_answers()
    with transaction(), gate.access(gate.Access(DANA.viewer.account_id, DANA.viewer.opens(), set())):
        before = [one.why for one in team_care(DANA.viewer).unknown]
    bring()
    with transaction(), gate.access(gate.Access(DANA.viewer.account_id, DANA.viewer.opens(), set())):
        assert [one.why for one in team_care(DANA.viewer).unknown] == before
