"""How volunteers are looked after: check-ins, supervision, and whose answers say that something is wrong."""

from collections.abc import Iterator

from peerlink.demo.cast import (
    BEATRIZ,
    ESTHER,
    HASSAN,
    KOFI,
    LINDIWE,
    NALEDI,
    PEERS,
    RUBEN,
    SAMUEL,
    THANDEKA,
    TOMAS,
    YOLANDA,
    Peer,
)
from peerlink.demo.stage import FIRST_DAY, Stage
from peerlink.features.supervision import agreeing
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
    KOFI: {"v8": 1},
    NALEDI: {"v14": 1},
    SAMUEL: {"v9": 1},
    BEATRIZ: {"v10": 1},
    HASSAN: {"v3": 3},
    YOLANDA: {"v4": 3},
    TOMAS: {"v5": 4},
    ESTHER: {"v11": 1},
}
"""What the latest check-ins of those whose story it is say, item by item."""
THEMES = ("load", "boundaries", "skills", "recognition", "own_wellbeing")


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


def _answer(stage: Stage, days_ago: int) -> None:
    for peer in PEERS:
        if not peer.ends < days_ago < peer.joined or days_ago <= SAYS_NOTHING.get(peer.name, -1):
            continue
        viewer = stage.viewer(peer.name)
        checkin = find_open_checkin(viewer)
        if checkin is None or (days_ago > THEIRS and stage.rng.random() < 0.3):
            continue
        wellbeing.answer(checkin, _says(stage, peer, days_ago), by=viewer.account_id)


def _says(stage: Stage, peer: Peer, days_ago: int) -> CheckinDraft:
    """Draw a month that goes well; those whose story it is say lately what is wrong."""
    rng = stage.rng
    answers = {f"v{n}": rng.choice((0, 1, 1, 2)) for n in range(1, 8)}
    answers |= {f"v{n}": rng.choice((2, 3, 3, 4)) for n in range(8, 14)}
    answers |= {"v2": rng.choice((0, 1)), "v14": rng.choice((3, 4))}
    if days_ago < THEIRS:
        answers |= WRONG.get(peer.name, {})
    grew = (Growth.NEW_SKILLS,) if answers["v9"] >= 3 else ()
    tired = peer.name == LINDIWE and days_ago < THEIRS
    return CheckinDraft(
        answers,
        grew=grew,
        diary="I say yes too quickly. Three evenings in a row now." if tired else None,
        reader=CommentReader.SUPERVISOR if tired else None,
    )


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
    agreed = (Agreed("Look at the calendar together", stage.day(days_ago - 14)),) if days_ago % 3 == 0 else ()
    draft = HeldDraft(held_on=stage.day(days_ago), minutes=minutes, themes=themes, note=note, agreed=agreed)
    stage.then(stage.at(days_ago, 16), lambda: _hold(stage, peer, kind, draft))


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
