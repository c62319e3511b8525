"""Vocabularies are kept by their code and shown by their label."""

import pytest

from peerlink.framework import vocabularies
from peerlink.framework.support import SupportArea
from peerlink.framework.tree import node
from peerlink.framework.vocabularies import (
    CRITICAL,
    HEAVY,
    NEGATIVE,
    BridgingTag,
    DifficultyTag,
    LeaveReason,
    OutcomeDomain,
    Technique,
    Topic,
    VolunteerStatus,
)
from peerlink.framework.word import Word

VOCABULARIES: list[type[Word]] = [
    word for name in vocabularies.__all__ if isinstance(word := getattr(vocabularies, name), type)
]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_a_vocabulary_is_found_by_code_and_says_a_label(vocabulary: type[Word]) -> None:
    for word in vocabulary:
        assert vocabulary(word.value) is word
        assert word == word.value == str(word)
        assert word.value == word.value.lower()
        assert " " not in word.value
        assert ";" not in word.value
        assert word.label
    assert len({word.label for word in vocabulary}) == len(vocabulary)


@pytest.mark.parametrize(
    "code", ["goals_met", "record_keeping", "side_effects", "work_study", "pay_expenses", "no_reason"]
)
def test_codes_are_the_words_in_lower_case_joined_by_underscores(code: str) -> None:
    known = {word.value for vocabulary in VOCABULARIES for word in vocabulary}
    assert (code in known) == (code != "record_keeping")


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="sleeping"):
        VolunteerStatus("sleeping")


def test_the_lists_are_as_long_as_the_framework_says() -> None:
    assert len(Topic) == 26
    assert len(DifficultyTag) == 11
    assert len(LeaveReason) == 14


def test_heavy_critical_and_negative_tags_are_kept_apart() -> None:
    heavy = {"crisis", "suicidality", "violence", "bereavement", "relapse"}
    assert heavy == HEAVY
    assert {"suicidality", "violence", "bereavement"} == CRITICAL
    assert {"hostility", "rejection", "complaint", "no_show"} == NEGATIVE
    assert not HEAVY & NEGATIVE


def test_words_that_are_nodes_say_so() -> None:
    assert all(node(word.value) for word in (*OutcomeDomain, *SupportArea))
    assert all(node(f"support.appraisal.technique.{word}") for word in Technique)
    bridges = [word for word in BridgingTag if not word.startswith("message")]
    assert all(node(f"effectiveness.volunteer.bridging.{word}") for word in bridges)
