"""What the pages about money share."""

import datetime as dt
import uuid
from collections.abc import Iterable

from flask import Blueprint, request

from peerlink import clock
from peerlink.features.accounts.queries import team_members
from peerlink.features.finance.models import Claim, PayDetails
from peerlink.features.finance.queries import receipt_ids_of
from peerlink.features.finance.rules import days_late, masked
from peerlink.features.finance.wording import WAYS, is_late, title_of, what_next
from peerlink.features.programmes.queries import programme_zone
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.words import _

bp = Blueprint("finance", __name__)


def today() -> dt.date:
    """Return the day it is where the programme is."""
    return clock.today(programme_zone())


def ticked() -> list[uuid.UUID]:
    """Return the ids that were ticked; what is none is left out."""
    found = []
    for typed in request.form.getlist("claim"):
        try:
            found.append(uuid.UUID(typed))
        except ValueError:
            continue
    return found


def shown(claims: Iterable[Claim], viewer: Viewer) -> list[dict[str, object]]:
    """Return claims as pages show them: in words, with the ids of their photos."""
    rows = list(claims)
    photos = receipt_ids_of([one.id for one in rows], viewer)
    day = today()
    return [
        {
            "claim": one,
            "title": title_of(one),
            "state": _(one.status.label),
            "next": what_next(one, day),
            "late": is_late(one, day),
            "days": days_late(one.due_on, day),
            "photos": photos[one.id],
        }
        for one in rows
    ]


def writer_of(claim: Claim) -> str | None:
    """Name who wrote a claim down for its volunteer; None where they did themself."""
    if claim.entered_by is None:
        return None
    with gate.opened("whoever wrote a claim down is named beside it"):
        return team_members([claim.entered_by]).get(claim.entered_by, "–")


def way_of(details: PayDetails | None) -> str:
    """Say how somebody is paid, with only the end of a number."""
    if details is None:
        return _("Not known yet")
    return _(WAYS[details.way], end=masked(details.account)) if details.account else _(WAYS[details.way])
