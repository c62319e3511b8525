"""What may be typed about looking after volunteers."""

import uuid
from collections.abc import Mapping

from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.features.supervision.covering import CoverDraft
from peerlink.features.supervision.rules import (
    ACTION_LENGTH,
    LONGEST,
    NOTE_LENGTH,
    POINT_LENGTH,
    WHERE_LENGTH,
    Agreed,
    HeldDraft,
)
from peerlink.framework.people_words import SupervisionKind, SupervisionTheme
from peerlink.web.form import Form
from peerlink.web.person_form import text, words
from peerlink.words import N_, _

ROWS = (1, 2, 3)
"""Things that can be agreed in one session."""
THEIRS, MINE = "theirs", "mine"


def _minutes() -> IntegerField:
    return IntegerField(N_("Minutes"), [Optional(), NumberRange(1, LONGEST, N_("From 1 to 480 minutes."))])


def _when() -> tuple[DateField, TimeField, StringField]:
    return (
        DateField(N_("Day"), [InputRequired(N_("Choose a day."))]),
        TimeField(N_("Time"), [Optional()]),
        StringField(N_("Place or link"), [Length(max=WHERE_LENGTH)]),
    )


class PlanForm(Form):
    """A session to come."""

    kind = SelectField(N_("Kind"))
    on, at, where = _when()

    def offer(self) -> None:
        """Fill the choices in."""
        self.kind.choices = words(SupervisionKind)


class HeldForm(Form):
    """A session that took place."""

    held_on = DateField(N_("Held on"), [InputRequired(N_("Choose the day."))])
    minutes = _minutes()
    themes = SelectMultipleField(N_("What it was about"))
    note = TextAreaField(N_("Note"), [Length(max=NOTE_LENGTH)])
    done = SelectMultipleField(N_("Agreed before: what is done"))
    agreed_1 = StringField(N_("Agreed"), [Length(max=ACTION_LENGTH)])
    agreed_1_who = SelectField(N_("Who"))
    agreed_1_on = DateField(N_("By"), [Optional()])
    agreed_2 = StringField(N_("Also agreed"), [Length(max=ACTION_LENGTH)])
    agreed_2_who = SelectField(N_("Who"))
    agreed_2_on = DateField(N_("By"), [Optional()])
    agreed_3 = StringField(N_("Also agreed"), [Length(max=ACTION_LENGTH)])
    agreed_3_who = SelectField(N_("Who"))
    agreed_3_on = DateField(N_("By"), [Optional()])
    next_on = DateField(N_("Next one on"), [Optional()])

    def offer(self, volunteer: str, open_actions: Mapping[uuid.UUID, str]) -> None:
        """Fill the choices in: who does what was agreed, and what was agreed before."""
        self.themes.choices = words(SupervisionTheme)
        self.done.choices = [(one.hex, what) for one, what in open_actions.items()]
        for n in ROWS:
            self[f"agreed_{n}_who"].choices = [(THEIRS, volunteer), (MINE, _("Me"))]

    def draft(self) -> HeldDraft:
        return HeldDraft(
            held_on=self.held_on.data,
            minutes=self.minutes.data,
            themes=tuple(self.themes.data or ()),
            note=text(self.note),
            agreed=tuple(
                Agreed(what, self[f"agreed_{n}_on"].data, self[f"agreed_{n}_who"].data != MINE)
                for n in ROWS
                if (what := text(self[f"agreed_{n}"]))
            ),
        )

    def done_ids(self) -> list[uuid.UUID]:
        return [uuid.UUID(one) for one in self.done.data or ()]


class GroupForm(Form):
    """A group to come, or one that met already."""

    id = HiddenField()
    on, at, where = _when()
    who = SelectMultipleField(N_("Who is expected"))

    def offer(self, people: Mapping[uuid.UUID, str]) -> None:
        """Fill in who may be expected."""
        self.who.choices = [(one.hex, name) for one, name in people.items()]

    def group_id(self) -> uuid.UUID:
        """Return what this form is known by, so that it counts once however often it is sent."""
        try:
            return uuid.UUID(str(self.id.data))
        except ValueError:
            return uuid.uuid4()


class CameForm(Form):
    """Who came to a group."""

    who = SelectMultipleField(N_("Who came"))
    minutes = _minutes()
    note = TextAreaField(N_("Note"), [Length(max=NOTE_LENGTH)])
    themes = SelectMultipleField(N_("What it was about"))

    def offer(self, people: Mapping[uuid.UUID, str]) -> None:
        """Fill in who was expected."""
        self.who.choices = [(one.hex, name) for one, name in people.items()]
        self.themes.choices = words(SupervisionTheme)


class PointForm(Form):
    """What a volunteer wants to talk about."""

    text = StringField(N_("I would like to talk about"), [Length(max=POINT_LENGTH)])


class MetForm(Form):
    """A meeting of two buddies."""

    id = HiddenField()
    buddy = RadioField(N_("With"), [InputRequired(N_("Say whom you met."))])
    on = DateField(N_("Day"), [InputRequired(N_("Choose the day."))])

    def offer(self, buddies: Mapping[uuid.UUID, str]) -> None:
        """Fill in the buddies there are; one alone is chosen already."""
        self.buddy.choices = [(one.hex, name) for one, name in buddies.items()]
        if len(buddies) == 1 and not self.buddy.data:
            self.buddy.data = next(iter(buddies)).hex

    def meeting_id(self) -> uuid.UUID:
        """Return what this form is known by, so that it counts once however often it is sent."""
        try:
            return uuid.UUID(str(self.id.data))
        except ValueError:
            return uuid.uuid4()


class AwayForm(Form):
    """When a supervisor is away, and who looks after their volunteers."""

    from_on = DateField(N_("First day away"), [InputRequired(N_("Choose the first day."))])
    until_on = DateField(N_("Last day away"), [InputRequired(N_("Choose the last day."))])
    cover = SelectField(N_("Who covers"))

    def offer(self, colleagues: Mapping[uuid.UUID, str]) -> None:
        """Fill in who may cover."""
        nobody = ("", _("Nobody: flags go to a deputy at once"))
        self.cover.choices = [*((one.hex, name) for one, name in colleagues.items()), nobody]

    def draft(self) -> CoverDraft:
        return CoverDraft(
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            by_id=uuid.UUID(self.cover.data) if self.cover.data else None,
        )
