"""What was done is laid beside what came after it, for whoever may read it."""

import pytest
from sqlalchemy import select

from peerlink.features.risks import service
from peerlink.features.risks.aftermath import tried_on, what_helps
from peerlink.features.risks.deeds import ActionDraft
from peerlink.features.risks.models import FlagStep
from peerlink.features.risks.queries import get_flag, get_flag_to_move
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.supervision.agenda import agenda_for
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.care_words import Way
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.deeds import does, takes_back
from tests.features.risks.happenings import WORN, amina_answers, in_days, open_flags, today
from tests.support.cast import AMINA, AMINA_ID, CHIPO, DANA, SOL, Person

pytestmark = pytest.mark.usefixtures("the_cast")


def after(rule: str = "R20", who: Person = DANA) -> list[tuple[str, str]]:
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
    with gate.access(granted), reading():
        found = tried_on(get_flag(open_flags(AMINA_ID)[rule].id, who.viewer), who.viewer)
        return [(one.title, one.sentence) for one in found]


def test_before_and_after_are_laid_side_by_side() -> None:
    amina_answers(**WORN)
    does("A06")
    assert after() == [("Have a supervision talk soon", "Strain 96 then. No later check-in yet.")]
    with in_days(31):
        amina_answers()
    assert after() == [("Have a supervision talk soon", "Strain 96 → 25 after 31 days. Down: a real change.")]
    with in_days(62):
        amina_answers(**WORN)
    assert after()[0][1].startswith("Strain 96 → 25 after 31 days → 96 after 62 days. Down")


def test_what_the_rule_rests_on_is_shown_then_and_now() -> None:
    amina_answers(**WORN)
    does("A06")
    with in_days(31):
        amina_answers()
        granted = gate.Access(DANA.viewer.account_id, DANA.viewer.opens(), set())
        with gate.access(granted), reading():
            (one,) = tried_on(get_flag(open_flags(AMINA_ID)["R20"].id, DANA.viewer), DANA.viewer)
    assert {row["name"]: (row["then"], row["now"]) for row in one.evidence}["Strain"] == ("96.4", "25")


def test_whoever_may_not_read_answers_sees_no_strain_in_before_and_after() -> None:
    with transaction():
        nightly_round(today())
        amina = session.get_one(Volunteer, AMINA_ID)
        amina.capacity, amina.agreed_hours = 0, 1
    amina_answers(**WORN)
    does("A04", "R25", CHIPO, Way.BREAK)
    with in_days(31):
        amina_answers()
        assert [sentence for _title, sentence in after("R25", CHIPO)] == [""]
        granted = gate.Access(CHIPO.viewer.account_id, CHIPO.viewer.opens(), set())
        with gate.access(granted), reading():
            (one,) = tried_on(get_flag(open_flags(AMINA_ID)["R25"].id, CHIPO.viewer), CHIPO.viewer)
    assert one.evidence
    assert not any("train" in row["name"] for row in one.evidence)


def test_what_helps_counts_deeds_of_ones_own_volunteers_and_tells_from_five_on() -> None:
    amina_answers(**WORN)
    for _n in range(5):
        does("A06")
    undone = does("A06")
    takes_back(undone)
    does("A05")
    with reading(), gate.opened("a test"):
        before = {one.code: one for one in what_helps(DANA.viewer)}
    assert (before["A06"].tally.n, before["A06"].tally.n_known, before["A06"].can_tell) == (5, 0, False)
    with in_days(31):
        amina_answers()
    with reading(), gate.opened("a test"):
        told = {one.code: one for one in what_helps(DANA.viewer)}
        assert what_helps(SOL.viewer) == []
    assert (told["A06"].tally.n_down, told["A06"].can_tell) == (5, True)
    assert (told["A05"].tally.n_known, told["A05"].can_tell) == (1, False)


def agenda(who: Person) -> list[str]:
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
    with gate.access(granted), reading():
        amina = get_volunteer(AMINA_ID, who.viewer)
        return [one.sentence for one in agenda_for(amina, who.viewer, today()).items]


def test_the_agenda_of_a_talk_says_what_is_to_be_done_and_what_helped() -> None:
    amina_answers(**WORN)
    does("A01")
    does("A05")
    said = agenda(DANA)
    assert "Offer a psychologist (Offered)" in said
    assert "Vary the work" in said
    hers = agenda(AMINA)
    assert not [one for one in hers if "psychologist" in one or "Vary the work" in one]
    with in_days(31):
        amina_answers()
        assert "Vary the work: Strain 96 → 25 after 31 days. Down: a real change." in agenda(DANA)


def test_one_deed_on_many_flags_is_counted_once() -> None:
    amina_answers(**WORN)
    granted = gate.Access(DANA.viewer.account_id, DANA.viewer.opens(), set())
    with gate.access(granted), transaction():
        flags = [get_flag_to_move(one.id, DANA.viewer) for one in open_flags(AMINA_ID).values()]
        service.act(flags, ActionDraft(code="A06"), DANA.viewer)
    with reading(), gate.opened("a test"):
        assert len(session.scalars(select(FlagStep).where(FlagStep.action == "A06")).all()) > 1
        assert {one.code: one.tally.n for one in what_helps(DANA.viewer)} == {"A06": 1}
