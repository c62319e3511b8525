"""Each step leads to the tables as written, and what an earlier version kept is there afterwards."""

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, column, insert, inspect, select, table

from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.supervision.moved import part_notes
from peerlink.features.training.models import Completion
from peerlink.store import audit, gate, house, schema
from peerlink.store.engine import open_postgres, open_sqlite
from peerlink.store.model import Model
from peerlink.store.sealing import MAIN, NOBODY, seal_blob
from peerlink.store.session import session, transaction
from peerlink.vault.chain import write_digest
from peerlink.vault.keyring import Keyring
from tests.conftest import ON_POSTGRES

WHO, TALK = uuid.UUID(int=101), uuid.UUID(int=521)
TODAY = dt.date(2026, 11, 20)
FIRST = "0001"


@pytest.fixture
def earlier(
    request: pytest.FixtureRequest, tmp_path: Path, opened_house: house.House
) -> Iterator[house.House]:
    """Open a house whose tables are those of the first version."""
    keyring = Keyring.create(tmp_path / "home", tmp_path / "keys" / "root.key")
    if ON_POSTGRES:
        engine = open_postgres(request.getfixturevalue("new_database")("steps"))
    else:
        engine = open_sqlite(tmp_path / "home" / "data.db", keyring.page_key("data"))
    to(engine, FIRST)
    opened = house.House(engine, keyring, tmp_path / "home")
    house.enter(opened)
    yield opened
    engine.dispose()
    keyring.close()
    house.enter(opened_house)


def to(engine: Engine, step: str) -> None:
    with schema.moving(engine) as connection:
        back = step == FIRST and inspect(connection).has_table("agreed_action")
        (command.downgrade if back else command.upgrade)(schema.configuration(connection), step)


def written(opened: house.House) -> None:
    """Write what the first version wrote: a volunteer, a module taken, a talk with a note and agreements."""
    agreed = [
        {"what": "Ring the hall", "due_on": (TODAY + dt.timedelta(days=9)).isoformat()},
        {"what": "Rest on Sundays", "due_on": ""},
    ]
    with transaction(), gate.opened("a test writes as the first version did"):
        opened.keyring.new_person(WHO.bytes)
        sealed = {
            "programme": {"name": "Riverbend"},
            "volunteer": {"ref": "V1", "given_name": "Amina"},
            "supervision": {"themes": ["load"], "note": "slept badly", "agreed": agreed},
        }
        rows = {
            "programme": {"id": uuid.UUID(int=1), "timezone": "UTC", "language": "en", "under18": False,
                          "unpaid_by_design": False, "community_only": False, "subject_id": NOBODY},
            "volunteer": {"id": WHO, "status": "active", "status_since": TODAY, "subject_id": WHO},
            "completion": {"id": uuid.UUID(int=531), "volunteer_id": WHO, "module": "knowledge",
                           "completed_on": TODAY, "minutes": 60, "result": "passed", "mandatory": True,
                           "areas": 0},
            "supervision": {"id": TALK, "volunteer_id": WHO, "kind": "one_to_one", "status": "held",
                            "held_on": TODAY, "subject_id": WHO},
        }  # fmt: skip
        for name, row in rows.items():
            whole = _sealed(name, row, sealed.get(name))
            kinds = Model.metadata.tables[name].c
            session.execute(insert(table(name, *(column(one, kinds[one].type) for one in whole))), whole)


def _sealed(name: str, row: dict[str, object], says: dict[str, object] | None) -> dict[str, object]:
    if says is None:
        return row
    blob = seal_blob(name, MAIN, row["id"], row["subject_id"], 1, says)
    session.info.setdefault("writes", []).append((name, row["id"], 1, write_digest(blob)))
    return row | {"sealed": blob, "version": 1}


def test_the_steps_lead_to_the_tables_as_written(earlier: house.House) -> None:
    to(earlier.engine, "head")
    assert schema.differences(earlier.engine) == []
    assert schema.is_up_to_date(earlier.engine)


def test_what_the_first_version_kept_is_there_afterwards(
    earlier: house.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(earlier)
    to(earlier.engine, "head")
    with transaction(), gate.opened("set-up"):
        monkeypatch.setattr("peerlink.clock.today", lambda _zone: TODAY)
        assert part_notes() == 1
        assert part_notes() == 0, "and once is enough"
    with transaction(), gate.opened("a test looks"):
        talk = session.get_one(Supervision, TALK)
        assert (talk.note, talk.themes, talk.own_point) == ("slept badly", ["load"], None)
        agreed = {one.what: one for one in session.scalars(select(AgreedAction))}
        assert agreed["Ring the hall"].due_on == TODAY + dt.timedelta(days=9)
        assert agreed["Ring the hall"].is_open
        assert not agreed["Rest on Sundays"].is_open
        assert session.scalars(select(Completion.module)).all() == ["knowledge"]
        assert audit.verify(session) == []


def test_a_step_back_and_forth_keeps_the_rest(earlier: house.House) -> None:
    written(earlier)
    to(earlier.engine, "head")
    to(earlier.engine, FIRST)
    to(earlier.engine, "head")
    assert schema.differences(earlier.engine) == []
    with transaction(), gate.opened("a test looks"):
        assert session.scalars(select(Completion.module)).all() == ["knowledge"]
        assert session.get_one(Supervision, TALK).themes == ["load"]
