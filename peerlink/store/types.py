"""How each Python type is kept in the database."""

import datetime as dt
import enum
import uuid
from typing import Annotated, Any

from sqlalchemy import BigInteger, Date, DateTime, Dialect, Enum, Integer, String, Uuid
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

Plain = Annotated[str, mapped_column(String(80))]
"""Text that stays readable; tests/architecture lists each such column with its reason."""

Bits = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"))]
"""A set of vocabulary codes, one bit each."""


class Moment(TypeDecorator[dt.datetime]):
    """A moment, kept in UTC without its zone, and aware again when it comes back."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs its time zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.replace(tzinfo=dt.UTC)


KEPT_AS: dict[Any, Any] = {
    dt.datetime: Moment(),
    dt.date: Date(),
    uuid.UUID: Uuid(),
    enum.Enum: Enum(
        enum.Enum,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda kind: [member.value for member in kind],
    ),
}
"""The type annotation map of every table: vocabularies by their value, moments in UTC."""
