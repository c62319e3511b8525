"""Every indicator, rule and action by its id, and the whole framework as one document."""

from peerlink.framework import indicators, risks, tree
from peerlink.framework.actions import ACTIONS
from peerlink.framework.entries import Action, Indicator, Rule
from peerlink.framework.nearest import not_known
from peerlink.framework.node import Node
from peerlink.framework.parameters import PARAMETERS, Limits

INDICATORS: tuple[Indicator, ...] = indicators.INDICATORS
RULES: tuple[Rule, ...] = risks.RULES

_INDICATORS = {entry.id: entry for entry in INDICATORS}
_RULES = {entry.id: entry for entry in RULES}
_ACTIONS = {entry.code: entry for entry in ACTIONS}


def indicator(id: str) -> Indicator:
    """Return the indicator with this id; ValueError names the nearest known one."""
    if id not in _INDICATORS:
        raise not_known(id, _INDICATORS)
    return _INDICATORS[id]


def rule(id: str) -> Rule:
    """Return the rule with this id; ValueError names the nearest known one."""
    if id not in _RULES:
        raise not_known(id, _RULES)
    return _RULES[id]


def action(code: str) -> Action:
    """Return the action with this code; ValueError names the nearest known one."""
    if code not in _ACTIONS:
        raise not_known(code, _ACTIONS)
    return _ACTIONS[code]


def rules_at(code: str) -> tuple[Rule, ...]:
    """Return the rules that stand at this node."""
    return tuple(rule for rule in RULES if code in rule.nodes or code == rule.node)


def indicators_at(code: str) -> tuple[Indicator, ...]:
    """Return the indicators that measure this node."""
    return tuple(indicator for indicator in INDICATORS if code in indicator.nodes)


def document(limits: Limits | None = None) -> dict[str, object]:
    """Return the framework as data for other programs, with a programme's own values where it set some."""
    values = limits or Limits()
    return {
        "nodes": [_node(node) for node in tree.NODES],
        "indicators": [
            {"id": entry.id, "name": entry.name, "definition": entry.definition} for entry in INDICATORS
        ],
        "rules": [
            {
                "id": entry.id,
                "node": entry.node,
                "level": " / ".join(entry.subjects),
                "told": list(entry.told),
                "actions": list(entry.actions),
            }
            for entry in RULES
        ],
        "parameters": [
            {
                "key": parameter.key,
                "default": _plain(parameter.default),
                "value": _plain(values.get(parameter.key)),
                "unit": parameter.unit,
            }
            for parameter in PARAMETERS
        ],
    }


def _node(node: Node) -> dict[str, object]:
    above = tree.parent(node.code)
    return {
        "code": node.code,
        "title": node.title,
        "definition": node.definition,
        "parent": above.code if above else None,
        "kind": node.kind.value,
        "refs": node.refs,
        "indicators": [entry.id for entry in indicators_at(node.code)],
        "rules": [entry.id for entry in rules_at(node.code)],
    }


def _plain(value: float | tuple[float, ...]) -> object:
    return list(value) if isinstance(value, tuple) else value
