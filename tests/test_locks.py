"""The locks: every package by its hash, no address, and in step with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import start

pytestmark = pytest.mark.once

ENTRY = re.compile(r"[a-z0-9-]+==[^\s;]+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+ *$")
PROJECT = tomllib.loads((start.ROOT / "pyproject.toml").read_text())


def lines_of(lock: str) -> list[str]:
    """Return a lock's entries, each with its hashes on one line."""
    text = re.sub(r"^\s*#.*\n", "", (start.ROOT / lock).read_text(), flags=re.MULTILINE)
    return text.replace("\\\n", " ").splitlines()


def pins_of(lock: str) -> set[Requirement]:
    return {Requirement(line.split("--hash")[0]) for line in lines_of(lock)}


@pytest.mark.parametrize("lock", start.LOCKS)
class TestLocks:
    def test_every_line_is_one_version_with_its_hashes(self, lock: str) -> None:
        lines = lines_of(lock)
        assert lines
        for line in lines:
            assert re.match(
                r"[a-z0-9-]+==\S+ ( ; .+? )? *(--hash=sha256:[0-9a-f]{64}\s*)+$", line.replace(" ;", "  ;")
            ), line

    def test_no_address_and_no_path_stands_in_it(self, lock: str) -> None:
        text = (start.ROOT / lock).read_text()
        assert "://" not in text
        assert not re.search(r"(^|\s)(/|file:|--(extra-)?index-url|--find-links|--trusted-host)", text)


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        (start.BOOT_LOCK, PROJECT["dependency-groups"]["boot"]),
        (start.PRODUCTION_LOCK, PROJECT["project"]["dependencies"]),
        (start.DEV_LOCK, PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]),
        (start.BENCH_LOCK, PROJECT["dependency-groups"]["dev"] + PROJECT["dependency-groups"]["bench"]),
    ],
)
def test_every_dependency_is_locked_to_a_version_that_was_asked_for(lock: str, asked: list[str]) -> None:
    pinned: dict[str, list[str]] = {}
    for pin in pins_of(lock):
        pinned.setdefault(canonicalize_name(pin.name), []).append(str(pin.specifier).removeprefix("=="))
    for wanted in map(Requirement, asked):
        versions = pinned.get(canonicalize_name(wanted.name), [])
        assert versions, f"{wanted.name} is missing in {lock}"
        assert all(wanted.specifier.contains(version) for version in versions)


@pytest.mark.parametrize(
    ("smaller", "larger"), [(start.PRODUCTION_LOCK, start.DEV_LOCK), (start.DEV_LOCK, start.BENCH_LOCK)]
)
def test_the_tests_run_on_the_versions_that_are_shipped(smaller: str, larger: str) -> None:
    assert {str(pin) for pin in pins_of(smaller)} <= {str(pin) for pin in pins_of(larger)}


class TestLocksInStep:
    @pytest.fixture
    def copies(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        for name in ("pyproject.toml", *start.LOCKS):
            (tmp_path / name).write_text((start.ROOT / name).read_text())
        monkeypatch.setattr(start, "ROOT", tmp_path)
        return tmp_path

    def test_the_locks_are_of_this_pyproject(self) -> None:
        start.check_locks()

    def test_a_dependency_added_without_the_locks_is_noticed(self, copies: Path) -> None:
        text = (copies / "pyproject.toml").read_text()
        (copies / "pyproject.toml").write_text(text.replace('"tzdata",', '"tzdata",\n  "requests",'))
        with pytest.raises(start.Trouble, match="not of this pyproject"):
            start.check_locks()

    def test_an_address_in_a_lock_is_noticed(self, copies: Path) -> None:
        with (copies / start.DEV_LOCK).open("a") as lock:
            lock.write("# from " + "https" + "://packages.example/\n")
        with pytest.raises(start.Trouble, match="address"):
            start.check_locks()
