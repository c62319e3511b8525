"""What may be typed about training."""

from wtforms import BooleanField, DateField, DecimalField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.features.training.rules import MODULES, CompletionDraft
from peerlink.framework.people_words import TrainingResult
from peerlink.framework.support import SupportArea
from peerlink.web.form import Form
from peerlink.web.person_form import text, translated, words
from peerlink.words import N_, _


class CompletionForm(Form):
    """One module taken."""

    module = SelectField(N_("Module"))
    other = StringField(N_("Its name"), [Length(max=60)])
    completed_on = DateField(N_("Completed on"), [InputRequired(N_("Choose the day."))])
    valid_until = DateField(N_("Counts until"), [Optional()])
    hours = DecimalField(N_("Hours"), [Optional(), NumberRange(0, 24, N_("From 0 to 24 hours."))])
    result = SelectField(N_("Result"))
    mandatory = BooleanField(N_("Needed before serving"), default=True)
    areas = SelectMultipleField(N_("Areas it covers"))

    def offer(self) -> None:
        """Fill the choices in."""
        self.module.choices = [*translated(MODULES), ("", _("Another one"))]
        self.result.choices = words(TrainingResult)
        self.areas.choices = words(SupportArea)

    def draft(self) -> CompletionDraft:
        return CompletionDraft(
            module=self.module.data or text(self.other) or "",
            completed_on=self.completed_on.data,
            valid_until=self.valid_until.data,
            minutes=round(float(self.hours.data or 0) * 60),
            result=TrainingResult(self.result.data),
            mandatory=bool(self.mandatory.data),
            areas=tuple(self.areas.data or ()),
        )
