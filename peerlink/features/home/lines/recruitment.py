"""Offers to help, texts to sign, plans to agree on, and who leaves."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.privacy.endings import n_endings
from peerlink.features.recruitment.queries import (
    find_privacy_plan,
    leaving,
    leaving_without_plan,
    not_signed,
    plans_to_agree,
)
from peerlink.features.volunteers.queries import get_volunteer, volunteer_counts
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.roles import Permission, Viewer
from peerlink.words import _


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say who offered to help, who leaves and how far that is planned, and what waits to be signed."""
    if viewer.may(Permission.KEEP_VOLUNTEERS):
        yield from _offers(viewer)
        yield from _leaving(viewer, today)
        yield from _endings(viewer, today)
    if viewer.may(Permission.CARE):
        yield from _plans(viewer)
    if viewer.may(Permission.SEE_OWN):
        yield from _own(viewer, today)


def _offers(viewer: Viewer) -> Iterator[Line]:
    n = volunteer_counts(viewer).get(VolunteerStatus.APPLICANT, 0)
    if n:
        asked = {"status": VolunteerStatus.APPLICANT.value}
        text = _("Offers to help that wait for an answer: %(n)d", n=n)
        yield Line(text, "volunteers.index", "add", "watch", _("Answer"), asked=asked)


def _leaving(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    open_ones = leaving_without_plan()
    for one in leaving(viewer):
        asked = {"volunteer_id": one.id}
        tone, word = ("critical", _("No plan yet")) if one.id in open_ones else ("", "")
        if not tone and one.leaving_on and one.leaving_on <= today:
            tone, word = "watch", _("Today")
        text = _("%(name)s leaves", name=one.called)
        yield Line(text, "recruitment.leaving", "signout", tone, word, _("Last day"), one.leaving_on, asked)


def _endings(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    n, n_late = n_endings(viewer, today)
    if n_late:
        text = _("Records not deleted, although their day is over: %(n)d", n=n_late)
        yield Line(text, "privacy.kept", "alert", "critical", _("Look"))
    if n > n_late:
        text = _("Records that end soon, or have no day: %(n)d", n=n - n_late)
        yield Line(text, "privacy.kept", "clock", more=_("Keep one longer only for a reason."))


def _plans(viewer: Viewer) -> Iterator[Line]:
    for one in plans_to_agree(viewer):
        text = _("Agree on a privacy plan with %(name)s", name=one.called)
        yield Line(text, "recruitment.privacy", "lock", "watch", _("Agree"), asked={"volunteer_id": one.id})


def _own(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    if viewer.person_id is None:
        return
    volunteer = get_volunteer(viewer.person_id, viewer)
    if not_signed({volunteer.id: volunteer.agreement_on}, today):
        yield Line(_("Read and sign what is new"), "recruitment.my_agreements", "file", "watch", _("Sign"))
    plan = find_privacy_plan(volunteer.id)
    if plan is not None and plan.review_on is not None and plan.review_on <= today:
        yield Line(_("Look at your privacy plan again"), "recruitment.my_privacy", "lock")
