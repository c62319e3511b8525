"""Opened keys are held for a while, and not too many of them."""

import datetime as dt

import pytest

from peerlink import clock
from peerlink.vault import opened
from peerlink.vault.keyring import Keyring
from tests.vault.people import AMINA


def test_opened_keys_are_forgotten_after_a_quarter_of_an_hour(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.new_person(AMINA)
    keyring.write_pending()
    kid, key = keyring.person_key(AMINA)
    made = clock.now()
    monkeypatch.setattr(keyring, "_tables", None)  # from here on the database cannot be asked
    monkeypatch.setattr(clock, "now", lambda: made + dt.timedelta(seconds=899))
    assert keyring.person_key(AMINA) == (kid, key)
    assert keyring.key(kid) == key
    monkeypatch.undo()
    monkeypatch.setattr(clock, "now", lambda: made + dt.timedelta(seconds=901))
    assert keyring._opened.of_person(AMINA, clock.now().timestamp()) is None
    assert keyring.person_key(AMINA) == (kid, key)


def test_at_most_ten_thousand_keys_are_held_and_the_longest_unused_goes() -> None:
    held = opened.Opened()
    for kid in range(opened.MOST):
        held.keep(kid, kid.to_bytes(16, "big"), b"k", 0)
    held.key(0, 1)
    held.keep(opened.MOST, b"new", b"k", 1)
    assert len(held) == opened.MOST
    assert held.key(0, 1) == b"k"
    assert held.key(1, 1) is None
    assert held.of_person((1).to_bytes(16, "big"), 1) is None


@pytest.mark.parametrize(("age", "held"), [(0, True), (899, True), (900, False), (-1, False)])
def test_a_key_is_held_for_fifteen_minutes_and_not_from_the_future(age: int, held: bool) -> None:
    keys = opened.Opened()
    keys.keep(1, AMINA, b"k", 1000)
    assert (keys.of_person(AMINA, 1000 + age) is not None) is held
    assert (keys.key(1, 1000 + age) is not None) is held


def test_an_older_key_of_a_person_does_not_hide_the_newer() -> None:
    keys = opened.Opened()
    keys.keep(1, AMINA, b"old", 0)
    keys.keep(2, AMINA, b"new", 0)
    assert keys.of_person(AMINA, 1) == (2, b"new")
    assert keys.key(1, 1) == b"old"
    keys.forget(AMINA)
    assert (len(keys), keys.of_person(AMINA, 1)) == (0, None)
