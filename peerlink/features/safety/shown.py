"""What pages show of the safety plan, of calls and of visits; never more than whoever looks may know."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from peerlink import clock
from peerlink.features.accounts.queries import team_members
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.queries import limits, places, programme_zone
from peerlink.features.safety.models import LoneVisit, SafetyCall
from peerlink.features.safety.queries import find_plan, hours_in_force, on_duty
from peerlink.features.safety.rules import late_stage, next_opening
from peerlink.features.safety.whom import able_to_take, buddy_of, carers_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Role, Viewer
from peerlink.store import gate
from peerlink.store.session import session
from peerlink.words import N_, _

DEEDS = {
    "taken": N_("Taken on"),
    "given back": N_("Given back"),
    "handed over": N_("Handed over"),
    "closed": N_("Closed"),
}


@dataclass(frozen=True)
class Crisis:
    """What somebody in danger reads before anything else."""

    words: str | None
    numbers: Sequence[dict[str, str]]
    card: str | None
    duty_phone: str | None
    opens: str
    """When the programme can be reached, in words."""
    back_at: dt.datetime | None
    """When somebody is at the desk again; None while somebody is."""


def crisis() -> Crisis:
    """Return the local help text and numbers; for the help panel of any page."""
    plan, hours = find_plan(), hours_in_force()
    back_at = next_opening(clock.now(), hours, programme_zone())
    opens = f"{hours.opens:%H:%M}-{hours.closes:%H:%M}" if hours else ""
    if plan is None:
        return Crisis(None, (), None, None, opens, back_at)
    return Crisis(plan.words, plan.numbers or (), plan.card, plan.duty_phone, opens, back_at)


def helper_of(viewer: Viewer) -> str | None:
    """Name who looks after a volunteer today, else who is on duty."""
    today = clock.today(programme_zone())
    found = [*carers_of(viewer.person_id), *on_duty(None, today)]
    with gate.opened("somebody who asks for help reads who will call"):
        return team_members(found[:1]).get(found[0]) if found else None


@dataclass(frozen=True)
class CallRow:
    """One call as a list shows it."""

    call: SafetyCall
    who: str
    why: str | None
    """Only for those who may read the answers it came from; to all others it is a call that is needed."""
    holder: str | None
    is_mine: bool
    is_late: bool


def call_rows(calls: Iterable[SafetyCall], viewer: Viewer) -> list[CallRow]:
    """Return calls within reach as a list shows them."""
    found, now = list(calls), clock.now()
    names = names_of(one.holder_id for one in found)
    return [
        CallRow(
            one,
            who_of(one, viewer),
            _why(one, viewer),
            names.get(one.holder_id) if one.holder_id else None,
            one.holder_id == viewer.account_id,
            one.closed_on is None and one.acknowledged_at is None and now >= one.due_at,
        )
        for one in found
    ]


def who_of(call: SafetyCall, viewer: Viewer) -> str:
    """Name who needs a call: to supervisors a participant stays somebody, to managers everybody does."""
    staff = viewer.is_a(Role.COORDINATOR, Role.SUPERVISOR, Role.SAFEGUARDING_LEAD)
    knows_participants = viewer.is_a(Role.COORDINATOR, Role.SAFEGUARDING_LEAD)
    with gate.opened("a call within reach says who needs it"):
        volunteer = session.get(Volunteer, call.volunteer_id) if call.volunteer_id else None
        name = volunteer.called if volunteer is not None and staff else _("somebody")
        if call.participant_id is None:
            return name
        participant = session.get(Participant, call.participant_id)
        if knows_participants and participant is not None:
            return participant.called
        return _("somebody %(volunteer)s supports", volunteer=name) if staff else name


def _why(call: SafetyCall, viewer: Viewer) -> str | None:
    if not viewer.is_a(Role.SUPERVISOR, Role.SAFEGUARDING_LEAD):
        return None
    return _(call.cause.label)


def takers(call: SafetyCall, viewer: Viewer) -> list[tuple[uuid.UUID, str]]:
    """Return to whom a call can be handed with one tap, those on duty first."""
    ids = [one for one in able_to_take(call) if one not in (viewer.account_id, call.holder_id)]
    names = names_of(ids)
    return [(one, names[one]) for one in ids if one in names]


def trail_of(call: SafetyCall) -> list[dict[str, object]]:
    """Return what was done about a call, the latest first, as a timeline shows it."""
    entries = list(reversed(call.trail or []))
    names = names_of(uuid.UUID(one[key]) for one in entries for key in ("by", "to") if one.get(key))
    lines: list[dict[str, object]] = []
    for one in entries:
        title = _(DEEDS[one["what"]])
        if one.get("to"):
            title = _("Handed to %(name)s", name=names.get(uuid.UUID(one["to"]), ""))
        by = names.get(uuid.UUID(one["by"]), "") if one["by"] else ""
        lines.append({"title": title, "at": dt.datetime.fromisoformat(one["at"]), "by": by})
    return lines


@dataclass(frozen=True)
class VisitRow:
    """One visit as a list shows it."""

    visit: LoneVisit
    called: str
    phone: str | None
    stage: int
    where: str | None
    """None where whoever looks need not know; a buddy never does."""
    has_buddy: bool


def visit_rows(visits: Iterable[LoneVisit], viewer: Viewer) -> list[VisitRow]:
    """Return visits within reach as a list shows them."""
    now, in_force, names = clock.now(), limits(), places()
    rows = []
    for one in visits:
        own = one.volunteer_id == viewer.person_id
        staff = viewer.is_a(Role.COORDINATOR, Role.SUPERVISOR)
        with gate.lent(["volunteer"], one.volunteer_id, "a visit says who is out and how to call them"):
            volunteer = session.get_one(Volunteer, one.volunteer_id)
            called, phone = volunteer.called, volunteer.phone
        place = names.get(one.place_id) if one.place_id else None
        where = (place.name if place else one.where_words or _(one.where.label)) if own or staff else None
        stage = late_stage(one.due_back_at, now, in_force) if one.checked_out_at is None else 0
        rows.append(VisitRow(one, called, phone, stage, where, buddy_of(one.volunteer_id) is not None))
    return rows


def names_of(accounts: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """Return the names of colleagues."""
    ids = [one for one in set(accounts) if one is not None]
    with gate.opened("colleagues are named beside what they do"):
        return team_members(ids)


def time_of(moment: dt.datetime) -> str:
    """Write a moment as the hour it is in the programme's time zone, for a line on a desk."""
    return f"{moment.astimezone(ZoneInfo(programme_zone())):%H:%M}"
