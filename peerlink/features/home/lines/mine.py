"""What volunteers are asked, and the training they need."""

import datetime as dt
from collections.abc import Iterator

from peerlink.features.home.desk import Line
from peerlink.features.home.lines.matching import proposals
from peerlink.features.training.catalogue import module_names, name_in
from peerlink.features.training.queries import trained_on
from peerlink.features.wellbeing.queries import find_open_checkin
from peerlink.roles import Permission, Viewer
from peerlink.words import _

RUNS_OUT = dt.timedelta(days=60)


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say what waits for a volunteer's answer, and which training they need."""
    if viewer.may(Permission.ANSWER_CHECKIN):
        yield from _about_me(viewer)
        yield from _my_training(viewer, today)


def _about_me(viewer: Viewer) -> Iterator[Line]:
    asked = [one for one in proposals(viewer) if one.volunteer_said is None]
    if asked:
        text, word = _("Somebody new would like to walk with you"), _("Yes or no")
        yield Line(text, "matching.mine", "match", "watch", word, of=len(asked))
    if find_open_checkin(viewer) is not None:
        yield Line(_("Say how this month was: three minutes"), "wellbeing.form", "leaf")


def _my_training(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    if viewer.person_id is None:
        return
    learned = trained_on([viewer.person_id], today).get(viewer.person_id)
    modules = learned.mandatory if learned else {}
    names = module_names() if modules else {}
    for module, until in sorted(modules.items(), key=lambda one: one[1]):
        name = name_in(names, module)
        if until < today:
            text, word = _("Training you need: %(module)s", module=name), _("Missing")
            more = _("Enrol in a session, or ask for one.")
            yield Line(text, "training.mine", "training", "watch", word, more)
        elif until <= today + RUNS_OUT:
            text = _("Training to renew: %(module)s", module=name)
            yield Line(text, "training.mine", "training", more=_("Runs out"), on=until)
