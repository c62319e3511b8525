"""Who finds whom among the participants, and how a list is narrowed."""

import uuid

import pytest

from peerlink.errors import NotFound
from peerlink.features.participants import service
from peerlink.features.participants.queries import (
    Wanted,
    get_participant,
    participant_counts,
    participant_page,
    search_participants,
)
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.roles import Role, Viewer
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.participants import a_participant, participant_draft
from tests.features.participants.desk import DAY, TODAY, chipo
from tests.support import cast

S = ParticipantStatus
pytestmark = pytest.mark.usefixtures("the_cast")


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


def test_who_waits_stands_first_however_short() -> None:
    with transaction(), gate.opened("a test makes somebody up"):
        service.add_participant(participant_draft(given_name="Old", referred_on=TODAY - 900 * DAY), by=None)
    with chipo() as viewer:
        first = participant_page(viewer, Wanted()).rows[0]
        assert first.id == cast.GIFT_ID
        assert first.status is S.WAITING
