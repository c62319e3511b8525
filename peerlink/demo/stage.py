"""What the story stands on: who is who by now, and what happens when."""

import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from peerlink import clock
from peerlink.demo.cast import STAFF
from peerlink.features.participants.models import Participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Role, Viewer
from peerlink.store import gate
from peerlink.store.session import session, transaction

SEED = 7
ZONE = "UTC"
FIRST_DAY = 428
"""Days before today on which the story begins: 14 months."""


@dataclass(frozen=True)
class Deed:
    """Something somebody did at a moment."""

    at: dt.datetime
    do: Callable[[], object]


@dataclass
class Stage:
    """Everything the story has brought into being so far, by the name it has in the story."""

    today: dt.date
    rng: random.Random = field(default_factory=lambda: random.Random(SEED))
    deeds: list[Deed] = field(default_factory=list)
    accounts: dict[str, uuid.UUID] = field(default_factory=dict)
    volunteers: dict[str, uuid.UUID] = field(default_factory=dict)
    participants: dict[str, uuid.UUID] = field(default_factory=dict)
    matches: dict[str, uuid.UUID] = field(default_factory=dict)
    sites: dict[str, uuid.UUID] = field(default_factory=dict)
    places: dict[str, uuid.UUID] = field(default_factory=dict)
    things: dict[str, uuid.UUID] = field(default_factory=dict)
    """Whatever else the story comes back to."""

    def day(self, days_ago: int) -> dt.date:
        return self.today - dt.timedelta(days=days_ago)

    def at(self, days_ago: int, hour: int = 9, minute: int = 0) -> dt.datetime:
        return dt.datetime.combine(self.day(days_ago), dt.time(hour, minute), dt.UTC)

    def then(self, at: dt.datetime, do: Callable[[], object]) -> None:
        """Let something happen at a moment of the story."""
        self.deeds.append(Deed(at, do))

    def volunteer(self, name: str) -> Volunteer:
        return session.get_one(Volunteer, self.volunteers[name])

    def participant(self, alias: str) -> Participant:
        return session.get_one(Participant, self.participants[alias])

    def viewer(self, name: str) -> Viewer:
        """Return on whose behalf a volunteer of the story acts."""
        return Viewer(self.accounts[name], frozenset({Role.VOLUNTEER}), self.volunteers[name])

    def colleague(self, name: str) -> Viewer:
        """Return on whose behalf somebody of the staff acts."""
        role = next(one.role for one in STAFF if one.name == name)
        return Viewer(self.accounts[name], frozenset({role}))

    def new_id(self) -> uuid.UUID:
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)


def tell(deeds: list[Deed]) -> Iterator[str]:
    """Do one deed after the other with the clock turned, a week to a transaction; name each month begun."""
    month = ""
    in_order = sorted(deeds, key=lambda deed: deed.at)
    for _week, together in groupby(in_order, key=lambda deed: deed.at.isocalendar()[:2]):
        week = list(together)
        if (begun := f"{week[0].at:%B %Y}") != month:
            yield (month := begun)
        with clock.turned_to(week[-1].at), transaction(), gate.opened("the demonstration is told"):
            for deed in week:
                with clock.turned_to(deed.at):
                    deed.do()
