"""Until when the record of somebody who is no volunteer now is kept."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.volunteers.events import VolunteerChanged, VolunteerKeptLonger
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.months import months_later
from peerlink.framework.people_words import VolunteerStatus
from peerlink.framework.recruitment_words import KeepReason
from peerlink.words import _

S = VolunteerStatus
NEVER_JOINED = (S.WITHDRAWN, S.DECLINED)
GONE = (S.LEFT, *NEVER_JOINED)
"""The states of people who are no volunteers now."""
DAY = dt.timedelta(days=1)


def kept_until(status: VolunteerStatus, since: dt.date, joined_on: dt.date | None) -> dt.date | None:
    """Return the day on which what is kept about somebody is deleted; None while they are a volunteer."""
    if status not in GONE:
        return None
    served = status is S.LEFT or joined_on is not None
    key = "retention.volunteer_months" if served else "retention.applicant_months"
    return months_later(since, limits().whole(key))


def seen_before(until: dt.date | None) -> dt.date | None:
    """Move a day that is near, or over already, so far off that somebody can see it come."""
    if until is None:
        return None
    return max(until, _today() + dt.timedelta(days=limits().whole("retention.notice_days")))


def first_day(volunteer: Volunteer) -> dt.date | None:
    """Return the day for somebody who has gone, or whose record has none; a longer time given stays."""
    usual = seen_before(kept_until(volunteer.status, volunteer.status_since, volunteer.joined_on))
    given = volunteer.keep_until if volunteer.kept_longer else None
    return max(usual, given) if usual is not None and given is not None else usual


def served(volunteer: Volunteer) -> bool:
    """Tell whether somebody who is no volunteer now once was one."""
    return volunteer.status is S.LEFT or volunteer.joined_on is not None


def give_day(volunteer: Volunteer, *, by: uuid.UUID | None) -> None:
    """Let a record without a day end like any other; one that has a day keeps it."""
    if volunteer.status in GONE and volunteer.keep_until is None:
        volunteer.keep_until = first_day(volunteer)
        announce(VolunteerChanged(by=by, volunteer_id=volunteer.id))


def keep_longer(volunteer: Volunteer, why: KeepReason, *, by: uuid.UUID) -> None:
    """Keep the record of somebody who has left some months longer than until its day."""
    until, today = volunteer.keep_until, _today()
    if until is None or volunteer.status not in GONE or not served(volunteer):
        raise Refused(_("Only the record of somebody who has left is kept longer."))
    again = {"on": today.isoformat(), "by": by.hex, "why": why.value, "before": until.isoformat()}
    volunteer.kept_longer = [*(volunteer.kept_longer or []), again]
    volunteer.keep_until = months_later(max(until, today), limits().whole("retention.longer_months"))
    announce(VolunteerKeptLonger(by=by, volunteer_id=volunteer.id, why=why))


def keep_as_before(volunteer: Volunteer, *, by: uuid.UUID) -> None:
    """Take back that a record is kept longer, on the day this was said."""
    longer = volunteer.kept_longer or []
    if not longer or longer[-1]["on"] != _today().isoformat():
        raise Refused(_("Nothing can be taken back here."))
    volunteer.keep_until = dt.date.fromisoformat(longer[-1]["before"])
    volunteer.kept_longer = longer[:-1] or None
    announce(VolunteerChanged(by=by, volunteer_id=volunteer.id))


def delete_tonight(volunteer: Volunteer, *, by: uuid.UUID | None) -> None:
    """Let what is kept about somebody who did not join be deleted in the coming night: they asked for it."""
    _check_never_joined(volunteer)
    volunteer.keep_until = _today() + DAY
    announce(VolunteerChanged(by=by, volunteer_id=volunteer.id))


def keep_on(volunteer: Volunteer, *, by: uuid.UUID | None) -> None:
    """Keep it for as long as it is kept about anybody, after all."""
    _check_never_joined(volunteer)
    volunteer.keep_until = kept_until(volunteer.status, volunteer.status_since, volunteer.joined_on)
    announce(VolunteerChanged(by=by, volunteer_id=volunteer.id))


def ends_tonight(volunteer: Volunteer) -> bool:
    """Tell whether the coming night deletes it."""
    return volunteer.keep_until is not None and volunteer.keep_until <= _today() + DAY


def _check_never_joined(volunteer: Volunteer) -> None:
    if volunteer.status not in NEVER_JOINED or volunteer.joined_on is not None:
        raise Refused(_("Everything is deleted only of who did not join. Say first that they withdrew."))


def _today() -> dt.date:
    return clock.today(programme_zone())
