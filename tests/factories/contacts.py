"""Contacts for tests, told through the service."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.contacts import service
from peerlink.features.contacts.events import ContactFacts
from peerlink.features.contacts.rules import ContactDraft
from peerlink.framework.vocabularies import Channel, ContactStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.support.cast import AMINA, AMINA_EFE


def a_draft(**said: object) -> ContactDraft:
    """Return a held call of 30 minutes an hour ago, unless said otherwise."""
    values: dict[str, object] = {
        "id": uuid.uuid4(),
        "status": ContactStatus.HELD,
        "at": clock.now() - dt.timedelta(hours=1),
        "channel": Channel.PHONE,
        "minutes": 30,
    }
    return ContactDraft(**(values | said))


def a_contact(*, by: Viewer = AMINA.viewer, match_id: uuid.UUID = AMINA_EFE, **said: object) -> ContactFacts:
    """Log a contact, by Amina with Efe unless said otherwise."""
    with transaction(), gate.opened("a test tells of a contact"):
        return service.log_contact(match_id, a_draft(**said), by)
