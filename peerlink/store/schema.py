"""Brings the database to the shape of the tables, and tells whether it has it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from peerlink.store.model import Model

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for work on this connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def bring_up_to_date(engine: Engine) -> None:
    """Take every migration step this database has not taken yet."""
    with moving(engine) as connection:
        command.upgrade(configuration(connection), "head")


@contextmanager
def moving(engine: Engine) -> Iterator[Connection]:
    """Yield a connection on which tables can be made anew; all that is done on it is kept, or nothing.

    SQLite changes a table by copying it, and what points at it would stand in the way: these ties rest
    meanwhile and are looked over in the end (sqlite.org, "Making Other Kinds Of Table Schema Changes").
    """
    on_sqlite = engine.dialect.name == "sqlite"
    with engine.execution_options(immediate=True).connect() as connection:
        bare = connection.connection.driver_connection
        if on_sqlite and bare is not None:
            bare.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("a migration left rows that point nowhere")
        finally:
            if on_sqlite and bare is not None:
                bare.execute("PRAGMA foreign_keys = ON")


def is_up_to_date(engine: Engine) -> bool:
    """Tell whether the database has taken the last migration step."""
    with engine.connect() as connection:
        head = ScriptDirectory.from_config(configuration(connection)).get_current_head()
        return MigrationContext.configure(connection).get_current_revision() == head


def differences(engine: Engine) -> list[str]:
    """Name every difference between the tables as migrated and the tables as written."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(one) for one in compare_metadata(context, Model.metadata)]


def write_step(engine: Engine, message: str) -> None:
    """Write the migration that leads from the last one to the tables as written."""
    with moving(engine) as connection:
        config = configuration(connection)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True)
