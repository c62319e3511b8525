"""Passwords are kept under pepper and Argon2id, and those tried first are refused with a reason."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from peerlink.vault import passwords
from peerlink.vault.passwords import Cost, hash_password, too_weak, verify, verify_nobody

CHEAP = Cost(rounds=1, kibibytes=8)
PEPPER = b"p" * 64
GOOD = "four green goats dance"


def test_the_right_password_is_known_again_and_another_is_not() -> None:
    kept = hash_password(GOOD, PEPPER, CHEAP)
    assert verify(kept, GOOD, PEPPER)
    assert not verify(kept, GOOD + "s", PEPPER)
    assert not verify(kept, GOOD.upper(), PEPPER)
    assert not verify(kept, "", PEPPER)


def test_a_password_without_its_pepper_is_worth_nothing() -> None:
    kept = hash_password(GOOD, PEPPER, CHEAP)
    assert not verify(kept, GOOD, b"q" * 64)
    assert GOOD not in kept
    assert hash_password(GOOD, PEPPER, CHEAP) != kept, "every salt is new"


def test_the_same_letters_typed_on_another_keyboard_are_the_same_password() -> None:
    assert verify(hash_password("cafe\u0301 au lait noir", PEPPER, CHEAP), "caf\u00e9 au lait noir", PEPPER)


def test_the_cost_is_three_rounds_over_64_mebibytes_unless_said_otherwise() -> None:
    kept = hash_password(GOOD, PEPPER, Cost())
    found = extract_parameters(kept)
    assert kept.startswith("$argon2id$")
    assert (found.time_cost, found.memory_cost, found.parallelism) == (3, 65_536, 1)
    assert extract_parameters(hash_password(GOOD, PEPPER, CHEAP)).memory_cost == 8


@pytest.mark.parametrize("kept", ["", "nonsense", "$argon2id$v=19$m=8,t=1,p=1$AAAA", "$2b$12$" + "a" * 53])
def test_what_is_no_kept_password_verifies_nothing(kept: str) -> None:
    assert not verify(kept, GOOD, PEPPER)


@given(st.text(max_size=200))
def test_any_text_can_be_a_password(text: str) -> None:
    assert verify(hash_password(text, PEPPER, CHEAP), text, PEPPER)


def test_a_lone_surrogate_is_no_crash() -> None:
    assert not verify(hash_password(GOOD, PEPPER, CHEAP), "\ud800", PEPPER)


def test_an_unknown_login_costs_what_a_known_one_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    cost = Cost(rounds=2, kibibytes=8192)
    compared: list[str] = []
    real = PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str, password: bytes) -> bool:
        compared.append(kept.rsplit("$", 2)[0])
        return real(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    assert not verify(hash_password(GOOD, PEPPER, cost), "wrong password", PEPPER)
    verify_nobody("wrong password", PEPPER, cost)
    assert compared == ["$argon2id$v=19$m=8192,t=2,p=1"] * 2


def test_at_most_two_passwords_are_worked_on_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, counting = 0, 0, threading.Lock()
    slow = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

    class Watched:
        def hash(self, password: bytes) -> str:
            nonlocal running, most
            with counting:
                running += 1
                most = max(most, running)
            time.sleep(0.01)
            with counting:
                running -= 1
            return slow.hash(password)

    monkeypatch.setattr(passwords, "_hasher", lambda _: Watched())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: hash_password(GOOD, PEPPER, CHEAP), range(16)))
    assert most == 2


@pytest.mark.parametrize("length", [0, 11, 129])
def test_too_short_and_too_long_are_refused_with_the_number(length: int) -> None:
    said = too_weak(("Xk3 vurblo! " * 12)[:length], [])
    assert said is not None
    assert ("12" if length < 12 else "128") in said


@pytest.mark.parametrize("length", [12, 128])
def test_twelve_to_128_characters_are_enough(length: int) -> None:
    assert too_weak(("Xk3 vurblo! mengit-so pawrd, hisket yofe blanz tirg " * 3)[:length], []) is None


def test_characters_are_counted_not_bytes() -> None:
    assert too_weak("የኔ ውድ ድመት ሰማያዊ ናት", []) is None
    assert too_weak("የኔ ውድ ድመት", []) is not None


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd2024!",
        "Passwordpassword",
        "12345678901234",
        "987654321098",
        "qwertyuiop12",
        "poiuytrewq!!",
        "1qaz2wsx3edc",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "abababababab",
        "aabbaaabbbab",
        "abc123abc123",
        "lololololol!",
        "Welcome@12345",
        "iloveyou20202",
        "correct horse battery staple",
        "liverpool2024",
        "P e e r l i n k 1 2",
    ],
)
def test_passwords_tried_first_are_refused(password: str) -> None:
    said = too_weak(password, [])
    assert said is not None
    assert "first" in said


@pytest.mark.parametrize(
    "password", ["amina.okello1", "Kampala-2026!!", "OKELLOamina99", "okello okello kampala"]
)
def test_names_the_others_know_do_not_make_a_password(password: str) -> None:
    said = too_weak(password, ["Amina", "Okello", "Kampala", "", "x"])
    assert said is not None
    assert "name" in said


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "amina likes mangoes at noon",
        "my password is a long story",
        "7 Elephants, 2 boats",
        "tr0ub4dor&3xyq",
    ],
)
def test_words_of_ones_own_are_taken(password: str) -> None:
    assert too_weak(password, ["Amina", "Okello"]) is None


@given(st.text(max_size=150), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_gets_an_answer(password: str, words: list[str]) -> None:
    assert too_weak(password, words) is None or len(too_weak(password, words) or "") > 10
