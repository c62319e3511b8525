"""Facts are what the records say on the day asked for."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import update

from peerlink.features.contacts.events import ContactFacts
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.indicators import counters, gather
from peerlink.features.indicators.facts import ParticipantFacts, ProgrammeFacts, VolunteerFacts
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.features.supervision.models import Supervision
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.contact_words import ContactStatus, MissedBy
from peerlink.framework.reasons import EndReason
from peerlink.framework.vocabularies import (
    CheckinStatus,
    MatchStatus,
    SupervisionKind,
    SupervisionStatus,
    TrainingResult,
    VolunteerStatus,
)
from peerlink.store import gate, house
from peerlink.store.session import session, transaction
from tests.support import cast

TODAY = dt.date(2026, 11, 20)


def days_ago(n: int) -> dt.date:
    return TODAY - dt.timedelta(days=n)


@pytest.fixture(autouse=True)
def cast_of_today(the_cast: house.House) -> None:
    """Put the cast's dates where this file counts from."""
    with transaction(), gate.opened("a test sets its scene"):
        for volunteer_id in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID):
            volunteer = session.get_one(Volunteer, volunteer_id)
            volunteer.status_since = volunteer.joined_on = days_ago(400)
        for participant_id in (cast.EFE_ID, cast.FOLA_ID, cast.GIFT_ID):
            session.get_one(Participant, participant_id).status_since = days_ago(60)
            session.get_one(Participant, participant_id).referred_on = days_ago(70)
        for match_id in (cast.AMINA_EFE, cast.BEN_FOLA):
            match = session.get_one(Match, match_id)
            match.proposed_on, match.accepted_on, match.started_on = days_ago(50), days_ago(48), days_ago(45)


def happened(days: int, *, tags: tuple[str, ...] = (), heavy: bool = False, **said: Any) -> uuid.UUID:
    told: dict[str, Any] = {
        "contact_id": uuid.uuid4(),
        "match_id": cast.AMINA_EFE,
        "volunteer_id": cast.AMINA_ID,
        "participant_id": cast.EFE_ID,
        "day": days_ago(days),
        "planned_on": None,
        "status": ContactStatus.HELD,
        "missed_by": None,
        "minutes": 30,
        "areas": 1,
        "late": False,
        "heavy": heavy,
        "difficult": False,
        **said,
    }
    row = {**told, "id": told["contact_id"]}
    del row["contact_id"]
    session.add(Contact(**row))
    session.flush()
    session.add(ContactDetail(id=told["contact_id"], subject_id=cast.EFE_ID, difficulty=list(tags)))
    session.flush()
    counters.change(None, ContactFacts(**told), TODAY)
    return told["contact_id"]


def amina(day: dt.date = TODAY, *, recount: bool = False) -> VolunteerFacts:
    return gather.volunteer_facts(day, recount=recount)[cast.AMINA_ID]


def efe(day: dt.date = TODAY, *, recount: bool = False) -> ParticipantFacts:
    return gather.participant_facts(day, recount=recount)[cast.EFE_ID]


def programme(day: dt.date = TODAY) -> ProgrammeFacts:
    return gather.programme_facts(day)


def test_contacts_are_counted_by_either_way() -> None:
    with transaction(), gate.opened("test"):
        happened(1, minutes=45, areas=0b101)
        happened(40)
        happened(3, status=ContactStatus.CANCELLED, missed_by=MissedBy.VOLUNTEER, planned_on=days_ago(3))
        for recount in (False, True):
            facts = amina(recount=recount)
            assert (facts.n_held_28, facts.minutes_28, facts.n_held_90) == (1, 45, 2)
            assert facts.areas_90 == (1.5, 0, 0.5, 0, 0)
            assert facts.n_cancelled_30 == 1
            assert facts.n_planned_60 == 1
            assert facts.last_held_on == days_ago(1)


def test_a_day_in_the_past_knows_nothing_of_later() -> None:
    with transaction(), gate.opened("test"):
        happened(1)
        happened(20)
        facts = amina(days_ago(10), recount=True)
        assert (facts.n_held_28, facts.last_held_on) == (1, days_ago(20))


