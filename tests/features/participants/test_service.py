"""What can be done with a participant's record, and what is refused."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from peerlink import clock
from peerlink.errors import Conflict, NotFound, Refused
from peerlink.events import listen
from peerlink.features.participants import service
from peerlink.features.participants.events import ConsentWithdrawn
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import (
    Wanted,
    find_participant_by_ref,
    get_participant,
    participant_counts,
    participant_page,
    search_participants,
)
from peerlink.features.participants.rules import ConsentKind
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.roles import Role, Viewer
from peerlink.store import gate, history
from peerlink.store.session import session, transaction
from tests.factories.participants import a_participant, participant_draft
from tests.support import cast

S = ParticipantStatus
CHIPO = cast.CHIPO.viewer
TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)


@contextmanager
def chipo(viewer: Viewer = CHIPO) -> Iterator[Viewer]:
    with transaction(), gate.access(gate.Access(viewer.account_id, viewer.opens(), set())):
        yield viewer


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def test_somebody_added_is_referred_today_and_has_a_number() -> None:
    noor = a_participant()
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        assert (found.status, found.status_since, found.referred_on) == (S.REFERRED, TODAY, TODAY)
        assert find_participant_by_ref(found.ref, viewer) is found
        assert [change.became for change in history.history_of(noor)] == ["referred"]


def test_a_number_is_given_once() -> None:
    a_participant(ref="P-7")
    with pytest.raises(Refused, match="number already"):
        a_participant(ref="p 7")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"given_name": "  "}, "Type a name"),
        ({"given_name": "x" * 81}, "80 letters"),
        ({"email": "noor"}, "e-mail"),
        ({"phone": "1234"}, "five digits"),
        ({"birth_year": TODAY.year + 1}, "year of birth"),
        ({"birth_year": TODAY.year - 121}, "year of birth"),
        ({"languages": {"en": "fluent"}}, "no language level"),
        ({"languages": {"en": ""}}, "how well"),
        ({"channels": ("pigeon",)}, "no channel"),
        ({"availability": ("monday evening",)}, "mon 18:00-20:00"),
        ({"availability": ("mon 25:00-26:00",)}, "no time of a day"),
        ({"availability": ("mon 18:00-18:00",)}, "ends when it starts"),
        ({"needs": ("support.magic",)}, "support"),
        ({"goals": ("fame",)}, "no goal"),
        ({"wants": ({"trait": "shoe_size"},)}, "nothing matching can look for"),
        ({"referred_on": TODAY + DAY}, "day to come"),
        ({"planned_interval_days": 0}, "days apart"),
        ({"planned_interval_days": 366}, "days apart"),
        ({"safe_words": "x" * 501}, "500 letters"),
    ],
)
def test_a_record_that_cannot_be_right_is_refused(said: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        a_participant(**said)


def test_times_are_kept_in_one_spelling() -> None:
    noor = a_participant(availability=("Monday 9:00 - 12:00", "fri 18-20", ""))
    with chipo() as viewer:
        assert get_participant(noor, viewer).availability == ["mon 09:00-12:00", "fri 18:00-20:00"]


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


def test_the_second_to_save_is_told() -> None:
    noor = a_participant()
    with chipo() as viewer:
        found = get_participant(noor, viewer)
        read = found.version
        service.change_details(found, participant_draft(area="A1"), version=read, by=None)
    with chipo() as viewer, pytest.raises(Conflict):
        service.change_details(
            get_participant(noor, viewer), participant_draft(area="A2"), version=read, by=None
        )
    with chipo() as viewer:
        assert get_participant(noor, viewer).area == "A1"


@pytest.mark.parametrize(
    ("said", "hinted"),
    [
        ({"phone": "+44 7700 900 555", "given_name": "Zed"}, True),
        ({"email": "NOOR@example.org", "given_name": "Zed"}, True),
        ({"given_name": "Noor", "family_name": "Hadad"}, True),
        ({"given_name": "Noor", "family_name": "Hadad", "birth_year": 1992}, False),
        ({"given_name": "Noor", "family_name": "Hadad", "birth_year": None}, False),
        ({"given_name": "Bartholomew", "family_name": "Quist"}, False),
    ],
)
def test_duplicates_are_hinted(said: dict[str, object], hinted: bool) -> None:
    noor = a_participant(phone="+447700900555", email="noor@example.org")
    with chipo() as viewer:
        found = service.likely_duplicates(participant_draft(**said), viewer)
        assert [one.id for one in found] == ([noor] if hinted else [])


def test_duplicates_of_another_site_are_not_shown_to_a_site_coordinator() -> None:
    a_participant(phone="+447700900555")
    bound = Viewer(uuid.uuid4(), frozenset({Role.COORDINATOR}), site_id=cast.SITE_ID)
    with chipo(bound) as viewer:
        assert service.likely_duplicates(participant_draft(phone="+447700900555"), viewer) == []


@pytest.mark.parametrize(
    "text", ["haddad", "HADD", "noor had", "+44 7700 900555", "noor@EXAMPLE.org", "p-7", "Haddda"]
)
def test_people_are_found_by_what_one_knows(text: str) -> None:
    noor = a_participant(phone="+447700900555", email="noor@example.org", ref="P-7")
    with chipo() as viewer:
        assert noor in [one.id for one in search_participants(text, viewer)]


@pytest.mark.parametrize("person", [cast.AMINA, cast.DANA, cast.PRIYA, cast.PRU, cast.ADA, cast.ZOE])
def test_nobody_but_a_coordinator_reaches_participants_here(person: cast.Person) -> None:
    noor = a_participant()
    with chipo(person.viewer) as viewer:
        assert search_participants("haddad", viewer) == []
        assert participant_page(viewer, Wanted(everybody=True)).total == 0
        with pytest.raises(NotFound):
            get_participant(noor, viewer)


def test_a_site_coordinator_reaches_their_site_alone() -> None:
    noor, sam = a_participant(), a_participant(site_id=cast.SITE_ID)
    bound = Viewer(uuid.uuid4(), frozenset({Role.COORDINATOR}), site_id=cast.SITE_ID)
    with chipo(bound) as viewer:
        assert get_participant(sam, viewer).id == sam
        with pytest.raises(NotFound):
            get_participant(noor, viewer)
        assert noor not in [one.id for one in search_participants("haddad", viewer)]


def test_a_list_is_narrowed_counted_and_cut_into_pages() -> None:
    with transaction(), gate.opened("a test makes people up"):
        for n in range(60):
            service.add_participant(
                participant_draft(given_name=f"P{n}", referred_on=TODAY - n * DAY), by=None
            )
    with chipo() as viewer:
        wanted = Wanted(status=S.REFERRED)
        first, second = participant_page(viewer, wanted), participant_page(viewer, wanted, 2)
        assert (first.total, len(first.rows), first.after, len(second.rows), second.before) == (
            60, 50, 2, 10, 1,
        )  # fmt: skip
        assert first.rows[0].status_since == TODAY - 59 * DAY
        assert participant_page(viewer, wanted, 99).number == 2
        assert participant_page(viewer, Wanted(status=S.REFERRED, since_before=TODAY - 50 * DAY)).total == 10
        assert participant_counts(viewer)[S.REFERRED] == 60
        assert session.info["writing"]
