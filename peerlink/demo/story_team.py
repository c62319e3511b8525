"""How Riverbend keeps its volunteers: thanks, days with the team, agreements, and a goodbye ahead."""

import datetime as dt
from functools import partial

from peerlink import clock
from peerlink.demo.cast import (
    AISHA,
    AMINA,
    BEATRIZ,
    GRACE,
    JOSEPH,
    LINDIWE,
    MIRIAM,
    MOSES,
    NALEDI,
    PEERS,
    RUBEN,
    RUTH,
    SAMUEL,
    THANDEKA,
)
from peerlink.demo.lives import Walk
from peerlink.demo.stage import ZONE, Stage
from peerlink.demo.story_arrivals import QUIET
from peerlink.demo.story_walks import match_of
from peerlink.features.recognition import service as recognition
from peerlink.features.recognition.queries import get_team_event
from peerlink.features.recognition.rules import EventDraft
from peerlink.features.recruitment import service as recruitment
from peerlink.features.recruitment.queries import current_text
from peerlink.features.recruitment.rules import HandoverDraft, PlanDraft
from peerlink.features.supervision import covering, gathering
from peerlink.features.supervision.rules import HeldDraft
from peerlink.framework.care_words import TeamEventKind
from peerlink.framework.recruitment_words import HandoverKind, PrivacyMeasure, ShownIn, SignedHow, TextKind

K = TeamEventKind
TEAM_DAYS = (
    (301, K.GATHERING, "Soup and a long table", "18:00"),
    (255, K.TRAINING_VISIT, "A morning at the other sites", "10:00"),
    (209, K.CELEBRATION, "A year of Riverbend", "17:30"),
    (163, K.GATHERING, "Walk along the river", "17:00"),
    (117, K.GATHERING, "Bread oven evening", "18:00"),
    (72, K.CELEBRATION, "Thank-you picnic", "12:30"),
    (27, K.GATHERING, "Apple day in the garden", "14:00"),
)
"""About every six weeks the team met: days ago, how, what it was called, and when it began."""
NEXT_TEAM_DAY, NEXT_TITLE = 9, "Lantern evening"
STAYED_AWAY = 118
"""Days ago since when Beatriz has not come, and Ruben is silent."""
THANKED = (
    (AMINA, THANDEKA, 3, "You sent the new route to everybody before anybody asked. Thank you."),
    (GRACE, JOSEPH, 6, "A first month is a lot. You stayed curious and careful. Thank you."),
    (AMINA, LINDIWE, 12, "You stayed when it was hard. Thank you."),
)
NEW_VERSION = 12
"""Days ago on which one of the agreements was published anew."""
YET_TO_SIGN = frozenset({LINDIWE, MOSES})
"""They have not signed it; neither could be proposed to anybody today anyway."""
ADDED = " I leave no notes or lists where others could find them, and I lock my phone."
WORRY = "My cousin works at the practice on Alder Street. I would rather she did not see me there."
LEAVES_IN = 24
"""Days until somebody leaves."""
SHOWN = (THANDEKA, MIRIAM, SAMUEL)


def keep_together(stage: Stage, walks: list[Walk]) -> None:
    """Tell what holds the team together, and who is about to leave it."""
    for days_ago, kind, title, hour in TEAM_DAYS:
        stage.then(stage.at(days_ago + 14, 12), partial(_plan_team_day, stage, days_ago, kind, title, hour))
        stage.then(stage.at(days_ago, 21), partial(_take_team_day, stage, days_ago))
    stage.then(
        stage.at(8, 12), lambda: _plan_team_day(stage, -NEXT_TEAM_DAY, K.GATHERING, NEXT_TITLE, "17:30")
    )
    stage.then(stage.at(6, 19), lambda: _say_coming(stage))
    for by, to, days_ago, words in THANKED:
        stage.then(stage.at(days_ago, 16), partial(_thank, stage, by, to, words))
    _sign_anew(stage)
    stage.then(stage.at(10, 18), lambda: _meet_buddy(stage))
    stage.then(stage.at(2, 20, 30), lambda: _wish_for_privacy(stage))
    stage.then(stage.at(3, 11), lambda: _sign_half(stage))
    for name in SHOWN:
        stage.then(stage.at(60, 19), partial(_show, stage, name))
    stage.then(stage.at(2, 10), lambda: _cover(stage))
    going = [walk for walk in walks if walk.volunteer.name == NALEDI and walk.ended is None]
    stage.then(stage.at(4, 17), lambda: _state_leaving(stage))
    stage.then(stage.at(2, 15), lambda: _plan_one_handover(stage, going[0]))


