"""What can be asked about questionnaires and responses, and by whom: answers by their volunteer alone."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from peerlink.features.accounts.models import Account
from peerlink.features.accounts.queries import supervisors
from peerlink.features.questionnaires.models import Questionnaire, Response
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import answers_read_by
from peerlink.framework.questionnaire_words import OPEN, QuestionnaireStatus, ResponseStatus
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.instruments.fhir import questionnaire_of
from peerlink.instruments.scoring import Result
from peerlink.instruments.scoring_file import Loaded, scoring_of
from peerlink.roles import Role, Viewer
from peerlink.store.lookup import find, get, many
from peerlink.store.session import session


@dataclass(frozen=True)
class Shown:
    """One result somebody agreed to show: whose it is, what was asked, what came out; never an answer."""

    response: Response
    questionnaire: Questionnaire
    volunteer: Volunteer
    results: tuple[Result, ...]


def questionnaires() -> Sequence[Questionnaire]:
    """Return every questionnaire of the programme, the latest first."""
    return many(select(Questionnaire).order_by(Questionnaire.loaded_on.desc(), Questionnaire.id))


def active_questionnaires() -> Sequence[Questionnaire]:
    """Return what can be asked."""
    return [one for one in questionnaires() if one.status is QuestionnaireStatus.ACTIVE]


def get_questionnaire(questionnaire_id: uuid.UUID) -> Questionnaire:
    """Return one questionnaire; raises NotFound."""
    return get(select(Questionnaire).where(Questionnaire.id == questionnaire_id))


def get_active(questionnaire_id: uuid.UUID) -> Questionnaire:
    """Return one questionnaire that can be asked; raises NotFound."""
    active = Questionnaire.status == QuestionnaireStatus.ACTIVE
    return get(select(Questionnaire).where(Questionnaire.id == questionnaire_id, active))


def loaded(questionnaire: Questionnaire) -> Loaded:
    """Open what is asked, and how it is scored."""
    return Loaded(questionnaire_of(questionnaire.definition), scoring_of(questionnaire.scoring))


def by_id(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Questionnaire]:
    """Return these questionnaires by their id."""
    return {one.id: one for one in many(select(Questionnaire).where(Questionnaire.id.in_(set(ids))))}


def is_answered(questionnaire: Questionnaire) -> bool:
    """Tell whether anybody was ever asked this one."""
    asked = select(Response.id).where(Response.questionnaire_id == questionnaire.id).limit(1)
    return session.scalar(asked) is not None


def own_responses(viewer: Viewer) -> Select[Response]:
    """Return the responses of the volunteer who is looking."""
    mine = Response.volunteer_id == viewer.person_id if viewer.person_id is not None else false()
    return select(Response).where(mine)


def get_own(response_id: uuid.UUID, viewer: Viewer) -> Response:
    """Return one response of the volunteer who is looking."""
    return get(own_responses(viewer).where(Response.id == response_id))


def get_own_to_change(response_id: uuid.UUID, viewer: Viewer) -> Response:
    """Return one response of the volunteer who is looking, and hold it until this is kept."""
    asked = own_responses(viewer).where(Response.id == response_id).with_for_update()
    return get(asked.execution_options(populate_existing=True))


def waiting_for_me(viewer: Viewer) -> Sequence[Response]:
    """Return what the volunteer who is looking was asked or has begun, the oldest first."""
    asked = own_responses(viewer).where(Response.status.in_(OPEN))
    return many(asked.order_by(Response.requested_on, Response.id))


def answered_by_me(viewer: Viewer) -> Sequence[Response]:
    """Return what the volunteer who is looking has answered, the latest first."""
    asked = own_responses(viewer).where(Response.status == ResponseStatus.COMPLETED)
    return many(asked.order_by(Response.completed_at.desc(), Response.id))


def find_open(volunteer_id: uuid.UUID, questionnaire_id: uuid.UUID) -> Response | None:
    """Return the response to this questionnaire that waits for a volunteer; opens nothing of it."""
    asked = select(Response).where(
        Response.volunteer_id == volunteer_id,
        Response.questionnaire_id == questionnaire_id,
        Response.status.in_(OPEN),
    )
    return session.scalars(asked.limit(1)).one_or_none()


def shared_responses(viewer: Viewer) -> Select[Response]:
    """Return the responses whose scores this viewer may see, because the volunteer said yes to it."""
    shared = and_(Response.status == ResponseStatus.COMPLETED, Response.shared_on.is_not(None))
    reach = _shown_to(viewer)
    if viewer.person_id is not None:
        reach = and_(reach, Response.volunteer_id != viewer.person_id)
    return select(Response).where(shared, reach)


def get_shared(response_id: uuid.UUID, viewer: Viewer) -> Response:
    """Return one response that the viewer may see the scores of."""
    return get(shared_responses(viewer).where(Response.id == response_id))


def shared_with(viewer: Viewer, volunteer_id: uuid.UUID | None = None) -> list[Shown]:
    """Return the results this viewer may see, of everybody or of one volunteer, the latest first."""
    asked = shared_responses(viewer)
    if volunteer_id is not None:
        asked = asked.where(Response.volunteer_id == volunteer_id)
    rows = many(asked.order_by(Response.completed_at.desc(), Response.id))
    forms = by_id(row.questionnaire_id for row in rows)
    # Whoever was chosen to see a result may know whose it is, looking after them or not.
    people = many(select(Volunteer).where(Volunteer.id.in_({row.volunteer_id for row in rows})))
    names = {one.id: one for one in people}
    return [Shown(row, forms[row.questionnaire_id], names[row.volunteer_id], results_of(row)) for row in rows]


def n_shared_since(viewer: Viewer, day: dt.date) -> int:
    """Return how many results were shown to this viewer from a day on."""
    asked = shared_responses(viewer).where(Response.shared_on >= day)
    return session.scalar(asked.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def results_of(response: Response) -> tuple[Result, ...]:
    """Open the scores of a response."""
    return tuple(Result.of(one) for one in response.scores or ())


def earlier_values(response: Response, url: str) -> dict[str, float]:
    """Return the latest value of each scale a volunteer reached before, on any version of a questionnaire."""
    same = [one.id for one in questionnaires() if one.url == url]
    asked = select(Response).where(
        Response.volunteer_id == response.volunteer_id,
        Response.questionnaire_id.in_(same),
        Response.status == ResponseStatus.COMPLETED,
        Response.id != response.id,
    )
    found: dict[str, float] = {}
    for row in many(asked.order_by(Response.completed_at, Response.id)):
        found |= {one.scale: one.value for one in results_of(row) if one.value is not None}
    return found


def contacts_to_choose(viewer: Viewer) -> dict[uuid.UUID, str]:
    """Return whom a volunteer may choose to see a result: whoever may open one, and not themself."""
    return {one.id: one.name for one in supervisors() if one.id != viewer.account_id}


def readers_name(volunteer_id: uuid.UUID) -> str:
    """Return the name of whoever reads a volunteer's check-ins; empty where nobody does."""
    reader = func.coalesce(Volunteer.reader_id, Volunteer.supervisor_id)
    asked = select(Account).join(Volunteer, reader == Account.id).where(Volunteer.id == volunteer_id)
    found = find(asked)
    return found.name if found is not None else ""


