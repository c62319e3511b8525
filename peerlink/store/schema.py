"""Brings the database to the shape of the tables, and tells whether it has it."""

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
    with engine.execution_options(immediate=True).begin() as connection:
        command.upgrade(configuration(connection), "head")


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
    with engine.execution_options(immediate=True).begin() as connection:
        config = configuration(connection)
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True)
