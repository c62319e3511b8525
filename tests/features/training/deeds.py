"""Training done in tests, as people do it."""

import datetime as dt
from typing import Any

from peerlink import clock
from peerlink.features.training import catalogue, holding
from peerlink.features.training.models import Module, TrainingSession
from peerlink.features.training.rules import ModuleDraft, SessionDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from tests.support import cast

TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)


def published(name: str = "Side effects", **said: Any) -> Module:
    """Describe a module and publish it, within a transaction."""
    module = catalogue.draft_module(ModuleDraft(name=name, **said), by=None)
    catalogue.publish(module, by=None)
    return module


def planned(
    *modules: str, on: dt.date = TODAY, minutes: int = 120, by: cast.Person = cast.CHIPO, **said: Any
) -> TrainingSession:
    """Plan a session, within a transaction."""
    draft = SessionDraft(modules=modules or ("listening",), on=on, minutes=minutes, **said)
    return holding.plan_session(draft, by=by.viewer.account_id)


def everybody() -> list[Volunteer]:
    """Return the three volunteers of the cast."""
    return [get_volunteer(one, cast.CHIPO.viewer) for one in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID)]
