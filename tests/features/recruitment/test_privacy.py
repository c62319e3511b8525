"""A volunteer's name, where they are shown and what protects them are theirs to say."""

import datetime as dt

import pytest

from peerlink.errors import Refused
from peerlink.features.accounts.models import Account
from peerlink.features.recruitment import service
from peerlink.features.recruitment.queries import find_privacy_plan, plans_to_agree, privacy_plans_agreed
from peerlink.features.recruitment.rules import PlanDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer, may_show, search_volunteers
from peerlink.framework.recruitment_words import PrivacyMeasure, ShownAs, ShownIn
from peerlink.store import gate
from peerlink.store.session import session
from tests.features.recruitment.deeds import DAY, TODAY, seen_by
from tests.support import cast

AMINA, DANA = cast.AMINA.viewer.account_id, cast.DANA.viewer.account_id
CHANGES = {"worry": "My aunt comes to Riverside.", "measures": (PrivacyMeasure.PLACE,)}


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def amina() -> Volunteer:
    return get_volunteer(cast.AMINA_ID, cast.AMINA.viewer)


@pytest.mark.parametrize(
    ("shown_as", "alias", "called"),
    [
        (ShownAs.INITIAL, None, "Amina A."),
        (ShownAs.GIVEN_NAME, None, "Amina"),
        (ShownAs.ALIAS, "Wren", "Wren"),
        (ShownAs.GIVEN_NAME, "Wren", "Amina"),
    ],
)
def test_the_team_sees_the_name_somebody_chose(shown_as: ShownAs, alias: str | None, called: str) -> None:
    with seen_by(cast.AMINA.viewer):
        service.choose_name(amina(), shown_as, alias, by=AMINA)
        assert amina().called == called
    with seen_by() as viewer:
        assert get_volunteer(cast.AMINA_ID, viewer).called == called
        if alias:
            assert [one.id for one in search_volunteers("wren", viewer)] == [cast.AMINA_ID]
        with gate.opened("a test looks"):
            assert session.get_one(Account, AMINA).name == called


def test_another_name_is_typed_before_it_is_shown() -> None:
    with seen_by(cast.AMINA.viewer):
        with pytest.raises(Refused, match="Type the name"):
            service.choose_name(amina(), ShownAs.ALIAS, " ", by=AMINA)
        service.choose_name(amina(), ShownAs.ALIAS, "Wren", by=AMINA)
        service.choose_name(amina(), ShownAs.INITIAL, None, by=AMINA)
        service.choose_name(amina(), ShownAs.ALIAS, None, by=AMINA)
        assert amina().called == "Wren"


@pytest.mark.parametrize("where", ShownIn)
def test_nobody_is_shown_anywhere_before_they_agreed_and_not_after_they_took_it_back(where: ShownIn) -> None:
    with seen_by(cast.AMINA.viewer):
        assert not may_show(amina(), where)
        service.allow_showing(amina(), where, by=AMINA)
        assert [one for one in ShownIn if may_show(amina(), one)] == [where]
        with pytest.raises(Refused, match="agreed already"):
            service.allow_showing(amina(), where, by=AMINA)
        service.forbid_showing(amina(), where, by=AMINA)
        assert not may_show(amina(), where)
        said = (amina().shown_in or {})[where.value]
        assert said == {"given_on": TODAY.isoformat(), "taken_back_on": TODAY.isoformat()}
        with pytest.raises(Refused, match="taken back already"):
            service.forbid_showing(amina(), where, by=AMINA)
        service.allow_showing(amina(), where, by=AMINA)
        assert may_show(amina(), where)


def test_a_plan_is_a_wish_until_both_agree_and_again_when_it_is_changed() -> None:
    with seen_by(cast.AMINA.viewer):
        service.keep_plan(amina(), PlanDraft(**CHANGES), by=AMINA)
        assert privacy_plans_agreed(TODAY) == {}
    with seen_by(cast.DANA.viewer) as viewer:
        assert [one.id for one in plans_to_agree(viewer)] == [cast.AMINA_ID]
        hers = get_volunteer(cast.AMINA_ID, viewer)
        service.keep_plan(hers, PlanDraft(**CHANGES, review_on=TODAY + DAY), by=DANA, agreed=True)
        assert privacy_plans_agreed(TODAY) == {cast.AMINA_ID: TODAY}
        assert privacy_plans_agreed(TODAY - DAY) == {}
        assert not plans_to_agree(viewer)
    with seen_by(cast.AMINA.viewer):
        service.keep_plan(amina(), PlanDraft(**CHANGES, how="By phone only."), by=AMINA)
        plan = find_privacy_plan(cast.AMINA_ID)
        assert plan is not None
        assert (plan.agreed_on, plan.how, plan.agreed_with) == (None, "By phone only.", None)


@pytest.mark.parametrize(
    ("said", "agreed", "sentence"),
    [
        ({}, True, "at least one thing"),
        ({"measures": (PrivacyMeasure.TIME,)}, True, "on which day"),
        ({"review_on": TODAY}, False, "within the next year"),
        ({"review_on": TODAY + dt.timedelta(days=367)}, False, "within the next year"),
        ({"worry": "x" * 501}, False, "below 500"),
        ({}, False, "what worries you"),
        ({"worry": " ", "how": "\n"}, False, "what worries you"),
    ],
)
def test_a_plan_that_protects_nobody_is_refused(said: dict[str, object], agreed: bool, sentence: str) -> None:
    with seen_by(cast.AMINA.viewer), pytest.raises(Refused, match=sentence):
        service.keep_plan(amina(), PlanDraft(**said), by=AMINA, agreed=agreed)


@pytest.mark.parametrize("person", [cast.PRIYA, cast.PRU, cast.ADA])
def test_a_plan_opens_for_nobody_else(person: cast.Person) -> None:
    with seen_by(cast.AMINA.viewer):
        service.keep_plan(amina(), PlanDraft(**CHANGES), by=AMINA)
    with seen_by(person.viewer):
        gate.admit([cast.AMINA_ID])
        plan = find_privacy_plan(cast.AMINA_ID)
        assert plan is not None
        with pytest.raises(gate.Closed):
            _ = plan.worry
