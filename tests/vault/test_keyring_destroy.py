"""A destroyed key leaves nothing in the files, not even under the page key."""

import os
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from peerlink.vault.keyring import ORGANISATION, Keyring, KeyTrouble, NoKey
from tests.vault.conftest import House

PAGE, RESERVED = 4096, 80


def pages(content: bytes, page_key: bytes, first: bytes, head: int = 0, frame: int = 0) -> bytes:
    """Decrypt every SQLCipher page of a file: AES-256-CBC, the IV in the last 80 bytes of the page."""
    plain = b""
    for start in range(head, len(content) - PAGE + 1, PAGE + frame):
        page = content[start + frame : start + frame + PAGE]
        salt = 16 if page[:16] == first else 0
        iv = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        opener = Cipher(algorithms.AES256(page_key), modes.CBC(iv)).decryptor()
        plain += opener.update(page[salt : PAGE - RESERVED])
    return plain


def everything(house: House, page_key: bytes) -> bytes:
    """All bytes of the keyring's files, as they lie there and decrypted."""
    raw = {path.suffix: path.read_bytes() for path in house.home.glob("keyring.db*")}
    journal = raw.get(".db-wal", b"")
    first = raw[".db"][:16]  # page 1 begins with the salt, which is not encrypted
    opened = pages(raw[".db"], page_key, first) + pages(journal, page_key, first, head=32, frame=24)
    return b"".join(raw.values()) + opened


def wrapped_keys(house: House, page_key: bytes) -> dict[bytes, bytes]:
    database = sqlcipher.connect(str(house.database))
    database.execute(f"PRAGMA key = \"x'{page_key.hex()}'\"")
    found = dict(database.execute("SELECT subject, wrapped FROM dek").fetchall())
    database.close()
    return found


def with_people(house: House, n_people: int) -> tuple[Keyring, list[bytes]]:
    keyring, people = house.open(), [os.urandom(16) for _ in range(n_people)]
    for subject in people:
        keyring.new_person(subject)
    keyring.write_pending()
    return keyring, people


def test_no_wrapped_key_of_a_destroyed_person_is_left_and_all_others_are(house: House) -> None:
    keyring, people = with_people(house, 120)
    page_key = keyring.page_key("keyring")
    wrapped = wrapped_keys(house, page_key)
    before = everything(house, page_key)
    assert all(wrapped[subject] in before for subject in people), "the search finds what is there"
    for subject in people[::3]:
        keyring.destroy(subject)
    after = everything(house, page_key)
    assert sum(wrapped[subject] in after for subject in people[::3]) == 0
    assert sum(subject in after for subject in people[::3]) == 0
    for subject in set(people) - set(people[::3]):
        assert wrapped[subject] in after
        keyring.person_key(subject)
    keyring.close()


def test_without_secure_delete_they_would_be_left(house: House) -> None:
    keyring, people = with_people(house, 120)
    page_key = keyring.page_key("keyring")
    wrapped = wrapped_keys(house, page_key)
    keyring._tables._rows("PRAGMA secure_delete = OFF")
    for subject in people[::3]:
        keyring.destroy(subject)
    after = everything(house, page_key)
    assert sum(wrapped[subject] in after for subject in people[::3]) > 0
    keyring.close()


def test_a_destroyed_key_is_gone_from_memory_and_never_made_again(house: House) -> None:
    keyring, (subject, other) = with_people(house, 2)
    kid, _ = keyring.person_key(subject)
    keyring.destroy(subject)
    for ask in (lambda: keyring.person_key(subject), lambda: keyring.key(kid)):
        with pytest.raises(NoKey):
            ask()
    with pytest.raises(KeyTrouble, match="erased"):
        keyring.new_person(subject)
    keyring.person_key(other)
    keyring.close()
    reopened = house.open()
    with pytest.raises(NoKey):
        reopened.person_key(subject)
    with pytest.raises(KeyTrouble, match="erased"):
        reopened.new_person(subject)
    reopened.close()


def test_destroying_twice_or_nobody_is_no_trouble(keyring: Keyring) -> None:
    keyring.new_person(b"p" * 16)
    keyring.destroy(b"p" * 16)
    keyring.destroy(b"p" * 16)
    keyring.write_pending()
    with pytest.raises(NoKey):
        keyring.person_key(b"p" * 16)


def test_the_programme_itself_cannot_be_destroyed(keyring: Keyring) -> None:
    with pytest.raises(KeyTrouble, match="programme itself"):
        keyring.destroy(ORGANISATION)
    keyring.person_key(ORGANISATION)


def test_a_tombstone_names_nobody_and_differs_between_deployments(house: House, tmp_path: Path) -> None:
    keyring, (subject,) = with_people(house, 1)
    other = House(tmp_path / "other", tmp_path / "otherkeys" / "peerlink.key").create()
    assert keyring._tombstone(subject) != other._tombstone(subject)
    assert len(keyring._tombstone(subject)) == 32
    keyring.destroy(subject)
    assert keyring._tombstone(subject) in everything(house, keyring.page_key("keyring"))
    other.close()
    keyring.close()


def test_a_journal_another_process_still_reads_is_told_and_finished_on_the_next_try(house: House) -> None:
    keyring, (subject, _) = with_people(house, 2)
    page_key = keyring.page_key("keyring")
    wrapped = wrapped_keys(house, page_key)
    reader = sqlcipher.connect(str(house.database), isolation_level=None)
    reader.execute(f"PRAGMA key = \"x'{page_key.hex()}'\"")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM dek").fetchall()
    keyring._tables._rows("PRAGMA busy_timeout = 1")
    with pytest.raises(KeyTrouble, match="Erase once more"):
        keyring.destroy(subject)
    with pytest.raises(NoKey):
        keyring.person_key(subject)
    reader.close()
    keyring.destroy(subject)
    assert wrapped[subject] not in everything(house, page_key)
    keyring.close()


def test_it_works_the_same_where_sqlite_must_not_use_its_write_ahead_log(
    empty_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peerlink.vault.keytables.sqlcipher.sqlite_version", "3.51.2")
    empty_house.create().close()
    keyring, (subject, other) = with_people(empty_house, 2)
    page_key = keyring.page_key("keyring")
    assert keyring._tables._rows("PRAGMA journal_mode") == [("delete",)]
    wrapped = wrapped_keys(empty_house, page_key)
    keyring.destroy(subject)
    assert wrapped[subject] not in everything(empty_house, page_key)
    assert wrapped[other] in everything(empty_house, page_key)
    keyring.close()
