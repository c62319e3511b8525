"""The words for how volunteers come, what they sign, how they are shown, and how they leave."""

from peerlink.framework.word import Word
from peerlink.words import N_


class TextKind(Word):
    """What a published text is."""

    ROLE = "role", N_("Role agreement")
    CONFIDENTIALITY = "confidentiality", N_("Confidentiality agreement")
    DATA_NOTICE = "data_notice", N_("What happens with your details")


SIGNED = (TextKind.ROLE, TextKind.CONFIDENTIALITY)
"""What every volunteer signs; the other is told to whoever offers to help."""


class SignedHow(Word):
    """How an agreement was signed."""

    ON_PAPER = "on_paper", N_("On paper")
    ON_SCREEN = "on_screen", N_("On screen")


class Preparation(Word):
    """What is talked through with somebody before their training begins (framework.md, section 6)."""

    INTERVIEW = "interview", N_("Getting to know each other")
    STABILITY = "stability", N_("A talk about how they are")
    EXPOSURE = "exposure", N_("A talk about being seen")
    LIMITS = "limits", N_("Own limits and hours")


class HandoverKind(Word):
    """What becomes of a match whose volunteer leaves."""

    HAND_OVER = "hand_over", N_("Hand over")
    GOODBYE = "goodbye", N_("Planned goodbye")
    ENDS_NOW = "ends_now", N_("Ends without a goodbye")


class ShownAs(Word):
    """Which name of a volunteer the team sees: their own choice."""

    INITIAL = "initial", N_("Given name and one letter")
    GIVEN_NAME = "given_name", N_("Given name only")
    ALIAS = "alias", N_("Another name")


class ShownIn(Word):
    """Where a volunteer may be shown to others, each with a consent of its own (section 8, rule 10).

    What a bank learns is agreed where the account is written down.
    """

    TEAM_LIST = "team_list", N_("On the team list")
    BADGE = "badge", N_("On a name badge")
    PUBLIC_PAGE = "public_page", N_("On a page anybody can read")
    CLINIC = "clinic", N_("To the staff of a clinic")


class PrivacyMeasure(Word):
    """What a privacy plan may change (A08)."""

    PLACE = "place", N_("Another place to meet")
    CHANNEL = "channel", N_("Another way of being in touch")
    NAME_SHOWN = "name_shown", N_("Another name shown")
    TIME = "time", N_("Another time of day")
    CLINIC = "clinic", N_("Another clinic, or none")


class TimeOfWeek(Word):
    """When somebody who offers to help has time, in words quick to choose."""

    MORNINGS = "mornings", N_("Weekday mornings")
    AFTERNOONS = "afternoons", N_("Weekday afternoons")
    EVENINGS = "evenings", N_("Weekday evenings")
    WEEKENDS = "weekends", N_("Weekends")


_WEEK, _END = ("mon", "tue", "wed", "thu", "fri"), ("sat", "sun")
_HOURS = {
    TimeOfWeek.MORNINGS: (_WEEK, "09:00-12:00"),
    TimeOfWeek.AFTERNOONS: (_WEEK, "13:00-17:00"),
    TimeOfWeek.EVENINGS: (_WEEK, "18:00-20:00"),
    TimeOfWeek.WEEKENDS: (_END, "10:00-16:00"),
}


def slots_of(times: tuple[TimeOfWeek, ...]) -> tuple[str, ...]:
    """Return the weekly times these words stand for; they are talked through later."""
    return tuple(f"{day} {hours}" for time in times for days, hours in (_HOURS[time],) for day in days)


class KeepReason(Word):
    """Why the record of somebody who left is kept longer than is usual."""

    LAW = "law", N_("The law asks for it")
    NOT_SETTLED = "not_settled", N_("Something is not settled yet")
    THEIR_WISH = "their_wish", N_("They asked us to")
