"""Decides who cannot support whom: the hard constraints H1 to H17 (framework.md, sections 5 and 11)."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from peerlink.errors import Refused
from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile, share_stretch
from peerlink.features.matching.wants import meets
from peerlink.framework.vocabularies import TALKING_LEVELS, Channel, VolunteerStatus
from peerlink.words import N_, _

TRAINED_AHEAD = dt.timedelta(days=30)
SHORTEST_MEETING = 45
"""Minutes on end both must have (H14)."""
OVERRIDABLE = frozenset({"H9", "H13", "H14", "H16"})
"""What a coordinator may set aside, with a written reason."""


@dataclass(frozen=True, slots=True)
class ConstraintResult:
    """Whether one constraint holds for a pair, and why, in a sentence for the coordinator."""

    code: str
    holds: bool
    why: str

    @property
    def overridable(self) -> bool:
        return self.code in OVERRIDABLE


def is_active(volunteer: VolunteerProfile, day: dt.date) -> bool:
    """H1: active, and not on a pause from new matches."""
    paused = volunteer.paused_until is not None and volunteer.paused_until >= day
    return volunteer.status is VolunteerStatus.ACTIVE and not paused


def is_trained(volunteer: VolunteerProfile, day: dt.date) -> bool:
    """H2: every mandatory module, at least one, valid through the next 30 days."""
    ahead = day + TRAINED_AHEAD
    lasts = volunteer.mandatory.values()
    return bool(lasts) and all(until >= ahead for until in lasts)


def is_vetted(volunteer: VolunteerProfile, day: dt.date) -> bool:
    """H3: vetting valid where it is required."""
    return volunteer.vetting_until is None or volunteer.vetting_until >= day


def has_agreed(volunteer: VolunteerProfile, day: dt.date) -> bool:
    """H4: confidentiality and role agreement signed."""
    return volunteer.agreement_on is not None and volunteer.agreement_on <= day


def has_room(volunteer: VolunteerProfile, day: dt.date) -> bool:
    """H5: fewer matches than agreed."""
    return volunteer.taken < (volunteer.capacity or 0)


def is_clear(volunteer: VolunteerProfile, day: dt.date) -> bool:
    """H15: no open concern about the volunteer."""
    return not volunteer.concern_open


def is_rested(volunteer: VolunteerProfile, day: dt.date) -> bool:
    """H17: no critical strain that the supervisor has not released."""
    return not volunteer.held_back


def has_consented(participant: ParticipantProfile, day: dt.date) -> bool:
    """H6: consents to support and to matching given and still valid."""
    given = (participant.consent_support_on, participant.consent_matching_on)
    valid = participant.consent_until is None or participant.consent_until >= day
    return valid and all(on is not None and on <= day for on in given)


def not_kept_apart(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H7: neither asked to be kept apart from the other, their site or their area."""
    return participant.keep_apart.isdisjoint(volunteer.names) and volunteer.keep_apart.isdisjoint(
        participant.names
    )


