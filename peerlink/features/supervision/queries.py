"""What can be asked about supervision, and by whom."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select

from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer, volunteers_for
from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus
from peerlink.roles import Viewer
from peerlink.store.lookup import get, many
from peerlink.store.session import session


def supervisions_for(viewer: Viewer) -> Select[Supervision]:
    """Return the sessions of the volunteers this viewer may see."""
    reach = volunteers_for(viewer).with_only_columns(Volunteer.id)
    return select(Supervision).where(Supervision.volunteer_id.in_(reach))


def get_supervision(supervision_id: uuid.UUID, viewer: Viewer) -> Supervision:
    """Return one session; raises NotFound where there is none, or none for this viewer."""
    return get(supervisions_for(viewer).where(Supervision.id == supervision_id))


def supervisions_of(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[Supervision]:
    """Return one volunteer's sessions, the latest first."""
    get_volunteer(volunteer_id, viewer)
    return many(
        supervisions_for(viewer)
        .where(Supervision.volunteer_id == volunteer_id)
        .order_by(Supervision.held_on.desc(), Supervision.id)
    )


def scheduled_for(viewer: Viewer) -> Sequence[Supervision]:
    """Return every session the viewer's volunteers still have before them, the earliest first."""
    return many(
        supervisions_for(viewer)
        .where(Supervision.status == SupervisionStatus.SCHEDULED)
        .order_by(Supervision.held_on, Supervision.id)
    )


def last_held(volunteer_ids: Sequence[uuid.UUID], kind: SupervisionKind) -> dict[uuid.UUID, dt.date]:
    """Return the day each of these volunteers last had a session of this kind."""
    asked = (
        select(Supervision.volunteer_id, func.max(Supervision.held_on))
        .where(
            Supervision.volunteer_id.in_(volunteer_ids),
            Supervision.kind == kind,
            Supervision.status == SupervisionStatus.HELD,
        )
        .group_by(Supervision.volunteer_id)
    )
    return dict(iter(session.execute(asked)))
