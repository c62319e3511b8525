"""What can be asked about volunteers, and by whom."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers.models import Cover, Volunteer
from peerlink.framework.recruitment_words import ShownIn
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.roles import Role, Viewer
from peerlink.store import house, names
from peerlink.store.lookup import find, get, many
from peerlink.store.paging import Paged, paged
from peerlink.store.session import session

PRESENT = (
    VolunteerStatus.APPLICANT,
    VolunteerStatus.SCREENING,
    VolunteerStatus.TRAINING,
    VolunteerStatus.ACTIVE,
    VolunteerStatus.PAUSED,
)
"""The states of people who are with the programme, or on their way to it."""
SERVING = (VolunteerStatus.ACTIVE, VolunteerStatus.PAUSED)
"""The states in which a volunteer is looked after and judged by rules."""
LEARNING = (VolunteerStatus.TRAINING, *SERVING)
"""The states in which somebody stands in the register of training."""

KNOWN = Volunteer.subject_id == Volunteer.id
"""Says that what is kept about somebody was not deleted; of others a row stays for what is counted."""


@dataclass(frozen=True)
class Wanted:
    """What a list of volunteers is narrowed to; all empty is everybody present."""

    status: VolunteerStatus | None = None
    site_id: uuid.UUID | None = None
    supervisor_id: uuid.UUID | None = None
    nobody_supervises: bool = False
    everybody: bool = False


def volunteers_for(viewer: Viewer) -> Select[Volunteer]:
    """Return whom a viewer may see: a coordinator all, a supervisor their own, a volunteer themself.

    Whoever was forgotten is among them for a coordinator, so that rows that are counted have a name to show.
    """
    return select(Volunteer).where(_reach(viewer))


def looked_after_by(viewer: Viewer) -> ColumnElement[bool]:
    """Say whom this supervisor looks after: their own, and a colleague's who is away and named them."""
    if not viewer.is_a(Role.SUPERVISOR):
        return false()
    today = clock.today(programme_zone())
    away = select(Cover.supervisor_id).where(
        Cover.by_id == viewer.account_id, Cover.from_on <= today, Cover.until_on >= today
    )
    return or_(Volunteer.supervisor_id == viewer.account_id, Volunteer.supervisor_id.in_(away))


def covering(supervisor_id: uuid.UUID, on: dt.date) -> set[uuid.UUID]:
    """Name the accounts that look after a supervisor's volunteers on a day while that one is away."""
    asked = select(Cover.by_id).where(
        Cover.supervisor_id == supervisor_id, Cover.from_on <= on, Cover.until_on >= on
    )
    return {one for one in session.scalars(asked) if one is not None}


def answers_read_by(viewer: Viewer) -> ColumnElement[bool]:
    """Say whose check-in answers this supervisor reads: of those they look after, unless another reads."""
    if not viewer.is_a(Role.SUPERVISOR):
        return false()
    as_supervisor = and_(Volunteer.reader_id.is_(None), looked_after_by(viewer))
    return or_(Volunteer.reader_id == viewer.account_id, as_supervisor)


def read_by(viewer: Viewer) -> set[uuid.UUID]:
    """Name the volunteers whose check-in answers this viewer reads."""
    return set(session.scalars(select(Volunteer.id).where(answers_read_by(viewer))))


def looked_after(viewer: Viewer) -> Select[Volunteer]:
    """Return whom this supervisor looks after today, and nobody whose answers alone they read."""
    return select(Volunteer).where(looked_after_by(viewer))


def serving_looked_after(viewer: Viewer) -> list[Volunteer]:
    """Return the active or paused volunteers this supervisor looks after today."""
    return list(many(looked_after(viewer).where(Volunteer.status.in_(SERVING)).order_by(Volunteer.id)))


def met_by(viewer: Viewer) -> list[Volunteer]:
    """Return whom this supervisor meets: whom they look after and who serves, or learns in order to."""
    states = (*SERVING, VolunteerStatus.TRAINING)
    return list(many(looked_after(viewer).where(Volunteer.status.in_(states)).order_by(Volunteer.id)))


def get_looked_after(volunteer_id: uuid.UUID, viewer: Viewer) -> Volunteer:
    """Return a volunteer this supervisor looks after today; raises NotFound for everybody else's."""
    return get(looked_after(viewer).where(Volunteer.id == volunteer_id))


def looks_after(volunteer_id: uuid.UUID, viewer: Viewer) -> bool:
    """Tell whether this supervisor looks after this volunteer today."""
    asked = looked_after(viewer).with_only_columns(Volunteer.id).where(Volunteer.id == volunteer_id)
    return session.scalar(asked) is not None


def get_volunteer(volunteer_id: uuid.UUID, viewer: Viewer) -> Volunteer:
    """Return the volunteer; raises NotFound where there is none, or none for this viewer."""
    return get(volunteers_for(viewer).where(Volunteer.id == volunteer_id, KNOWN))


def find_volunteer_by_ref(ref: str, viewer: Viewer) -> Volunteer | None:
    """Return the volunteer with this programme number, if the viewer may see them."""
    token = house.fingerprint("number", ref)
    index = Volunteer.ref_index  # type: ignore[attr-defined]
    return find(volunteers_for(viewer).where(index == token)) if token else None


