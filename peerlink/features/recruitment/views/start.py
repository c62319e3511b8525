"""Getting started: what is talked through, asked, signed and named before somebody serves."""

import uuid
from typing import Any

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.programmes.queries import find_programme
from peerlink.features.recruitment import service
from peerlink.features.recruitment.forms import (
    AnswerForm,
    BuddyForm,
    ClearanceForm,
    LimitsForm,
    PaperForm,
    ReferenceForm,
    TalkedForm,
)
from peerlink.features.recruitment.models import Screening
from peerlink.features.recruitment.queries import (
    current_text,
    find_screening,
    get_text,
    possible_buddies,
    signings_of,
)
from peerlink.features.recruitment.views.parts import bp, colleagues, day_of, today
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.features.volunteers.service import wanting
from peerlink.framework.recruitment_words import SIGNED, Preparation, SignedHow
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.roles import Permission
from peerlink.web.form import Form
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import N_, _

S = VolunteerStatus
NEXT = {S.APPLICANT: S.SCREENING, S.SCREENING: S.TRAINING, S.TRAINING: S.ACTIVE}
"""The step that comes next for somebody who is on the way."""
HINTS = {
    Preparation.INTERVIEW: N_("Who they are, what they hope for, what the role asks."),
    Preparation.STABILITY: N_(
        "How they are, who is there for them, what they do on a bad day. This is no medical test: nobody "
        "asks for results."
    ),
    Preparation.EXPOSURE: N_("The work may show others something about them. Say where, and what helps."),
    Preparation.LIMITS: N_("How many people, how many hours, and what they cannot be there for."),
}


@bp.get("/volunteers/<uuid:volunteer_id>/getting-started")
@allow(Permission.KEEP_VOLUNTEERS)
def start(volunteer_id: uuid.UUID) -> Response:
    """Show what is done, by whom and when, and what is missing before the next step."""
    return _page(get_volunteer(volunteer_id, current_viewer()))


