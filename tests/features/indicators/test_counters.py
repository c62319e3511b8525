"""The counters say what the contacts say, whatever happens to a contact."""

import dataclasses
import datetime as dt
import random
import uuid
from typing import Any

import pytest
from sqlalchemy import delete, insert, update

from peerlink.features.contacts.events import ContactFacts
from peerlink.features.contacts.models import Contact
from peerlink.features.indicators import counters, recount
from peerlink.features.indicators.models import VolunteerDay
from peerlink.framework.contact_words import ContactStatus, MissedBy
from peerlink.store import house
from peerlink.store.session import session, transaction
from tests.support import cast

TODAY = dt.date(2026, 5, 4)
WHO = {cast.AMINA_ID: (cast.AMINA_EFE, cast.EFE_ID), cast.BEN_ID: (cast.BEN_FOLA, cast.FOLA_ID)}


def a_contact(dice: random.Random, **said: Any) -> ContactFacts:
    volunteer = dice.choice([cast.AMINA_ID, cast.BEN_ID])
    status = dice.choice(list(ContactStatus))
    day = TODAY - dt.timedelta(days=dice.choice([0, 0, 1, 6, 7, 27, 28, 29, 30, 59, 60, 89, 90, 150, 300]))
    told = {
        "contact_id": uuid.UUID(int=dice.getrandbits(128)),
        "match_id": WHO[volunteer][0],
        "volunteer_id": volunteer,
        "participant_id": WHO[volunteer][1],
        "day": day,
        "planned_on": dice.choice([None, day, day - dt.timedelta(days=3), day + dt.timedelta(days=2)]),
        "status": status,
        "missed_by": dice.choice([None, *MissedBy]),
        "minutes": dice.choice([0, 15, 60]),
        "areas": dice.randrange(32),
        "late": dice.random() < 0.2,
        "heavy": dice.random() < 0.2,
        "difficult": dice.random() < 0.2,
    }
    return ContactFacts(**{**told, **said})


def row_of(contact: ContactFacts) -> dict[str, Any]:
    row = {one.name: getattr(contact, one.name) for one in dataclasses.fields(contact)}
    row["id"] = row.pop("contact_id")
    return {**row, "channel": None, "support": 0}


def keep(before: ContactFacts | None, after: ContactFacts | None) -> None:
    """Do to the log what is told to the counters."""
    if before is None and after is not None:
        session.execute(insert(Contact), [row_of(after)])
    elif after is None and before is not None:
        session.execute(delete(Contact).where(Contact.id == before.contact_id))
    elif after is not None:
        session.execute(update(Contact).where(Contact.id == after.contact_id).values(row_of(after)))
    counters.change(before, after, TODAY)


def some_deeds(dice: random.Random, n: int) -> None:
    log: list[ContactFacts] = []
    for _n in range(n):
        deed = dice.random()
        if not log or deed < 0.6:
            log.append(a_contact(dice))
            keep(None, log[-1])
        else:
            before = log.pop(dice.randrange(len(log)))
            if deed < 0.85:
                log.append(a_contact(dice, contact_id=before.contact_id))
                keep(before, log[-1])
            else:
                keep(before, None)


@pytest.mark.parametrize("seed", range(6))
def test_the_counters_say_what_the_contacts_say(the_cast: house.House, seed: int) -> None:
    with transaction():
        some_deeds(random.Random(seed), 60)
        assert recount.differing(TODAY, [cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID]) == []


@pytest.mark.parametrize("seed", range(3))
def test_days_go_by_and_the_counters_keep_up(the_cast: house.House, seed: int) -> None:
    with transaction():
        some_deeds(random.Random(seed), 30)
        for days in (1, 2, 5, 40):
            later = TODAY + dt.timedelta(days=days)
            counters.advance(later)
            assert recount.differing(later, [cast.AMINA_ID, cast.BEN_ID]) == []


@pytest.mark.parametrize("seed", range(3))
def test_counting_anew_comes_to_the_same(the_cast: house.House, seed: int) -> None:
    with transaction():
        some_deeds(random.Random(seed), 40)
        kept = {who: counters.counted(TODAY, who) for who in WHO}
        recount.rebuild(TODAY)
        assert {who: counters.counted(TODAY, who) for who in WHO} == kept
        assert recount.differing(TODAY, WHO) == []


def test_a_difference_is_found(the_cast: house.House) -> None:
    with transaction():
        some_deeds(random.Random(1), 20)
        session.execute(
            update(VolunteerDay).where(VolunteerDay.day == TODAY).values(minutes=VolunteerDay.minutes + 1)
        )
        assert set(recount.differing(TODAY, WHO)) == set(WHO)


def test_a_window_ends_with_its_last_day(the_cast: house.House) -> None:
    dice = random.Random(3)

    def held(days: int) -> ContactFacts:
        return a_contact(
            dice,
            volunteer_id=cast.AMINA_ID,
            match_id=cast.AMINA_EFE,
            participant_id=cast.EFE_ID,
            status=ContactStatus.HELD,
            day=TODAY - dt.timedelta(days=days),
            planned_on=None,
        )

    with transaction():
        for days in (0, 27, 28):
            keep(None, held(days))
        counted = counters.counted(TODAY, cast.AMINA_ID)[cast.AMINA_ID]
        assert counted("held", 28) == 2
        assert counted("held", 30) == 3


@pytest.mark.parametrize("areas", range(32))
def test_a_contact_is_shared_out_whole(areas: int) -> None:
    assert sum(counters.shares(areas).values()) in {0, counters.WHOLE}


def test_whoever_lags_is_taken_along_by_the_night(the_cast: house.House) -> None:
    dice = random.Random(5)
    with transaction():
        for volunteer, (match, participant) in WHO.items():
            said = {"volunteer_id": volunteer, "match_id": match, "participant_id": participant}
            keep(None, a_contact(dice, **said, status=ContactStatus.HELD, day=TODAY, planned_on=None))
        later = TODAY + dt.timedelta(days=3)
        counters.reach(cast.AMINA_ID, later)
        counters.advance(later + dt.timedelta(days=1))
        assert recount.differing(later + dt.timedelta(days=1), WHO) == []


def test_one_volunteer_reaches_today_before_the_night(the_cast: house.House) -> None:
    dice = random.Random(6)
    with transaction():
        said = {"volunteer_id": cast.AMINA_ID, "match_id": cast.AMINA_EFE, "participant_id": cast.EFE_ID}
        keep(None, a_contact(dice, **said, status=ContactStatus.HELD, day=TODAY, planned_on=None))
        later = TODAY + dt.timedelta(days=2)
        assert recount.differing(later, [cast.AMINA_ID]) == [cast.AMINA_ID]
        counters.reach(cast.AMINA_ID, later)
        assert recount.differing(later, [cast.AMINA_ID]) == []
        counters.reach(cast.ZOE_ID, later)
        assert counters.counted(later, cast.ZOE_ID) == {}
