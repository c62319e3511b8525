"""What people may carry by what they learned: topics and techniques, as it stood on a day."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from peerlink.features.programmes.queries import limits
from peerlink.features.training.catalogue import editions
from peerlink.features.training.models import Completion
from peerlink.features.training.queries import ASK_FOR_ALL_FROM, COUNTS
from peerlink.features.training.rules import MOTIVATIONAL, MOTIVATIONAL_MODULES
from peerlink.framework.training_words import ModuleStatus
from peerlink.framework.validity import last_valid_day
from peerlink.store.session import session

Edition = tuple[str, int]


def prepared_on(volunteer_ids: Collection[uuid.UUID], day: dt.date) -> dict[uuid.UUID, frozenset[str]]:
    """Return the topics each of these volunteers was prepared for on a day, and `motivational` if so.

    The latest passed or waived completion of a module counts while it is valid. It prepares for the topics
    its edition names (ADR 0022); a module that has the code of a topic prepares for that topic, whether the
    programme described it or not. Nothing else does: the support areas of a module name no topic.
    """
    described = _described()
    asked = (
        select(
            Completion.volunteer_id,
            Completion.module,
            Completion.edition,
            Completion.completed_on,
            Completion.valid_until,
        )
        .where(Completion.result.in_(COUNTS), Completion.completed_on <= day)
        .order_by(Completion.completed_on)
    )
    if len(volunteer_ids) < ASK_FOR_ALL_FROM:
        asked = asked.where(Completion.volunteer_id.in_(volunteer_ids))
    latest: dict[tuple[uuid.UUID, str], tuple[int | None, dt.date, dt.date | None]] = {}
    for who, module, edition, on, until in session.execute(asked):
        latest[who, module] = edition, on, until
    in_force = limits()
    found: defaultdict[uuid.UUID, set[str]] = defaultdict(set)
    for (who, module), (edition, on, until) in latest.items():
        if last_valid_day(module, on, until, in_force) >= day:
            found[who] |= covers(module, edition, described)
    return {who: frozenset(codes) for who, codes in found.items()}


def covers(module: str, edition: int | None, described: Mapping[Edition, frozenset[str]]) -> frozenset[str]:
    """Return what one module prepares for."""
    own = {module} | ({MOTIVATIONAL} if module in MOTIVATIONAL_MODULES else set())
    return described.get((module, edition or 0), frozenset()) | own


def _described() -> dict[Edition, frozenset[str]]:
    """Return what each edition names; under 0 the one of whoever took a module before it was described."""
    found: dict[Edition, frozenset[str]] = {}
    for one in editions():
        if one.status is ModuleStatus.DRAFT:
            continue
        names = frozenset((*(one.topics or ()), *(one.techniques or ())))
        found[one.code, one.edition] = names
        found.setdefault((one.code, 0), names)
    return found
