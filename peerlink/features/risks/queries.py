"""What can be asked about flags, and by whom."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from peerlink.features.matching.queries import my_matches
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Programme
from peerlink.features.risks.models import Flag, FlagState, FlagStep, RuleCount, StepKind, Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import answers_read_by, looked_after_by
from peerlink.framework import catalogue
from peerlink.framework.levels import POSITIVE, Level
from peerlink.roles import Role, Viewer
from peerlink.store.lookup import get, many
from peerlink.store.model import SealedModel
from peerlink.store.sealing import NOBODY, Damaged
from peerlink.store.session import session

TABLES: dict[Subject, type[SealedModel]] = {
    Subject.VOLUNTEER: Volunteer,
    Subject.PARTICIPANT: Participant,
    Subject.PROGRAMME: Programme,
}
TOLD_FROM = {("R51", Role.COORDINATOR): Level.ALERT, ("R27", Role.PRIVACY_LEAD): Level.CRITICAL}
"""Rules a role is told of only from a level on; below it somebody else is.

R27 is critical by an incident and by nothing else."""
TOLD_BY_ROLE: dict[Role, tuple[Subject, ...]] = {
    Role.COORDINATOR: tuple(Subject),
    Role.MANAGER: (Subject.PROGRAMME,),
    Role.PRIVACY_LEAD: tuple(Subject),
}
"""Who is told by what they do, not by whom they look after; and about what."""
HOLDS_BACK = ("R20", "R24", "R25")
"""Rules whose critical flag keeps new matches away (framework.md section 5, H17)."""


def flags_for(viewer: Viewer) -> Select[Flag]:
    """Return the flags this viewer is told of; never one about themself (section 8, rule 17)."""
    reach = or_(false(), _looked_after(viewer), _told(viewer), Flag.passed_to == viewer.account_id)
    if viewer.person_id is not None:
        reach = and_(reach, Flag.about_id != viewer.person_id)
    return select(Flag).where(reach)


def open_flags_for(viewer: Viewer) -> Select[Flag]:
    """Return those that are not closed."""
    return flags_for(viewer).where(Flag.closed_on.is_(None))


def get_flag(flag_id: uuid.UUID, viewer: Viewer) -> Flag:
    """Return one flag this viewer is told of."""
    return get(flags_for(viewer).where(Flag.id == flag_id))


def get_flag_to_move(flag_id: uuid.UUID, viewer: Viewer) -> Flag:
    """Return one flag this viewer is told of, and hold it until this is kept."""
    asked = flags_for(viewer).where(Flag.id == flag_id).with_for_update()
    return get(asked.execution_options(populate_existing=True))


def care_flags(viewer: Viewer) -> Sequence[Flag]:
    """Return the open flags about volunteers that this supervisor looks after or was handed."""
    mine = or_(_looked_after(viewer), Flag.passed_to == viewer.account_id)
    asked = open_flags_for(viewer).where(mine, Flag.subject_kind == Subject.VOLUNTEER)
    return many(asked.order_by(Flag.since_on, Flag.id))


def get_cared_for(volunteer_id: uuid.UUID, viewer: Viewer) -> Volunteer:
    """Return a volunteer this supervisor looks after, reads of, or was handed; never themself."""
    handed = select(Flag.about_id).where(Flag.passed_to == viewer.account_id, Flag.closed_on.is_(None))
    reach = or_(looked_after_by(viewer), answers_read_by(viewer), Volunteer.id.in_(handed))
    asked = select(Volunteer).where(Volunteer.id == volunteer_id, reach)
    return get(asked.where(Volunteer.id.is_distinct_from(viewer.person_id)))


def flags_about_me(viewer: Viewer) -> Sequence[Flag]:
    """Return the open flags about the volunteer who is looking."""
    return many(_about_me(viewer).where(Flag.closed_on.is_(None)).order_by(Flag.since_on, Flag.id))


def get_flag_about_me(flag_id: uuid.UUID, viewer: Viewer) -> Flag:
    """Return one open flag about the volunteer who is looking."""
    return get(_about_me(viewer).where(Flag.id == flag_id, Flag.closed_on.is_(None)))


def people_to_reach(viewer: Viewer) -> Sequence[Flag]:
    """Return the open flags of rules that tell the volunteer about the people they walk with."""
    walking = [match.participant_id for match in my_matches(viewer)] if viewer.person_id else []
    told = [
        rule.id for rule in catalogue.RULES if "volunteer" in rule.told and "participant" in rule.subjects
    ]
    return many(
        select(Flag).where(
            Flag.subject_kind == Subject.PARTICIPANT,
            Flag.about_id.in_(walking),
            Flag.rule.in_(told),
            Flag.closed_on.is_(None),
        )
    )


def intact(flags: Iterable[Flag]) -> tuple[list[Flag], list[Flag]]:
    """Part the flags that open from those that were changed outside of PeerLink."""
    fine: list[Flag] = []
    damaged: list[Flag] = []
    for flag in flags:
        try:
            for record in flag.records:
                flag.open_record(record, watched=False)
        except Damaged:
            damaged.append(flag)
        else:
            fine.append(flag)
    return fine, damaged


def opens_answers(flag: Flag, viewer: Viewer) -> bool:
    """Tell whether this viewer may read what check-ins said in a flag within their reach."""
    return flag.id in answers_opened([flag], viewer)


def answers_opened(flags: Iterable[Flag], viewer: Viewer) -> set[uuid.UUID]:
    """Name the flags within reach in which this viewer may read what check-ins said."""
    if not viewer.is_a(Role.SUPERVISOR):
        return set()
    about = [flag for flag in flags if flag.subject_kind is Subject.VOLUNTEER]
    asked = select(Volunteer.id).where(
        answers_read_by(viewer), Volunteer.id.in_({flag.about_id for flag in about})
    )
    mine = set(session.scalars(asked))
    return {flag.id for flag in about if flag.about_id in mine or flag.passed_to == viewer.account_id}


def volunteers_in(flags: Iterable[Flag | Task]) -> dict[uuid.UUID, Volunteer]:
    """Return the volunteers that flags or tasks within reach are about."""
    ids = {flag.about_id for flag in flags if flag.subject_kind is Subject.VOLUNTEER}
    return {one.id: one for one in many(select(Volunteer).where(Volunteer.id.in_(ids)))}


def steps_of(flags: Iterable[Flag]) -> Sequence[FlagStep]:
    """Return what happened to flags within reach, the newest first."""
    ids = [flag.id for flag in flags]
    return many(select(FlagStep).where(FlagStep.flag_id.in_(ids)).order_by(FlagStep.at.desc(), FlagStep.id))


def steps_of_deed(deed_id: uuid.UUID, viewer: Viewer) -> Sequence[FlagStep]:
    """Return what one deed of this viewer's left on the flags it was about."""
    return many(
        select(FlagStep).where(
            FlagStep.deed_id == deed_id, FlagStep.by == viewer.account_id, FlagStep.undone_on.is_(None)
        )
    )


