"""One wish, one mark and one enrolment on each side, in a session of their own, and one module of all."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.training.models import Attendance, Competency, Module, TrainingSession, TrainingWish
from peerlink.framework.training_words import (
    AttendanceStatus,
    CompetencyMark,
    ModuleStatus,
    TrainingSessionStatus,
    WishStatus,
)
from peerlink.store.sealing import NOBODY
from peerlink.store.session import session
from tests.support import cast

MODULE = uuid.UUID(int=661)
SIDES: dict[str, tuple[object, object]] = {
    "session_id": (uuid.UUID(int=641), uuid.UUID(int=642)),
    "wish_id": (uuid.UUID(int=651), uuid.UUID(int=652)),
    "module_id": (MODULE, MODULE),
}
WORDS = {"answer": "granted"}


def tell(side: int, volunteer: cast.Person, supervisor: cast.Person, today: dt.date) -> None:
    """Tell of one of each on one side."""
    of = volunteer.viewer.person_id
    if side == 0:
        module = Module(id=MODULE, subject_id=NOBODY, code="boundaries", edition=1, status=ModuleStatus.DRAFT)
        module.mandatory, module.name = True, "Boundaries"
        session.add(module)
    held = TrainingSession(
        id=SIDES["session_id"][side],
        subject_id=NOBODY,
        on=today,
        minutes=120,
        status=TrainingSessionStatus.PLANNED,
        held_by=supervisor.viewer.account_id,
        modules=["listening"],
        begins="18:00",
        where="The long room",
    )
    session.add(held)
    session.flush()
    session.add_all(
        [
            Attendance(
                id=uuid.uuid4(),
                subject_id=of,
                session_id=held.id,
                volunteer_id=of,
                status=AttendanceStatus.ENROLLED,
            ),
            TrainingWish(
                id=SIDES["wish_id"][side],
                subject_id=of,
                volunteer_id=of,
                status=WishStatus.ASKED,
                asked_on=today,
                what="grief",
            ),
            Competency(
                id=uuid.uuid4(),
                subject_id=of,
                volunteer_id=of,
                seen_on=today,
                seen_by=supervisor.viewer.account_id,
                module="listening",
                mark=CompetencyMark.WITH_SUPPORT,
                at=clock.now(),
            ),
        ]
    )
