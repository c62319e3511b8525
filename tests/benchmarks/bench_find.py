"""Measures finding a name among many sealed ones, beside decrypting every row and beside one blob: goal D-1.

Run as a module from the repository: `python -m tests.benchmarks.bench_find [--people N] [--small]`. Each
searches for the same parts of names, in turn; all must find the same people.
"""

import argparse
import json
import os
import random
import statistics
import time
import uuid
from collections.abc import Callable
from typing import cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Table, insert, select

from peerlink.features.participants.models import Participant
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.store import gate, names
from peerlink.store.sealing import MAIN, NOBODY, open_blob, sealed_row
from peerlink.store.session import reading, session, transaction
from tests.benchmarks.large import TODAY, a_house

ROUNDS = 15
ROUNDS_OF_ALL = 3
SOUNDS = (
    "ama",
    "ben",
    "chi",
    "dá",
    "efe",
    "fo",
    "gí",
    "ha",
    "ife",
    "jo",
    "ké",
    "lu",
    "mo",
    "na",
    "ölu",
    "pa",
)
ENDS = ("na", "ko", "sson", "wé", "li", "ra", "tu", "vi")
KIND = "participant"
PLAIN = {
    "status": ParticipantStatus.ACTIVE,
    "status_since": TODAY,
    "referred_on": TODAY,
    "planned_interval_days": 14,
}


def a_name(dice: random.Random) -> tuple[str, str]:
    given = "".join(dice.choices(SOUNDS, k=2)) + dice.choice(ENDS)
    family = "".join(dice.choices(SOUNDS, k=3)) + dice.choice(ENDS)
    return given.title(), family.title()


def fill(n: int) -> list[tuple[uuid.UUID, str]]:
    """Keep so many people, each in a row of their own, and their names in the pages; return who is who.

    The rows are sealed under one key, as another program would: looking up a key of each person's own would
    only make the slow way slower.
    """
    dice = random.Random(5)
    people, rows = [], []
    with transaction(), gate.opened("a benchmark makes up names"):
        for _ in range(n):
            one, (given, family) = uuid.UUID(int=dice.getrandbits(128), version=4), a_name(dice)
            people.append((one, f"{given} {family}"))
            says = {"given_name": given, "family_name": family}
            rows.append(sealed_row(Participant, one, NOBODY, PLAIN | says))
        session.execute(insert(cast(Table, Participant.__table__)), rows)
        names.put_many(KIND, people)
    return people


def by_pages(text: str) -> set[uuid.UUID]:
    """Look in the sealed pages."""
    with reading(), gate.opened("a benchmark searches"):
        return set(names.find(KIND, text, limit=1_000_000))


def by_rows(text: str) -> set[uuid.UUID]:
    """Decrypt every row, fold the name and compare."""
    wanted = names.fold(text).split()
    found = set()
    with reading(), gate.opened("a benchmark searches the slow way"):
        asked = select(Participant.id, Participant.version, getattr(Participant, MAIN))
        for one, version, blob in session.execute(asked):
            says = open_blob("participant", MAIN, one, NOBODY, version, blob)
            name = names.fold(f"{says['given_name']} {says['family_name']}")
            if all(word in name for word in wanted):
                found.add(one)
    return found


def one_blob(people: list[tuple[uuid.UUID, str]]) -> Callable[[str], set[uuid.UUID]]:
    """Seal all names as one text and return the search that opens it and looks: the floor."""
    key, once = AESGCM(os.urandom(32)), bytes(12)
    text = "".join(f"{one.hex}\t{names.fold(name)}\n" for one, name in people)
    sealed = key.encrypt(once, text.encode(), None)

    def search(wanted: str) -> set[uuid.UUID]:
        lines = key.decrypt(once, sealed, None).decode()
        words = names.fold(wanted).split()
        found, at = set(), lines.find(words[0])
        while at >= 0:
            start, end = lines.rfind("\n", 0, at) + 1, lines.find("\n", at)
            if at > start + 32 and all(word in lines[start + 33 : end] for word in words):
                found.add(uuid.UUID(lines[start : start + 32]))
            at = lines.find(words[0], end if at > start + 32 else start + 33)
        return found

    return search


def run(n: int, rounds: int, rounds_of_all: int) -> None:
    with a_house():
        people = fill(n)
        dice = random.Random(9)
        parts = []
        for _ in range(rounds):
            given, family = dice.choice(people)[1].split()
            parts.append(f"{given[:5]} {family[1:8]}")
        floor = one_blob(people)
        took: dict[str, list[float]] = {"pages": [], "blob": [], "rows": []}
        for turn, part in enumerate(parts):
            ways: dict[str, Callable[[str], set[uuid.UUID]]] = {"blob": floor, "pages": by_pages}
            if turn < rounds_of_all:
                ways["rows"] = by_rows
            found = []
            for name, way in ways.items():
                began = time.process_time()
                found.append(way(part))
                took[name].append(time.process_time() - began)
            if any(one != found[0] for one in found):
                raise SystemExit(f"{part!r}: they do not find the same")
    ms = {name: round(statistics.median(times) * 1e3, 2) for name, times in took.items()}
    raw = {"people": n, "searches": rounds, "decrypt_all_searches": rounds_of_all, "ms": ms,
           "pages_against_one_blob": round(ms["pages"] / ms["blob"], 2)}  # fmt: skip
    print(
        json.dumps(
            {"goal": "D-1", "ratio": round(ms["rows"] / ms["pages"], 1), "target": ">= 150", "raw": raw}
        )
    )


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--small", action="store_true", help="only to see that it runs")
    asked = parser.parse_args()
    if asked.small:
        run(300, 3, 2)
    else:
        run(asked.people, ROUNDS, ROUNDS_OF_ALL)


if __name__ == "__main__":
    main()
