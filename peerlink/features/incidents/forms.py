"""What may be typed about incidents."""

from typing import Any
from uuid import UUID

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.queries import Handler, Nameable
from peerlink.features.incidents.rules import LONGEST, SHORT, BreachDraft, ReportDraft, TriageDraft
from peerlink.framework.incident_words import (
    GROUPS,
    SEVERITIES,
    DataKind,
    IncidentType,
    RegulatorDecision,
)
from peerlink.roles import Viewer
from peerlink.web.form import Form, OnceForm
from peerlink.web.person_form import text, words
from peerlink.words import N_, _

NOBODY, ME = "", "me"


class ReportForm(OnceForm):
    """What happened, in as few questions as somebody has patience for on a bad day."""

    type = RadioField(N_("What is it about?"), [InputRequired(N_("Choose what fits best."))])
    what = TextAreaField(
        N_("What happened?"),
        [InputRequired(N_("Say what happened; one sentence is enough.")), Length(max=LONGEST)],
    )
    about = SelectField(N_("Whom is it about?"), [Optional()])
    whom = StringField(N_("Or say it in your words"), [Length(max=SHORT)])
    happened_on = DateField(N_("When was it?"), [Optional()])
    harm = TextAreaField(N_("Was somebody harmed, or may be?"), [Length(max=LONGEST)])
    anonymous = BooleanField(N_("I want to stay unnamed"))
    wants_contact = BooleanField(N_("Please get in touch with me about it"))

    def offer(self, nameable: Nameable, viewer: Viewer) -> None:
        """Fill in the types, and whom this reporter may name."""
        self.type.choices = [(one.value, _(one.label)) for one in IncidentType]
        first = [(NOBODY, _("Nobody in particular, or somebody not listed"))]
        if viewer.person_id is not None:
            first.append((ME, _("Me")))
        choices: dict[str, list[tuple[str, str]]] = {_("Not somebody listed"): first}
        for letter, label, people in (
            ("p", _("Somebody I support") if viewer.person_id else _("Participants"), nameable.participants),
            ("v", _("Volunteers"), nameable.volunteers),
            ("a", _("Staff"), nameable.staff),
        ):
            if people:
                choices[label] = [(f"{letter}:{one.hex}", name) for one, name in people.items()]
        self.about.choices = choices

    def groups(self) -> list[tuple[str, list[Any]]]:
        """Return the types in their groups, as buttons."""
        by_value = {choice.value: choice for choice in self.type.iter_choices()}
        return [(_(name), [by_value[one.value] for one in types]) for name, types in GROUPS]

    def validate_anonymous(self, field: BooleanField) -> None:
        if field.data and self.about.data == ME:
            raise ValidationError(_("It says that it is about you. Leave that out to stay unnamed."))

    def draft(self, viewer: Viewer) -> ReportDraft:
        letter, _colon, which = str(self.about.data or "").partition(":")
        one = UUID(which) if which else viewer.person_id if letter == ME else None
        return ReportDraft(
            type=IncidentType(self.type.data),
            what=str(self.what.data),
            happened_on=self.happened_on.data,
            volunteer_id=one if letter in ("v", ME) else None,
            participant_id=one if letter == "p" else None,
            about_account_id=one if letter == "a" else None,
            whom=text(self.whom),
            harm=text(self.harm),
            wants_contact=bool(self.wants_contact.data),
        )


class TriageForm(Form):
    """What it is and how grave, by whoever looked first."""

    type = SelectField(N_("What it is"), [InputRequired()])
    severity = RadioField(N_("How grave"), [InputRequired(N_("Choose how grave it is."))])
    note = TextAreaField(N_("What you found"), [Length(max=LONGEST)])

    def offer(self) -> None:
        self.type.choices = words(IncidentType)
        self.severity.choices = [(str(n), _(label)) for n, label in SEVERITIES.items()]

    def draft(self) -> TriageDraft:
        return TriageDraft(
            type=IncidentType(self.type.data), severity=int(self.severity.data), note=text(self.note)
        )


class NoteForm(Form):
    """A sentence that goes with a step, or stands alone."""

    note = TextAreaField(N_("What was done"), [Length(max=LONGEST)])


class CloseForm(Form):
    """What closing an incident needs."""

    learning = TextAreaField(
        N_("What we learned"),
        [
            InputRequired(N_("Write down what was learned; that is what closing it is for.")),
            Length(max=LONGEST),
        ],
    )


class HandOverForm(Form):
    """Who handles it from now on."""

    to = SelectField(N_("Who handles it"), [InputRequired()])

    def offer(self, handlers: list[Handler]) -> None:
        self.to.choices = [(one.account_id.hex, one.name) for one in handlers]


class WhomForm(Form):
    """Whom it is about, found out afterwards."""

    about = SelectField(N_("It is about"), [InputRequired()])

    def offer(self, nameable: Nameable) -> None:
        choices: dict[str, list[tuple[str, str]]] = {}
        for letter, label, people in (
            ("v", _("Volunteers"), nameable.volunteers),
            ("a", _("Staff"), nameable.staff),
        ):
            if people:
                choices[label] = [(f"{letter}:{one.hex}", name) for one, name in people.items()]
        self.about.choices = choices

    def chosen(self) -> dict[str, UUID]:
        letter, _colon, which = str(self.about.data).partition(":")
        return {"volunteer_id" if letter == "v" else "about_account_id": UUID(which)}


class BreachForm(Form):
    """What must be known where something private got out."""

    data_kinds = SelectMultipleField(N_("What got out"))
    n_people = IntegerField(N_("Of how many people"), [Optional(), NumberRange(0, 100_000)])
    informed_on = DateField(N_("They were told on"), [Optional()])
    why_not_informed = StringField(N_("Or why they were not told"), [Length(max=SHORT)])
    regulator = RadioField(N_("The authority"))
    regulator_why = StringField(N_("Why"), [Length(max=SHORT)])
    cause = TextAreaField(N_("What led to it"), [Length(max=LONGEST)])
    fix = TextAreaField(N_("What was done so that it does not happen again"), [Length(max=LONGEST)])

    def offer(self) -> None:
        self.data_kinds.choices = words(DataKind)
        self.regulator.choices = words(RegulatorDecision)

    @staticmethod
    def said(incident: Incident) -> dict[str, Any]:
        """Return what is known so far, as the form asks it."""
        names = ("data_kinds", "n_people", "informed_on", "why_not_informed", "regulator_why", "cause", "fix")
        said = {name: getattr(incident, name) for name in names}
        return said | {"regulator": (incident.regulator or RegulatorDecision.OPEN).value}

    def draft(self) -> BreachDraft:
        return BreachDraft(
            data_kinds=tuple(self.data_kinds.data or ()),
            n_people=self.n_people.data,
            informed_on=self.informed_on.data,
            why_not_informed=text(self.why_not_informed),
            regulator=RegulatorDecision(self.regulator.data or RegulatorDecision.OPEN),
            regulator_why=text(self.regulator_why),
            cause=text(self.cause),
            fix=text(self.fix),
        )
