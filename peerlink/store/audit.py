"""The audit trail: every change and every opening of a person's record, chained entry to entry.

An entry is sealed and authenticated over its number, its day and the entry before it (vault/chain.py), so
that a removed or altered one is found. It names people by their ids only. Each entry also carries the
digest of every sealed row its transaction wrote: a row put back to an older state is found too.
"""

import datetime as dt
import hmac
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from sqlalchemy import Integer, LargeBinary, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from peerlink import clock
from peerlink.store import gate, house
from peerlink.store.model import Model, SealedModel
from peerlink.store.sealing import column_of
from peerlink.vault.chain import about_token, day_key, entry_mac, write_digest
from peerlink.vault.envelope import CannotOpen, Place, kid_of, seal, unseal
from peerlink.vault.record import pack, unpack

FIRST = bytes(32)
"""What stands before the first entry."""
NOBODY = bytes(16)
DIGESTS_AN_ENTRY = 1000

Write = tuple[str, uuid.UUID, int, bytes]
"""Table, row, its version (0 where it was deleted) and the digest of one sealed record."""
Latest = dict[tuple[str, uuid.UUID], tuple[int, tuple[bytes, ...]]]
"""The version each row was last written in, with the digests of its records in their order."""


class AuditEntry(Model):
    """One sealed entry of the chain."""

    __tablename__ = "audit_entry"
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    day: Mapped[int]
    blob: Mapped[bytes] = mapped_column(LargeBinary)
    mac: Mapped[bytes] = mapped_column(LargeBinary)


class AuditAbout(Model):
    """Which entries are about whom, by a keyed token of the person's id."""

    __tablename__ = "audit_about"
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    about: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True, index=True)


class AuditHead(Model):
    """Where the chain ends, so that the next entry takes its place behind the last."""

    __tablename__ = "audit_head"
    one: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int]
    day: Mapped[int]
    first_day: Mapped[int]
    mac: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Deed:
    """One thing done, as the trail keeps it."""

    seq: int
    at: dt.datetime
    actor: uuid.UUID | None
    deed: str
    about: tuple[uuid.UUID, ...]
    detail: dict[str, Any]
    writes: tuple[Write, ...]


