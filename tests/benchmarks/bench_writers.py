"""Measures many writers at once, in a queue before the write lock and with SQLite's busy handler: goal C-4.

Run as a module from the repository: `python -m tests.benchmarks.bench_writers [--writers N] [--small]`. Every
writer is a process with its own connection, thinks 50 ms between two writes and keeps each for good
(synchronous=FULL). Afterwards a writer is killed without warning again and again: what it was told is kept
must be there.
"""

import argparse
import json
import os
import random
import signal
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from peerlink import clock
from peerlink.features.accounts.models import Attempt
from peerlink.store import house
from peerlink.store import session as door
from peerlink.store.engine import open_sqlite
from peerlink.store.session import reading, session, transaction
from peerlink.vault.keyring import Keyring
from tests.benchmarks.large import a_house

THINK = 0.05
ROUNDS, SECONDS, KILLS = 3, 8.0, 20
STATEMENTS = 5
"""Rows a transaction writes: about what logging a contact writes."""
FORK = get_context("fork")
Way = str


def write() -> bytes:
    """Keep a few rows as one transaction; return the first."""
    keys = [os.urandom(32) for _ in range(STATEMENTS)]
    now = clock.now()
    with transaction():
        for key in keys:
            session.execute(insert(Attempt), [{"what": key, "failed": 1, "since": now}])
    return keys[0]


@contextmanager
def own_house(home: Path) -> Iterator[None]:
    """Open the instance anew in this process."""
    keyring = Keyring.open(home, home.parent / "keys" / "root.key")
    house.enter(house.House(open_sqlite(home / "data.db", keyring.page_key("data")), keyring, home))
    yield


def writer(home: Path, way: Way, begin: Any, until: float, tell: Any) -> None:
    """Write and think in turn until time is up; tell how long each write took."""
    if way == "busy handler":
        door._queue = lambda _engine: nullcontext()  # type: ignore[assignment, return-value]
    took = []
    with own_house(home):
        begin.wait()
        ends = time.monotonic() + until
        while time.monotonic() < ends:
            time.sleep(THINK * random.uniform(0.5, 1.5))
            began = time.monotonic()
            try:
                write()
            except Exception as trouble:  # a write that gave up waited all the same
                if "locked" not in str(trouble):
                    raise
            took.append(time.monotonic() - began)
    tell.send(took)
    tell.close()


def compete(home: Path, way: Way, n: int, seconds: float) -> list[list[float]]:
    """Let so many writers compete; return how long each one's writes took."""
    begin = FORK.Barrier(n)
    ends = [FORK.Pipe(duplex=False) for _ in range(n)]
    writers = [FORK.Process(target=writer, args=(home, way, begin, seconds, tell)) for _listen, tell in ends]
    for one in writers:
        one.start()
    took = [listen.recv() for listen, _tell in ends]
    for one in writers:
        one.join()
    return took


def doomed(home: Path, tell: int) -> None:
    """Write until killed; say each time what is kept."""
    with own_house(home):
        while True:
            os.write(tell, write())


def kill_again_and_again(home: Path, times: int) -> tuple[int, int, int]:
    """Kill a writer so often; return how many writes it was told are kept, and how many are lost or half."""
    dice = random.Random(3)
    kept: list[bytes] = []
    for _ in range(times):
        listen, tell = os.pipe()
        victim = FORK.Process(target=doomed, args=(home, tell))
        victim.start()
        os.close(tell)
        first = os.read(listen, 32)
        time.sleep(dice.uniform(0, 0.15))
        os.kill(victim.pid or 0, signal.SIGKILL)
        victim.join()
        with os.fdopen(listen, "rb") as rest:
            told = first + rest.read()
        kept += [told[at : at + 32] for at in range(0, len(told), 32)]
    with reading():
        there = set(session.scalars(select(Attempt.what)))
        n = session.scalar(select(func.count()).select_from(Attempt)) or 0
    return len(kept), sum(one not in there for one in kept), n % STATEMENTS


def run(n: int, rounds: int, seconds: float, kills: int) -> None:
    with a_house() as opened:
        home = opened.home
        assert home is not None
        # Nothing open may be carried over into the writers.
        opened.engine.dispose()
        took: dict[Way, list[float]] = {"queue": [], "busy handler": []}
        shares: dict[Way, list[float]] = {"queue": [], "busy handler": []}
        for _ in range(rounds):
            for way in took:
                each = compete(home, way, n, seconds)
                took[way] += [one for times in each for one in times]
                counts = [len(times) for times in each]
                shares[way].append(min(counts) / max(counts))
        told, lost, half = kill_again_and_again(home, kills)
        worst = {way: sorted(times)[int(len(times) * 0.999)] for way, times in took.items()}
        raw = {
            "writers": n, "think_ms": THINK * 1e3, "writes": {way: len(times) for way, times in took.items()},
            "p99.9_ms": {way: round(one * 1e3, 1) for way, one in worst.items()},
            "median_ms": {way: round(statistics.median(times) * 1e3, 1) for way, times in took.items()},
            "worst_ms": {way: round(max(times) * 1e3) for way, times in took.items()},
        }  # fmt: skip
        line("C-4 p99.9", worst["queue"] / worst["busy handler"], "<= 0.2", raw)
        share = {way: round(statistics.median(found), 2) for way, found in shares.items()}
        line("C-4 slowest/fastest", share["queue"], ">= 0.9", share)
        line("C-4 kills", lost + half, "0 lost", {"kills": kills, "acknowledged": told, "lost": lost})


def line(goal: str, ratio: float, target: str, raw: dict[str, Any]) -> None:
    print(json.dumps({"goal": goal, "ratio": round(ratio, 3), "target": target, "raw": raw}), flush=True)


def main() -> None:
    """Print one line of JSON for each part of the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--small", action="store_true", help="only to see that it runs")
    asked = parser.parse_args()
    if asked.small:
        run(2, 1, 0.3, 2)
    else:
        run(asked.writers, ROUNDS, SECONDS, KILLS)


if __name__ == "__main__":
    main()
