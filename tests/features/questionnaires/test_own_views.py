"""A volunteer answers a form page by page, sees the result at once, and says who else may."""

import uuid

import pytest

from peerlink.features.questionnaires import bringing
from peerlink.features.questionnaires.sources import Help, help_sources
from peerlink.framework.questionnaire_words import ResponseStatus
from peerlink.instruments.fhir import questionnaire_of
from peerlink.instruments.scoring_file import Loaded, scoring_of
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.features.questionnaires.happenings import (
    HARM,
    HEAVY,
    LIGHT,
    answer,
    bring,
    kept,
    somebody_on_duty,
)
from tests.instruments.forms import a_choice, a_form, a_score, a_scoring
from tests.support.cast import AMINA_ID, CHIPO, DANA, SOL
from tests.support.visitor import Visitor


def begun(phone: Visitor, questionnaire_id: uuid.UUID) -> str:
    """Take a form up on the phone; return its address."""
    sent = phone.send(f"/me/forms/begin/{questionnaire_id}", opened="/me/forms")
    assert sent.status_code == 303
    return sent.location.removesuffix("/page/1")


def bring_long() -> uuid.UUID:
    """Bring a form of two pages with every kind of item."""
    form = a_form(
        {"linkId": "g1", "type": "group", "text": "The first part", "item": [
            {"linkId": "h", "type": "display", "text": "Think of the last week."},
            a_choice("1"), a_choice("2"),
        ]},
        {"linkId": "g2", "type": "group", "text": "The second part", "item": [
            {"linkId": "n", "type": "integer", "text": "How many days", "required": True, "extension": [
                {"url": "http://hl7.org/fhir/StructureDefinition/minValue", "valueInteger": 0},
                {"url": "http://hl7.org/fhir/StructureDefinition/maxValue", "valueInteger": 7}]},
            {"linkId": "b", "type": "boolean", "text": "Slept well"},
            {"linkId": "t", "type": "text", "text": "Anything else"},
        ]},
    )  # fmt: skip
    what = Loaded(questionnaire_of(form), scoring_of(a_scoring(a_score())))
    with transaction(), gate.opened("a test brings a long one"):
        made = bringing.load(what, has_rights=True, by=CHIPO.viewer.account_id)
        bringing.activate(made, by=CHIPO.viewer.account_id)
        return made.id


def test_page_by_page_nothing_is_lost(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring_long())
    first = aminas_phone.visit(f"{form}/page/1").text
    assert "Think of the last week." in first
    assert "Page 1 of 2" in first
    sent = aminas_phone.send(f"{form}/page/1", {"q0": "a4", "q1": "a0"})
    assert sent.location == f"{form}/page/2"
    assert 'value="a4" checked' in aminas_phone.visit(f"{form}/page/1").text
    assert f'href="{form}/page/1"' in aminas_phone.visit("/me/forms").text


def test_what_is_no_answer_is_said_by_its_field_and_what_was_typed_stays(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring_long())
    refused = aminas_phone.send(f"{form}/page/2", {"q2": "9", "q3": "no", "q4": "a long day"})
    assert refused.status_code == 422
    assert "Write a number from 0 to 7." in refused.text
    assert 'value="9"' in refused.text
    assert "a long day" in refused.text
    assert kept(uuid.UUID(form.rpartition("/")[2])).answers is None


def test_an_answer_can_be_taken_out_again(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring())
    assert "Take my answer out" not in aminas_phone.visit(f"{form}/page/1").text
    aminas_phone.send(f"{form}/page/1", {"q0": "a1"})
    assert "Take my answer out" in aminas_phone.visit(f"{form}/page/1").text
    aminas_phone.send(f"{form}/page/1", {"q0": ""})
    assert kept(uuid.UUID(form.rpartition("/")[2])).answers == {}


def test_gaps_are_shown_before_sending_and_what_is_needed_is_asked_for(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring_long())
    aminas_phone.send(f"{form}/page/1", {"q0": "a4", "q1": "a0"})
    assert "3 questions have no answer" in aminas_phone.visit(f"{form}/send").text
    refused = aminas_phone.send(f"{form}/send")
    assert refused.status_code == 422
    assert "cannot do without: 1" in refused.text
    aminas_phone.send(f"{form}/page/2", {"q2": "3"})
    assert aminas_phone.send(f"{form}/send").location == form


