"""What may be typed when volunteers come and go."""

import datetime as dt
import uuid
from typing import Any

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
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.features.recruitment.models import PrivacyPlan
from peerlink.features.recruitment.rules import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    LONGEST_WELCOME,
    HandoverDraft,
    OfferOfHelp,
    PlanDraft,
    SettingsDraft,
)
from peerlink.features.recruitment.service import TalkDraft
from peerlink.framework.contact_words import Topic
from peerlink.framework.people_words import LifeStage
from peerlink.framework.person import LONGEST_NAME
from peerlink.framework.reasons import EndingStep, LeaveReason
from peerlink.framework.recruitment_words import HandoverKind, PrivacyMeasure, ShownAs, TimeOfWeek
from peerlink.web.form import Form, OnceForm
from peerlink.web.person_form import languages, text, with_kept, words
from peerlink.words import N_, _


def _day(label: str) -> DateField:
    return DateField(label, [InputRequired(N_("Choose the day."))])


def _yes_or_no(label: str) -> RadioField:
    return RadioField(label, validate_choice=False)


def _said(field: RadioField) -> bool | None:
    return {"yes": True, "no": False}.get(str(field.data or ""))


class ApplyForm(OnceForm):
    """An offer to help, from anybody."""

    called = StringField(
        N_("What may we call you?"), [InputRequired(N_("Any name is fine.")), Length(max=LONGEST_NAME)]
    )
    reach = StringField(
        N_("How can we reach you?"),
        [InputRequired(N_("Leave a phone number or an e-mail address.")), Length(max=200)],
    )
    language_1 = SelectField(N_("A language you speak well"))
    language_2 = SelectField(N_("Another one"))
    times = SelectMultipleField(N_("When do you have time?"))
    why = TextAreaField(N_("Why would you like to help?"), [Length(max=LONGEST_NOTE)])
    agreed = BooleanField(
        N_("You may keep these details for this"),
        [InputRequired(N_("We may keep your details only if you agree. Tick the box, or send nothing."))],
    )
    website = StringField(N_("Leave this empty"))
    """Filled in by machines only."""

    def offer(self) -> None:
        """Fill the choices in."""
        known = [("", "–"), *languages()]
        self.language_1.choices = self.language_2.choices = known
        self.times.choices = words(TimeOfWeek)

    def draft(self) -> OfferOfHelp:
        spoken = (self.language_1.data, self.language_2.data)
        return OfferOfHelp(
            called=str(self.called.data),
            reach=str(self.reach.data),
            languages=tuple(dict.fromkeys(one for one in spoken if one)),
            times=tuple(TimeOfWeek(one) for one in self.times.data or ()),
            why=text(self.why),
            agreed=bool(self.agreed.data),
        )


class SettingsForm(Form):
    """How offers to help are taken."""

    is_open = BooleanField(N_("Anybody may offer to help"))
    welcome = TextAreaField(N_("A sentence of welcome"), [Length(max=LONGEST_WELCOME)])
    notice = TextAreaField(N_("What happens with their details"), [Length(max=LONGEST_TEXT)])
    kept_months = IntegerField(
        N_("Months their details are kept if they do not join"),
        [InputRequired(N_("Type a number of months.")), NumberRange(1, 60, N_("From 1 to 60 months."))],
    )
    vetting_required = BooleanField(N_("Everybody needs a clearance before training"))

    def draft(self) -> SettingsDraft:
        return SettingsDraft(
            is_open=bool(self.is_open.data),
            welcome=text(self.welcome),
            notice=text(self.notice) or "",
            kept_months=int(self.kept_months.data or 0),
            vetting_required=bool(self.vetting_required.data),
        )


class TextForm(Form):
    """A new version of an agreement."""

    text = TextAreaField(N_("The text"), [Length(max=LONGEST_TEXT)])


class TalkedForm(Form):
    """Something that was talked through."""

    on = _day(N_("On"))
    note = TextAreaField(N_("Note"), [Length(max=LONGEST_NOTE)])


class LimitsForm(Form):
    """What was agreed with somebody about their own limits."""

    on = _day(N_("On"))
    capacity = IntegerField(N_("People at most"), [Optional(), NumberRange(0, 40)])
    agreed_hours = IntegerField(N_("Hours a month"), [Optional(), NumberRange(0, 200)])
    limits = SelectMultipleField(N_("Not what they can be there for"))

    def offer(self) -> None:
        """Fill the choices in."""
        every = list(dict([*words(Topic), *words(LifeStage)]).items())
        self.limits.choices = with_kept(every, *(self.limits.data or ()))


class ReferenceForm(Form):
    """Somebody who is asked about a person."""

    who = StringField(N_("Who is asked"), [InputRequired(N_("Say who is asked.")), Length(max=200)])
    on = _day(N_("Asked on"))


