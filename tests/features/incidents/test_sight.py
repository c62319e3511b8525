"""Who sees an incident: whoever it concerns by duty, and never whoever it is about."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerlink.errors import NotFound
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.queries import (
    about_of,
    concerns_open,
    exposures,
    get_incident,
    handlers_of,
    listed,
    safeguarding_open,
    violence_open,
)
from peerlink.features.indicators.gather import participant_facts
from peerlink.features.matching.sources import concern_sources, named_by
from peerlink.framework.incident_words import CONCERNS, HARM, PRIVATE, IncidentStatus, IncidentType
from peerlink.roles import Role, Viewer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.incidents.telling import TODAY, access_of, reported, the_one
from tests.support import cast

T, S = IncidentType, IncidentStatus
ELSEWHERE = uuid.UUID(int=303)
FARAI = Viewer(uuid.UUID(int=10), frozenset({Role.COORDINATOR}), site_id=ELSEWHERE)


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def sees(viewer: Viewer, incident_id: uuid.UUID) -> bool:
    with reading(), gate.access(access_of(viewer)):
        try:
            one = get_incident(incident_id, viewer)
        except NotFound:
            assert incident_id not in {row.id for row in listed(viewer)}
            return False
        assert one.what
        return True


@pytest.mark.parametrize("kind", sorted(T))
def test_each_duty_sees_its_own_types(kind: IncidentType) -> None:
    one = reported(kind, by=None)
    assert sees(cast.CHIPO.viewer, one)
    assert sees(cast.SADE.viewer, one) is (kind in HARM)
    assert sees(cast.PRU.viewer, one) is (kind in PRIVATE)
    for nobody in (cast.AMINA, cast.BEN, cast.ZOE, cast.DANA, cast.SOL, cast.PRIYA, cast.ADA):
        assert not sees(nobody.viewer, one)


def test_a_coordinator_of_one_site_sees_what_is_about_its_people_or_nobody() -> None:
    assert not sees(FARAI, reported(participant_id=cast.EFE_ID))
    assert sees(FARAI, reported())
    at_riverside = Viewer(FARAI.account_id, FARAI.roles, site_id=cast.SITE_ID)
    assert sees(at_riverside, reported(participant_id=cast.EFE_ID))


def test_a_named_handler_sees_it_and_not_whom_the_volunteer_supports() -> None:
    incident_id = reported(T.COMPLAINT, volunteer_id=cast.AMINA_ID, participant_id=cast.EFE_ID)
    with transaction(), gate.opened("a test hands over"):
        the_one(incident_id).handler_id = cast.DANA.viewer.account_id
    assert sees(cast.DANA.viewer, incident_id)
    assert not sees(cast.SOL.viewer, incident_id)
    with reading(), gate.access(access_of(cast.DANA.viewer)):
        about = about_of(get_incident(incident_id, cast.DANA.viewer), cast.DANA.viewer)
    assert (about.volunteer, about.participant) == ("Amina A.", "–")
    with reading(), gate.access(access_of(cast.CHIPO.viewer)):
        about = about_of(get_incident(incident_id, cast.CHIPO.viewer), cast.CHIPO.viewer)
    assert about.participant == "Efebird"


ROLE_SETS = st.frozensets(st.sampled_from(list(Role)), min_size=1)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROLE_SETS, st.sampled_from(list(T)), st.booleans(), st.booleans())
def test_nobody_sees_what_is_about_them_whatever_their_roles(
    roles: frozenset[Role], kind: IncidentType, as_volunteer: bool, as_handler: bool
) -> None:
    person = cast.AMINA_ID if as_volunteer else None
    account = cast.AMINA.viewer.account_id
    about = {"volunteer_id": person} if as_volunteer else {"about_account_id": account}
    viewer = Viewer(account, roles, cast.AMINA_ID, None)
    incident_id = reported(kind, by=None, **about)
    with transaction(), gate.opened("a test asks who might handle it"):
        one = the_one(incident_id)
        if as_handler:
            one.handler_id = account
        assert account not in {handler.account_id for handler in handlers_of(one)}
    assert not sees(viewer, incident_id)


@pytest.mark.parametrize("person", [cast.CHIPO, cast.DANA, cast.PRIYA, cast.SADE, cast.PRU])
def test_nobody_can_be_given_what_is_about_them(person: cast.Person) -> None:
    account = person.viewer.account_id
    about, other = reported(T.COMPLAINT, about_account_id=account), reported(T.COMPLAINT)
    with transaction(), gate.opened("a test asks who might handle it"):
        assert account not in {one.account_id for one in handlers_of(the_one(about))}
        assert account in {one.account_id for one in handlers_of(the_one(other))}


def closed(incident_id: uuid.UUID) -> None:
    with transaction(), gate.opened("a test closes an incident"):
        one = session.get_one(Incident, incident_id)
        one.status, one.closed_on = S.CLOSED, TODAY


@pytest.mark.parametrize("kind", sorted(T))
def test_a_concern_stands_against_new_matches_until_it_is_closed(kind: IncidentType) -> None:
    incident_id = reported(kind, volunteer_id=cast.ZOE_ID)
    reported(kind, participant_id=cast.EFE_ID)
    with reading():
        expected = {cast.ZOE_ID} if kind in CONCERNS else set()
        assert concerns_open(TODAY) == expected
        assert named_by(concern_sources, TODAY) == expected
        assert set(exposures(TODAY)) == ({cast.ZOE_ID} if kind is T.VOLUNTEER_EXPOSED else set())
        assert exposures(TODAY, [cast.BEN_ID]) == {}
        assert violence_open(TODAY) == ({cast.ZOE_ID} if kind is T.VIOLENCE_OR_THREAT else set())
        assert concerns_open(TODAY.replace(year=TODAY.year - 1)) == set()
    closed(incident_id)
    with reading():
        assert concerns_open(TODAY) == violence_open(TODAY) == set()
        assert not any(is_open for _on, is_open in exposures(TODAY).values())


@pytest.mark.parametrize("kind", sorted(T))
def test_a_safeguarding_incident_counts_for_its_participant_while_it_is_open(kind: IncidentType) -> None:
    def n() -> int:
        with reading(), gate.opened("a test counts"):
            assert participant_facts(TODAY)[cast.FOLA_ID].n_safeguarding_open == 0
            return participant_facts(TODAY, {cast.EFE_ID})[cast.EFE_ID].n_safeguarding_open

    assert n() == 0
    incident_id = reported(kind, participant_id=cast.EFE_ID)
    assert n() == (1 if kind in {T.SAFEGUARDING_ADULT, T.SAFEGUARDING_CHILD} else 0)
    closed(incident_id)
    assert n() == 0
    with reading():
        assert safeguarding_open(TODAY) == {}
