"""A programme brings a questionnaire: looked over first, with everything that is wrong named at once."""

import io
import json
import random
import re
from typing import Any

import pytest

from peerlink.features.questionnaires.carrying import packed, unpacked
from peerlink.framework.questionnaire_words import QuestionnaireStatus
from peerlink.instruments.reading import MOST_BYTES
from peerlink.store import gate
from tests.features.questionnaires.happenings import HARM, bring, every, nobody_on_duty
from tests.instruments.forms import a_choice, a_form, a_score, a_scoring, many
from tests.support.visitor import Visitor

TICKED = {"rights": "y"}


def file(document: Any) -> tuple[io.BytesIO, str]:
    raw = document if isinstance(document, bytes) else json.dumps(document).encode()
    return io.BytesIO(raw), "brought.json"


def test_two_files_become_a_draft_shown_as_people_will_see_it(chipos_desk: Visitor) -> None:
    sent = chipos_desk.send(
        "/questionnaires/new",
        {"questionnaire": file(a_form()), "scoring": file(a_scoring()), "shipped": "", **TICKED},
    )
    assert sent.status_code == 303
    shown = chipos_desk.visit(sent.location).text
    for text in (
        "Made-up sentence 1.",
        "Answer 3",
        "Very heavy",
        "Ours; free for everybody.",
        "Chipo said on",
    ):
        assert text in shown
    assert [one.status for one in every()] == [QuestionnaireStatus.DRAFT]


def test_it_is_taken_into_use_asked_every_so_often_and_out_again(chipos_desk: Visitor) -> None:
    one = bring(active=False)
    page = f"/questionnaires/{one}"
    assert chipos_desk.send(f"{page}/activate", opened=page).status_code == 303
    assert chipos_desk.send(f"{page}/rhythm", {"every_days": "90"}, opened=page).status_code == 303
    assert "Asked every 90 days" in chipos_desk.visit("/questionnaires").text
    refused = chipos_desk.send(f"{page}/rhythm", {"every_days": "3"}, opened=page)
    assert refused.status_code == 422
    assert "from 7 to 365" in refused.text
    assert 'value="3"' in refused.text
    assert chipos_desk.send(f"{page}/retire", opened=page).status_code == 303
    assert [found.status for found in every()] == [QuestionnaireStatus.RETIRED]


def test_a_draft_can_be_thrown_away(chipos_desk: Visitor) -> None:
    one = bring(active=False)
    assert (
        chipos_desk.send(f"/questionnaires/{one}/discard", opened=f"/questionnaires/{one}").status_code == 303
    )
    assert every() == []


def test_a_known_scoring_is_enough_where_the_order_says_it_all(chipos_desk: Visitor) -> None:
    sent = chipos_desk.send(
        "/questionnaires/new",
        {"questionnaire": file(a_form(*many(2, (0, 1, 2, 3)))), "shipped": "phq-2", **TICKED},
    )
    assert "a person they choose each time" in chipos_desk.visit(sent.location).text


def test_everything_wrong_is_named_at_once_and_nothing_is_kept(chipos_desk: Visitor) -> None:
    sent = chipos_desk.send(
        "/questionnaires/new",
        {
            "questionnaire": file(a_form(a_choice("1") | {"type": "quantity"}, title="")),
            "scoring": file(a_scoring(name="")),
            "shipped": "",
            **TICKED,
        },
    )
    assert sent.status_code == 422
    for path in ("item[0].type", "title", "name"):
        assert f">{path}</code>" in sent.text
    assert "Nothing was kept" in sent.text
    assert every() == []


def test_wording_with_markup_is_shown_as_it_is_and_does_nothing(chipos_desk: Visitor) -> None:
    wicked = '<script>alert("x")</script><b>Tired?</b>'
    sent = chipos_desk.send(
        "/questionnaires/new",
        {
            "questionnaire": file(a_form(a_choice("1", wicked), a_choice("2"), title=wicked)),
            "scoring": file(a_scoring()),
            "shipped": "",
            **TICKED,
        },
    )
    shown = chipos_desk.visit(sent.location).text
    assert "<b>Tired" not in shown
    assert "&lt;b&gt;Tired?" in shown


@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        ("questionnaire", "Choose the file."),
        ("scoring", "Choose the scoring file, or a scoring we know."),
        ("rights", "Without that right it cannot be kept."),
    ],
)
def test_what_is_left_out_is_said_beside_its_field(chipos_desk: Visitor, left_out: str, says: str) -> None:
    given = {"questionnaire": file(a_form()), "scoring": file(a_scoring()), "shipped": "", **TICKED}
    del given[left_out]
    refused = chipos_desk.send("/questionnaires/new", given)
    assert refused.status_code == 422
    assert says in refused.text
    assert every() == []


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\x00" * 10, b" " * 300_000])
def test_a_broken_file_is_said_so(chipos_desk: Visitor, broken: bytes) -> None:
    sent = chipos_desk.send(
        "/questionnaires/new",
        {"questionnaire": file(broken), "scoring": file(a_scoring()), "shipped": "", **TICKED},
    )
    assert sent.status_code == 422


