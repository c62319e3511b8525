"""Who is judged at all; everybody else does not apply."""

from peerlink.features.indicators.facts import ParticipantFacts, VolunteerFacts


def in_service(volunteer: VolunteerFacts) -> bool:
    """Tell whether the volunteer is active or paused."""
    return volunteer.status in {"active", "paused"}


def supported(participant: ParticipantFacts) -> bool:
    """Tell whether the participant is active and has an active match."""
    return participant.status == "active" and participant.match_started_on is not None