def _plan_team_day(stage: Stage, days_ago: int, kind: TeamEventKind, title: str, hour: str) -> None:
    invited = [one.name for one in PEERS if one.name in stage.accounts and one.ends < max(days_ago, 1)]
    draft = EventDraft(day=stage.day(days_ago), kind=kind, title=title, hour=hour, where="Willow House")
    event = recognition.plan_event(
        draft, [stage.volunteers[name] for name in invited], by=stage.accounts[AMINA]
    )
    stage.things[f"team day {days_ago}"] = event.id


def _take_team_day(stage: Stage, days_ago: int) -> None:
    event = get_team_event(stage.things[f"team day {days_ago}"], stage.colleague(AMINA))
    away = {BEATRIZ, RUBEN} if days_ago < STAYED_AWAY else set()
    on = [one.name for one in PEERS if one.name in stage.accounts and one.ends < days_ago]
    came = [name for n, name in enumerate(on) if name not in away and (n + days_ago) % 5]
    recognition.take_attendance(
        event,
        {stage.volunteers[name] for name in came},
        [stage.volunteers[name] for name in on],
        by=stage.accounts[AMINA],
    )


def _say_coming(stage: Stage) -> None:
    for name, coming in ((MIRIAM, True), (SAMUEL, True), (JOSEPH, True), (MOSES, False)):
        viewer = stage.viewer(name)
        event = get_team_event(stage.things[f"team day {-NEXT_TEAM_DAY}"], viewer)
        recognition.say_coming(event, viewer, coming=coming)


def _thank(stage: Stage, by: str, to: str, words: str) -> None:
    recognition.thank(stage.volunteer(to), words, by=stage.accounts[by])


def _sign_anew(stage: Stage) -> None:
    """Let one agreement be published anew, and everybody but two sign it in the days after."""
    stage.then(
        stage.at(NEW_VERSION, 9),
        lambda: recruitment.publish(TextKind.CONFIDENTIALITY, QUIET + ADDED, by=stage.accounts[AMINA]),
    )
    serving = [one.name for one in PEERS if not one.left and one.name not in YET_TO_SIGN]
    for n, name in enumerate(serving):
        stage.then(stage.at(NEW_VERSION - n % 5, 18, 10 + n), partial(_sign, stage, name))


def _sign(stage: Stage, name: str, kind: TextKind = TextKind.CONFIDENTIALITY) -> None:
    text = current_text(kind)
    if text is not None:
        by = stage.accounts.get(name)
        recruitment.sign(stage.volunteer(name), text, SignedHow.ON_SCREEN, clock.today(ZONE), by=by)


def _sign_half(stage: Stage) -> None:
    """Let Aisha be half prepared: one agreement signed, a buddy named, nothing booked yet."""
    _sign(stage, AISHA, TextKind.ROLE)
    recruitment.name_buddy(stage.volunteer(AISHA), stage.volunteer(MIRIAM), by=stage.accounts[AMINA])


def _meet_buddy(stage: Stage) -> None:
    draft = HeldDraft(held_on=stage.day(10), minutes=50)
    gathering.record_buddies(
        stage.new_id(),
        stage.volunteer(JOSEPH),
        stage.volunteers[THANDEKA],
        draft,
        by=stage.accounts[JOSEPH],
    )


def _wish_for_privacy(stage: Stage) -> None:
    draft = PlanDraft(
        worry=WORRY,
        measures=(PrivacyMeasure.PLACE, PrivacyMeasure.CLINIC),
        how="Meet at the library or at Willow House, and wear no badge.",
        review_on=stage.today + dt.timedelta(days=42),
    )
    recruitment.keep_plan(stage.volunteer(JOSEPH), draft, by=stage.accounts[JOSEPH])


def _show(stage: Stage, name: str) -> None:
    recruitment.allow_showing(stage.volunteer(name), ShownIn.TEAM_LIST, by=stage.accounts[name])


def _cover(stage: Stage) -> None:
    """Let Grace stand in for Ruth, who is away next week."""
    monday = stage.today + dt.timedelta(days=7 - stage.today.weekday())
    draft = covering.CoverDraft(
        from_on=monday, until_on=monday + dt.timedelta(days=4), by_id=stage.accounts[GRACE]
    )
    covering.arrange_cover(stage.accounts[RUTH], draft, by=stage.accounts[RUTH])


def _state_leaving(stage: Stage) -> None:
    on = stage.today + dt.timedelta(days=LEAVES_IN)
    recruitment.state_leaving(stage.volunteer(NALEDI), on, by=stage.accounts[NALEDI], wanted=True)


def _plan_one_handover(stage: Stage, walk: Walk) -> None:
    """Plan what becomes of one of the matches; the others have no plan yet."""
    on = stage.today + dt.timedelta(days=LEAVES_IN - 6)
    draft = HandoverDraft(how=HandoverKind.HAND_OVER, on=on, to_id=stage.volunteers[SAMUEL])
    recruitment.plan_handover(match_of(stage, walk.name), draft, by=stage.accounts[AMINA])
