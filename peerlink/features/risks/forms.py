"""What is asked when somebody does something about a flag."""

from wtforms import DateField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from peerlink.features.risks.deeds import NOTE_LENGTH, REST_DAYS, ActionDraft, NotNow
from peerlink.framework.care_words import ReferralStep, Way
from peerlink.web.form import Form
from peerlink.words import N_


class ActionForm(Form):
    """One thing to do, chosen with one tap."""

    code = HiddenField(validators=[InputRequired(), Length(max=4)])
    way = HiddenField(validators=[Optional(), AnyOf([one.value for one in Way])])
    sentence = IntegerField(validators=[Optional(), NumberRange(0, 9)])
    days = IntegerField(validators=[Optional()])
    note = TextAreaField(N_("A word about it"), [Length(max=NOTE_LENGTH)])

    def draft(self) -> ActionDraft:
        days = self.days.data if self.days.data in REST_DAYS else None
        return ActionDraft(
            code=str(self.code.data),
            way=Way(self.way.data) if self.way.data else None,
            days=days,
            sentence=self.sentence.data or 0,
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

    to = HiddenField(validators=[AnyOf([one.value for one in ReferralStep])])
    back = HiddenField()


class BackForm(Form):
    """Where to go on after something was done."""

    back = HiddenField()
