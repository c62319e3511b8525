"""Judges whether volunteers are paid what they were promised, when it was promised."""

from peerlink.features.indicators.facts import ProgrammeFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, above, rule, step
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _


def all_paid(programme: ProgrammeFacts, _limits: Limits, _course: Course) -> bool:
    """Tell whether nothing that was due is owed, and no stipend stands still."""
    late = any(days > 0 for days in programme.days_owed)
    return not (late or programme.days_without_stipend or programme.n_stipends_stopped)


@rule("R61", Subject.PROGRAMME, cleared=all_paid)
def paid_late(programme: ProgrammeFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at stipends and expenses that are due and not paid, and at stipends that stopped."""
    if programme.unpaid_by_design:
        return (Part(Level.NOT_APPLICABLE, lambda: _("Volunteers are unpaid by design.")),)
    return (
        _longest(programme, limits),
        _share_owed(programme, limits),
        _stopped(programme, limits),
        _ledger(programme, limits),
    )


def _longest(programme: ProgrammeFacts, limits: Limits) -> Part:
    lines = limits.lines("R61.days")
    days = max(programme.days_owed, default=0)
    evidence = Evidence("days_late", days, "days", lines[0], len(programme.days_owed))
    level = above(days, lines)
    if level is Level.OK:
        return Part(level, lambda: _("No payment to a volunteer is late."), (evidence,))
    return Part(
        level, lambda: _("The oldest payment to a volunteer is %(days)s days late.", days=days), (evidence,)
    )


def _share_owed(programme: ProgrammeFacts, limits: Limits) -> Part:
    late, line = limits.lines("R61.days")[0], limits.number("R61.share_alert")
    n, active = sum(days > late for days in programme.days_owed), programme.n_active
    if not active:
        return Part(Level.NOT_APPLICABLE, "")
    evidence = Evidence("owed_share", n / active, "share", line, active)
    return Part(
        step(alert=n / active > line),
        lambda: _("Volunteers owed a late payment: %(n)s, of %(active)s active.", n=n, active=active),
        (evidence,),
    )


def _stopped(programme: ProgrammeFacts, limits: Limits) -> Part:
    line = limits.lines("R61.days")[-1]
    gaps = sum(days > line for days in programme.days_without_stipend)
    n = gaps + programme.n_stipends_stopped
    evidence = Evidence("stipends_stopped", n, "volunteers", 0)
    return Part(
        step(critical=n > 0), lambda: _("Stipends that stopped while expected: %(n)s.", n=n), (evidence,)
    )


def _ledger(programme: ProgrammeFacts, limits: Limits) -> Part:
    oldest = limits.whole("ledger.max_age_days")
    if programme.ledger_on is None:
        return Part(
            Level.UNKNOWN,
            lambda: _("No balance up to this day is on record, so nobody knows what is missing."),
        )
    age = (programme.on - programme.ledger_on).days
    evidence = Evidence("ledger_age", age, "days", oldest)
    if age > oldest:
        return Part(
            Level.UNKNOWN,
            lambda: _("The latest balance is %(days)s days old, so nobody knows what is missing.", days=age),
            (evidence,),
        )
    return Part(Level.OK, lambda: _("The ledger is up to date."), (evidence,))
