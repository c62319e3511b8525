"""The reasons people give when something pauses, ends or is declined."""

from peerlink.framework.word import Word
from peerlink.words import N_


class PauseReason(Word):
    """Why somebody takes a break."""

    HEALTH = "health", N_("Health")
    OVERLOAD = "overload", N_("Too much at once")
    FAMILY = "family", N_("Family")
    WORK_STUDY = "work_study", N_("Work or study")
    PRIVACY_WORRY = "privacy_worry", N_("Worry about privacy")
    OWN_REQUEST = "own_request", N_("Own request")
    PROGRAMME_DECISION = "programme_decision", N_("Decision of the programme")
    AWAITING_OUTCOME = "awaiting_outcome", N_("Awaiting an outcome")


class LeaveReason(Word):
    """Why a volunteer left."""

    MOVED = "moved", N_("Moved")
    WORK_STUDY = "work_study", N_("Work or study")
    HEALTH = "health", N_("Health")
    BURNOUT = "burnout", N_("Burnout")
    PRIVACY = "privacy", N_("Privacy")
    FAMILY = "family", N_("Family")
    PAY_EXPENSES = "pay_expenses", N_("Pay or expenses")
    LACK_OF_SUPPORT = "lack_of_support", N_("Lack of support")
    CONFLICT = "conflict", N_("Conflict")
    ROLE_NOT_AS_HOPED = "role_not_as_hoped", N_("The role was not as hoped")
    END_OF_PROJECT = "end_of_project", N_("End of the project")
    DIED = "died", N_("Died")
    REMOVED = "removed", N_("Removed by the programme")
    NO_CONTACT = "no_contact", N_("No contact")


class CloseReason(Word):
    """Why a participant's support was closed."""

    GOALS_MET = "goals_met", N_("Goals met")
    END_OF_AGREED_PERIOD = "end_of_agreed_period", N_("End of the agreed period")
    OWN_CHOICE = "own_choice", N_("Own choice")
    NO_CONTACT = "no_contact", N_("No contact")
    MOVED = "moved", N_("Moved")
    OTHER_SERVICE = "other_service", N_("Another service")
    SAFETY = "safety", N_("Safety")
    DIED = "died", N_("Died")


class EndReason(Word):
    """Why a match ended."""

    GOALS_MET = "goals_met", N_("Goals met")
    PLANNED_END = "planned_end", N_("Planned end")
    PARTICIPANT_CHOICE = "participant_choice", N_("The participant's choice")
    VOLUNTEER_CHOICE = "volunteer_choice", N_("The volunteer's choice")
    NOT_A_FIT = "not_a_fit", N_("Not a fit")
    VOLUNTEER_LEFT = "volunteer_left", N_("The volunteer left")
    NO_CONTACT = "no_contact", N_("No contact")
    CONCERN = "concern", N_("A concern")
    MOVED = "moved", N_("Moved")
    DIED = "died", N_("Died")
    OTHER = "other", N_("Other")


NO_REMATCH = frozenset({EndReason.NOT_A_FIT, EndReason.CONCERN})
"""A pair that ended so is not proposed again (H16)."""


class DeclineReason(Word):
    """Why a proposed match was declined; nobody has to say."""

    TIMES = "times", N_("The times do not fit")
    DISTANCE = "distance", N_("Too far")
    KNOW_EACH_OTHER = "know_each_other", N_("We know each other")
    NOT_COMFORTABLE = "not_comfortable", N_("Not comfortable")
    NO_REASON = "no_reason", N_("No reason given")


class EndingStep(Word):
    """What belongs to a good ending (framework.md, section 6)."""

    TOLD_EARLY = "told_early", N_("Both were told early that it would end")
    LOOKED_BACK = "looked_back", N_("They looked back on what was gained")
    NEXT_SUPPORT = "next_support", N_("The next support is in place")
    GOODBYE = "goodbye", N_("They said goodbye together")
    MESSAGES = "messages", N_("It is clear what happens with messages and data")
    FEEDBACK = "feedback", N_("Both were asked how it was")
    DEBRIEF = "debrief", N_("The volunteer was asked how they are")
