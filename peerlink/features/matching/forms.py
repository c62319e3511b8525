"""What may be typed about a match."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from peerlink.features.matching.models import Answer
from peerlink.features.matching.service import EndDraft
from peerlink.framework.reasons import DeclineReason, EndingStep, EndReason, PauseReason
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.web.form import Form
from peerlink.web.person_form import words
from peerlink.words import N_, _

LONGEST_REASON = 300


class OverrideForm(Form):
    """Why a constraint is set aside for a pair."""

    H9 = TextAreaField(N_("Why a shared language is not needed"), [Length(max=LONGEST_REASON)])
    H13 = TextAreaField(N_("Why a shared way of meeting is not needed"), [Length(max=LONGEST_REASON)])
    H14 = TextAreaField(N_("Why a shared time is not needed"), [Length(max=LONGEST_REASON)])
    H16 = TextAreaField(N_("Why they are brought together again"), [Length(max=LONGEST_REASON)])

    def ask_for(self, codes: Iterable[str]) -> None:
        """Mark the reasons these constraints need as ones that have to be given."""
        for code in codes:
            if code in self:
                self[code].flags.required = True

    def reasons(self) -> dict[str, str]:
        """Return what was written, by constraint."""
        typed = {name: str(self[name].data or "").strip() for name in ("H9", "H13", "H14", "H16")}
        return {name: reason for name, reason in typed.items() if reason}


class AnswerForm(Form):
    """A yes or a no, and a reason for whoever wants to give one."""

    said = RadioField(N_("Answer"), [InputRequired()])
    why = RadioField(N_("Why not"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said.choices = [(Answer.YES.value, _("Yes")), (Answer.NO.value, _("No"))]
        self.why.choices = words(DeclineReason)

    def answer(self) -> Answer:
        return Answer(self.said.data)

    def reason(self) -> DeclineReason | None:
        """Return the reason of a no, None where none was given."""
        known = {one.value: one for one in DeclineReason}
        return known.get(str(self.why.data)) if self.said.data == Answer.NO.value else None


class PauseForm(Form):
    """Why a match rests."""

    reason = SelectField(N_("Why does it rest?"), [InputRequired()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [("", _("Choose")), *words(PauseReason)]

    def chosen(self) -> PauseReason:
        return PauseReason(self.reason.data)


class EndForm(Form):
    """How a match ends."""

    reason = SelectField(N_("Why does it end?"), [InputRequired()])
    planned = BooleanField(N_("It was planned"))
    checklist = SelectMultipleField(N_("What was done for a good ending"))
    afterwards = RadioField(N_("What comes next for the participant"), [InputRequired()])
    note = TextAreaField(N_("Note"), [Length(max=LONGEST_REASON)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [("", _("Choose")), *words(EndReason)]
        self.checklist.choices = words(EndingStep)
        self.afterwards.choices = [
            (ParticipantStatus.WAITING.value, _("They wait for somebody else")),
            (ParticipantStatus.ENDING.value, _("Their support ends")),
        ]

    def draft(self) -> EndDraft:
        """Return what was said as the service takes it."""
        return EndDraft(
            reason=EndReason(self.reason.data),
            planned=bool(self.planned.data),
            checklist=frozenset(EndingStep(one) for one in self.checklist.data or ()),
            afterwards=ParticipantStatus(self.afterwards.data),
            note=str(self.note.data or "").strip() or None,
        )
