"""Hears of what cannot wait, in the same transaction: a call is opened before anything else is answered."""

from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.events import listen
from peerlink.features.contacts.events import CallAsked, ContactKept
from peerlink.features.contacts.models import ContactDetail
from peerlink.features.matching.sources import hear
from peerlink.features.questionnaires.events import SelfHarmAnswered
from peerlink.features.questionnaires.service import check_before_active
from peerlink.features.questionnaires.sources import Help, everywhere, help_sources
from peerlink.features.safety.queries import find_plan, missing
from peerlink.features.safety.service import open_call
from peerlink.features.wellbeing.events import CheckinAnswered
from peerlink.framework.safety_words import SafetyCause
from peerlink.framework.vocabularies import ContactStatus, DifficultyTag
from peerlink.store import gate
from peerlink.store.session import session
from peerlink.words import _


def connect() -> None:
    """Listen for what opens the path SAFE-1, and stand before forms nobody would answer a yes to."""
    listen(CheckinAnswered, asked_in_checkin)
    listen(CallAsked, asked_after_contact)
    listen(ContactKept, tagged_in_contact)
    listen(SelfHarmAnswered, answered_in_form)
    check_before_active(check_somebody_is_there)
    hear(help_sources, local_help)


def check_somebody_is_there() -> None:
    """Refuse to send a form that asks about harm to oneself while nobody would be there (rule 2)."""
    said = missing()
    if said:
        what = "; ".join(said)
        raise Refused(
            _("This form asks about harm to oneself and cannot be sent yet: %(what)s.", what=what)
            + " "
            + _("Programme, Safety is the page to fill in.")
        )


def local_help() -> Help | None:
    """Give the programme's own words and numbers to whoever answers a form; None before they are there."""
    plan = find_plan()
    if plan is None or not plan.numbers:
        return None
    numbers = tuple(
        (", ".join(filter(None, (one["name"], one.get("hours")))), one["number"]) for one in plan.numbers
    )
    return Help((plan.words or "").strip() or everywhere(), numbers)


def asked_in_checkin(event: CheckinAnswered) -> None:
    """Open a call where a check-in asks for one today."""
    if event.wants_today:
        open_call(
            SafetyCause.CONTACT_TODAY,
            by=event.by,
            volunteer_id=event.volunteer_id,
            source_id=event.checkin_id,
        )


def asked_after_contact(event: CallAsked) -> None:
    """Open a call where a volunteer asks for one today after a contact: it is about the volunteer."""
    if event.today:
        open_call(SafetyCause.CONTACT_TODAY, by=event.by, volunteer_id=event.volunteer_id)


def answered_in_form(event: SelfHarmAnswered) -> None:
    """Open a call where an answer speaks of harm to oneself, however incomplete the form is."""
    open_call(
        SafetyCause.SELF_HARM_ANSWER,
        by=event.by,
        volunteer_id=event.volunteer_id,
        source_id=event.response_id,
    )


def tagged_in_contact(event: ContactKept) -> None:
    """Open a call where somebody spoke of not wanting to live: it is about the participant."""
    after = event.after
    if after is None or not after.heavy or after.status is not ContactStatus.HELD:
        return
    with gate.opened("a tag decides whether somebody is called; nothing of it is shown"):
        detail = session.scalars(select(ContactDetail).where(ContactDetail.id == event.contact_id)).one()
        spoke = DifficultyTag.SUICIDALITY in (detail.difficulty or ())
    if spoke:
        open_call(
            SafetyCause.SUICIDALITY_TAG,
            by=event.by,
            volunteer_id=event.volunteer_id,
            participant_id=event.participant_id,
            source_id=event.contact_id,
        )
