"""Judges whether mandatory training is in date."""

import datetime as dt

from peerlink.features.indicators.facts import ProgrammeFacts, VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level, worst
from peerlink.framework.parameters import Limits
from peerlink.words import _

NEVER_WITHOUT = frozenset({"safeguarding", "confidentiality"})
"""The modules whose running out is critical at once."""
LONG_EXPIRED_DAYS = 60
"""Days after which a module that ran out is critical where people are supported (framework.md 2.2)."""


def learned_since(volunteer: VolunteerFacts, _limits: Limits, course: Course) -> bool:
    """Tell whether a module was completed since."""
    return volunteer.last_module_on is not None and volunteer.last_module_on >= course.opened_on


@rule("R68", Subject.VOLUNTEER, applies=in_service, cleared=learned_since)
def training_in_date(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the mandatory modules of a volunteer that run out soon or have run out."""
    if not volunteer.modules:
        return (Part(Level.UNKNOWN, lambda: _("No mandatory training is on record.")),)
    dated = sorted(
        (module.valid_until, module.module) for module in volunteer.modules if module.valid_until is not None
    )
    soon = [one for one in dated if _days_left(one[0], volunteer) <= _warned(limits)]
    if not soon:
        return (_in_date(volunteer, dated, limits),)
    return tuple(_module(name, valid_until, volunteer) for valid_until, name in soon)


def _in_date(volunteer: VolunteerFacts, dated: list[tuple[dt.date, str]], limits: Limits) -> Part:
    days = _days_left(dated[0][0], volunteer) if dated else None
    evidence = Evidence("days_left_first", days, "days", _warned(limits), len(volunteer.modules))
    return Part(Level.OK, lambda: _("All mandatory training is in date."), (evidence,))


def _warned(limits: Limits) -> int:
    return limits.whole("R68.warn_days")


def _days_left(valid_until: dt.date, volunteer: VolunteerFacts) -> int:
    return (valid_until - volunteer.on).days


def _module(name: str, valid_until: dt.date, volunteer: VolunteerFacts) -> Part:
    days, said = _days_left(valid_until, volunteer), name.replace("_", " ")
    evidence = Evidence(f"days_left_{name}", days, "days", 0)
    if days >= 0:
        return Part(
            Level.WATCH,
            lambda: _("The module “%(module)s” is valid for %(days)s more days.", module=said, days=days),
            (evidence,),
        )
    long = days < -LONG_EXPIRED_DAYS and volunteer.n_active_matches > 0
    level = step(alert=True, critical=name in NEVER_WITHOUT or long)
    return Part(
        level,
        lambda: _("The module “%(module)s” ran out %(days)s days ago.", module=said, days=-days),
        (evidence,),
    )


def share_has_fallen(programme: ProgrammeFacts, limits: Limits, course: Course) -> bool:
    """Tell whether modules were completed: the share of overdue volunteers is below the flag's level."""
    found = worst(part.level for part in overdue_in_the_programme.parts_of(programme, limits))
    return found.is_known and found is not course.level


@rule("R68", Subject.PROGRAMME, cleared=share_has_fallen)
def overdue_in_the_programme(programme: ProgrammeFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the share of active volunteers with a mandatory module that ran out."""
    watch, alert = limits.lines("R68.share")
    n, active = programme.n_overdue, programme.n_active
    if not programme.n_with_modules:
        return (Part(Level.UNKNOWN, lambda: _("No mandatory training of an active volunteer is on record.")),)
    share = n / active
    evidence = Evidence("expired_share", share, "share", watch, active)
    return (
        Part(
            step(watch=share >= watch, alert=share >= alert),
            lambda: _(
                "Active volunteers with training that ran out: %(n)s of %(active)s.", n=n, active=active
            ),
            (evidence,),
        ),
    )
