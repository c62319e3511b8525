"""Keeps volunteers from being exposed: the name shown, where they are shown, and a plan where they worry."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.accounts.queries import account_of_person
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.recruitment.events import (
    NameShownChanged,
    PrivacyPlanKept,
    ShowingAllowed,
    ShowingForbidden,
)
from peerlink.features.recruitment.models import PrivacyPlan
from peerlink.features.recruitment.queries import find_privacy_plan
from peerlink.features.recruitment.rules import LONGEST_NOTE, PlanDraft, check_plan
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import may_show
from peerlink.framework.person import LONGEST_NAME
from peerlink.framework.recruitment_words import ShownAs, ShownIn
from peerlink.store import gate, lookup, names
from peerlink.store.session import session
from peerlink.words import _


def choose_name(volunteer: Volunteer, shown_as: ShownAs, alias: str | None, *, by: uuid.UUID | None) -> None:
    """Let a volunteer choose the name the team sees; they are found by it, and it stands on their account."""
    alias = (alias or "").strip() or volunteer.alias
    if shown_as is ShownAs.ALIAS and not alias:
        raise Refused(_("Type the name you would like to be called."))
    if alias and len(alias) > LONGEST_NAME:
        raise Refused(_("A name has at most %(n)s letters.", n=LONGEST_NAME))
    volunteer.alias, volunteer.shown_as = alias, shown_as
    every = (volunteer.given_name, volunteer.family_name, volunteer.alias)
    names.put("volunteer", volunteer.id, " ".join(filter(None, every)))
    with gate.opened("the name on somebody's own account follows their choice"):
        account = account_of_person(volunteer.id)
        if account is not None:
            account.name = volunteer.called
    announce(NameShownChanged(by=by, volunteer_id=volunteer.id))


def allow_showing(volunteer: Volunteer, where: ShownIn, *, by: uuid.UUID | None) -> None:
    """Write down that a volunteer agrees to be shown somewhere."""
    if may_show(volunteer, where):
        raise Refused(_("This is agreed already."))
    said = {"given_on": _today().isoformat(), "taken_back_on": None}
    volunteer.shown_in = {**(volunteer.shown_in or {}), where.value: said}
    announce(ShowingAllowed(by=by, volunteer_id=volunteer.id, where=where))


def forbid_showing(volunteer: Volunteer, where: ShownIn, *, by: uuid.UUID | None) -> None:
    """Take such a consent back; from this moment nobody shows them there."""
    if not may_show(volunteer, where):
        raise Refused(_("This was not agreed, or is taken back already."))
    shown = dict(volunteer.shown_in or {})
    shown[where.value] = {**shown[where.value], "taken_back_on": _today().isoformat()}
    volunteer.shown_in = shown
    announce(ShowingForbidden(by=by, volunteer_id=volunteer.id, where=where))


def keep_plan(
    volunteer: Volunteer, draft: PlanDraft, *, by: uuid.UUID | None, agreed: bool = False
) -> PrivacyPlan:
    """Write a privacy plan down. What the volunteer changes alone is a wish until somebody agrees on it."""
    check_plan(draft, _today(), agreed=agreed)
    for text in (draft.worry, draft.how):
        if len(text or "") > LONGEST_NOTE:
            raise Refused(_("Keep each text below %(n)s letters.", n=LONGEST_NOTE))
    plan = find_privacy_plan(volunteer.id)
    if plan is None:
        plan = PrivacyPlan(id=uuid.uuid4(), subject_id=volunteer.id, volunteer_id=volunteer.id)
        session.add(plan)
    plan.worry = (draft.worry or "").strip() or None
    plan.how = (draft.how or "").strip() or None
    plan.measures = [one.value for one in draft.measures]
    plan.review_on = draft.review_on
    plan.agreed_on = _today() if agreed else None
    plan.agreed_with = by.hex if by and agreed else None
    session.flush()
    lookup.admit([plan])
    announce(PrivacyPlanKept(by=by, volunteer_id=volunteer.id, is_agreed=agreed))
    return plan


def _today() -> dt.date:
    return clock.today(programme_zone())
