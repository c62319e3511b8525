"""What lies in the keyring's tables opens in its own place only."""

import os

import pytest

from peerlink.vault.envelope import CannotOpen, Place, seal, unseal
from peerlink.vault.keyring import PURPOSES, Keyring, KeyTrouble
from peerlink.vault.keytables import FIRST_SYSTEM_KID
from tests.vault.conftest import House
from tests.vault.people import AMINA, BEN, tables_of


def test_a_wrapped_key_moved_to_another_person_or_number_does_not_open(house: House) -> None:
    keyring = house.open()
    for subject in (AMINA, BEN):
        keyring.new_person(subject)
    keyring.write_pending()
    kids = [keyring.person_key(subject)[0] for subject in (AMINA, BEN)]
    with tables_of(house) as database:
        wrapped = dict(database.execute("SELECT kid, wrapped FROM dek").fetchall())
        database.execute("UPDATE dek SET wrapped = ? WHERE kid = ?", (wrapped[kids[1]], kids[0]))
    keyring.forget_opened()
    with pytest.raises(CannotOpen):
        keyring.person_key(AMINA)
    with pytest.raises(CannotOpen):
        keyring.key(kids[0])
    assert keyring.person_key(BEN)[0] == kids[1]
    database.close()
    keyring.close()


def test_a_purposes_key_put_to_another_purpose_is_refused(house: House) -> None:
    with tables_of(house) as database:
        database.execute("UPDATE syskey SET purpose = 'x' WHERE purpose = 'session'")
        database.execute("UPDATE syskey SET purpose = 'session' WHERE purpose = 'idem'")
    database.close()
    with pytest.raises(KeyTrouble):
        house.open()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM syskey WHERE purpose = 'names'", "lacks the key for names"),
        ("UPDATE syskey SET state = 'old' WHERE purpose = 'idem'", "lacks the key for idem"),
        ("DELETE FROM epoch", "no single epoch"),
        ("INSERT INTO epoch VALUES (2, 'active', 0, NULL)", "no single epoch"),
        ("UPDATE syskey SET epoch = 2", "epoch secret"),
        ("DROP TABLE serial", "cannot be opened"),
    ],
)
def test_a_damaged_keyring_is_refused_with_what_is_wrong(house: House, change: str, said: str) -> None:
    with tables_of(house) as database:
        database.execute(change)
    database.close()
    with pytest.raises(KeyTrouble, match=said):
        house.open()


def test_an_old_key_of_a_purpose_still_opens_but_seals_no_more(house: House) -> None:
    before = house.open()
    kid, key = before.purpose_key("session")
    newer, sealed_with = kid + 1000, os.urandom(64)
    place = Place("syskey", "wrap", newer.to_bytes(8, "big"), b"session", 1)
    wrapped = seal(before._wrapper, 1, before.deployment, place, sealed_with)
    before.close()
    with tables_of(house) as database:
        database.execute("UPDATE syskey SET state = 'old' WHERE kid = ?", (kid,))
        database.execute("INSERT INTO syskey VALUES (?, 'session', 2, 1, 'active', ?)", (newer, wrapped))
    database.close()
    keyring = house.open()
    assert keyring.purpose_key("session") == (newer, sealed_with)
    assert keyring.key(kid) == key
    keyring.close()


def test_a_wrapped_key_is_an_envelope_of_the_written_form(house: House, keyring: Keyring) -> None:
    keyring.new_person(AMINA)
    keyring.write_pending()
    kid, key = keyring.person_key(AMINA)
    with tables_of(house) as database:
        wrapped, epoch, gen, state = database.execute(
            "SELECT wrapped, epoch, gen, state FROM dek WHERE kid = ?", (kid,)
        ).fetchone()
        system = database.execute("SELECT kid, purpose, wrapped FROM syskey ORDER BY kid").fetchall()
    database.close()
    assert (epoch, gen, state) == (1, 1, "active")
    place = Place("dek", "wrap", kid.to_bytes(8, "big"), AMINA, epoch)
    assert unseal(keyring._wrapper, keyring.deployment, place, wrapped) == key
    assert [(number, purpose) for number, purpose, _ in system] == list(enumerate(PURPOSES, FIRST_SYSTEM_KID))
    for number, purpose, sealed in system:
        place = Place("syskey", "wrap", number.to_bytes(8, "big"), purpose.encode(), 1)
        assert unseal(keyring._wrapper, keyring.deployment, place, sealed) == keyring.purpose_key(purpose)[1]
