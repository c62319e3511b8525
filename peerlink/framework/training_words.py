"""The words training is described with: modules, sessions, who came, what somebody can do by now."""

from peerlink.framework.word import Word
from peerlink.words import N_


class ModuleStatus(Word):
    """Where one edition of a module stands."""

    DRAFT = "draft", N_("Draft")
    PUBLISHED = "published", N_("Published")
    RETIRED = "retired", N_("Retired")


class CompletionStatus(Word):
    """Where somebody stands with a module they were enrolled in."""

    ENROLLED = "enrolled", N_("Enrolled")
    PASSED = "passed", N_("Passed")
    FAILED = "failed", N_("Not passed yet")
    EXPIRED = "expired", N_("Ran out")
    WAIVED = "waived", N_("Waived")


class TrainingSessionStatus(Word):
    """Whether a training session took place."""

    PLANNED = "planned", N_("Planned")
    HELD = "held", N_("Held")
    CANCELLED = "cancelled", N_("Cancelled")


class AttendanceStatus(Word):
    """Whether somebody came to a training session."""

    ENROLLED = "enrolled", N_("Enrolled")
    PRESENT = "present", N_("Was there")
    ABSENT = "absent", N_("Was not there")
    EXCUSED = "excused", N_("Could not come")


class WishStatus(Word):
    """What became of a wish to learn something."""

    ASKED = "asked", N_("Asked for")
    GRANTED = "granted", N_("Granted")
    DECLINED = "declined", N_("Not now")
    WITHDRAWN = "withdrawn", N_("Taken back")


class CompetencyMark(Word):
    """What somebody can do by now, as whoever watched saw it."""

    NOT_YET = "not_yet", N_("Not yet")
    WITH_SUPPORT = "with_support", N_("With support")
    ALONE = "alone", N_("Alone")
