"""The benchmarks run: small ones here, whether they measure well is seen by `start.py bench`."""

import json
import subprocess
import sys

import pytest

import start

pytestmark = pytest.mark.once

NAMES = [path.stem for path in sorted(start.ROOT.glob("tests/benchmarks/bench_*.py"))]


@pytest.mark.parametrize("name", NAMES)
def test_each_benchmark_runs_small_and_says_what_it_measured(name: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", "--small"],
        cwd=start.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    measured = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    assert measured, ran.stdout
