"""By what the trail is narrowed."""

from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from peerlink.web.form import Form
from peerlink.words import N_, _


class TrailForm(Form):
    """A day, a kind of deed, and where a page begins."""

    class Meta:
        """Reading needs no token."""

        csrf = False

    on = DateField(N_("Day"), [Optional()])
    deed = SelectField(N_("What was done"), [Optional()])
    before = IntegerField(validators=[Optional(), NumberRange(1, 2**31 - 1)])

    def offer(self, deeds: list[str]) -> None:
        """Fill the choices in."""
        self.deed.choices = [("", _("Anything")), *((deed, deed) for deed in deeds)]
