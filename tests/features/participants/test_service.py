"""What can be done with a participant's record, and what is refused."""

import uuid

import pytest

from peerlink.errors import Conflict, Refused
from peerlink.features.participants import service
from peerlink.features.participants.queries import find_participant_by_ref, get_participant
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.roles import Role, Viewer
from peerlink.store import history
from tests.factories.participants import a_participant, participant_draft
from tests.features.participants.desk import DAY, TODAY, chipo
from tests.support import cast

S = ParticipantStatus
pytestmark = pytest.mark.usefixtures("the_cast")


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
