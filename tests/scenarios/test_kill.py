"""kill -9 in the middle of writing, again and again: what was acknowledged is there, and whole."""

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.participants.models import Participant
from peerlink.store import gate, house
from peerlink.store.history import StateChange
from peerlink.store.session import reading, session
from peerlink.vault.keyring import Keyring
from start import ROOT
from tests.conftest import ON_POSTGRES
from tests.scenarios.leaks import instance
from tests.store.tampering import findings
from tests.support import cast

ROUNDS, WRITERS = 7, 4
LONGEST_LIFE = 0.6
"""Seconds a writer lives at most once it has written something."""


@contextmanager
def nursery(opened: house.House, folder: Path) -> Iterator[Callable[[Path], int]]:
    """Run a process that begins writers when asked: their modules are loaded once, not for every kill."""
    variables = dict(os.environ)
    if ON_POSTGRES:
        variables["PEERLINK_DATABASE_URL"] = opened.engine.url.render_as_string(hide_password=False)
    words = [
        sys.executable, "-m", "tests.scenarios.writer", str(opened.home), str(folder / "keys" / "root.key"),
    ]  # fmt: skip
    with (
        (folder / "trouble").open("w") as trouble,
        subprocess.Popen(
            words,
            cwd=ROOT,
            env=variables,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=trouble,
        ) as parent,
    ):

        def begin(said: Path) -> int:
            assert parent.stdin
            assert parent.stdout
            parent.stdin.write(f"{said}\n")
            parent.stdin.flush()
            return int(parent.stdout.readline())

        try:
            yield begin
        finally:
            parent.kill()


def kept_by(said: Path) -> list[uuid.UUID]:
    """Return what a writer acknowledged; a line cut short was not."""
    whole = said.read_bytes().rpartition(b"\n")[0].decode()
    return [uuid.UUID(line) for line in whole.splitlines()]


def kill_round(begin: Callable[[Path], int], folder: Path, n: int, chance: random.Random) -> list[uuid.UUID]:
    """Let writers write at once, kill each at a moment of its own; return what they acknowledged."""
    sheets = [folder / f"said.{n}.{one}" for one in range(WRITERS)]
    writers = [begin(said) for said in sheets]
    try:
        for said in sheets:
            until = time.monotonic() + 30
            while not (said.exists() and said.stat().st_size) and time.monotonic() < until:
                time.sleep(0.01)
    finally:
        for writer in chance.sample(writers, len(writers)):
            time.sleep(chance.uniform(0, LONGEST_LIFE / WRITERS))
            with suppress(ProcessLookupError):
                os.kill(writer, signal.SIGKILL)
    assert not (folder / "trouble").read_text(), "a writer stopped by itself"
    return [one for said in sheets for one in kept_by(said)]


def test_nothing_acknowledged_is_lost_and_nothing_is_half_kept(
    request: pytest.FixtureRequest, opened_house: house.House, tmp_path: Path
) -> None:
    chance = random.Random(20260301)
    acknowledged: list[uuid.UUID] = []
    with instance(request, tmp_path, sealed=True) as opened:
        cast.join_all()
        with nursery(opened, tmp_path) as begin:
            for n in range(ROUNDS):
                acknowledged += kill_round(begin, tmp_path, n, chance)
        opened.keyring.close()
        again = house.House(
            opened.engine, Keyring.open(tmp_path / "home", tmp_path / "keys" / "root.key"), opened.home
        )
        house.enter(again)
        assert ROUNDS * WRITERS >= 25
        assert len(acknowledged) >= ROUNDS * WRITERS
        with reading(), gate.opened("a test looks"):
            people = {one.id: one.safe_words for one in session.scalars(select(Participant))}
            notes = {one.id: one.note for one in session.scalars(select(ContactDetail))}
            contacts = set(session.scalars(select(Contact.id)))
            changes = set(session.scalars(select(StateChange.record_id)))
        assert set(acknowledged) <= people.keys(), "something acknowledged is lost"
        new = people.keys() - {cast.EFE_ID, cast.FOLA_ID, cast.GIFT_ID}
        assert new == notes.keys() == contacts == changes, "something is half kept"
        assert {people[one] for one in new} == {"call"}
        assert all(notes[one] == f"about {one}" for one in new)
        assert findings() == []
        again.keyring.close()
