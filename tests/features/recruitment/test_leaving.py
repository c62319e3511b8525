"""Whoever leaves leaves nobody behind: every match moves or ends first, then the door closes the same day."""

import datetime as dt
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from peerlink.errors import Refused
from peerlink.features.accounts.queries import account_of_person
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import get_match
from peerlink.features.participants.models import Participant
from peerlink.features.recruitment import service
from peerlink.features.recruitment.events import LeavingStated
from peerlink.features.recruitment.models import Handover
from peerlink.features.recruitment.queries import find_exit_talk, leaving, leaving_without_plan
from peerlink.features.recruitment.rules import HandoverDraft
from peerlink.features.risks.models import Flag
from peerlink.features.volunteers import retention
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.levels import Level
from peerlink.framework.months import months_later
from peerlink.framework.reasons import EndingStep, EndReason, LeaveReason
from peerlink.framework.recruitment_words import HandoverKind
from peerlink.framework.vocabularies import TAKES_A_SLOT, MatchStatus, ParticipantStatus, VolunteerStatus
from peerlink.store import gate, house
from peerlink.store.session import session, transaction
from tests.features.recruitment.deeds import BY, DAY, TODAY, seen_by
from tests.support import cast

S, K = VolunteerStatus, HandoverKind
GOODBYE = frozenset({EndingStep.GOODBYE})


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def amina() -> Volunteer:
    return get_volunteer(cast.AMINA_ID, cast.CHIPO.viewer)


def her_match() -> Match:
    return get_match(cast.AMINA_EFE, cast.CHIPO.viewer)


def efe() -> ParticipantStatus:
    return session.get_one(Participant, cast.EFE_ID).status


def plan(how: HandoverKind = K.HAND_OVER, on: dt.date = TODAY, to: uuid.UUID | None = None) -> None:
    service.plan_handover(her_match(), HandoverDraft(how=how, on=on, to_id=to), by=BY)


def r02() -> Level | None:
    session.flush()
    flags = session.scalars(select(Flag).where(Flag.rule == "R02", Flag.about_id == cast.AMINA_ID))
    return next((one.level for one in flags if one.closed_on is None), None)


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (366, True), (367, False)])
def test_a_day_of_leaving_lies_ahead(days: int, fine: bool) -> None:
    with seen_by() as viewer:
        if not fine:
            with pytest.raises(Refused, match="within a year"):
                service.state_leaving(amina(), TODAY + days * DAY, by=BY, wanted=None)
            return
        service.state_leaving(amina(), TODAY + days * DAY, by=BY, wanted=True)
        assert [one.id for one in leaving(viewer)] == [cast.AMINA_ID]


def test_a_stated_day_without_a_plan_is_critical_until_there_is_one() -> None:
    with seen_by():
        assert r02() is not Level.CRITICAL
        service.state_leaving(amina(), TODAY + 20 * DAY, by=BY, wanted=None)
        assert r02() is Level.CRITICAL
        assert leaving_without_plan() == {cast.AMINA_ID}
        plan()
        assert leaving_without_plan() == set()
        service.forget_handover(her_match(), by=BY)
        assert leaving_without_plan() == {cast.AMINA_ID}
        service.take_back_leaving(amina(), by=BY)
        assert leaving_without_plan() == set()


def test_staying_after_all_forgets_what_was_planned() -> None:
    with seen_by():
        service.state_leaving(amina(), TODAY + DAY, by=BY, wanted=None)
        plan()
        service.take_back_leaving(amina(), by=BY)
        assert session.scalar(select(func.count()).select_from(Handover)) == 0
        with pytest.raises(Refused, match="No day of leaving"):
            service.take_back_leaving(amina(), by=BY)


def test_the_coordinators_are_told_of_a_stated_day_but_not_of_their_own_deed() -> None:
    event = LeavingStated(by=None, volunteer_id=cast.AMINA_ID, tell=(BY,))
    assert [one.to for one in event.messages()] == [BY]
    assert not LeavingStated(by=BY, volunteer_id=cast.AMINA_ID).messages()


def test_a_plan_that_cannot_be_is_refused() -> None:
    with seen_by():
        for said, sentence in (
            ({"on": TODAY - DAY}, "from today on"),
            ({"to": cast.AMINA_ID}, "Somebody else takes over"),
            ({"how": K.ENDS_NOW}, "needs no plan"),
        ):
            with pytest.raises(Refused, match=sentence):
                plan(**said)
        service.carry_out(her_match(), K.HAND_OVER, frozenset(), by=BY)
        with pytest.raises(Refused, match="open no longer"):
            plan()


