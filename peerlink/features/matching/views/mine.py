"""A volunteer's own proposals: yes or no, two taps, no reason needed."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.matching import service
from peerlink.features.matching.asking import ProposalCard, cards_for
from peerlink.features.matching.forms import AnswerForm
from peerlink.features.matching.models import Answer
from peerlink.features.matching.queries import get_my_proposal
from peerlink.features.matching.views.parts import bp, today
from peerlink.features.matching.wording import areas_said, times_of
from peerlink.framework.vocabularies import MatchStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_page import channels_shown
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/proposals")
@allow(Permission.ANSWER_PROPOSAL)
def mine() -> Response:
    """Show whom the volunteer is asked about, as little as a yes or no needs."""
    cards = cards_for(current_viewer(), today())
    return page("matching/mine.html", cards=[_shown(card) for card in cards], form=AnswerForm())


@bp.post("/proposals/<uuid:match_id>")
@allow(Permission.ANSWER_PROPOSAL)
def answer(match_id: uuid.UUID) -> Response:
    """Keep the volunteer's yes or no."""
    viewer, form = current_viewer(), AnswerForm()
    match = get_my_proposal(match_id, viewer)
    if form.validate():
        service.record_volunteers_answer(match, form.answer(), by=viewer.account_id, why=form.reason())
        if form.answer() is Answer.NO:
            say(_("Thank you. A no is fine, and nobody asks why."))
        elif match.status is MatchStatus.ACCEPTED:
            say(_("Both of you said yes. You can meet now."))
        else:
            say(_("Thank you. The other person is asked too."))
    return see_other(url_for(".mine"))


def _shown(card: ProposalCard) -> dict[str, object]:
    return {
        "card": card,
        "areas": areas_said(card.needs),
        "channels": channels_shown(card.channels),
        "times": times_of(card.times),
    }
