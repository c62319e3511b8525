"""What makes a contact a contact, on both sides of every line."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.errors import Refused
from peerlink.features.contacts import rules
from peerlink.framework.parameters import Limits
from peerlink.framework.support import BITS, SupportArea, areas_of, codes
from peerlink.framework.vocabularies import (
    HEAVY,
    NEGATIVE,
    ContactStatus,
    DifficultyTag,
    MatchStatus,
    MissedBy,
)
from tests.factories.contacts import a_draft

NOW = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.UTC)
LONDON = "Europe/London"
HOUR, DAY, MINUTE = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(minutes=1)


def check(*, staff: bool = False, **said: object) -> None:
    draft = a_draft(**({"at": NOW - HOUR} | said))
    rules.check_draft(draft, NOW, LONDON, Limits(), staff=staff)


def test_a_contact_does_not_lie_in_the_future() -> None:
    check(at=NOW)
    check(at=NOW + rules.CLOCK_SLACK)
    with pytest.raises(Refused, match="future"):
        check(at=NOW + rules.CLOCK_SLACK + MINUTE)


def test_a_volunteer_logs_within_31_days() -> None:
    check(at=NOW - 31 * DAY)
    with pytest.raises(Refused, match="coordinator"):
        check(at=NOW - 31 * DAY - MINUTE)


def test_a_coordinator_logs_later_with_a_reason() -> None:
    check(staff=True, at=NOW - 90 * DAY, late_reason="found in a paper diary")
    with pytest.raises(Refused, match="why"):
        check(staff=True, at=NOW - 90 * DAY)


@pytest.mark.parametrize(("minutes", "fits"), [(4, False), (5, True), (240, True), (241, False), (0, False)])
def test_a_held_contact_lasts_5_to_240_minutes(minutes: int, fits: bool) -> None:
    if fits:
        check(minutes=minutes)
    else:
        with pytest.raises(Refused, match="5 to 240"):
            check(minutes=minutes)


def test_a_held_contact_says_how() -> None:
    with pytest.raises(Refused, match="how"):
        check(channel=None)


def test_a_held_contact_need_not_say_with_what_it_helped() -> None:
    check(support=frozenset())


@pytest.mark.parametrize("status", [ContactStatus.MISSED, ContactStatus.CANCELLED])
def test_what_fell_through_says_on_whose_side(status: ContactStatus) -> None:
    check(status=status, channel=None, minutes=0, missed_by=MissedBy.BOTH)
    with pytest.raises(Refused, match="side"):
        check(status=status, channel=None, minutes=0)


def test_a_plan_lies_ahead_but_not_too_far() -> None:
    check(status=ContactStatus.PLANNED, at=NOW + DAY)
    check(status=ContactStatus.PLANNED, at=NOW + 180 * DAY)
    with pytest.raises(Refused, match="passed"):
        check(status=ContactStatus.PLANNED, at=NOW - HOUR)
    with pytest.raises(Refused, match="half a year"):
        check(status=ContactStatus.PLANNED, at=NOW + 180 * DAY + MINUTE)


def test_a_note_has_at_most_500_characters() -> None:
    check(note="a" * 500)
    with pytest.raises(Refused, match="501"):
        check(note="a" * 501)


def test_a_promise_is_for_the_day_of_the_contact_or_later() -> None:
    check(promise="send the form", promise_due=NOW.date())
    with pytest.raises(Refused, match="before"):
        check(promise="send the form", promise_due=NOW.date() - DAY)


def test_nothing_is_logged_for_a_match_that_is_not_open() -> None:
    day = NOW.date()
    for status in (MatchStatus.ACCEPTED, MatchStatus.ACTIVE, MatchStatus.PAUSED):
        rules.check_open(status, None, day)
    rules.check_open(MatchStatus.ENDED, day, day)
    for status in (MatchStatus.PROPOSED, MatchStatus.DECLINED, MatchStatus.EXPIRED, MatchStatus.CANCELLED):
        with pytest.raises(Refused):
            rules.check_open(status, None, day)
    with pytest.raises(Refused):
        rules.check_open(MatchStatus.ENDED, day - DAY, day)


def test_a_contact_is_called_off_24_hours_before() -> None:
    rules.check_notice(NOW + 24 * HOUR, NOW)
    with pytest.raises(Refused, match="24 hours"):
        rules.check_notice(NOW + 24 * HOUR - MINUTE, NOW)


@pytest.mark.parametrize(
    ("clock_says", "late"),
    [("06:59", True), ("07:00", False), ("18:59", False), ("19:00", True)],
)
def test_out_of_hours_is_told_in_the_programmes_own_time(clock_says: str, late: bool) -> None:
    """London is an hour ahead of UTC in June: 08:00 there is 07:00 UTC."""
    moment = dt.datetime.fromisoformat(f"2026-06-14T{clock_says}:00+00:00")
    assert rules.is_late(moment, LONDON, Limits()) is late


def test_the_day_is_the_programmes_day() -> None:
    assert rules.day_of(dt.datetime(2026, 6, 14, 23, 30, tzinfo=dt.UTC), LONDON) == dt.date(2026, 6, 15)


def test_its_author_changes_it_for_seven_days() -> None:
    assert rules.may_change(NOW - 7 * DAY, NOW)
    assert not rules.may_change(NOW - 7 * DAY - MINUTE, NOW)
    assert not rules.may_change(None, NOW)


@given(st.sets(st.sampled_from(list(DifficultyTag))))
def test_bits_say_of_tags_just_whether_one_weighs_or_hurts(tags: set[DifficultyTag]) -> None:
    heavy, difficult = rules.bits_of_tags(tags)
    assert heavy == any(tag in HEAVY for tag in tags)
    assert difficult == any(tag in NEGATIVE for tag in tags)


@given(st.sets(st.sampled_from(list(BITS))))
def test_kinds_of_support_come_back_from_their_number(given_codes: set[str]) -> None:
    mask, areas = rules.support_bits(given_codes)
    assert set(codes(mask)) == given_codes
    assert {area for area in SupportArea if areas >> area.bit & 1} == set(areas_of(mask))
    assert {area.value for area in areas_of(mask)} == {".".join(one.split(".")[:2]) for one in given_codes}


@given(st.lists(st.integers(5, 240), max_size=9))
def test_the_usual_length_is_always_among_those_offered(lately: list[int]) -> None:
    usual = rules.usual_minutes(lately)
    offered = rules.offered_minutes(usual)
    assert usual in offered
    assert len(offered) == 5
    assert rules.SHORTEST <= usual <= rules.LONGEST


def test_a_form_left_on_now_is_the_same_however_late_it_arrives() -> None:
    opened = NOW - HOUR
    first = a_draft(at=opened, opened_at=opened)
    later = a_draft(id=first.id, at=opened + 5 * MINUTE, opened_at=opened)
    chosen = a_draft(id=first.id, at=opened - 5 * MINUTE, opened_at=opened)
    assert rules.digest_of(first) == rules.digest_of(later)
    assert rules.digest_of(first) != rules.digest_of(chosen)


@given(st.sampled_from(["minutes", "note", "effort", "support", "missed_by"]))
def test_whatever_a_draft_says_is_in_its_digest(field: str) -> None:
    other = {"minutes": 35, "note": "x", "effort": 4, "support": frozenset({"support.emotional"}),
             "missed_by": MissedBy.BOTH}  # fmt: skip
    draft = a_draft(at=NOW)
    assert rules.digest_of(draft) != rules.digest_of(a_draft(id=draft.id, at=NOW, **{field: other[field]}))
