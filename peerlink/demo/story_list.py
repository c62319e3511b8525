"""How participants came to the waiting list: referred, asked, ready."""

import dataclasses
import datetime as dt
import random
from collections.abc import Mapping

from peerlink.demo.cast import AMINA
from peerlink.demo.lives import Person
from peerlink.demo.places import PLACES, SITES
from peerlink.demo.stage import Stage
from peerlink.features.participants import service as participants
from peerlink.features.participants.rules import ConsentKind, ParticipantDraft
from peerlink.framework.vocabularies import ParticipantStatus, ReferralSource

SOME_TIMES = ("mon 10:00-12:00", "tue 17:00-19:00", "wed 14:00-16:00", "thu 18:00-20:00", "sat 10:00-13:00")
PLACE_REFS = tuple(place.ref for place in PLACES)
MATTERS: tuple[Mapping[str, object], ...] = (
    {"trait": "age_near", "value": None, "must": False},
    {"trait": "life_stage", "value": "parent", "must": False},
    {"trait": "life_stage", "value": "long_term_survivor", "must": False},
    {"trait": "gender", "value": "woman", "must": False},
    {"trait": "gender", "value": "man", "must": False},
)
"""What some say matters to them in a volunteer."""


def refer(
    stage: Stage, person: Person, days_ago: int, *, language: str = "en", interval: int | None = 7
) -> None:
    """Let somebody be referred to the programme."""
    draft = ParticipantDraft(
        ref=person.ref,
        given_name=person.given,
        family_name=person.family,
        alias=person.alias,
        phone=person.phone,
        birth_year=stage.today.year - person.born_ago,
        gender=person.gender,
        languages={language: "first", "fr": "basic"},
        channels=("phone", "in_person", "text"),
        availability=tuple(stage.rng.sample(SOME_TIMES, 2)),
        safe_channels=("phone", "text"),
        safe_words="Say it is about the reading group.",
        referral_source=stage.rng.choice(tuple(ReferralSource)),
        area=SITES[person.n % len(SITES)].area,
        needs=person.needs,
        wants=_wants(stage.rng),
        goals=("outcome.social", "outcome.psychological") if person.n % 2 else ("outcome.cognitive",),
        planned_interval_days=interval,
    )
    site, places = f"S{1 + person.n % 3}", tuple(stage.rng.sample(PLACE_REFS, 2))

    def do() -> None:
        by = stage.accounts[AMINA]
        full = _placed(draft, stage, site, places)
        stage.participants[person.alias] = participants.add_participant(full, by=by).id

    stage.then(stage.at(days_ago, 10, person.n % 60), do)


def _wants(rng: random.Random) -> tuple[Mapping[str, object], ...]:
    return tuple(rng.sample(MATTERS, 1)) if rng.random() < 0.7 else ()


def _placed(draft: ParticipantDraft, stage: Stage, site: str, places: tuple[str, ...]) -> ParticipantDraft:
    return dataclasses.replace(
        draft, site_id=stage.sites[site], places=tuple(stage.places[ref].hex for ref in places)
    )


def agree(stage: Stage, alias: str, days_ago: int) -> None:
    """Let somebody agree to support and to matching."""
    kinds = (ConsentKind.SUPPORT, ConsentKind.MATCHING)
    stage.then(
        stage.at(days_ago, 11),
        lambda: participants.take_consents(stage.participant(alias), kinds, by=stage.accounts[AMINA]),
    )


def wait(stage: Stage, alias: str, days_ago: int) -> None:
    """Put somebody on the waiting list."""
    step_participant(stage, alias, ParticipantStatus.WAITING, stage.at(days_ago, 11, 30))


def step_participant(
    stage: Stage,
    alias: str,
    to: ParticipantStatus,
    at: dt.datetime,
    reason: str | None = None,
    review_on: dt.date | None = None,
) -> None:
    """Let somebody take a step of their own life-cycle."""
    stage.then(
        at,
        lambda: participants.step(
            stage.participant(alias), to, by=stage.accounts[AMINA], reason=reason, review_on=review_on
        ),
    )
