"""The door: it opens with Python alone, from anywhere, and lends the tests what they need."""

import ast
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext

import start
from tests.support.browser import open_desk, open_phone
from tests.support.postgres import cluster

pytestmark = pytest.mark.once

DOOR = start.ROOT / "start.py"


def run_door(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DOOR), *words],
        cwd="/",
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


class TestStart:
    def test_it_imports_nothing_but_the_standard_library(self) -> None:
        imported = set()
        for node in ast.walk(ast.parse(DOOR.read_text())):
            if isinstance(node, ast.Import):
                imported |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").split(".")[0])
        assert imported <= set(sys.stdlib_module_names)

    def test_a_python_too_old_can_read_it_and_so_say_that_it_is_too_old(self) -> None:
        ast.parse(DOOR.read_text(), feature_version=(3, 8))

    def test_help_names_every_command(self) -> None:
        shown = run_door("--help")
        assert shown.returncode == 0
        listed = set(re.findall(r"start\.py (\w+)", shown.stdout)) | {"demo"}
        assert listed == set(start.COMMANDS)

    @pytest.mark.parametrize("words", [("nonsense",), ("check", "--slow"), ("setup", "now")])
    def test_what_it_does_not_understand_it_says_in_a_sentence(self, words: tuple[str, ...]) -> None:
        said = run_door(*words)
        assert said.returncode == 1
        assert "Traceback" not in said.stderr
        assert said.stderr.strip()

    def test_a_browser_named_wrongly_is_said(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PEERLINK_TEST_BROWSER", "no-such-browser")
        with pytest.raises(start.Trouble, match="no-such-browser"):
            start.find_browser()

    def test_who_may_not_install_is_told_the_one_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("os.geteuid", lambda: 1000)
        monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
        with pytest.raises(start.Trouble, match="sudo apt-get install -y --no-install-recommends chromium"):
            start.require_debian("chromium", because="The tests need chromium.")

    @pytest.mark.parametrize(
        ("said", "counts"),
        [
            ("....\n12 passed in 3.21s\n", {"passed": 12}),
            (
                "\x1b[31m1 failed\x1b[0m, 2 passed, 3 errors in 1s",
                {"failed": 1, "passed": 2, "error": 3},
            ),
            ("7 deselected in 0.5s", {}),
            ("3 passed\nERROR: usage", {}),
            ("", {}),
        ],
    )
    def test_it_counts_what_the_closing_line_says(self, said: str, counts: dict[str, int]) -> None:
        assert start.closing_counts(said) == counts

    @pytest.mark.parametrize(
        ("sqlite", "postgres", "status", "closing"),
        [
            ((0, "3 passed in 1s"), (0, "2 passed, 1 deselected in 1s"), 0, "5 passed, 0 failed"),
            ((0, "3 passed in 1s"), (5, "3 deselected in 1s"), 0, "3 passed, 0 failed"),
            ((5, "no tests ran in 1s"), (5, "no tests ran in 1s"), 1, "0 passed, 1 failed"),
            ((1, "1 failed, 2 passed in 1s"), (0, "3 passed in 1s"), 1, "5 passed, 1 failed"),
            ((0, "3 passed in 1s"), (1, "2 passed, 1 error in 1s"), 1, "5 passed, 1 failed"),
            ((0, "3 passed in 1s"), (3, "INTERNALERROR"), 1, "3 passed, 1 failed"),
            ((-9, ""), (0, "3 passed in 1s"), 1, "3 passed, 1 failed"),
        ],
    )
    def test_both_runs_must_pass(
        self,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        sqlite: tuple[int, str],
        postgres: tuple[int, str],
        status: int,
        closing: str,
    ) -> None:
        runs = {None: sqlite, "postgres": postgres}
        monkeypatch.setattr(start, "make_environment", lambda *_: None)
        monkeypatch.setattr(start, "get_test_machinery", lambda: None)
        monkeypatch.setattr(start, "run_and_keep", lambda *_, **variables: runs[variables.popitem()[1]])
        assert start.test([]) == status
        assert capsys.readouterr().out.splitlines()[-1] == closing

    @pytest.mark.parametrize(
        ("postgres", "browser", "lacking", "asked"),
        [
            (Path("/pg"), Path("/chromium"), set(), ()),
            (None, Path("/chromium"), set(), ("postgresql",)),
            (None, None, {"libatomic.so.1"}, ("postgresql", "chromium", "libatomic1")),
            (
                Path("/pg"),
                Path("/chromium"),
                {"libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"},
                ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
            ),
        ],
    )
    def test_what_the_tests_lack_is_asked_for_by_name(
        self,
        monkeypatch: pytest.MonkeyPatch,
        postgres: Path | None,
        browser: Path | None,
        lacking: set[str],
        asked: tuple[str, ...],
    ) -> None:
        packages: list[str] = []
        monkeypatch.delenv("PEERLINK_TEST_PG", raising=False)
        monkeypatch.setattr(start, "find_postgres", lambda: postgres)
        monkeypatch.setattr(start, "find_browser", lambda: browser)
        monkeypatch.setattr(start, "has_library", lambda file: file not in lacking)
        monkeypatch.setattr(start, "require_debian", lambda *names, because: packages.extend(names))
        start.get_test_machinery()
        assert tuple(packages) == asked

    def test_a_table_has_a_column_for_every_name(self) -> None:
        rows: list[dict[str, object]] = [{"bench": "night", "ratio": 0.123456}, {"bench": "post", "goal": 2}]
        assert start.table(rows) == "bench  ratio   goal\nnight  0.1235\npost           2"

    def test_raw_figures_stand_in_one_cell(self) -> None:
        rows: list[dict[str, object]] = [{"raw": {"floor, us": 250.04, "ours, us": 435}}]
        assert start.table(rows) == "raw\nfloor, us: 250, ours, us: 435"

    def test_nothing_measured_is_an_empty_table(self) -> None:
        assert start.table([]) == ""


class TestEnvironment:
    @pytest.fixture
    def elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Another clone, in a folder with a name shells stumble over."""
        root = tmp_path / "peer's link"
        monkeypatch.setattr(start, "ROOT", root)
        monkeypatch.setattr(start, "VENV", root / ".venv")
        monkeypatch.setattr(start, "BIN", root / ".venv/bin")
        monkeypatch.setattr(start, "PYTHON", root / ".venv/bin/python")
        monkeypatch.setattr(start, "DONE", root / ".venv/start.json")
        (root / "peerlink").mkdir(parents=True)
        (root / "requirements.lock").write_text("flask==3.1.3\n")
        return root

    def test_the_launcher_runs_this_folders_code_and_hands_on_words_and_status(self, elsewhere: Path) -> None:
        (elsewhere / "peerlink/cli.py").write_text(
            "import sys\ndef main():\n    print(sys.argv[1:])\n    return 3\n"
        )
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", elsewhere / ".venv"], check=True)
        start.make_launcher()
        ran = subprocess.run(
            [elsewhere / ".venv/bin/peerlink", "demo", "two words"],
            cwd="/", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (ran.returncode, ran.stdout) == (3, "['demo', 'two words']\n"), ran.stderr

    def test_a_lock_counts_as_installed_until_it_changes(self, elsewhere: Path) -> None:
        (elsewhere / ".venv").mkdir()
        assert not start.is_installed("requirements.lock")
        start.note_done("requirements.lock", start.fingerprint("requirements.lock"))
        assert start.is_installed("requirements.lock")
        (elsewhere / "requirements.lock").write_text("flask==3.1.4\n")
        assert not start.is_installed("requirements.lock")

    def test_a_moved_environment_is_made_again(
        self, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made: list[tuple[object, ...]] = []
        (elsewhere / ".venv/bin").mkdir(parents=True)
        for name in ("python", "pip"):
            (elsewhere / ".venv/bin" / name).touch()
        monkeypatch.setattr(start, "run_quietly", lambda *command, **_: made.append(command))
        start.note_done("place", str(elsewhere / ".venv"))
        start.make_venv()
        assert not made
        start.note_done("place", "/another/place/.venv")
        start.make_venv()
        assert "--clear" in made[0]

    @pytest.mark.parametrize("damage", ["", "[]", "{"])
    def test_a_damaged_note_of_what_is_done_means_nothing_is_done(self, elsewhere: Path, damage: str) -> None:
        (elsewhere / ".venv").mkdir()
        start.DONE.write_text(damage)
        assert not start.is_installed("requirements.lock")


def test_what_is_run_on_every_change_is_the_test_command_and_nothing_else() -> None:
    lines = (start.ROOT / ".ci/run").read_text().splitlines()
    assert lines == [
        "#!/usr/bin/env bash",
        "set -euo pipefail",
        'cd "$(dirname "${BASH_SOURCE[0]}")/.."',
        "exec python3 start.py test",
    ]
    assert os.access(start.ROOT / ".ci/run", os.X_OK)


def test_every_short_name_stands_for_a_command_there_is() -> None:
    text = (start.ROOT / "Makefile").read_text()
    assert set(re.findall(r"python3 start\.py (\w+)", text)) == set(start.COMMANDS)


class TestPostgres:
    def test_each_name_is_a_database_of_its_own_made_anew(self) -> None:
        with cluster() as new_database:
            one, other = new_database("door_one"), new_database("door_other")
            with psycopg.connect(one.replace("+psycopg", "")) as connection:
                connection.execute("CREATE TABLE here (id int)")
            assert tables_of(one) == 1
            assert tables_of(other) == 0
            assert tables_of(new_database("door_one")) == 0

    def test_it_ends_with_the_tests_even_when_they_are_killed(self) -> None:
        program = (
            "import time\nfrom tests.support.postgres import private_server\n"
            "with private_server() as url:\n    print(url, flush=True)\n    time.sleep(600)\n"
        )
        given = {name: value for name, value in os.environ.items() if name != "PEERLINK_TEST_PG"}
        tests = subprocess.Popen(
            [sys.executable, "-c", program], cwd=start.ROOT, env=given, stdout=subprocess.PIPE
        )
        assert tests.stdout is not None
        url = tests.stdout.readline().decode().strip()
        folder = Path(url.partition("host=")[2])
        server = int((folder / "data/postmaster.pid").read_text().splitlines()[0])
        tests.kill()
        tests.communicate()
        for _ in range(100):
            if not folder.exists() and not Path(f"/proc/{server}").exists():
                break
            time.sleep(0.1)
        assert not folder.exists()
        with pytest.raises(ProcessLookupError):
            os.kill(server, 0)


def tables_of(url: str) -> int:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert found is not None
    return int(found[0])


class TestBrowser:
    PAGE = "data:text/html,<title>x</title><meta name=viewport content='width=device-width'><h1>Here"

    def test_a_phone_is_narrow_and_touched(self, phone: BrowserContext) -> None:
        opened = phone.new_page()
        opened.goto(self.PAGE)
        assert opened.evaluate("[innerWidth, innerHeight, navigator.maxTouchPoints > 0]") == [360, 740, True]

    def test_a_desk_is_wide_and_has_a_mouse(self, desk: BrowserContext) -> None:
        opened = desk.new_page()
        opened.goto(self.PAGE)
        assert opened.evaluate("[innerWidth, matchMedia('(pointer: fine)').matches]") == [1280, True]

    def test_people_share_nothing(self, browser: Browser) -> None:
        with open_phone(browser) as hers, open_desk(browser) as his:
            hers.add_cookies([{"name": "session", "value": "hers", "url": "http://127.0.0.1"}])
            assert his.cookies() == []
