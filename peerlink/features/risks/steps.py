"""Writes down every step of a flag."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.risks.models import Flag, FlagStep, StepKind
from peerlink.framework.levels import Level
from peerlink.store import gate
from peerlink.store.session import session


def keep_evidence(step: FlagStep, flag: Flag) -> None:
    """Keep with what was done what the flag rested on, so that before and after can be told apart."""
    with gate.opened("what a flag rests on is kept; it is shown to whoever may read the flag"):
        step.evidence, step.said_evidence = flag.evidence, flag.said_evidence


def write_step(
    flag: Flag,
    kind: StepKind,
    *,
    by: uuid.UUID | None = None,
    level: Level | None = None,
    action: str | None = None,
    due_on: dt.date | None = None,
    deed_id: uuid.UUID | None = None,
    created_id: uuid.UUID | None = None,
) -> FlagStep:
    """Write down what happened to a flag; without `by` the rules did it."""
    step = FlagStep(
        id=uuid.uuid4(),
        subject_id=flag.subject_id,
        flag_id=flag.id,
        kind=kind,
        at=clock.now(),
        by=by,
        level=level,
        action=action,
        due_on=due_on,
        deed_id=deed_id,
        created_id=created_id,
    )
    session.add(step)
    return step
