"""One group, one meeting of buddies, one thing agreed and one absence on Amina's side and on Ben's."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.supervision import service
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.volunteers.models import Cover
from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support import cast

SIDES: dict[str, tuple[uuid.UUID, uuid.UUID]] = {
    "group_id": (uuid.UUID(int=561), uuid.UUID(int=562)),
    "action_id": (uuid.UUID(int=563), uuid.UUID(int=564)),
    "meeting_id": (uuid.UUID(int=567), uuid.UUID(int=568)),
    "cover_id": (uuid.UUID(int=565), uuid.UUID(int=566)),
    "supervisor_id": (cast.DANA.viewer.account_id, cast.SOL.viewer.account_id),
}


def tell() -> None:
    """Tell of one of each, on both sides."""
    today = clock.today("Europe/London")
    people = ((cast.AMINA, cast.DANA), (cast.BEN, cast.SOL))
    for side, (volunteer, supervisor) in enumerate(people):
        account_id, volunteer_id = supervisor.viewer.account_id, volunteer.viewer.person_id
        with transaction(), gate.opened("a test tells of one of each"):
            group = Supervision(
                id=uuid.uuid4(),
                subject_id=volunteer_id,
                volunteer_id=volunteer_id,
                supervisor_id=account_id,
                kind=SupervisionKind.GROUP,
                status=SupervisionStatus.SCHEDULED,
                held_on=today,
                group_id=SIDES["group_id"][side],
            )
            session.add(group)
            session.flush()
            session.add(
                AgreedAction(
                    id=SIDES["action_id"][side],
                    subject_id=volunteer_id,
                    volunteer_id=volunteer_id,
                    supervision_id=group.id,
                    agreed_on=today,
                    what="take an evening off",
                )
            )
            met = Supervision(
                id=uuid.uuid4(),
                subject_id=volunteer_id,
                volunteer_id=volunteer_id,
                kind=SupervisionKind.BUDDY,
                status=SupervisionStatus.HELD,
                held_on=today,
                group_id=SIDES["meeting_id"][side],
            )
            service.remember(met, volunteer.viewer.account_id, is_new=True)
            session.add(met)
            session.add(
                Cover(
                    id=SIDES["cover_id"][side],
                    supervisor_id=account_id,
                    by_id=None,
                    from_on=today + dt.timedelta(days=10),
                    until_on=today + dt.timedelta(days=12),
                )
            )
