"""Leaving: a day is stated, each match gets its ending, a talk is offered, and the door closes."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import request, url_for
from werkzeug import Response

from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import active_volunteers, get_match
from peerlink.features.participants.queries import participants_among
from peerlink.features.recruitment import service
from peerlink.features.recruitment.forms import CloseForm, HandoverForm, LeavingForm, TalkForm
from peerlink.features.recruitment.models import ExitTalk, Handover
from peerlink.features.recruitment.queries import (
    find_exit_talk,
    handovers_of,
    has_match_elsewhere,
    open_matches,
)
from peerlink.features.recruitment.views.parts import bp, colleagues, own_record, today
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING, get_volunteer
from peerlink.framework.reasons import LeaveReason
from peerlink.framework.recruitment_words import HandoverKind
from peerlink.framework.vocabularies import MatchStatus, VolunteerStatus
from peerlink.roles import Permission
from peerlink.web.form import Form
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import N_, _

SAYS = {
    HandoverKind.HAND_OVER: N_("They wait for somebody new from that day."),
    HandoverKind.GOODBYE: N_("They say goodbye, and the support comes to its end."),
    HandoverKind.ENDS_NOW: N_("Without a goodbye. You stay their person to turn to."),
}
YES_OR_NO = {True: "yes", False: "no", None: ""}


@bp.get("/volunteers/<uuid:volunteer_id>/leaving")
@allow(Permission.MATCH)
def leaving(volunteer_id: uuid.UUID) -> Response:
    """Show how somebody leaves: their day, who relies on them, the talk, the last step."""
    return _page(get_volunteer(volunteer_id, current_viewer()))


@bp.post("/volunteers/<uuid:volunteer_id>/leaving")
@allow(Permission.MATCH)
def state(volunteer_id: uuid.UUID) -> Response:
    """Write down on which day somebody leaves."""
    viewer, form = current_viewer(), LeavingForm(prefix="day")
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.state_leaving(volunteer, form.on.data, by=viewer.account_id, wanted=form.wishes_talk())
            say(_("Written down."), undo=url_for(".stay", volunteer_id=volunteer.id))
            return _back(volunteer.id)
    return _page(volunteer, {"day": form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/leaving/take-back")
@allow(Permission.MATCH)
def stay(volunteer_id: uuid.UUID) -> Response:
    """Let somebody stay after all."""
    viewer = current_viewer()
    service.take_back_leaving(get_volunteer(volunteer_id, viewer), by=viewer.account_id)
    say(_("They stay."))
    return _back(volunteer_id)


@bp.post("/matching/match/<uuid:match_id>/handover")
@allow(Permission.MATCH)
def hand_over(match_id: uuid.UUID) -> Response:
    """Plan what becomes of a match, or let it be so today."""
    viewer = current_viewer()
    match = get_match(match_id, viewer)
    volunteer = get_volunteer(match.volunteer_id, viewer)
    form = HandoverForm(prefix=match.id.hex[:8])
    form.offer(_others(volunteer))
    if form.validate():
        with form.refusals_shown():
            if "plan" in request.form:
                service.plan_handover(match, form.draft(today()), by=viewer.account_id)
                say(_("Planned."), undo=url_for(".forget", match_id=match.id))
            else:
                service.carry_out(match, form.kind(), form.steps(), by=viewer.account_id)
                say(_("Done. Whoever waits is on the matching page."))
            return _back(volunteer.id)
    return _page(volunteer, {match.id.hex: form}, 422)


@bp.post("/matching/match/<uuid:match_id>/handover/forget")
@allow(Permission.MATCH)
def forget(match_id: uuid.UUID) -> Response:
    """Take a plan for a match back."""
    viewer = current_viewer()
    match = get_match(match_id, viewer)
    service.forget_handover(match, by=viewer.account_id)
    say(_("Taken back."))
    return _back(match.volunteer_id)


@bp.post("/volunteers/<uuid:volunteer_id>/leaving/close")
@allow(Permission.KEEP_VOLUNTEERS)
def close(volunteer_id: uuid.UUID) -> Response:
    """Take the last step: access closes with it."""
    viewer, form = current_viewer(), CloseForm(prefix="close")
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            reason, note = LeaveReason(form.reason.data), form.note.data or None
            service.leave(volunteer, reason, by=viewer.account_id, note=note, wanted=form.wishes_talk())
            say(_("Done. They can sign in no more."))
            return _back(volunteer.id)
    return _page(volunteer, {"close": form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/leaving/talk")
@allow(Permission.KEEP_VOLUNTEERS)
def talk(volunteer_id: uuid.UUID) -> Response:
    """Write down what was said in a talk at the end."""
    viewer, form = current_viewer(), TalkForm(prefix="talk")
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.keep_talk(volunteer, form.draft(), by=viewer.account_id)
            say(_("Written down."))
            return _back(volunteer.id)
    return _page(volunteer, {"talk": form}, 422)


@bp.get("/me/leaving")
@allow(Permission.SEE_OWN)
def my_leaving() -> Response:
    """Let a volunteer say when they stop."""
    return _my_page(LeavingForm())


@bp.post("/me/leaving")
@allow(Permission.SEE_OWN)
def state_mine() -> Response:
    """Write down when the volunteer who is looking stops."""
    form, volunteer = LeavingForm(), own_record()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            by = current_viewer().account_id
            service.state_leaving(volunteer, form.on.data, by=by, wanted=form.wishes_talk())
            say(_("Your coordinators are told. Thank you for saying so early."), undo=url_for(".stay_mine"))
            return see_other(url_for(".my_leaving"))
    return _my_page(form, 422)


@bp.post("/me/leaving/take-back")
@allow(Permission.SEE_OWN)
def stay_mine() -> Response:
    """Stay after all."""
    service.take_back_leaving(own_record(), by=current_viewer().account_id)
    say(_("Good that you stay."))
    return see_other(url_for(".my_leaving"))


def _my_page(form: LeavingForm, status: int = 200) -> Response:
    form.offer()
    volunteer = own_record()
    found = open_matches(volunteer.id, current_viewer())
    relying = [one for one in found if one.status is not MatchStatus.PROPOSED]
    return page(
        "recruitment/my_leaving.html", status, one=volunteer, form=form, n_open=len(relying), today=today()
    )


def _back(volunteer_id: uuid.UUID) -> Response:
    return see_other(url_for(".leaving", volunteer_id=volunteer_id))


def _others(volunteer: Volunteer) -> dict[str, str]:
    found = [one for one in active_volunteers(current_viewer()) if one.id != volunteer.id]
    return {one.id.hex: one.called for one in sorted(found, key=lambda one: one.called.casefold())}


def _page(volunteer: Volunteer, tried: dict[str, Any] | None = None, status: int = 200) -> Response:
    forms, viewer = tried or {}, current_viewer()
    found = open_matches(volunteer.id, viewer)
    talk_kept = find_exit_talk(volunteer.id) if viewer.may(Permission.KEEP_VOLUNTEERS) else None
    wished = YES_OR_NO[talk_kept.wanted] if talk_kept else ""
    day = forms.get("day") or _fresh(LeavingForm, "day", on=volunteer.leaving_on, wanted=wished)
    closing, talking = forms.get("close") or _fresh(CloseForm, "close"), forms.get("talk") or _talk(talk_kept)
    for form in (day, closing, talking):
        form.offer()
    return page(
        "recruitment/leaving.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        serves=volunteer.status in SERVING,
        has_left=volunteer.status is VolunteerStatus.LEFT,
        rows=_rows(volunteer, found, forms),
        elsewhere=has_match_elsewhere(volunteer.id, found),
        says={kind.value: _(said) for kind, said in SAYS.items()},
        day=day,
        closing=closing,
        talking=talking,
        talk=talk_kept,
        team=colleagues([talk_kept.by if talk_kept else None]),
        today=today(),
    )


def _fresh(kind: type[Form], prefix: str, **said: Any) -> Any:
    return kind(formdata=None, data=said, prefix=prefix)


def _talk(kept: ExitTalk | None) -> Any:
    if kept is None:
        return _fresh(TalkForm, "talk")
    said = {"wanted": YES_OR_NO[kept.wanted], "returns": YES_OR_NO[kept.returns], "said": kept.said}
    return _fresh(TalkForm, "talk", held_on=kept.held_on, **said)


def _rows(volunteer: Volunteer, found: Sequence[Match], tried: dict[str, Any]) -> list[dict[str, Any]]:
    names = participants_among([one.participant_id for one in found], current_viewer())
    plans, others = handovers_of(found), _others(volunteer) if found else {}
    rows = []
    for match in found:
        plan, who = plans.get(match.id), names.get(match.participant_id)
        form = tried.get(match.id.hex) or _planned(match, plan, volunteer)
        form.offer(others)
        taker = others.get(plan.to_id.hex) if plan and plan.to_id else None
        called = who.called if who else _("Somebody")
        rows.append({"match": match, "called": called, "plan": plan, "form": form, "taker": taker})
    return rows


def _planned(match: Match, plan: Handover | None, volunteer: Volunteer) -> Any:
    on = plan.on if plan else volunteer.leaving_on or today()
    said = {"how": plan.how.value, "to": plan.to_id.hex if plan.to_id else ""} if plan else {}
    return _fresh(HandoverForm, match.id.hex[:8], on=on, **said)
