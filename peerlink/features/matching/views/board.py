"""The board: who waits, who fits, and what is planned."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from flask import request, url_for
from werkzeug import Response

from peerlink.features.matching import service
from peerlink.features.matching.models import PlannedMatch
from peerlink.features.matching.pools import Candidate, Pool, candidates, pooled, whole_round
from peerlink.features.matching.queries import (
    active_volunteers,
    asked_among,
    n_proposals,
    plan_of,
    said_no_before,
    waiting_for,
    waiting_since,
)
from peerlink.features.matching.rules import blockers
from peerlink.features.matching.service import PlanRefused
from peerlink.features.matching.views.parts import bp, today
from peerlink.features.matching.wording import bars_of, hundred, line_of, musts_of, said_of
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import (
    Wanted,
    get_participant,
    participant_page,
    participants_among,
)
from peerlink.features.volunteers.queries import volunteers_among
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.roles import Permission, Viewer
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

LONG = 7
"""Days after which waiting is shown as long."""
STEPS = ("waiting", "candidates", "plan")
AT_MOST = 24
"""People shown on the page about everybody before the rest is asked for."""
SHOWN = 6
"""Candidates shown before the rest is asked for."""


@bp.get("/matching")
@allow(Permission.MATCH)
def board() -> Response:
    """Show who waits, who fits the one chosen, and the plan."""
    return _board()


@bp.post("/matching/plan")
@allow(Permission.MATCH)
def plan_pair() -> Response:
    """Put a pair into the plan and go on with whoever waits next."""
    viewer = current_viewer()
    who, whom = (_id(request.form.get(name)) for name in ("participant", "volunteer"))
    if who is not None and whom is not None:
        service.plan_pair(who, whom, by=viewer)
        say(_("In the plan. Nothing is sent yet."), undo=url_for(".unplan", participant_id=who))
    return see_other(url_for(".board", who=_next(viewer, who), step="plan"))


@bp.post("/matching/plan/<uuid:participant_id>/undo")
@allow(Permission.MATCH)
def unplan(participant_id: uuid.UUID) -> Response:
    """Take a pair out of the plan again."""
    get_participant(participant_id, current_viewer())
    service.unplan(participant_id, by=current_viewer())
    say(_("Out of the plan."))
    return see_other(url_for(".board", who=participant_id, step="plan"))


@bp.post("/matching/plan/clear")
@allow(Permission.MATCH)
def clear() -> Response:
    """Throw the plan away, or only what was suggested."""
    service.clear_plan(by=current_viewer(), only_suggested="suggested" in request.args)
    say(_("Out of the plan."))
    return see_other(url_for(".board"))


@bp.post("/matching/plan/suggest")
@allow(Permission.MATCH)
def suggest() -> Response:
    """Fill the plan for everybody who waits."""
    served, looked_at = service.suggest(by=current_viewer())
    if served:
        said = _(
            "A plan for %(n)s of %(all)s people. No other serves more, or as many with a better fit.",
            n=served,
            all=looked_at,
        )
        say(said, undo=url_for(".clear", suggested=1))
    else:
        say(_("Nobody else can be served now. What blocks it stands under 'Who cannot be served'."))
    return see_other(url_for(".board", step="plan"))


@bp.post("/matching/plan/confirm")
@allow(Permission.MATCH)
def confirm() -> Response:
    """Propose everything that is planned, or nothing."""
    try:
        matches = service.confirm(by=current_viewer())
    except PlanRefused as refused:
        return _board(422, refused)
    say(_("Proposed: %(n)s. Now both sides are asked.", n=len(matches)))
    return see_other(url_for(".proposals"))


@bp.get("/matching/everybody")
@allow(Permission.MATCH)
def everybody() -> Response:
    """Show the best plan for everybody who waits, and what blocks whoever it cannot serve."""
    viewer, day = current_viewer(), today()
    waiting = waiting_for(viewer)
    asked = asked_among([one.id for one in waiting])
    pool = pooled([one for one in waiting if one.id not in asked], active_volunteers(viewer), day)
    found = whole_round(pool)
    unserved = []
    at_most = None if request.args.get("all") else AT_MOST
    for one in found.unmatched(at_most):
        queue = one.queue
        unserved.append(
            {
                "who": pool.participants[one.participant],
                "days": (day - pool.participants[one.participant].status_since).days,
                "bars": bars_of(one.blocked_by),
                "people": len(queue.people) if queue else 0,
                "places": queue.places if queue else 0,
            }
        )
    return page(
        "matching/everybody.html",
        pairs=[
            {
                "who": pool.participants[one.participant],
                "whom": pool.volunteers[one.volunteer],
                "score": hundred(one.fit.score),
            }
            for one in found.proposals()[:at_most]
        ],
        at_most=at_most,
        unserved=unserved,
        n_covered=found.n_covered,
        n_waiting=found.n_waiting,
        n_active=len(pool.volunteers),
        total=hundred(found.total_score),
    )


def _board(status: int = 200, refused: PlanRefused | None = None) -> Response:
    viewer, day = current_viewer(), today()
    since = waiting_since(viewer)
    found = participant_page(viewer, Wanted(status=ParticipantStatus.WAITING), _number())
    asked = asked_among([one for one, _day in since])
    planned = plan_of(viewer)
    volunteers = active_volunteers(viewer)
    chosen = _chosen(viewer, found.rows, asked, planned)
    others = Counter(one.volunteer_id for one in planned if not chosen or one.participant_id != chosen.id)
    pool = pooled([chosen] if chosen else [], volunteers, day, others)
    return page(
        "matching/board.html",
        status,
        found=found,
        rows=[_row(one, day, asked, planned) for one in found.rows],
        chosen=chosen,
        chosen_is_asked=chosen is not None and chosen.id in asked,
        n_waiting=len(since),
        n_long=sum((day - since_day).days > LONG for _one, since_day in since),
        n_open=len([one for one, _day in since if one not in asked]) - len(planned),
        n_asked=n_proposals(viewer),
        step=_step(chosen),
        plan=_plan(viewer, planned, refused),
        outlook=_outlook(since, {one.participant_id for one in planned} | asked, day),
        n_with_room=pool.n_with_room(),
        n_active=len(volunteers),
        **_fitting(pool, chosen, planned),
    )


def _row(
    one: Participant, day: dt.date, asked: set[uuid.UUID], planned: list[PlannedMatch] | Any
) -> dict[str, Any]:
    days = (day - one.status_since).days
    return {
        "one": one,
        "days": days,
        "long": days > LONG,
        "asked": one.id in asked,
        "planned": any(pair.participant_id == one.id for pair in planned),
        "line": line_of(one, day),
    }


def _chosen(viewer: Viewer, rows: Any, asked: set[uuid.UUID], planned: Any) -> Participant | None:
    """Return whom the page is about: the one named, else the longest waiting nobody is planned for."""
    named = _id(request.args.get("who"))
    if named is not None:
        participant = get_participant(named, viewer)
        if participant.status is ParticipantStatus.WAITING:
            return participant
    settled = asked | {pair.participant_id for pair in planned}
    return next((one for one in rows if one.id not in settled), rows[0] if rows else None)


def _fitting(pool: Pool, chosen: Participant | None, planned: Any) -> dict[str, Any]:
    """Return what the middle of the board shows."""
    if chosen is None or chosen.id not in pool.seeking:
        return {"fitting": [], "more": 0, "against": [], "musts": [], "n_fitting": 0, "bars": []}
    looking = pool.seeking[chosen.id]
    found = candidates(pool, chosen.id)
    no_before = said_no_before(chosen.id)
    mine = next((pair.volunteer_id for pair in planned if pair.participant_id == chosen.id), None)
    fitting = [one for one in found if one.fits]
    shown = fitting if request.args.get("all") else fitting[:SHOWN]

    def told(one: Candidate) -> dict[str, Any]:
        said = said_of(one, looking, said_no=one.volunteer.id in no_before)
        return {"one": one, "said": said, "planned": one.volunteer.id == mine}

    return {
        "fitting": [told(one) for one in shown],
        "more": len(fitting) - len(shown),
        "against": [told(one) for one in found if not one.fits],
        "musts": musts_of(chosen),
        "n_fitting": len(fitting),
        "bars": bars_of(blockers(looking, pool.offering.values(), pool.day)),
    }


def _plan(viewer: Viewer, planned: Any, refused: PlanRefused | None) -> list[dict[str, Any]]:
    seeking = participants_among([pair.participant_id for pair in planned], viewer)
    offering = volunteers_among([pair.volunteer_id for pair in planned], viewer)
    refusals = refused.refusals if refused else {}
    return [
        {
            "who": seeking[pair.participant_id].called,
            "whom": offering[pair.volunteer_id].called,
            "url": url_for(".pair", participant_id=pair.participant_id, volunteer_id=pair.volunteer_id),
            "undo": url_for(".unplan", participant_id=pair.participant_id),
            "aside": sorted(pair.overrides or ()),
            "refused": refusals.get((pair.participant_id, pair.volunteer_id)),
        }
        for pair in planned
    ]


def _outlook(since: list[tuple[uuid.UUID, dt.date]], settled: set[uuid.UUID], day: dt.date) -> dict[str, int]:
    """Say what the plan would change: how many go on waiting, and how long the longest has."""
    left = [since_day for one, since_day in since if one not in settled]
    days = [(day - since_day).days for _one, since_day in since]
    return {
        "n_before": len(since),
        "n_after": len(left),
        "longest_before": max(days, default=0),
        "longest_after": max(((day - since_day).days for since_day in left), default=0),
    }


def _next(viewer: Viewer, after: uuid.UUID | None) -> uuid.UUID | None:
    """Return whoever waits longest without a plan; the same person where everybody has one."""
    settled = {pair.participant_id for pair in plan_of(viewer)}
    waiting = [one for one, _day in waiting_since(viewer)]
    settled |= asked_among(waiting)
    return next((one for one in waiting if one not in settled), after)


def _step(chosen: Participant | None) -> str:
    named = request.args.get("step", "")
    if named in STEPS:
        return named
    return "candidates" if chosen is not None and request.args.get("who") else "waiting"


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def _number() -> int:
    typed = request.args.get("page", "")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1
