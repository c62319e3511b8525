"""The catalogue covers the framework: what is measured, what is looked out for, what can be done."""

import json

import pytest

from peerlink.framework import catalogue, tree
from peerlink.framework.actions import ACTIONS
from peerlink.framework.catalogue import INDICATORS, RULES
from peerlink.framework.entries import Indicator, Rule
from peerlink.framework.node import Kind
from peerlink.framework.parameters import PARAMETERS, Limits
from peerlink.roles import Role

CODES = {node.code for node in tree.NODES}
MEASURED = [node.code for node in tree.NODES if node.kind is not Kind.GROUP]
SUBJECTS = {"programme", "site", "place", "volunteer", "participant", "match"}


def test_there_are_64_indicators_42_rules_and_22_actions() -> None:
    assert len({entry.id for entry in INDICATORS}) == len(INDICATORS) == 64
    assert len({entry.id for entry in RULES}) == len(RULES) == 42
    assert [entry.code for entry in ACTIONS] == [f"A{n:02}" for n in range(1, 23)]


@pytest.mark.parametrize("code", MEASURED)
def test_every_leaf_is_measured(code: str) -> None:
    assert catalogue.indicators_at(code)


@pytest.mark.parametrize("code", [code for code in MEASURED if code.startswith(("sustainability.", "link."))])
def test_every_sustainability_leaf_is_looked_out_for(code: str) -> None:
    assert catalogue.rules_at(code)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_whole(rule: Rule) -> None:
    assert rule.name
    assert set(rule.nodes) <= CODES
    assert rule.node in CODES
    assert rule.subjects
    assert set(rule.subjects) <= SUBJECTS
    assert rule.told
    assert set(rule.told) <= {role.value for role in Role}
    assert rule.actions
    assert set(rule.actions) <= {action.code for action in ACTIONS}
    assert all((rule.watch, rule.alert, rule.clears, rule.minimum))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda entry: entry.id)
def test_an_indicator_is_whole(indicator: Indicator) -> None:
    assert all((indicator.name, indicator.definition, indicator.minimum, indicator.nodes))
    assert set(indicator.nodes) <= CODES


def test_every_action_says_what_to_do() -> None:
    assert all(action.title and action.sentence.endswith(".") for action in ACTIONS)


def test_only_the_rules_without_a_critical_line_lack_it() -> None:
    without = {rule.id for rule in RULES if not rule.critical}
    assert without == {"R10", "R11", "R12", "R23", "R44", "R53", "R63", "R69", "R70", "R71", "R72", "R73"}


def test_a_rule_about_several_leaves_stands_where_they_meet() -> None:
    assert catalogue.rule("R44").node == "sustainability.plhiv.perceived_benefit"
    assert catalogue.rule("R11").node == "sustainability.volunteer.positive.achievement.personal_growth"
    assert catalogue.rule("R20").node == "sustainability.volunteer.negative.burnout.exhaustion"


def test_entries_are_found_by_id_and_the_nearest_is_named() -> None:
    assert catalogue.rule("R20").name == "Strain"
    assert catalogue.indicator("I-SV-EXH").name == "Exhaustion and strain"
    assert catalogue.action("A15").title == "Have a stay or exit talk"
    for look_up in (catalogue.rule, catalogue.indicator, catalogue.action):
        with pytest.raises(ValueError, match="not known"):
            look_up("nothing")


def test_the_document_has_the_shape_other_programs_read() -> None:
    document = json.loads(json.dumps(catalogue.document()))
    assert list(document) == ["nodes", "indicators", "rules", "parameters"]
    shapes = {
        "nodes": ["code", "title", "definition", "parent", "kind", "refs", "indicators", "rules"],
        "indicators": ["id", "name", "definition"],
        "rules": ["id", "node", "level", "told", "actions"],
        "parameters": ["key", "default", "value", "unit"],
    }
    for part, keys in shapes.items():
        assert document[part]
        assert all(list(row) == keys for row in document[part])
    assert [len(document[part]) for part in shapes] == [119, 64, 42, len(PARAMETERS)]


def test_the_document_joins_up() -> None:
    document = json.loads(json.dumps(catalogue.document()))
    nodes = {row["code"]: row for row in document["nodes"]}
    assert all(row["parent"] is None or row["parent"] in nodes for row in nodes.values())
    assert all(row["id"] in nodes[row["node"]]["rules"] for row in document["rules"])
    named = {id for row in nodes.values() for id in row["indicators"]}
    assert named == {row["id"] for row in document["indicators"]}
    levels = {row["id"]: row["level"] for row in document["rules"]}
    assert (levels["R66"], levels["R65"], levels["R68"]) == ("site", "place", "volunteer / programme")


def test_the_document_shows_what_a_programme_set() -> None:
    document = json.loads(json.dumps(catalogue.document(Limits({"R28": [0.2, 0.3, 0.4]}))))
    row = next(row for row in document["parameters"] if row["key"] == "R28")
    assert row == {"key": "R28", "default": [0.25, 0.35, 0.5], "value": [0.2, 0.3, 0.4], "unit": "share"}
