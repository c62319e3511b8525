"""Decryption is the authorisation gate: what a query forgot to scope still does not open.

A sealed row opens only inside an `Access`. For a person looking, the access names the kinds of record
their roles may open, and the people whose rows a scoped query has admitted in this request. Jobs, commands
and the rules work in `opened("why")`. Everything opened for a person is remembered, so that the door can
write it into the audit trail.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


class Closed(Exception):
    """A sealed record was asked for outside of anybody's reach; a mistake of ours, never shown."""


@dataclass
class Access:
    """Who opens records now, and how far their reach goes."""

    actor: uuid.UUID | None
    opens: frozenset[str] | None
    """Names of records (`table` or `table.record`) that may be opened; None for all."""
    people: set[uuid.UUID] | None
    """Subjects admitted so far; None for all."""
    opened: dict[uuid.UUID, set[str]] = field(default_factory=dict)
    """What was opened about whom, for the audit trail."""
    notes: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """What else was read that leaves a trace, such as the trail itself: deed and detail."""
    watched: bool = True


_now: ContextVar[Access | None] = ContextVar("access", default=None)


def current() -> Access | None:
    """Return the access in force, or None where nothing may be opened."""
    return _now.get()


@contextmanager
def access(granted: Access) -> Iterator[Access]:
    """Put this access in force for the time of a block."""
    token = _now.set(granted)
    try:
        yield granted
    finally:
        _now.reset(token)


@contextmanager
def opened(why: str) -> Iterator[Access]:
    """Open everything for the house itself: jobs, commands, rules that judge without showing.

    `why` is for whoever reads the code; the actor of a surrounding access stays the actor.
    """
    del why
    outer = _now.get()
    with access(Access(outer.actor if outer else None, None, None, watched=False)) as granted:
        yield granted


@contextmanager
def unnamed(why: str) -> Iterator[Access]:
    """Work for somebody who must stay unnamed: what is opened and done here leads to nobody, in no trail."""
    del why
    with access(Access(None, None, None, watched=False)) as granted:
        yield granted


@contextmanager
def lent(kinds: Iterable[str], person: uuid.UUID, why: str) -> Iterator[Access]:
    """Open these kinds of record about one person for whoever looks, although their role does not.

    What is opened is remembered like everything else they open; `why` is for whoever reads the code.
    """
    del why
    outer = _now.get()
    if outer is None:
        raise Closed("nothing is lent to nobody")
    lending = Access(outer.actor, frozenset(kinds), {person}, outer.opened, outer.notes, outer.watched)
    with access(lending) as granted:
        yield granted


def note(deed: str, detail: dict[str, str]) -> None:
    """Have the door write down that something was read which is nobody's record."""
    granted = _now.get()
    if granted is not None:
        granted.notes.append((deed, detail))


def admit(subjects: Iterable[uuid.UUID | None]) -> None:
    """Let these people's rows be opened in this access; called by scoped queries only."""
    granted = _now.get()
    if granted is not None and granted.people is not None:
        granted.people.update(subject for subject in subjects if subject is not None)


def check(name: str, subject: uuid.UUID) -> None:
    """Refuse to open this kind of record about this subject outside of the access in force."""
    granted = _now.get()
    if granted is None:
        raise Closed(f"{name} was opened outside of any access")
    if granted.opens is not None and name not in granted.opens:
        raise Closed(f"{name} is not for this role")
    if granted.people is not None and subject.int and subject not in granted.people:
        raise Closed(f"{name} of somebody out of reach")
    if granted.watched and subject.int:
        granted.opened.setdefault(subject, set()).add(name)
