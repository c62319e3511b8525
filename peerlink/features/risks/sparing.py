"""Says whom the records themselves spare a new match, where flags may not have been kept (H17)."""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.features.indicators import gather
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.risks.judging import judge
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import HOLDS_BACK, held_back
from peerlink.features.risks.rules import VOLUNTEER_RULES
from peerlink.framework.levels import Level
from peerlink.store.session import session


def spared_on(day: dt.date) -> set[uuid.UUID]:
    """Name the volunteers judged critical on a day and not released, today those flags hold back as well.

    It judges from the contacts themselves; call it inside `gate.opened`.
    """
    rules = [rule for rule in VOLUNTEER_RULES if rule.id in HOLDS_BACK]
    judged = judge(rules, gather.volunteer_facts(day, recount=True), limits())
    critical = {(one.about_id, one.rule.id) for one in judged if one.level is Level.CRITICAL}
    spared = {about_id for about_id, _rule in critical - _released_until(day)}
    return spared | held_back(day) if day == clock.today(programme_zone()) else spared


def _released_until(day: dt.date) -> set[tuple[uuid.UUID, str]]:
    asked = select(Flag.about_id, Flag.rule).where(Flag.closed_on.is_(None), Flag.released_on <= day)
    return {(about_id, rule) for about_id, rule in session.execute(asked)}
