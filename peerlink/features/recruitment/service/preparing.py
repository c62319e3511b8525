"""Writes down what is talked through, asked and named before somebody's training begins."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import find_programme, programme_zone
from peerlink.features.recruitment.events import (
    BuddyNamed,
    PreparationKept,
    PreparationTakenBack,
    ReferenceKept,
    VettingKept,
)
from peerlink.features.recruitment.models import Screening
from peerlink.features.recruitment.queries import find_screening, has_somebody_beside
from peerlink.features.recruitment.rules import (
    LONGEST_NOTE,
    check_not_ahead,
    missing_before_training,
    n_good,
)
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING
from peerlink.features.volunteers.rules import OfferDraft
from peerlink.framework.recruitment_words import Preparation
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store import gate, lookup
from peerlink.store.session import session
from peerlink.words import _

References = list[dict[str, str | None]]


def screening_of(volunteer: Volunteer) -> Screening:
    """Return what recruitment keeps of somebody, begun where nothing was written down yet."""
    found = find_screening(volunteer.id)
    if found is None:
        found = Screening(id=uuid.uuid4(), subject_id=volunteer.id, volunteer_id=volunteer.id)
        session.add(found)
        session.flush()
        lookup.admit([found])
    return found


def keep_preparation(
    volunteer: Volunteer, what: Preparation, on: dt.date, note: str | None, *, by: uuid.UUID | None
) -> None:
    """Write down that something was talked through; said again, it replaces what stood there."""
    check_not_ahead(on, _today())
    if len(note or "") > LONGEST_NOTE:
        raise Refused(_("Keep the note below %(n)s letters.", n=LONGEST_NOTE))
    said = {"on": on.isoformat(), "by": _hex(by), "note": (note or "").strip() or None}
    kept = screening_of(volunteer)
    kept.steps = {**(kept.steps or {}), what.value: said}
    announce(PreparationKept(by=by, volunteer_id=volunteer.id, what=what))


def agree_limits(
    volunteer: Volunteer,
    capacity: int | None,
    agreed_hours: int | None,
    limits: tuple[str, ...],
    on: dt.date,
    *,
    by: uuid.UUID | None,
) -> None:
    """Agree with somebody how many people and hours they can carry, and what they cannot be there for."""
    if not capacity or not agreed_hours:
        raise Refused(_("Agree on both: how many people at most, and how many hours a month."))
    offer = OfferDraft(
        capacity=capacity,
        agreed_hours=agreed_hours,
        channels=tuple(volunteer.channels or ()),
        availability=tuple(volunteer.availability or ()),
        places=tuple(volunteer.places or ()),
        limits=limits,
    )
    volunteers.change_offer(volunteer, offer, by=by)
    keep_preparation(volunteer, Preparation.LIMITS, on, None, by=by)


def take_back_preparation(volunteer: Volunteer, what: Preparation, *, by: uuid.UUID | None) -> None:
    """Take out a talk that was written down by mistake."""
    kept = screening_of(volunteer)
    kept.steps = {name: said for name, said in (kept.steps or {}).items() if name != what.value}
    announce(PreparationTakenBack(by=by, volunteer_id=volunteer.id, what=what))


def ask_reference(volunteer: Volunteer, who: str, on: dt.date, *, by: uuid.UUID | None) -> int:
    """Write down who was asked about somebody; return the number it stands under."""
    check_not_ahead(on, _today())
    if not who.strip() or len(who) > 200:
        raise Refused(_("Say who was asked, in at most 200 letters."))
    kept = screening_of(volunteer)
    one: dict[str, str | None] = {"who": who.strip(), "asked_on": on.isoformat(), "by": _hex(by)}
    kept.references = [*(kept.references or ()), one]
    announce(ReferenceKept(by=by, volunteer_id=volunteer.id))
    return len(kept.references) - 1


def answer_reference(volunteer: Volunteer, n: int, on: dt.date, *, good: bool, by: uuid.UUID | None) -> None:
    """Write down what a reference said, in one word: yes or no."""
    references = _references(volunteer, n)
    check_not_ahead(on, _today())
    if on.isoformat() < str(references[n]["asked_on"]):
        raise Refused(_("It cannot have been answered before it was asked."))
    references[n] |= {"answered_on": on.isoformat(), "good": "yes" if good else "no", "by": _hex(by)}
    _keep_references(volunteer, references, by)


def drop_reference(volunteer: Volunteer, n: int, *, by: uuid.UUID | None) -> None:
    """Take out a reference that was written down by mistake."""
    references = _references(volunteer, n)
    del references[n]
    _keep_references(volunteer, references, by)


def keep_vetting(
    volunteer: Volunteer, asked_on: dt.date | None, until: dt.date | None, *, by: uuid.UUID | None
) -> None:
    """Write down when a clearance was asked for, and until when it counts."""
    if asked_on is not None:
        check_not_ahead(asked_on, _today())
    screening_of(volunteer).vetting_asked_on = asked_on
    volunteer.vetting_until = until
    announce(VettingKept(by=by, volunteer_id=volunteer.id))


def name_buddy(volunteer: Volunteer, buddy: Volunteer | None, *, by: uuid.UUID | None) -> None:
    """Name the fellow volunteer at somebody's side, or nobody."""
    if buddy is not None and (buddy.id == volunteer.id or buddy.status not in SERVING):
        raise Refused(_("A buddy is another volunteer who is active or paused."))
    volunteer.buddy_id = buddy.id if buddy else None
    announce(BuddyNamed(by=by, volunteer_id=volunteer.id))


def check_prepared(volunteer: Volunteer) -> None:
    """Refuse to begin training before everything was talked through; the sentence names what is missing."""
    with gate.opened("what was talked through is looked at; only what is missing is said"):
        kept, programme = find_screening(volunteer.id), find_programme()
        missing = missing_before_training(
            set((kept and kept.steps) or {}),
            n_good((kept and kept.references) or ()),
            volunteer.vetting_until,
            _today(),
            vetting=programme is not None and programme.vetting_required,
        )
    if missing:
        raise Refused(_("Still missing before training begins: %(what)s.", what=", ".join(missing)))


def check_beside(volunteer: Volunteer) -> None:
    """Refuse to let somebody begin to serve with nobody at their side, where there is anybody."""
    begins = volunteer.status is VolunteerStatus.TRAINING
    if begins and volunteer.buddy_id is None and has_somebody_beside(volunteer):
        raise Refused(_("Name a buddy first: a fellow volunteer they can ask."))


def begin_anew(volunteer: Volunteer) -> None:
    """Let somebody who comes back be talked with anew."""
    kept = find_screening(volunteer.id)
    if kept is not None:
        kept.steps, kept.references, kept.vetting_asked_on = None, None, None


def _references(volunteer: Volunteer, n: int) -> References:
    references = [dict(one) for one in screening_of(volunteer).references or ()]
    if not 0 <= n < len(references):
        raise NotFound
    return references


def _keep_references(volunteer: Volunteer, references: References, by: uuid.UUID | None) -> None:
    screening_of(volunteer).references = references
    announce(ReferenceKept(by=by, volunteer_id=volunteer.id))


def _hex(by: uuid.UUID | None) -> str | None:
    return by.hex if by else None


def _today() -> dt.date:
    return clock.today(programme_zone())
