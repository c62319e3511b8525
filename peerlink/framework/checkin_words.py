"""Why a check-in was left out."""

from peerlink.framework.word import Word
from peerlink.words import N_


class SkipReason(Word):
    """Why a volunteer leaves a check-in out."""

    AWAY = "away", N_("I was away or on a break")
    QUIET = "quiet", N_("There was little to do this month")
    NO_TIME = "no_time", N_("I had no time for it")
    UNWELL = "unwell", N_("I was not well")
    TOO_MUCH = "too_much", N_("It is all a bit much right now")
    RATHER_NOT = "rather_not", N_("I would rather not say how I am")
    OTHER = "other", N_("Something else")
