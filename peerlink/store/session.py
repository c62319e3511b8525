"""The session of whoever is at work, and the door that keeps or drops what happened."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from peerlink.errors import Conflict
from peerlink.store import audit, house, sealing
from peerlink.words import _

_session: ContextVar[Session | None] = ContextVar("session", default=None)
_one_writer = threading.RLock()


class HouseSession(Session):
    """A session that seals what it writes."""


sealing.listen_to(HouseSession)


def current_session() -> Session:
    """Return the session of the transaction we are in."""
    now = _session.get()
    if now is None:
        raise RuntimeError("nothing is read or written outside of transaction() or reading()")
    return now


class _Current:
    def __getattr__(self, name: str) -> Any:
        return getattr(current_session(), name)


session: Session = cast(Session, _Current())
"""The session of the transaction we are in, whoever opened it."""


@contextmanager
def transaction() -> Iterator[Session]:
    """Keep everything done in the block, or nothing of it; inside another transaction, be part of it.

    Raises Conflict where somebody else has changed the same record in the meantime.
    """
    if (outer := _session.get()) is not None:
        if not outer.info.get("writing"):
            raise RuntimeError("a reading session cannot write")
        yield outer
        return
    engine = house.engine()
    with _queue(engine), _open(engine, writing=True) as inner:
        try:
            yield inner
            keep(inner)
        except StaleDataError:
            drop(inner)
            raise somebody_else_saved() from None
        except BaseException:
            drop(inner)
            raise


@contextmanager
def reading() -> Iterator[Session]:
    """Read without writing; inside another transaction, be part of it."""
    if (outer := _session.get()) is not None:
        yield outer
        return
    with _open(house.engine(), writing=False) as inner:
        try:
            yield inner
        finally:
            inner.rollback()


def keep(inner: Session) -> None:
    """Write keys first, then data with its audit entries, as one commit."""
    inner.flush()
    audit.append_pending(inner)
    house.keyring().write_pending()
    inner.commit()


def drop(inner: Session) -> None:
    """Forget everything done in this transaction, its new keys included."""
    inner.rollback()
    house.keyring().discard_pending()


def somebody_else_saved() -> Conflict:
    """Say that two people changed the same record at once."""
    return Conflict(_("Somebody else saved this record while you were working on it."))


def unique_refused(error: IntegrityError, column: str) -> bool:
    """Tell whether a write was refused because this column must be unique."""
    return column in str(error.orig)


@contextmanager
def _open(engine: Engine, *, writing: bool) -> Iterator[Session]:
    bind = engine.execution_options(immediate=True) if writing else engine
    with HouseSession(bind, expire_on_commit=False) as inner:
        inner.info["writing"] = writing
        token = _session.set(inner)
        try:
            yield inner
        finally:
            _session.reset(token)


@contextmanager
def _queue(engine: Engine) -> Iterator[None]:
    """Let writers of SQLite come one after the other: its busy handler starves the unlucky one."""
    home = house.current().home
    if engine.dialect.name != "sqlite" or home is None:
        yield
        return
    with _one_writer, (home / "data.wlock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
