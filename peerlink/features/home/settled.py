"""How far each thing is that a programme settles once: a few words each, and whether somebody should look."""

import datetime as dt

from peerlink import clock
from peerlink.features.notices.queries import has_mail
from peerlink.features.programmes.queries import find_programme, limits, places, programme_zone
from peerlink.features.questionnaires.queries import active_questionnaires
from peerlink.features.recruitment.queries import agreements_in_force
from peerlink.features.safety.queries import missing, on_duty
from peerlink.features.training.catalogue import offered
from peerlink.framework.recruitment_words import SIGNED
from peerlink.framework.vocabularies import PlaceStatus
from peerlink.web.navigation import State
from peerlink.words import _

LOOK = "watch"


def ground() -> State:
    """Say what sort of programme this is."""
    programme = find_programme()
    if programme is None:
        return State(_("Not set up yet"), LOOK)
    said = [
        word
        for holds, word in (
            (programme.under18, _("Under 18")),
            (programme.unpaid_by_design, _("Unpaid by design")),
            (programme.community_only, _("Without a clinic")),
        )
        if holds
    ]
    return State(" · ".join((programme.timezone, *said)))


def places_settled() -> State:
    """Say how many places may be used, and how many are due for another look."""
    approved = [one for one in places().values() if one.status is PlaceStatus.APPROVED]
    oldest = _today() - dt.timedelta(days=limits().whole("place.review_days"))
    due = sum(one.reviewed_on is None or one.reviewed_on < oldest for one in approved)
    if due:
        return State(_("To look at again: %(n)d", n=due), LOOK)
    return State(_("Approved: %(n)d", n=len(approved)))


def thresholds() -> State:
    """Say how many thresholds are the programme's own."""
    programme = find_programme()
    n = len(programme.limits or {}) if programme else 0
    return State(_("Of our own: %(n)d", n=n) if n else _("All as suggested"))


def mail() -> State:
    """Say whether messages can go out by mail."""
    return State(_("Mail is set up")) if has_mail() else State(_("No mail server yet"), LOOK)


def offers() -> State:
    """Say whether the page for offers to help is open."""
    programme = find_programme()
    is_open = programme is not None and programme.applications_open
    return State(_("Page for offers: on") if is_open else _("Page for offers: off"))


def agreements() -> State:
    """Say how many of the agreements volunteers sign are published."""
    n = len(agreements_in_force(_today()))
    return State(_("Published: %(n)d of %(of)d", n=n, of=len(SIGNED)), "" if n == len(SIGNED) else LOOK)


def modules() -> State:
    """Say how many modules are taught."""
    return State(_("Taught: %(n)d", n=len(offered())))


def safety() -> State:
    """Say whether all is there for the day somebody is in danger."""
    n = len(missing())
    return State(_("Still missing: %(n)d", n=n), LOOK) if n else State(_("All is there"))


def duty() -> State:
    """Say whether somebody is on duty today."""
    if on_duty(None, _today()):
        return State(_("Somebody is on duty"))
    return State(_("Nobody today"), LOOK)


def questionnaires() -> State:
    """Say how many questionnaires can be asked."""
    return State(_("In use: %(n)d", n=len(active_questionnaires())))


def precision() -> State:
    """Say by how many points a score goes up and down by chance."""
    return State(_("%(n)s points", n=round(limits().number("checkin.sem"), 1)))


def _today() -> dt.date:
    return clock.today(programme_zone())
