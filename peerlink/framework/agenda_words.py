"""The words of an agenda: what a talk with a volunteer is about, and how it weighs."""

from peerlink.framework.word import Word
from peerlink.words import N_


class AgendaTopic(Word):
    """What a point of an agenda is about, in the order it is talked of."""

    THEIRS = "theirs", N_("From the volunteer")
    WELL = "well", N_("What went well")
    FLAG = "flag", N_("Flags")
    HEAVY = "heavy", N_("Heavy contacts")
    LOAD = "load", N_("Load")
    TRAINING = "training", N_("Training")
    ACTION = "action", N_("Agreed before")


class Tone(Word):
    """How a point weighs."""

    GOOD = "good", N_("Good")
    NEUTRAL = "neutral", N_("To know")
    HEAVY = "heavy", N_("Weighs")
