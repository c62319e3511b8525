"""What an import found: faults with their place, hints, and how many rows are new, changed or unchanged."""

from dataclasses import asdict, dataclass, field
from typing import Any

MOST_FAULTS = 1_000
"""Faults listed; more are counted."""
MOST_SHOWN = 60
"""Characters of a cell repeated in a sentence."""


class Wrong(Exception):
    """A cell or row that cannot be taken; says what is wrong and what would be right."""

    def __init__(self, wrong: str, right: str, column: str = "") -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.right = right
        self.column = column


@dataclass(frozen=True)
class Fault:
    """Something that must be put right before anything is kept; the header is row 1."""

    file: str
    row: int
    column: str
    wrong: str
    right: str


@dataclass(frozen=True)
class Hint:
    """Something to look at that does not stop an import."""

    file: str
    row: int
    text: str


@dataclass
class Tally:
    """What became of the rows of one sheet."""

    name: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: int = 0
    hints: int = 0


@dataclass
class Report:
    """What an import did, or would do."""

    dry_run: bool
    kept: bool = False
    sheets: list[Tally] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    n_faults: int = 0
    n_hints: int = 0

    def sheet(self, name: str) -> Tally:
        """Return the tally of a sheet, begun where there is none."""
        for tally in self.sheets:
            if tally.name == name:
                return tally
        self.sheets.append(Tally(name))
        return self.sheets[-1]

    def fault(self, name: str, row: int, column: str, wrong: str, right: str) -> None:
        """Write a fault down."""
        self.n_faults += 1
        self.sheet(name).faults += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(name, row, column, wrong, right))

    def hint(self, name: str, row: int, text: str) -> None:
        """Write a hint down."""
        self.n_hints += 1
        self.sheet(name).hints += 1
        if len(self.hints) < MOST_FAULTS:
            self.hints.append(Hint(name, row, text))

    @property
    def n_new(self) -> int:
        return sum(tally.new for tally in self.sheets)

    @property
    def n_changed(self) -> int:
        return sum(tally.changed for tally in self.sheets)

    @property
    def n_unchanged(self) -> int:
        return sum(tally.unchanged for tally in self.sheets)

    def as_document(self) -> dict[str, Any]:
        """Return the report as the command line prints it."""
        return {
            "ok": self.n_faults == 0,
            "dry_run": self.dry_run,
            "kept": self.kept,
            "new": self.n_new,
            "changed": self.n_changed,
            "unchanged": self.n_unchanged,
            "n_faults": self.n_faults,
            "n_hints": self.n_hints,
            "sheets": [asdict(tally) for tally in self.sheets],
            "faults": [asdict(fault) for fault in self.faults],
            "hints": [asdict(hint) for hint in self.hints],
        }


def shown(text: str) -> str:
    """Shorten a cell so that a sentence can repeat it, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"