def volunteers_among(volunteer_ids: Iterable[uuid.UUID], viewer: Viewer) -> dict[uuid.UUID, Volunteer]:
    """Return those of these volunteers that the viewer may see, by id."""
    found = many(volunteers_for(viewer).where(Volunteer.id.in_(set(volunteer_ids))))
    return {one.id: one for one in found}


def volunteer_ids_by_ref() -> dict[bytes, uuid.UUID]:
    """Return every volunteer's id by the fingerprint of their number; for the house's own work in bulk."""
    index = Volunteer.ref_index  # type: ignore[attr-defined]
    return dict(iter(session.execute(select(index, Volunteer.id))))


def ref_is_taken(ref: str) -> bool:
    """Tell whether some volunteer, in anybody's reach or not, has this programme number."""
    index = Volunteer.ref_index  # type: ignore[attr-defined]
    asked = select(exists().where(index == house.fingerprint("number", ref)))
    return bool(session.scalar(asked))


def find_volunteers_by(phone: str | None, email: str | None, viewer: Viewer) -> Sequence[Volunteer]:
    """Return those of the viewer's volunteers with this phone number or this e-mail address."""
    return many(volunteers_for(viewer).where(or_(false(), *_same(phone=phone, email=email))))


def volunteers_named(text: str, viewer: Viewer) -> Sequence[Volunteer]:
    """Return those of the viewer's volunteers whose names are like this, the nearest first."""
    order = {one: n for n, one in enumerate(names.find("volunteer", text))}
    found = many(volunteers_for(viewer).where(Volunteer.id.in_(order)))
    return sorted(found, key=lambda one: order[one.id])


def search_volunteers(text: str, viewer: Viewer) -> list[Volunteer]:
    """Return those of the viewer's volunteers with this phone, e-mail or number, then those named so."""
    exact = many(volunteers_for(viewer).where(or_(false(), *_same(text, text, text))))
    return list({one.id: one for one in (*exact, *volunteers_named(text, viewer))}.values())


def may_show(volunteer: Volunteer, where: ShownIn) -> bool:
    """Tell whether somebody agreed to be shown there, and has not taken it back; ask before showing."""
    said = (volunteer.shown_in or {}).get(where.value)
    return said is not None and said.get("taken_back_on") is None


def volunteer_page(viewer: Viewer, wanted: Wanted, number: int = 1) -> Paged[Volunteer]:
    """Return one page of the viewer's volunteers, those longest in their state first."""
    asked = _narrowed(volunteers_for(viewer).where(KNOWN), wanted)
    return paged(asked.order_by(Volunteer.status_since, Volunteer.id), number)


def learning_volunteers(viewer: Viewer) -> list[Volunteer]:
    """Return the viewer's volunteers who serve or are in training."""
    return list(many(volunteers_for(viewer).where(Volunteer.status.in_(LEARNING)).order_by(Volunteer.id)))


def learning_page(viewer: Viewer, wanted: Wanted, number: int = 1) -> Paged[Volunteer]:
    """Return one page of those, the longest in their state first."""
    asked = _narrowed(volunteers_for(viewer), wanted).where(Volunteer.status.in_(LEARNING))
    return paged(asked.order_by(Volunteer.status_since, Volunteer.id), number)


def volunteer_counts(viewer: Viewer) -> dict[VolunteerStatus, int]:
    """Return how many of the viewer's volunteers are in each state."""
    asked = volunteers_for(viewer).with_only_columns(
        Volunteer.status, func.count(), maintain_column_froms=True
    )
    return dict(iter(session.execute(asked.where(KNOWN).group_by(Volunteer.status))))


def serving_volunteers(viewer: Viewer) -> list[Volunteer]:
    """Return the viewer's volunteers who are active or paused."""
    return list(many(volunteers_for(viewer).where(Volunteer.status.in_(SERVING)).order_by(Volunteer.id)))


def _reach(viewer: Viewer) -> ColumnElement[bool]:
    if viewer.is_a(Role.COORDINATOR):
        return true()
    reach: list[ColumnElement[bool]] = [false()]
    if viewer.is_a(Role.SUPERVISOR):
        reach += [looked_after_by(viewer), Volunteer.reader_id == viewer.account_id]
    if viewer.is_a(Role.VOLUNTEER) and viewer.person_id is not None:
        reach.append(Volunteer.id == viewer.person_id)
    return or_(*reach)


def _same(
    phone: str | None = None, email: str | None = None, number: str | None = None
) -> list[ColumnElement[bool]]:
    asked = (("phone", phone), ("email", email), ("ref", number))
    tokens = [(name, house.fingerprint("number" if name == "ref" else name, text)) for name, text in asked]
    return [getattr(Volunteer, f"{name}_index") == token for name, token in tokens if token is not None]


def _narrowed(asked: Select[Volunteer], wanted: Wanted) -> Select[Volunteer]:
    if wanted.status is not None:
        asked = asked.where(Volunteer.status == wanted.status)
    elif not wanted.everybody:
        asked = asked.where(Volunteer.status.in_(PRESENT))
    if wanted.site_id is not None:
        asked = asked.where(Volunteer.site_id == wanted.site_id)
    if wanted.supervisor_id is not None:
        asked = asked.where(Volunteer.supervisor_id == wanted.supervisor_id)
    if wanted.nobody_supervises:
        asked = asked.where(Volunteer.supervisor_id.is_(None))
    return asked
