"""What tests of moving in look at: everything that is kept, and one small spoiled workbook at a time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from peerlink.features.moving import service
from peerlink.features.moving.faults import Report
from peerlink.store import gate, house
from peerlink.store.model import Model
from peerlink.store.session import reading, session
from tests.factories import workbooks

Spoil = Callable[[dict[str, workbooks.Sheet]], object]


def bring(folder: Path, sheets: dict[str, workbooks.Sheet], **how: Any) -> Report:
    """Write a workbook and import it."""
    return service.import_path(workbooks.write_folder(folder, sheets), **how)


def spoiled(spoil: Spoil) -> dict[str, workbooks.Sheet]:
    """Return the small workbook with one thing changed."""
    sheets = workbooks.small()
    spoil(sheets)
    return sheets


def kept() -> dict[str, object]:
    """Return how many rows each table has, every row version, and how many keys there are."""
    found: dict[str, object] = {}
    with reading():
        for table in Model.metadata.sorted_tables:
            found[table.name] = session.scalar(select(func.count()).select_from(table))
            if "version" in table.c:
                found[f"{table.name} versions"] = dict(
                    session.execute(select(table.c.id, table.c.version)).all()
                )
    found["keys"] = house.keyring()._tables._rows("SELECT count(*) FROM dek")[0][0]
    return found


def everything(kind: type[Any]) -> list[Any]:
    """Return every record of a kind, opened for the length of a test by the house itself."""
    with reading():
        found = list(session.scalars(select(kind)).all())
        session.expunge_all()
        return found


def opened() -> Any:
    """Open everything, as the house does."""
    return gate.opened("a test looks at what was kept")
