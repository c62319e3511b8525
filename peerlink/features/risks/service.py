"""What people do about flags; what is done is what is written down."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks import events
from peerlink.features.risks.actions import Offer, offered
from peerlink.features.risks.deeds import NOTE_LENGTH, TALKED, ActionDraft, NotNow
from peerlink.features.risks.doing import TALK, make, unmake
from peerlink.features.risks.models import Flag, FlagState, FlagStep, StepKind
from peerlink.features.risks.queries import (
    get_flag_to_move,
    opens_answers,
    steps_of_deed,
)
from peerlink.features.risks.rounds import look_again_at_volunteer
from peerlink.features.risks.rulebook import Finding, Subject
from peerlink.features.risks.rules.flags import LONGEST_SNOOZE, check_snooze, is_safety, needs_note
from peerlink.features.risks.steps import keep_evidence, write_step
from peerlink.features.supervision import service as supervision
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.rules import HeldDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import looks_after
from peerlink.framework.vocabularies import SupervisionKind
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.store.session import session
from peerlink.words import _

UNDONE_WITHIN = dt.timedelta(hours=24)


def offers_for(flag: Flag) -> tuple[Offer, ...]:
    """Return what the framework offers to do about a flag, the first first."""
    return offered(Finding(flag.rule, flag.subject_kind, flag.level))


def act(flags: Sequence[Flag], draft: ActionDraft, viewer: Viewer) -> uuid.UUID:
    """Do one thing about one person's flags and take them all up; return the deed's id.

    It is written down as an action on each flag whose rule offers it.
    """
    helped = {flag: offer for flag in flags for offer in offers_for(flag) if offer.code == draft.code}
    if not helped or any(draft.way not in {None, *offer.ways} for offer in helped.values()):
        raise Refused(_("That is not offered here."))
    offer = min(helped.values(), key=lambda one: one.due_in_days)
    due_on, deed_id = _today() + dt.timedelta(days=offer.due_in_days), uuid.uuid4()
    first = next(iter(helped))
    made, before = make(first, offer, draft, due_on, viewer)
    for flag in flags:
        step = write_step(
            flag,
            StepKind.ACTION if flag in helped else StepKind.ACKNOWLEDGED,
            by=viewer.account_id,
            action=draft.code if flag in helped else None,
            due_on=due_on if flag in helped and before.get("made") in {"session", "task"} else None,
            deed_id=deed_id,
            created_id=made if flag in helped else None,
        )
        _say(step, flag, draft.note, viewer)
        step.before = {**_as_it_is(flag), **(before if flag in helped else {})}
        keep_evidence(step, flag)
        _take_up(flag, viewer)
        announce(events.ActionTaken(by=viewer.account_id, flag_id=flag.id, about_id=flag.about_id))
    session.flush()
    return deed_id


def record_talk(about: Volunteer, flags: Sequence[Flag], note: str | None, viewer: Viewer) -> Supervision:
    """Write down a talk with a volunteer that took place today, as a session of theirs.

    What a reader who is not the supervisor notes stays with the answers: the volunteer chose not to have the
    supervisor read it.
    """
    is_theirs = looks_after(about.id, viewer)
    draft = HeldDraft(held_on=_today(), note=note if is_theirs else None)
    was = {flag.id: _as_it_is(flag) for flag in flags}
    held = supervision.record_held(about, SupervisionKind.DEBRIEF, draft, by=viewer.account_id)
    for flag in flags:
        step = write_step(
            flag,
            StepKind.ACTION,
            by=viewer.account_id,
            action=TALKED,
            deed_id=held.id,
            created_id=held.id,
        )
        step.before = {**was[flag.id], "made": TALK}
        if not is_theirs:
            _say(step, flag, note, viewer)
        keep_evidence(step, flag)
        _take_up(flag, viewer)
        announce(events.ActionTaken(by=viewer.account_id, flag_id=flag.id, about_id=flag.about_id))
    session.flush()
    look_again_at_volunteer(about.id)
    return held


def undo_talk(talk_id: uuid.UUID, *, by: uuid.UUID | None) -> None:
    """Undo on every flag that a talk was written down about it; the talk did not take place."""
    with gate.opened("a talk written down by mistake is taken out of the flags"):
        for step in many(
            select(FlagStep).where(FlagStep.created_id == talk_id, FlagStep.undone_on.is_(None))
        ):
            flag = session.get_one(Flag, step.flag_id)
            _undo(step, flag, by)


def take_back(deed_id: uuid.UUID, viewer: Viewer) -> None:
    """Take a deed of the last 24 hours back, with what it made."""
    steps = steps_of_deed(deed_id, viewer)
    if not steps:
        raise NotFound
    if clock.now() - steps[0].at > UNDONE_WITHIN:
        raise Refused(_("This can be taken back for a day only."))
    flags = {step.flag_id: get_flag_to_move(step.flag_id, viewer) for step in steps}
    made = next((step for step in steps if step.kind is StepKind.ACTION), steps[0])
    unmake(made, flags[made.flag_id], viewer)
    for step in steps:
        if step.undone_on is None:
            _undo(step, flags[step.flag_id], viewer.account_id)


def acknowledge(flag: Flag, note: str | None, viewer: Viewer) -> None:
    """Say that one has it; an alert or worse wants a word about what comes next."""
    if flag.acknowledged_at is not None:
        raise Refused(_("Somebody has this already."))
    _check_note(note, needed=needs_note(flag.level))
    step = write_step(flag, StepKind.ACKNOWLEDGED, by=viewer.account_id)
    _say(step, flag, note, viewer)
    _take_up(flag, viewer)
    announce(events.FlagAcknowledged(by=viewer.account_id, flag_id=flag.id, about_id=flag.about_id))


def snooze(flag: Flag, until: dt.date, reason: str, viewer: Viewer) -> uuid.UUID:
    """Let a flag rest until a day, with a reason; return the deed's id."""
    return _snooze([flag], until, reason, viewer)


