"""Short runs of how a volunteer has been, beside their own usual."""

import uuid
from dataclasses import dataclass
from itertools import takewhile

from sqlalchemy import select

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.contacts.queries import contacts_for
from peerlink.features.risks.rules.aftermath import Score
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import ContactStatus
from peerlink.instruments.checkin import change
from peerlink.roles import Viewer
from peerlink.store.lookup import many
from peerlink.words import _

SHOWN = 8
"""Points of a curve."""
HEAVY_FROM = 3
"""How a contact felt, 0 (light) to 4 (heavy): from here on it was heavy."""
FEW = 3
"""Contacts that must say how they felt before a curve is drawn."""


@dataclass(frozen=True)
class Curve:
    """A short run of values, the oldest first, and what it says in words."""

    values: list[float]
    sentence: str


def strain_curve(dated: list[Score], in_force: Limits) -> Curve | None:
    """Draw strain, with the latest beside the usual before it."""
    scores = [score for _on, score in dated]
    if not scores:
        return None
    now, moved = scores[-1], change(scores[-1], scores[:-1], in_force)
    if moved is None:
        sentence = _("Strain %(now)s of 100; the first check-in with a score.", now=f"{now:.0f}")
    else:
        sentence = _(
            "Strain %(now)s of 100. Usual for them: %(usual)s.",
            now=f"{now:.0f}",
            usual=f"{now - moved.difference:.0f}",
        )
    return Curve(scores[-SHOWN:], sentence)


def effort_curve(volunteer_id: uuid.UUID, viewer: Viewer) -> Curve | None:
    """Draw how the last contacts felt, once enough of them say."""
    held = contacts_for(viewer).where(
        Contact.volunteer_id == volunteer_id, Contact.status == ContactStatus.HELD
    )
    latest = many(held.order_by(Contact.day.desc(), Contact.id).limit(SHOWN))
    details = {
        one.id: one for one in many(select(ContactDetail).where(ContactDetail.id.in_([c.id for c in latest])))
    }
    felt = [details[one.id].effort for one in reversed(latest) if one.id in details]
    said = [float(value) for value in felt if value is not None]
    if len(said) < FEW:
        return None
    heavy = len(list(takewhile(lambda value: value >= HEAVY_FROM, reversed(said))))
    sentence = (
        _("How contacts felt: the last %(n)s heavy.", n=heavy)
        if heavy
        else _("How contacts felt: the last one not heavy.")
    )
    return Curve(said, sentence)
