"""Thanks to read, days of the team to answer, and those on which nobody wrote down who came."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.recognition.queries import (
    events_to_write_down,
    my_answers,
    my_events_to_come,
    unread_thanks,
)
from peerlink.roles import Permission, Viewer
from peerlink.words import _


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say what the team has for a volunteer, and what its days still need from whoever planned them."""
    if viewer.may(Permission.SEE_OWN) and viewer.person_id is not None:
        n = len(unread_thanks(viewer))
        if n:
            text, more = _("Somebody thanks you"), _("Read it on your page")
            yield Line(text, "recognition.mine", "care", more=more, of=n, is_glad=True)
        answers = my_answers(viewer)
        for one in my_events_to_come(viewer, today):
            if answers[one.id].coming is None:
                yield Line(
                    _("The team meets. Do you come?"), "recognition.mine", "group", more=one.title, on=one.day
                )
    if viewer.may(Permission.THANK):
        for one in events_to_write_down(viewer, today):
            yield Line(
                _("Write down who came"),
                "recognition.event",
                "group",
                more=one.title,
                on=one.day,
                asked={"event_id": one.id},
            )
