"""What consent allows, and which steps of the life-cycle are refused."""

import pytest

from peerlink.errors import Refused
from peerlink.events import listen
from peerlink.features.participants import service
from peerlink.features.participants.events import ConsentWithdrawn
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import get_participant
from peerlink.features.participants.rules import ConsentKind
from peerlink.framework.vocabularies import ParticipantStatus
from tests.factories.participants import a_participant
from tests.features.participants.desk import DAY, TODAY, chipo

S = ParticipantStatus
pytestmark = pytest.mark.usefixtures("the_cast")


def test_consent_to_support_makes_a_referred_person_consented() -> None:
    noor = a_participant(S.CONSENTED)
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        assert found.status is S.CONSENTED
        assert found.consents == {"support": TODAY.isoformat(), "matching": TODAY.isoformat()}
        assert found.consent_until == TODAY.replace(year=TODAY.year + 1)


def test_nobody_waits_without_consent_to_matching() -> None:
    noor = a_participant()
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        service.take_consents(found, [ConsentKind.SUPPORT], by=None)
        with pytest.raises(Refused, match="find a volunteer"):
            service.step(found, S.WAITING, by=None)


def test_nobody_waits_on_a_consent_that_ran_out() -> None:
    noor = a_participant(S.CONSENTED)
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        found.consent_until = TODAY
        service.step(found, S.WAITING, by=None)
    other = a_participant(S.CONSENTED)
    with chipo() as viewer:
        found = get_participant(other, viewer)
        found.consent_until = TODAY - DAY
        with pytest.raises(Refused, match="ran out"):
            service.step(found, S.WAITING, by=None)


def test_consent_lies_between_the_referral_and_today() -> None:
    noor = a_participant()
    for on in (TODAY - DAY, TODAY + DAY):
        with chipo() as viewer, pytest.raises(Refused, match="between the referral and today"):
            service.take_consents(get_participant(noor, viewer), [ConsentKind.SUPPORT], by=None, on=on)


@pytest.mark.parametrize(
    ("start", "to", "reason", "sentence"),
    [
        (S.REFERRED, S.WAITING, None, "cannot go from"),
        (S.REFERRED, S.CLOSED, None, "choose a reason"),
        (S.REFERRED, S.CLOSED, "burnout", "not one of the reasons"),
        (S.WAITING, S.ENDING, None, "cannot go from"),
        (S.WAITING, S.PAUSED, "health", "look at this again"),
    ],
)
def test_impossible_steps_are_refused_in_words(
    start: ParticipantStatus, to: ParticipantStatus, reason: str | None, sentence: str
) -> None:
    noor = a_participant(start)
    with chipo() as viewer, pytest.raises(Refused, match=sentence):
        service.step(get_participant(noor, viewer), to, by=None, reason=reason)


@pytest.mark.parametrize(("days", "fine"), [(0, False), (1, True), (60, True), (61, False)])
def test_a_pause_is_looked_at_again_within_sixty_days(days: int, fine: bool) -> None:
    noor = a_participant(S.WAITING)
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        again = TODAY + days * DAY
        if fine:
            service.step(found, S.PAUSED, by=None, reason="health", review_on=again)
            assert found.review_on == again
        else:
            with pytest.raises(Refused, match="within 60 days"):
                service.step(found, S.PAUSED, by=None, reason="health", review_on=again)


def test_whoever_returns_is_asked_for_consent_again() -> None:
    noor = a_participant(S.WAITING)
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        service.step(found, S.CLOSED, by=None, reason="moved")
        assert found.close_reason == "moved"
        service.step(found, S.REFERRED, by=None)
        assert not any((found.consents, found.consent_until, found.close_reason))


@pytest.mark.parametrize(
    ("status", "after"),
    [
        (S.CONSENTED, S.CLOSED),
        (S.WAITING, S.CLOSED),
        (S.MATCHED, S.CLOSED),
        (S.ACTIVE, S.ENDING),
        (S.ENDING, S.ENDING),
    ],
)
def test_without_consent_to_support_support_ends_the_same_day(
    status: ParticipantStatus, after: ParticipantStatus
) -> None:
    noor = a_participant(S.WAITING)
    told: list[ConsentWithdrawn] = []
    listen(ConsentWithdrawn, told.append)
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        found.status = status
        service.withdraw_consent(found, ConsentKind.SUPPORT, by=viewer.account_id)
        assert (found.status, found.status_since) == (after, TODAY)
        assert "support" not in (found.consents or {})
    assert [event.kind for event in told if event.participant_id == noor] == [ConsentKind.SUPPORT]


def test_without_consent_to_matching_somebody_still_waits_but_matching_is_told() -> None:
    noor = a_participant(S.WAITING)
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        service.withdraw_consent(found, ConsentKind.MATCHING, by=None)
        assert found.status is S.WAITING
        with pytest.raises(Refused, match="not given"):
            service.withdraw_consent(found, ConsentKind.MATCHING, by=None)


def test_a_room_above_may_refuse_a_step() -> None:
    def never(_participant: Participant) -> None:
        raise Refused("not while a match is open")

    noor = a_participant(S.WAITING)
    service.check_before(S.CLOSED, never)
    service.check_before(S.CLOSED, never)
    try:
        assert service._checks[S.CLOSED].count(never) == 1
        with chipo() as viewer, pytest.raises(Refused, match="match is open"):
            service.step(get_participant(noor, viewer), S.CLOSED, by=None, reason="moved")
    finally:
        service._checks[S.CLOSED].remove(never)