def test_what_asks_about_harm_is_not_taken_into_use_while_nobody_is_on_duty(chipos_desk: Visitor) -> None:
    one = bring(self_harm=HARM, active=False)
    with nobody_on_duty():
        refused = chipos_desk.send(f"/questionnaires/{one}/activate", opened=f"/questionnaires/{one}")
    assert refused.status_code == 422
    assert "Nobody is on duty yet" in refused.text
    assert [found.status for found in every()] == [QuestionnaireStatus.DRAFT]


def test_the_programme_page_leads_here_and_an_empty_list_says_what_it_is_for(chipos_desk: Visitor) -> None:
    assert 'href="/questionnaires"' in chipos_desk.visit("/programme").text
    assert "None yet" in chipos_desk.visit("/questionnaires").text


def titles() -> list[str]:
    with gate.opened("a test looks"):
        return [one.title for one in every()]


def kept(page: str, name: str) -> str:
    """Return what the form carries along of a file."""
    found = re.search(rf'name="kept_{name}"[^>]* value="([^"]*)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("questionnaire", "scoring", "fine"),
    [
        (a_form(title=""), a_scoring(), "scoring"),
        (a_form(), a_scoring(name=""), "questionnaire"),
    ],
)
def test_only_the_file_with_the_fault_is_chosen_again(
    chipos_desk: Visitor, questionnaire: Any, scoring: Any, fine: str
) -> None:
    at, files = "/questionnaires/new", {"questionnaire": file(questionnaire), "scoring": file(scoring)}
    refused = chipos_desk.send(at, {**files, "shipped": "", **TICKED})
    other = {"questionnaire": "scoring", "scoring": "questionnaire"}[fine]
    assert refused.status_code == 422
    assert "the other one is still here" in refused.text
    assert refused.text.count("you chose is fine and still here") == 1
    assert kept(refused.text, other) == ""
    mended = {"questionnaire": file(a_form()), "scoring": file(a_scoring())}[other]
    again = {other: mended, f"kept_{fine}": kept(refused.text, fine), "shipped": "", **TICKED}
    assert chipos_desk.send(at, again).status_code == 303
    assert titles() == ["Two made-up sentences"]


def test_both_files_stay_where_only_the_right_was_not_ticked(chipos_desk: Visitor) -> None:
    at = "/questionnaires/new"
    refused = chipos_desk.send(
        at, {"questionnaire": file(a_form()), "scoring": file(a_scoring()), "shipped": ""}
    )
    assert refused.status_code == 422
    carried = {f"kept_{name}": kept(refused.text, name) for name in ("questionnaire", "scoring")}
    assert chipos_desk.send(at, {**carried, "shipped": "", **TICKED}).status_code == 303


def test_a_new_file_takes_the_place_of_the_one_that_was_kept(chipos_desk: Visitor) -> None:
    at = "/questionnaires/new"
    refused = chipos_desk.send(
        at, {"questionnaire": file(a_form()), "scoring": file(a_scoring(name="")), "shipped": "", **TICKED}
    )
    newer = {
        "kept_questionnaire": kept(refused.text, "questionnaire"),
        "questionnaire": file(a_form(title="Newer")),
        "scoring": file(a_scoring()),
    }
    assert chipos_desk.send(at, {**newer, "shipped": "", **TICKED}).status_code == 303
    assert titles() == ["Newer"]


def test_a_kept_scoring_file_can_be_left_out_for_one_that_is_known(chipos_desk: Visitor) -> None:
    at, form = "/questionnaires/new", a_form(*many(2, (0, 1, 2, 3)))
    own = a_scoring(a_score(answers=[0, 3], range=[0, 75], bands=[{"from": 0, "label": "Feather"}]))
    files = {"questionnaire": file(form), "scoring": file(own), "shipped": "phq-2"}
    page = chipos_desk.send(at, files).text
    carried = {f"kept_{name}": kept(page, name) for name in ("questionnaire", "scoring")}
    assert all(carried.values())
    sent = chipos_desk.send(at, {**carried, "no_scoring": "y", "shipped": "phq-2", **TICKED})
    shown = chipos_desk.visit(sent.location).text
    assert "a person they choose each time" in shown
    assert "Feather" not in shown


@pytest.mark.parametrize("wicked", ["%%%", "AAAA", packed(b"x" * 300_000), packed(b"{}")[:-8]])
def test_what_was_not_carried_by_us_is_no_file(chipos_desk: Visitor, wicked: str) -> None:
    refused = chipos_desk.send(
        "/questionnaires/new",
        {"kept_questionnaire": wicked, "scoring": file(a_scoring()), "shipped": "", **TICKED},
    )
    assert refused.status_code == 422
    assert "Choose the file." in refused.text
    assert every() == []


def test_a_file_is_carried_whole_and_no_more_than_a_form_holds() -> None:
    raw = json.dumps(a_form()).encode()
    assert unpacked(packed(raw)) == raw
    assert packed(random.Random(1).randbytes(MOST_BYTES)) == ""
