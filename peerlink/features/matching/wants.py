"""Says whether a volunteer is what a participant looks for."""

from collections.abc import Callable

from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile, Want
from peerlink.framework.vocabularies import TALKING_LEVELS

AGE_NEAR = 5
"""Years between people near in age."""


def meets(want: Want, volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool | None:
    """Say whether a volunteer is what somebody looks for; None where it is not known."""
    read = _TRAITS.get(want.trait)
    return read(want.value or "", volunteer, participant) if read else None


def _gender(value: str, volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool | None:
    return None if volunteer.gender is None else volunteer.gender == value


def _language(value: str, volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool | None:
    return volunteer.languages.get(value) in TALKING_LEVELS if volunteer.languages else None


def _life_stage(value: str, volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool | None:
    return value in volunteer.life_stages if volunteer.life_stages else None


def _community(value: str, volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool | None:
    return value in volunteer.communities if volunteer.communities else None


def _age_near(value: str, volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool | None:
    if volunteer.birth_year is None or participant.birth_year is None:
        return None
    return abs(volunteer.birth_year - participant.birth_year) <= AGE_NEAR


_TRAITS: dict[str, Callable[[str, VolunteerProfile, ParticipantProfile], bool | None]] = {
    "gender": _gender,
    "language": _language,
    "life_stage": _life_stage,
    "community": _community,
    "age_near": _age_near,
}
