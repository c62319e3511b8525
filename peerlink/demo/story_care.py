"""How volunteers are looked after: check-ins, supervision, and whose answers say that something is wrong."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from peerlink.demo.cast import (
    BEATRIZ,
    DANIEL,
    ESTHER,
    FARAH,
    GRACE,
    HASSAN,
    INES,
    JOSEPH,
    KOFI,
    LINDIWE,
    MIRIAM,
    NALEDI,
    PEERS,
    RUBEN,
    SAMUEL,
    THANDEKA,
    TOMAS,
    YOLANDA,
    ZANELE,
    Peer,
)
from peerlink.demo.stage import FIRST_DAY, Stage
from peerlink.features.supervision import agreeing, gathering
from peerlink.features.supervision import service as supervision
from peerlink.features.supervision.queries import open_actions_of, scheduled_of
from peerlink.features.supervision.rules import Agreed, HeldDraft
from peerlink.features.wellbeing import service as wellbeing
from peerlink.features.wellbeing.queries import find_open_checkin
from peerlink.features.wellbeing.rules import CheckinDraft
from peerlink.framework.vocabularies import CommentReader, Growth, SupervisionKind
from peerlink.roles import Role, Viewer

EVERY_WEEK = 7
GROUP_EVERY, TALK_EVERY, TALK_WHILE_NEW, NEW = 28, 35, 13, 90
"""Days between the monthly group, the talks, the talks of the first days, and how long somebody is new."""
LAST_TALK = {ESTHER: 12}
"""Days ago since when nobody has talked with somebody."""
LAST_GROUP = {BEATRIZ: 95}
"""Days ago since when somebody has not come to the group."""
SAYS_NOTHING = {RUBEN: 110, THANDEKA: 14}
"""Days ago since when somebody has left check-ins unanswered."""
THEIRS = 75
"""Days ago since which check-ins say what is wrong with those whose story it is."""
WRONG = {
    LINDIWE: {"v1": 3, "v2": 3, "v3": 2, "v4": 1, "v5": 2, "v6": 1, "v7": 2},
    KOFI: {"v8": 1, "v13": 1},
    NALEDI: {"v14": 1},
    SAMUEL: {"v9": 1, "v13": 1},
    BEATRIZ: {"v10": 1},
    HASSAN: {"v3": 3, "v13": 1},
    YOLANDA: {"v4": 3},
    TOMAS: {"v5": 4, "v13": 1},
    ESTHER: {"v11": 1},
}
"""What the latest check-ins of those whose story it is say, item by item."""
LATELY = 36
WRONG_LATELY = {
    ZANELE: {"v12": 1, "v13": 1},
    LINDIWE: {"v1": 4, "v2": 3, "v3": 2, "v4": 2, "v5": 2, "v6": 2, "v7": 2},
}
"""Days ago since when somebody says it, and what."""
HARD_SPELL = (80, 122)
"""Days ago between which the evenings were long for some; Grace talked with each of them afterwards."""
LONG_EVENINGS = (MIRIAM, DANIEL, INES, FARAH, THANDEKA, KOFI)
STILL_HEAVY = frozenset({FARAH, KOFI})
"""Those for whom it eased only a little."""
THEN = {"v1": 1, "v2": 2, "v3": 2, "v4": 2, "v5": 3, "v6": 1, "v7": 2}
FIRST_OWN = 3
"""Days ago on which Joseph did a check-in of his own accord."""
WORRIED = {"v1": 1, "v2": 1, "v3": 1, "v4": 0, "v5": 1, "v6": 3, "v7": 2}
THEMES = ("load", "boundaries", "skills", "recognition", "own_wellbeing")
AGREED = (
    Agreed("Look at the calendar together"),
    Agreed("Keep one evening a week free"),
    Agreed("Ask the practice for a quiet room", is_theirs=False),
    Agreed("Try a shorter goodbye on the phone"),
    Agreed("Send the list of Thursday groups", is_theirs=False),
)
WEDNESDAY = 2
OWN_POINT = "How do I end well with somebody who has grown fond of our walks?"


def look_after(stage: Stage) -> None:
    """Let everybody be asked, answer, and be talked with."""
    for days_ago in range(FIRST_DAY - EVERY_WEEK, -1, -1):
        if stage.day(days_ago).weekday() == 0 or days_ago == 0:
            today = stage.day(days_ago)
            stage.then(stage.at(days_ago, 5), lambda today=today: wellbeing.ask_and_expire(today))  # type: ignore[misc]
        if stage.day(days_ago).weekday() == 1 and days_ago > 0:
            stage.then(stage.at(days_ago, 19), lambda days_ago=days_ago: _answer(stage, days_ago))  # type: ignore[misc]
    for peer in PEERS:
        _meet(stage, peer)
    stage.then(stage.at(FIRST_OWN, 21), lambda: _answer_of_ones_own(stage))
    stage.then(stage.at(1, 13), lambda: _plan_group(stage))
    stage.then(stage.at(1, 20), lambda: _bring_a_point(stage))


def _answer_of_ones_own(stage: Stage) -> None:
    viewer = stage.viewer(JOSEPH)
    answers = WORRIED | {f"v{n}": 3 for n in range(8, 15)}
    wellbeing.answer(wellbeing.open_for(viewer), CheckinDraft(answers), by=viewer.account_id)


def _plan_group(stage: Stage) -> None:
    """Expect everybody Grace looks after in a group next week."""
    names = [one.name for one in PEERS if one.supervisor == GRACE and not one.ends]
    on = stage.today + dt.timedelta(days=7 - stage.today.weekday() + WEDNESDAY)
    gathering.plan_group(
        stage.new_id(),
        [stage.volunteer(name) for name in names],
        on,
        by=stage.accounts[GRACE],
        at=dt.time(17, 30),
        where="Willow House, upstairs",
    )


def _bring_a_point(stage: Stage) -> None:
    planned = scheduled_of(stage.volunteers[THANDEKA], SupervisionKind.ONE_TO_ONE)
    if planned is not None:
        supervision.add_point(planned, OWN_POINT, by=stage.accounts[THANDEKA])


def _answer(stage: Stage, days_ago: int) -> None:
    for peer in PEERS:
        if not peer.ends < days_ago < peer.joined or days_ago <= SAYS_NOTHING.get(peer.name, -1):
            continue
        viewer = stage.viewer(peer.name)
        checkin = find_open_checkin(viewer)
        left_out = days_ago > THEIRS and stage.rng.random() < 0.3
        if checkin is None or (left_out and not _is_hard(peer, days_ago)):
            continue
        wellbeing.answer(checkin, _says(stage, peer, days_ago), by=viewer.account_id)


def _says(stage: Stage, peer: Peer, days_ago: int) -> CheckinDraft:
    """Draw a month that goes well; those whose story it is say lately what is wrong."""
    rng = stage.rng
    answers = {f"v{n}": rng.choice((0, 1, 1, 2)) for n in range(1, 8)}
    answers |= {f"v{n}": rng.choice((2, 3, 3, 4)) for n in range(8, 14)}
    answers |= {"v2": rng.choice((0, 1)), "v14": rng.choice((3, 4))}
    if peer.name in LONG_EVENINGS and days_ago <= HARD_SPELL[1]:
        answers |= THEN if _is_hard(peer, days_ago) else _after(peer)
    if days_ago < THEIRS:
        answers |= WRONG.get(peer.name, {})
    if days_ago <= LATELY:
        answers |= WRONG_LATELY.get(peer.name, {})
    grew = (Growth.NEW_SKILLS,) if answers["v9"] >= 3 else ()
    tired = peer.name == LINDIWE and days_ago < THEIRS
    return CheckinDraft(
        answers,
        grew=grew,
        diary="I say yes too quickly. Three evenings in a row now." if tired else None,
        reader=CommentReader.SUPERVISOR if tired else None,
    )


def _is_hard(peer: Peer, days_ago: int) -> bool:
    return peer.name in LONG_EVENINGS and HARD_SPELL[0] <= days_ago <= HARD_SPELL[1]


def _after(peer: Peer) -> dict[str, int]:
    """Say how it was after the talk: clearly lighter, or much as before."""
    if peer.name in STILL_HEAVY:
        return {f"v{n}": 2 if n in (3, 5) else 1 for n in range(1, 8)}
    return {f"v{n}": 1 if n in (2, 5) else 0 for n in range(1, 8)}


def _meet(stage: Stage, peer: Peer) -> None:
    for days_ago in range(FIRST_DAY, 0, -1):
        since = peer.joined - days_ago
        if since <= 0 or days_ago <= peer.ends:
            continue
        if days_ago % GROUP_EVERY == 20 and days_ago >= LAST_GROUP.get(peer.name, 0):
            _held(stage, peer, SupervisionKind.GROUP, days_ago, 90)
    for days_ago in _talks(peer):
        _held(stage, peer, SupervisionKind.ONE_TO_ONE, days_ago, 45)


def _talks(peer: Peer) -> Iterator[int]:
    """Name the days of the talks: fortnightly while somebody is new, then about every five weeks."""
    days_ago, offset = peer.joined, PEERS.index(peer) % 7
    while True:
        is_new = peer.joined - days_ago < NEW
        days_ago -= TALK_WHILE_NEW if is_new else TALK_EVERY - offset % 4
        if days_ago <= max(peer.ends, LAST_TALK.get(peer.name, 2)):
            return
        yield days_ago


def _held(
    stage: Stage, peer: Peer, kind: SupervisionKind, days_ago: int, minutes: int, note: str | None = None
) -> None:
    themes = tuple(stage.rng.sample(THEMES, 2))
    agreed = _agreed(stage, days_ago) if days_ago % 3 else ()
    draft = HeldDraft(held_on=stage.day(days_ago), minutes=minutes, themes=themes, note=note, agreed=agreed)
    stage.then(stage.at(days_ago, 16), lambda: _hold(stage, peer, kind, draft))


def _agreed(stage: Stage, days_ago: int) -> tuple[Agreed, ...]:
    return (replace(stage.rng.choice(AGREED), due_on=stage.day(days_ago - 28)),)


def _hold(stage: Stage, peer: Peer, kind: SupervisionKind, draft: HeldDraft) -> None:
    """Hold what was planned, or a talk nobody had planned; what was agreed before is done by then."""
    volunteer, by = stage.volunteer(peer.name), stage.accounts[peer.supervisor]
    viewer = Viewer(by, frozenset({Role.SUPERVISOR}))
    for action in open_actions_of(volunteer.id, viewer):
        agreeing.tick(action, viewer)
    planned = scheduled_of(volunteer.id, kind)
    if planned is not None:
        supervision.hold(planned, draft, by=by)
    else:
        supervision.record_held(volunteer, kind, draft, by=by)
