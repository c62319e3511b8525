"""What the volunteer's life leaves behind is read by nobody who steals the disk, the dump or the logs."""

from pathlib import Path

import pytest
from flask import Flask

from peerlink.app import create_app
from peerlink.store.model import Model, SealedModel
from tests.scenarios.leaks import everything_logged, hits, instance, piles
from tests.scenarios.planted_life import CLAIM, INCIDENT, PLANTED, plant
from tests.scenarios.test_nothing_readable import lay_open
from tests.support import cast
from tests.support.visitor import Visitor

ELSEWHERE = """
account attendance balance carried checkin competency contact contact_detail flag flag_step follow_up
held_workbook match name_page participant place planned_match signing site state_change volunteer
"""
"""Tables whose words are planted in test_nothing_readable, or that keep numbers and codes."""
NO_WORDS = """
exit_talk.by privacy_plan.measures privacy_plan.agreed_with programme.name
programme.currency programme.limits programme.limit_changes supervision.themes module.topics
module.techniques training_session.modules training_session.begins questionnaire.url
questionnaire.form_version questionnaire.definition questionnaire.scoring questionnaire.rights_by
response.scores incident.ref incident.data_kinds incident_step.by incident_step.came_from
incident_step.became incident_step.handler safety_plan.days safety_plan.hours_from safety_plan.hours_to
safety_call.trail claim.currency claim.why stipend_agreement.currency team_event.hour mail.security
mail.sender mail.site supervision.before
"""
"""Sealed, and made of codes, hours, ids or what the programme is called."""


def test_a_word_is_planted_in_every_sealed_text() -> None:
    texts = {
        f"{kind.__tablename__}.{name}"
        for mapper in Model.registry.mappers
        if issubclass(kind := mapper.class_, SealedModel) and kind.__tablename__ not in ELSEWHERE.split()
        for name in kind.fields
        if "str" in str(kind.__annotations__[name])
    }
    assert texts - set(PLANTED) == set(NO_WORDS.split())
    assert set(PLANTED) - texts == {"completion.reason"}


def look_around(app: Flask) -> None:
    """Open pages that show what was planted."""
    amina, chipo = Visitor(app, cast.AMINA), Visitor(app, cast.CHIPO)
    hers = f"/volunteers/{cast.AMINA_ID}"
    for visitor, address, shown in (
        (chipo, f"{hers}/getting-started", "screening.references"),
        (chipo, f"{hers}/leaving", "exit_talk.said"),
        (chipo, f"/claims/{CLAIM}", "claim.note"),
        (Visitor(app, cast.DANA), f"{hers}/privacy", "privacy_plan.worry"),
        (Visitor(app, cast.SADE), f"/incidents/{INCIDENT}", "incident.what"),
        (Visitor(app, cast.ADA), "/programme/messages", "mail.host"),
        (amina, "/me/everything.json", "response.answers"),
        (amina, "/me/month", "thanks.words"),
        (amina, "/me/sessions", "agreed_action.what"),
        (amina, "/me/training", "completion.reason"),
        (amina, "/help", "safety_plan.words"),
    ):
        assert PLANTED[shown] in visitor.visit(address).text, address


@pytest.mark.parametrize("sealed", [True, False], ids=["sealed", "laid open"])
def test_the_volunteers_life_is_found_where_nothing_is_sealed_and_nowhere_else(
    request: pytest.FixtureRequest,
    app: Flask,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    sealed: bool,
) -> None:
    if not sealed:
        lay_open(monkeypatch)
    with everything_logged(caplog), instance(request, tmp_path, sealed=sealed) as opened:
        cast.join_all()
        plant()
        look_around(create_app(opened, {"TESTING": True}))
        stolen = piles(opened, tmp_path, caplog.text)
        found = {what: hits(word, stolen) for what, word in PLANTED.items()}
    if sealed:
        assert {what: where for what, where in found.items() if where} == {}
    else:
        assert [what for what, where in found.items() if not where] == []
