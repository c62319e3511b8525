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
    MEDICAL = "medical", N_("Refer to a medical service")
    PSYCHOLOGICAL = "psychological", N_("Refer to a psychological service")
    SOCIAL = "social", N_("Refer to a social service")
    WORD = "word", N_("A word after a heavy contact")
    CALL_TODAY = "call_today", N_("A call today, as they asked")
    CALL_WEEK = "call_week", N_("A call this week, as they asked")


class CourseStep(Word):
    """How far something has come that is followed step by step."""

    OFFERED = "offered", N_("Offered")
    WANTED = "wanted", N_("They would like it")
    DECLINED = "declined", N_("Not wanted now")
    ARRANGED = "arranged", N_("A first talk is arranged")
    SEEN = "seen", N_("The first talk took place")
    NOT_SEEN = "not_seen", N_("The first talk did not take place")
    DRAFTED = "drafted", N_("To be agreed and sent")
    SENT = "sent", N_("They agreed, it is sent")
    ACKNOWLEDGED = "acknowledged", N_("The service has it")
    ATTENDED = "attended", N_("They got there")
    NOT_ATTENDED = "not_attended", N_("They did not get there")
    NOT_AVAILABLE = "not_available", N_("The service cannot help")
    TO_FIND = "to_find", N_("To make known")
    MADE_KNOWN = "made_known", N_("The word is out")
    IN_TRAINING = "in_training", N_("Somebody is in training")
    NEW_ACTIVE = "new_active", N_("Somebody new is active")
    NOBODY = "nobody", N_("Nobody was found")


FIRST_STEP = {"A01": CourseStep.OFFERED, "A18": CourseStep.DRAFTED, "A22": CourseStep.TO_FIND}
"""The actions that are followed step by step, and where each begins."""
COURSE_STEPS = {
    CourseStep.OFFERED: (CourseStep.WANTED, CourseStep.DECLINED),
    CourseStep.WANTED: (CourseStep.ARRANGED, CourseStep.DECLINED),
    CourseStep.ARRANGED: (CourseStep.SEEN, CourseStep.NOT_SEEN),
    CourseStep.NOT_SEEN: (CourseStep.ARRANGED, CourseStep.DECLINED),
    CourseStep.DECLINED: (),
    CourseStep.SEEN: (),
    CourseStep.DRAFTED: (CourseStep.SENT, CourseStep.DECLINED),
    CourseStep.SENT: (CourseStep.ACKNOWLEDGED, CourseStep.DECLINED, CourseStep.NOT_AVAILABLE),
    CourseStep.ACKNOWLEDGED: (
        CourseStep.ATTENDED,
        CourseStep.NOT_ATTENDED,
        CourseStep.DECLINED,
        CourseStep.NOT_AVAILABLE,
    ),
    CourseStep.ATTENDED: (),
    CourseStep.NOT_ATTENDED: (),
    CourseStep.NOT_AVAILABLE: (),
    CourseStep.TO_FIND: (CourseStep.MADE_KNOWN, CourseStep.NOBODY),
    CourseStep.MADE_KNOWN: (CourseStep.IN_TRAINING, CourseStep.NOBODY),
    CourseStep.IN_TRAINING: (CourseStep.NEW_ACTIVE, CourseStep.NOBODY),
    CourseStep.NEW_ACTIVE: (),
    CourseStep.NOBODY: (),
}
"""What may follow; where nothing may, it is done. A referral goes as framework.md section 6 says."""
COURSE_DUE = {
    CourseStep.WANTED: 7,
    CourseStep.ARRANGED: 28,
    CourseStep.NOT_SEEN: 7,
    CourseStep.SENT: 7,
    CourseStep.ACKNOWLEDGED: 23,
    CourseStep.MADE_KNOWN: 28,
    CourseStep.IN_TRAINING: 28,
}
"""Days until the next step is looked for; a referral that is sent is answered within thirty."""

READY = (
    N_("Thank you for the time you give. It matters, and we see it."),
    N_("You stayed when it was hard. Thank you."),
    N_("People here have somebody because of you. Thank you."),
)
"""Sentences to choose from with one tap."""
IMPACT = N_("Have a look at what your month came to. This is what you made possible.")
"""What is said where the card itself is the thanks (A21)."""
