"""What should be taught next, and to whom: topics nobody prepared for, modules that run out, and wishes."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from peerlink.features.indicators import counters, topics
from peerlink.features.indicators.counters import NOTHING
from peerlink.features.indicators.gather import programme_facts
from peerlink.features.programmes.queries import limits
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import open_flags_for
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules import answers, shares
from peerlink.features.risks.rules.context.preparedness import PREPARED
from peerlink.features.risks.rules.context.topics import gaps
from peerlink.features.training.catalogue import Offered, module_names, name_in, offered
from peerlink.features.training.queries import coming_sessions, open_wishes, running_out
from peerlink.features.training.wishing import wish_in_words
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import serving_volunteers
from peerlink.framework.contact_words import Technique
from peerlink.roles import Permission, Viewer
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.words import _

MOTIVATIONAL = Technique.MOTIVATIONAL.value
AHEAD = dt.timedelta(days=60)


@dataclass
class Need:
    """One thing to be taught."""

    code: str
    name: str
    modules: tuple[str, ...] = ()
    """The modules that teach it; none where none is described yet."""
    carried_by: list[Volunteer] = field(default_factory=list)
    asked_by: list[Volunteer] = field(default_factory=list)
    runs_out_for: list[Volunteer] = field(default_factory=list)
    planned_on: dt.date | None = None
    """The next session that teaches it."""

    @property
    def people(self) -> list[Volunteer]:
        every = {one.id: one for one in (*self.carried_by, *self.asked_by, *self.runs_out_for)}
        return sorted(every.values(), key=lambda one: one.called.casefold())


@dataclass(frozen=True)
class Prepared:
    """How many feel unprepared across the programme; None where too few said."""

    n_unprepared: int
    n_said: int


@dataclass(frozen=True)
class Plan:
    """What to teach next, by how many need it."""

    needs: tuple[Need, ...]
    unprepared: tuple[Volunteer, ...]
    """Who said twice or lately that they felt unprepared; only those whose answers the viewer may know."""
    prepared: Prepared | None


def plan_for(viewer: Viewer, today: dt.date) -> Plan:
    """Gather what this viewer's volunteers need to learn, what most of them need first."""
    people = {one.id: one for one in serving_volunteers(viewer)}
    names, taught = module_names(), offered()
    found = _Found(names, taught)
    for who, codes in _carried(people, today).items():
        for code in codes:
            found.need(code).carried_by.append(people[who])
    for wish in open_wishes(viewer):
        if wish.volunteer_id in people:
            found.need(wish.what).asked_by.append(people[wish.volunteer_id])
    for volunteer, module, _until in running_out(viewer, today + AHEAD):
        found.need(module).runs_out_for.append(volunteer)
    for session in coming_sessions(today):
        found.plan(session.modules, session.on)
    needs = sorted(found.needs.values(), key=lambda one: (-len(one.people), one.name.casefold()))
    return Plan(tuple(needs), _unprepared(people, viewer), _prepared(today))


class _Found:
    def __init__(self, names: dict[str, str], taught: Mapping[str, Offered]) -> None:
        self.names, self.taught = names, taught
        self.needs: dict[str, Need] = {}

    def need(self, code: str) -> Need:
        if code not in self.needs:
            self.needs[code] = Need(code, _name(code, self.names), tuple(self._teaching(code)))
        return self.needs[code]

    def plan(self, modules: Iterable[str], on: dt.date) -> None:
        for need in self.needs.values():
            if need.planned_on is None and not set(modules).isdisjoint(need.modules):
                need.planned_on = on

    def _teaching(self, code: str) -> Iterable[str]:
        for module in self.taught.values():
            if code == module.code or code in module.topics or code in module.techniques:
                yield module.code


def _name(code: str, names: dict[str, str]) -> str:
    if code == MOTIVATIONAL:
        return _(Technique.MOTIVATIONAL.label)
    said = wish_in_words(code, names)
    return name_in(names, code) if said == code and "_" in code else said


def _carried(people: Mapping[uuid.UUID, Volunteer], today: dt.date) -> dict[uuid.UUID, list[str]]:
    """Name the topics each of these volunteers carries without training for them, as R69 counts them."""
    in_force = limits()
    least, line = in_force.whole("R69.min_contacts"), in_force.whole("R69.motivational")
    counts = counters.counted(today, None, (("held", 90),))
    often = [who for who in people if counts.get(who, NOTHING)("held", 90) >= least]
    with gate.opened("topics are counted; whose they are is within reach"):
        known = topics.untrained_90(today, often, recount=False)
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for who, untrained in known.items():
        found[who] += [topic for topic, _n in gaps(untrained, in_force)]
        found[who] += [MOTIVATIONAL] if untrained.n_motivational >= line else []
    return found


def _unprepared(people: Mapping[uuid.UUID, Volunteer], viewer: Viewer) -> tuple[Volunteer, ...]:
    """Name whose flag says so to this viewer: their answers are for whoever reads them, and nobody else."""
    if not viewer.may(Permission.CARE):
        return ()
    asked = open_flags_for(viewer).where(
        Flag.rule == "R70", Flag.subject_kind == Subject.VOLUNTEER, Flag.may_close_on.is_(None)
    )
    flagged: Sequence[Flag] = many(asked)
    return tuple(people[one.about_id] for one in flagged if one.about_id in people)


def _prepared(today: dt.date) -> Prepared | None:
    """Count across the programme who feels unprepared, where enough said for nobody to be told apart."""
    in_force = limits()
    with gate.opened("answers are counted, never shown"):
        facts = programme_facts(today)
    items = [answers.read_on(today, one, PREPARED, in_force).latest for one in facts.answered]
    said = [one for one in items if one is not None]
    if len(said) < shares.fewest("R70.min_volunteers", in_force):
        return None
    low = in_force.number("checkin.single_resource_low")
    return Prepared(sum(one <= low for one in said), len(said))
