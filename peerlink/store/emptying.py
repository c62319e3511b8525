"""Takes out of a row what it says about somebody, where the row itself has to stay."""

from collections.abc import Iterable
from typing import Any

from peerlink.store.sealing import NOBODY, Damaged, SealedRow


def say_only(row: SealedRow, kept: Iterable[str] = ()) -> None:
    """Let a row say nothing but these fields, and be about nobody: sealed under the programme's key.

    One that was tampered with says nothing at all from then on.
    """
    says: dict[str, dict[str, Any]] = {}
    for record in row.records:
        try:
            before = row.open_record(record, watched=False)
        except Damaged:
            before = {}
        says[record] = {name: before[name] for name in kept if name in before}
    for name, one in row.fields.items():
        if one.found_by and name not in says[one.record]:
            setattr(row, f"{name}_index", None)
    row.__dict__["_opened"] = says
    row.subject_id = NOBODY
