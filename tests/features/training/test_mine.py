"""A volunteer's own training, on their own phone, and the certificate."""

import re
import sys
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask

from peerlink.features.training import holding, paper, service
from peerlink.features.training.certificate import CalledAs, certificate_of
from peerlink.features.training.queries import enrolments_of, wishes_of
from peerlink.features.training.rules import CompletionDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.training_words import AttendanceStatus, CompetencyMark, WishStatus
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.training import trained
from tests.features.training.deeds import DAY, TODAY, everybody, planned
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import SAYS_TOO_MUCH, Visitor

MINE, PAPER = "/me/training", "/me/training/certificate"
AMINAS = f"/volunteers/{cast.AMINA_ID}/training/certificate"


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def standing() -> AttendanceStatus | None:
    with transaction(), gate.opened("a test looks"):
        return next(iter(enrolments_of(cast.AMINA_ID, cast.AMINA.viewer).values()), None)


def inflated(pdf: bytes) -> bytes:
    """Return a file's objects readable: those in the clear, and those in compressed streams."""
    opened = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            opened.append(zlib.decompress(found[1]))
    return b"\n".join(opened)


def boxes(pdf: bytes) -> list[bytes]:
    return re.findall(rb"/MediaBox\s*\[[^]]*\]", inflated(pdf))


def learned() -> None:
    with transaction():
        trained(cast.AMINA_ID, "listening", completed_on=TODAY - 9 * DAY).minutes = 90
        trained(cast.AMINA_ID, "hiv_basics", completed_on=TODAY - 8 * DAY, mandatory=False)
        trained(cast.AMINA_ID, "boundaries", result=TrainingResult.WAIVED)
        trained(cast.AMINA_ID, "safeguarding", result=TrainingResult.FAILED)
        trained(cast.BEN_ID, "knowledge")


def test_a_volunteer_sees_what_counts_until_when_and_what_they_can_do(aminas_phone: Visitor) -> None:
    with transaction(), gate.opened("a test tells"):
        trained(cast.AMINA_ID, "listening", valid_until=TODAY - DAY)
        service.mark(
            everybody()[0], "boundaries", CompetencyMark.WITH_SUPPORT, by=cast.DANA.viewer.account_id
        )
    page = aminas_phone.visit(MINE).text
    for words in ("Ran out", "Not taken", "With support", "seen by Dana"):
        assert words in page


def test_a_volunteer_reads_why_a_module_was_waived(aminas_phone: Visitor, bens_phone: Visitor) -> None:
    draft = CompletionDraft(module="listening", completed_on=TODAY, mandatory=True)
    with transaction(), gate.opened("a test waives"):
        service.waive(everybody()[0], draft, "a counsellor by trade", by=None)
    assert "Waived: a counsellor by trade" in aminas_phone.visit(MINE).text
    assert "counsellor" not in bens_phone.visit(MINE).text


def test_a_volunteer_enrols_and_excuses_themself_in_one_tap_each(aminas_phone: Visitor) -> None:
    with transaction(), gate.opened("a test plans"):
        one = planned(on=TODAY + DAY, begins="18:00", where="The long room")
    page = aminas_phone.visit(MINE).text
    assert "The long room" in page
    address = f"{MINE}/sessions/{one.id}"
    for _n in range(2):
        aminas_phone.send(f"{address}/enrol", opened=MINE)
        assert standing() is AttendanceStatus.ENROLLED
    aminas_phone.send(f"{address}/cannot-come", opened=MINE)
    assert standing() is AttendanceStatus.EXCUSED


def test_training_that_ran_out_leads_to_ones_own_page(aminas_phone: Visitor) -> None:
    with transaction():
        trained(cast.AMINA_ID, valid_until=TODAY - DAY)
    page = aminas_phone.visit("/").text
    assert "Training you need" in page
    assert f'href="{MINE}"' in page


def test_a_wish_is_asked_for_and_taken_back(aminas_phone: Visitor) -> None:
    form = as_typed(aminas_phone.visit(MINE).text)
    assert aminas_phone.send(f"{MINE}/wishes", form, opened=MINE).status_code == 422
    assert aminas_phone.send(f"{MINE}/wishes", {**form, "what": "grief"}, opened=MINE).status_code == 303
    typed = {**form, "other": "How to say no"}
    assert aminas_phone.send(f"{MINE}/wishes", typed, opened=MINE).status_code == 303
    refused = aminas_phone.send(f"{MINE}/wishes", typed, opened=MINE)
    assert refused.status_code == 422
    assert "How to say no" in refused.text
    with transaction(), gate.opened("a test looks"):
        wishes = {one.what: one for one in wishes_of(cast.AMINA_ID, cast.AMINA.viewer)}
    assert set(wishes) == {"grief", "How to say no"}
    aminas_phone.send(f"{MINE}/wishes/{wishes['grief'].id}/take-back", opened=MINE)
    with transaction():
        assert session.get_one(type(wishes["grief"]), wishes["grief"].id).status is WishStatus.WITHDRAWN


