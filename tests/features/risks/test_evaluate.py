"""Evaluating judges everything it applies to, as of a day, and keeps only what it is asked to keep."""

import datetime as dt
import json
from typing import Any

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from peerlink import clock
from peerlink.cli_risks import evaluated, risks_group
from peerlink.errors import Refused
from peerlink.features.risks.models import Flag
from peerlink.framework.levels import Level
from peerlink.store.session import reading, session
from tests.features.risks.happenings import amina_answers

pytestmark = pytest.mark.usefixtures("the_cast")
KEYS = {"rule", "node", "subject", "level", "evidence", "because"}


def today() -> dt.date:
    return clock.today("Europe/London")


def found(rule: str, ref: str, as_of: dt.date | None = None) -> dict[str, Any]:
    rows = evaluated(as_of, kept=False)["findings"]
    (row,) = [one for one in rows if one["rule"] == rule and one["subject"]["ref"] == ref]
    return row


def n_flags() -> int:
    with reading():
        return len(session.scalars(select(Flag.id)).all())


def test_every_rule_has_a_row_for_every_subject_it_applies_to() -> None:
    said = evaluated(None, kept=False)
    assert set(said) == {"as_of", "findings"}
    assert said["as_of"] == today().isoformat()
    pairs = [(one["rule"], one["subject"]["kind"], one["subject"]["ref"]) for one in said["findings"]]
    assert len(pairs) == len(set(pairs))
    assert {pair for pair in pairs if pair[1] == "programme"} == {
        (rule, "programme", "") for rule in ("R01", "R03", "R28", "R61", "R63", "R68", "R70")
    }
    assert {ref for _rule, kind, ref in pairs if kind == "volunteer"} == {"V101", "V102", "V103"}
    assert {(rule, ref) for rule, kind, ref in pairs if kind == "participant"} == {
        ("R51", "P201"), ("R51", "P202"),
    }  # fmt: skip
    levels = {one["level"] for one in said["findings"]}
    assert {"ok", "unknown"} <= levels <= {level.value for level in Level}


def test_a_row_says_what_the_level_rests_on() -> None:
    amina_answers(v1=4, v2=4, v3=4, v4=4, v5=4, v6=4, v7=4)
    row = found("R20", "V101")
    assert set(row) == KEYS
    assert row["subject"] == {"kind": "volunteer", "ref": "V101"}
    assert row["node"] == "sustainability.volunteer.negative.burnout.exhaustion"
    assert row["level"] == "alert"
    assert row["because"] == "Strain is high."
    assert {"name": "strain", "value": 100.0, "unit": "points", "threshold": 50, "n": 7} in row["evidence"]


def test_nothing_dated_later_is_seen() -> None:
    amina_answers(v1=4, v2=4, v3=4, v4=4, v5=4, v6=4, v7=4)
    assert found("R20", "V101", today() - dt.timedelta(days=1))["level"] == "unknown"


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(Refused):
        evaluated(today() + dt.timedelta(days=1), kept=False)


def test_nothing_is_kept_unless_asked_for() -> None:
    evaluated(None, kept=False)
    assert n_flags() == 0
    said = evaluated(None, kept=True)
    assert n_flags() == sum(Level(one["level"]).is_positive for one in said["findings"]) > 0
    evaluated(None, kept=True)
    assert n_flags() == sum(Level(one["level"]).is_positive for one in said["findings"])


def test_the_command_prints_one_document_and_nothing_else() -> None:
    group = risks_group(lambda command: command, lambda: None)
    run = CliRunner().invoke(group, ["evaluate", "--format", "json"])
    assert run.exit_code == 0
    assert set(json.loads(run.stdout)) == {"as_of", "findings"}


def test_as_text_it_names_what_was_found_and_counts_the_rest() -> None:
    group = risks_group(lambda command: command, lambda: None)
    run = CliRunner().invoke(group, ["evaluate"])
    assert "R26" in run.stdout
    assert "unknown" in run.stdout.splitlines()[-1]
    assert "Amina" not in run.stdout


def test_a_wrong_day_is_wrong_usage() -> None:
    group = risks_group(lambda command: command, lambda: None)
    assert isinstance(group, click.Group)
    assert CliRunner().invoke(group, ["evaluate", "--as-of", "soon"]).exit_code == 2
