"""Finds people by any part of their name, with nothing made from a name readable at rest.

Names lie in sealed pages of up to 1,024 people, assigned at random; a search opens the pages and looks. An
index over names would give half of them away to whoever knows how common they are.
"""

import base64
import secrets
import unicodedata
import uuid
from collections.abc import Iterable, Iterator

import jellyfish
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.store import gate
from peerlink.store.model import Field, Plain, SealedModel
from peerlink.store.sealing import MAIN, NOBODY, open_blob
from peerlink.store.session import session

A_PAGE = 1024
"""Names a page holds."""
ALIKE = 0.88
"""Jaro-Winkler similarity from which a misspelt word counts as found."""
ID_PART = 26
"""Signs before the name: the id in base 32, whose capitals no folded name holds."""
END = ";"
"""Stands behind each person; unlike a line's end, JSON has no need to spell it out, and opens faster."""
SHORTEST_GUESS = 3
"""Letters below which a word is taken as it is typed."""


class NamePage(SealedModel):
    """Some names of one kind of people, in no order; about the programme, sealed under its key."""

    __tablename__ = "name_page"
    kind: Mapped[Plain] = mapped_column(index=True)
    n_names: Mapped[int]
    lines: Field[str] = Field()
    """One person after the other: id, folded name, END."""


def fold(text: str) -> str:
    """Return a name without case, accents and punctuation, words parted by one space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


def put(kind: str, person_id: uuid.UUID, name: str) -> None:
    """Let a person be found by this name, and no longer by an older one."""
    put_many(kind, [(person_id, name)])


def put_many(kind: str, people: Iterable[tuple[uuid.UUID, str]]) -> None:
    """Let many people be found by their names."""
    with gate.opened("names are put where they are found"):
        wanted = {_sign(person_id): fold(name) for person_id, name in people}
        pages = _pages(kind)
        for page in pages:
            _rename(page, wanted)
        room = [page for page in pages if page.n_names < A_PAGE]
        for person, name in wanted.items():
            if not room:
                room = [_new_page(kind)]
            page = secrets.choice(room)
            page.lines = f"{page.lines}{person}{name}{END}"
            page.n_names += 1
            if page.n_names >= A_PAGE:
                room.remove(page)


def remove(kind: str, person_id: uuid.UUID) -> None:
    """Let a person be found no more."""
    with gate.opened("a name is taken out of its page"):
        person = _sign(person_id)
        for page in _pages(kind):
            if person in page.lines:
                lines = [line for line in _split(page.lines) if not line.startswith(person)]
                page.lines = "".join(f"{line}{END}" for line in lines)
                page.n_names = len(lines)


def find(kind: str, text: str, limit: int = 50) -> list[uuid.UUID]:
    """Return the people whose name holds every part of the text, the likeliest first.

    Where nobody's does, those whose name sounds close to it. The ids say nothing about who may be seen: the
    query they are put into does.
    """
    words = fold(text).split()
    if not words:
        return []
    pages = _opened(kind)
    found = [line for lines in pages for line in _holding(lines, words)]
    if found:
        found.sort(key=lambda line: (not _begins(line, words), len(line), line))
        return [_person(line) for line in found[:limit]]
    guesses = sorted((-_likeness(line, words), line) for lines in pages for line in _split(lines))
    return [_person(line) for score, line in guesses[:limit] if -score >= ALIKE]


def _sign(person_id: uuid.UUID) -> str:
    return base64.b32encode(person_id.bytes).decode()[:ID_PART]


def _person(line: str) -> uuid.UUID:
    return uuid.UUID(bytes=base64.b32decode(f"{line[:ID_PART]}======"))


def _split(lines: str) -> list[str]:
    return lines.split(END)[:-1]


def _opened(kind: str) -> list[str]:
    """Open every page, past the rows themselves: nothing of them is kept, and only ids come back."""
    asked = select(NamePage.id, NamePage.version, getattr(NamePage, MAIN)).where(NamePage.kind == kind)
    return [
        open_blob(NamePage.__tablename__, MAIN, page, NOBODY, version, blob).get("lines", "")
        for page, version, blob in session.execute(asked)
    ]


def _holding(lines: str, words: list[str]) -> Iterator[str]:
    """Walk the lines that hold every word, looking for the longest word first."""
    rarest = max(words, key=len)
    at = lines.find(rarest)
    while at >= 0:
        start, end = lines.rfind(END, 0, at) + 1, lines.find(END, at)
        begin = start + ID_PART
        if at < begin:  # an id may hold the word too, where it is a number
            at = lines.find(rarest, begin)
            continue
        if all(word in lines[begin:end] for word in words):
            yield lines[start:end]
        at = lines.find(rarest, end)


def _begins(line: str, words: list[str]) -> bool:
    parts = line[ID_PART:].split()
    return all(any(part.startswith(word) for part in parts) for word in words)


def _likeness(line: str, words: list[str]) -> float:
    """Return how close the least likely word of the text comes to a part of this name, 0 to 1."""
    parts = line[ID_PART:].split()
    if not parts or any(len(word) < SHORTEST_GUESS for word in words):
        return 0.0
    return min(max(jellyfish.jaro_winkler_similarity(word, part) for part in parts) for word in words)


def _rename(page: NamePage, wanted: dict[str, str]) -> None:
    lines = _split(page.lines)
    changed = False
    for n, line in enumerate(lines):
        name = wanted.pop(line[:ID_PART], None)
        if name is not None and line[ID_PART:] != name:
            lines[n] = f"{line[:ID_PART]}{name}"
            changed = True
    if changed:
        page.lines = "".join(f"{line}{END}" for line in lines)


def _pages(kind: str) -> list[NamePage]:
    return list(session.scalars(select(NamePage).where(NamePage.kind == kind).with_for_update()))


def _new_page(kind: str) -> NamePage:
    page = NamePage(id=uuid.uuid4(), kind=kind, n_names=0, lines="")
    session.add(page)
    return page
