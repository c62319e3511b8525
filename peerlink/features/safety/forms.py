"""What may be typed about the safety plan, turns on duty, calls and visits."""

import datetime as dt
import uuid
from typing import Any

from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from peerlink.features.safety.models import SafetyPlan
from peerlink.features.safety.rules import LONGEST, WEEKDAYS, CrisisNumber, PlanDraft, VisitDraft
from peerlink.framework.safety_words import DutyKind, VisitEnd, VisitPlace
from peerlink.web.form import Form
from peerlink.web.person_form import text, words
from peerlink.words import N_, _

N_NUMBERS = 4
DAY_NAMES = dict(
    zip(
        WEEKDAYS,
        (
            N_("Monday"),
            N_("Tuesday"),
            N_("Wednesday"),
            N_("Thursday"),
            N_("Friday"),
            N_("Saturday"),
            N_("Sunday"),
        ),
        strict=True,
    )
)
MINUTES = (30, 60, 90, 120, 180)


class _Plan(Form):
    words = TextAreaField(N_("What people read first"), [Length(max=LONGEST)])
    path = TextAreaField(N_("The path: who does what, in which order"), [Length(max=LONGEST)])
    card = TextAreaField(N_("The card for volunteers"), [Length(max=LONGEST)])
    duty_phone = TelField(N_("The phone of whoever is on duty"), [Length(max=40)])
    days = SelectMultipleField(N_("Days on which somebody can be reached"))
    opens = TimeField(N_("From"), [Optional()])
    closes = TimeField(N_("To"), [Optional()])

    def offer(self) -> None:
        self.days.choices = [(day, _(name)) for day, name in DAY_NAMES.items()]

    def numbers(self) -> list[tuple[Any, Any, Any]]:
        """Return the rows of numbers, each with its name, number and hours."""
        return [tuple(self[f"{part}_{n}"] for part in ("name", "number", "hours")) for n in range(N_NUMBERS)]

    def draft(self) -> PlanDraft:
        said = [(text(name), text(number), text(hours)) for name, number, hours in self.numbers()]
        return PlanDraft(
            numbers=tuple(
                CrisisNumber(name=name or "", number=number or "", hours=hours or "")
                for name, number, hours in said
                if name or number
            ),
            words=text(self.words),
            path=text(self.path),
            card=text(self.card),
            duty_phone=text(self.duty_phone),
            days=tuple(self.days.data or ()),
            opens=self.opens.data,
            closes=self.closes.data,
        )


PlanForm: type[_Plan] = type(
    "PlanForm",
    (_Plan,),
    {
        f"{part}_{n}": kind(label, [Length(max=60)])
        for n in range(N_NUMBERS)
        for part, kind, label in (
            ("name", StringField, N_("Who answers")),
            ("number", TelField, N_("Number")),
            ("hours", StringField, N_("When")),
        )
    },
)
"""The safety plan with a few numbers."""


def said_in(plan: SafetyPlan | None) -> dict[str, Any]:
    """Return what the plan says, as its form asks it."""
    if plan is None:
        return {}
    said: dict[str, Any] = {name: getattr(plan, name) for name in ("words", "path", "card", "duty_phone")}
    said["days"] = plan.days or []
    said["opens"] = dt.time.fromisoformat(plan.hours_from) if plan.hours_from else None
    said["closes"] = dt.time.fromisoformat(plan.hours_to) if plan.hours_to else None
    for n, one in enumerate((plan.numbers or [])[:N_NUMBERS]):
        said |= {f"{part}_{n}": one.get(part, "") for part in ("name", "number", "hours")}
    return said


class TurnForm(Form):
    """Somebody's turn on duty."""

    who = SelectField(N_("Who"), [InputRequired()])
    kind = RadioField(N_("As"), [InputRequired(N_("Choose as what."))])
    from_on = DateField(N_("From"), [InputRequired(N_("Choose the first day."))])
    until_on = DateField(N_("Until"), [InputRequired(N_("Choose the last day."))])
    weekday = SelectField(N_("On"))

    def offer(self, staff: list[tuple[uuid.UUID, str]]) -> None:
        self.who.choices = [(one.hex, name) for one, name in staff]
        self.kind.choices = words(DutyKind)
        every = [("", _("Every day"))]
        self.weekday.choices = every + [(str(n), _(DAY_NAMES[day])) for n, day in enumerate(WEEKDAYS)]


class CallCloseForm(Form):
    """What was done."""

    done = TextAreaField(
        N_("What was done"),
        [InputRequired(N_("Write down what was done; it stays sealed.")), Length(max=LONGEST)],
    )


class ToForm(Form):
    """To whom a call goes."""

    to = SelectField(N_("To"))

    def offer(self, takers: list[tuple[uuid.UUID, str]]) -> None:
        self.to.choices = [(one.hex, name) for one, name in takers]


class BackForm(Form):
    """How a visit ended, with one tap."""

    how = HiddenField(validators=[AnyOf([one.value for one in VisitEnd])])


class VisitForm(Form):
    """Where somebody goes and when they will be back."""

    match = SelectField(N_("With"))
    where = RadioField(N_("Where"))
    place = SelectField(N_("Place"), validate_choice=False)
    minutes = RadioField(N_("Back in"))
    where_words = StringField(N_("Where exactly"), [Length(max=200)])
    risk_note = TextAreaField(N_("What could go wrong there, and what you do then"), [Length(max=LONGEST)])
    contact = HiddenField()

    def offer(self, people: dict[uuid.UUID, str], places: dict[uuid.UUID, str]) -> None:
        self.match.choices = [(one.hex, name) for one, name in people.items()]
        self.match.choices.append(("", _("A group, or somebody else")))
        self.where.choices = words(VisitPlace)
        self.place.choices = [(one.hex, name) for one, name in places.items()] or [("", "–")]
        self.minutes.choices = [(str(n), _("%(n)s minutes", n=n) if n < 120 else _hours(n)) for n in MINUTES]

    def draft(self) -> VisitDraft:
        where = VisitPlace(self.where.data)
        return VisitDraft(
            minutes=int(self.minutes.data),
            where=where,
            match_id=_id(self.match.data),
            contact_id=_id(self.contact.data),
            place_id=_id(self.place.data) if where is VisitPlace.PLACE else None,
            where_words=text(self.where_words) if where is not VisitPlace.PLACE else None,
            risk_note=text(self.risk_note),
        )


def _hours(minutes: int) -> str:
    return _("%(n)s hours", n=minutes // 60)


def _id(typed: object) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(typed))
    except ValueError:
        return None
