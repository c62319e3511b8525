"""The keyring gives every person a key, keeps it whole, and loses it only when told to."""

from pathlib import Path

import pytest

from peerlink.vault.envelope import CannotOpen, Place, seal, unseal
from peerlink.vault.keyring import ORGANISATION, PURPOSES, Keyring, KeyTrouble, NoKey
from peerlink.vault.keytables import FIRST_SYSTEM_KID
from tests.vault.conftest import House
from tests.vault.people import AMINA, BEN, EFE


def test_a_person_keeps_the_same_key_after_reopening(house: House) -> None:
    first = house.open()
    first.new_person(AMINA)
    kid, key = first.person_key(AMINA)
    first.write_pending()
    first.close()
    second = house.open()
    assert second.person_key(AMINA) == (kid, key)
    assert second.key(kid) == key
    assert len(key) == 64
    assert 0 < kid < FIRST_SYSTEM_KID
    second.close()


def test_every_person_and_every_purpose_has_another_key(keyring: Keyring) -> None:
    for subject in (AMINA, BEN, EFE):
        keyring.new_person(subject)
    keys = [keyring.person_key(subject) for subject in (AMINA, BEN, EFE)]
    keys += [keyring.purpose_key(purpose) for purpose in PURPOSES]
    assert len({kid for kid, _ in keys}) == len({key for _, key in keys}) == 3 + len(PURPOSES)


def test_the_eleven_purposes_are_there_and_no_other(keyring: Keyring, house: House) -> None:
    expected = "audit.seal audit.mac audit.bidx bidx.phone bidx.email bidx.number pepper session idem"
    assert set(PURPOSES) == {*expected.split(), "org.settings", "names"}
    other = house.open()
    for purpose in PURPOSES:
        kid, key = keyring.purpose_key(purpose)
        assert kid >= FIRST_SYSTEM_KID
        assert keyring.key(kid) == key
        assert other.purpose_key(purpose) == (kid, key)
    other.close()
    with pytest.raises(NoKey):
        keyring.purpose_key("bidx.name")


def test_the_programmes_own_records_are_sealed_for_org_settings(keyring: Keyring) -> None:
    assert bytes(16) == ORGANISATION
    keyring.new_person(ORGANISATION)
    keyring.write_pending()
    assert keyring.person_key(ORGANISATION) == keyring.purpose_key("org.settings")


def test_page_keys_differ_by_file_and_by_deployment(keyring: Keyring, tmp_path: Path) -> None:
    other = House(tmp_path / "other", tmp_path / "otherkeys" / "peerlink.key").create()
    keys = {ring.page_key(name) for ring in (keyring, other) for name in ("data", "keyring")}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}
    assert keyring.deployment != other.deployment
    assert len(keyring.deployment) == 16
    other.close()


def test_nobodys_key_is_refused_like_a_record_that_does_not_open(keyring: Keyring) -> None:
    for ask in (
        lambda: keyring.person_key(AMINA),
        lambda: keyring.key(1),
        lambda: keyring.key(FIRST_SYSTEM_KID + 99),
    ):
        with pytest.raises(NoKey, match="cannot open record"):
            ask()
    assert issubclass(NoKey, CannotOpen)


def test_a_new_persons_key_works_before_it_is_written(keyring: Keyring, house: House) -> None:
    keyring.new_person(AMINA)
    kid, key = keyring.person_key(AMINA)
    assert keyring.key(kid) == key
    keyring.new_person(AMINA)
    assert keyring.person_key(AMINA) == (kid, key)
    other = house.open()
    with pytest.raises(NoKey):
        other.person_key(AMINA)
    keyring.write_pending()
    assert other.person_key(AMINA) == (kid, key)
    other.close()


def test_a_discarded_key_is_gone_and_its_number_does_not_come_back(keyring: Keyring) -> None:
    keyring.new_person(AMINA)
    kid, _ = keyring.person_key(AMINA)
    keyring.discard_pending()
    keyring.write_pending()
    for ask in (lambda: keyring.person_key(AMINA), lambda: keyring.key(kid)):
        with pytest.raises(NoKey):
            ask()
    keyring.new_person(AMINA)
    assert keyring.person_key(AMINA)[0] > kid


def test_a_crash_before_writing_leaves_no_key_and_after_writing_an_unused_one(house: House) -> None:
    crashed = house.open()
    crashed.new_person(AMINA)
    crashed.write_pending()
    kept = crashed.person_key(AMINA)
    crashed.new_person(BEN)
    reopened = house.open()  # the first one never closed
    with pytest.raises(NoKey):
        reopened.person_key(BEN)
    reopened.new_person(AMINA)
    reopened.write_pending()
    assert reopened.person_key(AMINA) == kept, "the unused key is taken up again"
    reopened.close()
    crashed.close()


def test_keys_are_written_all_or_none(keyring: Keyring, house: House) -> None:
    other = house.open()
    for subject in (AMINA, BEN):
        keyring.new_person(subject)
    other.new_person(BEN)
    other.write_pending()
    with pytest.raises(KeyTrouble, match="could not be written"):
        keyring.write_pending()
    keyring.discard_pending()
    with pytest.raises(NoKey):
        keyring.person_key(AMINA)
    assert keyring.person_key(BEN) == other.person_key(BEN)
    other.close()


def test_a_record_sealed_for_a_person_opens_by_its_number_alone(keyring: Keyring) -> None:
    keyring.new_person(AMINA)
    kid, key = keyring.person_key(AMINA)
    place = Place("participant", "pii", b"r" * 16, AMINA, 1)
    sealed = seal(key, kid, keyring.deployment, place, b"{}")
    keyring.write_pending()
    keyring.forget_opened()
    assert unseal(keyring.key(int.from_bytes(sealed[2:6], "big")), keyring.deployment, place, sealed) == b"{}"
