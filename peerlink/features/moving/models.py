"""A workbook between its dry run and its import: sealed, and not for long."""

import datetime as dt
import uuid

from sqlalchemy.orm import Mapped, mapped_column

from peerlink.store.model import Field, SealedModel


class HeldWorkbook(SealedModel):
    """The file somebody had looked over, kept sealed until they import it or choose another."""

    __tablename__ = "held_workbook"
    account_id: Mapped[uuid.UUID] = mapped_column(index=True)
    held_at: Mapped[dt.datetime]
    content: Field[str] = Field()
    """The file's bytes, base64."""
