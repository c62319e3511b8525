"""What happens between the cast and their team in these tests, told in one line each."""

import datetime as dt
import uuid
from collections.abc import Collection

from peerlink import clock
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.recognition import service
from peerlink.features.recognition.models import TeamEvent, Thanks
from peerlink.features.recognition.queries import get_team_event
from peerlink.features.recognition.rules import EventDraft
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.care_words import TeamEventKind
from peerlink.framework.contact_words import Channel, ContactStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support.cast import AMINA, AMINA_EFE, AMINA_ID, CHIPO, DANA, EFE_ID, Person


def today() -> dt.date:
    return clock.today("Europe/London")


def thanked(words: str = "Well walked.", by: Person = DANA) -> Thanks:
    with transaction(), gate.opened("a test thanks"):
        return service.thank(get_volunteer(AMINA_ID, by.viewer), words, by=by.viewer.account_id)


def an_event(
    day: dt.date | None = None, invited: Collection[uuid.UUID] = (AMINA_ID,), title: str = "Tea"
) -> TeamEvent:
    draft = EventDraft(day=day or today(), kind=TeamEventKind.GATHERING, title=title, hour="18:00")
    with transaction(), gate.opened("a test invites"):
        return service.plan_event(draft, invited, by=CHIPO.viewer.account_id)


def took_place(event: TeamEvent, came: Collection[uuid.UUID], among: Collection[uuid.UUID]) -> None:
    with transaction(), gate.opened("a test takes attendance"):
        one = get_team_event(event.id, CHIPO.viewer)
        service.take_attendance(one, came, among, by=CHIPO.viewer.account_id)


def met(
    day: dt.date,
    participant_id: uuid.UUID = EFE_ID,
    *,
    minutes: int = 30,
    areas: int = 0,
    helped: bool | None = None,
    status: ContactStatus = ContactStatus.HELD,
) -> None:
    """Let Amina and somebody have been in touch."""
    one = uuid.uuid4()
    with transaction(), gate.opened("a test tells of a contact"):
        session.add(
            Contact(
                id=one, match_id=AMINA_EFE, volunteer_id=AMINA_ID, participant_id=participant_id, day=day,
                status=status, channel=Channel.PHONE, minutes=minutes, areas=areas,
            )
        )  # fmt: skip
        session.flush()
        session.add(
            ContactDetail(
                id=one, subject_id=participant_id, logged_by=AMINA.viewer.account_id.hex, helped=helped
            )
        )
