"""What a participant's record may say, which consents a step needs, and when somebody looks twice."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from peerlink.errors import Refused
from peerlink.framework.people_words import OutcomeDomain, ParticipantStatus, ReferralSource
from peerlink.framework.person import PersonDraft, check_person
from peerlink.framework.support import code
from peerlink.framework.word import Word
from peerlink.lifecycle import Kind, said_with, steps_from
from peerlink.words import N_, _

S = ParticipantStatus

BY_MATCHING = frozenset({S.MATCHED})
"""States that only two people's yes brings about."""
WANTED_TRAITS = ("gender", "language", "life_stage", "age_near")
LONGEST_INTERVAL = 365
"""Days between two planned contacts."""
SAFE_WORDS_LENGTH = 500


class ConsentKind(Word):
    """One of the consents, each asked for by itself and withdrawn by itself."""

    SUPPORT = "support", N_("Peer support, and keeping the record it needs")
    MATCHING = "matching", N_("Using what they said to find a volunteer")
    LIAISON = "liaison", N_("Talking with their clinic")
    OUTCOMES = "outcomes", N_("Short questionnaires about how things go")


NEEDED: dict[ParticipantStatus, tuple[ConsentKind, ...]] = {
    S.CONSENTED: (ConsentKind.SUPPORT,),
    S.WAITING: (ConsentKind.SUPPORT, ConsentKind.MATCHING),
    S.MATCHED: (ConsentKind.SUPPORT, ConsentKind.MATCHING),
    S.ACTIVE: (ConsentKind.SUPPORT,),
}
"""The consents without which nobody reaches a state."""


@dataclass(frozen=True, kw_only=True)
class ParticipantDraft(PersonDraft):
    """A participant as typed in."""

    referred_on: dt.date | None = None
    """Today where it is left out."""
    referral_source: ReferralSource | None = None
    needs: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    wants: tuple[Mapping[str, object], ...] = ()
    """What matters in a volunteer: {"trait", "value" or None, "must"}."""
    safe_channels: tuple[str, ...] = ()
    safe_words: str | None = None
    planned_interval_days: int | None = None


def check_draft(draft: ParticipantDraft, today: dt.date) -> None:
    """Refuse a participant's record that cannot be right."""
    check_person(draft, today)
    if draft.referred_on is not None and draft.referred_on > today:
        raise Refused(_("Somebody cannot be referred on a day to come."))
    for need in draft.needs:
        try:
            code(need)
        except ValueError as unknown:
            raise Refused(str(unknown)) from None
    for goal in draft.goals:
        if goal not in set(OutcomeDomain):
            raise Refused(_("'%(goal)s' is no goal.", goal=goal))
    for want in draft.wants:
        if want.get("trait") not in WANTED_TRAITS:
            raise Refused(_("'%(trait)s' is nothing matching can look for.", trait=want.get("trait")))
    interval = draft.planned_interval_days
    if interval is not None and not 1 <= interval <= LONGEST_INTERVAL:
        raise Refused(_("Contacts are planned 1 to %(n)s days apart.", n=LONGEST_INTERVAL))
    if len(draft.safe_words or "") > SAFE_WORDS_LENGTH:
        raise Refused(_("Keep the rules for safe contact below %(n)s letters.", n=SAFE_WORDS_LENGTH))


def check_consents(
    to: ParticipantStatus, consents: Mapping[str, str], until: dt.date | None, today: dt.date
) -> None:
    """Refuse a step that a missing or outdated consent forbids."""
    needed = NEEDED.get(to, ())
    missing = [kind for kind in needed if kind not in consents]
    if missing:
        raise Refused(_("First ask for this consent: %(kind)s.", kind=_(missing[0].label)))
    if needed and until is not None and until < today:
        raise Refused(_("The consents ran out on %(day)s. Ask again first.", day=until.isoformat()))


def check_review(to: ParticipantStatus, review_on: dt.date | None, today: dt.date, longest: int) -> None:
    """Refuse a pause nobody would look at again."""
    if not said_with(Kind.PARTICIPANT, to).review_on:
        return
    if review_on is None:
        raise Refused(_("Say on which day you will look at this again."))
    if not today < review_on <= today + dt.timedelta(days=longest):
        raise Refused(_("Look at this again within %(n)s days from today.", n=longest))


def by_hand(now: ParticipantStatus) -> tuple[ParticipantStatus, ...]:
    """Return the steps a coordinator takes; the others follow from a match and its first contact."""
    after_match = {S.ACTIVE} if now is S.MATCHED else set()
    steps = steps_from(Kind.PARTICIPANT, now)
    return tuple(S(step) for step in steps if step not in BY_MATCHING | after_match)


def missing_for_matching(draft: object) -> list[str]:
    """Name what matching would miss in a record: languages, channels, times, needs."""
    asked = {
        "languages": _("languages"),
        "channels": _("ways of meeting"),
        "availability": _("times"),
        "needs": _("needs"),
    }
    return [label for name, label in asked.items() if not getattr(draft, name)]
