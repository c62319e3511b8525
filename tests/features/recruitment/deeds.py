"""What the tests of recruitment do as somebody."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from peerlink import clock
from peerlink.features.recruitment import service
from peerlink.features.recruitment.models import AgreementText
from peerlink.features.recruitment.rules import SettingsDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.recruitment_words import TextKind
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.support import cast

TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)
BY = cast.CHIPO.viewer.account_id
NOTICE = "We keep it for half a year."


@contextmanager
def seen_by(viewer: Viewer = cast.CHIPO.viewer) -> Iterator[Viewer]:
    with transaction(), gate.access(gate.Access(viewer.account_id, viewer.opens(), set())):
        yield viewer


def zoe(viewer: Viewer = cast.CHIPO.viewer) -> Volunteer:
    return get_volunteer(cast.ZOE_ID, viewer)


def publishes(kind: TextKind = TextKind.ROLE, text: str = "We meet as equals.") -> AgreementText:
    """Publish a text; inside an access."""
    return service.publish(kind, text, by=BY)


def opens_page() -> None:
    with transaction(), gate.opened("a test opens the page"):
        draft = SettingsDraft(is_open=True, welcome="Come in.", notice=NOTICE, kept_months=6)
        service.keep_settings(draft, by=BY)
