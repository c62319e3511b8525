"""What can happen to questionnaires and to what people answer."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording


@dataclass(frozen=True, kw_only=True)
class _AboutQuestionnaire(Event):
    questionnaire_id: uuid.UUID


class QuestionnaireLoaded(_AboutQuestionnaire):
    """Wording was brought, by somebody who says that they have a right to it."""


class QuestionnaireActivated(_AboutQuestionnaire):
    """A questionnaire can be asked from now on."""


class QuestionnaireRetired(_AboutQuestionnaire):
    """A questionnaire is no longer asked."""


class QuestionnaireDiscarded(_AboutQuestionnaire):
    """A questionnaire that was only looked over is gone."""


@dataclass(frozen=True, kw_only=True)
class _AboutResponse(Event):
    volunteer_id: uuid.UUID
    response_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class ResponseAsked(_AboutResponse):
    """Somebody is asked to answer a questionnaire."""

    def messages(self) -> tuple[Message, ...]:
        return (Message(self.volunteer_id, Wording.FORM, f"response:{self.response_id.hex}"),)


class ResponseBegun(_AboutResponse):
    """Somebody takes a questionnaire up of their own accord."""


class ResponseStopped(_AboutResponse):
    """A questionnaire was left out, or waited too long; what was answered is gone."""


class SelfHarmAnswered(_AboutResponse):
    """An answer speaks of harm to oneself: whoever is on duty is needed, however few answers there are.

    It is announced in the transaction that keeps the answer, once for a response.
    """


class ResultChanged(_AboutResponse):
    """What somebody's results say to those they are shown to is another now."""


@dataclass(frozen=True, kw_only=True)
class _ShownTo(ResultChanged):
    contact_id: uuid.UUID | None = None
    """The account that was chosen to see it; None for nobody, or whoever reads the check-ins."""

    def messages(self) -> tuple[Message, ...]:
        if self.contact_id is None:
            return ()
        return (Message(self.contact_id, Wording.UPDATE, f"result:{self.response_id.hex}"),)


class ResponseCompleted(_ShownTo):
    """A questionnaire was answered and scored."""


class ResponseShared(_ShownTo):
    """Somebody agreed that a result is seen."""


class ResponseTakenBack(ResultChanged):
    """Somebody no longer wants a result to be seen."""


class ResponseHandled(ResultChanged):
    """A professional has what a result says in hand, or that was taken back."""
