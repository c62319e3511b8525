"""Training made up for tests."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.training.models import Completion
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store.session import session


def trained(
    volunteer_id: uuid.UUID,
    module: str = "knowledge",
    *,
    completed_on: dt.date | None = None,
    valid_until: dt.date | None = None,
    result: TrainingResult = TrainingResult.PASSED,
    mandatory: bool = True,
) -> Completion:
    """Put a completion on file, within a transaction."""
    today = clock.today("Europe/London")
    one = Completion(
        id=uuid.uuid4(),
        volunteer_id=volunteer_id,
        module=module,
        completed_on=completed_on or today - dt.timedelta(days=100),
        valid_until=valid_until,
        result=result,
        mandatory=mandatory,
    )
    session.add(one)
    session.flush()
    return one
