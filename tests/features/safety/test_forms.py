"""A form that asks about harm to oneself: not sent before the plan is whole, and heard at once."""

import pytest

from peerlink.errors import Refused
from peerlink.framework.safety_words import DutyKind
from tests.features.questionnaires.happenings import HARM, bring
from tests.features.safety.happenings import calls, on_duty, plan_it
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")


def ready() -> None:
    plan_it()
    on_duty(cast.DANA, DutyKind.SUPERVISOR)


def test_it_is_taken_into_use_only_with_roster_numbers_and_path() -> None:
    with pytest.raises(Refused, match="nobody is on duty today; there are no local crisis numbers; the path"):
        bring(self_harm=HARM)
    plan_it()
    with pytest.raises(Refused, match="nobody is on duty today"):
        bring(self_harm=HARM)
    on_duty(cast.DANA, DutyKind.SUPERVISOR)
    bring(self_harm=HARM)


def test_a_yes_opens_a_call_and_shows_the_programmes_own_words_first(aminas_phone: Visitor) -> None:
    ready()
    form = aminas_phone.send(f"/me/forms/begin/{bring(self_harm=HARM)}", opened="/me/forms").location
    sent = aminas_phone.send(form, {"q2": "a1"})
    shown = aminas_phone.visit(sent.location).text
    assert shown.index("You matter here.") < shown.index("Go on with the form")
    assert "Night line, day and night" in shown
    assert 'href="tel:116123"' in shown
    assert len(calls()) == 1


def test_a_no_opens_none(aminas_phone: Visitor) -> None:
    ready()
    form = aminas_phone.send(f"/me/forms/begin/{bring(self_harm=HARM)}", opened="/me/forms").location
    aminas_phone.send(form, {"q0": "a4", "q2": "a0"})
    assert calls() == []
