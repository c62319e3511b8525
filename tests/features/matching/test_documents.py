"""The documents other programs read, name by name."""

import datetime as dt
import json

import click
import pytest
from click.testing import CliRunner

from peerlink.cli_match import match_group
from peerlink.errors import NotFound
from peerlink.features.matching.documents import explain_document, propose_document
from peerlink.features.participants.models import Participant
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.store.session import reading
from tests.factories.matching import change, today
from tests.support.cast import EFE_ID, GIFT_ID

pytestmark = pytest.mark.usefixtures("trained")
DAY = dt.timedelta(days=1)
CRITERIA = [f"M{n}" for n in range(1, 13)]


def test_a_proposal_has_every_name_of_the_contract() -> None:
    with reading():
        said = json.loads(json.dumps(propose_document()))
    assert list(said) == ["proposals", "unmatched", "total_score", "covered", "waiting"]
    (one,) = said["proposals"]
    assert list(one) == ["participant", "volunteer", "score", "criteria"]
    assert one["participant"] == "P203"
    assert [part["id"] for part in one["criteria"]] == CRITERIA
    assert sum(part["weight"] for part in one["criteria"]) == 100
    mean = sum(part["weight"] * part["score"] for part in one["criteria"]) / 100
    assert one["score"] == pytest.approx(mean, abs=1e-6)
    assert said["total_score"] == pytest.approx(one["score"])
    assert (said["covered"], said["waiting"], said["unmatched"]) == (1, 1, [])


def test_whoever_cannot_be_served_has_what_blocks_them() -> None:
    change(Participant, GIFT_ID, consents={})
    with reading():
        said = propose_document()
    assert said["unmatched"] == [
        {"participant": "P203", "blocked_by": [{"constraint": "H6", "volunteers": 3}]}
    ]
    assert (said["covered"], said["total_score"]) == (0, 0)


def test_an_earlier_day_is_seen_as_it_was() -> None:
    change(Participant, GIFT_ID, status_since=today() - 3 * DAY)
    change(Participant, EFE_ID, status=ParticipantStatus.CLOSED, status_since=today())
    with reading():
        assert propose_document(today())["waiting"] == 1
        assert propose_document(today() - DAY)["waiting"] == 2
        assert propose_document(today() - 71 * DAY)["waiting"] == 0


def test_one_pair_is_explained_with_every_constraint_and_criterion() -> None:
    with reading():
        said = explain_document("P203", "V103")
    assert list(said) == ["eligible", "constraints", "score", "criteria"]
    assert said["eligible"] is True
    assert [one["id"] for one in said["constraints"]] == [f"H{n}" for n in range(1, 18)]
    assert all(list(one) == ["id", "holds", "why"] and one["holds"] for one in said["constraints"])
    assert [part["id"] for part in said["criteria"]] == CRITERIA


def test_one_constraint_that_fails_makes_a_pair_ineligible() -> None:
    change(Participant, GIFT_ID, keep_apart=["V103"])
    with reading():
        said = explain_document("P203", "V103")
    assert said["eligible"] is False
    assert [one["id"] for one in said["constraints"] if not one["holds"]] == ["H7"]


@pytest.mark.parametrize("pair", [("P203", "V999"), ("P999", "V103"), ("", "")])
def test_numbers_nobody_has_are_not_found(pair: tuple[str, str]) -> None:
    with reading(), pytest.raises(NotFound):
        explain_document(*pair)


@pytest.fixture
def match() -> click.Group:
    return match_group(lambda command: command, lambda: None)


def test_the_commands_print_one_document_and_nothing_else(match: click.Group) -> None:
    proposed = CliRunner().invoke(match, ["propose", "--format", "json", "--as-of", today().isoformat()])
    explained = CliRunner().invoke(match, ["explain", "P203", "V103", "--format", "json"])
    assert json.loads(proposed.output)["covered"] == 1
    assert json.loads(explained.output)["eligible"] is True


def test_the_commands_say_it_in_words_too(match: click.Group) -> None:
    assert "1 of 1 who wait can be served." in CliRunner().invoke(match, ["propose"]).output
    assert "They can be matched." in CliRunner().invoke(match, ["explain", "P203", "V103"]).output
    change(Participant, GIFT_ID, consents={})
    assert "P203 has nobody: H6 (3)" in CliRunner().invoke(match, ["propose"]).output
    assert "NO   H6" in CliRunner().invoke(match, ["explain", "P203", "V103"]).output
    assert CliRunner().invoke(match, ["propose", "--as-of", "soon"]).exit_code == 2
