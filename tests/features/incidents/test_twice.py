"""One form is one report, however often it is sent; with other words it is another."""

from sqlalchemy import func, select

from peerlink.features.incidents.models import Incident
from peerlink.store.session import reading, session
from tests.support.visitor import Outline, Visitor

TOLD = {"type": "accident", "what": "A fall on the stairs.", "anonymous": "y"}


def n_reports() -> int:
    with reading():
        return session.scalar(select(func.count()).select_from(Incident)) or 0


def test_the_same_form_is_one_report_and_other_words_are_another(aminas_phone: Visitor) -> None:
    hidden = Outline(aminas_phone.visit("/incidents/new").text).hidden
    for what in ("A fall on the stairs.", "A fall on the stairs.", "A fall, and a broken cup."):
        told = hidden | TOLD | {"what": what}
        answer = aminas_phone.client.post("/incidents/new", data=told, base_url="https://localhost")
        assert answer.location == "/incidents/sent"
    assert n_reports() == 2
    aminas_phone.send("/incidents/new", TOLD)
    assert n_reports() == 3, "another form is another report, whatever it says"
