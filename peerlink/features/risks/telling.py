"""Who is told, neutrally, that a flag about a volunteer was raised, rose or was handed to them."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.events import Message, Wording
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import told_to
from peerlink.features.risks.rulebook import Subject
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import covering
from peerlink.features.volunteers.reading import able_reader_id
from peerlink.framework.levels import Level
from peerlink.roles import Role
from peerlink.store.session import session

WORDINGS = {Level.ALERT: Wording.UPDATE, Level.CRITICAL: Wording.NOW}
"""What a level says to whoever is told; a watch waits until they look."""


def messages_about(flag: Flag) -> tuple[Message, ...]:
    """Name who is told of a flag as it stands: each by the level they may know."""
    if flag.subject_kind is not Subject.VOLUNTEER or flag.rule not in told_to(
        Role.SUPERVISOR, Subject.VOLUNTEER
    ):
        return ()
    levels = _levels(flag, session.get_one(Volunteer, flag.about_id))
    occasion = f"flag {flag.id.hex} {int(flag.raised_at.timestamp())}"
    return tuple(
        Message(who, WORDINGS[level], f"{occasion} {level.value}")
        for who, level in levels.items()
        if level in WORDINGS
    )


def _levels(flag: Flag, about: Volunteer) -> dict[uuid.UUID, Level]:
    """Say at which level each is told: the reader at the whole one, who only looks after at the objective."""
    reader, today = able_reader_id(about), _today()
    levels: dict[uuid.UUID, Level] = {}
    if about.supervisor_id is not None:
        others = {about.supervisor_id, *covering(about.supervisor_id, today)}
        level = flag.told_level if about.reader_id is not None else flag.level
        levels |= dict.fromkeys(others, level)
    if reader is not None:
        levels[reader] = flag.level
    if flag.passed_to is not None:
        levels[flag.passed_to] = flag.level
    return levels


def _today() -> dt.date:
    return clock.today(programme_zone())
