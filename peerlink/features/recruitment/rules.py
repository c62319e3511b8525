"""What may be asked and written when volunteers come and go, and what is missing before the next step."""

import datetime as dt
import re
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from peerlink.errors import Refused
from peerlink.framework.recruitment_words import HandoverKind, Preparation, PrivacyMeasure, TimeOfWeek
from peerlink.framework.telling import tells
from peerlink.words import N_, _

A_NETWORK = 10
"""Offers to help from one network an hour: an evening with a shared connection is no flood."""
EVERYBODY = 60
"""Offers to help from everywhere an hour."""
WITHIN = dt.timedelta(hours=1)
REFERENCES = 2
"""Good references before training begins."""
LONGEST_TEXT = 20_000
LONGEST_WELCOME = 600
LONGEST_NOTE = 500
LONGEST_AHEAD = 366


@dataclass(frozen=True, kw_only=True)
class OfferOfHelp:
    """What somebody who offers to help told on the public page."""

    called: str
    reach: str
    """A phone number or an e-mail address."""
    languages: tuple[str, ...] = ()
    times: tuple[TimeOfWeek, ...] = ()
    why: str | None = None
    agreed: bool = False
    """To their details being kept for this."""


@dataclass(frozen=True, kw_only=True)
class SettingsDraft:
    """How a programme takes offers to help."""

    is_open: bool
    welcome: str | None = None
    notice: str = ""
    """What happens with the details of whoever offers."""
    kept_months: int
    vetting_required: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """A privacy plan as written."""

    worry: str | None = None
    measures: tuple[PrivacyMeasure, ...] = ()
    how: str | None = None
    review_on: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class HandoverDraft:
    """What is to become of one match."""

    how: HandoverKind
    on: dt.date
    to_id: uuid.UUID | None = None


class Published(NamedTuple):
    """A text in force, as far as judging needs it."""

    id: uuid.UUID
    published_on: dt.date


def check_offer_of_help(offer: OfferOfHelp) -> None:
    """Refuse an offer nobody could answer, or one without the consent it needs."""
    if not offer.called.strip():
        raise Refused(_("Say how we may call you; any name is fine."))
    if not offer.reach.strip():
        raise Refused(_("Leave a phone number or an e-mail address, so that we can answer."))
    if not offer.agreed:
        raise Refused(_("We may keep your details only if you agree. Tick the box, or send nothing."))
    if len(offer.why or "") > LONGEST_NOTE:
        raise Refused(_("Keep it below %(n)s letters; there is time to talk later.", n=LONGEST_NOTE))


def check_settings(draft: SettingsDraft) -> None:
    """Refuse an open page that would not say what happens with the details, or would say too much."""
    for text in (draft.welcome, draft.notice):
        if text and tells(text):
            raise Refused(
                _("Anybody can read this page. Say it without words that tell what the programme is about.")
            )
    if len(draft.welcome or "") > LONGEST_WELCOME:
        raise Refused(_("Keep the welcome below %(n)s letters.", n=LONGEST_WELCOME))
    if draft.is_open and not draft.notice.strip():
        raise Refused(_("Say first what happens with the details of whoever offers to help."))


def check_text(text: str, current: str | None) -> None:
    """Refuse to publish nothing, or the same again."""
    if not text.strip():
        raise Refused(_("Write the text first."))
    if len(text) > LONGEST_TEXT:
        raise Refused(_("A text has at most %(n)s letters.", n=LONGEST_TEXT))
    if current is not None and current.strip() == text.strip():
        raise Refused(_("This is the text in force already. Change it before you publish."))


def check_not_ahead(on: dt.date, today: dt.date) -> None:
    """Refuse a day on which it cannot have happened yet."""
    if on > today:
        raise Refused(_("Choose today or a day before."))


def check_leaving_day(on: dt.date, today: dt.date) -> None:
    """Refuse a day of leaving that has passed, or lies too far ahead to plan for."""
    if not today <= on <= today + dt.timedelta(days=LONGEST_AHEAD):
        raise Refused(_("Choose a day from today on, within a year."))


def check_plan(draft: PlanDraft, today: dt.date, *, agreed: bool) -> None:
    """Refuse a privacy plan that says nothing, or that nobody would look at again."""
    if agreed and not draft.measures and not (draft.how or "").strip():
        raise Refused(_("Agree on at least one thing that changes, or write down what helps."))
    if draft.review_on is not None and not today < draft.review_on <= today + dt.timedelta(
        days=LONGEST_AHEAD
    ):
        raise Refused(_("Look at it again on a day within the next year."))
    if agreed and draft.review_on is None:
        raise Refused(_("Say on which day you look at it together again."))
    if not draft.measures and not any((said or "").strip() for said in (draft.worry, draft.how)):
        raise Refused(_("Write down what worries you, or tap what should change."))


WANTED: dict[Preparation, str] = {
    Preparation.INTERVIEW: N_("getting to know each other"),
    Preparation.STABILITY: N_("the talk about how they are"),
    Preparation.EXPOSURE: N_("the talk about being seen"),
    Preparation.LIMITS: N_("own limits and hours"),
}


def missing_before_training(
    done: Collection[str], n_good: int, vetted_until: dt.date | None, today: dt.date, *, vetting: bool
) -> list[str]:
    """Name what is still missing before training begins."""
    missing = [_(label) for what, label in WANTED.items() if what not in done]
    if n_good < REFERENCES:
        missing.append(_("good references (%(n)s of %(of)s so far)", n=n_good, of=REFERENCES))
    if vetting and (vetted_until is None or vetted_until < today):
        missing.append(_("a valid clearance"))
    return missing


def n_good(references: Iterable[Mapping[str, str | None]]) -> int:
    """Count the references that were answered well."""
    return sum(one.get("good") == "yes" for one in references)


def unsigned(
    current: Collection[Published],
    signed: Collection[uuid.UUID],
    agreement_on: dt.date | None,
    *,
    is_of_a_signing: bool,
) -> set[uuid.UUID]:
    """Name the texts in force that a volunteer has not signed.

    A day of signing from elsewhere (imported, on paper) counts for every text published up to that day. A
    day that stands for a signing kept here does not count for what was published later that same day.
    """
    return {
        text.id
        for text in current
        if text.id not in signed and not _covers(agreement_on, text.published_on, is_of_a_signing)
    }


def _covers(agreement_on: dt.date | None, published_on: dt.date, is_of_a_signing: bool) -> bool:
    if agreement_on is None:
        return False
    return agreement_on > published_on or (agreement_on == published_on and not is_of_a_signing)


def says_how_long(notice: str, months: int) -> bool:
    """Tell whether a programme's own words name the months after which details are deleted."""
    words = "|".join(re.escape(one) for one in (_("months"), _("month")))
    return re.search(rf"(?<!\d){months}\s+(?:{words})\b", notice, re.IGNORECASE) is not None