def without_ties(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H8: no tie between the two."""
    return volunteer.id not in participant.ties


def can_talk(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H9: a language both speak well enough to work in."""
    spoken = volunteer.languages
    return any(
        level in TALKING_LEVELS and spoken.get(language) in TALKING_LEVELS
        for language, level in participant.languages.items()
    )


def meets_musts(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H10: everything the participant marked as a must; a trait that is not known does not meet it."""
    return all(meets(want, volunteer, participant) is True for want in participant.wants if want.must)


def keeps_safeguards(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H11: every condition of the safeguarding plan."""
    return participant.safeguards <= volunteer.safeguards


def within_limits(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H12: nothing the volunteer cannot be there for."""
    if not volunteer.limits:
        return True
    comes_up = {*participant.needs, *participant.topics, *participant.life_stages}
    return not any(_is_about(topic, limit) for topic in comes_up for limit in volunteer.limits)


def _is_about(topic: str, limit: str) -> bool:
    return topic == limit or topic.startswith(f"{limit}.") or topic.rpartition(".")[2] == limit


def can_meet(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H13: a channel both use, and for meeting in person an approved place both accept."""
    shared = set(volunteer.channels).intersection(participant.channels)
    if shared - {Channel.IN_PERSON}:
        return True
    return bool(shared) and not volunteer.places.isdisjoint(participant.places)


def share_time(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H14: 45 minutes on end, some time in the week."""
    return share_stretch(volunteer.week, participant.week, SHORTEST_MEETING)


def not_tried_before(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """H16: no earlier match of the two that ended as not a fit or with a concern."""
    return volunteer.id not in participant.not_again


OF_VOLUNTEER: dict[str, Callable[[VolunteerProfile, dt.date], bool]] = {
    "H1": is_active,
    "H2": is_trained,
    "H3": is_vetted,
    "H4": has_agreed,
    "H5": has_room,
    "H15": is_clear,
    "H17": is_rested,
}
OF_PAIR: dict[str, Callable[[VolunteerProfile, ParticipantProfile], bool]] = {
    "H9": can_talk,
    "H7": not_kept_apart,
    "H8": without_ties,
    "H16": not_tried_before,
    "H13": can_meet,
    "H10": meets_musts,
    "H11": keeps_safeguards,
    "H12": within_limits,
    "H14": share_time,
}
"""The quick ones that turn most pairs away come first."""

WHYS: dict[str, tuple[str, str]] = {
    "H1": (N_("Active."), N_("Not active now, or on a pause from new matches.")),
    "H2": (
        N_("Mandatory training is valid."),
        N_("Mandatory training is missing or runs out in 30 days."),
    ),
    "H3": (N_("Vetting is valid or not required."), N_("Vetting has run out.")),
    "H4": (
        N_("The agreements are signed."),
        N_("The agreements in force are not signed."),
    ),
    "H5": (N_("Has a free place."), N_("Has no free place.")),
    "H6": (
        N_("Consent to support and to matching is valid."),
        N_("Consent to support or to matching is missing or has run out."),
    ),
    "H7": (N_("Nobody asked to be kept apart."), N_("One of the two asked to be kept apart.")),
    "H8": (N_("No tie between the two is known."), N_("The two have a tie.")),
    "H9": (
        N_("They share a language."),
        N_("They share no language well; an interpreter would help."),
    ),
    "H10": (N_("Every must is met."), N_("Something the participant must have is not met or not known.")),
    "H11": (
        N_("The conditions of the safeguarding plan can be kept."),
        N_("A condition of the safeguarding plan cannot be kept."),
    ),
    "H12": (N_("Within the volunteer's limits."), N_("Touches one of the volunteer's limits.")),
    "H13": (
        N_("They can be in touch."),
        N_("They share no channel, or no approved place to meet in person."),
    ),
    "H14": (N_("They share a time of 45 minutes or more."), N_("They share no time of 45 minutes.")),
    "H15": (N_("Free for new matches."), N_("Not now.")),
    "H16": (N_("No earlier match of the two went wrong."), N_("An earlier match of the two was not a fit.")),
    "H17": (N_("Free for new matches."), N_("Not now.")),
}
"""For each constraint what is said when it holds and when it does not; a strain or a concern stays unsaid."""


def check_pair(
    volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date
) -> tuple[ConstraintResult, ...]:
    """Judge every constraint of a pair for a match that would start on this day, H1 first."""
    return tuple(
        ConstraintResult(code, holds, _(WHYS[code][0 if holds else 1]))
        for code, holds in ((code, _holds(code, volunteer, participant, day)) for code in WHYS)
    )


def _holds(code: str, volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> bool:
    if code in OF_VOLUNTEER:
        return OF_VOLUNTEER[code](volunteer, day)
    if code in OF_PAIR:
        return OF_PAIR[code](volunteer, participant)
    return has_consented(participant, day)


def is_ready(volunteer: VolunteerProfile, day: dt.date) -> bool:
    """Say whether a volunteer could take anybody at all."""
    return all(holds(volunteer, day) for holds in OF_VOLUNTEER.values())


def suits(volunteer: VolunteerProfile, participant: ParticipantProfile) -> bool:
    """Say whether nothing between the two stands in the way."""
    return all(holds(volunteer, participant) for holds in OF_PAIR.values())


def can_be(results: Iterable[ConstraintResult], overrides: Collection[str] = ()) -> bool:
    """Say whether a pair may be proposed, the constraints that were set aside left out."""
    return all(result.holds or result.code in overrides for result in results)


def check_overrides(overrides: Mapping[str, str]) -> None:
    """Refuse to set aside a constraint that has to hold, or one without a written reason."""
    for code, reason in overrides.items():
        if code not in OVERRIDABLE:
            raise Refused(_("This condition cannot be set aside: %(why)s", why=_(WHYS[code][1])))
        if not reason.strip():
            raise Refused(_("Please write down why this condition is set aside."))


def blockers(
    participant: ParticipantProfile, volunteers: Iterable[VolunteerProfile], day: dt.date
) -> dict[str, int]:
    """Count for each constraint the active volunteers who fail it, each constraint tested on its own."""
    active = [volunteer for volunteer in volunteers if volunteer.status is VolunteerStatus.ACTIVE]
    counts = {
        code: sum(not _holds(code, volunteer, participant, day) for volunteer in active) for code in WHYS
    }
    return {code: failing for code, failing in counts.items() if failing}
