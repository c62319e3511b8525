"""Everything kept about a volunteer under their own key, gathered for themself alone."""

import datetime as dt
import enum
from collections.abc import Iterator
from typing import Any

from sqlalchemy import LargeBinary, Uuid, inspect, select

from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.store.model import Model, SealedModel
from peerlink.store.sealing import MAIN, Damaged, name_of
from peerlink.store.session import session

TOLD_BY_OTHERS = frozenset({"incident"})
"""What somebody else reported about them in confidence is not theirs to read, nor that it was."""
BESIDES_THEM = frozenset({"participant_id", "match_id"})
"""Columns of tables that are about somebody else as much as about the volunteer."""
PUTS_BACK = "before"
"""What is kept for a day so that a step can be taken back: numbers of records and days said elsewhere."""
NUMBERS = (Uuid, LargeBinary)
"""Types of columns that say nothing to a person: numbers of records, and what is sealed."""
Row = dict[str, object]


def own_record(viewer: Viewer) -> dict[str, list[Row]]:
    """Return what is kept about the volunteer who is looking, by table: text, numbers, days.

    What others wrote in confidence, such as references, is left out as it is from every other page of theirs;
    so are the numbers of records, which say nothing to a person. That it was taken along is written down.
    """
    if viewer.person_id is None:
        return {}
    found: dict[str, list[Row]] = {}
    for model in sorted(_tables(), key=lambda one: one.__tablename__):
        rows = list(_rows(model, viewer))
        if rows:
            found[model.__tablename__] = rows
    gate.note("own record taken", {"tables": str(len(found))})
    return found


def _tables() -> list[Any]:
    return [mapper.class_ for mapper in Model.registry.mappers]


def _rows(model: Any, viewer: Viewer) -> Iterator[Row]:
    if issubclass(model, SealedModel):
        if model.__tablename__ not in viewer.opens() - TOLD_BY_OTHERS:
            return
        whose = viewer.account_id if model.__tablename__ == "account" else viewer.person_id
        for row in many(select(model).where(model.subject_id == whose)):
            if getattr(row, "kind", None) not in TOLD_BY_OTHERS:
                yield _plain(row) | _sealed(row, viewer)
    elif "volunteer_id" in model.__table__.columns and not BESIDES_THEM & set(model.__table__.columns.keys()):
        for row in session.scalars(select(model).where(model.volunteer_id == viewer.person_id)):
            yield _plain(row)


def _plain(row: Any) -> Row:
    said = [one for one in inspect(type(row)).column_attrs if not isinstance(one.columns[0].type, NUMBERS)]
    return {one.key: _as_data(getattr(row, one.key)) for one in said if one.key != "version"}


def _sealed(row: SealedModel, viewer: Viewer) -> Row:
    try:
        return {
            name: _as_data(getattr(row, name))
            for name, field in row.fields.items()
            if name != PUTS_BACK
            and (field.record == MAIN or name_of(row.__tablename__, field.record) in viewer.opens())
        }
    except Damaged as damaged:
        return {"damaged": str(damaged)}


def _as_data(value: object) -> object:
    if isinstance(value, enum.Enum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else value
