"""Holds a data key for every person and every purpose, wrapped, in a database of its own.

Erasing a person is destroying their key. A key is written before the data sealed under it and destroyed
after the data is gone, so a crash in between leaves an unused key or finishes on the next run.
"""

import hmac
import os
import threading
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from peerlink import clock
from peerlink.vault import keyfiles
from peerlink.vault.envelope import KEY_BYTES, CannotOpen, Place, seal, unseal
from peerlink.vault.keyfiles import KeyTrouble
from peerlink.vault.keytables import FIRST_SYSTEM_KID, DatabaseTrouble, KeyTables, NewKey
from peerlink.vault.opened import Opened

__all__ = ["ORGANISATION", "PURPOSES", "KeyTrouble", "Keyring", "NoKey"]

ORGANISATION = bytes(16)
PURPOSES = (
    "audit.seal",
    "audit.mac",
    "audit.bidx",
    "bidx.phone",
    "bidx.email",
    "bidx.number",
    "pepper",
    "session",
    "idem",
    "org.settings",
    "names",
)
KIDS_PER_BLOCK = 64
_FIRST_EPOCH = 1


class NoKey(CannotOpen):
    """There is no such key, or no longer: what was sealed under it stays closed."""


class _Pending(threading.local):
    """The keys one thread made for people its transaction has not written yet."""

    def __init__(self) -> None:
        self.people: dict[bytes, tuple[NewKey, bytes]] = {}
        self.keys: dict[int, bytes] = {}


