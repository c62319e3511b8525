"""What can be done to thank volunteers and to bring them together."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.recognition.events import (
    ComingSaid,
    TeamEventCalledOff,
    TeamEventPlanned,
    TeamMemberMet,
    TeamMet,
    Thanked,
    ThanksTakenBack,
)
from peerlink.features.recognition.models import Guest, TeamEvent, Thanks
from peerlink.features.recognition.queries import guests_of
from peerlink.features.recognition.rules import EventDraft, check_event, check_taking, check_words
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Viewer
from peerlink.store import lookup
from peerlink.store.session import session
from peerlink.words import _

UNDONE_WITHIN = dt.timedelta(hours=24)


def thank(
    volunteer: Volunteer,
    words: str,
    *,
    by: uuid.UUID,
    impact: bool = False,
    thanks_id: uuid.UUID | None = None,
) -> Thanks:
    """Say thank you to a volunteer; they read it on their own card and nobody else does."""
    thanks = Thanks(
        id=thanks_id or uuid.uuid4(),
        subject_id=volunteer.id,
        volunteer_id=volunteer.id,
        from_id=by,
        said_at=clock.now(),
        impact=impact,
        words=check_words(words),
    )
    session.add(thanks)
    session.flush()
    lookup.admit([thanks])
    announce(Thanked(by=by, volunteer_id=volunteer.id, thanks_id=thanks.id))
    return thanks


def take_back(thanks: Thanks, viewer: Viewer) -> None:
    """Take back what one said, within a day and before it was read."""
    if thanks.from_id != viewer.account_id:
        raise NotFound
    if thanks.seen_on is not None or clock.now() - thanks.said_at > UNDONE_WITHIN:
        raise Refused(_("This was read already, or is more than a day old. It stays."))
    announce(ThanksTakenBack(by=viewer.account_id, volunteer_id=thanks.volunteer_id, thanks_id=thanks.id))
    session.delete(thanks)


def read_thanks(thanks: Sequence[Thanks]) -> None:
    """Keep that the volunteer has read what was said to them."""
    for one in thanks:
        if one.seen_on is None:
            one.seen_on = _today()


def plan_event(
    draft: EventDraft,
    invited: Collection[uuid.UUID],
    *,
    by: uuid.UUID,
    event_id: uuid.UUID | None = None,
) -> TeamEvent:
    """Plan a day for the team, or write one down that has been, and invite people."""
    check_event(draft, _today())
    if not invited:
        raise Refused(_("Invite at least one volunteer."))
    event = TeamEvent(
        id=event_id or uuid.uuid4(),
        day=draft.day,
        kind=draft.kind,
        by_id=by,
        title=draft.title.strip(),
        hour=draft.hour or None,
        where=(draft.where or "").strip() or None,
    )
    session.add(event)
    session.flush()
    session.add_all(Guest(event_id=event.id, volunteer_id=one) for one in sorted(invited))
    session.flush()
    told = tuple(sorted(invited)) if draft.day >= _today() else ()
    announce(TeamEventPlanned(by=by, event_id=event.id, invited=told))
    return event


def call_off(event: TeamEvent, *, by: uuid.UUID) -> None:
    """Say that a day for the team does not take place."""
    if event.taken_on is not None:
        raise Refused(_("It has taken place already."))
    event.called_off_on = _today()
    announce(TeamEventCalledOff(by=by, event_id=event.id, invited=tuple(sorted(guests_of(event)))))


def put_back_on(event: TeamEvent, *, by: uuid.UUID) -> None:
    """Say that a day that was called off takes place after all."""
    event.called_off_on = None
    announce(TeamEventPlanned(by=by, event_id=event.id))


def say_coming(event: TeamEvent, viewer: Viewer, *, coming: bool) -> None:
    """Keep whether the volunteer who is looking comes."""
    guest = guests_of(event).get(viewer.person_id) if viewer.person_id else None
    if guest is None:
        raise NotFound
    if event.called_off_on is not None or event.day < _today():
        raise Refused(_("This day has been, or was called off."))
    guest.coming = coming
    announce(
        ComingSaid(by=viewer.account_id, volunteer_id=guest.volunteer_id, event_id=event.id, coming=coming)
    )


def take_attendance(
    event: TeamEvent, came: Collection[uuid.UUID], among: Collection[uuid.UUID], *, by: uuid.UUID
) -> None:
    """Write down who of some volunteers came, invited or not; it counts as having met the team (R12)."""
    check_taking(event.day, event.called_off_on, _today())
    guests, moved = guests_of(event), []
    for who in sorted(among):
        guest = guests.get(who)
        if guest is None and who not in came:
            continue
        if guest is None:
            guest = Guest(event_id=event.id, volunteer_id=who)
            session.add(guest)
        if guest.came is not (who in came):
            guest.came = who in came
            moved.append(guest)
    event.taken_on = event.taken_on or _today()
    session.flush()
    announce(TeamMet(by=by, event_id=event.id, n_came=len(set(came))))
    for guest in moved:
        announce(
            TeamMemberMet(by=by, volunteer_id=guest.volunteer_id, event_id=event.id, came=bool(guest.came))
        )


def _today() -> dt.date:
    return clock.today(programme_zone())
