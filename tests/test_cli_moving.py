"""What `peerlink import` prints and how it ends."""

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from peerlink.cli_moving import import_command
from peerlink.errors import Refused
from tests.factories import workbooks
from tests.features.moving.support import kept, spoiled

pytestmark = pytest.mark.usefixtures("clean_database")


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def run(*args: object, **kwargs: object) -> None:
        try:
            command(*args, **kwargs)
        except Refused as refusal:
            raise click.ClickException(str(refusal)) from None

    return run


def typed(*words: object) -> Result:
    return CliRunner().invoke(import_command(plainly, lambda: None), [str(word) for word in words])


def test_it_imports_and_says_so_in_one_document(tmp_path: Path) -> None:
    folder = workbooks.write_folder(tmp_path / "book", workbooks.small())
    done = typed(folder, "--format", "json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["ok"], said["kept"], done.stderr) == (0, True, True, "")
    assert {
        "name": "sites",
        "rows": 2,
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "faults": 0,
        "hints": 0,
    } in said["sheets"]
    again = json.loads(typed(folder, "--format", "json").stdout)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, said["new"])


def test_faults_end_with_one_and_a_sentence(tmp_path: Path) -> None:
    wrong = spoiled(lambda sheets: sheets["sites"][0].update(kind="clinik"))
    before = kept()
    refused = typed(workbooks.write_folder(tmp_path, wrong), "--format", "json")
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["faults"] == [
        {
            "file": "sites",
            "row": 2,
            "column": "kind",
            "wrong": "'clinik' is not known; did you mean 'clinic'?",
            "right": "clinic, community, other",
        }
    ]
    assert "nothing was kept" in refused.stderr
    assert kept() == before


def test_a_dry_run_says_what_would_be(tmp_path: Path) -> None:
    before = kept()
    tried = typed(workbooks.write_folder(tmp_path, workbooks.small()), "--dry-run")
    assert (tried.exit_code, kept() == before) == (0, True)
    assert "dry run" in tried.stdout


def test_only_leaves_out_what_is_not_read_yet(tmp_path: Path) -> None:
    folder = workbooks.write_folder(tmp_path, workbooks.small() | {"spend": [{"month": "2026-01"}]})
    assert typed(folder, "--dry-run").exit_code == 1
    assert typed(folder, "--dry-run", "--only", "programme, sites").exit_code == 0


@pytest.mark.parametrize(
    "words", [(), ("x", "--template", "y"), ("x", "--only", "sits"), ("x", "--format", "xml")]
)
def test_wrong_usage_ends_with_two(words: tuple[str, ...]) -> None:
    assert typed(*words).exit_code == 2


def test_a_path_that_is_not_there_ends_with_one(tmp_path: Path) -> None:
    refused = typed(tmp_path / "nowhere")
    assert (refused.exit_code, "nowhere" in refused.stderr) == (1, True)


def test_the_template_is_written_and_goes_in(tmp_path: Path) -> None:
    assert typed("--template", tmp_path / "book.xlsx").exit_code == 0
    assert typed(tmp_path / "book.xlsx").exit_code == 0
    assert typed("--template", tmp_path / "no" / "folder.xlsx").exit_code == 1
