"""Opens the public page for offers to help, and takes an offer in."""

import uuid

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.accounts import throttle
from peerlink.features.accounts.queries import account_ids_of
from peerlink.features.programmes.models import Programme
from peerlink.features.programmes.queries import find_programme, get_programme, limits, programme_zone
from peerlink.features.programmes.service import set_threshold
from peerlink.features.recruitment.events import ApplicationsChanged, HelpOffered
from peerlink.features.recruitment.queries import current_text
from peerlink.features.recruitment.rules import (
    A_NETWORK,
    EVERYBODY,
    WITHIN,
    OfferOfHelp,
    SettingsDraft,
    check_offer_of_help,
    check_settings,
)
from peerlink.features.recruitment.service.agreeing import publish
from peerlink.features.recruitment.service.preparing import screening_of
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.rules import VolunteerDraft
from peerlink.framework.recruitment_words import TextKind, slots_of
from peerlink.framework.vocabularies import LanguageLevel
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.words import _

KEPT_MONTHS = "retention.applicant_months"


def keep_settings(draft: SettingsDraft, *, by: uuid.UUID | None) -> None:
    """Open or close the page, and word it; the text on details is published in a new version if changed."""
    check_settings(draft)
    programme = get_programme()
    programme.applications_open = draft.is_open
    programme.vetting_required = draft.vetting_required
    programme.welcome = (draft.welcome or "").strip() or None
    before = current_text(TextKind.DATA_NOTICE)
    if draft.notice.strip() and (before is None or before.text != draft.notice.strip()):
        publish(TextKind.DATA_NOTICE, draft.notice, by=by)
    if draft.kept_months != limits().whole(KEPT_MONTHS):
        set_threshold(KEPT_MONTHS, str(draft.kept_months), _("Chosen with how offers are taken."), by=by)
    announce(ApplicationsChanged(by=by, is_open=draft.is_open))


def programme_taking_offers() -> Programme:
    """Return the programme while its public page is open; raises NotFound while it is not."""
    programme = find_programme()
    if programme is None or not programme.applications_open:
        raise NotFound
    return programme


def offer_help(offer: OfferOfHelp, *, network: str, volunteer_id: uuid.UUID | None = None) -> Volunteer:
    """Take in an offer from the public page; the coordinators are told that something is new."""
    programme_taking_offers()
    check_offer_of_help(offer)
    throttle.take("offer of help", network, of_a_network=A_NETWORK, of_everybody=EVERYBODY, within=WITHIN)
    reach = offer.reach.strip()
    with gate.opened("somebody offers to help; nothing is shown to anybody"):
        notice = current_text(TextKind.DATA_NOTICE)
        if notice is None:
            raise Refused(_("This page is not ready yet. Please come back another day."))
        volunteer = volunteers.add_volunteer(
            VolunteerDraft(
                given_name=offer.called,
                email=reach if "@" in reach else None,
                phone=None if "@" in reach else reach,
                languages=dict.fromkeys(offer.languages, LanguageLevel.WORKING.value),
                availability=slots_of(offer.times),
            ),
            by=None,
            volunteer_id=volunteer_id,
        )
        kept, today = screening_of(volunteer), clock.today(programme_zone())
        kept.received_on, kept.agreed_on, kept.notice = today, today, notice.number
        kept.why = (offer.why or "").strip() or None
    tell = tuple(account_ids_of(Role.COORDINATOR))
    announce(HelpOffered(by=None, volunteer_id=volunteer.id, tell=tell))
    return volunteer
