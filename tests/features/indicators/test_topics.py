"""Topics are counted by their sums as by the contacts themselves, and only what nobody prepared for."""

import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy import select, update

from peerlink.features.contacts.events import ContactFacts, ContactKept
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.indicators import gather, topics
from peerlink.features.indicators.facts import Untrained
from peerlink.features.indicators.listeners import count
from peerlink.features.indicators.models import Carried
from peerlink.framework.contact_words import ContactStatus
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.training import trained
from tests.features.training.deeds import published
from tests.store.tampering import findings
from tests.support import cast

TODAY = dt.date(2026, 11, 20)
FACTS = (
    "match_id", "volunteer_id", "participant_id", "day", "planned_on", "status", "missed_by", "minutes",
    "areas", "late", "heavy", "difficult",
)  # fmt: skip


def days_ago(n: int) -> dt.date:
    return TODAY - dt.timedelta(days=n)


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def held(days: int, *codes: str, technique: str = "", **said: Any) -> Contact:
    """Let Amina have held a contact, and the counters know of it as they do of every other."""
    contact = Contact(
        id=uuid.uuid4(), match_id=cast.AMINA_EFE, volunteer_id=cast.AMINA_ID, participant_id=cast.EFE_ID,
        day=days_ago(days), **{"status": ContactStatus.HELD, **said},
    )  # fmt: skip
    session.add(contact)
    session.flush()
    session.add(
        ContactDetail(
            id=contact.id,
            subject_id=cast.EFE_ID,
            topics=list(codes),
            techniques=[technique] if technique else [],
        )
    )
    session.flush()
    mark(contact)
    return contact


def mark(contact: Contact) -> None:
    """Say that a contact came, changed or goes."""
    told = {name: getattr(contact, name) for name in FACTS}
    facts = ContactFacts(contact_id=contact.id, **told)
    ids = {
        name: getattr(facts, name) for name in ("contact_id", "match_id", "volunteer_id", "participant_id")
    }
    count(ContactKept(by=None, before=None, after=facts, **ids))


def carried(day: dt.date = TODAY) -> dict[str, int]:
    """Count by either way, and return what both found."""
    kept, anew = (
        dict(topics.carried_90(day, [cast.AMINA_ID], recount=recount).get(cast.AMINA_ID, {}))
        for recount in (False, True)
    )
    assert kept == anew
    return kept


def untrained(day: dt.date = TODAY, *, recount: bool = False) -> Untrained:
    return topics.untrained_90(day, [cast.AMINA_ID], recount=recount)[cast.AMINA_ID]


def test_held_contacts_of_ninety_days_are_counted_by_either_way() -> None:
    with transaction(), gate.opened("test"):
        held(0, "grief", "work")
        held(89, "grief")
        held(90, "grief")
        held(3, "grief", status=ContactStatus.MISSED)
        held(5, technique="motivational")
        held(5, technique="pros_cons")
        assert carried() == {"grief": 2, "work": 1, "motivational": 1}
        assert carried(days_ago(10)) == {"grief": 2}


def test_what_comes_changes_and_goes_is_counted_at_the_next_look() -> None:
    with transaction(), gate.opened("test"):
        first = held(20, "grief")
        assert carried() == {"grief": 1}
        held(30, "work")
        assert carried() == {"grief": 1, "work": 1}
        session.get_one(ContactDetail, first.id).topics = ["food"]
        session.flush()
        mark(first)
        assert carried() == {"food": 1, "work": 1}
        session.delete(session.get_one(ContactDetail, first.id))
        session.delete(first)
        session.flush()
        mark(first)
        assert carried() == {"work": 1}


def test_the_sums_are_sealed_and_kept_between_looks() -> None:
    with transaction(), gate.opened("test"):
        held(20, "grief")
        carried()
        kept = session.scalars(select(Carried)).one()
        assert (kept.id, kept.stale_from) == (cast.AMINA_ID, None)
        assert b"grief" not in session.scalars(select(Carried.sealed)).one()  # type: ignore[attr-defined]
        held(5, "grief")
        session.refresh(kept)
        assert kept.stale_from == days_ago(5)


def test_a_sum_that_was_tampered_with_is_made_anew() -> None:
    with transaction(), gate.opened("test"):
        held(20, "grief")
        carried()
        session.execute(
            update(Carried).values(sealed=b"\x01" * 200), execution_options={"synchronize_session": False}
        )
        session.expire_all()
        assert carried() == {"grief": 1}


def test_forgotten_sums_are_made_anew() -> None:
    with transaction(), gate.opened("test"):
        held(20, "grief")
        carried()
        for people in ([cast.AMINA_ID], None):
            topics.forget(people)
            assert carried() == {"grief": 1}
    assert findings() == []


@pytest.mark.parametrize("recount", [False, True])
def test_a_module_prepares_for_the_topics_it_names_while_it_is_valid(recount: bool) -> None:
    with transaction(), gate.opened("test"):
        for _n in range(5):
            held(3, "grief", "work", technique="motivational")
        published("Hard talks", topics=("grief",), techniques=("motivational",))
        assert untrained(recount=recount) == Untrained(topics=(("work", 5), ("grief", 5)), n_motivational=5)
        trained(cast.AMINA_ID, "hard_talks", completed_on=days_ago(100), valid_until=days_ago(1))
        assert untrained(recount=recount).n_motivational == 5
        before = untrained(days_ago(1), recount=recount)
        assert before == Untrained(topics=(("work", 5),), n_motivational=0)


@pytest.mark.parametrize(
    ("result", "able"),
    [(TrainingResult.PASSED, True), (TrainingResult.WAIVED, True), (TrainingResult.FAILED, False)],
)
def test_a_module_called_like_a_topic_prepares_for_it_where_nobody_described_it(
    result: TrainingResult, able: bool
) -> None:
    with transaction(), gate.opened("test"):
        held(3, "grief", technique="motivational")
        trained(cast.AMINA_ID, "grief", completed_on=days_ago(100), result=result, mandatory=False)
        trained(cast.AMINA_ID, "motivational_interviewing", completed_on=days_ago(100), result=result)
        known = untrained()
        assert (known.topics == (), known.n_motivational == 0) == (able, able)


@pytest.mark.parametrize(("n", "looked"), [(9, False), (10, True)])
def test_contacts_are_opened_only_where_there_are_enough(n: int, looked: bool) -> None:
    with transaction(), gate.opened("test"):
        for _n in range(n):
            held(3, "grief")
        facts = gather.volunteer_facts(TODAY, recount=True)[cast.AMINA_ID]
        assert facts.untrained_90 == (
            Untrained(topics=(("grief", 10),), n_motivational=0) if looked else None
        )


def test_minutes_of_a_year_are_those_of_active_volunteers() -> None:
    with transaction(), gate.opened("test"):
        for days, who, minutes in ((364, cast.AMINA_ID, 60), (365, cast.AMINA_ID, 30), (0, cast.BEN_ID, 15)):
            trained(who, f"m{days}", completed_on=days_ago(days)).minutes = minutes
        session.flush()
        assert gather.programme_facts(TODAY).minutes_learned_365 == 75
