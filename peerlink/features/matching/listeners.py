"""Keeps people from being left without a named person, and stops what rested on a consent taken back."""

from peerlink.errors import Refused
from peerlink.events import listen
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import WALKING, has_match
from peerlink.features.matching.service.planning import forget_plans_with
from peerlink.features.matching.service.walking import stop_all
from peerlink.features.participants.events import ConsentWithdrawn, ParticipantStepped
from peerlink.features.participants.models import Participant
from peerlink.features.participants.rules import ConsentKind
from peerlink.features.participants.service import check_before as check_participant_before
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.service import check_before as check_volunteer_before
from peerlink.framework.vocabularies import TAKES_A_SLOT, ParticipantStatus, VolunteerStatus
from peerlink.words import _


def connect() -> None:
    """Have a say before somebody leaves, and hear when consent is taken back."""
    check_volunteer_before(VolunteerStatus.LEFT, check_nobody_relies_on)
    check_participant_before(ParticipantStatus.WAITING, check_not_walking)
    check_participant_before(ParticipantStatus.CLOSED, check_not_walking)
    listen(ConsentWithdrawn, stop_what_rested_on_it)
    listen(ParticipantStepped, take_proposals_back)


def check_nobody_relies_on(volunteer: Volunteer) -> None:
    """Refuse to let a volunteer go while somebody relies on them (framework.md section 8, rule 19)."""
    if has_match(Match.volunteer_id == volunteer.id, TAKES_A_SLOT):
        raise Refused(_("Somebody still relies on this volunteer. Hand over every match first."))


def check_not_walking(participant: Participant) -> None:
    """Refuse to let a participant wait or go while somebody still walks with them."""
    if has_match(Match.participant_id == participant.id, WALKING):
        raise Refused(_("Somebody still walks with this person. End that match first."))


def stop_what_rested_on_it(event: ConsentWithdrawn) -> None:
    """Stop proposals without consent to matching, and matches without consent to support, the same day."""
    if event.kind in (ConsentKind.SUPPORT, ConsentKind.MATCHING):
        stop_all(event.participant_id, by=event.by, only_proposed=event.kind is ConsentKind.MATCHING)


def take_proposals_back(event: ParticipantStepped) -> None:
    """Take back what was planned for, or proposed to, somebody who waits no longer."""
    if event.before is not ParticipantStatus.WAITING:
        return
    forget_plans_with(event.participant_id)
    if event.after is not ParticipantStatus.MATCHED:
        stop_all(event.participant_id, by=event.by, only_proposed=True)
