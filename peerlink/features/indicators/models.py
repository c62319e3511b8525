"""Counters kept with every contact, so that nobody has to read the whole log to judge a window of days."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.store.model import Field, Model, SealedModel

_BY_ID = {"sqlite_with_rowid": False}
"""Rows lie in the order of their primary key, and nowhere else."""


class VolunteerDay(Model):
    """Everything counted for one volunteer from the beginning up to the end of one day.

    A window is the difference of two rows. There is a row for every day since the volunteer's first contact,
    as far back as `KEPT_DAYS`.
    """

    __tablename__ = "volunteer_day"
    __table_args__ = (
        Index("ix_volunteer_day_of", "volunteer_id", "day"),
        _BY_ID,  # one day of everybody lies together: a night reads a handful of days, not everything
    )
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), primary_key=True)
    held: Mapped[int]
    minutes: Mapped[int]
    late: Mapped[int]
    heavy: Mapped[int]
    tagged: Mapped[int]
    """Held or missed with a tag of R22's negative list."""
    planned: Mapped[int]
    """By the day they were planned for."""
    cancelled: Mapped[int]
    """By the volunteer, by the day they were planned for."""
    informational: Mapped[int]
    instrumental: Mapped[int]
    emotional: Mapped[int]
    affiliational: Mapped[int]
    appraisal: Mapped[int]
    """Sixtieths: a contact in k areas adds 60/k to each of them."""


class ParticipantLast(Model):
    """Where one participant stands: the last held contact, and what was missed since."""

    __tablename__ = "participant_last"
    __table_args__ = _BY_ID
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    held_on: Mapped[dt.date | None]
    missed_since: Mapped[int]


class VolunteerLast(Model):
    """The day of one volunteer's last held contact."""

    __tablename__ = "volunteer_last"
    __table_args__ = _BY_ID
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), primary_key=True)
    held_on: Mapped[dt.date | None]


class Carried(SealedModel):
    """Which topics one volunteer carried on which day; `id` is the volunteer's, and so is the seal.

    Topics are sealed in their contacts; this is their sum, so that a night opens only what is new.
    """

    __tablename__ = "carried"
    stale_from: Mapped[dt.date | None]
    """The first day whose contacts changed since it was summed; None where none did."""
    days: Field[dict[str, dict[str, int]]] = Field()
    """Day, then the code of a topic or technique, then the number of held contacts."""
