"""What may be typed about the programme, its sites, places and thresholds."""

import uuid
import zoneinfo

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from peerlink.features.programmes.rules import LONGEST_NAME, PlaceDraft, ProgrammeDraft, SiteDraft
from peerlink.framework.people_words import SiteKind
from peerlink.web.form import Form
from peerlink.web.person_form import text, words
from peerlink.words import N_, _

LANGUAGES = {"en": N_("English")}


def _name() -> StringField:
    return StringField(N_("Name"), [InputRequired(N_("Type a name.")), Length(max=LONGEST_NAME)])


class ProgrammeForm(Form):
    """The programme's settings."""

    version = HiddenField()
    name = _name()
    timezone = SelectField(N_("Time zone"))
    language = SelectField(N_("Language"))
    under18 = BooleanField(N_("We support people under 18"))
    unpaid_by_design = BooleanField(N_("Our volunteers are unpaid by design"))
    community_only = BooleanField(N_("We work without a clinic"))

    def offer(self) -> None:
        """Fill the choices in."""
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
        self.timezone.choices = [(zone, zone) for zone in zones]
        self.language.choices = [(code, _(label)) for code, label in LANGUAGES.items()]

    def draft(self) -> ProgrammeDraft:
        return ProgrammeDraft(
            name=str(self.name.data),
            timezone=self.timezone.data,
            language=self.language.data,
            under18=bool(self.under18.data),
            unpaid_by_design=bool(self.unpaid_by_design.data),
            community_only=bool(self.community_only.data),
        )


class SiteForm(Form):
    """A site."""

    version = HiddenField()
    name = _name()
    kind = SelectField(N_("Kind"))
    area = StringField(N_("Area"), [Length(max=40)])
    ref = StringField(N_("Number"), [Length(max=40)])

    def offer(self) -> None:
        """Fill the choices in."""
        self.kind.choices = words(SiteKind)

    def draft(self) -> SiteDraft:
        kind = SiteKind(self.kind.data)
        return SiteDraft(name=str(self.name.data), kind=kind, area=text(self.area), ref=text(self.ref))


class PlaceForm(Form):
    """A place to meet."""

    version = HiddenField()
    name = _name()
    site = SelectField(N_("Site"))
    ref = StringField(N_("Number"), [Length(max=40)])

    def offer(self, sites: dict[str, str]) -> None:
        """Fill the choices in."""
        self.site.choices = [("", _("No site")), *sites.items()]

    def draft(self) -> PlaceDraft:
        site = uuid.UUID(self.site.data) if self.site.data else None
        return PlaceDraft(name=str(self.name.data), site_id=site, ref=text(self.ref))


class ThresholdForm(Form):
    """The programme's own value for a threshold, and why."""

    value = StringField(N_("Our value"), [InputRequired(N_("Type a number.")), Length(max=80)])
    why = TextAreaField(N_("Why"), [InputRequired(N_("Say why.")), Length(max=500)])
