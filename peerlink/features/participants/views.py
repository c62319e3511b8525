"""Pages about participants, for coordinators."""

import datetime as dt
import uuid
from collections.abc import Mapping

from flask import Blueprint, request, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import Conflict, NotFound
from peerlink.features.participants import service
from peerlink.features.participants.forms import (
    ConsentForm,
    ParticipantForm,
    StepForm,
    offered_alias,
    shown_of,
)
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import (
    Wanted,
    get_participant,
    participant_counts,
    participant_page,
    search_participants,
)
from peerlink.features.participants.rules import ConsentKind, by_hand, missing_for_matching
from peerlink.features.programmes.queries import approved_places, places, programme_zone, sites
from peerlink.framework.people_words import OutcomeDomain, ParticipantStatus
from peerlink.lifecycle import Kind, said_with, steps_from
from peerlink.roles import Permission, Viewer
from peerlink.store import history
from peerlink.store.sealing import intact
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_form import Difference, differences, language_name, translated
from peerlink.web.person_page import channels_shown, steps_shown, support_label, timeline_of, wants_shown
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import N_, _

bp = Blueprint("participants", __name__)

S = ParticipantStatus
DEEDS = {
    S.WAITING: N_("Onto the waiting list"),
    S.ACTIVE: N_("Go on"),
    S.PAUSED: N_("Pause"),
    S.ENDING: N_("Begin the ending"),
    S.CLOSED: N_("Close"),
    S.REFERRED: N_("Take up again"),
    S.DECLINED: N_("They said no"),
    S.NOT_REACHED: N_("Could not be reached"),
}
WAITS = {"14": N_("2 weeks or longer"), "28": N_("4 weeks or longer"), "56": N_("8 weeks or longer")}


@bp.get("/participants")
@allow(Permission.SEE_PARTICIPANTS)
def index() -> Response:
    """List the people supported, those longest in their state first."""
    viewer, asked = current_viewer(), request.args
    wanted = _wanted(asked)
    found = participant_page(viewer, wanted, _number(asked.get("page")))
    rows, n_damaged = intact(found.rows)
    return page(
        "participants/index.html",
        found=found,
        rows=rows,
        n_damaged=n_damaged,
        counts=participant_counts(viewer),
        asked={name: value for name, value in asked.items() if name != "page"},
        wanted=wanted,
        sites=_sites(viewer),
        statuses=tuple(S),
        waits=translated(WAITS),
    )


@bp.post("/participants/search")
@allow(Permission.SEE_PARTICIPANTS)
def search() -> Response:
    """Find people by part of a name, phone, e-mail or number; what was typed stays out of the address."""
    typed = request.form.get("text", "").strip()[:100]
    found = search_participants(typed, current_viewer()) if typed else []
    return page("participants/search.html", typed=typed, found=found, sites=_sites(current_viewer()))


@bp.get("/participants/new")
@allow(Permission.KEEP_PARTICIPANTS)
def new() -> Response:
    """Ask for somebody new."""
    form = ParticipantForm(data={"alias": offered_alias(), "referred_on": _today()})
    return _form_page("participants/new.html", form)


@bp.post("/participants/new")
@allow(Permission.KEEP_PARTICIPANTS)
def add() -> Response:
    """Add somebody, unless they may be here already."""
    viewer, form = current_viewer(), ParticipantForm()
    groups = _offer(form)
    alike: list[Participant] = []
    if form.validate():
        with form.refusals_shown():
            draft = form.draft()
            if "anyway" not in request.form:
                alike = service.likely_duplicates(draft, viewer)
            if not alike:
                participant = service.add_participant(draft, by=viewer.account_id)
                say(_("Added. Next: ask for their consent."))
                return see_other(url_for(".consents", participant_id=participant.id))
    return page("participants/new.html", 422, form=form, groups=groups, alike=alike, conflict=[])


