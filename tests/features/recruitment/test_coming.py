"""How somebody offers to help, is talked with and asked about, before training and before serving."""

import uuid

import pytest
from sqlalchemy import func, select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.features.accounts.models import Attempt
from peerlink.features.programmes.models import Programme
from peerlink.features.recruitment import service
from peerlink.features.recruitment.events import HelpOffered
from peerlink.features.recruitment.models import Screening
from peerlink.features.recruitment.queries import find_screening
from peerlink.features.recruitment.rules import A_NETWORK, EVERYBODY, OfferOfHelp, SettingsDraft
from peerlink.features.supervision.service import plan_next
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.recruitment_words import Preparation, TimeOfWeek
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.recruitment import beside, prepared
from tests.factories.training import trained
from tests.factories.volunteers import a_volunteer
from tests.features.recruitment.deeds import BY, DAY, TODAY, seen_by, zoe
from tests.support import cast

S = VolunteerStatus
OFFER = {"called": "Mai", "reach": "mai@example.org", "agreed": True}
OPEN = {"is_open": True, "notice": "We keep what you write for half a year.", "kept_months": 6}


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def opens_page(**said: object) -> None:
    with seen_by():
        service.keep_settings(SettingsDraft(**{**OPEN, **said}), by=BY)


def offers(network: str = "", **said: object) -> uuid.UUID:
    with transaction():
        return service.offer_help(OfferOfHelp(**{**OFFER, **said}), network=network).id


def test_nobody_offers_while_the_page_is_closed() -> None:
    with pytest.raises(NotFound):
        offers()


def test_an_offer_becomes_an_applicant_with_what_was_agreed_to() -> None:
    opens_page()
    times = (TimeOfWeek.EVENINGS,)
    new = offers(languages=("en", "sw"), times=times, why="I like to listen.")
    with seen_by() as viewer:
        mai = get_volunteer(new, viewer)
        assert (mai.status, mai.given_name, mai.email, mai.phone) == (
            S.APPLICANT,
            "Mai",
            OFFER["reach"],
            None,
        )
        assert set(mai.languages or {}) == {"en", "sw"}
        assert len(mai.availability or []) == 5
        kept = find_screening(new)
        assert kept is not None
        assert (kept.received_on, kept.agreed_on, kept.notice) == (TODAY, TODAY, 1)
        assert kept.why == "I like to listen."


def test_a_phone_number_is_kept_as_one() -> None:
    opens_page()
    new = offers(reach="+44 7700 900555")
    with seen_by() as viewer:
        assert get_volunteer(new, viewer).phone == "+44 7700 900555"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"called": " "}, "how we may call you"),
        ({"reach": ""}, "phone number or an e-mail"),
        ({"reach": "12"}, "five digits"),
        ({"reach": "mai@"}, "no e-mail|not an e-mail"),
        ({"agreed": False}, "only if you agree"),
        ({"why": "x" * 501}, "below 500"),
    ],
)
def test_an_offer_that_cannot_be_answered_is_refused(said: dict[str, object], sentence: str) -> None:
    opens_page()
    with pytest.raises(Refused, match=sentence):
        offers(**said)


def test_the_text_agreed_to_is_known_by_its_version() -> None:
    opens_page()
    opens_page(notice="We keep what you write for three months.")
    opens_page(notice="We keep what you write for three months.")
    new = offers()
    with seen_by():
        kept = find_screening(new)
        assert kept is not None
        assert kept.notice == 2


def test_offers_from_one_network_are_counted_and_let_through_an_hour_later() -> None:
    opens_page()
    for n in range(A_NETWORK):
        offers("203.0.113.7", reach=f"mai{n}@example.org")
    with pytest.raises(Refused, match="Try again in 60 minutes"):
        offers("203.0.113.99")
    offers("198.51.100.1")
    with clock.turned_to(clock.now() + DAY / 23):
        offers("203.0.113.7")


def test_offers_from_everywhere_are_counted_too() -> None:
    opens_page()
    with transaction():
        service.offer_help(OfferOfHelp(**OFFER), network="")
        session.scalars(select(Attempt)).one().failed = EVERYBODY
    with pytest.raises(Refused, match="Too many at once"):
        offers("192.0.2.1")


def test_coordinators_are_told_and_nobody_else() -> None:
    event = HelpOffered(by=None, volunteer_id=cast.ZOE_ID, tell=(BY,))
    (message,) = event.messages()
    assert (message.to, message.wording.value) == (BY, "update")
    opens_page()
    assert offers()


@pytest.mark.parametrize("text", ["For people with HIV", "an antiretroviral home"])
def test_a_page_anybody_reads_says_nothing_telling(text: str) -> None:
    for said in ({"welcome": text}, {"notice": text}):
        with pytest.raises(Refused, match="Anybody can read"):
            opens_page(**said)


def test_a_page_without_a_word_on_details_does_not_open() -> None:
    with pytest.raises(Refused, match="what happens with the details"):
        opens_page(notice=" ")


