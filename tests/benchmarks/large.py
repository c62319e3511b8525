"""Makes up a large programme for measuring: matched people, three years of contacts, check-ins and talks.

The same on every run for the same numbers. Contacts are written by the driver, everything sealed by the
store's own bulk insert, so that rows are what the services would have left behind.
"""

import datetime as dt
import random
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.indicators import recount
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Programme
from peerlink.features.supervision.models import Supervision
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import (
    CheckinStatus,
    MatchStatus,
    ParticipantStatus,
    SupervisionKind,
    SupervisionStatus,
    TrainingResult,
    VolunteerStatus,
)
from peerlink.store import gate, house
from peerlink.store.bulk import NewRow, insert_rows
from peerlink.store.engine import open_sqlite
from peerlink.store.model import Model
from peerlink.store.session import session, transaction
from peerlink.vault.keyring import Keyring

TODAY = dt.date(2026, 5, 4)
HISTORY = 1095
"""Days the programme has been running."""
MONTHS = 36
HEAVY_TAGS = ("crisis", "suicidality", "violence", "bereavement", "relapse")
MODULES = ("confidentiality", "safeguarding", "listening", "treatment")
CHUNK = 20_000
CACHE_KIB = 1_500_000

Pair = tuple[uuid.UUID, uuid.UUID, uuid.UUID]
"""Match, volunteer, participant."""


@dataclass
class Made:
    """The people made up."""

    volunteers: list[uuid.UUID]
    pairs: list[Pair] = field(default_factory=list)


