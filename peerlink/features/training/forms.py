"""What may be typed about training."""

from collections.abc import Mapping

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.features.training.rules import (
    LONGEST_MONTHS,
    REASON_LENGTH,
    WISH_LENGTH,
    CompletionDraft,
    ModuleDraft,
    SessionDraft,
)
from peerlink.framework.contact_words import Technique, Topic
from peerlink.framework.people_words import TrainingResult
from peerlink.framework.support import SupportArea
from peerlink.framework.training_words import CompetencyMark
from peerlink.web.form import Form
from peerlink.web.person_form import text, words
from peerlink.words import N_, _

TOP_HOURS = NumberRange(0, 24, N_("From 0 to 24 hours."))


class CompletionForm(Form):
    """One module taken, or waived."""

    module = SelectField(N_("Module"))
    other = StringField(N_("Its name"), [Length(max=60)])
    completed_on = DateField(N_("Completed on"), [InputRequired(N_("Choose the day."))])
    valid_until = DateField(N_("Counts until"), [Optional()])
    hours = DecimalField(N_("Hours"), [Optional(), TOP_HOURS], places=None)
    result = SelectField(N_("Result"))
    reason = StringField(N_("Why it is waived"), [Length(max=REASON_LENGTH)])
    mandatory = BooleanField(N_("Needed before serving"), default=True)
    areas = SelectMultipleField(N_("Areas it covers"))

    def offer(self, modules: Mapping[str, str]) -> None:
        """Fill the choices in."""
        self.module.choices = [*modules.items(), ("", _("Another one"))]
        self.result.choices = words(TrainingResult)
        self.areas.choices = words(SupportArea)

    @property
    def is_waiver(self) -> bool:
        return bool(self.result.data == TrainingResult.WAIVED)

    def draft(self) -> CompletionDraft:
        return CompletionDraft(
            module=self.module.data or text(self.other) or "",
            completed_on=self.completed_on.data,
            valid_until=self.valid_until.data,
            minutes=_minutes(self.hours.data),
            result=TrainingResult(self.result.data),
            mandatory=bool(self.mandatory.data),
            areas=tuple(self.areas.data or ()),
        )


class ModuleForm(Form):
    """One edition of a module."""

    name = StringField(N_("Name"), [InputRequired(N_("Name the module.")), Length(max=60)])
    mandatory = BooleanField(N_("Needed before serving"))
    months = IntegerField(
        N_("Counts for, in months"),
        [Optional(), NumberRange(1, LONGEST_MONTHS, N_("From 1 to 120 months."))],
    )
    hours = DecimalField(N_("Hours"), [Optional(), TOP_HOURS], places=None)
    areas = SelectMultipleField(N_("Areas of support it covers"))
    topics = SelectMultipleField(N_("Topics it prepares for"))
    techniques = SelectMultipleField(N_("Ways of helping somebody decide it prepares for"))

    def offer(self) -> None:
        """Fill the choices in."""
        self.areas.choices = words(SupportArea)
        self.topics.choices = words(Topic)
        self.techniques.choices = words(Technique)

    def draft(self) -> ModuleDraft:
        return ModuleDraft(
            name=text(self.name) or "",
            mandatory=bool(self.mandatory.data),
            months=self.months.data,
            minutes=_minutes(self.hours.data),
            areas=tuple(self.areas.data or ()),
            topics=tuple(self.topics.data or ()),
            techniques=tuple(self.techniques.data or ()),
        )


class SessionForm(Form):
    """A session to come, or one just held."""

    modules = SelectMultipleField(N_("What is taught"), [InputRequired(N_("Choose what is taught."))])
    on = DateField(N_("Day"), [InputRequired(N_("Choose a day."))])
    begins = StringField(N_("Begins at"), [Length(max=5)])
    hours = DecimalField(
        N_("Hours"),
        [InputRequired(N_("Say how long it lasts.")), NumberRange(0.25, 24, N_("Up to 24 hours."))],
        places=None,
    )
    where = StringField(N_("Place, or address to meet online"), [Length(max=200)])

    def offer(self, modules: Mapping[str, str]) -> None:
        """Fill the choices in."""
        self.modules.choices = list(modules.items())

    def draft(self) -> SessionDraft:
        return SessionDraft(
            modules=tuple(self.modules.data or ()),
            on=self.on.data,
            minutes=_minutes(self.hours.data),
            begins=text(self.begins),
            where=text(self.where),
        )


class MarkForm(Form):
    """What somebody can do by now."""

    module = SelectField(N_("What was watched"))
    mark = RadioField(N_("They do it"), [InputRequired(N_("Choose one."))])

    def offer(self, modules: Mapping[str, str]) -> None:
        """Fill the choices in."""
        self.module.choices = list(modules.items())
        self.mark.choices = words(CompetencyMark)


class WishForm(Form):
    """What a volunteer would like to learn."""

    what = SelectField(N_("I would like to learn about"))
    other = StringField(N_("In my own words"), [Length(max=WISH_LENGTH)])

    def offer(self, modules: Mapping[str, str]) -> None:
        """Fill the choices in: topics, modules, or something else."""
        self.what.choices = [
            ("", _("Something else")),
            *words(Topic),
            *((code, name) for code, name in modules.items() if code not in set(Topic)),
        ]

    def said(self) -> str:
        return text(self.other) or str(self.what.data or "")


def hours_of(minutes: int) -> float | None:
    """Return minutes as they are typed: in hours."""
    return round(minutes / 60, 2) if minutes else None


def _minutes(hours: object) -> int:
    return round(float(str(hours or 0)) * 60)
