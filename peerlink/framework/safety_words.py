"""The words of staying safe: why somebody is called, where a visit leads, how it ended."""

from peerlink.framework.word import Word
from peerlink.words import N_


class SafetyCause(Word):
    """Why somebody needs a call without delay (framework.md section 8, rule 1)."""

    SELF_HARM_ANSWER = "self_harm_answer", N_("An answer about harming oneself")
    SUICIDALITY_TAG = "suicidality_tag", N_("A contact in which somebody spoke of not wanting to live")
    CONTACT_TODAY = "contact_today", N_("Asked to be called today")


class DutyKind(Word):
    """What somebody is on duty as."""

    SUPERVISOR = "supervisor", N_("Looks after volunteers")
    COORDINATOR = "coordinator", N_("Coordinates")


class VisitPlace(Word):
    """Where a visit takes place."""

    PLACE = "place", N_("A place of the programme")
    HOME = "home", N_("At their home")
    ELSEWHERE = "elsewhere", N_("Somewhere else")


class VisitEnd(Word):
    """How a visit ended."""

    ALL_WELL = "all_well", N_("All well")
    NEED_SOMEBODY = "need_somebody", N_("I need somebody")
