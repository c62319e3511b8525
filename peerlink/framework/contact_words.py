"""The words a contact is described with."""

from peerlink.framework.word import Word
from peerlink.words import N_


class ContactStatus(Word):
    """What became of a planned contact."""

    PLANNED = "planned", N_("Planned")
    HELD = "held", N_("Held")
    MISSED = "missed", N_("Missed")
    CANCELLED = "cancelled", N_("Cancelled")
    RESCHEDULED = "rescheduled", N_("Planned for later")
    UNCONFIRMED = "unconfirmed", N_("Not confirmed")


class MissedBy(Word):
    """On whose side a contact fell through."""

    PARTICIPANT = "participant", N_("Participant")
    VOLUNTEER = "volunteer", N_("Volunteer")
    BOTH = "both", N_("Both")
    SYSTEM = "system", N_("Neither: something technical")


PARTICIPANT_SIDE = frozenset({MissedBy.PARTICIPANT, MissedBy.BOTH})
"""The misses that count as dropping away (R51)."""


class ContactKind(Word):
    """What form a contact took."""

    ONE_TO_ONE = "one_to_one", N_("One to one")
    GROUP = "group", N_("Group")
    ACCOMPANY = "accompany", N_("Going along")
    MESSAGE_DAY = "message_thread_day", N_("A day of messages")


class Channel(Word):
    """How two people are in touch."""

    IN_PERSON = "in_person", N_("In person")
    PHONE = "phone", N_("Phone")
    VIDEO = "video", N_("Video")
    TEXT = "text", N_("Text message")
    APP = "app", N_("App chat")


class PlaceRating(Word):
    """How safe a place felt."""

    SAFE = "safe", N_("Safe")
    UNSURE = "unsure", N_("Unsure")
    NOT_SAFE = "not_safe", N_("Not safe")


class Topic(Word):
    """What was talked about."""

    TREATMENT_START = "treatment_start", N_("Starting treatment")
    SIDE_EFFECTS = "side_effects", N_("Side effects")
    MISSED_DOSES = "missed_doses", N_("Missed doses")
    RESISTANCE_AND_RESULTS = "resistance_and_results", N_("Resistance and results")
    U_EQUALS_U = "u=u", N_("Undetectable means untransmittable")
    DISCLOSURE = "disclosure", N_("Telling others")
    RELATIONSHIPS = "relationships", N_("Relationships")
    SEX_AND_CONTRACEPTION = "sex_and_contraception", N_("Sex and contraception")
    PREGNANCY_AND_FEEDING = "pregnancy_and_feeding", N_("Pregnancy and feeding")
    CHILDREN = "children", N_("Children")
    STIGMA = "stigma", N_("Stigma")
    WORK = "work", N_("Work")
    MONEY = "money", N_("Money")
    HOUSING = "housing", N_("Housing")
    FOOD = "food", N_("Food")
    MIGRATION = "migration", N_("Migration")
    RIGHTS = "rights", N_("Rights")
    MENTAL_WELLBEING = "mental_wellbeing", N_("Mental wellbeing")
    GRIEF = "grief", N_("Grief")
    ALCOHOL = "alcohol", N_("Alcohol")
    DRUGS = "drugs", N_("Drugs")
    VIOLENCE = "violence", N_("Violence")
    AGEING = "ageing", N_("Ageing")
    OTHER_ILLNESS = "other_illness", N_("Other illness")
    VACCINATION = "vaccination", N_("Vaccination")
    SERVICE_NAVIGATION = "service_navigation", N_("Finding the right service")


class DifficultyTag(Word):
    """What made a contact hard."""

    NONE = "none", N_("Nothing")
    HOSTILITY = "hostility", N_("Hostility")
    REJECTION = "rejection", N_("Rejection")
    COMPLAINT = "complaint", N_("Complaint")
    NO_SHOW = "no_show", N_("Nobody came")
    BOUNDARY = "boundary", N_("A boundary was tested")
    CRISIS = "crisis", N_("Crisis")
    SUICIDALITY = "suicidality", N_("Thoughts of suicide")
    VIOLENCE = "violence", N_("Violence or threat")
    BEREAVEMENT = "bereavement", N_("A death")
    RELAPSE = "relapse", N_("Relapse")


CRITICAL = frozenset({DifficultyTag.SUICIDALITY, DifficultyTag.VIOLENCE, DifficultyTag.BEREAVEMENT})
"""Contacts after which a missing debrief is critical (R26)."""
HEAVY = CRITICAL | {DifficultyTag.CRISIS, DifficultyTag.RELAPSE}
"""Contacts that weigh on whoever was there (R25, R26)."""
NEGATIVE = frozenset(
    {DifficultyTag.HOSTILITY, DifficultyTag.REJECTION, DifficultyTag.COMPLAINT, DifficultyTag.NO_SHOW}
)
"""Reactions that hurt (R22); violence is critical there by itself."""
RISK = frozenset({DifficultyTag.CRISIS, DifficultyTag.SUICIDALITY})
"""Tags after which a participant who drops away is at risk (R51)."""


class BridgingTag(Word):
    """Between whom a volunteer built a bridge, or carried a message."""

    SOCIAL_TIES = "social_ties", N_("Family, partner, friends")
    COMMUNITY = "community", N_("Community groups and services")
    HEALTH_SYSTEM = "health_system", N_("Health services")
    MESSAGE_TO_CLINIC = "message_to_clinic", N_("A message to the clinic")
    MESSAGE_FROM_CLINIC = "message_from_clinic", N_("A message from the clinic")


class Technique(Word):
    """How somebody was helped to decide."""

    INFORMATION = "information", N_("Giving facts")
    PROS_CONS = "pros_cons", N_("Weighing pros and cons")
    MOTIVATIONAL = "motivational", N_("Motivational conversation")