def test_the_result_is_shown_at_once_with_its_band_and_whose_line_it_is(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring())
    aminas_phone.send(f"{form}/page/1", {"q0": "a4", "q1": "a0"})
    sent = aminas_phone.send(f"{form}/send")
    shown = aminas_phone.visit(sent.location).text
    for text in (
        "<strong>100</strong>",
        "Very heavy",
        "Made up.",
        "A talk soon",
        "A guide only",
        "Only you.",
    ):
        assert text in shown
    assert kept(uuid.UUID(form.rpartition("/")[2])).shared_on is None


def test_with_a_tick_the_reader_sees_the_scores_and_never_an_answer(
    aminas_phone: Visitor, danas_desk: Visitor
) -> None:
    form = begun(aminas_phone, bring())
    aminas_phone.send(f"{form}/page/1", {"q0": "a4", "q1": "a0"})
    page = aminas_phone.visit(f"{form}/send").text
    assert "Let Dana see the scores" in page
    assert "checked" not in page
    aminas_phone.send(f"{form}/send", {"reader": "y"})
    for address in (f"/volunteers/{AMINA_ID}/forms", "/shared-results"):
        seen = danas_desk.visit(address).text
        assert "<strong>100</strong>" in seen
        assert "Answer 4" not in seen
        assert "Made-up sentence" not in seen


def test_without_a_tick_nobody_sees_anything(aminas_phone: Visitor, danas_desk: Visitor) -> None:
    answer(bring(), HEAVY)
    assert "Nothing is shown to you" in danas_desk.visit(f"/volunteers/{AMINA_ID}/forms").text
    assert "Nothing is shown to you" in danas_desk.visit("/shared-results").text


def test_shown_later_and_taken_back(aminas_phone: Visitor, danas_desk: Visitor) -> None:
    form = f"/me/forms/{answer(bring(), HEAVY)}"
    aminas_phone.send(f"{form}/show", opened=form)
    assert "<strong>100</strong>" in danas_desk.visit("/shared-results").text
    aminas_phone.send(f"{form}/hide", opened=form)
    assert "Nothing is shown to you" in danas_desk.visit("/shared-results").text
    assert "Only you." in aminas_phone.visit(form).text


def test_for_some_forms_a_person_is_chosen_and_nobody_else_sees_it(
    aminas_phone: Visitor, danas_desk: Visitor, sols_desk: Visitor
) -> None:
    form = begun(aminas_phone, bring(results_to="contact"))
    aminas_phone.send(f"{form}/page/1", {"q0": "a4", "q1": "a0"})
    page = aminas_phone.visit(f"{form}/send").text
    assert 'value="nobody" checked' in page
    assert SOL.viewer.account_id.hex in page
    assert CHIPO.viewer.account_id.hex not in page
    aminas_phone.send(f"{form}/send", {"contact": SOL.viewer.account_id.hex})
    assert "<strong>100</strong>" in sols_desk.visit("/shared-results").text
    assert "Nothing is shown to you" in danas_desk.visit("/shared-results").text
    assert "Sol may see these scores" in aminas_phone.visit(form).text
    assert sols_desk.visit(f"/volunteers/{AMINA_ID}/forms").status_code == 404


def test_a_word_of_harm_leads_to_help_before_anything_else(aminas_phone: Visitor) -> None:
    help_sources.insert(0, lambda: Help("Call, day or night.", (("The night line", "0800 123"),)))
    try:
        with somebody_on_duty():
            form = begun(aminas_phone, bring(self_harm=HARM))
            sent = aminas_phone.send(f"{form}/page/1", {"q2": "a1"})
            assert sent.location == f"{form}/help/1"
            shown = aminas_phone.visit(sent.location).text
            assert shown.index("Call, day or night.") < shown.index("Go on with the form")
            assert 'href="tel:0800123"' in shown
            aminas_phone.send(f"{form}/page/1", {"q0": "a0", "q1": "a4", "q2": "a1"})
            result = aminas_phone.visit(aminas_phone.send(f"{form}/send").location).text
            assert result.index("The night line") < result.index("What came out")
    finally:
        help_sources.pop(0)


