"""Rolls up what the rules found along the framework: each leaf, and the groups above it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from peerlink.features.risks.models import Flag, RuleCount
from peerlink.framework import catalogue, tree
from peerlink.framework.levels import Level, RolledUp, roll_up
from peerlink.framework.node import Node

TOP = "sustainability"
FEWEST = 8
"""Volunteers below whose number nothing that rests on check-ins is shown for the programme (section 3)."""


@dataclass(frozen=True)
class Branch:
    """One node of the tree with the level it comes to."""

    node: Node
    found: RolledUp
    branches: list["Branch"]
    rules: list["RuleLine"]

    @property
    def is_measured(self) -> bool:
        return bool(self.rules) or any(one.is_measured for one in self.branches)


@dataclass(frozen=True)
class RuleLine:
    """What one rule found, over all its subjects."""

    id: str
    name: str
    found: RolledUp
    n_flags: int
    """Open flags the viewer may see."""
    is_kept_back: bool
    """Whether too few answered to show what came out."""


def board(counts: Iterable[RuleCount], flags: Iterable[Flag]) -> tuple[list[Branch], dt.date | None]:
    """Return the branches of sustainability with their levels, and the day they were counted."""
    rows = list(counts)
    n_flags = Counter(flag.rule for flag in flags)
    top = _branch(tree.node(TOP), rows, n_flags)
    return [one for one in top.branches if one.is_measured], rows[0].on if rows else None


def _branch(node: Node, counts: list[RuleCount], n_flags: Counter[str]) -> Branch:
    branches = [_branch(below, counts, n_flags) for below in tree.children(node.code)]
    judged = {row.rule for row in counts}
    rules = [
        _line(rule.id, rule.name, [row for row in counts if row.rule == rule.id], n_flags[rule.id])
        for rule in catalogue.RULES
        if rule.node == node.code and rule.id in judged
    ]
    measured = [one for one in branches if one.is_measured]
    below = [one.found for one in measured] + [one.found for one in rules]
    whole = roll_up(one.level for one in below)
    return Branch(node, whole, measured, rules)


def _line(rule_id: str, name: str, rows: list[RuleCount], n_flags: int) -> RuleLine:
    """Roll up one rule: what everybody may know, or counts that rest on check-ins where enough answered."""
    told = _levels((row.level, row.n_told) for row in rows)
    whole = _levels((row.level, row.n) for row in rows)
    if told:
        return RuleLine(rule_id, name, _worst(told), n_flags, is_kept_back=False)
    n_known = sum(level.is_known for level in whole)
    if n_known < FEWEST:
        unknown = RolledUp(Level.UNKNOWN, 0, len(whole))
        return RuleLine(rule_id, name, unknown, n_flags, is_kept_back=n_known > 0)
    return RuleLine(rule_id, name, _worst(whole), n_flags, is_kept_back=False)


def _levels(counted: Iterable[tuple[Level, int]]) -> list[Level]:
    return [level for level, n in counted for _n in range(n) if level is not Level.NOT_APPLICABLE]


def _worst(levels: list[Level]) -> RolledUp:
    return roll_up(levels)
