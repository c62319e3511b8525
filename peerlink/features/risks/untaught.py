"""Gathers what many carry because no training for it is written down: one thing to see to, not many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from peerlink.features.risks.rules.context.topics import MOTIVATIONAL, TOPIC
from peerlink.features.risks.shown import Seen
from peerlink.features.risks.wording import topic_in_words
from peerlink.features.training.catalogue import offered
from peerlink.framework.levels import POSITIVE, Level
from peerlink.store import gate

RULE = "R69"
FEWEST = 2
"""One alone is better helped by their own flag."""


@dataclass(frozen=True)
class Untaught:
    """Flags about topics that no module prepares for."""

    seen: list[Seen]
    topics: list[tuple[str, int]]
    """Each topic in words, with how many carry it, the most first."""

    @property
    def level(self) -> Level:
        return max((one.now for one in self.seen), key=POSITIVE.index)

    @property
    def wants(self) -> Level | None:
        """At which level it waits for somebody to take it up."""
        waiting = [one.wants for one in self.seen if one.wants is not None]
        return max(waiting, key=POSITIVE.index, default=None)


def part(seen: Sequence[Seen]) -> tuple[list[Seen], Untaught | None]:
    """Part flags from those that say the same of many: no training for what they carry is written down."""
    candidates = [one for one in seen if one.flag.rule == RULE and one.now.is_positive and not one.is_resting]
    if len(candidates) < FEWEST:
        return list(seen), None
    with gate.opened("which topics are taught is looked up; no person is opened"):
        taught = {code for one in offered().values() for code in (one.code, *one.topics, *one.techniques)}
    carried = {one.flag.id: _carried(one) for one in candidates}
    alike = [one for one in candidates if carried[one.flag.id] and taught.isdisjoint(carried[one.flag.id])]
    if len(alike) < FEWEST:
        return list(seen), None
    ids = {one.flag.id for one in alike}
    n = Counter(code for one in alike for code in carried[one.flag.id])
    topics = [(topic_in_words(code), many) for code, many in n.most_common()]
    return [one for one in seen if one.flag.id not in ids], Untaught(alike, topics)


def _carried(one: Seen) -> set[str]:
    """Name the topics, and the motivational conversation, a flag is about."""
    found = set()
    for row in one.evidence:
        name, value, line = str(row["name"]), row["value"], row["threshold"]
        if not isinstance(value, int) or not isinstance(line, int) or value < line:
            continue
        if name.startswith(TOPIC):
            found.add(name.removeprefix(TOPIC))
        elif name == MOTIVATIONAL:
            found.add("motivational")
    return found
