"""Measures how long moving in takes and how much memory: 20,000 participants and 400,000 contacts in minutes.

Run with: python -m tests.benchmarks.bench_import [--participants N] [--contacts N] [--again] [--small]
Makes such a workbook in a folder of its own, imports it into a new instance, and throws both away.
"""

import argparse
import json
import resource
import shutil
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from peerlink import wiring
from peerlink.features.moving import service
from peerlink.store import house
from peerlink.store.engine import open_sqlite
from peerlink.store.model import Model
from peerlink.vault.keyring import Keyring
from tests.factories.large_workbooks import write_large

MOST_SECONDS, MOST_MEGABYTES = 240, 600


def main() -> None:
    """Print one line: seconds, peak memory and size on disk."""
    words = argparse.ArgumentParser()
    words.add_argument("--participants", type=int, default=20_000)
    words.add_argument("--contacts", type=int, default=400_000)
    words.add_argument("--again", action="store_true", help="import the same workbook a second time")
    words.add_argument("--small", action="store_true", help="only to see that it runs")
    asked = words.parse_args()
    if asked.small:
        asked.participants, asked.contacts = 30, 300
    with tempfile.TemporaryDirectory() as place:
        home, keys, folder = (Path(place) / name for name in ("home", "keys", "workbook"))
        # In a process of its own, so that its memory does not count.
        maker = get_context("spawn").Process(
            target=write_large, args=(folder, asked.participants, asked.contacts)
        )
        maker.start()
        maker.join()
        keyring = Keyring.create(home, keys / "root.key")
        engine = open_sqlite(home / "data.db", keyring.page_key("data"))
        house.enter(house.House(engine, keyring, home))
        Model.metadata.create_all(engine)
        wiring.connect()
        for which in ("first", "again") if asked.again else ("first",):
            print(json.dumps(measure(folder, home, which)))
        engine.dispose()
        keyring.close()
        shutil.rmtree(home)


def measure(folder: Path, home: Path, which: str) -> dict[str, object]:
    """Import once and return what it took."""
    started, worked = time.perf_counter(), time.process_time()
    report = service.import_path(folder)
    seconds, cpu = time.perf_counter() - started, time.process_time() - worked
    if not report.kept:
        raise SystemExit(f"not kept: {report.faults[:3]}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    on_disk = sum(file.stat().st_size for file in home.iterdir()) / 2**20
    return {
        "goal": "import",
        "what": which,
        "rows": sum(tally.rows for tally in report.sheets),
        "seconds": round(seconds, 1),
        "of CPU": round(cpu, 1),
        "peak MB": round(peak),
        "on disk MB": round(on_disk),
        "target": f"< {MOST_SECONDS} s, < {MOST_MEGABYTES} MB",
        "met": seconds < MOST_SECONDS and peak < MOST_MEGABYTES,
    }


if __name__ == "__main__":
    main()
