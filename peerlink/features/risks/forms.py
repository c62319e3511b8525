"""What is asked when somebody does something about a flag."""

from wtforms import DateField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from peerlink.features.risks.deeds import NOTE_LENGTH, REST_DAYS, ActionDraft, NotNow
from peerlink.framework.care_words import CourseStep, Way
from peerlink.web.form import Form
from peerlink.words import N_, _


class ActionForm(Form):
    """One thing to do, chosen with one tap: `A04`, a way of it as `A04.lower`, a sentence as `A03.1`."""

    code = HiddenField(validators=[InputRequired(), Length(max=20)])
    days = IntegerField(validators=[Optional()])
    note = TextAreaField(N_("A word about it"), [Length(max=NOTE_LENGTH)])

    def validate_code(self, field: HiddenField) -> None:
        _code, _dot, more = str(field.data).partition(".")
        if more and more not in set(Way) and not more.isdecimal():
            raise ValidationError(_("That is not offered here."))

    def draft(self) -> ActionDraft:
        code, _dot, more = str(self.code.data).partition(".")
        return ActionDraft(
            code=code,
            way=Way(more) if more and not more.isdecimal() else None,
            days=self.days.data if self.days.data in REST_DAYS else None,
            sentence=int(more) if more.isdecimal() else 0,
            note=self.note.data or None,
        )


class RestForm(Form):
    """Why a flag is no concern now, chosen with one tap."""

    why = HiddenField(validators=[AnyOf([one.value for one in NotNow])])


class NoteForm(Form):
    """A word about what one does."""

    note = TextAreaField(N_("A word about it"), [Length(max=NOTE_LENGTH)])


class SnoozeForm(Form):
    """Until when a flag may wait, and why."""

    until = DateField(N_("Until"), [InputRequired()])
    reason = TextAreaField(N_("Why it can wait"), [InputRequired(), Length(max=NOTE_LENGTH)])


class OwnSideForm(Form):
    """What a volunteer wants to add to what a flag says of them."""

    text = TextAreaField(N_("My side"), [Length(max=NOTE_LENGTH)])


class StepForm(Form):
    """How far a referral has come, chosen with one tap."""

    to = HiddenField(validators=[AnyOf([one.value for one in CourseStep])])
    back = HiddenField()


class BackForm(Form):
    """Where to go on after something was done."""

    back = HiddenField()
