"""Has its say before training begins and somebody serves, and tells matching who signed."""

from peerlink.events import listen
from peerlink.features.matching.sources import hear, unsigned_sources
from peerlink.features.recruitment.queries import without_signature
from peerlink.features.recruitment.service import begin_anew, check_beside, check_prepared, check_signed
from peerlink.features.recruitment.service.knowing import forget_leaving
from peerlink.features.volunteers.events import VolunteerStepped
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.service import check_before
from peerlink.framework.people_words import VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session


def connect() -> None:
    """Let nobody begin before everything was talked through, signed and somebody stands at their side."""
    check_before(VolunteerStatus.TRAINING, check_prepared)
    check_before(VolunteerStatus.ACTIVE, check_signed)
    check_before(VolunteerStatus.ACTIVE, check_beside)
    hear(unsigned_sources, without_signature)
    listen(VolunteerStepped, talk_anew)
    listen(VolunteerStepped, let_go)


def talk_anew(event: VolunteerStepped) -> None:
    """Let somebody who comes back be talked with anew."""
    if event.before is VolunteerStatus.LEFT and event.after is VolunteerStatus.APPLICANT:
        with gate.opened("somebody comes back; nothing is shown"):
            begin_anew(session.get_one(Volunteer, event.volunteer_id))


def let_go(event: VolunteerStepped) -> None:
    """Let what was known of a leaving be over once somebody has left."""
    if event.after is VolunteerStatus.LEFT:
        forget_leaving(event.volunteer_id)
