"""The command that shows PeerLink with made-up people: `peerlink demo`."""

import json
import os
import shutil
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click
from flask import Flask

from peerlink import app as building
from peerlink import clock, jobs, wiring
from peerlink.config import Settings, default_key_file, from_environment
from peerlink.demo.cast import LOOK_AT, PEERS, STAFF
from peerlink.demo.stage import ZONE
from peerlink.demo.story import tell_riverbend
from peerlink.errors import Refused
from peerlink.roles import ROLE_LABELS, Role
from peerlink.store import house, schema
from peerlink.vault.keyring import Keyring, KeyTrouble

Plainly = Callable[[Callable[..., None]], Callable[..., None]]
Serve = Callable[[Flask, str, int], None]
HERE = "127.0.0.1"
"""A demonstration is for this machine only: whoever reaches it may be anybody in it."""
MARK = "demo.json"
"""The file that says an instance is a demonstration, and may be thrown away."""


def demo_command(plainly: Plainly, serve: Serve) -> click.Command:
    """Return the command; `plainly` says expected trouble as a sentence, `serve` answers until ended."""

    @click.command("demo")
    @click.option("--port", default=8000, show_default=True, help="Port to listen on, on this machine only.")
    @click.option("--fresh", is_flag=True, help="Tell the story anew although it was told today.")
    @click.option("--no-serve", is_flag=True, help="Tell the story, and leave it at that.")
    @plainly
    def run(port: int, fresh: bool, no_serve: bool) -> None:
        """Serve a programme of made-up people, kept in an instance of its own that may be thrown away."""
        settings = demo_settings()
        _refuse_others(settings.home)
        if not no_serve:
            _refuse_taken(port)
        opened = None if fresh else _find_todays(settings)
        if opened is None:
            opened = _tell_anew(settings)
        _say_who(port, serving=not no_serve)
        if no_serve:
            return
        jobs.start_beside()
        serve(building.create_app(opened, {"DEMO": True}), HERE, port)

    return run


def demo_settings() -> Settings:
    """Say where the demonstration lies: never in a programme's database, never under a programme's key."""
    home = os.environ.get("PEERLINK_HOME") or "instance/demo"
    settings = from_environment({**os.environ, "PEERLINK_HOME": home})
    return replace(settings, database_url=None, key_file=default_key_file(settings.home))


def _refuse_others(home: Path) -> None:
    """Refuse a folder that holds anything but a demonstration."""
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        raise Refused(
            f"{home} is not a demonstration, so nothing was changed. Name another folder in PEERLINK_HOME."
        )


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HERE, port))
        except OSError:
            raise Refused(f"Something listens on port {port} already. Try --port {port + 1}.") from None


def _find_todays(settings: Settings) -> house.House | None:
    """Open the demonstration if it was told today and still opens."""
    try:
        told_on = json.loads((settings.home / MARK).read_text())["told_on"]
        if told_on != clock.today(ZONE).isoformat():
            return None
        opened = building.open_house(settings)
    except (OSError, ValueError, KeyError, KeyTrouble):
        return None
    if schema.is_up_to_date(opened.engine):
        return opened
    _leave(opened)
    return None


def _tell_anew(settings: Settings) -> house.House:
    began = time.monotonic()
    _throw_away(settings)
    settings.home.mkdir(parents=True, mode=0o700)
    _mark(settings.home, None)
    Keyring.create(settings.home, settings.key_file).close()
    opened = building.open_house(settings)
    schema.bring_up_to_date(opened.engine)
    wiring.connect()
    click.echo("Riverbend, fourteen months of made-up people:")
    today = clock.today(ZONE)
    for month in tell_riverbend(today):
        click.echo(f"  {month:<44}{time.monotonic() - began:7.1f} s")
    _mark(settings.home, today.isoformat())
    click.echo(f"  {'told':<44}{time.monotonic() - began:7.1f} s")
    return opened


def _throw_away(settings: Settings) -> None:
    """Take a demonstration away, with the keys made for it."""
    if settings.home.exists():
        shutil.rmtree(settings.home)
    for file in settings.key_file.parent.glob(f"{settings.key_file.stem}.*"):
        file.unlink()


def _leave(opened: house.House) -> None:
    opened.engine.dispose()
    opened.keyring.close()
    house.enter(None)


def _mark(home: Path, told_on: str | None) -> None:
    (home / MARK).write_text(json.dumps({"told_on": told_on}) + "\n")


def _say_who(port: int, *, serving: bool) -> None:
    roles = {one.name: one.role for one in STAFF} | {one.name: Role.VOLUNTEER for one in PEERS}
    click.echo("\nOn the sign-in page, choose whom to be; no password is asked for:\n")
    for name, why in LOOK_AT.items():
        click.echo(f"  {name:<18}{ROLE_LABELS[roles[name]]:<15}{why}")
    click.echo(f"\n  http://localhost:{port}/\n" if serving else "")
