"""One word of thanks, one team day and one task on each side."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.recognition.models import Guest, TeamEvent, Thanks
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.framework.care_words import TeamEventKind
from peerlink.roles import Role
from peerlink.store.session import session
from tests.support import cast

SIDES: dict[str, tuple[object, object]] = {
    "thanks_id": (uuid.UUID(int=601), uuid.UUID(int=602)),
    "task_id": (uuid.UUID(int=621), uuid.UUID(int=622)),
    "event_id": (uuid.UUID(int=611), uuid.UUID(int=612)),
}


def tell(side: int, volunteer: cast.Person, supervisor: cast.Person, today: dt.date) -> None:
    """Tell of one of each on one side."""
    of = volunteer.viewer.person_id
    event = TeamEvent(
        id=SIDES["event_id"][side],
        day=today,
        kind=TeamEventKind.GATHERING,
        by_id=supervisor.viewer.account_id,
        title="Tea on the lawn",
    )
    thanks = Thanks(
        id=SIDES["thanks_id"][side],
        subject_id=of,
        volunteer_id=of,
        from_id=supervisor.viewer.account_id,
        said_at=clock.now(),
        words="You stayed when it was hard.",
    )
    task = Task(
        id=SIDES["task_id"][side],
        subject_id=of,
        subject_kind=Subject.VOLUNTEER,
        about_id=of,
        code="A01",
        owner_id=supervisor.viewer.account_id,
        owner_role=Role.SUPERVISOR,
        made_at=clock.now(),
        due_on=today,
        course=[{"step": "offered", "on": today.isoformat()}],
    )
    session.add_all([event, thanks, task])
    session.flush()
    session.add(Guest(event_id=event.id, volunteer_id=of))
