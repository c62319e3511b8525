"""The words an incident is described with; types as framework.md section 11 lists them."""

from peerlink.framework.word import Word
from peerlink.words import N_


class IncidentStatus(Word):
    """Where an incident stands."""

    REPORTED = "reported", N_("Reported")
    TRIAGED = "triaged", N_("Looked at")
    IN_PROGRESS = "in_progress", N_("Being dealt with")
    RESOLVED = "resolved", N_("Resolved")
    CLOSED = "closed", N_("Closed")


class IncidentType(Word):
    """What happened."""

    CONFIDENTIALITY_NEAR_MISS = "confidentiality_near_miss", N_("Somebody nearly learned what is private")
    CONFIDENTIALITY_SUSPECTED = "confidentiality_suspected", N_("Perhaps something private got out")
    CONFIDENTIALITY_CONFIRMED = "confidentiality_confirmed", N_("Something private got out")
    VOLUNTEER_EXPOSED = "volunteer_exposed", N_("A volunteer was recognised through this role")
    SAFEGUARDING_ADULT = "safeguarding_adult", N_("An adult is being harmed or is at risk")
    SAFEGUARDING_CHILD = "safeguarding_child", N_("A child is being harmed or is at risk")
    SELF_HARM_RISK = "self_harm_risk", N_("Somebody may harm themself")
    VIOLENCE_OR_THREAT = "violence_or_threat", N_("Somebody was threatened or hurt")
    BOUNDARY_OR_MISCONDUCT = "boundary_or_misconduct", N_("Somebody here did what they must not do")
    LOST_DEVICE = "lost_device", N_("A phone, computer or paper is gone")
    WRONG_RECIPIENT = "wrong_recipient", N_("A message reached the wrong person")
    COMPLAINT = "complaint", N_("A complaint")
    LONE_WORKING_NO_RETURN = "lone_working_no_return", N_("Somebody did not come back from a visit")
    ACCIDENT = "accident", N_("An accident")


class DataKind(Word):
    """What got out when something private did."""

    NAME = "name", N_("Names")
    HOW_TO_REACH = "how_to_reach", N_("Phone numbers or addresses")
    HEALTH = "health", N_("What somebody lives with")
    NOTES = "notes", N_("Notes or messages")
    PICTURE = "picture", N_("A picture or a voice")
    OTHER = "other", N_("Something else")


class RegulatorDecision(Word):
    """Whether the authority for data protection is told."""

    OPEN = "open", N_("Not decided yet")
    TOLD = "told", N_("Told")
    NOT_NEEDED = "not_needed", N_("Need not be told")


DECIDED = frozenset({RegulatorDecision.TOLD, RegulatorDecision.NOT_NEEDED})
"""The clock of the authority stands still."""

T = IncidentType
PRIVATE = frozenset(
    {
        T.CONFIDENTIALITY_NEAR_MISS,
        T.CONFIDENTIALITY_SUSPECTED,
        T.CONFIDENTIALITY_CONFIRMED,
        T.VOLUNTEER_EXPOSED,
        T.LOST_DEVICE,
        T.WRONG_RECIPIENT,
    }
)
"""What the privacy lead sees."""
BREACHES = PRIVATE - {T.CONFIDENTIALITY_NEAR_MISS}
"""After which the privacy lead has 24 hours, and the clock of the authority runs (section 8, rule 23)."""
SAFEGUARDING = frozenset({T.SAFEGUARDING_ADULT, T.SAFEGUARDING_CHILD})
HARM = SAFEGUARDING | {T.SELF_HARM_RISK, T.VIOLENCE_OR_THREAT}
"""What the safeguarding lead sees, the same day (section 8, rule 3)."""
CONCERNS = SAFEGUARDING | {T.CONFIDENTIALITY_SUSPECTED, T.CONFIDENTIALITY_CONFIRMED}
"""What stands against a new match while it is open about a volunteer (H15)."""

GROUPS: tuple[tuple[str, tuple[IncidentType, ...]], ...] = (
    (
        N_("Somebody is or may be harmed"),
        (
            T.SAFEGUARDING_CHILD,
            T.SAFEGUARDING_ADULT,
            T.SELF_HARM_RISK,
            T.VIOLENCE_OR_THREAT,
            T.LONE_WORKING_NO_RETURN,
            T.ACCIDENT,
        ),
    ),
    (
        N_("Something private"),
        (
            T.CONFIDENTIALITY_CONFIRMED,
            T.CONFIDENTIALITY_SUSPECTED,
            T.CONFIDENTIALITY_NEAR_MISS,
            T.VOLUNTEER_EXPOSED,
            T.WRONG_RECIPIENT,
            T.LOST_DEVICE,
        ),
    ),
    (N_("How we work"), (T.BOUNDARY_OR_MISCONDUCT, T.COMPLAINT)),
)
"""The types in groups that somebody in a hurry finds their way in."""

MINOR, MODERATE, SERIOUS, CRITICAL = 1, 2, 3, 4
SEVERITIES = {
    MINOR: N_("1: nobody came to harm"),
    MODERATE: N_("2: some harm or worry"),
    SERIOUS: N_("3: serious"),
    CRITICAL: N_("4: somebody is in danger"),
}
SUGGESTED: dict[IncidentType, int] = {
    T.CONFIDENTIALITY_NEAR_MISS: MINOR,
    T.CONFIDENTIALITY_SUSPECTED: SERIOUS,
    T.CONFIDENTIALITY_CONFIRMED: CRITICAL,
    T.VOLUNTEER_EXPOSED: CRITICAL,
    T.SAFEGUARDING_ADULT: CRITICAL,
    T.SAFEGUARDING_CHILD: CRITICAL,
    T.SELF_HARM_RISK: CRITICAL,
    T.VIOLENCE_OR_THREAT: CRITICAL,
    T.BOUNDARY_OR_MISCONDUCT: SERIOUS,
    T.LOST_DEVICE: SERIOUS,
    T.WRONG_RECIPIENT: SERIOUS,
    T.COMPLAINT: MODERATE,
    T.LONE_WORKING_NO_RETURN: CRITICAL,
    T.ACCIDENT: MODERATE,
}
"""How grave each type is until somebody has looked."""
