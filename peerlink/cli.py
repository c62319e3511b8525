"""The commands of PeerLink; `peerlink --help` lists them."""

import json
import os
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
import waitress
from flask import Flask

from peerlink import app as building
from peerlink import clock, jobs, wiring
from peerlink.cli_demo import demo_command
from peerlink.cli_match import match_group
from peerlink.cli_moving import import_command
from peerlink.cli_risks import risks_group
from peerlink.config import from_environment
from peerlink.errors import NotFound, Refused
from peerlink.features.accounts.queries import has_administrator
from peerlink.features.accounts.service import open_setup
from peerlink.features.supervision.moved import part_notes
from peerlink.framework import catalogue, tree
from peerlink.store import audit, gate, house, schema
from peerlink.store.engine import Unsafe, open_sqlite
from peerlink.store.session import reading, session, transaction
from peerlink.vault.keyring import Keyring, KeyTrouble
from peerlink.vault.sqlite_gate import NotLocal

P = ParamSpec("P")
R = TypeVar("R")


class Trouble(click.ClickException):
    """Something expected went wrong: one sentence on standard error, exit code 1."""

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Turn expected trouble of a command into its sentence."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (KeyTrouble, Unsafe, NotLocal, Refused) as trouble:
            raise Trouble(str(trouble)) from None
        except NotFound:
            raise Trouble("There is no such record.") from None

    return run


@click.group()
def main() -> None:
    """Peer support, matched, recorded, looked after and sealed."""
    # Whatever is written, by SQLite too, is for its owner alone.
    os.umask(0o077)


@main.command()
@plainly
def setup() -> None:
    """Make keys, tables and the one-time link for the first administrator."""
    settings = from_environment()
    if not (settings.home / "instance.json").exists():
        Keyring.create(settings.home, settings.key_file).close()
        click.echo(f"Keys made. The root key is {settings.key_file}: keep a copy of it and of the file")
        click.echo("beside it on paper or a stick, away from the data. Without them nothing opens.", nl=True)
    opened = building.open_house(settings)
    schema.bring_up_to_date(opened.engine)
    with transaction(), gate.opened("what an earlier version wrote is brought to the records of today"):
        part_notes()
    with transaction(), gate.opened("set-up"):
        if has_administrator():
            click.echo("This instance has an administrator already. Nothing was changed.")
            return
        secret = open_setup()
    click.echo("Open this address once, within a day, to become the first administrator:")
    click.echo(f"  http://localhost:8000/join/{secret}")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@plainly
def serve(host: str, port: int) -> None:
    """Serve the pages and do the nightly round in one process."""
    opened = _open_current()
    jobs.start_beside()
    _serve(building.create_app(opened), host, port)


@main.command()
@plainly
def work() -> None:
    """Do the nightly round alone, beside web processes of your own."""
    _open_current()
    wiring.connect()
    jobs.work()


@main.group("jobs")
def jobs_group() -> None:
    """What is done by itself."""


@jobs_group.command("run")
@click.argument("name")
@plainly
def jobs_run(name: str) -> None:
    """Do one job now."""
    _open_current()
    wiring.connect()
    job = jobs.find_job(name)
    if job is None:
        raise click.UsageError(
            f"There is no job {name}; there are: {', '.join(one.name for one in jobs.JOBS)}."
        )
    if not jobs.run(job, f"by hand {clock.now().isoformat()}"):
        raise Trouble(f"{name} did not finish; the log names the kind of problem.")


@main.group("audit")
def audit_group() -> None:
    """The trail of everything done and opened."""


@audit_group.command("verify")
@click.option("--format", "as_", type=click.Choice(["text", "json"]), default="text")
@plainly
def audit_verify(as_: str) -> None:
    """Walk the whole trail and compare the records with it."""
    _open_current()
    with reading(), gate.opened("the trail is verified"):
        found = audit.verify(session)
    if as_ == "json":
        click.echo(json.dumps({"ok": not found, "found": found}))
    elif not found:
        click.echo("The trail is whole, and every record is as it says.")
    if found:
        for one in found[:100]:
            click.echo(one, err=True)
        raise Trouble(f"{len(found)} things are not as the trail says. Do not go on; restore and compare.")


@main.command("framework")
@click.option("--format", "as_", type=click.Choice(["text", "json"]), default="text")
def framework(as_: str) -> None:
    """Print the framework: nodes, indicators, rules, thresholds."""
    if as_ == "json":
        click.echo(json.dumps(catalogue.document(), ensure_ascii=False))
        return
    for node in tree.NODES:
        click.echo(f"{node.code}: {node.title}")


@main.group("migrations")
def migrations_group() -> None:
    """The shape of the database."""


@migrations_group.command("check")
@plainly
def migrations_check() -> None:
    """Tell whether the migrations lead to the tables as written."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_sqlite(Path(folder) / "data.db", bytes(32))
        schema.bring_up_to_date(engine)
        found = schema.differences(engine)
        engine.dispose()
    for one in found:
        click.echo(one, err=True)
    if found:
        raise Trouble(
            'The tables have changed: write a migration with `peerlink migrations new "what changed"`.'
        )
    click.echo("Migrations and tables are in step.")


@migrations_group.command("new")
@click.argument("message")
@plainly
def migrations_new(message: str) -> None:
    """Write the migration from the tables as migrated to the tables as written."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_sqlite(Path(folder) / "data.db", bytes(32))
        schema.write_step(engine, message)
        engine.dispose()


def _open_current() -> house.House:
    settings = from_environment()
    if not (settings.home / "instance.json").exists():
        raise Trouble(f"There is no instance in {settings.home}. Make one with `peerlink setup`.")
    opened = building.open_house(settings)
    if not schema.is_up_to_date(opened.engine):
        raise Trouble("The database is of another version. Make a backup, then run `peerlink setup`.")
    return opened


def _serve(app: Flask, host: str, port: int) -> None:
    click.echo(f"PeerLink answers at http://{host}:{port}/ (Ctrl-C ends it)")
    # A web server with a certificate stands before it on the same machine, or nothing does.
    waitress.serve(
        app,
        host=host,
        port=port,
        threads=8,
        ident=None,
        trusted_proxy="127.0.0.1",
        trusted_proxy_headers={"x-forwarded-for", "x-forwarded-proto"},
        clear_untrusted_proxy_headers=True,
    )


main.add_command(import_command(plainly, _open_current))
main.add_command(demo_command(plainly, _serve))
main.add_command(match_group(plainly, _open_current))
main.add_command(risks_group(plainly, _open_current))
