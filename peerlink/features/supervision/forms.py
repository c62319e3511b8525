"""What may be typed about looking after volunteers."""

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.features.supervision.rules import LONGEST, NOTE_LENGTH, Agreed, HeldDraft
from peerlink.framework.people_words import SupervisionKind, SupervisionTheme
from peerlink.web.form import Form
from peerlink.web.person_form import text, words
from peerlink.words import N_


class PlanForm(Form):
    """A session to come."""

    kind = SelectField(N_("Kind"))
    on = DateField(N_("Day"), [InputRequired(N_("Choose a day."))])

    def offer(self) -> None:
        """Fill the choices in."""
        self.kind.choices = words(SupervisionKind)


class HeldForm(Form):
    """A session that took place."""

    held_on = DateField(N_("Held on"), [InputRequired(N_("Choose the day."))])
    minutes = IntegerField(N_("Minutes"), [Optional(), NumberRange(1, LONGEST, N_("From 1 to 480 minutes."))])
    themes = SelectMultipleField(N_("What it was about"))
    note = TextAreaField(N_("Note"), [Length(max=NOTE_LENGTH)])
    agreed_1 = StringField(N_("Agreed"), [Length(max=200)])
    agreed_1_on = DateField(N_("By"), [Optional()])
    agreed_2 = StringField(N_("Also agreed"), [Length(max=200)])
    agreed_2_on = DateField(N_("By"), [Optional()])
    next_on = DateField(N_("Next one on"), [Optional()])

    def offer(self) -> None:
        """Fill the choices in."""
        self.themes.choices = words(SupervisionTheme)

    def draft(self) -> HeldDraft:
        agreed = ((text(self[f"agreed_{n}"]), self[f"agreed_{n}_on"].data) for n in (1, 2))
        return HeldDraft(
            held_on=self.held_on.data,
            minutes=self.minutes.data,
            themes=tuple(self.themes.data or ()),
            note=text(self.note),
            agreed=tuple(Agreed(what, due_on) for what, due_on in agreed if what),
        )
