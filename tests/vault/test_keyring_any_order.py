"""Whatever the order of deeds, everybody has their own key."""

import itertools
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from peerlink.vault.keyring import KeyTrouble, NoKey
from tests.vault.conftest import House


class KeysOfPeople(RuleBasedStateMachine):
    """Whatever the order of deeds, who was written and not destroyed has their own key, and nobody else."""

    people = st.integers(0, 5).map(lambda n: bytes([n + 1]) * 16)

    def __init__(self) -> None:
        super().__init__()
        folder = self.folder / str(next(self.numbers))
        self.house = House(folder / "home", folder / "keys" / "peerlink.key")
        self.keyring = self.house.create()
        self.written: dict[bytes, tuple[int, bytes]] = {}
        self.pending: dict[bytes, tuple[int, bytes]] = {}
        self.destroyed: set[bytes] = set()

    folder: Path
    numbers = itertools.count()

    @rule(subject=people)
    def enter(self, subject: bytes) -> None:
        if subject in self.destroyed:
            with pytest.raises(KeyTrouble, match="erased"):
                self.keyring.new_person(subject)
            return
        self.keyring.new_person(subject)
        if subject not in self.written:
            self.pending.setdefault(subject, self.keyring.person_key(subject))

    @rule()
    def write(self) -> None:
        self.keyring.write_pending()
        self.written |= self.pending
        self.pending = {}

    @rule()
    def discard(self) -> None:
        self.keyring.discard_pending()
        self.pending = {}

    @rule(subject=people)
    def destroy(self, subject: bytes) -> None:
        self.keyring.destroy(subject)
        self.written.pop(subject, None)
        self.pending.pop(subject, None)
        self.destroyed.add(subject)

    @precondition(lambda self: not self.pending)
    @rule()
    def reopen(self) -> None:
        self.keyring.close()
        self.keyring = self.house.open()

    @rule(subject=people)
    def look(self, subject: bytes) -> None:
        expected = (self.written | self.pending).get(subject)
        if expected is None:
            with pytest.raises(NoKey):
                self.keyring.person_key(subject)
        else:
            assert self.keyring.person_key(subject) == expected
            assert self.keyring.key(expected[0]) == expected[1]

    def teardown(self) -> None:
        self.keyring.close()


def test_whatever_is_done_in_whatever_order_everybody_has_their_own_key(tmp_path: Path) -> None:
    KeysOfPeople.folder = tmp_path
    run_state_machine_as_test(KeysOfPeople, settings=settings(max_examples=40, deadline=None))