def test_a_certificate_says_what_was_passed_and_names_no_illness(aminas_phone: Visitor) -> None:
    assert "Nothing to certify yet" in aminas_phone.visit(PAPER).text
    learned()
    page = aminas_phone.visit(PAPER).text
    for words in ("Riverbend", "Amina Aminasson", "Listening", "1.5", "A further module"):
        assert words in page
    paper_only = page[page.index('<article class="paper"') : page.index("</article>")]
    assert not SAYS_TOO_MUCH.search(re.sub(r"[_\W]+", " ", paper_only))
    for words in ("Boundaries", "Safeguarding", "Knowledge", "volunteer", "support"):
        assert words not in paper_only


@pytest.mark.parametrize(
    ("asked", "name"),
    [("", "Amina Aminasson"), ("given", "Amina"), ("alias", "Wren"), ("eaten", "Amina Aminasson")],
)
def test_the_name_on_it_is_the_one_they_choose(aminas_phone: Visitor, asked: str, name: str) -> None:
    learned()
    with transaction(), gate.opened("a test names"):
        session.get_one(Volunteer, cast.AMINA_ID).alias = "Wren"
    page = aminas_phone.visit(f"{PAPER}?name={asked}").text
    assert f'<p class="paper-name">{name}</p>' in page


def test_without_another_name_the_whole_one_stands() -> None:
    with transaction(), gate.opened("a test looks"):
        made = certificate_of(everybody()[0], CalledAs.ALIAS, cast.AMINA.viewer)
        assert (made.person, made.learned, made.minutes) == ("Amina Aminasson", (), 0)


@pytest.mark.parametrize("address", [f"{PAPER}.pdf", f"{AMINAS}.pdf"])
def test_the_file_opens_has_one_page_and_a_neutral_name(
    app: Flask, aminas_phone: Visitor, chipos_desk: Visitor, address: str
) -> None:
    learned()
    answer = (aminas_phone if address.startswith("/me") else chipos_desk).visit(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert answer.data.startswith(b"%PDF-1.")
    assert answer.data.rstrip().endswith(b"%%EOF")
    objects = inflated(answer.data)
    assert len(re.findall(rb"/Type\s*/Page\b", objects)) == 1
    assert re.search(rb"/Title\s*\(Certificate\)", objects)
    assert not re.search(rb"hiv|aids|peer|volunteer|amina", objects, re.IGNORECASE)


def test_the_file_is_made_of_the_same_paper(monkeypatch: pytest.MonkeyPatch, aminas_phone: Visitor) -> None:
    made: list[str] = []

    def keep(html: str) -> bytes:
        made.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr("peerlink.features.training.views.certificate.pdf_of", keep)
    learned()
    aminas_phone.visit(f"{PAPER}.pdf?name=given")
    (html,) = made
    assert "<title>Certificate</title>" in html
    assert '<p class="paper-name">Amina</p>' in html
    assert not SAYS_TOO_MUCH.search(re.sub(r"[_\W]+", " ", html))


def test_without_the_extra_the_browser_makes_the_pdf(
    monkeypatch: pytest.MonkeyPatch, aminas_phone: Visitor
) -> None:
    learned()
    assert "Get the PDF" in aminas_phone.visit(PAPER).text
    monkeypatch.setattr("peerlink.features.training.views.certificate.is_here", lambda: False)
    page = aminas_phone.visit(PAPER).text
    assert "Get the PDF" not in page
    assert "save as PDF" in page
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    answer = aminas_phone.visit(f"{PAPER}.pdf")
    assert answer.status_code == 422
    assert "operator&#39;s guide" in answer.text


def test_a_pdf_fetches_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("@page{size:A3}")
    plain = paper.pdf_of("<p>word</p>")
    tempted = paper.pdf_of(f'<link rel="stylesheet" href="{secret.as_uri()}"><p>word</p>')
    assert "secret.css" in caplog.text
    assert boxes(tempted) == boxes(plain)


def test_a_call_off_reaches_ones_own_page(aminas_phone: Visitor) -> None:
    with transaction(), gate.opened("a test calls off"):
        one = planned(on=TODAY + DAY, where="The long room")
        holding.enrol(one, everybody()[:1], by=None)
        holding.call_off(one, by=None)
    assert "The long room" not in aminas_phone.visit(MINE).text