def in_screening(**said: object) -> Volunteer:
    new = get_volunteer(a_volunteer(**said), cast.CHIPO.viewer)
    volunteers.step(new, S.SCREENING, by=None)
    return new


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("interview", "getting to know each other"),
        ("stability", "how they are"),
        ("exposure", "being seen"),
        ("limits", "own limits"),
        ("reference", "1 of 2 so far"),
    ],
)
def test_training_waits_for_everything_to_be_talked_through(left_out: str, sentence: str) -> None:
    with seen_by():
        new = in_screening()
        prepared(new.id, but=left_out)
        with pytest.raises(Refused, match=sentence):
            volunteers.step(new, S.TRAINING, by=None)


@pytest.mark.parametrize(("until", "fine"), [(None, False), (-1, False), (0, True), (1, True)])
def test_training_waits_for_a_clearance_where_the_programme_asks_for_one(
    until: int | None, fine: bool
) -> None:
    with seen_by():
        session.scalars(select(Programme)).one().vetting_required = True
        new = in_screening()
        prepared(new.id)
        service.keep_vetting(new, TODAY, TODAY + until * DAY if until is not None else None, by=BY)
        if fine:
            volunteers.step(new, S.TRAINING, by=None)
        else:
            with pytest.raises(Refused, match="a valid clearance"):
                volunteers.step(new, S.TRAINING, by=None)


def test_a_reference_that_was_not_good_does_not_count() -> None:
    with seen_by():
        new = in_screening()
        prepared(new.id)
        service.drop_reference(new, 0, by=BY)
        service.ask_reference(new, "a neighbour", TODAY, by=BY)
        service.answer_reference(new, 1, TODAY, good=False, by=BY)
        with pytest.raises(Refused, match="1 of 2 so far"):
            volunteers.step(new, S.TRAINING, by=None)
        service.answer_reference(new, 1, TODAY, good=True, by=BY)
        volunteers.step(new, S.TRAINING, by=None)


def test_what_was_written_by_mistake_is_taken_out_again() -> None:
    with seen_by():
        new = in_screening()
        prepared(new.id)
        service.take_back_preparation(new, Preparation.EXPOSURE, by=BY)
        with pytest.raises(Refused, match="being seen"):
            volunteers.step(new, S.TRAINING, by=None)
        with pytest.raises(NotFound):
            service.drop_reference(new, 2, by=BY)


@pytest.mark.parametrize(("capacity", "hours"), [(None, 8), (2, None), (0, 8)])
def test_limits_are_agreed_with_numbers(capacity: int | None, hours: int | None) -> None:
    with seen_by(), pytest.raises(Refused, match="Agree on both"):
        service.agree_limits(zoe(), capacity, hours, (), TODAY, by=BY)


def test_agreeing_on_limits_keeps_times_and_ways() -> None:
    with seen_by():
        one = zoe()
        before = (one.channels, one.availability, one.places)
        service.agree_limits(one, 1, 4, ("violence",), TODAY, by=BY)
        assert (one.capacity, one.agreed_hours, one.limits) == (1, 4, ["violence"])
        assert (one.channels, one.availability, one.places) == before


def test_somebody_serves_with_a_fellow_volunteer_at_their_side() -> None:
    with seen_by():
        new = in_screening(
            capacity=1, agreed_hours=4, supervisor_id=cast.DANA.viewer.account_id, agreement_on=TODAY
        )
        prepared(new.id)
        volunteers.step(new, S.TRAINING, by=None)
        trained(new.id)
        with pytest.raises(Refused, match="Name a buddy"):
            volunteers.step(new, S.ACTIVE, by=None)
        for wrong in (new.id, a_volunteer()):
            with pytest.raises(Refused, match="another volunteer who is active"):
                beside(new.id, wrong)
        beside(new.id, cast.BEN_ID)
        plan_next(new, by=cast.DANA.viewer.account_id)
        volunteers.step(new, S.ACTIVE, by=None)


def test_the_first_of_a_programme_needs_nobody_beside() -> None:
    with seen_by():
        for one in session.scalars(select(Volunteer)):
            one.status = S.TRAINING
        service.check_beside(zoe())


def test_whoever_comes_back_is_talked_with_anew() -> None:
    with seen_by():
        one = zoe()
        prepared(one.id)
        volunteers.step(one, S.LEFT, by=None, reason="moved")
        volunteers.step(one, S.APPLICANT, by=None)
        assert (one.keep_until, one.leaving_on) == (None, None)
        volunteers.step(one, S.SCREENING, by=None)
        with pytest.raises(Refused, match="getting to know"):
            volunteers.step(one, S.TRAINING, by=None)


def test_screening_is_one_record_of_one_person() -> None:
    with seen_by():
        prepared(cast.ZOE_ID)
        assert session.scalar(select(func.count()).select_from(Screening)) == 1


@pytest.mark.parametrize("person", [cast.ZOE, cast.DANA, cast.PRIYA, cast.PRU, cast.ADA])
def test_what_was_talked_through_opens_for_coordinators_only(person: cast.Person) -> None:
    with seen_by():
        prepared(cast.ZOE_ID)
    with seen_by(person.viewer):
        gate.admit([cast.ZOE_ID])
        kept = find_screening(cast.ZOE_ID)
        assert kept is not None
        with pytest.raises(gate.Closed):
            _ = kept.steps