@bp.get("/participants/<uuid:participant_id>")
@allow(Permission.SEE_PARTICIPANTS)
def show(participant_id: uuid.UUID) -> Response:
    """Show one person: how to reach them safely first."""
    participant = get_participant(participant_id, current_viewer())
    known = {one.hex: place for one, place in places().items()}
    return page(
        "participants/show.html",
        one=participant,
        tabs=tabs_of("participant", participant.id),
        may_call="phone" in (participant.safe_channels or ()),
        steps=steps_shown(by_hand(participant.status), Kind.PARTICIPANT, DEEDS, leave_out=(S.CONSENTED,)),
        missing=missing_for_matching(participant),
        needs=[support_label(need) for need in participant.needs or []],
        goals=[_(OutcomeDomain(goal).label) for goal in participant.goals or []],
        wants=wants_shown(participant.wants or []),
        channels=channels_shown(participant.channels),
        safe_channels=channels_shown(participant.safe_channels),
        languages=[language_name(code) for code in participant.languages or {}],
        places=[place.name for place in map(known.get, participant.places or []) if place],
        site=sites().get(participant.site_id) if participant.site_id else None,
        consents=_consents_of(participant),
        today=_today(),
        history=timeline_of(history.history_of(participant.id), S),
    )


@bp.get("/participants/<uuid:participant_id>/edit")
@allow(Permission.KEEP_PARTICIPANTS)
def edit(participant_id: uuid.UUID) -> Response:
    """Offer a record to be changed."""
    participant = get_participant(participant_id, current_viewer())
    return _form_page("participants/edit.html", ParticipantForm(data=shown_of(participant)), participant)


@bp.post("/participants/<uuid:participant_id>/edit")
@allow(Permission.KEEP_PARTICIPANTS)
def change(participant_id: uuid.UUID) -> Response:
    """Change a record; where somebody else saved it meanwhile, show both versions."""
    viewer, form = current_viewer(), ParticipantForm()
    participant = get_participant(participant_id, viewer)
    _offer(form, participant)
    conflict: list[Difference] = []
    if form.validate():
        with form.refusals_shown():
            try:
                version = _number(form.version.data)
                service.change_details(participant, form.draft(), version=version, by=viewer.account_id)
            except Conflict:
                conflict = differences(form, shown_of(participant))
                form.version.data = participant.version
            else:
                say(_("Saved."))
                return see_other(url_for(".show", participant_id=participant.id))
    return _form_page("participants/edit.html", form, participant, conflict, status=422)


@bp.get("/participants/<uuid:participant_id>/consents")
@allow(Permission.KEEP_PARTICIPANTS)
def consents(participant_id: uuid.UUID) -> Response:
    """Show what somebody agreed to, and ask for more."""
    participant = get_participant(participant_id, current_viewer())
    return _consent_page(participant, ConsentForm(data={"on": _today()}))


