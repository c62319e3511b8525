"""Profiles from sealed records: every trait, as it stood on a day, in a fixed number of questions."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import event

from peerlink.features.matching.gather import participant_profiles, places_known, volunteer_profiles
from peerlink.features.matching.models import Match
from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile, Want, week_of
from peerlink.features.participants.models import Participant
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.months import months_later
from peerlink.framework.reasons import EndReason
from peerlink.framework.vocabularies import (
    LanguageLevel,
    MatchStatus,
    ParticipantStatus,
    TrainingResult,
    VolunteerStatus,
)
from peerlink.store import gate, house
from peerlink.store.session import session, transaction
from tests.factories.matching import change, today
from tests.support.cast import AMINA_EFE, AMINA_ID, BEN_ID, EFE_ID, GIFT_ID, PLACE_ID, SITE_ID, ZOE_ID

pytestmark = pytest.mark.usefixtures("trained")
DAY = dt.timedelta(days=1)


def offering(volunteer_id: uuid.UUID, day: dt.date | None = None) -> VolunteerProfile:
    with transaction(), gate.opened("a test looks"):
        found = [session.get_one(Volunteer, volunteer_id)]
        return volunteer_profiles(found, day or today(), places_known())[0]


def seeking(participant_id: uuid.UUID, day: dt.date | None = None) -> list[ParticipantProfile]:
    with transaction(), gate.opened("a test looks"):
        found = [session.get_one(Participant, participant_id)]
        return participant_profiles(found, day or today(), places_known())


def test_a_volunteer_is_described_whole() -> None:
    change(Volunteer, ZOE_ID, limits=["listening", "bereavement"], keep_apart=[" P203 "])
    zoe = offering(ZOE_ID)
    assert (zoe.status, zoe.capacity, zoe.taken, zoe.active) == (VolunteerStatus.ACTIVE, 3, 0, 0)
    assert zoe.languages == {"en": LanguageLevel.FIRST}
    assert zoe.places == {PLACE_ID.hex}
    assert zoe.site == SITE_ID.hex
    assert zoe.week == week_of(["mon 09:00-12:00", "thu 17:00-20:00"])
    assert zoe.skills == {"support.emotional"}
    assert zoe.limits == {"support.emotional.listening", "bereavement"}
    assert zoe.keep_apart == {"p203"}
    assert zoe.names == {"v103", "s1"}
    assert zoe.mandatory == {"confidentiality": months_later(today() - 300 * DAY, 12)}


def test_a_participant_is_described_whole() -> None:
    change(
        Participant,
        GIFT_ID,
        wants=[{"trait": "gender", "value": "woman", "must": True}, {"trait": "age_near"}],
        area="A9",
    )
    (gift,) = seeking(GIFT_ID)
    assert gift.wants == (Want("gender", "woman", must=True), Want("age_near"))
    assert gift.consent_matching_on == today() - 65 * DAY
    assert gift.channels == ("phone", "in_person")
    assert gift.needs == ("support.emotional.listening",)
    assert gift.names == {"p203", "s1", "a9"}
    assert gift.days_waited(today()) == 60


def test_what_was_learned_counts_from_its_day_and_the_latest_decides() -> None:
    long_ago, lately = today() - 100 * DAY, today() - 10 * DAY
    with transaction():
        for module, day, until, result in (
            ("safeguarding", long_ago, today() + 5 * DAY, TrainingResult.PASSED),
            ("safeguarding", lately, today() + 400 * DAY, TrainingResult.PASSED),
            ("boundaries", lately, None, TrainingResult.FAILED),
        ):
            session.add(
                Completion(
                    volunteer_id=ZOE_ID,
                    module=module,
                    completed_on=day,
                    valid_until=until,
                    result=result,
                    mandatory=True,
                    areas=1 << 0,
                )
            )
    now, before = offering(ZOE_ID), offering(ZOE_ID, today() - 50 * DAY)
    assert now.mandatory["safeguarding"] == today() + 400 * DAY
    assert now.mandatory["boundaries"] == dt.date.min
    assert before.mandatory["safeguarding"] == today() + 5 * DAY
    assert "support.informational.education" in now.skills


@pytest.mark.parametrize(
    ("status", "taken", "active"),
    [
        (MatchStatus.PROPOSED, 1, 0),
        (MatchStatus.ACCEPTED, 1, 0),
        (MatchStatus.ACTIVE, 1, 1),
        (MatchStatus.PAUSED, 1, 0),
        (MatchStatus.DECLINED, 0, 0),
        (MatchStatus.EXPIRED, 0, 0),
        (MatchStatus.CANCELLED, 0, 0),
    ],
)
def test_which_matches_take_a_place(status: MatchStatus, taken: int, active: int) -> None:
    change(Match, AMINA_EFE, status=status)
    assert (offering(AMINA_ID).taken, offering(AMINA_ID).active) == (taken, active)


def test_a_match_takes_its_place_from_its_first_day_until_its_last() -> None:
    change(Match, AMINA_EFE, status=MatchStatus.ENDED, ended_on=today() - 5 * DAY)
    loads = {days: offering(AMINA_ID, today() - days * DAY).taken for days in (0, 5, 6, 50, 51)}
    assert loads == {0: 0, 5: 0, 6: 1, 50: 1, 51: 0}


@pytest.mark.parametrize(("reason", "heard"), [(r, r in ("not_a_fit", "concern")) for r in EndReason])
def test_what_went_wrong_is_remembered(reason: EndReason, heard: bool) -> None:
    change(Match, AMINA_EFE, status=MatchStatus.ENDED, ended_on=today() - 5 * DAY, end_reason=reason)
    (efe,) = seeking(EFE_ID)
    assert efe.not_again == ({AMINA_ID} if heard else set())
    (before,) = seeking(EFE_ID, today() - 6 * DAY)
    assert before.not_again == set()


def test_a_status_that_began_later_is_read_as_it_must_have_been() -> None:
    change(Volunteer, BEN_ID, status=VolunteerStatus.LEFT, status_since=today())
    change(Participant, EFE_ID, status=ParticipantStatus.CLOSED, status_since=today())
    assert offering(BEN_ID).status is VolunteerStatus.LEFT
    assert offering(BEN_ID, today() - DAY).status is VolunteerStatus.ACTIVE
    assert offering(BEN_ID, today() - 401 * DAY).status is VolunteerStatus.APPLICANT
    assert seeking(EFE_ID)[0].status is ParticipantStatus.CLOSED
    (before,) = seeking(EFE_ID, today() - DAY)
    assert (before.status, before.waiting_since) == (ParticipantStatus.WAITING, today() - 70 * DAY)
    assert seeking(EFE_ID, today() - 71 * DAY) == []


def test_many_people_cost_no_more_questions_than_one(the_cast: house.House) -> None:
    def questions(ids: list[uuid.UUID]) -> int:
        said: list[str] = []

        def count(*args: object) -> None:
            said.append(str(args[2]))

        with transaction(), gate.opened("a test looks"):
            found = [session.get_one(Volunteer, one) for one in ids]
            event.listen(the_cast.engine, "before_cursor_execute", count)
            try:
                volunteer_profiles(found, today(), places_known())
            finally:
                event.remove(the_cast.engine, "before_cursor_execute", count)
        return len(said)

    assert questions([ZOE_ID]) == questions([AMINA_ID, BEN_ID, ZOE_ID]) <= 8