@contextmanager
def a_house() -> Iterator[house.House]:
    """Open an empty instance as it is shipped, and throw it away afterwards."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        keyring = Keyring.create(home, Path(place) / "keys" / "root.key")
        engine = open_sqlite(home / "data.db", keyring.page_key("data"))
        opened = house.House(engine, keyring, home)
        house.enter(opened)
        Model.metadata.create_all(engine)
        try:
            yield opened
        finally:
            house.enter(None)
            engine.dispose()
            keyring.close()


def fill(n_volunteers: int, n_participants: int, n_contacts: int) -> Made:
    """Make up a programme of this size: every participant is matched, every volunteer has about as many."""
    dice = random.Random(7)
    made = Made([_id(dice) for _ in range(n_volunteers)])
    with transaction(), gate.opened("a benchmark makes up a programme"):
        session.connection().exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
        programme = _id(dice)
        settings = {"timezone": "UTC", "language": "en", "under18": False, "unpaid_by_design": False,
                    "community_only": False, "name": "Large"}  # fmt: skip
        insert_rows(Programme, [(programme, uuid.UUID(int=0), settings)])
        insert_rows(Volunteer, [_volunteer(dice, one) for one in made.volunteers])
        insert_rows(Account, [_account(dice, one) for one in made.volunteers])
        participants = [_id(dice) for _ in range(n_participants)]
        insert_rows(Participant, [_participant(dice, one) for one in participants])
        made.pairs = [
            (_id(dice), made.volunteers[n % n_volunteers], participant)
            for n, participant in enumerate(participants)
        ]
        insert_rows(Match, [_match(dice, *pair) for pair in made.pairs])
        for volunteer in made.volunteers:
            insert_rows(Checkin, [_checkin(dice, volunteer, n) for n in range(MONTHS)])
            insert_rows(Supervision, [_talk(dice, volunteer, n) for n in range(MONTHS)])
        insert_rows(Completion, [row for one in made.volunteers for row in _modules(dice, one)])
        _contacts(dice, made.pairs, n_contacts)
        recount.rebuild(TODAY)
    engine = house.engine()
    engine.dispose()  # the cache was for filling only: what is measured has the one it ships with
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


def _id(dice: random.Random) -> uuid.UUID:
    return uuid.UUID(int=dice.getrandbits(128), version=4)


def ago(days: int) -> dt.date:
    """Return the day so many days before the one everything is judged on."""
    return TODAY - dt.timedelta(days=days)


def _volunteer(dice: random.Random, one: uuid.UUID) -> NewRow:
    paused = dice.random() < 0.05
    return one, one, {
        "status": VolunteerStatus.PAUSED if paused else VolunteerStatus.ACTIVE,
        "status_since": ago(dice.randrange(10, 120)) if paused else ago(HISTORY),
        "joined_on": ago(HISTORY), "site_id": None, "supervisor_id": None, "capacity": dice.randint(8, 13),
        "agreed_hours": dice.choice((20, 30, 40, None)), "no_new_matches_until": None, "review_on": None,
        "ref": f"V{one.hex[:12]}", "given_name": "Vera", "family_name": "Long", "languages": {"en": "first"},
    }  # fmt: skip


def _account(dice: random.Random, volunteer: uuid.UUID) -> NewRow:
    account = _id(dice)
    return account, account, {
        "state": AccountState.ACTIVE, "role_bits": 1, "person_id": volunteer, "site_id": None,
        "seen_on": ago(dice.randrange(60)), "email": f"{account.hex}@example.org", "name": "Vera",
    }  # fmt: skip


def _participant(dice: random.Random, one: uuid.UUID) -> NewRow:
    return one, one, {
        "status": ParticipantStatus.ACTIVE, "status_since": ago(HISTORY), "referred_on": ago(HISTORY + 20),
        "site_id": None, "planned_interval_days": dice.choice((7, 14, 14, 28)), "review_on": None,
        "ref": f"P{one.hex[:12]}", "given_name": "Paul", "family_name": "Short", "languages": {"en": "first"},
    }  # fmt: skip


def _match(dice: random.Random, match: uuid.UUID, volunteer: uuid.UUID, participant: uuid.UUID) -> NewRow:
    return match, participant, {
        "volunteer_id": volunteer, "participant_id": participant, "status": MatchStatus.ACTIVE,
        "proposed_on": ago(HISTORY), "accepted_on": ago(HISTORY), "started_on": ago(HISTORY),
        "ended_on": None, "end_reason": None, "planned_end": None,
        "planned_interval_days": dice.choice((None, 14)), "volunteer_said": None, "participant_said": None,
        "ref": f"M{match.hex[:12]}",
    }  # fmt: skip


def _checkin(dice: random.Random, volunteer: uuid.UUID, n: int) -> NewRow:
    due, is_answered = ago(n * 30 + 3), dice.random() < 0.85
    usual = dice.choice((0, 0, 1, 1, 2))
    answers = {
        f"v{item}": min(4, max(0, (usual if item <= 7 else 4 - usual) + dice.choice((-1, 0, 0, 0, 1))))
        for item in range(1, 15)
    }
    return _id(dice), volunteer, {
        "volunteer_id": volunteer, "due_on": due, "answered_on": due if is_answered else None,
        "status": CheckinStatus.ANSWERED if is_answered else CheckinStatus.EXPIRED,
        "answers": answers if is_answered else None, "request": "no" if is_answered else None,
    }  # fmt: skip


def _talk(dice: random.Random, volunteer: uuid.UUID, n: int) -> NewRow:
    kind = dice.choice((SupervisionKind.ONE_TO_ONE, SupervisionKind.GROUP, SupervisionKind.DEBRIEF))
    return _id(dice), volunteer, {
        "volunteer_id": volunteer, "supervisor_id": None, "kind": kind, "status": SupervisionStatus.HELD,
        "held_on": ago(n * 30 + dice.randrange(25)), "minutes": 45, "about_contact_id": None,
        "themes": ["boundaries"],
    }  # fmt: skip


def _modules(dice: random.Random, volunteer: uuid.UUID) -> Iterator[NewRow]:
    for module in MODULES:
        yield _id(dice), volunteer, {
            "volunteer_id": volunteer, "module": module, "completed_on": ago(dice.randrange(20, 420)),
            "valid_until": None, "minutes": 90, "result": TrainingResult.PASSED, "mandatory": True,
            "areas": 0,
        }  # fmt: skip


def _contacts(dice: random.Random, pairs: list[Pair], n_contacts: int) -> None:
    """Write contacts in the order of their days, as they would have come, and say why some were heavy."""
    days = [ago(n).isoformat() for n in range(HISTORY)]
    moments = sorted(
        (dice.randrange(HISTORY), n) for n, _each in zip(_turns(len(pairs)), range(n_contacts), strict=False)
    )
    names = [*Contact.__table__.columns.keys()]
    marks = ", ".join("?" for _name in names)
    statement = f"INSERT INTO contact ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - names of our own
    connection = session.connection()
    rows: list[tuple[object, ...]] = []
    details: list[NewRow] = []
    hexed = [tuple(one.hex for one in pair) for pair in pairs]
    for at in range(len(moments) - 1, -1, -1):
        back, n = moments[at]
        contact = _id(dice)
        said = _said(dice, days[back], back)
        if said["heavy"]:
            tags = {"difficulty": [dice.choice(HEAVY_TAGS)], "effort": 3}
            details.append((contact, pairs[n][2], tags))
        match, volunteer, participant = hexed[n]
        said |= {"id": contact.hex, "match_id": match, "volunteer_id": volunteer}
        said |= {"participant_id": participant, "day": days[back]}
        rows.append(tuple(said.get(name) for name in names))
        if len(rows) >= CHUNK or not at:
            connection.exec_driver_sql(statement, rows)
            insert_rows(ContactDetail, details)
            rows, details = [], []


def _turns(n: int) -> Iterator[int]:
    while True:
        yield from range(n)


def _said(dice: random.Random, day: str, back: int) -> dict[str, object]:
    luck = dice.random()
    held = luck < 0.84
    missed = 0.84 <= luck < 0.93
    status = (
        "held" if held else "missed" if missed else "cancelled" if luck < 0.98 or back > 60 else "unconfirmed"
    )
    return {
        "planned_on": day if dice.random() < 0.7 or not held else None,
        "status": status,
        "missed_by": None if held or status == "unconfirmed" else dice.choice(("participant", "volunteer")),
        "minutes": dice.choice((15, 30, 45, 60)) if held else 0,
        "channel": "phone" if held else None,
        "support": 0,
        "areas": dice.randrange(1, 32) if held else 0,
        "late": int(held and dice.random() < 0.1),
        "heavy": int(held and dice.random() < 0.04),
        "difficult": int(dice.random() < 0.03),
    }
