"""How sure a score is, from the programme's own pairs of check-ins."""

import datetime as dt
import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.features.programmes.models import Programme
from peerlink.features.programmes.queries import limits
from peerlink.features.wellbeing import service
from peerlink.features.wellbeing.models import Checkin
from peerlink.features.wellbeing.precision import Precision, Scores, bounds_with, differences, precision_of
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import CheckinStatus
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import today
from tests.support import cast
from tests.support.visitor import Visitor

DAY = dt.date(2026, 6, 30)
L = Limits()
A_FEW = Limits({"checkin.sem_pairs": 4, "R28.min_responders": 1})
score = st.integers(0, 28).map(lambda total: total * 25 / 7)


def days(*gaps: int) -> list[dt.date]:
    found = [DAY]
    for gap in gaps:
        found.append(found[-1] + dt.timedelta(days=gap))
    return found


def monthly(*values: float) -> Scores:
    return list(zip(days(*[30] * (len(values) - 1)), values, strict=True))


people = st.lists(st.lists(score, min_size=1, max_size=9).map(lambda run: monthly(*run)), max_size=12)


def of(found: list[Scores], limits: Limits = A_FEW) -> Precision:
    return precision_of(found, DAY, limits)


@pytest.mark.parametrize(("gap", "n"), [(19, 0), (20, 1), (45, 1), (46, 0)])
def test_a_pair_lies_twenty_to_forty_five_days_apart(gap: int, n: int) -> None:
    first, second = days(gap)
    assert len(differences([(first, 50), (second, 60)], L)) == n


def test_fortnightly_check_ins_pair_with_the_one_after_next() -> None:
    on = days(14, 14, 14)
    assert differences(list(zip(on, (10, 20, 40, 80), strict=True)), L) == [30, 60]


def test_forty_nine_pairs_are_too_few_and_fifty_are_enough() -> None:
    run = [0.0, 25.0] * 3
    ten = [monthly(*run) for _n in range(10)]
    assert (of(ten, L).n, of(ten, L).missing) == (50, 0)
    assert of(ten, L).value is not None
    fewer = of([*ten[:-1], monthly(*run[:-1])], L)
    assert (fewer.n, fewer.missing, fewer.value) == (49, 1, None)


def test_pairs_of_seven_people_are_too_few_however_many_they_are() -> None:
    seven = of([monthly(*[0.0, 25.0] * 8)] * 7, L)
    assert (seven.n, seven.people_missing, seven.value) == (105, 1, None)
    assert of([monthly(*[0.0, 25.0] * 8)] * 8, L).value is not None


def test_the_figure_is_the_spread_of_the_differences_by_the_root_of_two() -> None:
    found = of([monthly(20, 40, 30, 50, 20)])
    assert found.found == pytest.approx(statistics.stdev([20, -10, 20, -30]) / math.sqrt(2))
    assert found.value == 15.0
    assert found.is_bounded


def test_the_smallest_changes_are_those_of_the_framework() -> None:
    assert {k: round(bound, 1) for k, bound in bounds_with(11, L).items()} == {1: 30.5, 2: 26.4, 3: 24.9}
    assert bounds_with(3, L) == bounds_with(7, L)


@given(people)
def test_it_never_leaves_its_bounds(found: list[Scores]) -> None:
    value = of(found).value
    assert value is None or 7 <= value <= 15


@given(people, st.floats(-50, 50))
def test_what_everybody_has_more_of_changes_nothing(found: list[Scores], more: float) -> None:
    before, after = of(found), of([[(day, value + more) for day, value in one] for one in found])
    assert (before.n, before.n_people) == (after.n, after.n_people)
    assert (before.found is None) == (after.found is None)
    if before.found is not None:
        assert after.found == pytest.approx(before.found, abs=1e-6)


@given(people)
def test_every_month_that_follows_another_is_one_pair(found: list[Scores]) -> None:
    told = of(found)
    assert told.n == sum(len(one) - 1 for one in found)
    assert told.n_people == sum(len(one) > 1 for one in found)


@given(people, st.randoms())
def test_the_order_of_people_and_days_changes_nothing(found: list[Scores], chance: object) -> None:
    mixed = [sorted(one, reverse=True) for one in found]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    before, after = of(found), of(mixed)
    assert (before.n, before.value) == (after.n, after.value)


def tell_a_story(n_people: int, months: int) -> None:
    """Let people answer up and down by turns."""
    ids = (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID)[:n_people]
    with transaction(), gate.opened("a test tells a story"):
        session.scalars(select(Programme)).one().limits = {"R28.min_responders": 1, "display.min_cell": 1}
        for who in ids:
            for n in range(months):
                on = today() - dt.timedelta(days=30 * n)
                answers = {f"v{item}": n % 2 for item in range(1, 8)}
                session.add(
                    Checkin(
                        subject_id=who,
                        volunteer_id=who,
                        due_on=on,
                        answered_on=on,
                        status=CheckinStatus.ANSWERED,
                        answers=answers,
                    )
                )


def test_too_few_pairs_say_how_many_are_missing(chipos_desk: Visitor) -> None:
    tell_a_story(2, 11)
    page = chipos_desk.visit("/programme/precision").text
    assert "30 more pairs are needed." in page
    assert "Use our own figure" not in page
    refused = chipos_desk.send("/programme/precision", opened="/programme/precision")
    assert refused.status_code == 422


def test_adopting_it_sets_the_threshold_and_says_where_it_came_from(chipos_desk: Visitor) -> None:
    tell_a_story(3, 18)
    page = chipos_desk.visit("/programme/precision").text
    assert "The pairs gave 17.8" in page
    chipos_desk.send("/programme/precision", opened="/programme/precision")
    with reading(), gate.opened("a test looks"):
        assert limits().get("checkin.sem") == 15.0
    told = chipos_desk.visit("/programme/thresholds/checkin.sem").text
    assert f"From our own check-ins on {today().isoformat()}: 51 pairs of 3 volunteers." in told
    assert "This figure is in force." in chipos_desk.visit("/programme/precision").text


@pytest.mark.usefixtures("the_cast")
def test_a_figure_without_pairs_cannot_be_adopted() -> None:
    with transaction(), gate.opened("a test"), pytest.raises(Refused, match="too few"):
        service.adopt_precision(by=cast.CHIPO.viewer.account_id)
