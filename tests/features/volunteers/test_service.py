"""What can be done with a volunteer's record, and what is refused."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from peerlink import clock
from peerlink.errors import Conflict, NotFound, Refused
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.supervision import service as supervision
from peerlink.features.volunteers import service
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import Wanted, get_volunteer, search_volunteers, volunteer_page
from peerlink.features.volunteers.rules import OfferDraft
from peerlink.framework.months import months_later
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.recruitment import beside, prepared
from tests.factories.training import trained
from tests.factories.volunteers import a_volunteer, volunteer_draft
from tests.support import cast

S = VolunteerStatus
TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)
READY = {
    "capacity": 3,
    "agreed_hours": 10,
    "supervisor_id": cast.DANA.viewer.account_id,
    "agreement_on": TODAY,
}


@contextmanager
def seen_by(viewer: Viewer = cast.CHIPO.viewer) -> Iterator[Viewer]:
    with transaction(), gate.access(gate.Access(viewer.account_id, viewer.opens(), set())):
        yield viewer


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def test_somebody_added_applies_today() -> None:
    new = a_volunteer()
    with seen_by() as viewer:
        found = get_volunteer(new, viewer)
        assert (found.status, found.status_since, found.joined_on) == (S.APPLICANT, TODAY, None)
        assert search_volunteers("mokoen", viewer) == [found]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"capacity": 41}, "0 to 40 people"),
        ({"capacity": -1}, "0 to 40 people"),
        ({"agreed_hours": 201}, "0 to 200 hours"),
        ({"diagnosed_year": 1987}, "year of birth"),
        ({"diagnosed_year": TODAY.year + 1}, "still to come"),
        ({"agreement_on": TODAY + DAY}, "day to come"),
        ({"life_stages": ("wizard",)}, "no stage of life"),
    ],
)
def test_a_record_that_cannot_be_right_is_refused(said: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        a_volunteer(**said)


def in_training(**said: object) -> Volunteer:
    volunteer = get_volunteer(a_volunteer(**{**READY, **said}), cast.CHIPO.viewer)
    service.step(volunteer, S.SCREENING, by=None)
    prepared(volunteer.id)
    service.step(volunteer, S.TRAINING, by=None)
    beside(volunteer.id, cast.BEN_ID)
    return volunteer


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ({"capacity": None}, "how many people"),
        ({"agreed_hours": None}, "agreed hours"),
        ({"supervisor_id": None}, "a supervisor"),
        ({"agreement_on": None}, "agreement"),
        ({"vetting_until": TODAY - DAY}, "clearance"),
    ],
)
def test_nobody_serves_before_everything_is_agreed(left_out: dict[str, object], sentence: str) -> None:
    with seen_by():
        volunteer = in_training(**left_out)
        trained(volunteer.id)
        with pytest.raises(Refused, match=sentence):
            service.step(volunteer, S.ACTIVE, by=None)


def test_nobody_serves_without_valid_mandatory_training() -> None:
    with seen_by():
        volunteer = in_training(vetting_until=TODAY)
        with pytest.raises(Refused, match="No mandatory training"):
            service.step(volunteer, S.ACTIVE, by=None)
        trained(volunteer.id, valid_until=TODAY - DAY)
        with pytest.raises(Refused, match="run out: Knowledge"):
            service.step(volunteer, S.ACTIVE, by=None)
        trained(volunteer.id, completed_on=TODAY, valid_until=TODAY)
        with pytest.raises(Refused, match="No first session"):
            service.step(volunteer, S.ACTIVE, by=None)
        supervision.plan_next(volunteer, by=None)
        service.step(volunteer, S.ACTIVE, by=None)
        assert (volunteer.status, volunteer.joined_on) == (S.ACTIVE, TODAY)


@pytest.mark.parametrize(
    ("to", "reason", "sentence"),
    [
        (S.TRAINING, None, "cannot go from"),
        (S.PAUSED, None, "look at this again"),
        (S.LEFT, None, "choose a reason"),
        (S.LEFT, "goals_met", "not one of the reasons"),
    ],
)
def test_impossible_steps_are_refused_in_words(
    to: VolunteerStatus, reason: str | None, sentence: str
) -> None:
    with seen_by() as viewer, pytest.raises(Refused, match=sentence):
        service.step(get_volunteer(cast.AMINA_ID, viewer), to, by=None, reason=reason)


@pytest.mark.parametrize(("days", "fine"), [(0, False), (1, True), (60, True), (61, False)])
def test_a_pause_is_looked_at_again_within_sixty_days(days: int, fine: bool) -> None:
    with seen_by() as viewer:
        amina = get_volunteer(cast.AMINA_ID, viewer)
        said = {"by": None, "reason": "overload", "review_on": TODAY + days * DAY}
        if fine:
            service.step(amina, S.PAUSED, **said)
            assert amina.status is S.PAUSED
        else:
            with pytest.raises(Refused, match="within 60 days"):
                service.step(amina, S.PAUSED, **said)


def test_whoever_leaves_loses_access_the_same_day() -> None:
    with seen_by() as viewer:
        zoe = get_volunteer(cast.ZOE_ID, viewer)
        service.step(zoe, S.LEFT, by=None, reason="moved")
        assert zoe.keep_until == months_later(TODAY, 24)
        assert session.get_one(Account, cast.ZOE.viewer.account_id).state is AccountState.CLOSED


def test_a_room_above_may_refuse_that_somebody_leaves() -> None:
    def open_matches(_volunteer: Volunteer) -> None:
        raise Refused("two matches are open")

    service.check_before(S.LEFT, open_matches)
    try:
        with seen_by() as viewer, pytest.raises(Refused, match="two matches"):
            service.step(get_volunteer(cast.ZOE_ID, viewer), S.LEFT, by=None, reason="moved")
    finally:
        service._checks[S.LEFT].remove(open_matches)


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (365, True), (366, False)])
def test_new_people_are_put_off_for_up_to_a_year(days: int, fine: bool) -> None:
    with seen_by() as viewer:
        amina = get_volunteer(cast.AMINA_ID, viewer)
        if not fine:
            with pytest.raises(Refused, match="within a year"):
                service.pause_new_matches(amina, TODAY + days * DAY, by=None)
            return
        service.pause_new_matches(amina, TODAY + days * DAY, by=None)
        assert amina.no_new_matches_until == TODAY + days * DAY
        service.resume_new_matches(amina, by=None)
        assert amina.no_new_matches_until is None


def test_a_volunteer_changes_what_they_offer() -> None:
    with seen_by(cast.AMINA.viewer) as viewer:
        amina = get_volunteer(cast.AMINA_ID, viewer)
        service.change_offer(amina, OfferDraft(capacity=2, availability=("fri 9-11",)), by=viewer.account_id)
        assert (amina.capacity, amina.availability) == (2, ["fri 09:00-11:00"])
        with pytest.raises(Refused):
            service.change_offer(amina, OfferDraft(capacity=99), by=viewer.account_id)


def test_the_second_to_save_is_told() -> None:
    with seen_by() as viewer:
        amina = get_volunteer(cast.AMINA_ID, viewer)
        read = amina.version
        service.change_details(amina, volunteer_draft(), version=read, by=None)
    with seen_by() as viewer, pytest.raises(Conflict):
        service.change_details(get_volunteer(cast.AMINA_ID, viewer), volunteer_draft(), version=read, by=None)


@pytest.mark.parametrize(
    ("person", "reach"),
    [
        (cast.CHIPO, {cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID}),
        (cast.DANA, {cast.AMINA_ID}),
        (cast.SOL, {cast.BEN_ID}),
        (cast.AMINA, {cast.AMINA_ID}),
        (cast.ADA, set()),
        (cast.PRIYA, set()),
        (cast.PRU, set()),
    ],
)
def test_each_sees_their_own(person: cast.Person, reach: set[object]) -> None:
    with seen_by(person.viewer) as viewer:
        assert {one.id for one in volunteer_page(viewer, Wanted()).rows} == reach
        for one in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID):
            if one not in reach:
                with pytest.raises(NotFound):
                    get_volunteer(one, viewer)


def test_a_list_is_narrowed() -> None:
    a_volunteer()
    with seen_by() as viewer:
        for wanted, n in (
            (Wanted(), 4),
            (Wanted(status=S.APPLICANT), 1),
            (Wanted(status=S.LEFT), 0),
            (Wanted(site_id=cast.SITE_ID), 3),
            (Wanted(supervisor_id=cast.DANA.viewer.account_id), 1),
            (Wanted(nobody_supervises=True), 2),
            (Wanted(everybody=True), 4),
        ):
            assert volunteer_page(viewer, wanted).total == n
