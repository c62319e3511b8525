"""Publishes agreements in versions, and writes down who signed which."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.recruitment.events import AgreementSigned, TextPublished
from peerlink.features.recruitment.models import AgreementText, Signing
from peerlink.features.recruitment.queries import (
    agreements_in_force,
    current_text,
    last_signed_on,
    not_signed,
)
from peerlink.features.recruitment.rules import check_not_ahead, check_text
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.recruitment_words import SIGNED, SignedHow, TextKind
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store import lookup
from peerlink.store.session import session
from peerlink.words import _


def publish(kind: TextKind, text: str, *, by: uuid.UUID | None) -> AgreementText:
    """Put a new version of a text in force from today; those before it stay on record."""
    before = current_text(kind)
    check_text(text, before.text if before else None)
    number = before.number + 1 if before else 1
    new = AgreementText(id=uuid.uuid4(), kind=kind, number=number, published_on=_today(), text=text.strip())
    session.add(new)
    session.flush()
    lookup.admit([new])
    announce(TextPublished(by=by, kind=kind, number=number))
    return new


def sign(
    volunteer: Volunteer, text: AgreementText, how: SignedHow, on: dt.date, *, by: uuid.UUID | None
) -> Signing:
    """Write down that a volunteer signed the version in force; the day both are signed stands on record."""
    today = _today()
    check_not_ahead(on, today)
    if text.kind not in SIGNED or agreements_in_force(today)[text.kind].id != text.id:
        raise Refused(_("There is a newer version. Open it and sign that one."))
    if on < text.published_on:
        raise Refused(_("This version was published later than that day. It can be signed from then on."))
    if text.id not in open_texts(volunteer):
        raise Refused(_("This version is signed already."))
    signing = Signing(
        id=uuid.uuid4(),
        subject_id=volunteer.id,
        volunteer_id=volunteer.id,
        text_id=text.id,
        signed_on=on,
        how=how,
        by=by.hex if by else None,
    )
    session.add(signing)
    session.flush()
    lookup.admit([signing])
    if not open_texts(volunteer):
        volunteer.agreement_on = max(filter(None, (last_signed_on(volunteer.id), volunteer.agreement_on)))
    announce(AgreementSigned(by=by, volunteer_id=volunteer.id, kind=text.kind, number=text.number))
    return signing


def open_texts(volunteer: Volunteer) -> set[uuid.UUID]:
    """Name the agreements in force that somebody has not signed."""
    return not_signed({volunteer.id: volunteer.agreement_on}, _today()).get(volunteer.id, set())


def check_signed(volunteer: Volunteer) -> None:
    """Refuse to let somebody begin to serve before the agreements in force are signed."""
    if volunteer.status is VolunteerStatus.TRAINING and open_texts(volunteer):
        raise Refused(_("The agreements are not signed in the version that is in force."))


def _today() -> dt.date:
    return clock.today(programme_zone())
