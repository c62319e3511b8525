"""Rolls up what the rules found along the framework: each leaf, and the groups above it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from peerlink.features.risks.models import RuleCount
from peerlink.features.risks.rules.answers import RESTS_ON_ANSWERS
from peerlink.features.risks.shown import Seen
from peerlink.framework import catalogue, tree
from peerlink.framework.levels import Level, RolledUp, roll_up, worst
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

    @property
    def is_partial(self) -> bool:
        """Whether something below leaves out what check-ins said."""
        return any(one.is_partial for one in self.rules) or any(one.is_partial for one in self.branches)


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
    is_partial: bool
    """Whether it leaves out what check-ins said: what is known then is not all there is."""


def board(counts: Iterable[RuleCount], seen: Iterable[Seen]) -> tuple[list[Branch], dt.date | None]:
    """Return the branches of sustainability with their levels, and the day they were counted.

    A level is never milder than that of a flag the viewer sees.
    """
    rows = list(counts)
    flagged: defaultdict[str, list[Level]] = defaultdict(list)
    for one in seen:
        flagged[one.flag.rule].append(one.level)
    top = _branch(tree.node(TOP), rows, flagged)
    return [one for one in top.branches if one.is_measured], rows[0].on if rows else None


def _branch(node: Node, counts: list[RuleCount], flagged: Mapping[str, Sequence[Level]]) -> Branch:
    branches = [_branch(below, counts, flagged) for below in tree.children(node.code)]
    judged = {row.rule for row in counts}
    rules = [
        _line(rule.id, rule.name, [row for row in counts if row.rule == rule.id], flagged.get(rule.id, ()))
        for rule in catalogue.RULES
        if rule.node == node.code and rule.id in judged
    ]
    measured = [one for one in branches if one.is_measured]
    below = [one.found for one in measured] + [one.found for one in rules]
    whole = roll_up(one.level for one in below)
    return Branch(node, whole, measured, rules)


def _line(rule_id: str, name: str, rows: list[RuleCount], flagged: Sequence[Level]) -> RuleLine:
    """Roll up one rule: what everybody may know, or counts that rest on check-ins where enough answered."""
    told = _levels((row.level, row.n_told) for row in rows)
    whole = _levels((row.level, row.n) for row in rows)
    is_partial = bool(told) and rule_id in RESTS_ON_ANSWERS
    n_known = sum(level.is_known for level in whole)
    is_kept_back = not told and n_known < FEWEST
    found = RolledUp(Level.UNKNOWN, 0, len(whole)) if is_kept_back else roll_up(told or whole)
    level = worst((found.level, *flagged)) if flagged else found.level
    return RuleLine(
        rule_id,
        name,
        RolledUp(level, found.known, found.of),
        len(flagged),
        is_kept_back=is_kept_back and n_known > 0,
        is_partial=is_partial,
    )


def _levels(counted: Iterable[tuple[Level, int]]) -> list[Level]:
    return [level for level, n in counted for _n in range(n) if level is not Level.NOT_APPLICABLE]
