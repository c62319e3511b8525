"""Sessions: planning one, who is to come, and who was there."""

import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink.features.accounts.queries import team_members
from peerlink.features.training import holding
from peerlink.features.training.catalogue import module_names, offered
from peerlink.features.training.forms import SessionForm, hours_of
from peerlink.features.training.models import TrainingSession
from peerlink.features.training.queries import attendances_for, get_session, n_at_sessions, sessions
from peerlink.features.training.rules import Taken
from peerlink.features.training.standing import NEVER, standing_of
from peerlink.features.training.views.parts import bp, taught_in, today
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import learning_volunteers, volunteers_among
from peerlink.framework.training_words import AttendanceStatus, TrainingSessionStatus
from peerlink.roles import Permission
from peerlink.store.lookup import many
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

S, A = TrainingSessionStatus, AttendanceStatus
USUAL_HOURS = 2


@bp.get("/training/sessions")
@allow(Permission.HOLD_TRAINING)
def session_list() -> Response:
    """List the sessions: those to be written down, those to come, those held."""
    now, names, every = today(), module_names(), sessions()
    counts = n_at_sessions([one.id for one in every])
    rows = [(one, taught_in(one, names), counts.get(one.id, {})) for one in every]
    planned = sorted((row for row in rows if row[0].status is S.PLANNED), key=lambda row: row[0].on)
    return page(
        "training/sessions.html",
        due=[row for row in planned if row[0].on <= now],
        coming=[row for row in planned if row[0].on > now],
        past=[row for row in rows if row[0].status is not S.PLANNED],
    )


@bp.get("/training/sessions/new")
@allow(Permission.HOLD_TRAINING)
def new_session() -> Response:
    """Ask what is taught, when and where."""
    form = SessionForm(data={"on": today(), "hours": USUAL_HOURS, "modules": request.args.getlist("module")})
    return _form_page(form, url_for(".plan_session"))


@bp.post("/training/sessions/new")
@allow(Permission.HOLD_TRAINING)
def plan_session() -> Response:
    """Plan a session."""
    form = SessionForm()
    form.offer(_taught())
    if form.validate():
        with form.refusals_shown():
            planned = holding.plan_session(form.draft(), by=current_viewer().account_id)
            say(_("Planned. Now write people in."), undo=url_for(".call_off", session_id=planned.id))
            return see_other(url_for(".show_session", session_id=planned.id))
    return _form_page(form, url_for(".plan_session"), 422)


@bp.get("/training/sessions/<uuid:session_id>")
@allow(Permission.HOLD_TRAINING)
def show_session(session_id: uuid.UUID) -> Response:
    """Show one session, and on its day the list of who was there."""
    viewer, one = current_viewer(), get_session(session_id)
    rows = many(attendances_for(one.id, viewer))
    people = volunteers_among([row.volunteer_id for row in rows], viewer)
    listed = sorted(
        ((people[row.volunteer_id], row.status) for row in rows), key=lambda pair: pair[0].called.casefold()
    )
    needy, others = _to_invite(one, set(people))
    return page(
        "training/session.html",
        one=one,
        taught=taught_in(one, module_names()),
        holder=team_members([one.held_by]).get(one.held_by, "") if one.held_by else "",
        waiting=[who for who, status in listed if status is A.ENROLLED],
        written=[pair for pair in listed if pair[1] is not A.ENROLLED],
        n_elsewhere=sum(n_at_sessions([one.id]).get(one.id, {}).values()) - len(rows),
        is_due=one.on <= today(),
        needy=needy,
        others=others,
    )


@bp.get("/training/sessions/<uuid:session_id>/change")
@allow(Permission.HOLD_TRAINING)
def ask_change(session_id: uuid.UUID) -> Response:
    """Show what was planned, to be changed."""
    one = get_session(session_id)
    said = {name: getattr(one, name) for name in ("on", "begins", "where", "modules")}
    form = SessionForm(data={**said, "hours": hours_of(one.minutes)})
    return _form_page(form, url_for(".change_session", session_id=one.id), one=one)


@bp.post("/training/sessions/<uuid:session_id>/change")
@allow(Permission.HOLD_TRAINING)
def change_session(session_id: uuid.UUID) -> Response:
    """Change a planned session."""
    one, form = get_session(session_id), SessionForm()
    form.offer(_taught())
    if form.validate():
        with form.refusals_shown():
            holding.change_session(one, form.draft(), by=current_viewer().account_id)
            say(_("Changed."))
            return see_other(url_for(".show_session", session_id=one.id))
    return _form_page(form, url_for(".change_session", session_id=one.id), 422, one=one)


