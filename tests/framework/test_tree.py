"""The tree holds the whole framework, and can be walked from any node."""

from collections import Counter

import pytest

from peerlink.framework import tree
from peerlink.framework.node import Kind


def test_the_tree_has_119_nodes_in_three_kinds() -> None:
    kinds = Counter(node.kind for node in tree.NODES)
    assert len(tree.NODES) == 119
    assert kinds == {Kind.GROUP: 25, Kind.LEAF: 88, Kind.FACET: 6}


def test_every_code_is_there_once() -> None:
    assert len({node.code for node in tree.NODES}) == len(tree.NODES)


def test_every_node_says_what_it_is() -> None:
    for node in tree.NODES:
        assert node.title, node.code
        assert node.definition, node.code
        assert node.refs, node.code


def test_titles_are_told_apart_within_a_branch() -> None:
    titles = Counter((node.code.split(".")[0], node.title) for node in tree.NODES)
    assert [title for title, n in titles.items() if n > 1] == []


def test_a_parent_is_the_nearest_node_above() -> None:
    above = tree.parent("support.instrumental.medical.referral")
    assert above is not None
    assert above.code == "support.instrumental"
    assert tree.parent("support") is None
    assert tree.parent("link.effectiveness_to_sustainability") is None


def test_children_and_parents_agree() -> None:
    for node in tree.NODES:
        for child in tree.children(node.code):
            assert tree.parent(child.code) == node
    assert sum(len(tree.children(node.code)) for node in tree.NODES) == 119 - 6


def test_groups_have_children_and_facets_have_none() -> None:
    for node in tree.NODES:
        if node.kind is Kind.GROUP:
            assert tree.children(node.code), node.code
        if node.kind is Kind.FACET:
            assert not tree.children(node.code), node.code


def test_support_has_five_areas_and_21_leaves() -> None:
    assert len(tree.children("support")) == 5
    assert len(tree.leaves("support")) == 21
    assert len(tree.leaves()) == 88


@pytest.mark.parametrize(
    ("text", "under", "code"),
    [
        ("support.emotional.listening", "", "support.emotional.listening"),
        ("listening", "", "support.emotional.listening"),
        (" Listening ", "", "support.emotional.listening"),
        ("emotional", "", "support.emotional"),
        ("social", "outcome", "outcome.social"),
        ("outcome.social", "outcome", "outcome.social"),
    ],
)
def test_a_node_is_meant_by_its_code_or_a_unique_last_part(text: str, under: str, code: str) -> None:
    assert tree.resolve(text, under).code == code


def test_a_last_part_that_is_not_unique_is_refused_with_a_full_code() -> None:
    with pytest.raises(ValueError, match=r"did you mean '\w+\..*social'"):
        tree.resolve("social")


def test_an_unknown_word_is_refused_with_the_nearest_known() -> None:
    with pytest.raises(ValueError, match="did you mean 'listening'"):
        tree.resolve("lisening", "support")
    with pytest.raises(ValueError, match=r"did you mean 'support\.emotional'"):
        tree.node("support.emotionel")


def test_a_word_like_nothing_known_is_refused_plainly() -> None:
    with pytest.raises(ValueError, match=r"'qqqq' is not known\.$"):
        tree.resolve("qqqq")


def test_a_node_outside_the_place_asked_for_is_refused() -> None:
    with pytest.raises(ValueError, match="not known"):
        tree.resolve("support.emotional", "outcome")
