"""What there is to do today, for whoever is looking: each line one thing and where to do it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peerlink.features.accounts.queries import n_invited
from peerlink.features.contacts.queries import NextContact, next_contacts_for
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import matches_for
from peerlink.features.participants.queries import Wanted as WantedParticipants
from peerlink.features.participants.queries import participant_counts, participant_page
from peerlink.features.programmes.queries import find_programme, limits, places
from peerlink.features.risks.models import Flag, FlagState
from peerlink.features.risks.queries import care_flags, open_flags_for, volunteers_in
from peerlink.features.supervision.queries import scheduled_for
from peerlink.features.training.queries import trained_on
from peerlink.features.training.rules import module_label
from peerlink.features.wellbeing.queries import find_open_checkin
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus, PlaceStatus
from peerlink.roles import Permission, Role, Viewer
from peerlink.store.claims import last_runs
from peerlink.store.lookup import many
from peerlink.words import _

WAITING_TOO_LONG = dt.timedelta(days=7)
CARDS = 3
SOON = dt.timedelta(days=7)
RUNS_OUT = dt.timedelta(days=60)


@dataclass(frozen=True)
class Line:
    """One thing to do."""

    text: str
    endpoint: str
    """Where to do it; empty where there is only to know."""
    icon: str
    tone: str = ""
    """A level, or nothing."""
    word: str = ""
    """What the level means here."""
    more: str = ""
    """Whom or what it is about, in small."""
    on: dt.date | None = None
    """The day it is about."""
    asked: Mapping[str, Any] = field(default_factory=dict)
    """What the page is narrowed to."""


@dataclass(frozen=True)
class Desk:
    """What stands on somebody's desk today."""

    people: tuple[NextContact, ...]
    """Whom a volunteer should hear from next."""
    lines: tuple[Line, ...]


def desk_for(viewer: Viewer, today: dt.date) -> Desk:
    """Gather what there is to do for this viewer, the most pressing first."""
    people = tuple(next_contacts_for(viewer)[:CARDS]) if viewer.is_a(Role.VOLUNTEER) else ()
    return Desk(people, tuple(_lines(viewer, today)))


def _lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    if viewer.may(Permission.ANSWER_CHECKIN):
        yield from _about_me(viewer)
        yield from _my_training(viewer, today)
    if viewer.may(Permission.SEE_FLAGS):
        yield from _flags(viewer)
    if viewer.may(Permission.CARE):
        yield from _sessions(viewer, today)
    if viewer.may(Permission.MATCH):
        yield from _waiting(viewer, today)
        yield from _dropping_away(viewer)
    if viewer.may(Permission.KEEP_PROGRAMME):
        yield from _set_up(today)
    if viewer.may(Permission.KEEP_ACCOUNTS):
        yield from _house(viewer, today)


def _about_me(viewer: Viewer) -> Iterator[Line]:
    asked = [one for one in _proposals(viewer) if one.volunteer_said is None]
    if asked:
        yield Line(
            _("Somebody new would like to walk with you"), "matching.mine", "match", "watch", _("Yes or no")
        )
    if find_open_checkin(viewer) is not None:
        yield Line(_("Say how this month was: three minutes"), "wellbeing.form", "leaf")


