"""What is agreed about stipends, and the items the house writes down by itself each month."""

import datetime as dt
import uuid

from sqlalchemy import or_, select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.finance.events import StipendAgreed, StipendEnded, StipendSettled, StipendWritten
from peerlink.features.finance.models import Claim, StipendAgreement
from peerlink.features.finance.queries import currency
from peerlink.features.finance.rules import AgreementDraft, check_agreement, pay_days
from peerlink.features.finance.running import agreements_running, stipends_written
from peerlink.features.programmes.queries import find_programme, limits, programme_zone
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.money_words import ClaimKind, ClaimStatus, StipendEnd
from peerlink.framework.people_words import VolunteerStatus
from peerlink.lifecycle import Kind
from peerlink.roles import Viewer
from peerlink.store import history
from peerlink.store.session import session
from peerlink.words import _

A_DAY = dt.timedelta(days=1)


def agree(volunteer: Volunteer, draft: AgreementDraft, viewer: Viewer) -> StipendAgreement:
    """Agree a stipend with a volunteer; one that runs ends the day before, and stays on record."""
    check_agreement(draft)
    _refuse_own(volunteer, viewer)
    programme = find_programme()
    if programme is not None and programme.unpaid_by_design:
        raise Refused(_("Your volunteers are unpaid by design. Change that in the settings first."))
    if currency() is None:
        raise Refused(_("Whoever pays has to say first in which currency: under Payments."))
    for running in _running(volunteer.id, draft.from_on):
        if running.from_on >= draft.from_on:
            raise Refused(_("There is an agreement from a later day. End it first."))
        running.until_on, running.end = draft.from_on - A_DAY, StipendEnd.NEW_AGREEMENT
    agreement = StipendAgreement(
        id=uuid.uuid4(),
        subject_id=volunteer.id,
        volunteer_id=volunteer.id,
        from_on=draft.from_on,
        until_on=draft.until_on,
        recorded_on=_today(),
        pay_day=draft.pay_day,
        while_paused=draft.while_paused,
        end=StipendEnd.AS_PLANNED if draft.until_on else None,
        amount=draft.amount,
        currency=currency(),
        hours=draft.hours,
    )
    session.add(agreement)
    session.flush()
    announce(StipendAgreed(by=viewer.account_id, volunteer_id=volunteer.id))
    return agreement


def end_agreement(
    volunteer: Volunteer, last_day: dt.date, end: StipendEnd, why: str | None, viewer: Viewer
) -> None:
    """End what was agreed after a day; what was stopped without the volunteer is a matter of the rules."""
    _refuse_own(volunteer, viewer)
    running = _running(volunteer.id, last_day)
    if not running:
        raise Refused(_("No stipend is agreed for after this day."))
    for agreement in running:
        if last_day < agreement.from_on - A_DAY:
            raise Refused(_("It cannot end before it begins."))
        _end(agreement, last_day, end, why)
    announce(StipendEnded(by=viewer.account_id, volunteer_id=volunteer.id))


def end_with(volunteer_id: uuid.UUID, day: dt.date, *, by: uuid.UUID | None) -> None:
    """End the stipend of somebody who leaves."""
    running = _running(volunteer_id, day)
    for agreement in running:
        _end(agreement, max(day, agreement.from_on - A_DAY), StipendEnd.LEFT, None)
    if running:
        announce(StipendEnded(by=by, volunteer_id=volunteer_id))


def settle(volunteer: Volunteer, viewer: Viewer) -> None:
    """Write down that the volunteer has come to agree with what the programme stopped."""
    _refuse_own(volunteer, viewer)
    stopped = select(StipendAgreement).where(
        StipendAgreement.volunteer_id == volunteer.id,
        StipendAgreement.end == StipendEnd.PROGRAMME_STOPPED,
        StipendAgreement.settled_on.is_(None),
    )
    found = session.scalars(stopped).all()
    if not found:
        raise Refused(_("Nothing was stopped that is not settled."))
    for agreement in found:
        agreement.settled_on = _today()
    announce(StipendSettled(by=viewer.account_id, volunteer_id=volunteer.id))


def write_stipends(today: dt.date) -> int:
    """Write down the stipends due within days that are not written yet; doing it twice changes nothing."""
    programme = find_programme()
    if programme is not None and programme.unpaid_by_design:
        return 0
    until = today + dt.timedelta(days=limits().whole("stipend.lead_days"))
    running = [(one, who) for one, who in agreements_running(_long_ago(today)) if _is_due(one, who)]
    written = stipends_written([who.id for _one, who in running])
    n = 0
    for agreement, volunteer in running:
        for day in pay_days(agreement, until, volunteer.status_since):
            if (day.year, day.month) not in written[volunteer.id]:
                _write(agreement, day, today)
                written[volunteer.id].add((day.year, day.month))
                n += 1
    return n


def _long_ago(today: dt.date) -> dt.date:
    """Return how far back an agreement may have ended and still have a stipend to be written."""
    return today - dt.timedelta(days=31)


def _is_due(agreement: StipendAgreement, volunteer: Volunteer) -> bool:
    if agreement.end is StipendEnd.LEFT:
        return False
    return volunteer.status is VolunteerStatus.ACTIVE or (
        volunteer.status is VolunteerStatus.PAUSED and agreement.while_paused
    )


def _write(agreement: StipendAgreement, day: dt.date, today: dt.date) -> None:
    claim = Claim(
        id=uuid.uuid4(),
        subject_id=agreement.volunteer_id,
        volunteer_id=agreement.volunteer_id,
        kind=ClaimKind.STIPEND,
        status=ClaimStatus.SUBMITTED,
        due_on=day,
        submitted_on=today,
        amount=agreement.amount,
        currency=agreement.currency,
        hours=agreement.hours,
    )
    session.add(claim)
    session.flush()
    history.begin(claim, kind=Kind.CLAIM, by=None, on=today)
    announce(StipendWritten(by=None, volunteer_id=claim.volunteer_id, claim_id=claim.id))


def _running(volunteer_id: uuid.UUID, day: dt.date) -> list[StipendAgreement]:
    asked = select(StipendAgreement).where(
        StipendAgreement.volunteer_id == volunteer_id,
        or_(StipendAgreement.until_on.is_(None), StipendAgreement.until_on > day),
    )
    return list(session.scalars(asked))


def _end(agreement: StipendAgreement, last_day: dt.date, end: StipendEnd, why: str | None) -> None:
    agreement.until_on, agreement.end = last_day, end
    agreement.why_ended = why
    session.flush()


def _refuse_own(volunteer: Volunteer, viewer: Viewer) -> None:
    if volunteer.id == viewer.person_id:
        raise Refused(_("Somebody else agrees your stipend with you."))


def _today() -> dt.date:
    return clock.today(programme_zone())