def test_a_no_to_harm_goes_on_as_ever(aminas_phone: Visitor) -> None:
    with somebody_on_duty():
        form = begun(aminas_phone, bring(self_harm=HARM))
        assert aminas_phone.send(f"{form}/page/1", {"q2": "a0"}).location == f"{form}/send"


def test_every_page_of_a_form_says_whom_to_turn_to(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring_long())
    for page in ("page/1", "page/2", "send"):
        assert "If you need somebody now" in aminas_phone.visit(f"{form}/{page}").text


def test_nobody_is_told_that_somebody_was_called_where_nobody_was(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring())
    assert aminas_phone.visit(f"{form}/help/1").location == form


def test_showing_a_result_later_needs_somebody_to_show_it_to(aminas_phone: Visitor) -> None:
    response_id = answer(bring(results_to="contact"), HEAVY)
    form = f"/me/forms/{response_id}"
    refused = aminas_phone.send(f"{form}/show", {"contact": "nobody"}, opened=form)
    assert refused.status_code == 422
    assert "Choose who may see your result." in refused.text
    aminas_phone.send(f"{form}/show", {"contact": SOL.viewer.account_id.hex}, opened=form)
    assert kept(response_id).shared_with_id == SOL.viewer.account_id


def test_left_out_and_nobody_asks_why(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring())
    aminas_phone.send(f"{form}/page/1", {"q0": "a4"})
    assert aminas_phone.send(f"{form}/stop", opened="/me/forms").location == "/me/forms"
    found = kept(uuid.UUID(form.rpartition("/")[2]))
    assert (found.status, found.answers) == (ResponseStatus.STOPPED, None)


def test_what_is_sent_is_closed(aminas_phone: Visitor) -> None:
    form = begun(aminas_phone, bring())
    aminas_phone.send(f"{form}/page/1", {"q0": "a4", "q1": "a0"})
    aminas_phone.send(f"{form}/send")
    for page in ("page/1", "send"):
        assert aminas_phone.visit(f"{form}/{page}").location == form


@pytest.mark.parametrize("number", [0, 2, 99])
def test_a_page_there_is_not_is_not_found(aminas_phone: Visitor, number: int) -> None:
    assert aminas_phone.visit(f"{begun(aminas_phone, bring())}/page/{number}").status_code == 404


def test_a_form_that_waits_stands_on_the_desk(aminas_phone: Visitor, danas_desk: Visitor) -> None:
    one = bring()
    page = f"/volunteers/{AMINA_ID}/forms"
    assert danas_desk.send(f"{page}/{one}", opened=page).status_code == 303
    assert "Short forms that wait for you: 1" in aminas_phone.visit("/").text
    assert "Begin" in aminas_phone.visit("/me/forms").text


def test_a_result_just_shown_stands_on_the_readers_desk(danas_desk: Visitor) -> None:
    answer(bring(), LIGHT, "reader")
    assert "Results volunteers showed you this week: 1" in danas_desk.visit("/").text


def test_a_professional_has_it_in_hand_and_that_can_be_taken_back(danas_desk: Visitor) -> None:
    response_id = answer(bring(), HEAVY, "reader")
    danas_desk.send(f"/shared-results/{response_id}/handled", opened="/shared-results")
    assert "has it in hand since" in danas_desk.visit("/shared-results").text
    danas_desk.send(f"/shared-results/{response_id}/not-handled", opened="/shared-results")
    assert kept(response_id).handled_on is None


@pytest.mark.parametrize("desk", ["chipos_desk", "priyas_desk", "adas_desk", "prus_desk", "bens_phone"])
def test_nobody_else_gets_near_a_result(desk: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(desk)
    response_id = answer(bring(), HEAVY, "reader")
    expected = 404 if desk == "bens_phone" else 403
    assert visitor.visit(f"/me/forms/{response_id}").status_code == expected
    assert visitor.visit("/shared-results").status_code == 403


def test_without_a_result_shown_a_supervisor_opens_no_response() -> None:
    assert "response.answers" not in DANA.viewer.opens()
    assert not {"response", "response.answers"} & CHIPO.viewer.opens()
