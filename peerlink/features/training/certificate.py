"""A certificate of what somebody learned; it names no illness, whatever a module is called."""

import datetime as dt
from dataclasses import dataclass

from peerlink.features.programmes.queries import get_programme
from peerlink.features.training.catalogue import module_names, name_in
from peerlink.features.training.queries import completions_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.telling import tells
from peerlink.framework.vocabularies import TrainingResult
from peerlink.framework.word import Word
from peerlink.roles import Viewer
from peerlink.words import N_, _


class CalledAs(Word):
    """Which name stands on a certificate."""

    FULL = "full", N_("Full name")
    GIVEN = "given", N_("Given name")
    ALIAS = "alias", N_("Name used in the programme")


@dataclass(frozen=True)
class Learned:
    """One module passed."""

    name: str
    on: dt.date
    minutes: int


@dataclass(frozen=True)
class Certificate:
    """What the paper says."""

    programme: str
    person: str
    learned: tuple[Learned, ...]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.learned)


def certificate_of(volunteer: Volunteer, called_as: CalledAs, viewer: Viewer) -> Certificate:
    """Gather what somebody passed, in the order they learned it; a waived module was not learned here."""
    names = module_names()
    passed = [one for one in completions_of(volunteer.id, viewer) if one.result is TrainingResult.PASSED]
    learned = [Learned(_neutral(name_in(names, one.module)), one.completed_on, one.minutes) for one in passed]
    return Certificate(
        get_programme().name, _name(volunteer, called_as), tuple(sorted(learned, key=lambda one: one.on))
    )


def names_to_choose(volunteer: Volunteer) -> dict[CalledAs, str]:
    """Return the names a certificate of this volunteer may carry."""
    return {one: _name(volunteer, one) for one in CalledAs if one is not CalledAs.ALIAS or volunteer.alias}


def _name(volunteer: Volunteer, called_as: CalledAs) -> str:
    if called_as is CalledAs.ALIAS and volunteer.alias:
        return volunteer.alias
    if called_as is CalledAs.GIVEN:
        return volunteer.given_name
    return f"{volunteer.given_name} {volunteer.family_name or ''}".strip()


def _neutral(name: str) -> str:
    return _("A further module") if tells(name.replace("_", " ")) else name
