"""R69: topics carried without training for them."""

from typing import Any

import pytest

from peerlink.features.indicators.facts import Untrained
from peerlink.framework.levels import Level
from tests.features.risks.people import ago, cleared, found

OK, WATCH, ALERT, UNKNOWN = Level.OK, Level.WATCH, Level.ALERT, Level.UNKNOWN


def carried(*topics: tuple[str, int], motivational: int = 0) -> Untrained:
    return Untrained(topics=topics, n_motivational=motivational)


@pytest.mark.parametrize(
    ("known", "level"),
    [
        (carried(), OK),
        (carried(("grief", 4)), OK),
        (carried(("grief", 5)), WATCH),
        (carried(("grief", 5), ("work", 4), ("food", 4)), WATCH),
        (carried(("grief", 9), ("work", 5)), WATCH),
        (carried(("grief", 5), ("work", 5), ("food", 5)), ALERT),
        (carried(motivational=2), OK),
        (carried(motivational=3), ALERT),
        (carried(("grief", 5), motivational=3), ALERT),
    ],
)
def test_r69_counts_topics_and_motivational_talks(known: Untrained, level: Level) -> None:
    assert found("R69", untrained_90=known).level is level


@pytest.mark.parametrize(("n_held", "level"), [(9, UNKNOWN), (10, ALERT)])
def test_r69_needs_ten_held_contacts(n_held: int, level: Level) -> None:
    known = carried(("grief", 5), ("work", 5), ("food", 5))
    assert found("R69", n_held_90=n_held, untrained_90=known).level is level


def test_r69_is_unknown_where_nobody_looked() -> None:
    finding = found("R69", untrained_90=None)
    assert (finding.level, finding.because) == (UNKNOWN, "Contacts held in 90 days: 24; judging takes 10.")


def test_r69_names_the_topics_the_most_frequent_first() -> None:
    finding = found("R69", untrained_90=carried(("work", 5), ("grief", 7), ("food", 4)))
    assert finding.because == (
        "Topics without training for them, with the number of contacts: Grief (7), Work (5)."
    )
    assert [(one.name, one.value, one.threshold) for one in finding.evidence] == [
        ("topics_untrained_90", 2, 1),
        ("topic_grief", 7, 5),
        ("topic_work", 5, 5),
        ("motivational_untrained_90", 0, 3),
    ]


def test_r69_applies_to_who_serves() -> None:
    assert found("R69", status="left").level is Level.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("level", "changes", "clear"),
    [
        (WATCH, {"untrained_90": carried(("grief", 5)), "last_module_on": ago(61)}, False),
        (WATCH, {"untrained_90": carried(("grief", 5)), "last_module_on": ago(60)}, True),
        (WATCH, {"untrained_90": carried(("grief", 4)), "last_module_on": None}, True),
        (ALERT, {"untrained_90": carried(("grief", 5)), "last_module_on": None}, True),
        (WATCH, {"untrained_90": None, "last_module_on": None}, False),
    ],
)
def test_r69_clears_with_a_module_or_a_topic_handed_over(
    level: Level, changes: dict[str, Any], clear: bool
) -> None:
    assert cleared("R69", level=level, **changes) is clear
