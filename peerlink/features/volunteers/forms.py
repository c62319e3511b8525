"""What may be typed about a volunteer."""

from typing import Any
from uuid import UUID

from wtforms import (
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.rules import MOST_HOURS, MOST_PEOPLE, OfferDraft, VolunteerDraft
from peerlink.framework.contact_words import Channel, Topic
from peerlink.framework.people_words import LifeStage, VolunteerStatus
from peerlink.lifecycle import Kind, said_with
from peerlink.web.form import Form
from peerlink.web.person_form import (
    PersonForm,
    lines,
    said_by,
    support_areas,
    support_choices,
    support_chosen,
    with_kept,
    words,
)
from peerlink.words import N_, _


def _people() -> IntegerField:
    return IntegerField(
        N_("People at most"), [Optional(), NumberRange(0, MOST_PEOPLE, N_("From 0 to 40 people."))]
    )


def _hours() -> IntegerField:
    return IntegerField(
        N_("Hours a month"), [Optional(), NumberRange(0, MOST_HOURS, N_("From 0 to 200 hours."))]
    )


class VolunteerForm(PersonForm):
    """A volunteer's record."""

    supervisor = SelectField(N_("Supervisor"))
    capacity = _people()
    agreed_hours = _hours()
    diagnosed_year = IntegerField(N_("Living with it since"), [Optional()])
    life_stages = SelectMultipleField(N_("Knows from their own life"))
    communities = StringField(N_("Communities"), [Length(max=300)])
    skill_areas = SelectMultipleField(N_("Good at"))
    skills = SelectMultipleField(N_("Good at in particular"))
    topics = SelectMultipleField(N_("Knows about"))
    limits = SelectMultipleField(N_("Not what they can be there for"))
    vetting_until = DateField(N_("Clearance valid until"), [Optional()])
    agreement_on = DateField(N_("Agreement signed on"), [Optional()])

    def offer_words(self, supervisors: dict[str, str]) -> dict[str, list[str]]:
        """Fill the choices of this form in; return which sub-types belong to which area of support."""
        self.skill_areas.choices, self.skills.choices, groups = support_choices()
        self.topics.choices = with_kept(words(Topic), *(self.topics.data or ()))
        self.life_stages.choices = words(LifeStage)
        self.limits.choices = limit_choices(self.limits.data)
        self.supervisor.choices = [("", _("Nobody yet")), *supervisors.items()]
        return groups

    def draft(self) -> VolunteerDraft:
        skills = support_chosen(self.skill_areas.data or (), self.skills.data or ())
        return VolunteerDraft(
            **self.said(),
            supervisor_id=UUID(self.supervisor.data) if self.supervisor.data else None,
            capacity=self.capacity.data,
            agreed_hours=self.agreed_hours.data,
            diagnosed_year=self.diagnosed_year.data,
            life_stages=tuple(self.life_stages.data or ()),
            communities=lines(str(self.communities.data or "").replace(",", ";")),
            skills=(*skills, *(self.topics.data or ())),
            limits=tuple(self.limits.data or ()),
            vetting_until=self.vetting_until.data,
            agreement_on=self.agreement_on.data,
        )


class OfferForm(Form):
    """What a volunteer offers, in their own hand."""

    capacity = _people()
    agreed_hours = _hours()
    channels = SelectMultipleField(N_("Ways of meeting"))
    availability = TextAreaField(N_("Times that suit me"), [Length(max=2000)])
    places = SelectMultipleField(N_("Places I would come to"))
    limits = SelectMultipleField(N_("What I cannot be there for"))

    def offer(self, places: dict[str, str]) -> None:
        """Fill the choices in."""
        self.channels.choices = words(Channel)
        self.places.choices = list(places.items())
        self.limits.choices = limit_choices(self.limits.data)

    def draft(self) -> OfferDraft:
        return OfferDraft(
            capacity=self.capacity.data,
            agreed_hours=self.agreed_hours.data,
            channels=tuple(self.channels.data or ()),
            availability=lines(self.availability.data),
            places=tuple(self.places.data or ()),
            limits=tuple(self.limits.data or ()),
        )


class RestForm(Form):
    """Until when somebody wants no new people."""

    until = DateField(N_("No new people up to and including"), [InputRequired(N_("Choose a day."))])


class StepForm(Form):
    """Why a step is taken, and when it is looked at again."""

    reason = SelectField(N_("Why"), [InputRequired(N_("Choose a reason."))])
    review_on = DateField(N_("Look at it again on"), [Optional()])
    note = TextAreaField(N_("Note"), [Length(max=500)])

    def offer(self, to: VolunteerStatus) -> None:
        """Fill the reasons of this step in, and leave out what it does not ask."""
        said = said_with(Kind.VOLUNTEER, to)
        if not said.review_on:
            del self.review_on
        if said.reason is None:
            del self.reason
        else:
            self.reason.choices = [("", _("Choose")), *words(said.reason)]


def shown_of(volunteer: Volunteer) -> dict[str, Any]:
    """Return what the form shows of a record."""
    skills = volunteer.skills or []
    same = ("capacity", "agreed_hours", "diagnosed_year", "vetting_until", "agreement_on")
    return {
        **said_by(volunteer),
        **{name: getattr(volunteer, name) for name in same},
        "supervisor": volunteer.supervisor_id.hex if volunteer.supervisor_id else "",
        "life_stages": list(volunteer.life_stages or []),
        "communities": "; ".join(volunteer.communities or []),
        "skill_areas": support_areas(skills),
        "skills": [one for one in skills if one.startswith("support.") and one.count(".") > 1],
        "topics": [one for one in skills if not one.startswith("support.")],
        "limits": list(volunteer.limits or []),
    }


def offer_of(volunteer: Volunteer) -> dict[str, Any]:
    """Return what a volunteer's own form shows."""
    return {
        "capacity": volunteer.capacity,
        "agreed_hours": volunteer.agreed_hours,
        "channels": list(volunteer.channels or []),
        "availability": "\n".join(volunteer.availability or []),
        "places": list(volunteer.places or []),
        "limits": list(volunteer.limits or []),
    }


def limit_choices(kept: list[str] | None) -> list[tuple[str, str]]:
    """Return what somebody may say they cannot be there for."""
    return with_kept(list(dict([*words(Topic), *words(LifeStage)]).items()), *(kept or ()))
