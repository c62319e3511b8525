"""What the tests of this room have happen, told in one line each."""

import datetime as dt
import uuid
from typing import Any

from peerlink import clock
from peerlink.features.supervision import covering, service
from peerlink.features.supervision.covering import CoverDraft
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.supervision.rules import Agreed, HeldDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import SupervisionKind
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support import cast

TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)
K = SupervisionKind
DANA, SOL = cast.DANA.viewer.account_id, cast.SOL.viewer.account_id


def planned(on: dt.date = TODAY, of: cast.Person = cast.AMINA, **said: object) -> uuid.UUID:
    by = cast.SOL if of is cast.BEN else cast.DANA
    with transaction(), gate.opened("a test plans a session"):
        volunteer = session.get_one(Volunteer, of.viewer.person_id)
        values = {"kind": K.ONE_TO_ONE, "by": by.viewer.account_id, **said}
        kind = values.pop("kind")
        return service.schedule(volunteer, kind, on, **values).id


def held(on: dt.date = TODAY, *agreed: Agreed, of: cast.Person = cast.AMINA, **said: object) -> uuid.UUID:
    with transaction(), gate.opened("a test writes a session down"):
        volunteer = session.get_one(Volunteer, of.viewer.person_id)
        kind = said.pop("kind", K.ONE_TO_ONE)
        draft = HeldDraft(held_on=on, agreed=agreed, **said)
        return service.record_held(volunteer, kind, draft, by=DANA).id


def covered(days: int = 0, until: int = 5, *, of: uuid.UUID = DANA, by: uuid.UUID | None = SOL) -> uuid.UUID:
    with transaction(), gate.opened("a test arranges a cover"):
        draft = CoverDraft(from_on=TODAY + days * DAY, until_on=TODAY + until * DAY, by_id=by)
        return covering.arrange_cover(of, draft, by=of).id


def sessions(name: str, of: uuid.UUID = cast.AMINA_ID) -> list[object]:
    with transaction(), gate.opened("a test looks"):
        found = session.query(Supervision).filter(Supervision.volunteer_id == of)
        return [getattr(one, name) for one in found.order_by(Supervision.held_on, Supervision.id)]


def actions(*names: str) -> list[Any]:
    with transaction(), gate.opened("a test looks"):
        found = session.query(AgreedAction).order_by(AgreedAction.due_on).all()
        return [tuple(getattr(one, name) for name in names) for one in found]


def befriend() -> None:
    """Let Ben be Amina's buddy."""
    with transaction(), gate.opened("a test names a buddy"):
        session.get_one(Volunteer, cast.AMINA_ID).buddy_id = cast.BEN_ID
