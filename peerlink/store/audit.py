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


def deeds(session: Session, *, about: uuid.UUID | None = None, newest: int = 200) -> list[Deed]:
    """Read the newest entries, all of them or those about one person."""
    asked = select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(newest)
    if about is not None:
        _, key = house.keyring().purpose_key("audit.bidx")
        asked = asked.join(AuditAbout, AuditAbout.seq == AuditEntry.seq).where(
            AuditAbout.about == about_token(key, about.bytes)
        )
    return [_deed(entry.seq, entry.blob) for entry in session.scalars(asked)]


def verify(session: Session) -> list[str]:
    """Walk the whole chain, compare the rows with what it says was written, and name what is false."""
    found: list[str] = []
    head = session.execute(select(AuditHead)).scalar_one_or_none()
    if head is None:
        return (
            []
            if session.execute(select(AuditEntry.seq)).first() is None
            else ["The end of the trail is missing."]
        )
    _, mac_key = house.keyring().purpose_key("audit.mac")
    mac, expected = FIRST, 0
    latest: dict[tuple[str, uuid.UUID], dict[int, set[bytes]]] = {}
    today, key = 0, mac_key
    for entry in session.execute(
        select(AuditEntry.seq, AuditEntry.day, AuditEntry.blob, AuditEntry.mac).order_by(AuditEntry.seq),
        execution_options={"yield_per": 1000},
    ):
        expected += 1
        if entry.seq != expected:
            found.append(f"Entry {expected} is missing.")
            expected = entry.seq
        key = day_key(key, entry.day - head.first_day - today)
        today = entry.day - head.first_day
        wanted = entry_mac(key, entry.seq, entry.day, entry.blob, mac)
        mac = entry.mac
        if not hmac.compare_digest(wanted, mac):
            found.append(f"Entry {entry.seq} or the one before it was altered.")
        try:
            for table, row, version, digest in _deed(entry.seq, entry.blob).writes:
                latest.setdefault((table, row), {}).setdefault(version, set()).add(digest)
        except CannotOpen:
            found.append(f"Entry {entry.seq} cannot be opened.")
    if expected != head.seq or not hmac.compare_digest(mac, head.mac):
        found.append(f"The trail ends at entry {expected}, and should end at entry {head.seq}.")
    return found + list(_rows_put_back(session, latest))


def _rows_put_back(
    session: Session, latest: dict[tuple[str, uuid.UUID], dict[int, set[bytes]]]
) -> Iterator[str]:
    seen: set[tuple[str, uuid.UUID]] = set()
    for mapper in Model.registry.mappers:
        kind = mapper.class_
        if not issubclass(kind, SealedModel):
            continue
        columns = [getattr(kind, column_of(record)) for record in kind.records]
        asked = select(kind.id, kind.version, *columns).execution_options(yield_per=1000)
        for row_id, version, *blobs in session.execute(asked):
            place = (kind.__tablename__, row_id)
            seen.add(place)
            written = latest.get(place, {})
            if 0 in written or not written:
                yield f"{kind.__tablename__} {row_id} stands in the database, and not in the trail."
            elif version != max(written) or {write_digest(blob) for blob in blobs} != written[version]:
                yield f"{kind.__tablename__} {row_id} is not as the trail says it was last written."
    for (table, row_id), written in latest.items():
        if (table, row_id) not in seen and 0 not in written:
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
