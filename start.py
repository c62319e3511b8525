#!/usr/bin/env python3
"""The door of PeerLink: from a fresh clone to a running demo, to the tests or to the checks, in one command.

Uses the standard library only, so a bare Python 3.11 opens it:

    python3 start.py                 a programme of made-up people, served on this machine only
    python3 start.py setup           only the environment: .venv/bin/peerlink
    python3 start.py test [...]      every test on both databases and in a browser; words go on to pytest
    python3 start.py check [--fast]  style, types, house rules, migrations, locks, then the tests
    python3 start.py bench [NAME...] the benchmarks, all or by name; words from the first -x on go to each
    python3 start.py lock [...]      write the lock files again from pyproject.toml; words go on to uv
    python3 start.py look            pictures of every desk at phone and desk width, in .look/
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
DONE = VENV / "start.json"

OLDEST_PYTHON = (3, 11)
BOOT_LOCK = "requirements.boot.lock"
PRODUCTION_LOCK = "requirements.lock"
DEV_LOCK = "requirements.dev.lock"
BENCH_LOCK = "requirements.bench.lock"

# What each lock is compiled from: arguments for `uv pip compile`. The later ones keep to the earlier pins.
LOCKS = {
    BOOT_LOCK: ["--group", "boot"],
    PRODUCTION_LOCK: ["pyproject.toml"],
    DEV_LOCK: ["pyproject.toml", "--group", "dev", "--constraint", PRODUCTION_LOCK],
    BENCH_LOCK: ["pyproject.toml", "--group", "dev", "--group", "bench", "--constraint", DEV_LOCK],
}

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LIBRARIES = {
    "libatomic1": "libatomic.so.1",  # the browser's driver
    "libpango-1.0-0": "libpango-1.0.so.0",  # these three draw a PDF
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
N_NO_TESTS = 5  # pytest's exit status when it found no test


class Trouble(Exception):
    """Something a person can put right; says how."""


# --- saying and running -------------------------------------------------------------------------------------


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print one line for a step, with the seconds it took."""
    begun = time.monotonic()
    yield
    print(f"  {name:<44}{time.monotonic() - begun:7.1f} s", flush=True)


def environment(**more: str | None) -> dict[str, str]:
    """Return this process's variables with these set, or taken out where they are None."""
    # The first four would lead .venv's Python to another installation.
    strays = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__", *more}
    kept = {name: value for name, value in os.environ.items() if name not in strays}
    return kept | {name: value for name, value in more.items() if value is not None}


def run_quietly(*command: object, n_lines: int = 12, **variables: str) -> None:
    """Run a command; when it fails raise Trouble with the last lines it said."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = "\n".join("    " + line for line in done.stdout.strip().splitlines()[-n_lines:])
        raise Trouble(f"This failed: {shlex.join(words)}\n{said}")


def run_and_keep(*command: object, **variables: str | None) -> tuple[int, str]:
    """Run a command that speaks for itself; return its exit status and what it said."""
    words = [str(word) for word in command]
    variables |= {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(words, cwd=ROOT, env=environment(**variables), stdout=subprocess.PIPE)
    assert process.stdout is not None  # noqa: S101 - a pipe was asked for
    said = bytearray()
    try:
        while piece := os.read(process.stdout.fileno(), 65536):
            said += piece
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        status = process.wait()
    except KeyboardInterrupt:
        let_end(process)
        raise
    return status, said.decode(errors="replace")


def let_end(process: subprocess.Popen[bytes]) -> None:
    """Let a command that got the same Ctrl-C tidy up; end it when it takes too long."""
    try:
        process.communicate(timeout=20)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()


# --- packages of the operating system -----------------------------------------------------------------------


def require_debian(*packages: str, because: str) -> None:
    """Install Debian packages where this process may; otherwise name the one command that does."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        raise Trouble(f"{because} Install it with your system's package manager and start again.")
    if os.geteuid() != 0:
        raise Trouble(f"{because} Type this, then start again:\n\n    sudo {shlex.join(command)}\n")
    with step("system packages: " + ", ".join(packages)):
        try:
            run_quietly(*command, DEBIAN_FRONTEND="noninteractive")
        except Trouble:  # a fresh or long unused machine has no list, or an old one
            run_quietly("apt-get", "update")
            run_quietly(*command, DEBIAN_FRONTEND="noninteractive")