def let_rest(flags: Sequence[Flag], why: NotNow, viewer: Viewer) -> uuid.UUID:
    """Let one person's flags rest as long as one may, for one of the usual reasons; safety does not rest."""
    able = [flag for flag in flags if not is_safety(flag.rule, flag.level)]
    return _snooze(able or flags, _today() + LONGEST_SNOOZE, _(why.label), viewer)


def _snooze(flags: Sequence[Flag], until: dt.date, reason: str, viewer: Viewer) -> uuid.UUID:
    deed_id = uuid.uuid4()
    for flag in flags:
        check_snooze(flag.rule, flag.level, on=_today(), until=until, reason=reason)
        step = write_step(flag, StepKind.SNOOZED, by=viewer.account_id, due_on=until, deed_id=deed_id)
        _say(step, flag, reason, viewer)
        step.before = _as_it_is(flag)
        flag.state, flag.snoozed_until = FlagState.SNOOZED, until
        announce(events.FlagSnoozed(by=viewer.account_id, flag_id=flag.id, about_id=flag.about_id))
    session.flush()
    return deed_id


def settle(flag: Flag, note: str, viewer: Viewer) -> None:
    """Write down that a talk took place and the person says that it is settled."""
    _check_note(note, needed=True)
    _say(write_step(flag, StepKind.SETTLED, by=viewer.account_id), flag, note, viewer)
    _take_up(flag, viewer)
    session.flush()
    if flag.subject_kind is Subject.VOLUNTEER:
        look_again_at_volunteer(flag.about_id)


def release(flag: Flag, note: str, viewer: Viewer) -> None:
    """Let new matches come although a flag is critical; only whoever may read what was said decides that."""
    if not opens_answers(flag, viewer):
        raise Refused(_("Only the supervisor decides this."))
    _check_note(note, needed=True)
    flag.released_on = _today()
    _say(write_step(flag, StepKind.RELEASED, by=viewer.account_id), flag, note, viewer)
    announce(events.FlagReleased(by=viewer.account_id, flag_id=flag.id, about_id=flag.about_id))


def close(flag: Flag, note: str | None, viewer: Viewer) -> None:
    """Close a flag whose clears text has come true, with a note."""
    if flag.may_close_on is None:
        raise Refused(_("This closes only when what it asks for has come true."))
    _check_note(note, needed=needs_note(flag.level))
    flag.state, flag.closed_on = FlagState.CLOSED, _today()
    _say(write_step(flag, StepKind.CLOSED, by=viewer.account_id), flag, note, viewer)
    announce(events.FlagClosed(by=viewer.account_id, flag_id=flag.id, about_id=flag.about_id))


def add_own_side(flag: Flag, text: str, viewer: Viewer) -> None:
    """Keep what a volunteer says about a flag about themself, for themself and their supervisor."""
    if flag.about_id != viewer.person_id:
        raise NotFound
    if len(text) > NOTE_LENGTH:
        raise Refused(_("Write at most %(n)d characters.", n=NOTE_LENGTH))
    flag.own_side = text.strip() or None
    announce(events.FlagAnsweredTo(by=viewer.account_id, flag_id=flag.id, about_id=flag.about_id))


def _take_up(flag: Flag, viewer: Viewer) -> None:
    if flag.acknowledged_at is None:
        flag.acknowledged_at, flag.acknowledged_by = clock.now(), viewer.account_id
    if flag.state is FlagState.OPEN:
        flag.state = FlagState.ACKNOWLEDGED


def _as_it_is(flag: Flag) -> dict[str, str | None]:
    return {
        "state": flag.state.value,
        "snoozed_until": flag.snoozed_until.isoformat() if flag.snoozed_until else None,
        "acknowledged": "yes" if flag.acknowledged_at else None,
    }


def _undo(step: FlagStep, flag: Flag, by: uuid.UUID | None) -> None:
    step.undone_on = _today()
    _put_back(flag, step.before or {})
    announce(events.ActionTakenBack(by=by, flag_id=flag.id, about_id=flag.about_id))


def _put_back(flag: Flag, was: dict[str, str | None]) -> None:
    if flag.state is not FlagState.CLOSED:
        flag.state = FlagState(was.get("state") or flag.state)
    until = was.get("snoozed_until")
    flag.snoozed_until = dt.date.fromisoformat(until) if until else None
    if not was.get("acknowledged"):
        flag.acknowledged_at = flag.acknowledged_by = None


def _say(step: FlagStep, flag: Flag, note: str | None, viewer: Viewer) -> None:
    said = (note or "").strip() or None
    if opens_answers(flag, viewer):
        step.private_note = said
    else:
        step.note = said


def _check_note(note: str | None, *, needed: bool) -> None:
    said = (note or "").strip()
    if needed and not said:
        raise Refused(_("Write a word about it: an alert is not taken up or closed without one."))
    if len(said) > NOTE_LENGTH:
        raise Refused(_("Write at most %(n)d characters.", n=NOTE_LENGTH))


def _today() -> dt.date:
    return clock.today(programme_zone())