@bp.post("/training/sessions/<uuid:session_id>/invite")
@allow(Permission.HOLD_TRAINING)
def invite(session_id: uuid.UUID) -> Response:
    """Write people in for a session."""
    viewer, one = current_viewer(), get_session(session_id)
    people = volunteers_among(_ids("volunteer"), viewer)
    n = holding.enrol(one, people.values(), by=viewer.account_id)
    say(_("Written in: %(n)s", n=n))
    return see_other(url_for(".show_session", session_id=one.id))


@bp.post("/training/sessions/<uuid:session_id>/excuse")
@allow(Permission.HOLD_TRAINING)
def excuse(session_id: uuid.UUID) -> Response:
    """Write down that somebody cannot come."""
    viewer, one = current_viewer(), get_session(session_id)
    for volunteer in volunteers_among(_ids("volunteer"), viewer).values():
        holding.excuse(one, volunteer, by=viewer.account_id)
    say(_("Noted: cannot come."))
    return see_other(url_for(".show_session", session_id=one.id))


@bp.post("/training/sessions/<uuid:session_id>/attendance")
@allow(Permission.HOLD_TRAINING)
def take_attendance(session_id: uuid.UUID) -> Response:
    """Write down who was there; sent twice it says the same once."""
    one = get_session(session_id)
    taken = Taken(present=_hexes("present"), failed=_hexes("failed"))
    down = holding.take_attendance(one, taken, current_viewer())
    undo = url_for(".attendance_back", session_id=one.id)
    say(_("Written down. Were there: %(n)s, were not: %(m)s", n=down.n_present, m=down.n_absent), undo=undo)
    return see_other(url_for(".show_session", session_id=one.id))


@bp.post("/training/sessions/<uuid:session_id>/attendance/take-back")
@allow(Permission.HOLD_TRAINING)
def attendance_back(session_id: uuid.UUID) -> Response:
    """Take back what was written down about who was there."""
    one = get_session(session_id)
    holding.take_attendance_back(one, current_viewer())
    say(_("Taken back. Everybody is only enrolled again."))
    return see_other(url_for(".show_session", session_id=one.id))


@bp.post("/training/sessions/<uuid:session_id>/call-off")
@allow(Permission.HOLD_TRAINING)
def call_off(session_id: uuid.UUID) -> Response:
    """Call a planned session off."""
    one = get_session(session_id)
    holding.call_off(one, by=current_viewer().account_id)
    say(_("Called off; whoever was to come is told."), undo=url_for(".plan_again", session_id=one.id))
    return see_other(url_for(".show_session", session_id=one.id))


@bp.post("/training/sessions/<uuid:session_id>/plan-again")
@allow(Permission.HOLD_TRAINING)
def plan_again(session_id: uuid.UUID) -> Response:
    """Let a session take place after all."""
    one = get_session(session_id)
    holding.plan_again(one, by=current_viewer().account_id)
    say(_("It takes place."))
    return see_other(url_for(".show_session", session_id=one.id))


def _taught() -> dict[str, str]:
    return {code: one.name for code, one in offered().items()}


def _ids(name: str) -> list[uuid.UUID]:
    return [uuid.UUID(one) for one in sorted(_hexes(name))]


def _hexes(name: str) -> frozenset[str]:
    """Return the ids that were ticked; what is none is left out."""
    found = set()
    for typed in request.form.getlist(name):
        try:
            found.add(uuid.UUID(typed).hex)
        except ValueError:
            continue
    return frozenset(found)


def _to_invite(one: TrainingSession, here: set[uuid.UUID]) -> tuple[list[Volunteer], list[Volunteer]]:
    """Return who may be written in: those who need what is taught, and the others."""
    if one.status is S.CANCELLED:
        return [], []
    people = [who for who in learning_volunteers(current_viewer()) if who.id not in here]
    people.sort(key=lambda who: who.called.casefold())
    standing = standing_of([who.id for who in people], today())
    needs = {
        who.id for who in people if any(standing[who.id].get(code, NEVER).is_needed for code in one.modules)
    }
    return [who for who in people if who.id in needs], [who for who in people if who.id not in needs]


def _form_page(
    form: SessionForm, address: str, status: int = 200, *, one: TrainingSession | None = None
) -> Response:
    form.offer(_taught())
    return page("training/session_form.html", status, form=form, address=address, one=one)