def write(
    session: Session,
    deed: str,
    *,
    about: Iterable[uuid.UUID] = (),
    actor: uuid.UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Have a deed written into the trail when this is kept; detail holds codes and counts only."""
    granted = gate.current()
    who = actor or (granted.actor if granted else None)
    session.info.setdefault("deeds", []).append((deed, who, tuple(about), detail or {}))


def append_pending(session: Session) -> None:
    """Append what this transaction did to the chain."""
    deeds = session.info.pop("deeds", [])
    writes: list[Write] = session.info.pop("writes", [])
    if not deeds and not writes:
        return
    granted = gate.current()
    first = deeds or [("changed", granted.actor if granted else None, (), {})]
    chunks = [writes[i : i + DIGESTS_AN_ENTRY] for i in range(0, len(writes), DIGESTS_AN_ENTRY)]
    entries = [(*deed, chunks.pop(0) if chunks else []) for deed in first]
    entries += [("changed", first[0][1], (), {}, chunk) for chunk in chunks]
    _append(session, entries)


def _append(
    session: Session,
    entries: list[tuple[str, uuid.UUID | None, tuple[uuid.UUID, ...], dict[str, Any], list[Write]]],
) -> None:
    keyring = house.keyring()
    now = clock.now()
    day = now.toordinal()
    head = session.execute(select(AuditHead).with_for_update()).scalar_one_or_none()
    if head is None:
        head = AuditHead(one=1, seq=0, day=day, first_day=day, mac=FIRST)
        session.add(head)
    head_day = max(head.day, day)
    kid, sealing_key = keyring.purpose_key("audit.seal")
    _, mac_key = keyring.purpose_key("audit.mac")
    _, about_key = keyring.purpose_key("audit.bidx")
    todays = day_key(mac_key, head_day - head.first_day)
    rows, abouts, seq, mac = [], [], head.seq, head.mac
    for deed, actor, about, detail, writes in entries:
        seq += 1
        says = {
            "t": now.isoformat(),
            "actor": actor.hex if actor else None,
            "deed": deed,
            "about": [one.hex for one in about],
            "detail": detail,
            "writes": [[table, row.hex, version, digest.hex()] for table, row, version, digest in writes],
        }
        blob = seal(sealing_key, kid, keyring.deployment, _place(seq), pack(says))
        mac = entry_mac(todays, seq, head_day, blob, mac)
        rows.append({"seq": seq, "day": head_day, "blob": blob, "mac": mac})
        abouts += [{"seq": seq, "about": about_token(about_key, one.bytes)} for one in set(about)]
    session.execute(insert(AuditEntry), rows)
    if abouts:
        session.execute(insert(AuditAbout), _distinct(abouts))
    head.seq, head.day, head.mac = seq, head_day, mac
    session.flush()


def deeds(
    session: Session,
    *,
    about: uuid.UUID | None = None,
    on: dt.date | None = None,
    deed: str | None = None,
    before: int | None = None,
    newest: int = 200,
) -> list[Deed]:
    """Read the newest entries: all, about one person, of one day (UTC), of one kind, before one number."""
    asked = select(AuditEntry).order_by(AuditEntry.seq.desc()).execution_options(yield_per=200)
    if about is not None:
        _, key = house.keyring().purpose_key("audit.bidx")
        asked = asked.join(AuditAbout, AuditAbout.seq == AuditEntry.seq).where(
            AuditAbout.about == about_token(key, about.bytes)
        )
    if on is not None:
        asked = asked.where(AuditEntry.day == on.toordinal())
    if before is not None:
        asked = asked.where(AuditEntry.seq < before)
    with session.scalars(asked) as entries:
        opened = (_deed(entry.seq, entry.blob) for entry in entries)
        return list(islice((one for one in opened if deed is None or one.deed == deed), newest))


def verify(session: Session) -> list[str]:
    """Walk the whole chain, compare the rows with what it says was written, and name what is false."""
    head = session.execute(select(AuditHead)).scalar_one_or_none()
    if head is None:
        empty = session.execute(select(AuditEntry.seq)).first() is None
        return [] if empty else ["The end of the trail is missing."]
    latest: Latest = {}
    return [*_entries_altered(session, head, latest), *_rows_put_back(session, latest)]


def _entries_altered(session: Session, head: AuditHead, latest: Latest) -> Iterator[str]:
    """Compare every entry with the one before it; note the last write of each row in `latest`."""
    _, key = house.keyring().purpose_key("audit.mac")
    _, about_key = house.keyring().purpose_key("audit.bidx")
    tokens = _Tokens(session)
    mac, expected, today = FIRST, 0, head.first_day
    asked = select(AuditEntry.seq, AuditEntry.day, AuditEntry.blob, AuditEntry.mac)
    for seq, day, blob, kept_mac in session.execute(
        asked.order_by(AuditEntry.seq), execution_options={"yield_per": 1000}
    ):
        if not 0 < seq <= head.seq or not today <= day <= head.day:
            yield f"Entry {seq} stands where none was written."
            continue
        expected += 1
        if seq != expected:
            yield f"Entry {expected} is missing."
            expected = seq
        key, today = day_key(key, day - today), day
        wanted = entry_mac(key, seq, day, blob, mac)
        mac = kept_mac if len(kept_mac) == len(FIRST) else FIRST
        if not hmac.compare_digest(wanted, mac):
            yield f"Entry {seq} or the one before it was altered."
        try:
            deed = _deed(seq, blob)
        except CannotOpen:
            yield f"Entry {seq} cannot be opened."
            continue
        for write in deed.writes:
            _note(latest, write)
        if not tokens.are(seq, {about_token(about_key, one.bytes) for one in deed.about}):
            yield f"Whom entry {seq} is about was altered."
    if tokens.end():
        yield "Somebody was added to what an entry is about."
    if expected != head.seq or not hmac.compare_digest(mac, head.mac):
        yield f"The trail ends at entry {expected}, and should end at entry {head.seq}."


def _note(latest: Latest, write: Write) -> None:
    table, row, version, digest = write
    known, digests = latest.get((table, row), (0, ()))
    latest[table, row] = (version, (*digests, digest) if version == known else (digest,))


class _Tokens:
    """The tokens entries are found by, walked once beside the entries."""

    def __init__(self, session: Session) -> None:
        asked = select(AuditAbout.seq, AuditAbout.about).order_by(AuditAbout.seq)
        self._rows = session.execute(asked, execution_options={"yield_per": 1000})
        self._groups = groupby(self._rows, itemgetter(0))
        self._next = self._step()

    def _step(self) -> tuple[int, set[bytes]] | None:
        group = next(self._groups, None)
        return None if group is None else (group[0], {about for _seq, about in group[1]})

    def are(self, seq: int, wanted: set[bytes]) -> bool:
        """Tell whether an entry has just these tokens, and none belongs to an entry that is not there."""
        strays = False
        while self._next is not None and self._next[0] < seq:
            strays, self._next = True, self._step()
        kept: set[bytes] = set()
        if self._next is not None and self._next[0] == seq:
            kept, self._next = self._next[1], self._step()
        return kept == wanted and not strays

    def end(self) -> bool:
        """Walk no further; tell whether tokens are left over."""
        self._rows.close()
        return self._next is not None


def _rows_put_back(session: Session, latest: Latest) -> Iterator[str]:
    for mapper in Model.registry.mappers:
        kind = mapper.class_
        if not issubclass(kind, SealedModel):
            continue
        columns = [getattr(kind, column_of(record)) for record in kind.records]
        asked = select(kind.id, kind.version, *columns).execution_options(yield_per=1000)
        for row_id, version, *blobs in session.execute(asked):
            last, digests = latest.pop((kind.__tablename__, row_id), (0, ()))
            if last == 0:
                yield f"{kind.__tablename__} {row_id} stands in the database, and not in the trail."
            elif version != last or tuple(write_digest(blob) for blob in blobs) != digests:
                yield f"{kind.__tablename__} {row_id} is not as the trail says it was last written."
    for (table, row_id), (last, _digests) in latest.items():
        if last != 0:
            yield f"{table} {row_id} is in the trail, and gone from the database."


def _deed(seq: int, blob: bytes) -> Deed:
    keyring = house.keyring()
    says = unpack(unseal(keyring.key(kid_of(blob)), keyring.deployment, _place(seq), blob))
    return Deed(
        seq=seq,
        at=dt.datetime.fromisoformat(says["t"]),
        actor=uuid.UUID(says["actor"]) if says["actor"] else None,
        deed=says["deed"],
        about=tuple(uuid.UUID(one) for one in says["about"]),
        detail=says["detail"],
        writes=tuple((t, uuid.UUID(r), v, bytes.fromhex(d)) for t, r, v, d in says["writes"]),
    )


def _place(seq: int) -> Place:
    return Place("audit", "event", seq.to_bytes(8, "big"), NOBODY, 1)


def _distinct(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(row["seq"], row["about"]): row for row in rows}.values())
