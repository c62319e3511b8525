"""The questionnaire Riverbend asks besides the check-in: two sentences of its own, measuring nothing."""

import json
from collections.abc import Mapping
from functools import partial

from sqlalchemy import select

from peerlink.demo.cast import AMINA, DANIEL, GRACE, MIRIAM, THANDEKA
from peerlink.demo.stage import Stage
from peerlink.features.questionnaires import bringing, service
from peerlink.features.questionnaires.models import Questionnaire
from peerlink.features.questionnaires.queries import loaded
from peerlink.features.questionnaires.service import NOBODY_ELSE
from peerlink.instruments.scoring_file import read_both
from peerlink.store.lookup import get

CANONICAL = "https://riverbend.example/questionnaires/two-sentences"
LICENCE = "Riverbend Peer Programme; free for everybody."
POINTS = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
ANSWERS = (("no", "No"), ("some", "A little"), ("yes", "Yes"))
SENTENCES = (
    ("bag", "The bag I carried home from here was heavy."),
    ("walk", "A walk was enough to put it down again."),
)
SCORING: Mapping[str, object] = {
    "name": "Two sentences",
    "canonical": CANONICAL,
    "version": "1",
    "licence": LICENCE,
    "results_to": "supervisor",
    "valid_days": 60,
    "self_harm": [],
    "scores": [
        {
            "id": "weight",
            "name": "Weight",
            "items": ["bag", "walk"],
            "reverse": ["walk"],
            "answers": [0, 2],
            "minimum": 2,
            "formula": "mean",
            "factor": 50,
            "range": [0, 100],
            "direction": "higher_worse",
            "change": 50,
            "bands": [
                {"from": 0, "label": "Light"},
                {"from": 50, "label": "Heavy", "level": "watch", "source": "Made up for Riverbend."},
            ],
        }
    ],
}
BROUGHT = 70
SAID = (
    (MIRIAM, 9, {"bag": "yes", "walk": "some"}, "reader"),
    (THANDEKA, 15, {"bag": "some", "walk": "yes"}, NOBODY_ELSE),
)
"""Who answered, so many days ago, what, and whom they show the result to."""
ASKED = (DANIEL, 1)


def ask_two_sentences(stage: Stage) -> None:
    """Bring the questionnaire, let two people answer it, and ask a third."""
    stage.then(stage.at(BROUGHT, 10), lambda: _bring(stage))
    for name, days_ago, answers, show_to in SAID:
        stage.then(stage.at(days_ago, 19, 40), partial(_answer, stage, name, answers, show_to))
    name, days_ago = ASKED
    stage.then(stage.at(days_ago, 12), lambda: _ask(stage, name))


def _form() -> Mapping[str, object]:
    options = [
        {
            "valueCoding": {"code": code, "display": display},
            "extension": [{"url": POINTS, "valueDecimal": points}],
        }
        for points, (code, display) in enumerate(ANSWERS)
    ]
    items = [
        {"linkId": link, "type": "choice", "text": text, "answerOption": options} for link, text in SENTENCES
    ]
    return {
        "resourceType": "Questionnaire",
        "url": CANONICAL,
        "version": "1",
        "title": "Two sentences about the week",
        "status": "active",
        "language": "en",
        "copyright": LICENCE,
        "item": [{"linkId": "week", "type": "group", "text": "This week", "item": items}],
    }


def _bring(stage: Stage) -> None:
    files = json.dumps(_form()).encode(), json.dumps(SCORING).encode()
    what, faults = read_both(*files, "", ("two-sentences.json", "two-sentences-scoring.json"))
    if what is None:
        raise ValueError(faults)
    by = stage.accounts[AMINA]
    brought = bringing.load(what, has_rights=True, by=by)
    bringing.activate(brought, by=by)
    stage.things["two sentences"] = brought.id


def _questionnaire(stage: Stage) -> Questionnaire:
    return get(select(Questionnaire).where(Questionnaire.id == stage.things["two sentences"]))


def _answer(stage: Stage, name: str, answers: Mapping[str, str], show_to: str) -> None:
    form, viewer = _questionnaire(stage), stage.viewer(name)
    what, response = loaded(form), service.take_up(form, viewer)
    service.keep_answers(response, what, answers, by=viewer.account_id)
    service.complete(response, what, show_to, viewer)


def _ask(stage: Stage, name: str) -> None:
    service.ask(stage.volunteers[name], _questionnaire(stage), by=stage.accounts[GRACE])