def test_heavy_contacts_say_why_and_violence_is_counted_apart() -> None:
    with transaction(), gate.opened("test"):
        contact = happened(5, tags=("violence",), heavy=True)
        happened(70, tags=("violence",), heavy=True)
        happened(8, tags=("relapse",), heavy=True)
        facts = amina()
        assert facts.n_violent_60 == 1
        assert facts.n_heavy_7 == 1
        assert {(one.contact, one.is_critical) for one in facts.heavy_90 if one.held_on == days_ago(5)} == {
            (contact.bytes, True)
        }
        assert [one.is_critical for one in facts.heavy_90 if one.held_on == days_ago(8)] == [False]
        assert efe().n_crises_30 == 0


def test_a_crisis_is_counted_for_the_participant() -> None:
    with transaction(), gate.opened("test"):
        happened(29, tags=("crisis",), heavy=True)
        happened(30, tags=("crisis",), heavy=True)
        assert efe().n_crises_30 == 1


def test_misses_count_since_the_last_held_contact() -> None:
    with transaction(), gate.opened("test"):
        happened(9, status=ContactStatus.MISSED, missed_by=MissedBy.PARTICIPANT)
        happened(8)
        happened(5, status=ContactStatus.MISSED, missed_by=MissedBy.BOTH)
        happened(4, status=ContactStatus.MISSED, missed_by=MissedBy.VOLUNTEER)
        happened(3, status=ContactStatus.CANCELLED, missed_by=MissedBy.PARTICIPANT)
        for recount in (False, True):
            facts = efe(recount=recount)
            assert (facts.n_missed_since_held, facts.last_held_on) == (1, days_ago(8))


@pytest.mark.parametrize(("days", "counted"), [(7, 0), (8, 1), (89, 1), (90, 0)])
def test_contacts_not_entered_are_counted_in_their_window(days: int, counted: int) -> None:
    with transaction(), gate.opened("test"):
        happened(days, status=ContactStatus.PLANNED, planned_on=days_ago(days))
        assert (efe().n_due_8_to_89, efe().n_entered_8_to_89) == (counted, 0)


def test_an_interval_of_the_match_comes_before_the_participants() -> None:
    with transaction(), gate.opened("test"):
        session.get_one(Match, cast.AMINA_EFE).planned_interval_days = 7
        assert efe().planned_interval_days == 7
        session.get_one(Match, cast.AMINA_EFE).planned_interval_days = None
        assert efe().planned_interval_days == 14


def test_matches_as_they_stood() -> None:
    with transaction(), gate.opened("test"):
        assert (amina().n_active_matches, amina().least_matches_28, amina().most_matches_28) == (1, 1, 1)
        match = session.get_one(Match, cast.AMINA_EFE)
        match.status, match.ended_on, match.end_reason = MatchStatus.ENDED, days_ago(10), EndReason.NOT_A_FIT
        facts = amina()
        assert (facts.n_active_matches, facts.least_matches_28, facts.most_matches_28) == (0, 0, 1)
        assert facts.n_not_a_fit_180 == 1
        before = amina(days_ago(11), recount=True)
        assert (before.n_active_matches, before.n_open_matches, before.n_not_a_fit_180) == (1, 1, 0)
        assert before.oldest_active_match_on == days_ago(45)


def test_supervision_is_told_apart_by_kind() -> None:
    with transaction(), gate.opened("test"):
        for days, kind in (
            (5, SupervisionKind.DEBRIEF),
            (20, SupervisionKind.ONE_TO_ONE),
            (30, SupervisionKind.GROUP),
        ):
            session.add(_supervision(days, kind, SupervisionStatus.HELD))
        session.add(_supervision(1, SupervisionKind.ONE_TO_ONE, SupervisionStatus.MISSED))
        session.flush()
        facts = amina()
        assert facts.last_one_to_one_on == days_ago(20)
        assert facts.last_team_contact_on == days_ago(30)
        assert facts.last_talk_on == days_ago(5)
        assert {one.held_on for one in facts.debriefs_90} == {days_ago(5), days_ago(20)}