def lock_open_flags(
    subject: Subject | None = None, ids: Collection[uuid.UUID] | None = None
) -> Sequence[Flag]:
    """Return every open flag, or those about some, and hold them; for the rules themselves."""
    asked = select(Flag).where(Flag.closed_on.is_(None))
    if subject is not None:
        asked = asked.where(Flag.subject_kind == subject)
    if ids is not None:
        asked = asked.where(Flag.about_id.in_(ids))
    held = asked.order_by(Flag.about_id, Flag.rule).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).all()


def is_flagged(subject: Subject, about_id: uuid.UUID) -> bool:
    """Tell whether any flag about this subject is open; for the rules themselves."""
    asked = select(Flag.id).where(
        Flag.subject_kind == subject, Flag.about_id == about_id, Flag.closed_on.is_(None)
    )
    return session.scalar(asked.limit(1)) is not None


def lock_flag_of(rule: str, subject: Subject, about_id: uuid.UUID) -> Flag | None:
    """Let whoever opens a flag about this subject wait for each other; return the open one if there is."""
    table = TABLES[subject]
    person = select(table.id).with_for_update()
    session.execute(person if subject is Subject.PROGRAMME else person.where(table.id == about_id))
    asked = select(Flag).where(
        Flag.rule == rule, Flag.subject_kind == subject, Flag.about_id == about_id, Flag.closed_on.is_(None)
    )
    return session.scalars(asked.execution_options(populate_existing=True)).one_or_none()


def steps_taken(flags: Iterable[Flag]) -> set[tuple[uuid.UUID, StepKind]]:
    """Return which of these flags have an action, or were settled, and it was not taken back."""
    ids = [flag.id for flag in flags]
    if not ids:
        return set()
    asked = select(FlagStep.flag_id, FlagStep.kind).where(
        FlagStep.flag_id.in_(ids),
        FlagStep.kind.in_([StepKind.ACTION, StepKind.SETTLED]),
        FlagStep.undone_on.is_(None),
    )
    return {(flag_id, kind) for flag_id, kind in session.execute(asked)}


