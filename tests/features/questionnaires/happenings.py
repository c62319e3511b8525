"""What happens to questionnaires in these tests, told in one line each; every word in them is made up."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from peerlink import clock
from peerlink.events import Event, listen
from peerlink.features.questionnaires import bringing, service
from peerlink.features.questionnaires.models import Questionnaire, Response
from peerlink.features.questionnaires.queries import get_questionnaire, loaded, results_of
from peerlink.features.questionnaires.sources import help_sources, safety_checks
from peerlink.instruments.fhir import questionnaire_of
from peerlink.instruments.scoring_file import Loaded, scoring_of
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.instruments.forms import a_choice, a_form, a_score, a_scoring
from tests.support.cast import AMINA, CHIPO, Person

HARM = [{"item": "3", "from": 1}]
LIGHT, HEAVY = {"1": "a0", "2": "a4"}, {"1": "a4", "2": "a0"}
"""Answers to the first two items that come to 0 and to 100, the second asking the other way."""


def today() -> dt.date:
    return clock.today("Europe/London")


def a_loaded(**scoring: Any) -> Loaded:
    form = a_form(a_choice("1"), a_choice("2"), a_choice("3", "A made-up grave question."))
    version = scoring.get("version", "1")
    return Loaded(questionnaire_of(form | {"version": version}), scoring_of(a_scoring(a_score(), **scoring)))


def bring(*, active: bool = True, **scoring: Any) -> uuid.UUID:
    """Let Chipo bring a questionnaire, and let it be asked."""
    with transaction(), gate.opened("a test brings a questionnaire"):
        made = bringing.load(a_loaded(**scoring), has_rights=True, by=CHIPO.viewer.account_id)
        if active:
            bringing.activate(made, by=CHIPO.viewer.account_id)
        return made.id


def answer(
    questionnaire_id: uuid.UUID,
    said: dict[str, str | None],
    show_to: str = service.NOBODY_ELSE,
    who: Person = AMINA,
    *,
    send: bool = True,
) -> uuid.UUID:
    """Let somebody take a questionnaire up, answer it, and send it."""
    with transaction(), gate.opened("a test answers a questionnaire"):
        questionnaire = get_questionnaire(questionnaire_id)
        what = loaded(questionnaire)
        response = service.take_up(questionnaire, who.viewer)
        service.keep_answers(response, what, said, by=who.viewer.account_id)
        if send:
            service.complete(response, what, show_to, who.viewer)
        return response.id


def kept(response_id: uuid.UUID) -> SimpleNamespace:
    """Open everything of one response."""
    with reading(), gate.opened("a test looks"):
        found = session.get_one(Response, response_id)
        plain = {column.key: getattr(found, column.key) for column in Response.__table__.columns}
        sealed = {name: getattr(found, name) for name in Response.fields}
        return SimpleNamespace(**plain, **sealed, results=results_of(found))


def every() -> list[Questionnaire]:
    with reading():
        found = list(session.scalars(select(Questionnaire)))
        session.expunge_all()
        return found


@contextmanager
def somebody_on_duty() -> Iterator[None]:
    """Let a form that asks about harm be sent, as the room that keeps watch would."""
    before = list(safety_checks)
    safety_checks[:] = [lambda: None]
    try:
        yield
    finally:
        safety_checks[:] = before


@contextmanager
def nobody_on_duty() -> Iterator[None]:
    """Let no room keep watch."""
    before, helps = list(safety_checks), list(help_sources)
    safety_checks[:], help_sources[:] = [], []
    try:
        yield
    finally:
        safety_checks[:], help_sources[:] = before, helps


class Ear:
    """Hears every event of a kind."""

    def __init__(self, kind: type[Event]) -> None:
        self.heard: list[Any] = []
        listen(kind, self.heard.append)
