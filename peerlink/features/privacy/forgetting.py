"""Deletes what is kept about people who offered to help and did not join, when their time is over."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Table, delete, exists, select

from peerlink.events import announce
from peerlink.features.incidents.models import Incident
from peerlink.features.privacy.events import ApplicantForgotten
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store import gate, house, names
from peerlink.store.model import Model, SealedModel
from peerlink.store.session import reading, session, transaction

NEVER_JOINED = (VolunteerStatus.WITHDRAWN, VolunteerStatus.DECLINED)


def forget_applicants(today: dt.date) -> int:
    """Delete everything about those whose time is over, and then their keys; return how many there were.

    Whoever served is not among them, nor whom an incident names: others rely on what was written. The keys go
    when it is certain that the records went: a key that is left alone opens nothing.
    """
    over = select(Volunteer.id).where(
        Volunteer.status.in_(NEVER_JOINED),
        Volunteer.joined_on.is_(None),
        Volunteer.keep_until < today,
        ~exists().where(Incident.volunteer_id == Volunteer.id),
    )
    with reading():
        people = list(session.scalars(over))
    if not people:
        return 0
    with transaction(), gate.opened("people whose time is over are forgotten"):
        people = list(session.scalars(over))
        for one in people:
            _forget(one)
    for one in people:
        house.keyring().destroy(one.bytes)
    return len(people)


def _forget(person: uuid.UUID) -> None:
    names.remove("volunteer", person)
    models: dict[Any, Any] = {mapper.local_table: mapper.class_ for mapper in Model.registry.mappers}
    for table in reversed(Model.metadata.sorted_tables):
        _forget_in(table, models.get(table), person)
    announce(ApplicantForgotten(by=None, volunteer_id=person))


def _forget_in(table: Table, model: Any, person: uuid.UUID) -> None:
    if model is not None and issubclass(model, SealedModel):
        for row in session.scalars(select(model).where(model.subject_id == person)):
            # One by one, so that the trail knows that they went and does not miss them.
            session.delete(row)
        session.flush()
    elif "volunteer_id" in table.columns:
        session.execute(delete(table).where(table.c.volunteer_id == person))
