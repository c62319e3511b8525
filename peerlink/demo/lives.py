"""Who walks with whom, and when: drawn once, before anything is told. Days count back from today."""

import random
from dataclasses import dataclass, replace

from peerlink.demo.cast import FAMILIES, GIVEN, HASSAN, JOSEPH, NATURE, PEERS, THANDEKA, Peer
from peerlink.framework.vocabularies import EndReason

N_WALKS = 146
"""Of the 160 people this many walk with somebody, or did."""
NEEDS = (
    "support.emotional.listening",
    "support.informational.lived_experience",
    "support.informational.education",
    "support.instrumental.medical.scheduling",
    "support.affiliational.reduce_isolation",
    "support.appraisal.treatment_decision",
    "support.instrumental.daily.housing",
)
ENDINGS = (
    (EndReason.PLANNED_END, 42),
    (EndReason.GOALS_MET, 30),
    (EndReason.PARTICIPANT_CHOICE, 12),
    (EndReason.MOVED, 8),
    (EndReason.NO_CONTACT, 5),
    (EndReason.NOT_A_FIT, 3),
)
FIRST_STARTS = {THANDEKA: 273, JOSEPH: 24}
"""When somebody's first match began, where the story needs the day."""
STARS = {THANDEKA: ("Marula", "Heron", "Sunbird"), JOSEPH: ("Baobab",), HASSAN: ("Kite",)}
"""Those whose story is told by name, and who walks with them today."""
NEWEST_START = 46
"""Days ago of the last match begun, so that training that runs out stands in nobody's way."""


@dataclass(frozen=True)
class Person:
    """A participant of the story."""

    n: int
    alias: str
    given: str
    family: str | None
    gender: str
    born_ago: int
    needs: tuple[str, ...]

    @property
    def ref(self) -> str:
        return f"P{self.n:03}"

    @property
    def phone(self) -> str:
        return f"+44 7700 900{self.n:03}"


@dataclass(frozen=True)
class Walk:
    """A match of the story."""

    volunteer: Peer
    alias: str
    started: int
    ended: int | None = None
    why: EndReason | None = None

    @property
    def name(self) -> str:
        return f"{self.volunteer.name} & {self.alias}"

    @property
    def until(self) -> int:
        """Return the last day they may have been in touch: yesterday where they still walk."""
        return self.ended if self.ended is not None else 1

    def goes_on_with(self, volunteer: Peer) -> bool:
        return self.volunteer is volunteer and self.ended is None


def people(rng: random.Random, n: int) -> list[Person]:
    """Draw so many participants."""
    aliases = [*NATURE[:5], *rng.sample(NATURE[5:], n - 5)]
    return [_person(rng, number, alias) for number, alias in enumerate(aliases, start=1)]


def _person(rng: random.Random, n: int, alias: str) -> Person:
    gender = rng.choices(("woman", "man", "non_binary"), (55, 42, 3))[0]
    given = rng.choice(GIVEN["man" if gender == "man" else "woman"])
    family = rng.choice(FAMILIES) if rng.random() < 0.7 else None
    age = min(78, max(19, round(rng.gauss(37, 12))))
    return Person(n, alias, given, family, gender, age, tuple(rng.sample(NEEDS, rng.choice((1, 2, 2, 3)))))


def walks(rng: random.Random, aliases: list[str], n_walks: int = N_WALKS) -> list[Walk]:
    """Part every volunteer's time into walks, one after the other, so that there are so many in all."""
    spans = [(one, _first_start(rng, one, n), _last_end(rng, one)) for one in PEERS for n in range(one.slots)]
    parts = [1] * len(spans)
    while sum(parts) < n_walks:
        longest = max(range(len(spans)), key=lambda i: (spans[i][1] - spans[i][2]) / parts[i])
        parts[longest] += 1
    drawn = [
        walk
        for (one, start, end), n in zip(spans, parts, strict=True)
        for walk in _walks_of(rng, one, start, end, n)
    ]
    return _named(drawn, aliases)


def _first_start(rng: random.Random, peer: Peer, slot: int) -> int:
    if slot == 0 and peer.name in FIRST_STARTS:
        return FIRST_STARTS[peer.name]
    return max(peer.joined - rng.randint(9, 34), peer.ends + 30)


def _last_end(rng: random.Random, peer: Peer) -> int:
    return peer.ends + rng.randint(4, 20) if peer.ends else 0


def _walks_of(rng: random.Random, peer: Peer, start: int, end: int, n: int) -> list[Walk]:
    """Part one stretch of time; the last walk goes on where the volunteer still serves."""
    found = []
    for left in range(n, 1, -1):
        share = (start - end) / left
        stop = max(round(start - share * rng.uniform(0.75, 1.25)), end + NEWEST_START + 30)
        found.append(Walk(peer, "", start, stop, _why(rng)))
        start = max(stop - rng.randint(9, 20), end + NEWEST_START)
    found.append(Walk(peer, "", start, end or None, _why(rng) if end else None))
    return found


def _why(rng: random.Random) -> EndReason:
    reasons, weights = zip(*ENDINGS, strict=True)
    why: EndReason = rng.choices(reasons, weights)[0]
    return why


def _named(drawn: list[Walk], aliases: list[str]) -> list[Walk]:
    """Give those whose story is told by name the volunteer it needs, and everybody else a name."""
    stars = {name: list(given) for name, given in STARS.items()}
    taken = {alias for given in STARS.values() for alias in given}
    others = iter(alias for alias in aliases if alias not in taken)
    found = []
    for walk in drawn:
        waiting = stars.get(walk.volunteer.name) if walk.ended is None else None
        found.append(replace(walk, alias=waiting.pop(0) if waiting else next(others)))
    return found
