"""Who is told, neutrally, that a flag was raised, rose or was handed to them.

Whoever looks after a volunteer is told at once. Flags that no supervisor is told of wait for the morning:
whoever is told of them by what they do gets one message for all of a night.
"""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

from sqlalchemy import select

from peerlink import clock
from peerlink.events import Message, Wording
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import TOLD_BY_ROLE, TOLD_FROM, told_to
from peerlink.features.risks.rulebook import Subject
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import covering
from peerlink.features.volunteers.reading import able_reader_id
from peerlink.framework.levels import POSITIVE, Level
from peerlink.roles import Role
from peerlink.store.session import session

WORDINGS = {Level.ALERT: Wording.UPDATE, Level.CRITICAL: Wording.NOW}
"""What a level says to whoever is told; a watch waits until they look."""


def news_of(flag: Flag) -> tuple[Message, ...]:
    """Name everybody who is told that a flag was raised or rose."""
    return messages_about(flag) if _has_supervisor(flag) else _in_the_morning(flag)


def messages_about(flag: Flag) -> tuple[Message, ...]:
    """Name whose volunteer a flag is about, as it stands: each is told by the level they may know."""
    if not _has_supervisor(flag):
        return ()
    levels = _levels(flag, session.get_one(Volunteer, flag.about_id))
    occasion = f"flag {flag.id.hex} {int(flag.raised_at.timestamp())}"
    return tuple(
        Message(who, WORDINGS[level], f"{occasion} {level.value}")
        for who, level in levels.items()
        if level in WORDINGS
    )


def _has_supervisor(flag: Flag) -> bool:
    return flag.subject_kind is Subject.VOLUNTEER and flag.rule in told_to(Role.SUPERVISOR, Subject.VOLUNTEER)


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


def _in_the_morning(flag: Flag) -> tuple[Message, ...]:
    """Name whom a flag waits for by what they do: until the morning all such flags are one message."""
    if flag.told_level not in WORDINGS:
        return ()
    morning = _next_morning()
    key = f"flags {morning.date().isoformat()}"
    return tuple(Message(who, Wording.UPDATE, key, morning) for who in _owners(flag))


def _owners(flag: Flag) -> list[uuid.UUID]:
    """Return the active accounts that see this flag by their role, where they see everything or its site."""
    bits = sum(ROLE_BITS[role] for role in TOLD_BY_ROLE if _tells(flag, role))
    asked = select(Account.id).where(
        Account.state == AccountState.ACTIVE,
        Account.role_bits.op("&")(bits) != 0,
        Account.person_id.is_distinct_from(flag.about_id),
    )
    if flag.subject_kind is Subject.PARTICIPANT:
        site_id = session.scalar(select(Participant.site_id).where(Participant.id == flag.about_id))
        asked = asked.where((Account.site_id.is_(None)) | (Account.site_id == site_id))
    return list(session.scalars(asked.order_by(Account.id)))


def _tells(flag: Flag, role: Role) -> bool:
    """Tell whether a role is told of a flag as it stands."""
    first = TOLD_FROM.get((flag.rule, role), POSITIVE[0])
    return (
        flag.subject_kind in TOLD_BY_ROLE[role]
        and flag.rule in told_to(role, flag.subject_kind)
        and flag.told_level in POSITIVE[POSITIVE.index(first) :]
    )


def _next_morning() -> dt.datetime:
    """Return when the night is over for everybody, in the programme's time zone."""
    here = clock.now().astimezone(ZoneInfo(programme_zone()))
    hour = limits().whole("message.quiet_until") % 24
    morning = here.replace(hour=hour, minute=0, second=0, microsecond=0)
    return morning if morning > here else morning + dt.timedelta(days=1)


def _today() -> dt.date:
    return clock.today(programme_zone())
