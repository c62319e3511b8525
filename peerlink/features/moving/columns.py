"""Makes columns: how cells are read, what may stand there, what an example looks like."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerlink.features.moving import cells
from peerlink.features.moving.cells import Reader
from peerlink.features.moving.faults import Wrong, shown
from peerlink.framework.nearest import not_known
from peerlink.framework.vocabularies import Channel
from peerlink.framework.word import Word
from peerlink.roles import Role

STAFF_ROLES = tuple(role.value for role in Role if role is not Role.VOLUNTEER)


@dataclass(frozen=True)
class Column:
    """One column: how its cells are read, and the few words that may stand there, if they are few."""

    name: str
    read: Reader
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    several: bool = False
    """Whether a cell may hold several of them, with `;` between."""


@dataclass(frozen=True)
class Sheet:
    """One sheet and its columns."""

    name: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        return next(one for one in self.columns if one.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.columns)


def text(name: str, example: str = "", *, required: bool = False, longest: int = 120) -> Column:
    """Make a column of words."""
    return Column(name, cells.text(longest), required, (), example)


def ref(name: str, example: str = "", *, required: bool = False) -> Column:
    """Make a column of references."""
    return Column(name, cells.text(40), required, (), example)


def day(name: str, example: str = "", *, required: bool = False) -> Column:
    """Make a column of days."""
    return Column(name, cells.day, required, (), example)


def code(name: str, words: Iterable[Word], example: str = "", *, required: bool = False) -> Column:
    """Make a column of one code of a vocabulary."""
    known = list(words)
    return Column(name, cells.code(known), required, tuple(word.value for word in known), example)


def several(name: str, reader: Reader, example: str = "", words: Iterable[str] = ()) -> Column:
    """Make a column of lists."""
    return Column(name, cells.codes(reader), False, tuple(map(str, words)), example, several=True)


def codes(name: str, words: type[Word], example: str = "") -> Column:
    """Make a column of lists of codes."""
    return several(name, cells.code(words), example, words)


def whole(name: str, low: int, high: int, example: str = "") -> Column:
    """Make a column of whole numbers within bounds."""
    return Column(name, cells.whole(low, high), False, (), example)


def yes_no(name: str, example: str = "") -> Column:
    """Make a column of yes and no."""
    return Column(name, cells.yes_no, False, ("yes", "no"), example)


def staff_role(cell: str) -> Role:
    """Read a role somebody on the staff can have."""
    said = cell.lower()
    if said not in STAFF_ROLES:
        raise Wrong(str(not_known(shown(cell), STAFF_ROLES)), ", ".join(STAFF_ROLES))
    return Role(said)


def person() -> tuple[Column, ...]:
    """Return what is asked of everybody."""
    return (
        text("family_name"),
        text("alias"),
        Column("email", cells.email),
        Column("phone", cells.phone),
        whole("birth_year", 1900, 2100),
        text("gender", longest=40),
        Column("languages", cells.languages, example="en:first"),
        ref("site", "S1"),
        text("area"),
    )


def meeting() -> tuple[Column, ...]:
    """Return how, when and where somebody can meet."""
    return (
        codes("channels", Channel, "phone;in_person"),
        several("availability", cells.slot, "mon 18:00-20:00"),
        Column("places", cells.texts(40), example="L1"),
    )
