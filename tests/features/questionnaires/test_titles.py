"""A questionnaire is called as the viewer's device asks, where its file carries translations of its title."""

import json
from typing import Any

import pytest
from flask import Flask

from peerlink.features.questionnaires.models import Questionnaire
from peerlink.features.questionnaires.views.parts import title_of
from peerlink.instruments.fhir import questionnaire_of, read_questionnaire
from peerlink.instruments.questionnaire import TRANSLATION, titles_in
from peerlink.store import gate
from tests.instruments.forms import a_form


def raw(document: Any) -> bytes:
    return json.dumps(document).encode()


def said(language: object, title: object) -> dict[str, Any]:
    return {
        "url": TRANSLATION,
        "extension": [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": title}],
    }


SPOKEN = a_form(
    language="en",
    _title={"extension": [said("sw", "Sentensi mbili"), said("pt-BR", "Duas frases"), {"url": "other"}]},
)


def called(accepts: str, document: Any = SPOKEN) -> str:
    made, _faults = read_questionnaire(raw(document))
    assert made is not None
    app = Flask("asks")
    with app.test_request_context(headers={"Accept-Language": accepts} if accepts else {}):
        kept = Questionnaire(title=made.title, definition=made.as_document())
        with gate.opened("a test looks"):
            return title_of(kept)


@pytest.mark.parametrize(
    ("accepts", "title"),
    [
        ("sw", "Sentensi mbili"),
        ("sw-KE,sw;q=0.9", "Sentensi mbili"),
        ("pt", "Duas frases"),
        ("pt-BR", "Duas frases"),
        ("en-GB,en;q=0.9,sw;q=0.8", "Two made-up sentences"),
        ("fr", "Two made-up sentences"),
        ("fr,sw;q=0.5", "Sentensi mbili"),
        ("", "Two made-up sentences"),
        ("*", "Two made-up sentences"),
    ],
)
def test_the_title_follows_the_viewers_language_else_it_is_its_own(accepts: str, title: str) -> None:
    assert called(accepts) == title


def test_without_translations_everybody_reads_the_title() -> None:
    assert called("sw", a_form()) == "Two made-up sentences"


def test_a_file_that_names_no_language_is_taken_as_the_house_speaks() -> None:
    document = a_form(_title={"extension": [said("sw", "Sentensi mbili")]})
    assert called("en-GB,sw;q=0.8", document) == "Two made-up sentences"
    assert called("sw,en-GB;q=0.8", document) == "Sentensi mbili"


def test_translations_are_kept_with_the_form() -> None:
    made, _faults = read_questionnaire(raw(SPOKEN))
    assert made is not None
    assert titles_in(made.as_document()) == {"sw": "Sentensi mbili", "pt-BR": "Duas frases"}
    assert questionnaire_of(made.as_document()) == made


@pytest.mark.parametrize(
    ("language", "title", "path"),
    [
        ("no language", "Sentensi", "_title.extension[0].lang"),
        (None, "Sentensi", "_title.extension[0].lang"),
        ("sw", "", "_title.extension[0].content"),
        ("sw", 3, "_title.extension[0].content"),
        ("sw", "x" * 201, "_title.extension[0].content"),
    ],
)
def test_a_translation_that_cannot_be_read_is_named(language: object, title: object, path: str) -> None:
    made, faults = read_questionnaire(raw(a_form(_title={"extension": [said(language, title)]})))
    assert made is None
    assert [one.path for one in faults] == [path]


@pytest.mark.parametrize("odd", ["text", [], {"extension": "text"}, {"extension": ["text"]}, {}, None])
def test_what_holds_no_translation_is_left_alone(odd: object) -> None:
    made, faults = read_questionnaire(raw(a_form(_title=odd)))
    assert faults == []
    assert made is not None
    assert made.titles == ()