class Keyring:
    """Open every key of one deployment, for all threads of the process that opened it (not its forks)."""

    def __init__(self, home: Path, key_file: Path) -> None:
        """Open what lies there; KeyTrouble says what is wrong. Nothing is changed by a wrong key."""
        self._lock = threading.RLock()
        self._pending = _Pending()
        self._opened = Opened()
        self._block = range(0)
        keyfiles.refuse_keys_in_environment()
        keyfiles.refuse_beside_data(home, key_file)
        self.deployment = keyfiles.read_deployment(home / "instance.json")
        self._root = keyfiles.read_secret(key_file, "root")
        self._tomb_key = _derive(self._root, self.deployment, b"peerlink/v1/tomb", 32)
        epoch_secret = keyfiles.read_secret(keyfiles.epoch_file(key_file), "epoch")
        keyfiles.refuse_unless_private(home, "folder")
        keyfiles.refuse_unless_private(home / "keyring.db", "keyring")
        self._tables = KeyTables(home / "keyring.db", self.page_key("keyring"))
        try:
            self._epoch = self._tables.epoch()
            self._wrapper = _wrapping_key(self._root, epoch_secret, self._epoch)
            self._purposes = self._open_purposes()
        except BaseException:
            self._tables.close()
            raise

    @classmethod
    def create(cls, home: Path, key_file: Path) -> Self:
        """Make the keys of a new deployment; KeyTrouble if any part of one exists already."""
        keyfiles.refuse_keys_in_environment()
        keyfiles.refuse_beside_data(home, key_file)
        instance, database = home / "instance.json", home / "keyring.db"
        for path in (instance, database, key_file, keyfiles.epoch_file(key_file)):
            if os.path.lexists(path):
                raise KeyTrouble(f"{path} exists already. Open that programme, or choose another place.")
        deployment, root, epoch_secret = os.urandom(16), os.urandom(32), os.urandom(32)
        keyfiles.make_private_folder(home)
        home.chmod(0o700)
        keyfiles.make_private_folder(key_file.parent)
        keyfiles.write_secret(key_file, "root", root)
        keyfiles.write_secret(keyfiles.epoch_file(key_file), "epoch", epoch_secret)
        wrapper = _wrapping_key(root, epoch_secret, _FIRST_EPOCH)
        keyfiles.write_new(database, b"", 0o600)
        tables = KeyTables(database, _derive(root, deployment, b"peerlink/v1/page/keyring", 32), new=True)
        tables.fill(
            _FIRST_EPOCH,
            int(clock.now().timestamp()),
            [
                (kid, purpose, _wrap(wrapper, deployment, _system_place(kid, purpose, _FIRST_EPOCH), key))
                for kid, purpose in enumerate(PURPOSES, FIRST_SYSTEM_KID)
                for key in (os.urandom(KEY_BYTES),)
            ],
        )
        tables.close()
        keyfiles.write_deployment(instance, deployment)
        return cls(home, key_file)

    @classmethod
    def open(cls, home: Path, key_file: Path) -> Self:
        """Open the keys of a deployment; KeyTrouble says what to do, and nothing is changed then."""
        return cls(home, key_file)

    def close(self) -> None:
        """Forget every opened key and let go of the database."""
        with self._lock:
            self._opened.clear()
            self.discard_pending()
            self._tables.close()

    def forget_opened(self) -> None:
        """Drop the opened keys of people from memory; they open again when needed."""
        with self._lock:
            self._opened.clear()

    def page_key(self, name: str) -> bytes:
        """Return the 32 bytes that open the pages of the SQLCipher file of this name."""
        return _derive(self._root, self.deployment, b"peerlink/v1/page/" + name.encode(), 32)

    def purpose_key(self, purpose: str) -> tuple[int, bytes]:
        """Return the number and the key of a purpose such as "bidx.phone"."""
        kid = self._purposes[0].get(purpose)
        if kid is None:
            raise NoKey
        return kid, self._purposes[1][kid]

    def new_person(self, subject: bytes) -> None:
        """Make a key for a person, usable in this thread at once, kept by write_pending.

        A key left unused by a crash is taken up again; KeyTrouble for a person erased before.
        """
        with self._lock:
            if subject == ORGANISATION or subject in self._pending.people:
                return
            if self._tables.is_tombed(self._tombstone(subject)):
                raise KeyTrouble("This person was erased, so no key can be made for them. Enter them anew.")
            if self._tables.active_key(subject) is not None:
                return
            kid, key = self._next_kid(), os.urandom(KEY_BYTES)
            wrapped = _wrap(self._wrapper, self.deployment, _person_place(kid, subject, self._epoch), key)
            day = int(clock.now().timestamp()) // 86_400
            self._pending.people[subject] = (NewKey(kid, subject, self._epoch, wrapped, day), key)
            self._pending.keys[kid] = key

    def write_pending(self) -> None:
        """Keep the keys this thread made, all or none; to be called before the data is committed."""
        people = self._pending.people
        if not people:
            return
        with self._lock:
            try:
                self._tables.add([new for new, _ in people.values()])
            except DatabaseTrouble as trouble:
                raise KeyTrouble(f"The new keys could not be written ({trouble}). Try again.") from trouble
            now = clock.now().timestamp()
            for new, key in people.values():
                self._opened.keep(new.kid, new.subject, key, now)
        self.discard_pending()

    def discard_pending(self) -> None:
        """Throw away the keys this thread made and has not written."""
        self._pending.people.clear()
        self._pending.keys.clear()

    def person_key(self, subject: bytes) -> tuple[int, bytes]:
        """Return the number and the key to seal this person's records with; NoKey if there is none."""
        if subject == ORGANISATION:
            return self.purpose_key("org.settings")
        pending = self._pending.people.get(subject)
        if pending is not None:
            return pending[0].kid, pending[1]
        with self._lock:
            now = clock.now().timestamp()
            known = self._opened.of_person(subject, now)
            if known is not None:
                return known
            found = self._tables.active_key(subject)
            if found is None:
                raise NoKey
            kid, epoch, wrapped = found
            return kid, self._unwrap_person(kid, subject, epoch, wrapped, now)

    def key(self, kid: int) -> bytes:
        """Return the key of this number, to open with; NoKey if there is none."""
        found = self._purposes[1].get(kid) or self._pending.keys.get(kid)
        if found is not None:
            return found
        with self._lock:
            now = clock.now().timestamp()
            found = self._opened.key(kid, now)
            if found is not None:
                return found
            row = self._tables.person_key(kid)
            if row is None:
                raise NoKey
            subject, epoch, wrapped = row
            return self._unwrap_person(kid, subject, epoch, wrapped, now)

    def destroy(self, subject: bytes) -> None:
        """Destroy every key of a person for good, leaving a tombstone that names nobody; may be repeated."""
        if subject == ORGANISATION:
            raise KeyTrouble("The key of the programme itself cannot be destroyed.")
        with self._lock:
            self._opened.forget(subject)
            pending = self._pending.people.pop(subject, None)
            if pending is not None:
                del self._pending.keys[pending[0].kid]
            day = int(clock.now().timestamp()) // 86_400
            try:
                self._tables.destroy(subject, self._tombstone(subject), day)
            except DatabaseTrouble as trouble:
                raise KeyTrouble(f"A key is not destroyed yet ({trouble}). Erase once more.") from trouble

    def _unwrap_person(self, kid: int, subject: bytes, epoch: int, wrapped: bytes, now: float) -> bytes:
        key = unseal(self._wrapper, self.deployment, _person_place(kid, subject, epoch), wrapped)
        self._opened.keep(kid, subject, key, now)
        return key

    def _open_purposes(self) -> tuple[dict[str, int], dict[int, bytes]]:
        kids: dict[str, int] = {}
        keys: dict[int, bytes] = {}
        for kid, purpose, active, epoch, wrapped in self._tables.system_keys():
            try:
                place = _system_place(kid, purpose, epoch)
                keys[kid] = unseal(self._wrapper, self.deployment, place, wrapped)
            except CannotOpen:
                raise KeyTrouble(
                    "The epoch secret does not belong to this keyring. Put back the .epoch file that was "
                    "beside the key file, or restore the keyring of the same day."
                ) from None
            if active:
                kids[purpose] = kid
        missing = sorted(set(PURPOSES) - set(kids))
        if missing:
            raise KeyTrouble(f"The keyring lacks the key for {missing[0]}. Restore keyring.db from its copy.")
        return kids, keys

    def _next_kid(self) -> int:
        # Numbers are taken in blocks, for good: a record bears its number before its key is written, so
        # two processes must never hold the same one, and a destroyed one must never come back.
        if not self._block:
            self._block = self._tables.reserve(KIDS_PER_BLOCK)
        kid, self._block = self._block[0], self._block[1:]
        return kid

    def _tombstone(self, subject: bytes) -> bytes:
        return hmac.digest(self._tomb_key, subject, "sha256")


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA512(), length, salt, info).derive(secret)


def _wrapping_key(root: bytes, epoch_secret: bytes, epoch: int) -> bytes:
    return _derive(root, epoch_secret, b"peerlink/v1/kek" + epoch.to_bytes(4, "big"), KEY_BYTES)


def _person_place(kid: int, subject: bytes, epoch: int) -> Place:
    return Place("dek", "wrap", kid.to_bytes(8, "big"), subject, epoch)


def _system_place(kid: int, purpose: str, epoch: int) -> Place:
    # The purpose stands where a person's id stands, so that no key serves another purpose than its own.
    return Place("syskey", "wrap", kid.to_bytes(8, "big"), purpose.encode(), epoch)


def _wrap(wrapper: bytes, deployment: bytes, place: Place, key: bytes) -> bytes:
    # The number in a wrapped key's header is its epoch: that names the key it is wrapped with.
    return seal(wrapper, place.version, deployment, place, key)