@pytest.mark.parametrize(
    ("how", "done", "planned", "afterwards"),
    [
        (K.HAND_OVER, frozenset(), False, ParticipantStatus.WAITING),
        (K.HAND_OVER, GOODBYE, True, ParticipantStatus.WAITING),
        (K.GOODBYE, GOODBYE, True, ParticipantStatus.ENDING),
        (K.ENDS_NOW, frozenset(), False, ParticipantStatus.ENDING),
        (K.ENDS_NOW, GOODBYE, False, ParticipantStatus.ENDING),
    ],
)
def test_every_way_of_ending_says_that_the_volunteer_left(
    how: HandoverKind, done: frozenset[EndingStep], planned: bool, afterwards: ParticipantStatus
) -> None:
    with seen_by():
        plan()
        service.carry_out(her_match(), how, done, by=BY)
        match = her_match()
        assert (match.status, match.end_reason) == (MatchStatus.ENDED, EndReason.VOLUNTEER_LEFT)
        assert match.planned_end is planned
        assert match.checklist == sorted(done)
        assert efe() is afterwards
        assert session.get(Handover, cast.AMINA_EFE) is None


def test_a_planned_goodbye_is_carried_out_when_it_was_said() -> None:
    with seen_by(), pytest.raises(Refused, match="needs the goodbye"):
        service.carry_out(her_match(), K.GOODBYE, frozenset(), by=BY)


@pytest.mark.parametrize("status", [MatchStatus.PROPOSED, MatchStatus.ACCEPTED])
def test_a_match_before_its_first_contact_is_taken_back(status: MatchStatus) -> None:
    with seen_by():
        her_match().status = status
        session.get_one(Participant, cast.EFE_ID).status = ParticipantStatus.MATCHED
        service.carry_out(her_match(), K.ENDS_NOW, frozenset(), by=BY)
        assert her_match().status not in TAKES_A_SLOT


def test_nobody_leaves_while_somebody_relies_on_them_planned_or_not() -> None:
    with seen_by():
        plan()
        with pytest.raises(Refused, match="relies on this volunteer"):
            service.leave(amina(), LeaveReason.MOVED, by=BY)
        service.carry_out(her_match(), K.HAND_OVER, frozenset(), by=BY)
        service.leave(amina(), LeaveReason.MOVED, by=BY, wanted=True)
        one, talk = amina(), find_exit_talk(cast.AMINA_ID)
        assert (one.status, one.leave_reason, one.leaving_on) == (S.LEFT, "moved", TODAY)
        assert one.keep_until == months_later(TODAY, 24)
        assert talk is not None
        assert (talk.offered_on, talk.wanted, talk.held_on) == (TODAY, True, None)
    with transaction(), gate.opened("a test looks"):
        assert account_of_person(cast.AMINA_ID) is None


def test_no_talk_is_offered_to_somebody_who_died() -> None:
    with seen_by():
        service.carry_out(her_match(), K.HAND_OVER, frozenset(), by=BY)
        service.leave(amina(), LeaveReason.DIED, by=BY)
        assert find_exit_talk(cast.AMINA_ID) is None


def test_a_talk_is_written_down_by_whoever_held_it() -> None:
    with seen_by():
        draft = service.TalkDraft(wanted=True, held_on=TODAY, said=" Tired, and proud. ", returns=True)
        service.keep_talk(amina(), draft, by=BY)
        talk = find_exit_talk(cast.AMINA_ID)
        assert talk is not None
        assert (talk.by, talk.said, talk.returns) == (BY.hex, "Tired, and proud.", True)
        with pytest.raises(Refused, match="today or a day before"):
            service.keep_talk(amina(), service.TalkDraft(held_on=TODAY + DAY), by=BY)


def test_those_beside_whom_they_stood_are_without_a_buddy() -> None:
    with seen_by():
        ben = get_volunteer(cast.BEN_ID, cast.CHIPO.viewer)
        service.name_buddy(ben, get_volunteer(cast.ZOE_ID, cast.CHIPO.viewer), by=BY)
        service.leave(get_volunteer(cast.ZOE_ID, cast.CHIPO.viewer), LeaveReason.MOVED, by=BY)
        assert ben.buddy_id is None


STEPS = st.lists(st.sampled_from(list(S)), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, frees=st.booleans(), status=st.sampled_from(sorted(TAKES_A_SLOT)))
def test_no_path_closes_somebody_who_is_relied_on_and_all_who_left_are_locked_out(
    the_cast: house.House, steps: list[VolunteerStatus], frees: bool, status: MatchStatus
) -> None:
    with seen_by():
        one, match = amina(), her_match()
        match.status = status
        session.flush()
        if frees:
            service.carry_out(match, K.HAND_OVER, frozenset(), by=BY)
        for to in steps:
            reason = "moved" if to is S.LEFT else "health"
            review_on = TODAY + DAY if to is S.PAUSED else None
            try:
                volunteers.step(one, to, by=None, reason=reason, review_on=review_on)
            except Refused:
                continue
        relied_on = her_match().status in TAKES_A_SLOT
        gone = one.status in retention.GONE
        assert not (relied_on and gone)
        assert not gone or account_of_person(one.id) is None
        assert (one.keep_until is not None) is gone
        session.rollback()
