"""The words people and their matches are described with; every code is the framework's word."""

from peerlink.framework.word import Word
from peerlink.words import N_


class VolunteerStatus(Word):
    """Where a volunteer stands."""

    APPLICANT = "applicant", N_("Applicant")
    SCREENING = "screening", N_("Screening")
    TRAINING = "training", N_("In training")
    ACTIVE = "active", N_("Active")
    PAUSED = "paused", N_("Paused")
    LEFT = "left", N_("Left")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    DECLINED = "declined", N_("Declined")


class ParticipantStatus(Word):
    """Where a participant stands."""

    REFERRED = "referred", N_("Referred")
    CONSENTED = "consented", N_("Consented")
    WAITING = "waiting", N_("Waiting")
    MATCHED = "matched", N_("Matched")
    ACTIVE = "active", N_("Active")
    PAUSED = "paused", N_("Paused")
    ENDING = "ending", N_("Ending")
    CLOSED = "closed", N_("Closed")
    DECLINED = "declined", N_("Declined")
    NOT_REACHED = "not_reached", N_("Not reached")


class MatchStatus(Word):
    """Where a match stands."""

    PROPOSED = "proposed", N_("Proposed")
    ACCEPTED = "accepted", N_("Accepted")
    ACTIVE = "active", N_("Active")
    PAUSED = "paused", N_("Paused")
    ENDED = "ended", N_("Ended")
    DECLINED = "declined", N_("Declined")
    EXPIRED = "expired", N_("Expired")
    CANCELLED = "cancelled", N_("Cancelled")


TAKES_A_SLOT = frozenset({MatchStatus.PROPOSED, MatchStatus.ACCEPTED, MatchStatus.ACTIVE, MatchStatus.PAUSED})
"""The matches that fill a volunteer's capacity when somebody new is matched (H5)."""


class PlaceStatus(Word):
    """Where a meeting place stands."""

    PROPOSED = "proposed", N_("Proposed")
    CHECKED = "checked", N_("Checked")
    APPROVED = "approved", N_("Approved")
    SUSPENDED = "suspended", N_("Suspended")
    RETIRED = "retired", N_("Retired")


class SiteKind(Word):
    """What a site is."""

    CLINIC = "clinic", N_("Clinic")
    COMMUNITY = "community", N_("Community organisation")
    OTHER = "other", N_("Other")


class ReferralSource(Word):
    """Who sent a participant."""

    SELF = "self", N_("Came alone")
    CLINIC = "clinic", N_("Clinic")
    PEER = "peer", N_("A peer")
    ORGANISATION = "organisation", N_("An organisation")


class LanguageLevel(Word):
    """How well a language is spoken."""

    FIRST = "first", N_("First language")
    SECOND = "second", N_("Second language")
    WORKING = "working", N_("Good enough to work in")
    BASIC = "basic", N_("A little")


TALKING_LEVELS = frozenset({LanguageLevel.FIRST, LanguageLevel.SECOND, LanguageLevel.WORKING})
"""The levels two people can talk at (H9)."""


class LifeStage(Word):
    """Something about a life that may make two people peers."""

    NEWLY_DIAGNOSED = "newly_diagnosed", N_("Newly diagnosed")
    PARENT = "parent", N_("Parent")
    PREGNANT = "pregnant", N_("Pregnant")
    AGEING = "ageing", N_("Ageing")
    MIGRANT = "migrant", N_("Migrant")
    STUDENT = "student", N_("Student")
    CHEM_USE_RECOVERY = "chem_use_recovery", N_("Recovering from substance use")
    LONG_TERM_SURVIVOR = "long_term_survivor", N_("Long-term survivor")


class OutcomeDomain(Word):
    """Where a participant hopes for change; the value is its code in the framework."""

    PHYSIOLOGICAL = "outcome.physiological", N_("Body")
    PSYCHOLOGICAL = "outcome.psychological", N_("Mind")
    BEHAVIOURAL = "outcome.behavioural", N_("Habits")
    COGNITIVE = "outcome.cognitive", N_("Knowledge and beliefs")
    SOCIAL = "outcome.social", N_("Social life")


class TrainingResult(Word):
    """How a training ended."""

    PASSED = "passed", N_("Passed")
    FAILED = "failed", N_("Failed")
    WAIVED = "waived", N_("Waived")


class SupervisionKind(Word):
    """How volunteers are looked after."""

    ONE_TO_ONE = "one_to_one", N_("One to one")
    GROUP = "group", N_("Group")
    DEBRIEF = "debrief", N_("Debrief")
    JOINT = "joint", N_("Joint with clinic")
    BUDDY = "buddy", N_("Buddy")


TEAM_CONTACT = frozenset({SupervisionKind.GROUP, SupervisionKind.BUDDY})
"""The sessions in which a volunteer meets the team (R12)."""


class SupervisionStatus(Word):
    """Whether a supervision session took place."""

    SCHEDULED = "scheduled", N_("Scheduled")
    HELD = "held", N_("Held")
    MISSED = "missed", N_("Missed")
    CANCELLED = "cancelled", N_("Cancelled")


class SupervisionTheme(Word):
    """What a supervision session was about."""

    LOAD = "load", N_("Load")
    BOUNDARIES = "boundaries", N_("Boundaries")
    HARD_CONTACT = "hard_contact", N_("A hard contact")
    PRIVACY = "privacy", N_("Privacy")
    OWN_WELLBEING = "own_wellbeing", N_("Own wellbeing")
    SKILLS = "skills", N_("Skills")
    RECOGNITION = "recognition", N_("Recognition")
    TEAM = "team", N_("Team")


class CheckinStatus(Word):
    """What became of a check-in."""

    DUE = "due", N_("Due")
    ANSWERED = "answered", N_("Answered")
    SKIPPED = "skipped", N_("Skipped")
    EXPIRED = "expired", N_("Expired")


class ContactRequest(Word):
    """How soon a volunteer wants to hear from the supervisor."""

    NO = "no", N_("No")
    NEXT_SESSION = "next_session", N_("At the next session")
    THIS_WEEK = "this_week", N_("This week")
    TODAY = "today", N_("Today")


class Growth(Word):
    """What grew in a volunteer through the role."""

    SELF_MANAGEMENT = "self_management", N_("Handling my own treatment")
    OWN_MENTAL_HEALTH = "own_mental_health", N_("Steadying my own mood")
    GIVING_BACK = "giving_back", N_("Giving something back")
    NEW_SKILLS = "new_skills", N_("New skills")


class CommentReader(Word):
    """Who may read what a volunteer wrote below a check-in."""

    SUPERVISOR = "supervisor", N_("My supervisor")
    NOBODY = "nobody", N_("Nobody, only my own diary")
