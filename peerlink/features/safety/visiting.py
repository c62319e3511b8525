"""What a volunteer does on a visit: set out, stay longer, come back."""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.incidents.service import add_note
from peerlink.features.matching.queries import get_match
from peerlink.features.programmes.queries import approved_places
from peerlink.features.safety.events import VisitBegun, VisitChanged, VisitEnded
from peerlink.features.safety.models import LoneVisit
from peerlink.features.safety.queries import has_met, own_visit
from peerlink.features.safety.rules import BACK_WITHIN, LONGER, VisitDraft, check_visit
from peerlink.features.safety.service import open_call
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.safety_words import SafetyCause, VisitEnd, VisitPlace
from peerlink.roles import Viewer
from peerlink.store.session import session
from peerlink.words import _


def set_out(draft: VisitDraft, viewer: Viewer) -> LoneVisit:
    """Note that a volunteer goes on a visit and when they will be back."""
    if viewer.person_id is None:
        raise Refused(_("Visits are for volunteers."))
    session.execute(select(Volunteer.id).where(Volunteer.id == viewer.person_id).with_for_update())
    if own_visit(viewer) is not None:
        raise Refused(_("You are on a visit already. Say first that you are back."))
    first = draft.match_id is not None and not has_met(get_match(draft.match_id, viewer).id)
    check_visit(draft, first=first)
    at_place = draft.where is VisitPlace.PLACE
    if at_place and draft.place_id not in approved_places():
        raise Refused(_("This place is not approved. Choose another one."))
    now = clock.now()
    visit = LoneVisit(
        id=uuid.uuid4(),
        subject_id=viewer.person_id,
        volunteer_id=viewer.person_id,
        match_id=draft.match_id,
        contact_id=draft.contact_id,
        place_id=draft.place_id if at_place else None,
        started_at=now,
        due_back_at=now + dt.timedelta(minutes=draft.minutes),
        where=draft.where,
        where_words=_or_none(draft.where_words),
        risk_note=_or_none(draft.risk_note),
    )
    session.add(visit)
    session.flush()
    announce(VisitBegun(by=viewer.account_id, visit_id=visit.id, volunteer_id=visit.volunteer_id))
    return visit


def says_the_same(visit: LoneVisit, draft: VisitDraft) -> bool:
    """Tell whether a visit was begun with these very words: then the button was tapped again."""
    began = (visit.where, visit.match_id, visit.place_id, visit.where_words, visit.risk_note)
    at = draft.place_id if draft.where is VisitPlace.PLACE else None
    return began == (draft.where, draft.match_id, at, draft.where_words, draft.risk_note)


def stay_longer(visit: LoneVisit, *, by: uuid.UUID) -> None:
    """Be back half an hour later than said, counted from now where that time has passed."""
    _check_out_still(visit)
    visit.due_back_at = max(visit.due_back_at, clock.now()) + dt.timedelta(minutes=LONGER)
    _start_again(visit)
    announce(VisitChanged(by=by, visit_id=visit.id, volunteer_id=visit.volunteer_id))


def come_back(visit: LoneVisit, how: VisitEnd, *, by: uuid.UUID) -> None:
    """End a visit; nobody is told anything more, unless somebody is needed."""
    _check_out_still(visit)
    visit.checked_out_at = clock.now()
    visit.ended = how
    session.flush()
    if visit.incident_id is not None:
        add_note(visit.incident_id, _("They are back: %(how)s.", how=_(how.label)))
    if how is VisitEnd.NEED_SOMEBODY:
        open_call(SafetyCause.CONTACT_TODAY, by=by, volunteer_id=visit.volunteer_id)
    announce(VisitEnded(by=by, visit_id=visit.id, volunteer_id=visit.volunteer_id))


def not_back_yet(visit: LoneVisit, *, by: uuid.UUID) -> None:
    """Take a check-out back that was pressed too early."""
    if visit.checked_out_at is None:
        return
    if clock.now() - visit.checked_out_at > BACK_WITHIN:
        raise Refused(_("This visit ended too long ago. Begin another one."))
    visit.checked_out_at = visit.ended = None
    session.flush()
    announce(VisitChanged(by=by, visit_id=visit.id, volunteer_id=visit.volunteer_id))


def _start_again(visit: LoneVisit) -> None:
    visit.prompted_at = visit.buddy_told_at = visit.duty_told_at = None
    session.flush()


def _check_out_still(visit: LoneVisit) -> None:
    if visit.checked_out_at is not None:
        raise Refused(_("This visit has ended."))


def _or_none(text: str | None) -> str | None:
    return (text or "").strip() or None
