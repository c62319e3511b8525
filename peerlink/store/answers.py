"""Remembers for a day what a form was answered with, so that its copies are answered alike and do nothing."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LargeBinary, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from peerlink import clock
from peerlink.store import house
from peerlink.store.model import Model
from peerlink.store.session import session
from peerlink.vault.envelope import Place, seal, unseal
from peerlink.vault.record import pack, unpack

A_DAY = dt.timedelta(days=1)
NOBODY = bytes(16)


@dataclass(frozen=True)
class Answer:
    """Where a form led to, and what was said there: each sentence with its way back."""

    location: str
    said: tuple[tuple[str, str], ...] = ()


class Answered(Model):
    """A form that was sent, by a fingerprint of it, and its answer, sealed."""

    __tablename__ = "answered"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    on: Mapped[dt.date]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """None while the form is being worked on; nobody else sees it then."""


def take_on(form: uuid.UUID) -> Answer | None:
    """Take a form on; return its answer where a copy of it was here before.

    Where a copy is being worked on at this moment, it is waited for.
    """
    today = clock.now().date()
    row = {"id": form, "on": today, "sealed": None}
    asked = _insert().values(row).on_conflict_do_nothing().returning(Answered.id)
    if session.scalar(asked) is not None:
        session.execute(delete(Answered).where(Answered.on < today - A_DAY))
        return None
    sealed = session.scalar(select(Answered.sealed).where(Answered.id == form))
    return _opened(form, sealed) if sealed is not None else None


def write_down(form: uuid.UUID, answer: Answer) -> None:
    """Keep what a form was answered with."""
    sealed = _sealed(form, {"location": answer.location, "said": [list(one) for one in answer.said]})
    session.execute(update(Answered).where(Answered.id == form).values(sealed=sealed))


def hear_of_undoing(undoing: uuid.UUID, form: uuid.UUID) -> None:
    """Know by the deed that takes it back which form that was; the latest one is meant."""
    row = {"on": clock.now().date(), "sealed": _sealed(undoing, {"form": form.hex})}
    asked = _insert().values(id=undoing, **row)
    session.execute(asked.on_conflict_do_update(index_elements=[Answered.id], set_=row))


def undone(undoing: uuid.UUID) -> None:
    """Forget the form that was taken back just now: sent again on purpose, it is worked on again."""
    sealed = session.scalar(select(Answered.sealed).where(Answered.id == undoing))
    if sealed is not None:
        let_go(uuid.UUID(hex=str(_says(undoing, sealed)["form"])))
        let_go(undoing)


def let_go(form: uuid.UUID) -> None:
    """Forget a form that led to nothing: sent again, it is worked on again."""
    session.execute(delete(Answered).where(Answered.id == form))


def _opened(form: uuid.UUID, sealed: bytes) -> Answer:
    says = _says(form, sealed)
    return Answer(str(says["location"]), tuple((str(text), str(undo)) for text, undo in says["said"]))


def _insert() -> postgresql.Insert | sqlite.Insert:
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(Answered) if on_postgresql else sqlite.insert(Answered)


def _sealed(form: uuid.UUID, says: dict[str, Any]) -> bytes:
    kid, key = house.keyring().purpose_key("idem")
    return seal(key, kid, house.keyring().deployment, _place(form), pack(says))


def _says(form: uuid.UUID, sealed: bytes) -> dict[str, Any]:
    _kid, key = house.keyring().purpose_key("idem")
    return unpack(unseal(key, house.keyring().deployment, _place(form), sealed))


def _place(form: uuid.UUID) -> Place:
    return Place("answered", "answer", form.bytes, NOBODY, 1)
