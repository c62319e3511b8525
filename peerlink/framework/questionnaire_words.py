"""The words questionnaires and what people answer to them are described with."""

from peerlink.framework.word import Word
from peerlink.words import N_


class QuestionnaireStatus(Word):
    """Whether a questionnaire is asked."""

    DRAFT = "draft", N_("Looked over")
    ACTIVE = "active", N_("In use")
    RETIRED = "retired", N_("No longer asked")


class ResponseStatus(Word):
    """How far somebody has come with a questionnaire."""

    REQUESTED = "requested", N_("Asked")
    IN_PROGRESS = "in_progress", N_("Begun")
    COMPLETED = "completed", N_("Answered")
    STOPPED = "stopped", N_("Left out")


OPEN = (ResponseStatus.REQUESTED, ResponseStatus.IN_PROGRESS)
"""The states in which an answer is waited for."""
