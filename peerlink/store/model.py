"""What every table has in common."""

import uuid
from typing import Any

from sqlalchemy import LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from peerlink.store.sealing import Field, SealedRow, column_of
from peerlink.store.types import KEPT_AS, Bits, Plain

__all__ = ["Bits", "Field", "Model", "Plain", "SealedModel"]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """A table; what it keeps is readable, so it keeps no text about anybody."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = KEPT_AS

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, 'id', '')}>"


class SealedModel(SealedRow, Model):
    """A table whose text is sealed: one record per row, bound to row, person and version.

    `subject_id` is the person whose key seals the row; a row that is a person names itself, and a row of
    the programme itself leaves it out.
    """

    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[uuid.UUID] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version, "version_id_generator": False}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "__tablename__" in cls.__dict__:
            cls.gather_fields()
            for record in cls.records:
                setattr(cls, column_of(record), mapped_column(LargeBinary, nullable=False))
            for name, one in cls.fields.items():
                if one.found_by:
                    column = mapped_column(LargeBinary(16), nullable=True, index=True, unique=one.unique)
                    setattr(cls, f"{name}_index", column)
        super().__init_subclass__(**kwargs)
