"""What may be typed to thank somebody, and about a day for the team."""

from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, Optional

from peerlink.features.recognition.rules import LONGEST_TITLE, LONGEST_WORDS, EventDraft
from peerlink.framework.care_words import READY, TeamEventKind
from peerlink.web.form import Form, OnceForm
from peerlink.web.person_form import text, words
from peerlink.words import N_, _


class ThanksForm(OnceForm):
    """One of the ready sentences, or own words."""

    ready = HiddenField()
    own = TextAreaField(N_("In your own words"), [Length(max=LONGEST_WORDS)])

    def said(self) -> str:
        """Return what is said: the sentence that was tapped, else what was typed."""
        chosen = str(self.ready.data or "")
        if chosen.isdecimal() and int(chosen) < len(READY):
            return _(READY[int(chosen)])
        return str(self.own.data or "")


class EventForm(OnceForm):
    """A day for the team, and who is invited."""

    title = StringField(N_("Name"), [InputRequired(N_("Give it a name.")), Length(max=LONGEST_TITLE)])
    kind = RadioField(N_("Kind"), [InputRequired(N_("Choose what it is."))])
    day = DateField(N_("Day"), [InputRequired(N_("Choose a day."))])
    hour = TimeField(N_("From"), [Optional()])
    where = StringField(N_("Where"), [Length(max=120)])
    invited = SelectMultipleField(N_("Who is invited"), [InputRequired(N_("Invite at least one volunteer."))])

    def offer(self, volunteers: dict[str, str]) -> None:
        """Fill the choices in; everybody is invited unless somebody is taken out."""
        self.kind.choices = words(TeamEventKind)
        self.invited.choices = list(volunteers.items())

    def draft(self) -> EventDraft:
        return EventDraft(
            day=self.day.data,
            kind=TeamEventKind(self.kind.data),
            title=str(self.title.data),
            hour=self.hour.data.strftime("%H:%M") if self.hour.data else None,
            where=text(self.where),
        )


class CameForm(Form):
    """Who came to a day of the team's."""

    came = SelectMultipleField(N_("Who came"))

    def offer(self, volunteers: dict[str, str]) -> None:
        """Fill the choices in."""
        self.came.choices = list(volunteers.items())


class ComingForm(Form):
    """Whether a volunteer comes, chosen with one tap."""

    coming = HiddenField(validators=[InputRequired()])