def find_browser() -> Path | None:
    """Return Chromium or Chrome: the one PEERLINK_TEST_BROWSER names, else the first one on the path."""
    named = os.environ.get("PEERLINK_TEST_BROWSER")
    if named and not shutil.which(named):
        raise Trouble(f"PEERLINK_TEST_BROWSER names {named}, which is not a program here.")
    found = [shutil.which(name) for name in ([named] if named else BROWSERS)]
    return next((Path(path) for path in found if path), None)


def find_postgres() -> Path | None:
    """Return the folder with PostgreSQL's initdb and pg_ctl, the newest first."""
    folders = sorted(
        (path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        key=lambda folder: float(folder.parent.name),
        reverse=True,
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def has_library(file: str) -> bool:
    """Tell whether a library is here that the tests need and a bare Debian lacks."""
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def get_test_machinery() -> None:
    """Make sure that PostgreSQL, Chromium and their like are here; no test is left out for want of them."""
    here = {
        "postgresql": bool(os.environ.get("PEERLINK_TEST_PG") or find_postgres()),
        "chromium": bool(find_browser()),
        **{package: has_library(file) for package, file in LIBRARIES.items()},
    }
    missing = [package for package, found in here.items() if not found]
    if missing:
        require_debian(*missing, because=f"The tests need {', '.join(missing)}.")


# --- the environment ----------------------------------------------------------------------------------------


def make_environment(*locks: str) -> None:
    """Bring .venv to the state the named lock files describe, doing only what is not done yet."""
    make_venv()
    if not is_installed(BOOT_LOCK):
        with step("installer"):
            install_uv()
    for lock in locks:
        if not is_installed(lock):
            with step(f"packages of {lock}"):
                install(lock)
    make_launcher()


def make_venv() -> None:
    """Create the virtual environment; one that is broken, half made or moved is made again."""
    if PYTHON.exists() and (BIN / "pip").exists() and done().get("place", str(VENV)) == str(VENV):
        return
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        require_debian(package, because="Python's venv module is missing here.")
    with step("environment"):
        run_quietly(sys.executable, "-m", "venv", "--clear", VENV)
    note_done("place", str(VENV))


def fingerprint(lock: str) -> str:
    """Return what must not have changed for an installed lock to count as done."""
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def done() -> dict[str, str]:
    """Return what .venv says of itself: its place, and the fingerprint of each lock installed in it."""
    try:
        kept = json.loads(DONE.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def note_done(name: str, value: str) -> None:
    """Write down in .venv what need not be done again."""
    DONE.write_text(json.dumps(done() | {name: value}, indent=1) + "\n")


def is_installed(lock: str) -> bool:
    """Tell whether .venv holds this very lock."""
    return done().get(lock) == fingerprint(lock)


def install(lock: str) -> None:
    """Install one lock, every file held against its hash: by uv when it is here, else by pip."""
    hashed = ("--require-hashes", "-r", ROOT / lock)
    try:
        run_quietly(BIN / "uv", "pip", "install", "-q", "--python", PYTHON, *hashed)
    except (Trouble, FileNotFoundError):
        # No uv here, or pip is set up for a mirror, or for certificates, that uv knows nothing of.
        install_by_pip(*hashed)
    note_done(lock, fingerprint(lock))


def install_uv() -> None:
    """Install the fast installer where there is one for this machine."""
    try:
        install_by_pip("--only-binary", ":all:", "--require-hashes", "-r", ROOT / BOOT_LOCK)
    except Trouble:
        return  # without it everything still works, only slower
    note_done(BOOT_LOCK, fingerprint(BOOT_LOCK))


def install_by_pip(*wanted: object) -> None:
    """Install by the slower of the two, which is always here."""
    pip = (PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input")
    try:
        run_quietly(*pip, *wanted, n_lines=3)
    except Trouble as trouble:
        raise Trouble(
            f"The packages could not be fetched. Is there a way to the package index?\n{trouble}"
        ) from None


def make_launcher() -> None:
    """Put `peerlink` into .venv, running from this folder; no build tool is needed for it."""
    for site in VENV.glob("lib/python3.*/site-packages"):
        write_if_new(site / "peerlink.pth", f"{ROOT}\n")
    # The shell opens the file and hands it to Python: a first line of its own could not hold a path with
    # spaces, nor a long one.
    write_if_new(
        BIN / "peerlink",
        f"#!/bin/sh\n'''exec' {shlex.quote(str(PYTHON))} \"$0\" \"$@\"\n' '''\n"
        "import sys\n\nfrom peerlink.cli import main\n\nsys.exit(main())\n",
        mode=0o755,
    )


def write_if_new(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file unless it already says this."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
        path.chmod(mode)


# --- the lock files -----------------------------------------------------------------------------------------


def heading() -> str:
    """Return the first line of a lock file: what pyproject.toml asked for when it was compiled."""
    import tomllib  # here, because an older Python has none and must still be told that it is too old

    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        asked["project"]["requires-python"],
        asked["project"]["dependencies"],
        asked["dependency-groups"],
    ]
    return f"# pyproject.toml {hashlib.sha256(json.dumps(wanted).encode()).hexdigest()[:32]}\n"


def check_locks() -> None:
    """Refuse locks that pyproject.toml has moved away from, or that name the place packages came from."""
    for lock in LOCKS:
        text = (ROOT / lock).read_text()
        if not text.startswith(heading()):
            raise Trouble(f"{lock} is not of this pyproject.toml. Write it again: python3 start.py lock")
        if "://" in text:
            raise Trouble(f"{lock} contains an address. Write it again: python3 start.py lock")


def write_locks(words: Sequence[str]) -> None:
    """Compile every lock from pyproject.toml, keeping the pins that still fit."""
    make_environment()
    if not (BIN / "uv").exists():
        raise Trouble("Locks are written by uv, which could not be installed here.")
    compiler = (BIN / "uv", "pip", "compile", "-q", "--universal", "--generate-hashes", "--no-header")
    oldest = ".".join(map(str, OLDEST_PYTHON))
    for lock, sources in LOCKS.items():
        with step(lock):
            run_quietly(*compiler, "--python-version", oldest, "--output-file", lock, *sources, *words)
            path = ROOT / lock
            path.write_text(heading() + path.read_text())
    check_locks()


# --- the commands -------------------------------------------------------------------------------------------


def demo(words: Sequence[str]) -> int:
    """Serve a throw-away instance with made-up people."""
    make_environment(PRODUCTION_LOCK)
    os.chdir(ROOT)
    os.execve(BIN / "peerlink", ["peerlink", "demo", *words], environment())  # noqa: S606 - our own launcher


def setup(words: Sequence[str]) -> int:
    """Make the environment."""
    take_no(words)
    make_environment(PRODUCTION_LOCK)
    print(f"  ready: {BIN / 'peerlink'}")
    return 0


def test(words: Sequence[str]) -> int:
    """Run the tests on SQLite, then all but those marked `once` on PostgreSQL."""
    make_environment(BENCH_LOCK)  # the benchmarks are tested too, in small
    get_test_machinery()
    workers = str(min(8, max(2, os.cpu_count() or 2)))
    colour = "yes" if sys.stdout.isatty() else "no"
    pytest = (PYTHON, "-m", "pytest", f"--color={colour}", "-n", workers, "--dist", "worksteal")
    failed = passed = 0
    for database, chosen in ((None, ()), ("postgres", ("-m", "not once"))):
        print(f"\n  tests on {database or 'sqlite'}", flush=True)
        status, said = run_and_keep(*pytest, *chosen, *words, PEERLINK_TEST_DATABASE=database)
        counts = closing_counts(said)
        passed += counts.get("passed", 0)
        n_failed = counts.get("failed", 0) + counts.get("error", 0)
        nothing_to_repeat = database is not None and status == N_NO_TESTS
        failed += n_failed if status == 0 or n_failed or nothing_to_repeat else 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def closing_counts(said: str) -> dict[str, int]:
    """Return how many tests passed, failed and so on, from pytest's closing line."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", said).strip().splitlines() or [""]
    return {
        kind.removesuffix("s"): int(n)
        for n, kind in re.findall(r"(\d+) (passed|failed|errors?)\b", lines[-1])
    }


def check(words: Sequence[str]) -> int:
    """Hold the code to the rules of the house, then run the tests."""
    if list(words) not in ([], ["--fast"]):
        raise Trouble("check takes nothing but --fast.")
    make_environment(DEV_LOCK)
    rules: dict[str, Callable[[], None]] = {
        "locks": check_locks,
        "style": command(BIN / "ruff", "check", "--output-format=concise", "."),
        "layout": command(BIN / "ruff", "format", "--check", "--output-format=concise", "."),
        "house rules": command(BIN / "lint-imports"),
        "types": command(BIN / "mypy"),
        "migrations": command(BIN / "peerlink", "migrations", "check"),
    }
    broken = [name for name, rule in rules.items() if not holds(name, rule)]
    if broken:
        raise Trouble(f"Not right yet: {', '.join(broken)}.")
    return 0 if words else test([])


def command(*words: object) -> Callable[[], None]:
    """Return a rule that holds when this command succeeds."""
    return lambda: run_quietly(*words, n_lines=500)


def holds(name: str, rule: Callable[[], None]) -> bool:
    """Try one rule; say what is wrong with it."""
    try:
        with step(name):
            rule()
    except Trouble as trouble:
        print(f"  {name}: {trouble}", flush=True)
        return False
    return True


def bench(words: Sequence[str]) -> int:
    """Run the benchmarks and gather what they measured into one table."""
    make_environment(BENCH_LOCK)
    here = [path.stem.removeprefix("bench_") for path in sorted(ROOT.glob("tests/benchmarks/bench_*.py"))]
    n_names = next((i for i, word in enumerate(words) if word.startswith("-")), len(words))
    unknown = set(words[:n_names]) - set(here)
    if unknown:
        raise Trouble(f"No benchmark called {', '.join(sorted(unknown))}. There are: {', '.join(here)}.")
    measured: list[dict[str, object]] = []
    broken = []
    for name in words[:n_names] or here:
        print(f"\n  {name}", flush=True)
        status, said = run_and_keep(PYTHON, "-m", f"tests.benchmarks.bench_{name}", *words[n_names:])
        measured += [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        broken += [name] if status else []
    print("\n" + table(measured))
    if broken:
        raise Trouble(f"These benchmarks failed: {', '.join(broken)}.")
    return 0


def table(rows: Sequence[dict[str, object]]) -> str:
    """Return rows as text in columns, one for every name that occurs."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, *([shown(row.get(name, "")) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in cells)
    return "\n".join(lines)


def shown(value: object) -> str:
    """Return a measured value with four digits that count."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {shown(one)}" for name, one in value.items())
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def lock(words: Sequence[str]) -> int:
    """Write the lock files again."""
    write_locks(words)
    return 0


def look(words: Sequence[str]) -> int:
    """Keep pictures of every desk."""
    make_environment(DEV_LOCK)
    get_test_machinery()
    status, _ = run_and_keep(PYTHON, "-m", "tests.browser.look", *words)
    return status


def take_no(words: Sequence[str]) -> None:
    """Refuse words a command has no use for."""
    if words:
        raise Trouble(f"Not understood: {shlex.join(words)}. See python3 start.py --help")


def explain() -> int:
    """Say what can be typed."""
    print((__doc__ or "").strip(), flush=True)
    return 0


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo,
    "setup": setup,
    "test": test,
    "check": check,
    "bench": bench,
    "lock": lock,
    "look": look,
}


def find_command(name: str) -> Callable[[Sequence[str]], int]:
    """Return what a word stands for, where it can be done at all."""
    if sys.version_info < OLDEST_PYTHON or os.name == "nt":
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise Trouble(f"PeerLink needs Python {oldest} or newer, on Linux, macOS or in WSL.")
    if name not in COMMANDS:
        raise Trouble(f"There is no {name}. There are: {', '.join(COMMANDS)}.")
    return COMMANDS[name]


def main(words: Sequence[str]) -> int:
    """Do what was typed; return the exit status."""
    name, rest = (words[0], words[1:]) if words else ("demo", [])
    try:
        return explain() if name in {"-h", "--help"} else find_command(name)(rest)
    except KeyboardInterrupt:
        print("\n  stopped", file=sys.stderr)
        return 130
    except (Trouble, OSError) as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
