"""Many people at once, by threads and processes: no key is mixed up, no number given twice."""

import hashlib
import multiprocessing
import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from peerlink.vault.keyring import KIDS_PER_BLOCK, Keyring, KeyTrouble, NoKey
from peerlink.vault.keytables import FIRST_SYSTEM_KID
from tests.vault.conftest import House
from tests.vault.people import AMINA, BEN, EFE, tables_of


def test_pending_keys_of_one_thread_are_untouched_by_another(keyring: Keyring) -> None:
    keyring.new_person(AMINA)

    def elsewhere() -> None:
        with pytest.raises(NoKey):
            keyring.person_key(AMINA)
        keyring.new_person(BEN)
        keyring.discard_pending()
        keyring.new_person(EFE)
        keyring.write_pending()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    kid, key = keyring.person_key(AMINA)
    keyring.write_pending()
    keyring.forget_opened()
    assert keyring.person_key(AMINA) == (kid, key)
    assert keyring.person_key(EFE)[0] not in (kid, None)


def test_many_threads_make_and_read_keys_without_mixing_them(keyring: Keyring) -> None:
    def work(seed: int) -> dict[bytes, tuple[int, bytes]]:
        dice, mine = random.Random(seed), {}
        for _ in range(150):
            subject = dice.randbytes(16)
            keyring.new_person(subject)
            made = keyring.person_key(subject)
            if dice.random() < 0.2:
                keyring.discard_pending()
                continue
            keyring.write_pending()
            mine[subject] = made
            if dice.random() < 0.1:
                keyring.forget_opened()
            subject, (kid, key) = dice.choice(list(mine.items()))
            assert keyring.person_key(subject) == (kid, key)
            assert keyring.key(kid) == key
        return mine

    with ThreadPoolExecutor(8) as pool:
        kept = {subject: held for each in pool.map(work, range(8)) for subject, held in each.items()}
    keyring.forget_opened()
    assert len({kid for kid, _ in kept.values()}) == len(kept)
    assert all(keyring.person_key(subject) == held for subject, held in kept.items())


def add_people(home: Path, key_file: Path, n_people: int) -> dict[bytes, int]:
    keyring = Keyring.open(home, key_file)
    kids = {}
    for _ in range(n_people):
        subject = os.urandom(16)
        keyring.new_person(subject)
        kids[subject] = keyring.person_key(subject)[0]
        keyring.write_pending()
    keyring.close()
    return kids


def test_several_processes_add_people_at_once_and_no_number_is_given_twice(
    house: House, keyring: Keyring
) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        added = pool.starmap(add_people, [(house.home, house.key_file, 100)] * 3)
    assert len({kid for each in added for kid in each.values()}) == 300
    assert all(keyring.person_key(subject)[0] == kid for each in added for subject, kid in each.items())


def test_numbers_are_taken_in_blocks_that_no_other_process_touches(keyring: Keyring, house: House) -> None:
    other = house.open()
    kids: dict[Keyring, list[int]] = {keyring: [], other: []}
    for n in range(3 * KIDS_PER_BLOCK):
        for ring, mine in kids.items():
            subject = os.urandom(16)
            ring.new_person(subject)
            mine.append(ring.person_key(subject)[0])
            assert n == 0 or mine[-1] > mine[-2], "numbers only grow"
    assert not set(kids[keyring]) & set(kids[other])
    other.close()


def test_the_last_number_is_given_out_and_none_after_it(house: House) -> None:
    with tables_of(house) as database:
        database.execute("UPDATE serial SET next_kid = ?", (FIRST_SYSTEM_KID - KIDS_PER_BLOCK,))
    database.close()
    keyring = house.open()
    for n in range(KIDS_PER_BLOCK):
        keyring.new_person(n.to_bytes(16, "little") + b"x")
    keyring.write_pending()
    with pytest.raises(KeyTrouble, match="used up"):
        keyring.new_person(AMINA)
    keyring.close()


def test_twenty_six_thousand_people_are_added_in_one_go(keyring: Keyring) -> None:
    people = [hashlib.sha256(n.to_bytes(4, "big")).digest()[:16] for n in range(26_000)]
    started = time.perf_counter()
    for subject in people:
        keyring.new_person(subject)
    made = time.perf_counter()
    keyring.write_pending()
    written = time.perf_counter()
    kids = {keyring.person_key(subject)[0] for subject in people}
    read = time.perf_counter()
    print(  # noqa: T201 - a figure to look at, not to hold
        f"26,000 keys: made in {made - started:.2f} s, written in {written - made:.2f} s, "
        f"read in {read - written:.2f} s"
    )
    assert len(kids) == 26_000
