"""Brings the database to the shape of the tables."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, Enum

from peerlink import app
from peerlink.config import from_environment
from peerlink.store.model import Model
from peerlink.store.types import Moment

KEPT_AS: dict[type, str] = {Moment: "sa.DateTime()", Enum: "sa.String(40)"}


def plain_type(kind: str, thing: Any, _: Any) -> str | bool:
    """Write a type of ours as what the database knows, so that old migrations need no code of today."""
    if kind == "type":
        for ours, written in KEPT_AS.items():
            if isinstance(thing, ours):
                return written
    return False


def number(migration: Any, _: Any, directives: list[Any]) -> None:
    """Number migrations 0001, 0002, ... so that two at once collide instead of forking."""
    directives[0].rev_id = f"{int(migration.get_current_revision() or 0) + 1:04}"


def run(connection: Connection) -> None:
    """Take the steps on this connection."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        render_as_batch=True,
        render_item=plain_type,
        process_revision_directives=number,
    )
    with context.begin_transaction():
        context.run_migrations()


lent = context.config.attributes.get("connection")
if lent is not None:
    run(lent)
else:
    with app.open_house(from_environment()).engine.connect() as own:
        run(own)