@bp.post("/volunteers/<uuid:volunteer_id>/getting-started/<what>")
@allow(Permission.KEEP_VOLUNTEERS)
def talked(volunteer_id: uuid.UUID, what: str) -> Response:
    """Write down that something was talked through."""
    viewer = current_viewer()
    volunteer, which, by = get_volunteer(volunteer_id, viewer), _which(what), viewer.account_id
    kind = LimitsForm if which is Preparation.LIMITS else TalkedForm
    form: Any = kind(prefix=which.value)
    if isinstance(form, LimitsForm):
        form.offer()
    if form.validate():
        with form.refusals_shown():
            if isinstance(form, LimitsForm):
                limits = tuple(form.limits.data or ())
                capacity, hours = form.capacity.data, form.agreed_hours.data
                service.agree_limits(volunteer, capacity, hours, limits, form.on.data, by=by)
            else:
                service.keep_preparation(volunteer, which, form.on.data, form.note.data, by=by)
            undo = url_for(".take_back_talked", volunteer_id=volunteer.id, what=which.value)
            return _done(volunteer, undo)
    return _page(volunteer, {which.value: form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/getting-started/<what>/take-back")
@allow(Permission.KEEP_VOLUNTEERS)
def take_back_talked(volunteer_id: uuid.UUID, what: str) -> Response:
    """Take out what was written down by mistake."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    service.take_back_preparation(volunteer, _which(what), by=viewer.account_id)
    say(_("Taken out."))
    return see_other(url_for(".start", volunteer_id=volunteer.id))


@bp.post("/volunteers/<uuid:volunteer_id>/references")
@allow(Permission.KEEP_VOLUNTEERS)
def ask_reference(volunteer_id: uuid.UUID) -> Response:
    """Write down who is asked about somebody."""
    viewer, form = current_viewer(), ReferenceForm(prefix="reference")
    volunteer = get_volunteer(volunteer_id, viewer)
    if form.validate():
        with form.refusals_shown():
            n = service.ask_reference(volunteer, str(form.who.data), form.on.data, by=viewer.account_id)
            return _done(volunteer, url_for(".drop_reference", volunteer_id=volunteer.id, nth=n))
    return _page(volunteer, {"reference": form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/references/<nth>/answer")
@allow(Permission.KEEP_VOLUNTEERS)
def answer_reference(volunteer_id: uuid.UUID, nth: str) -> Response:
    """Write down whether a reference recommends somebody."""
    viewer, n = current_viewer(), _number(nth)
    form = AnswerForm(prefix=f"answer{n}")
    volunteer = get_volunteer(volunteer_id, viewer)
    if form.validate():
        with form.refusals_shown():
            good = form.good.data == "yes"
            service.answer_reference(volunteer, n, form.on.data, good=good, by=viewer.account_id)
            return _done(volunteer, None)
    return _page(volunteer, {f"answer-{n}": form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/references/<nth>/drop")
@allow(Permission.KEEP_VOLUNTEERS)
def drop_reference(volunteer_id: uuid.UUID, nth: str) -> Response:
    """Take out a reference written down by mistake."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    service.drop_reference(volunteer, _number(nth), by=viewer.account_id)
    say(_("Taken out."))
    return see_other(url_for(".start", volunteer_id=volunteer.id))


@bp.post("/volunteers/<uuid:volunteer_id>/clearance")
@allow(Permission.KEEP_VOLUNTEERS)
def clearance(volunteer_id: uuid.UUID) -> Response:
    """Write down a clearance, asked for or there."""
    viewer, form = current_viewer(), ClearanceForm(prefix="clearance")
    volunteer = get_volunteer(volunteer_id, viewer)
    if form.validate():
        with form.refusals_shown():
            service.keep_vetting(volunteer, form.asked_on.data, form.until.data, by=viewer.account_id)
            return _done(volunteer, None)
    return _page(volunteer, {"clearance": form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/buddy")
@allow(Permission.KEEP_VOLUNTEERS)
def buddy(volunteer_id: uuid.UUID) -> Response:
    """Name the fellow volunteer at somebody's side."""
    viewer, form = current_viewer(), BuddyForm(prefix="buddy")
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer({one.id.hex: one.called for one in possible_buddies(volunteer, viewer)})
    if form.validate():
        with form.refusals_shown():
            chosen = form.chosen()
            other = get_volunteer(chosen, viewer) if chosen else None
            service.name_buddy(volunteer, other, by=viewer.account_id)
            return _done(volunteer, None)
    return _page(volunteer, {"buddy": form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/signed/<uuid:text_id>")
@allow(Permission.KEEP_VOLUNTEERS)
def signed(volunteer_id: uuid.UUID, text_id: uuid.UUID) -> Response:
    """Write down that an agreement was signed on paper."""
    viewer, which = current_viewer(), get_text(text_id)
    volunteer, form = get_volunteer(volunteer_id, viewer), PaperForm(prefix=which.kind.value)
    if form.validate():
        with form.refusals_shown():
            service.sign(volunteer, which, SignedHow.ON_PAPER, form.on.data, by=viewer.account_id)
            return _done(volunteer, None)
    return _page(volunteer, {f"sign-{which.kind.value}": form}, 422)


def _number(nth: str) -> int:
    if not nth.isdecimal() or len(nth) > 3:
        raise NotFound
    return int(nth)


def _which(what: str) -> Preparation:
    if what not in set(Preparation):
        raise NotFound
    return Preparation(what)


def _done(volunteer: Volunteer, undo: str | None) -> Response:
    say(_("Written down."), undo=undo)
    return see_other(url_for(".start", volunteer_id=volunteer.id))


def _page(volunteer: Volunteer, tried: dict[str, Form] | None = None, status: int = 200) -> Response:
    kept, forms, viewer = find_screening(volunteer.id), tried or {}, current_viewer()
    programme, to = find_programme(), NEXT.get(volunteer.status)
    buddies = {one.id.hex: one.called for one in possible_buddies(volunteer, viewer)}
    buddy_form = forms.get("buddy") or _fresh(
        BuddyForm, "buddy", buddy=volunteer.buddy_id.hex if volunteer.buddy_id else ""
    )
    buddy_form.offer(buddies)
    by = [said.get("by") for said in ((kept and kept.steps) or {}).values()]
    by += [one.get("by") for one in (kept and kept.references) or ()]
    return page(
        "recruitment/start.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        kept=kept,
        team=colleagues(by),
        talks=_talks(volunteer, kept, forms),
        references=_references(kept, forms),
        ask=forms.get("reference") or _fresh(ReferenceForm, "reference", on=today()),
        clearance=forms.get("clearance") or _clearance(volunteer, kept),
        needs_clearance=programme is not None and programme.vetting_required,
        agreements=_agreements(volunteer, forms),
        buddy=buddy_form,
        buddy_name=buddies.get(volunteer.buddy_id.hex) if volunteer.buddy_id else None,
        to=to,
        missing=wanting(volunteer, to) if to else [],
        tried=set(forms),
        today=today(),
    )


def _fresh(kind: type[Form], prefix: str, **said: Any) -> Any:
    return kind(formdata=None, data=said, prefix=prefix)


def _talks(volunteer: Volunteer, kept: Screening | None, forms: dict[str, Form]) -> list[dict[str, Any]]:
    rows, steps = [], (kept and kept.steps) or {}
    for what in Preparation:
        said = steps.get(what.value)
        form: Any = forms.get(what.value)
        if form is None and what is Preparation.LIMITS:
            shown = {name: getattr(volunteer, name) for name in ("capacity", "agreed_hours")}
            form = _fresh(LimitsForm, what.value, on=today(), limits=list(volunteer.limits or []), **shown)
        elif form is None:
            form = _fresh(TalkedForm, what.value, on=today(), note=said["note"] if said else None)
        if what is Preparation.LIMITS:
            form.offer()
        dated = {"on": day_of(said["on"]), "by": said["by"]} if said else None
        rows.append({"what": what, "said": dated, "form": form, "hint": _(HINTS[what])})
    return rows


def _references(kept: Screening | None, forms: dict[str, Form]) -> list[dict[str, Any]]:
    return [
        {
            "n": n,
            "who": one["who"],
            "good": one.get("good"),
            "by": one.get("by"),
            "asked_on": day_of(one.get("asked_on")),
            "answered_on": day_of(one.get("answered_on")),
            "form": forms.get(f"answer-{n}") or _fresh(AnswerForm, f"answer{n}", on=today()),
        }
        for n, one in enumerate((kept and kept.references) or ())
    ]


def _clearance(volunteer: Volunteer, kept: Screening | None) -> Any:
    asked_on = kept.vetting_asked_on if kept else None
    return _fresh(ClearanceForm, "clearance", asked_on=asked_on, until=volunteer.vetting_until)


def _agreements(volunteer: Volunteer, forms: dict[str, Form]) -> list[dict[str, Any]]:
    own, waiting, rows = signings_of(volunteer.id, current_viewer()), service.open_texts(volunteer), []
    for kind in SIGNED:
        text = current_text(kind)
        if text is None:
            continue
        form = forms.get(f"sign-{kind.value}") or _fresh(PaperForm, kind.value, on=today())
        rows.append({"text": text, "signing": own.get(text.id), "is_open": text.id in waiting, "form": form})
    return rows