def _supervision(days: int, kind: SupervisionKind, status: SupervisionStatus) -> Supervision:
    return Supervision(
        subject_id=cast.AMINA_ID, volunteer_id=cast.AMINA_ID, kind=kind, status=status, held_on=days_ago(days)
    )


def test_the_latest_row_of_a_module_counts_and_an_unsaid_end_is_the_usual_one() -> None:
    with transaction(), gate.opened("test"):
        for days, until, result in (
            (700, days_ago(-30), TrainingResult.PASSED),
            (100, None, TrainingResult.PASSED),
            (50, days_ago(-500), TrainingResult.FAILED),
        ):
            session.add(
                Completion(
                    volunteer_id=cast.AMINA_ID, module="safeguarding", completed_on=days_ago(days),
                    valid_until=until, minutes=60 if days == 700 else 0, result=result, mandatory=True,
                )
            )  # fmt: skip
        session.flush()
        facts = amina()
        assert [(one.module, one.valid_until) for one in facts.modules] == [
            ("safeguarding", dt.date(2027, 8, 12))
        ]
        assert facts.last_development_on == days_ago(700)
        assert facts.last_module_on == days_ago(100)


def test_check_ins_answered_later_still_wait() -> None:
    with transaction(), gate.opened("test"):
        session.add(
            Checkin(
                subject_id=cast.AMINA_ID, volunteer_id=cast.AMINA_ID, due_on=days_ago(20),
                answered_on=days_ago(5), status=CheckinStatus.ANSWERED, answers={"v1": 3}, request="no",
            )
        )  # fmt: skip
        session.flush()
        assert amina().checkins[0].answers[1] == 3
        assert amina(days_ago(10), recount=True).checkins[0].answered_on is None


def test_who_left_was_active_before() -> None:
    with transaction(), gate.opened("test"):
        volunteer = session.get_one(Volunteer, cast.BEN_ID)
        volunteer.status, volunteer.status_since = VolunteerStatus.LEFT, days_ago(30)
        assert cast.BEN_ID not in gather.volunteer_facts(TODAY)
        assert (
            gather.volunteer_facts(days_ago(31), recount=True)[cast.BEN_ID].status is VolunteerStatus.ACTIVE
        )
        facts = programme()
        assert (facts.n_in_service[0], facts.n_in_service[1], facts.n_left_90) == (2, 3, 1)


def test_who_answered_of_those_in_service() -> None:
    with transaction(), gate.opened("test"):
        for who in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID):
            session.add(
                Checkin(
                    subject_id=who, volunteer_id=who, due_on=days_ago(20), answered_on=days_ago(5),
                    status=CheckinStatus.ANSWERED, answers={"v13": 2},
                )
            )  # fmt: skip
        session.get_one(Volunteer, cast.BEN_ID).status = VolunteerStatus.LEFT
        session.get_one(Volunteer, cast.ZOE_ID).status = VolunteerStatus.PAUSED
        session.flush()
        facts = programme()
        assert facts.n_serving == 2
        assert [[answers[13] for _on, _due, answers in one] for one in facts.answered] == [[2], [2]]
        assert programme(days_ago(6)).answered == ()


def test_the_reserve_and_the_waiting_list() -> None:
    with transaction(), gate.opened("test"):
        facts = programme()
        assert (facts.n_active, facts.total_capacity, facts.n_free_slots) == (3, 9, 7)
        assert facts.waiting_days == (60,)
        assert facts.history_days == 400
        assert programme(days_ago(65)).waiting_days == (5, 5, 5)


def test_a_record_that_was_tampered_with_does_not_stop_the_count() -> None:
    with transaction(), gate.opened("test"):
        happened(5, tags=("violence",), heavy=True)
        happened(6, tags=("violence",), heavy=True)
        session.flush()
        broken = session.query(ContactDetail).first()
        assert broken is not None
        session.execute(
            update(ContactDetail).where(ContactDetail.id == broken.id).values(sealed=b"\x01" * 200)
        )
        assert amina().n_violent_60 == 1