class AnswerForm(Form):
    """What a reference said."""

    on = _day(N_("Answered on"))
    good = RadioField(N_("Would they recommend them?"), [InputRequired(N_("Yes or no."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.good.choices = [("yes", _("Yes")), ("no", _("No"))]


class ClearanceForm(Form):
    """A clearance, asked for or there."""

    asked_on = DateField(N_("Asked for on"), [Optional()])
    until = DateField(N_("Valid until"), [Optional()])


class BuddyForm(Form):
    """A fellow volunteer at somebody's side."""

    buddy = SelectField(N_("Buddy"))

    def offer(self, names: dict[str, str]) -> None:
        """Fill the choices in."""
        self.buddy.choices = [("", _("Nobody")), *names.items()]

    def chosen(self) -> uuid.UUID | None:
        return uuid.UUID(self.buddy.data) if self.buddy.data else None


class PaperForm(Form):
    """An agreement signed on paper."""

    on = _day(N_("Signed on paper on"))


class LeavingForm(Form):
    """A day of leaving."""

    on = _day(N_("Last day"))
    wanted = _yes_or_no(N_("A talk before the end?"))

    def offer(self) -> None:
        """Fill the choices in."""
        self.wanted.choices = [("yes", _("Yes, gladly")), ("no", _("No, thank you"))]

    def wishes_talk(self) -> bool | None:
        return _said(self.wanted)


class HandoverForm(Form):
    """What becomes of one match."""

    how = RadioField(N_("What happens?"), [InputRequired(N_("Choose one."))])
    on = DateField(N_("By"), [Optional()])
    to = SelectField(N_("Who may take over"))
    done = SelectMultipleField(N_("What was done for a good ending"))

    def offer(self, names: dict[str, str]) -> None:
        """Fill the choices in."""
        self.how.choices = words(HandoverKind)
        self.to.choices = [("", _("Nobody yet")), *names.items()]
        self.done.choices = words(EndingStep)

    def kind(self) -> HandoverKind:
        return HandoverKind(self.how.data)

    def steps(self) -> frozenset[EndingStep]:
        return frozenset(EndingStep(one) for one in self.done.data or ())

    def draft(self, today: dt.date) -> HandoverDraft:
        to_id = uuid.UUID(self.to.data) if self.to.data else None
        return HandoverDraft(how=self.kind(), on=self.on.data or today, to_id=to_id)


class CloseForm(Form):
    """The last step of leaving."""

    reason = SelectField(N_("Why"), [InputRequired(N_("Choose a reason."))])
    note = TextAreaField(N_("Note"), [Length(max=LONGEST_NOTE)])
    wanted = _yes_or_no(N_("A talk at the end was offered. Would they like one?"))

    def offer(self) -> None:
        """Fill the choices in."""
        self.reason.choices = [("", _("Choose")), *words(LeaveReason)]
        self.wanted.choices = [("yes", _("Yes")), ("no", _("No"))]

    def wishes_talk(self) -> bool | None:
        return _said(self.wanted)


class TalkForm(Form):
    """A talk at the end."""

    wanted = _yes_or_no(N_("Would they like one?"))
    held_on = DateField(N_("Held on"), [Optional()])
    said = TextAreaField(N_("What they said"), [Length(max=LONGEST_NOTE)])
    returns = _yes_or_no(N_("Would they come back one day?"))

    def offer(self) -> None:
        """Fill the choices in."""
        self.wanted.choices = self.returns.choices = [("yes", _("Yes")), ("no", _("No"))]

    def draft(self) -> TalkDraft:
        return TalkDraft(
            wanted=_said(self.wanted),
            held_on=self.held_on.data,
            said=text(self.said),
            returns=_said(self.returns),
        )


class NameForm(Form):
    """Which name of a volunteer is shown."""

    shown_as = RadioField(N_("The name the team sees"), [InputRequired(N_("Choose one."))])
    alias = StringField(N_("Another name"), [Length(max=LONGEST_NAME)])

    def offer(self) -> None:
        """Fill the choices in."""
        self.shown_as.choices = words(ShownAs)

    def chosen(self) -> ShownAs:
        return ShownAs(self.shown_as.data)


class PlanForm(Form):
    """A privacy plan."""

    worry = TextAreaField(N_("What worries you"), [Length(max=LONGEST_NOTE)])
    measures = SelectMultipleField(N_("What should change"))
    how = TextAreaField(N_("How exactly"), [Length(max=LONGEST_NOTE)])
    review_on = DateField(N_("Look at it again on"), [Optional()])

    def offer(self) -> None:
        """Fill the choices in."""
        self.measures.choices = words(PrivacyMeasure)

    def draft(self) -> PlanDraft:
        return PlanDraft(
            worry=text(self.worry),
            measures=tuple(PrivacyMeasure(one) for one in self.measures.data or ()),
            how=text(self.how),
            review_on=self.review_on.data,
        )


def plan_shown(plan: PrivacyPlan | None) -> dict[str, Any]:
    """Return what the form shows of a plan."""
    if plan is None:
        return {}
    return {name: getattr(plan, name) for name in ("worry", "measures", "how", "review_on")}
