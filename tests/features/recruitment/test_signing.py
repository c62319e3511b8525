"""Agreements are published in versions; a volunteer without the one in force gets nobody new (H4)."""

import datetime as dt

import pytest

from peerlink.errors import Refused
from peerlink.features.matching.gather import places_known, volunteer_profiles
from peerlink.features.matching.rules import has_agreed
from peerlink.features.recruitment import service
from peerlink.features.recruitment.models import AgreementText
from peerlink.features.recruitment.queries import current_text, texts_of
from peerlink.features.recruitment.rules import Published, unsigned
from peerlink.features.supervision.service import plan_next
from peerlink.features.volunteers import service as volunteers
from peerlink.framework.recruitment_words import SignedHow, TextKind
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store.session import session
from tests.factories.recruitment import beside
from tests.factories.training import trained
from tests.features.recruitment.deeds import BY, DAY, TODAY, publishes, seen_by, zoe
from tests.support import cast

ROLE, QUIET = TextKind.ROLE, TextKind.CONFIDENTIALITY
PAPER, SCREEN = SignedHow.ON_PAPER, SignedHow.ON_SCREEN


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def dated(text: AgreementText, on: dt.date) -> AgreementText:
    text.published_on = on
    session.flush()
    return text


def holds_h4(day: dt.date = TODAY) -> bool:
    (profile,) = volunteer_profiles([zoe()], day, places_known())
    return has_agreed(profile, day)


def signs(text: AgreementText, on: dt.date = TODAY, how: SignedHow = SCREEN) -> None:
    service.sign(zoe(), text, how, on, by=BY)


def test_versions_are_numbered_and_kept() -> None:
    with seen_by():
        publishes(text="First.")
        publishes(text="Second.")
        publishes(QUIET, "Quiet.")
        assert [(one.number, one.text) for one in texts_of(ROLE)] == [(2, "Second."), (1, "First.")]
        newest = current_text(QUIET)
        assert newest is not None
        assert newest.number == 1


@pytest.mark.parametrize(("text", "sentence"), [(" ", "Write the text"), (" First. ", "in force already")])
def test_nothing_and_the_same_again_are_not_published(text: str, sentence: str) -> None:
    with seen_by():
        publishes(text="First.")
        with pytest.raises(Refused, match=sentence):
            publishes(text=text)


def test_without_any_text_the_day_on_record_is_enough() -> None:
    with seen_by():
        assert holds_h4()
        zoe().agreement_on = None
        assert not holds_h4()


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (1, True)])
def test_a_day_from_elsewhere_counts_for_what_was_published_up_to_it(days: int, fine: bool) -> None:
    with seen_by():
        zoe().agreement_on = TODAY - 10 * DAY + days * DAY
        dated(publishes(ROLE), TODAY - 30 * DAY)
        dated(publishes(QUIET), TODAY - 10 * DAY)
        assert holds_h4() is fine


def test_both_texts_in_force_must_be_signed() -> None:
    with seen_by():
        role, quiet = publishes(ROLE), publishes(QUIET)
        zoe().agreement_on = None
        signs(role)
        assert (zoe().agreement_on, holds_h4()) == (None, False)
        signs(quiet)
        assert (zoe().agreement_on, holds_h4()) == (TODAY, True)


def test_the_day_on_record_is_the_day_both_are_signed() -> None:
    with seen_by():
        zoe().agreement_on = None
        role, quiet = (dated(publishes(kind), TODAY - 9 * DAY) for kind in (ROLE, QUIET))
        signs(quiet, TODAY - 2 * DAY)
        signs(role, TODAY - 5 * DAY, PAPER)
        assert zoe().agreement_on == TODAY - 2 * DAY


def test_a_new_version_is_signed_anew_even_on_the_day_the_one_before_was() -> None:
    with seen_by():
        zoe().agreement_on = None
        for kind in (ROLE, QUIET):
            signs(publishes(kind))
        assert holds_h4()
        new = publishes(ROLE, "We meet as equals, and on time.")
        assert not holds_h4()
        assert service.open_texts(zoe()) == {new.id}
        signs(new)
        assert holds_h4()


def test_the_text_for_applicants_is_signed_by_nobody() -> None:
    with seen_by():
        notice = publishes(TextKind.DATA_NOTICE, "We keep it.")
        assert holds_h4()
        with pytest.raises(Refused, match="newer version"):
            signs(notice)


def test_what_is_not_in_force_or_signed_already_is_not_signed() -> None:
    with seen_by():
        zoe().agreement_on = None
        old = publishes(text="First.")
        new = dated(publishes(text="Second."), TODAY - 3 * DAY)
        for text, on, sentence in (
            (old, TODAY, "newer version"),
            (new, TODAY - 4 * DAY, "published later"),
            (new, TODAY + DAY, "today or a day before"),
        ):
            with pytest.raises(Refused, match=sentence):
                signs(text, on)
        signs(new)
        with pytest.raises(Refused, match="signed already"):
            signs(new)


def test_nobody_begins_to_serve_without_the_version_in_force() -> None:
    with seen_by():
        one = zoe()
        one.status, one.supervisor_id = VolunteerStatus.TRAINING, cast.DANA.viewer.account_id
        trained(one.id)
        beside(one.id, cast.BEN_ID)
        text = publishes()
        one.agreement_on = TODAY - DAY
        with pytest.raises(Refused, match="version that is in force"):
            volunteers.step(one, VolunteerStatus.ACTIVE, by=None)
        signs(text)
        plan_next(one, by=cast.DANA.viewer.account_id)
        volunteers.step(one, VolunteerStatus.ACTIVE, by=None)


def test_coming_back_from_a_pause_waits_for_no_signature() -> None:
    with seen_by():
        one = zoe()
        one.supervisor_id = cast.DANA.viewer.account_id
        trained(one.id)
        volunteers.step(one, VolunteerStatus.PAUSED, by=None, reason="health", review_on=TODAY + DAY)
        dated(publishes(), TODAY)
        volunteers.step(one, VolunteerStatus.ACTIVE, by=None)
        assert not holds_h4()


TEXT = Published(cast.ZOE_ID, TODAY)


@pytest.mark.parametrize(
    ("signed", "agreement_on", "of_a_signing", "open_"),
    [
        (set(), None, False, True),
        ({cast.ZOE_ID}, None, True, False),
        (set(), TODAY - DAY, False, True),
        (set(), TODAY, False, False),
        (set(), TODAY, True, True),
        (set(), TODAY + DAY, True, False),
        (set(), TODAY + DAY, False, False),
    ],
)
def test_what_counts_as_signed(
    signed: set[object], agreement_on: dt.date | None, of_a_signing: bool, open_: bool
) -> None:
    found = unsigned([TEXT], signed, agreement_on, is_of_a_signing=of_a_signing)
    assert bool(found) is open_
