"""How volunteers come: talks, references, and somebody at their side."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.demo.cast import AMINA, JOSEPH, THANDEKA, Peer
from peerlink.demo.stage import ZONE, Stage
from peerlink.features.recruitment import service
from peerlink.features.recruitment.queries import current_text
from peerlink.features.recruitment.rules import OfferOfHelp, SettingsDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING
from peerlink.framework.reasons import LeaveReason
from peerlink.framework.recruitment_words import SIGNED, Preparation, SignedHow, TextKind, TimeOfWeek
from peerlink.store.session import session

REFEREES = ("A former colleague", "The leader of her choir", "A neighbour", "A teacher from evening school")

BUDDIES = {JOSEPH: THANDEKA}
"""Who is at whose side, where the story needs it."""
NEIGHBOURLY = (
    "We are there for each other as equals. I keep my hours and limits, I say when it is too much, I come to "
    "my talks, and I give no medical advice, no money and no promises I cannot keep."
)
QUIET = (
    "What somebody tells me stays with me and the programme. I speak of it with my supervisor only, without "
    "names. I pass on what I must when somebody is in danger, and I say so first."
)
DETAILS = (
    "We keep your name, how to reach you and what you write here, so that we can answer. Nobody outside of "
    "the team reads it. You can ask us to delete it any day."
)


def word_everything(stage: Stage) -> None:
    """Publish what volunteers sign and what whoever offers to help is told, and open the page for offers."""
    by = stage.accounts[AMINA]
    service.publish(TextKind.ROLE, NEIGHBOURLY, by=by)
    service.publish(TextKind.CONFIDENTIALITY, QUIET, by=by)
    welcome = "Do you have a few hours a month, and an open ear? We would like to hear from you."
    draft = SettingsDraft(is_open=True, welcome=welcome, notice=DETAILS, kept_months=6)
    service.keep_settings(draft, by=by)


def sign_everything(stage: Stage, peer: Peer) -> None:
    """Let somebody sign both agreements."""
    for kind in SIGNED:
        text = current_text(kind)
        if text is not None:
            volunteer, today = stage.volunteer(peer.name), clock.today(ZONE)
            service.sign(volunteer, text, SignedHow.ON_SCREEN, today, by=stage.accounts[AMINA])


def offer_from_outside() -> None:
    """Let somebody nobody knows offer to help on the public page."""
    offer = OfferOfHelp(
        called="Farida",
        reach="+44 7700 900899",
        languages=("en", "sw"),
        times=(TimeOfWeek.EVENINGS, TimeOfWeek.WEEKENDS),
        why="I have time since the children moved out, and I like to listen.",
        agreed=True,
    )
    service.offer_help(offer, network="")


def talk_through(stage: Stage, peer: Peer) -> None:
    """Have everything said and asked before training."""
    volunteer, by, today = stage.volunteer(peer.name), stage.accounts[AMINA], clock.today(ZONE)
    for what in Preparation:
        service.keep_preparation(volunteer, what, today, None, by=by)
    for n in range(2):
        who = REFEREES[(len(peer.name) + n) % len(REFEREES)]
        at = service.ask_reference(volunteer, who, today - dt.timedelta(days=3), by=by)
        service.answer_reference(volunteer, at, today, good=True, by=by)


def name_a_buddy(stage: Stage, peer: Peer) -> None:
    """Put somebody who serves already at the side of somebody new."""
    new = stage.volunteer(peer.name)
    if peer.name in BUDDIES:
        service.name_buddy(new, stage.volunteer(BUDDIES[peer.name]), by=stage.accounts[AMINA])
        return
    serving = [
        other
        for other in (session.get(Volunteer, one) for one in stage.volunteers.values())
        if other is not None and other.status in SERVING and other.id != new.id
    ]
    if serving:
        service.name_buddy(new, serving[-1], by=stage.accounts[AMINA])


def say_goodbye(volunteer: Volunteer, reason: LeaveReason, *, by: uuid.UUID) -> None:
    """Let somebody go whose people are looked after, and have the talk that was offered."""
    service.leave(volunteer, reason, by=by, wanted=True)
    talk = service.TalkDraft(
        wanted=True, held_on=clock.today(ZONE), said="Grateful, and tired.", returns=True
    )
    service.keep_talk(volunteer, talk, by=by)
