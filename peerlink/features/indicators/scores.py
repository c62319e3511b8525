"""The scores volunteers let whoever reads their check-ins see, as they stood on a day."""

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, or_, select

from peerlink.features.indicators.facts import Score
from peerlink.features.indicators.past import Only, within
from peerlink.features.questionnaires.models import Questionnaire, Response
from peerlink.features.questionnaires.queries import results_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.questionnaire_words import QuestionnaireStatus, ResponseStatus
from peerlink.instruments.scoring import Scoring
from peerlink.instruments.scoring_file import scoring_of
from peerlink.store.lookup import many
from peerlink.store.sealing import Damaged
from peerlink.store.session import session

KEPT = dt.timedelta(days=730)
"""How far back an answered form is looked for."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What was shown, by volunteer, and whether the programme asks anything at all."""

    by_volunteer: dict[uuid.UUID, tuple[Score, ...]]
    asks: bool

    def of(self, volunteer_id: uuid.UUID) -> tuple[Score, ...] | None:
        """Return what one volunteer shows; None where there is nothing to be shown."""
        return self.by_volunteer.get(volunteer_id, () if self.asks else None)


def scores_until(day: dt.date, only: Only) -> Scored:
    """Open the latest shown response of every volunteer to each form, whatever its version."""
    forms = {one.id: one for one in many(select(Questionnaire).where(Questionnaire.active_on <= day))}
    latest: dict[tuple[uuid.UUID, str], uuid.UUID] = {}
    for response_id, volunteer_id, form_id in session.execute(_shown(day, only)):
        if form_id in forms:
            latest[volunteer_id, forms[form_id].url] = response_id
    found: dict[uuid.UUID, tuple[Score, ...]] = defaultdict(tuple)
    scorings: dict[uuid.UUID, Scoring] = {}
    for row in many(select(Response).where(Response.id.in_(latest.values())).order_by(Response.id)):
        of = row.questionnaire_id
        scorings[of] = scorings.get(of) or scoring_of(forms[of].scoring)
        found[row.volunteer_id] += _scores(row, scorings[of])
    asks = any(one.status is QuestionnaireStatus.ACTIVE or _retired_after(one, day) for one in forms.values())
    return Scored(dict(found), asks)


def _shown(day: dt.date, only: Only) -> Select[uuid.UUID, uuid.UUID, uuid.UUID]:
    reader = func.coalesce(Volunteer.reader_id, Volunteer.supervisor_id)
    asked = (
        select(Response.id, Response.volunteer_id, Response.questionnaire_id)
        .join(Volunteer, Volunteer.id == Response.volunteer_id)
        .where(
            Response.status == ResponseStatus.COMPLETED,
            and_(Response.completed_on <= day, Response.completed_on > day - KEPT),
            Response.shared_on <= day,
            or_(Response.shared_with_id.is_(None), Response.shared_with_id == reader),
        )
        .order_by(Response.completed_at, Response.id)
    )
    return within(asked, Response.volunteer_id, only)


def _scores(row: Response, scoring: Scoring) -> tuple[Score, ...]:
    """Return the scores of one response; one that was tampered with says nothing."""
    try:
        results, harm, handled = results_of(row), bool(row.speaks_of_harm), row.handled_on is not None
    except Damaged:
        return ()
    # A scale nobody has drawn a line on says nothing about anybody, unless an answer itself does.
    names = {one.id: one.name for one in scoring.scales if one.is_judged or harm}
    return tuple(
        Score(
            form=scoring.name,
            scale=names[one.scale],
            on=row.completed_on or row.requested_on,
            value=one.value,
            level=one.level.value,
            band=one.band,
            valid_days=scoring.valid_days,
            asks_now=harm,
            is_handled=handled,
        )
        for one in results
        if one.scale in names
    )


def _retired_after(form: Questionnaire, day: dt.date) -> bool:
    return form.retired_on is not None and form.retired_on > day
