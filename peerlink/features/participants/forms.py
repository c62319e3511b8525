"""What may be typed about a participant."""

import secrets
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.features.participants.models import Participant
from peerlink.features.participants.rules import (
    LONGEST_INTERVAL,
    SAFE_WORDS_LENGTH,
    ConsentKind,
    ParticipantDraft,
)
from peerlink.framework.contact_words import Channel
from peerlink.framework.people_words import LifeStage, OutcomeDomain, ParticipantStatus, ReferralSource
from peerlink.framework.person import GENDERS
from peerlink.lifecycle import Kind, said_with
from peerlink.web.form import Form
from peerlink.web.person_form import (
    PersonForm,
    languages,
    said_by,
    support_areas,
    support_choices,
    support_chosen,
    text,
    translated,
    with_kept,
    words,
)
from peerlink.words import N_, _

ALIASES = (
    "Heron", "Wren", "Alder", "Rowan", "Swift", "Finch", "Hazel", "Plover", "Willow", "Kite", "Aspen",
    "Robin", "Larch", "Teal", "Linden", "Martin", "Cedar", "Lark", "Acacia", "Ibis", "Maple", "Weaver",
)  # fmt: skip
TRAITS = ("gender", "language", "life_stage")


class ParticipantForm(PersonForm):
    """A participant's record."""

    referred_on = DateField(N_("Referred on"), [Optional()])
    referral_source = SelectField(N_("Who sent them"))
    safe_channels = SelectMultipleField(N_("Safe ways to get in touch"), choices=())
    safe_words = TextAreaField(N_("When, and what not to say"), [Length(max=SAFE_WORDS_LENGTH)])
    need_areas = SelectMultipleField(N_("What they need"))
    needs = SelectMultipleField(N_("What they need in particular"))
    goals = SelectMultipleField(N_("What they hope for"))
    want_gender = SelectField(N_("A volunteer who is"))
    want_gender_must = BooleanField(N_("A must"))
    want_language = SelectField(N_("Who speaks"))
    want_language_must = BooleanField(N_("A must"))
    want_life_stage = SelectField(N_("Who knows being"))
    want_life_stage_must = BooleanField(N_("A must"))
    want_age_near = BooleanField(N_("Near their own age"))
    want_age_near_must = BooleanField(N_("A must"))
    planned_interval_days = IntegerField(
        N_("Days between contacts"),
        [Optional(), NumberRange(1, LONGEST_INTERVAL, N_("From 1 to 365 days."))],
    )

    def offer_words(self) -> dict[str, list[str]]:
        """Fill the choices of this form in; return which sub-types belong to which area of support."""
        self.need_areas.choices, self.needs.choices, groups = support_choices()
        self.goals.choices = words(OutcomeDomain)
        self.referral_source.choices = [("", _("Not known")), *words(ReferralSource)]
        self.safe_channels.choices = [one for one in words(Channel) if one[0] != Channel.IN_PERSON]
        anybody = [("", _("Does not matter"))]
        self.want_gender.choices = with_kept(anybody + translated(GENDERS), self.want_gender.data)
        self.want_language.choices = with_kept(anybody + languages(), self.want_language.data)
        self.want_life_stage.choices = anybody + words(LifeStage)
        return groups

    def draft(self) -> ParticipantDraft:
        source = self.referral_source.data
        return ParticipantDraft(
            **self.said(),
            referred_on=self.referred_on.data,
            referral_source=ReferralSource(source) if source else None,
            needs=support_chosen(self.need_areas.data or (), self.needs.data or ()),
            goals=tuple(self.goals.data or ()),
            wants=tuple(self._wants()),
            safe_channels=tuple(self.safe_channels.data or ()),
            safe_words=text(self.safe_words),
            planned_interval_days=self.planned_interval_days.data,
        )

    def _wants(self) -> list[dict[str, object]]:
        wants: list[dict[str, object]] = [
            {"trait": trait, "value": value, "must": bool(self[f"want_{trait}_must"].data)}
            for trait in TRAITS
            if (value := self[f"want_{trait}"].data)
        ]
        if self.want_age_near.data or self.want_age_near_must.data:
            wants.append({"trait": "age_near", "value": None, "must": bool(self.want_age_near_must.data)})
        return wants


class ConsentForm(Form):
    """What somebody agreed to, and when."""

    kinds = SelectMultipleField(N_("They agreed to"))
    on = DateField(N_("On"), [Optional()])
    until = DateField(N_("Ask again by"), [Optional()])

    def offer(self) -> None:
        """Fill the choices in."""
        self.kinds.choices = words(ConsentKind)

    def agreed(self) -> list[ConsentKind]:
        return [ConsentKind(kind) for kind in self.kinds.data or ()]


class StepForm(Form):
    """Why a step is taken, and when it is looked at again."""

    reason = SelectField(N_("Why"), [InputRequired(N_("Choose a reason."))])
    review_on = DateField(N_("Look at it again on"), [Optional()])
    note = TextAreaField(N_("Note"), [Length(max=500)])

    def offer(self, to: ParticipantStatus) -> None:
        """Fill the reasons of this step in, and leave out what it does not ask."""
        said = said_with(Kind.PARTICIPANT, to)
        if not said.review_on:
            del self.review_on
        if said.reason is None:
            del self.reason
        else:
            self.reason.choices = [("", _("Choose")), *words(said.reason)]


def shown_of(participant: Participant) -> dict[str, Any]:
    """Return what the form shows of a record."""
    shown = said_by(participant)
    shown |= {
        "referred_on": participant.referred_on,
        "referral_source": participant.referral_source or "",
        "safe_channels": list(participant.safe_channels or []),
        "safe_words": participant.safe_words,
        "need_areas": support_areas(participant.needs or []),
        "needs": [need for need in participant.needs or [] if need.count(".") > 1],
        "goals": list(participant.goals or []),
        "planned_interval_days": participant.planned_interval_days,
    }
    for want in participant.wants or []:
        trait, must = want["trait"], bool(want.get("must"))
        shown[f"want_{trait}"] = want.get("value") or (True if trait == "age_near" else "")
        shown[f"want_{trait}_must"] = must
    return shown


def offered_alias() -> str:
    """Make up a name that says nothing about anybody."""
    return f"{secrets.choice(ALIASES)}-{secrets.randbelow(9000) + 1000}"