def month_levels() -> dict[str, list[tuple[dt.date, Level]]]:
    """Return what the rules about the programme gave at the month ends, the newest first."""
    asked = select(RuleCount.rule, RuleCount.on, RuleCount.level).where(
        RuleCount.subject_kind == Subject.PROGRAMME, RuleCount.n > 0
    )
    found: dict[str, list[tuple[dt.date, Level]]] = {}
    for rule, on, level in session.execute(asked.order_by(RuleCount.on.desc())):
        if (on + dt.timedelta(days=1)).day == 1:
            found.setdefault(rule, []).append((on, level))
    return found


def latest_counts() -> Sequence[RuleCount]:
    """Return how many subjects each rule found at each level in the last round."""
    last = select(RuleCount.on).order_by(RuleCount.on.desc()).limit(1).scalar_subquery()
    return session.scalars(select(RuleCount).where(RuleCount.on == last)).all()


def waiting_to_be_taken_up() -> Sequence[Flag]:
    """Return the open flags nobody has taken up and nobody was told of in their place."""
    asked = select(Flag).where(
        Flag.closed_on.is_(None),
        Flag.state == FlagState.OPEN,
        Flag.acknowledged_at.is_(None),
        Flag.passed_on.is_(None),
        Flag.level.in_([Level.ALERT, Level.CRITICAL]),
    )
    return session.scalars(asked.with_for_update()).all()


def held_back(_day: dt.date) -> set[uuid.UUID]:
    """Name the volunteers who get no new match for their own sake (H17)."""
    asked = select(Flag.about_id).where(
        Flag.rule.in_(HOLDS_BACK),
        Flag.subject_kind == Subject.VOLUNTEER,
        Flag.level == Level.CRITICAL,
        Flag.closed_on.is_(None),
        Flag.released_on.is_(None),
    )
    return set(session.scalars(asked))


def refs_of(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Return the programme numbers of volunteers and participants; for the house's own documents."""
    wanted = set(ids) - {NOBODY}
    volunteers = many(select(Volunteer).where(Volunteer.id.in_(wanted)))
    participants = many(select(Participant).where(Participant.id.in_(wanted)))
    return {one.id: one.ref for one in volunteers} | {one.id: one.ref for one in participants}


def told_to(role: Role, subject: Subject) -> list[str]:
    """Name the rules about this kind of subject that tell this role."""
    return [rule.id for rule in catalogue.RULES if role.value in rule.told and subject.value in rule.subjects]


def _looked_after(viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.is_a(Role.SUPERVISOR):
        return false()
    read = Flag.about_id.in_(select(Volunteer.id).where(answers_read_by(viewer)))
    cared_for = Flag.about_id.in_(select(Volunteer.id).where(looked_after_by(viewer)))
    return and_(
        Flag.subject_kind == Subject.VOLUNTEER,
        Flag.rule.in_(told_to(Role.SUPERVISOR, Subject.VOLUNTEER)),
        or_(read, and_(cared_for, Flag.told_level.in_(POSITIVE))),
    )


def _told(viewer: Viewer) -> ColumnElement[bool]:
    """Return the flags told to the viewer's roles without what check-ins said."""
    reach = [
        _told_to(role, subject)
        for role, subjects in TOLD_BY_ROLE.items()
        for subject in subjects
        if viewer.is_a(role)
    ]
    if viewer.site_id is not None:
        there = select(Participant.id).where(Participant.site_id == viewer.site_id)
        outside = and_(Flag.subject_kind == Subject.PARTICIPANT, Flag.about_id.not_in(there))
        return and_(or_(false(), *reach), ~outside)
    return or_(false(), *reach)


def _told_to(role: Role, subject: Subject) -> ColumnElement[bool]:
    each = [
        and_(Flag.rule == rule, Flag.told_level.in_(POSITIVE[POSITIVE.index(TOLD_FROM[rule, role]) :]))
        if (rule, role) in TOLD_FROM
        else and_(Flag.rule == rule, Flag.told_level.in_(POSITIVE))
        for rule in told_to(role, subject)
    ]
    return and_(Flag.subject_kind == subject, or_(false(), *each))


def _about_me(viewer: Viewer) -> Select[Flag]:
    mine = Flag.about_id == viewer.person_id if viewer.person_id is not None else false()
    return select(Flag).where(Flag.subject_kind == Subject.VOLUNTEER, mine)
