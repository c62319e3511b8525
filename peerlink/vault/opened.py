"""Remembers the keys opened lately, so that a page of fifty people unwraps each key once."""

from collections import OrderedDict

MOST = 10_000
KEPT_SECONDS = 15 * 60


class Opened:
    """Hold at most 10,000 opened keys, each for at most 15 minutes, the longest unused going first."""

    def __init__(self) -> None:
        self._by_kid: OrderedDict[int, tuple[bytes, bytes, float]] = OrderedDict()
        self._kid_of: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._by_kid)

    def keep(self, kid: int, subject: bytes, key: bytes, now: float) -> None:
        """Remember the key of a person from this moment (seconds) on."""
        self._by_kid[kid] = (subject, key, now)
        self._by_kid.move_to_end(kid)
        self._kid_of[subject] = kid
        if len(self._by_kid) > MOST:
            self._drop(next(iter(self._by_kid)))

    def key(self, kid: int, now: float) -> bytes | None:
        """Return the remembered key of this number, if any."""
        held = self._by_kid.get(kid)
        if held is None:
            return None
        if not held[2] <= now < held[2] + KEPT_SECONDS:
            self._drop(kid)
            return None
        self._by_kid.move_to_end(kid)
        return held[1]

    def of_person(self, subject: bytes, now: float) -> tuple[int, bytes] | None:
        """Return the number and the key remembered for this person, if any."""
        kid = self._kid_of.get(subject)
        key = None if kid is None else self.key(kid, now)
        return None if kid is None or key is None else (kid, key)

    def forget(self, subject: bytes) -> None:
        """Drop what is remembered of this person."""
        for kid in [kid for kid, held in self._by_kid.items() if held[0] == subject]:
            self._drop(kid)

    def clear(self) -> None:
        """Drop everything."""
        self._by_kid.clear()
        self._kid_of.clear()

    def _drop(self, kid: int) -> None:
        subject = self._by_kid.pop(kid)[0]
        if self._kid_of.get(subject) == kid:
            del self._kid_of[subject]
