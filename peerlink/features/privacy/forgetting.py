"""Deletes what is kept about people who are no volunteers now, when their time is over."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select

from peerlink.events import Event, announce
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.finance.models import Claim
from peerlink.features.incidents.models import Incident, IncidentStep
from peerlink.features.matching.models import Answer, Match, PlannedMatch
from peerlink.features.privacy.endings import over
from peerlink.features.privacy.events import ApplicantForgotten, VolunteerForgotten
from peerlink.features.recruitment.models import LeavingKnown
from peerlink.features.supervision.models import Supervision
from peerlink.features.training.models import Attendance
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import KNOWN
from peerlink.features.volunteers.retention import served
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.money_words import ClaimStatus
from peerlink.framework.people_words import MatchStatus
from peerlink.store import gate, house, names
from peerlink.store.emptying import say_only
from peerlink.store.history import StateChange
from peerlink.store.model import Model, SealedModel
from peerlink.store.sealing import intact
from peerlink.store.session import reading, session, transaction

Stays = Mapping[type[SealedModel], tuple[str, ...]]
OF_OTHERS: Stays = {
    Incident: tuple(Incident.fields),
    IncidentStep: tuple(IncidentStep.fields),
}
"""Sealed rows that others rely on stay, with these fields; an incident is kept for a time of its own."""
COUNTED: Stays = {
    Volunteer: (),
    Checkin: (),
    Supervision: (),
    Attendance: (),
    Claim: ("amount", "currency", "what"),
}
"""Rows of somebody who served that are counted: days, codes and what was paid stay, about nobody."""


def forget_people(today: dt.date) -> int:
    """Delete everything readable about those whose time is over, then their keys; return how many there were.

    Of who served a row stays that says nothing, for what is counted. Whoever cannot be deleted keeps nobody
    else from it. The keys go when it is certain that the records went: a key left alone opens nothing.
    """
    with reading():
        people = list(session.scalars(over(today)))
    trouble: Exception | None = None
    n = 0
    for person in people:
        try:
            n += _forget(person, today)
        except Exception as problem:  # the next person waits for nobody
            trouble = problem
    _destroy_keys_left()
    if trouble is not None:
        raise trouble
    return n


def _forget(person: uuid.UUID, today: dt.date) -> bool:
    with transaction(), gate.opened("somebody whose time is over is forgotten"):
        asked = select(Volunteer).where(Volunteer.id.in_(over(today)), Volunteer.id == person)
        one = session.scalar(asked.with_for_update(of=Volunteer))
        if one is None:
            return False
        stays = _stays(one)
        accounts = list(session.scalars(select(Account.id).where(Account.person_id == person)))
        names.remove("volunteer", person)
        _part_from_others(person)
        _close(accounts)
        if not served(one):
            _delete_plain("volunteer_id", [person])
        _delete({person, *accounts}, stays)
        if Volunteer in stays:
            _leave_what_is_counted(one)
        announce(_event_of(one))
    for subject in () if Volunteer in stays else (person, *accounts):
        house.keyring().destroy(subject.bytes)
    return True


def _stays(one: Volunteer) -> Stays:
    """Name the rows of somebody that stay: of who did not join none, unless an incident leads to them."""
    if served(one):
        return {**OF_OTHERS, **COUNTED}
    named = session.scalar(select(Incident.id).where(Incident.volunteer_id == one.id).limit(1))
    return {**OF_OTHERS, Volunteer: ()} if named else OF_OTHERS


def _event_of(one: Volunteer) -> Event:
    kind = VolunteerForgotten if served(one) else ApplicantForgotten
    return kind(by=None, volunteer_id=one.id)


def _part_from_others(person: uuid.UUID) -> None:
    """Take their own words out of what was written about others with them."""
    for match in intact(session.scalars(select(Match).where(Match.volunteer_id == person)))[0]:
        if match.volunteer_said is Answer.NO:
            _forget_why(match)
        if match.overrides:
            match.overrides = dict.fromkeys(match.overrides, "")
    for plan in session.scalars(select(PlannedMatch).where(PlannedMatch.volunteer_id == person)):
        session.delete(plan)


def _forget_why(match: Match) -> None:
    if match.said_why:
        match.said_why = None
    for change in intact(session.scalars(select(StateChange).where(StateChange.record_id == match.id)))[0]:
        if change.became == MatchStatus.DECLINED and change.reason:
            change.reason = None


def _close(accounts: Collection[uuid.UUID]) -> None:
    """Let nobody come back through what they signed in with; the row stays, for others are named with it."""
    for account in session.scalars(select(Account).where(Account.id.in_(accounts))):
        say_only(account)
        account.state = AccountState.CLOSED
    _delete_plain("account_id", accounts)


def _delete(subjects: Collection[uuid.UUID], stays: Stays) -> None:
    models: dict[Any, Any] = {mapper.local_table: mapper.class_ for mapper in Model.registry.mappers}
    for table in reversed(Model.metadata.sorted_tables):
        model = models.get(table)
        if model is None or not issubclass(model, SealedModel):
            continue
        # One by one, so that the trail knows that they went and does not miss them.
        for row in session.scalars(select(model).where(model.subject_id.in_(subjects))):
            if model in stays and not _is_begun(row):
                say_only(row, stays[model])
            else:
                session.delete(row)
        session.flush()


def _is_begun(row: SealedModel) -> bool:
    """Tell whether a row is a claim that was never sent: nothing was owed, so nothing is counted."""
    return isinstance(row, Claim) and row.status is ClaimStatus.DRAFT


def _delete_plain(column: str, whose: Collection[uuid.UUID]) -> None:
    """Delete the rows without a seal that are somebody's by this column."""
    for table in reversed(Model.metadata.sorted_tables):
        if column in table.columns and "subject_id" not in table.columns:
            session.execute(delete(table).where(table.c[column].in_(whose)))


def _leave_what_is_counted(one: Volunteer) -> None:
    one.supervisor_id = one.reader_id = one.buddy_id = None
    one.leaving_on = one.review_on = one.no_new_matches_until = None
    session.execute(delete(LeavingKnown).where(LeavingKnown.volunteer_id == one.id))


def _destroy_keys_left() -> None:
    """Destroy the keys of those of whom nothing but a row is left; its day says that this is still to do."""
    unfinished = select(Volunteer.id).where(~KNOWN, Volunteer.keep_until.is_not(None))
    with reading():
        people = list(session.scalars(unfinished))
        accounts = list(session.scalars(select(Account.id).where(Account.person_id.in_(people))))
    for one in (*people, *accounts):
        house.keyring().destroy(one.bytes)
    if people:
        with transaction(), gate.opened("somebody was forgotten whole"):
            for row in session.scalars(select(Volunteer).where(Volunteer.id.in_(people))):
                row.keep_until = None
