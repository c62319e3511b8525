"""Proposals that wait for answers, for coordinators."""

import datetime as dt
import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.matching import service
from peerlink.features.matching.forms import AnswerForm
from peerlink.features.matching.models import Answer, Match
from peerlink.features.matching.queries import get_match, proposals_for
from peerlink.features.matching.views.parts import bp, names_of, today
from peerlink.features.matching.wording import hundred
from peerlink.features.programmes.queries import limits
from peerlink.framework.vocabularies import MatchStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

SIDES = ("participant", "volunteer")


@bp.get("/matching/proposals")
@allow(Permission.MATCH)
def proposals() -> Response:
    """List the proposals that wait for somebody's answer, the oldest first."""
    viewer = current_viewer()
    found = proposals_for(viewer)
    names = names_of(found, viewer)
    lasts = dt.timedelta(days=limits().whole("match.proposal_expires_days"))
    return page(
        "matching/proposals.html",
        rows=[
            {
                "match": match,
                "who": names.who(match),
                "whom": names.whom(match),
                "until": match.proposed_on + lasts if match.proposed_on else None,
                "score": hundred((match.score or 0) * 100) if match.score is not None else None,
            }
            for match in found
        ],
        today=today(),
    )


@bp.post("/matching/match/<uuid:match_id>/answer/<side>")
@allow(Permission.MATCH)
def record_answer(match_id: uuid.UUID, side: str) -> Response:
    """Keep what one of the two told the coordinator."""
    viewer, form = current_viewer(), AnswerForm()
    match = get_match(match_id, viewer)
    if side not in SIDES or not form.validate():
        return see_other(url_for(".proposals"))
    keep = service.record_participants_answer if side == "participant" else service.record_volunteers_answer
    keep(match, form.answer(), by=viewer.account_id, why=form.reason())
    say(said_after(match, form.answer()))
    return see_other(url_for(".proposals"))


@bp.post("/matching/match/<uuid:match_id>/withdraw")
@allow(Permission.MATCH)
def withdraw(match_id: uuid.UUID) -> Response:
    """Take a proposal back."""
    service.withdraw(get_match(match_id, current_viewer()), by=current_viewer().account_id)
    say(_("Taken back. The person goes on waiting."))
    return see_other(url_for(".proposals"))


def said_after(match: Match, said: Answer) -> str:
    """Say what an answer led to."""
    if match.status is MatchStatus.ACCEPTED:
        return _("Both said yes. They can meet now.")
    if said is Answer.NO:
        return _("A no is fine. The person goes on waiting.")
    return _("Kept. One answer is still missing.")