@bp.post("/participants/<uuid:participant_id>/consents")
@allow(Permission.KEEP_PARTICIPANTS)
def take_consents(participant_id: uuid.UUID) -> Response:
    """Write down what somebody agreed to."""
    viewer, form = current_viewer(), ConsentForm()
    participant = get_participant(participant_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.take_consents(
                participant, form.agreed(), by=viewer.account_id, on=form.on.data, until=form.until.data
            )
            say(_("Written down."))
            return see_other(url_for(".show", participant_id=participant.id))
    return _consent_page(participant, form, 422)


@bp.post("/participants/<uuid:participant_id>/consents/<kind>/withdraw")
@allow(Permission.KEEP_PARTICIPANTS)
def withdraw_consent(participant_id: uuid.UUID, kind: str) -> Response:
    """Take a consent back; it stops counting at once."""
    viewer = current_viewer()
    participant = get_participant(participant_id, viewer)
    if kind not in set(ConsentKind):
        raise NotFound
    service.withdraw_consent(participant, ConsentKind(kind), by=viewer.account_id)
    say(_("Taken back. It counts from this moment."))
    return see_other(url_for(".show", participant_id=participant.id))


@bp.get("/participants/<uuid:participant_id>/step/<to>")
@allow(Permission.KEEP_PARTICIPANTS)
def step(participant_id: uuid.UUID, to: str) -> Response:
    """Ask what must be said with a step."""
    participant = get_participant(participant_id, current_viewer())
    state = _state(participant, to)
    form = StepForm()
    form.offer(state)
    return _step_page(participant, state, form)


@bp.post("/participants/<uuid:participant_id>/step/<to>")
@allow(Permission.KEEP_PARTICIPANTS)
def take_step(participant_id: uuid.UUID, to: str) -> Response:
    """Take one step of the life-cycle."""
    viewer = current_viewer()
    participant = get_participant(participant_id, viewer)
    state, before, form = _state(participant, to), participant.status, StepForm()
    form.offer(state)
    if form.validate():
        with form.refusals_shown():
            service.step(
                participant,
                state,
                by=viewer.account_id,
                reason=form.data.get("reason"),
                review_on=form.data.get("review_on"),
                note=form.note.data or None,
            )
            back = before in by_hand(state) and not said_with(Kind.PARTICIPANT, before).required
            undo = url_for(".take_step", participant_id=participant.id, to=before.value) if back else None
            say(_("Done: %(state)s.", state=_(state.label)), undo=undo)
            return see_other(url_for(".show", participant_id=participant.id))
    return _step_page(participant, state, form, 422)


def _wanted(asked: Mapping[str, str]) -> Wanted:
    chosen, waits = asked.get("status", ""), asked.get("waits", "")
    return Wanted(
        status=S(chosen) if chosen in set(S) else None,
        site_id=_uuid(asked.get("site")),
        since_before=_today() - dt.timedelta(days=int(waits)) if waits in WAITS else None,
        everybody=chosen == "all",
        newest_first=asked.get("order") == "newest",
    )


def _state(participant: Participant, to: str) -> ParticipantStatus:
    if to not in set(S) or S(to) is S.MATCHED:
        raise NotFound
    state = S(to)
    if state in steps_from(Kind.PARTICIPANT, participant.status) and state not in by_hand(participant.status):
        raise NotFound
    return state


def _offer(form: ParticipantForm, participant: Participant | None = None) -> dict[str, list[str]]:
    viewer = current_viewer()
    chosen = {uuid.UUID(one) for one in (participant.places or [] if participant else [])}
    known = approved_places()
    kept = {one: place for one, place in places().items() if one in chosen}
    form.offer(
        _sites(viewer),
        {one: place.name for one, place in {**known, **kept}.items()},
        all_sites=viewer.site_id is None,
    )
    return form.offer_words()


def _form_page(
    template: str,
    form: ParticipantForm,
    participant: Participant | None = None,
    conflict: list[Difference] | None = None,
    status: int = 200,
) -> Response:
    groups = _offer(form, participant)
    return page(
        template, status, form=form, groups=groups, one=participant, conflict=conflict or [], alike=[]
    )


def _consent_page(participant: Participant, form: ConsentForm, status: int = 200) -> Response:
    form.offer()
    return page(
        "participants/consents.html", status, one=participant, form=form, consents=_consents_of(participant)
    )


def _step_page(
    participant: Participant, state: ParticipantStatus, form: StepForm, status: int = 200
) -> Response:
    deed = _(DEEDS.get(state, state.label))
    return page("participants/step.html", status, one=participant, form=form, deed=deed, state=state)


def _consents_of(participant: Participant) -> list[dict[str, object]]:
    given = participant.consents or {}
    return [
        {
            "kind": kind.value,
            "label": _(kind.label),
            "on": dt.date.fromisoformat(given[kind.value]) if kind.value in given else None,
        }
        for kind in ConsentKind
    ]


def _sites(viewer: Viewer) -> dict[uuid.UUID, str]:
    return {
        one: site.name for one, site in sites().items() if viewer.site_id is None or one == viewer.site_id
    }


def _uuid(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None


def _number(typed: object) -> int:
    return int(str(typed)) if str(typed).isdecimal() and len(str(typed)) < 10 else 1


def _today() -> dt.date:
    return clock.today(programme_zone())