def _my_training(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    if viewer.person_id is None:
        return
    learned = trained_on([viewer.person_id], today).get(viewer.person_id)
    modules = learned.mandatory if learned else {}
    for module, until in sorted(modules.items(), key=lambda one: one[1]):
        name = module_label(module)
        if until < today:
            text, word = _("Training you need: %(module)s", module=name), _("Missing")
            yield Line(text, "", "training", "watch", word, _("Ask your supervisor for a date."))
        elif until <= today + RUNS_OUT:
            text = _("Training to renew: %(module)s", module=name)
            yield Line(text, "", "training", more=_("Runs out"), on=until)


def _proposals(viewer: Viewer) -> Sequence[Match]:
    return many(matches_for(viewer).where(Match.status == MatchStatus.PROPOSED))


def _flags(viewer: Viewer) -> Iterator[Line]:
    cares = viewer.may(Permission.CARE)
    flags = care_flags(viewer) if cares else many(open_flags_for(viewer))
    waiting = [one for one in flags if one.state is FlagState.OPEN and one.may_close_on is None]
    done = sum(one.may_close_on is not None for one in flags)
    for level, text in (
        (Level.CRITICAL, _("Flags that need somebody today: %(n)d")),
        (Level.ALERT, _("Flags that need somebody this week: %(n)d")),
    ):
        these = [one for one in waiting if one.level is level]
        if these:
            endpoint, icon = ("risks.care", "care") if cares else ("risks.flags", "flag")
            more = ", ".join(sorted(one.called for one in volunteers_in(these).values())) if cares else ""
            yield Line(text % {"n": len(these)}, endpoint, icon, level.value, _(level.label), more)
    if done:
        yield Line(_("Flags to be closed with a word on how it ended: %(n)d", n=done), "risks.flags", "ok")


def _sessions(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    soon = [one for one in scheduled_for(viewer) if one.held_on <= today + SOON]
    late = sum(one.held_on < today for one in soon)
    if late:
        text = _("Sessions past their day; say what became of them: %(n)d", n=late)
        yield Line(text, "supervision.index", "calendar", "watch", _("Late"))
    if len(soon) > late:
        yield Line(
            _("Sessions in the next 7 days: %(n)d", n=len(soon) - late), "supervision.index", "calendar"
        )


def _waiting(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    asked = len(_proposals(viewer))
    if asked:
        yield Line(_("Proposals waiting for an answer: %(n)d", n=asked), "matching.proposals", "clock")
    counts = participant_counts(viewer)
    waiting = counts.get(ParticipantStatus.WAITING, 0)
    if not waiting:
        return
    wanted = WantedParticipants(status=ParticipantStatus.WAITING, since_before=today - WAITING_TOO_LONG)
    long = participant_page(viewer, wanted).total
    text = _("People waiting for a match: %(n)d", n=waiting)
    word = _("%(n)d past 7 days", n=long) if long else ""
    yield Line(text, "matching.board", "team", "watch" if long else "", word)


def _dropping_away(viewer: Viewer) -> Iterator[Line]:
    flags = open_flags_for(viewer).where(Flag.rule == "R51", Flag.may_close_on.is_(None))
    n = len(many(flags))
    if n:
        more = _("Missed twice in a row, or silent for twice as long as planned")
        text = _("People dropping away: %(n)d", n=n)
        yield Line(text, "risks.flags", "call", "alert", _("Call"), more, asked={"rule": "R51"})


def _set_up(today: dt.date) -> Iterator[Line]:
    if find_programme() is None:
        yield Line(
            _("Set the programme up: name, language, time zone"),
            "programmes.index",
            "home",
            "watch",
            _("First"),
        )
        return
    oldest = today - dt.timedelta(days=limits().whole("place.review_days"))
    approved = [one for one in places().values() if one.status is PlaceStatus.APPROVED]
    due = sum(one.reviewed_on is None or one.reviewed_on < oldest for one in approved)
    if due:
        yield Line(
            _("Places due for another look: %(n)d", n=due), "programmes.index", "place", "watch", _("Due")
        )


def _house(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    run = last_runs().get("nightly round")
    ran_on = dt.date.fromisoformat(run.slot) if run else None
    last = _("Last") if ran_on else _("It has not run yet.")
    if ran_on is None or ran_on < today - dt.timedelta(days=1):
        yield Line(_("The nightly round did not run"), "", "clock", "alert", _("Look"), last, ran_on)
    else:
        yield Line(_("The nightly round ran"), "", "clock", "ok", _("Fine"), last, ran_on)
    n = n_invited(viewer)
    if n:
        yield Line(_("Invitations still open: %(n)d", n=n), "staff.index", "mail")
    more = _("The command peerlink audit verify tells whether anybody changed it.")
    yield Line(_("Look the trail over"), "privacy.index", "history", more=more)
