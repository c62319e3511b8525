"""Training sessions to be written down, and wishes that wait for an answer."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.training.catalogue import module_names, name_in
from peerlink.features.training.queries import not_written_down, open_wishes
from peerlink.roles import Permission, Viewer
from peerlink.words import _


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say which sessions wait for who was there, one tap from the list, and who asked to learn something."""
    if not viewer.may(Permission.HOLD_TRAINING):
        return
    names = module_names()
    for one in not_written_down(today):
        if one.held_by not in {None, viewer.account_id}:
            continue
        taught = ", ".join(name_in(names, code) for code in one.modules)
        text = _("Who was there: %(modules)s", modules=taught)
        yield Line(
            text,
            "training.show_session",
            "training",
            "watch",
            _("Today") if one.on == today else _("Late"),
            on=one.on,
            asked={"session_id": one.id},
        )
    n = len(open_wishes(viewer))
    if n:
        yield Line(_("Volunteers who asked to learn something: %(n)d", n=n), "needs.index", "training")