def reads_answers(volunteer_id: uuid.UUID, viewer: Viewer) -> bool:
    """Tell whether the viewer reads this volunteer's check-ins, and so may ask them something."""
    asked = select(Volunteer.id).where(Volunteer.id == volunteer_id, answers_read_by(viewer))
    return session.scalar(asked) is not None and viewer.person_id != volunteer_id


def last_asked_of(volunteer_id: uuid.UUID) -> dict[uuid.UUID, dt.date]:
    """Return when a volunteer was last asked each questionnaire; whether they answered is theirs."""
    asked = select(Response.questionnaire_id, func.max(Response.requested_on))
    mine = asked.where(Response.volunteer_id == volunteer_id).group_by(Response.questionnaire_id)
    return dict(iter(session.execute(mine)))


def waiting_of(volunteer_id: uuid.UUID) -> set[uuid.UUID]:
    """Name the questionnaires that wait for a volunteer's answer."""
    asked = select(Response.questionnaire_id).where(
        Response.volunteer_id == volunteer_id, Response.status.in_(OPEN)
    )
    return set(session.scalars(asked))


def last_asked(questionnaire_id: uuid.UUID) -> dict[uuid.UUID, dt.date | None]:
    """Return every active volunteer, with the day they were last asked a questionnaire."""
    asked = (
        select(Volunteer.id, func.max(Response.requested_on))
        .outerjoin(
            Response,
            and_(Response.volunteer_id == Volunteer.id, Response.questionnaire_id == questionnaire_id),
        )
        .where(Volunteer.status == VolunteerStatus.ACTIVE)
        .group_by(Volunteer.id)
    )
    return dict(iter(session.execute(asked)))


def waiting_since_before(day: dt.date) -> Sequence[Response]:
    """Return every response that has waited from before a day on; for the nightly round."""
    return many(select(Response).where(Response.status.in_(OPEN), Response.requested_on < day))


def requested(questionnaire_id: uuid.UUID) -> Sequence[Response]:
    """Return the responses to a questionnaire that nobody has begun; for when it is no longer asked."""
    return many(
        select(Response).where(
            Response.questionnaire_id == questionnaire_id, Response.status == ResponseStatus.REQUESTED
        )
    )


def _shown_to(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.is_a(Role.SUPERVISOR):
        return false()
    read = Response.volunteer_id.in_(select(Volunteer.id).where(answers_read_by(viewer)))
    return or_(Response.shared_with_id == viewer.account_id, and_(Response.shared_with_id.is_(None), read))
