"""The words for what a programme does for those who support others."""

from peerlink.framework.word import Word
from peerlink.words import N_


class TeamEventKind(Word):
    """How a team comes together."""

    GATHERING = "gathering", N_("Team gathering")
    BUDDY = "buddy", N_("Buddy meeting")
    CELEBRATION = "celebration", N_("Celebration")
    TRAINING_VISIT = "training_visit", N_("Visit to learn")


class Way(Word):
    """One of several ways in which an action can be taken, or a task that is none of the library's."""

    DEBRIEF = "debrief", N_("Book a debrief")
    BUDDY = "buddy", N_("Book a talk with their buddy")
    PAUSE = "pause", N_("Pause new matches")
    LOWER = "lower", N_("One person fewer from now on")
    HAND_OVER = "hand_over", N_("Hand over one match")
    BREAK = "break", N_("Agree a break")
    TEAM = "team", N_("Plan a team day")
    WORD = "word", N_("A word after a heavy contact")
    CALL_TODAY = "call_today", N_("A call today, as they asked")
    CALL_WEEK = "call_week", N_("A call this week, as they asked")


class ReferralStep(Word):
    """How far an offer of talks with a psychologist has come."""

    OFFERED = "offered", N_("Offered")
    WANTED = "wanted", N_("They would like it")
    DECLINED = "declined", N_("Not wanted now")
    ARRANGED = "arranged", N_("A first talk is arranged")
    SEEN = "seen", N_("The first talk took place")
    NOT_SEEN = "not_seen", N_("The first talk did not take place")


REFERRAL_STEPS = {
    ReferralStep.OFFERED: (ReferralStep.WANTED, ReferralStep.DECLINED),
    ReferralStep.WANTED: (ReferralStep.ARRANGED, ReferralStep.DECLINED),
    ReferralStep.ARRANGED: (ReferralStep.SEEN, ReferralStep.NOT_SEEN),
    ReferralStep.NOT_SEEN: (ReferralStep.ARRANGED, ReferralStep.DECLINED),
    ReferralStep.DECLINED: (),
    ReferralStep.SEEN: (),
}
"""What may follow; where nothing may, the referral is done."""
REFERRAL_DUE = {ReferralStep.WANTED: 7, ReferralStep.ARRANGED: 28, ReferralStep.NOT_SEEN: 7}
"""Days until the next step of a referral is looked for."""

READY = (
    N_("Thank you for the time you give. It matters, and we see it."),
    N_("You stayed when it was hard. Thank you."),
    N_("People here have somebody because of you. Thank you."),
)
"""Sentences to choose from with one tap."""
IMPACT = N_("Have a look at what your month came to. This is what you made possible.")
"""What is said where the card itself is the thanks (A21)."""
