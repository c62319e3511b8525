"""Judges whether volunteers feel that what comes back to them is fair."""

from peerlink.features.indicators.facts import ProgrammeFacts
from peerlink.features.risks.rulebook import Part, Subject, rule
from peerlink.features.risks.rules import answers, shares
from peerlink.features.risks.rules.standing import after_two_month_ends, ok_for_two_months
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import N_, _

FAIR_RETURN = 13
"""The item of the check-in that asks whether what comes back feels fair."""


@rule("R63", Subject.PROGRAMME, cleared=ok_for_two_months, closes=after_two_month_ends)
def fair_return(programme: ProgrammeFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the share of volunteers to whom what comes back does not feel fair."""
    items = [answers.read_on(programme.on, one, FAIR_RETURN, limits) for one in programme.answered]
    said = [item.latest for item in items if item.latest is not None]
    least = shares.fewest("R63.min_responders", limits)
    if len(said) < least:
        return (_too_few_told(len(said), programme.n_serving, least),)
    n = sum(answer <= limits.number("checkin.single_resource_low") for answer in said)
    says = N_("What comes back feels unfair to %(n)s of %(of)s who said (%(share)s%%, likely %(range)s%%).")
    return (shares.rising("unfair_share", n, len(said), limits.lines("R63"), says),)


def _too_few_told(n: int, of: int, least: int) -> Part:
    return Part(
        Level.UNKNOWN,
        lambda: _(
            "Said lately whether it is fair: %(n)s of %(of)s volunteers; judging takes %(least)s.",
            n=n,
            of=of,
            least=least,
        ),
        (Evidence("responders", n, "volunteers", least, of),),
    )
