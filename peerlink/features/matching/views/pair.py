"""One pair, looked at closely: every constraint, every criterion, and what taking it would cost others."""

import uuid
from collections import Counter
from typing import Any

from flask import request, url_for
from werkzeug import Response

from peerlink.features.matching import service
from peerlink.features.matching.certificate import ONE
from peerlink.features.matching.forms import OverrideForm
from peerlink.features.matching.pools import Candidate, candidate, pooled, whole_round
from peerlink.features.matching.proposals import Round
from peerlink.features.matching.queries import (
    active_volunteers,
    asked_among,
    plan_of,
    said_no_before,
    waiting_for,
    waiting_since,
)
from peerlink.features.matching.reasons import LABELS
from peerlink.features.matching.rules import ConstraintResult
from peerlink.features.matching.views.parts import bp, today
from peerlink.features.matching.wording import hundred, line_of
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import get_participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.vocabularies import ParticipantStatus, VolunteerStatus
from peerlink.roles import Permission, Viewer
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

UNSAID = frozenset({"H15", "H17"})
"""A concern and a strain: a coordinator hears "not now" and no more (framework.md section 5)."""
AT_ONCE = 300
"""Up to so many people who wait, what a choice would cost the others is worked out without being asked."""
PER_MILLE = ONE // 1000


@bp.get("/matching/<uuid:participant_id>/<uuid:volunteer_id>")
@allow(Permission.MATCH)
def pair(participant_id: uuid.UUID, volunteer_id: uuid.UUID) -> Response:
    """Explain one pair."""
    return _explain(participant_id, volunteer_id, OverrideForm())


@bp.post("/matching/<uuid:participant_id>/<uuid:volunteer_id>")
@allow(Permission.MATCH)
def plan_anyway(participant_id: uuid.UUID, volunteer_id: uuid.UUID) -> Response:
    """Put a pair into the plan, with the reasons for what is set aside."""
    viewer, form = current_viewer(), OverrideForm()
    if form.validate():
        with form.refusals_shown():
            service.plan_pair(participant_id, volunteer_id, by=viewer, overrides=form.reasons())
            say(
                _("In the plan. Nothing is sent yet."), undo=url_for(".unplan", participant_id=participant_id)
            )
            return see_other(url_for(".board", who=participant_id, step="plan"))
    return _explain(participant_id, volunteer_id, form, 422)


def _explain(
    participant_id: uuid.UUID, volunteer_id: uuid.UUID, form: OverrideForm, status: int = 200
) -> Response:
    viewer, day = current_viewer(), today()
    participant = get_participant(participant_id, viewer)
    volunteer = get_volunteer(volunteer_id, viewer)
    planned = plan_of(viewer)
    others = Counter(one.volunteer_id for one in planned if one.participant_id != participant_id)
    pool = pooled([participant], [volunteer], day, others)
    found = candidate(pool, pool.seeking[participant_id], pool.offering[volunteer_id])
    form.ask_for(one.code for one in found.against)
    return page(
        "matching/pair.html",
        status,
        who=participant,
        whom=volunteer,
        line=line_of(participant, day),
        found=found,
        results=_results(found),
        score=hundred(found.fit.score),
        parts=_parts(found),
        waits=participant.status is ParticipantStatus.WAITING,
        is_asked=bool(asked_among([participant_id])),
        is_planned=any(
            one.participant_id == participant_id and one.volunteer_id == volunteer_id for one in planned
        ),
        said_no=volunteer_id in said_no_before(participant_id),
        regret=_regret(viewer, participant, volunteer, found),
        form=form,
    )


def _results(found: Candidate) -> list[ConstraintResult]:
    """Return what has to hold, what does not hold first; what stays unsaid is one line, whatever it is."""
    failing_first = sorted(found.results, key=lambda result: result.holds)
    unsaid = next(result for result in failing_first if result.code in UNSAID)
    return [one for one in failing_first if one.code not in UNSAID or one is unsaid]


def _parts(found: Candidate) -> list[dict[str, Any]]:
    """Return what each criterion adds, in points of a hundred, the most first."""
    parts = [
        {
            "label": _(LABELS[part.code]),
            "adds": part.adds / PER_MILLE / 10,
            "most": part.weight / (sum(one.weight for one in found.fit.parts) or 1) * 100,
            "share": hundred(part.score),
            "known": part.known,
        }
        for part in found.fit.parts
        if part.weight
    ]
    return sorted(parts, key=lambda part: -part["most"])


def _regret(
    viewer: Viewer, participant: Participant, volunteer: Volunteer, found: Candidate
) -> dict[str, Any] | None:
    """Say how the best plan for everybody would change with this pair in it; None where it is not asked."""
    waits = participant.status is ParticipantStatus.WAITING
    if not (waits and found.fits and volunteer.status is VolunteerStatus.ACTIVE):
        return None
    if len(waiting_since(viewer)) > AT_ONCE and "whole" not in request.args:
        return {"ask": True}
    pool = pooled(waiting_for(viewer), active_volunteers(viewer), today())
    best: Round = whole_round(pool)
    place = [who.id for who in best.participants].index(participant.id)
    j = best.plan.chosen[place]
    chosen = best.volunteers[j].id if j is not None else None
    if chosen == volunteer.id:
        return {"ask": False, "best": True}
    loss = best.why_not(participant.id).get(volunteer.id)
    return {
        "ask": False,
        "best": False,
        "instead": pool.volunteers[chosen] if chosen else None,
        "people": loss.people if loss else 0,
        "points": hundred(loss.score) if loss else 0,
    }
