"""Each of the twenty-two actions makes what it means with one tap, and one tap takes it away again."""

import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.recognition.models import Thanks
from peerlink.features.risks import service
from peerlink.features.risks.aftermath import tried_on
from peerlink.features.risks.deeds import ActionDraft
from peerlink.features.risks.models import Flag, FlagState, FlagStep, Task
from peerlink.features.risks.queries import get_flag, get_flag_to_move
from peerlink.features.risks.rulebook import Subject
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.actions import ACTIONS
from peerlink.framework.care_words import CourseStep, Way
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.sealing import NOBODY
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import in_hours, today
from tests.support.cast import AMINA_ID, CHIPO, DANA, EFE_ID, Person

pytestmark = pytest.mark.usefixtures("the_cast")
VOLUNTEER, PARTICIPANT, PROGRAMME = Subject.VOLUNTEER, Subject.PARTICIPANT, Subject.PROGRAMME
ABOUT = {VOLUNTEER: AMINA_ID, PARTICIPANT: EFE_ID, PROGRAMME: NOBODY}
EVIDENCE = {"name": "days_without_contact", "value": 40, "unit": "days", "threshold": 28, "n": None}
C, S, M = Role.COORDINATOR, Role.SUPERVISOR, Role.MANAGER


@dataclass(frozen=True)
class Made:
    """What one action left behind."""

    tasks: tuple[tuple[str, Way | None, Role | None, bool, int, CourseStep | None], ...] = ()
    """Action, way, whose role, whether it is the chooser's own, days until it is due, how far it is."""
    sessions: tuple[tuple[SupervisionKind, bool], ...] = ()
    """Each with whether it lies ahead, and within the seven days of an alert."""
    thanks: tuple[bool, ...] = ()
    """For each word of thanks, whether it shows what the work achieved."""
    rests: bool = False


def task(
    code: str,
    role: Role | None,
    *,
    mine: bool = False,
    due: int = 7,
    way: Way | None = None,
    at: CourseStep | None = None,
) -> Made:
    return Made(tasks=((code, way, role, mine, due, at),))


def session_of(kind: SupervisionKind) -> Made:
    return Made(sessions=((kind, True),))


K = SupervisionKind
EACH: dict[str, tuple[str, Subject, Person, Made]] = {
    "A01": ("R20", VOLUNTEER, DANA, task("A01", S, mine=True, at=CourseStep.OFFERED)),
    "A02": ("R26", VOLUNTEER, DANA, session_of(K.DEBRIEF)),
    "A03": ("R10", VOLUNTEER, DANA, Made(thanks=(False,))),
    "A04": ("R25", VOLUNTEER, DANA, Made(rests=True)),
    "A05": ("R20", VOLUNTEER, DANA, task("A05", S, mine=True)),
    "A06": ("R20", VOLUNTEER, DANA, session_of(K.ONE_TO_ONE)),
    "A07": ("R68", VOLUNTEER, CHIPO, task("A07", C, mine=True)),
    "A08": ("R27", VOLUNTEER, DANA, task("A08", S, mine=True)),
    "A09": ("R27", VOLUNTEER, DANA, task("A09", C)),
    "A10": ("R45", PROGRAMME, CHIPO, task("A10", C, mine=True)),
    "A11": ("R61", PROGRAMME, CHIPO, task("A11", M)),
    "A12": ("R22", VOLUNTEER, DANA, task("A12", C)),
    "A13": ("R51", PARTICIPANT, CHIPO, task("A13", C, mine=True)),
    "A14": ("R27", VOLUNTEER, DANA, task("A14", None, mine=True, due=0)),
    "A15": ("R02", VOLUNTEER, DANA, session_of(K.ONE_TO_ONE)),
    "A16": ("R12", VOLUNTEER, DANA, session_of(K.BUDDY)),
    "A18": (
        "R51",
        PARTICIPANT,
        CHIPO,
        task("A18", None, mine=True, way=Way.MEDICAL, at=CourseStep.DRAFTED),
    ),
    "A19": ("R11", VOLUNTEER, DANA, task("A19", S, mine=True)),
    "A20": ("R22", VOLUNTEER, DANA, task("A20", None, mine=True, due=0)),
    "A21": ("R10", VOLUNTEER, DANA, Made(thanks=(True,))),
    "A22": ("R03", PROGRAMME, CHIPO, task("A22", C, mine=True, at=CourseStep.TO_FIND)),
}


def raised(rule: str, subject: Subject) -> uuid.UUID:
    """Let a flag stand at alert, whatever the records say."""
    about_id, flag_id = ABOUT[subject], uuid.uuid4()
    with transaction(), gate.opened("a test raises a flag"):
        session.add(
            Flag(
                id=flag_id,
                subject_id=about_id,
                rule=rule,
                subject_kind=subject,
                about_id=about_id,
                level=Level.ALERT,
                told_level=Level.ALERT,
                state=FlagState.OPEN,
                opened_on=today(),
                since_on=today(),
                told_since_on=today(),
                raised_at=clock.now(),
                because="Something is so.",
                evidence=[EVIDENCE],
            )
        )
    return flag_id


def chosen(flag_id: uuid.UUID, code: str, who: Person, way: Way | None = None) -> uuid.UUID:
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
    with gate.access(granted), transaction():
        flag = get_flag_to_move(flag_id, who.viewer)
        return service.act([flag], ActionDraft(code=code, way=way), who.viewer)


def taken_back(deed_id: uuid.UUID, who: Person) -> None:
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
    with gate.access(granted), transaction():
        service.take_back(deed_id, who.viewer)


def left(who: Person) -> Made:
    with reading(), gate.opened("a test looks"):
        return Made(
            tasks=tuple(
                (
                    one.code,
                    one.way,
                    one.owner_role,
                    one.owner_id == who.viewer.account_id,
                    (one.due_on - today()).days,
                    one.step,
                )
                for one in session.scalars(select(Task))
            ),
            sessions=tuple(
                (one.kind, 0 <= (one.held_on - today()).days <= 7)
                for one in session.scalars(select(Supervision))
                if one.status is SupervisionStatus.SCHEDULED
            ),
            thanks=tuple(session.scalars(select(Thanks.impact))),
            rests=session.get_one(Volunteer, AMINA_ID).no_new_matches_until is not None,
        )


def test_every_action_of_the_library_is_told_of_here_but_getting_the_facts() -> None:
    assert {one.code for one in ACTIONS} - set(EACH) == {"A17"}


@pytest.mark.parametrize("code", EACH)
def test_one_tap_makes_what_it_means_and_one_takes_it_away(code: str) -> None:
    rule, subject, who, made = EACH[code]
    flag_id = raised(rule, subject)
    deed_id = chosen(flag_id, code, who)
    assert left(who) == made
    with reading(), gate.opened("a test looks"):
        (step,) = session.scalars(select(FlagStep).where(FlagStep.flag_id == flag_id))
        assert (step.action, step.by) == (code, who.viewer.account_id)
        assert step.evidence
        assert session.get_one(Flag, flag_id).state is FlagState.ACKNOWLEDGED
    with in_hours(25), pytest.raises(Refused):
        taken_back(deed_id, who)
    assert left(who) == made
    with in_hours(23):
        taken_back(deed_id, who)
    assert left(who) == Made()
    with reading():
        assert session.get_one(Flag, flag_id).state is FlagState.OPEN


@pytest.mark.parametrize("code", [code for code in EACH if code != "A10"])
def test_what_was_done_stands_on_the_flag_before_and_after(code: str) -> None:
    """No rule that offers A10 is judged yet, so no flag of one can be open."""
    rule, subject, who, _made = EACH[code]
    flag_id = raised(rule, subject)
    chosen(flag_id, code, who)
    granted = gate.Access(who.viewer.account_id, who.viewer.opens(), set())
    with gate.access(granted), reading():
        (one,) = tried_on(get_flag(flag_id, who.viewer), who.viewer)
        assert one.step.action == code


def test_before_and_after_of_a_participants_flag_says_then_and_now() -> None:
    flag_id = raised("R51", PARTICIPANT)
    chosen(flag_id, "A18", CHIPO)
    granted = gate.Access(CHIPO.viewer.account_id, CHIPO.viewer.opens(), set())
    with gate.access(granted), reading():
        (one,) = tried_on(get_flag(flag_id, CHIPO.viewer), CHIPO.viewer)
    (row,) = one.evidence
    assert (row["name"], row["then"]) == ("Days without contact", "40")
    assert row["now"] != "40"


@pytest.mark.parametrize("way", [Way.MEDICAL, Way.PSYCHOLOGICAL, Way.SOCIAL])
def test_a_referral_is_to_one_kind_of_service_whomever_it_is_about(way: Way) -> None:
    for rule, subject, who in (("R51", PARTICIPANT, CHIPO), ("R21", VOLUNTEER, DANA)):
        deed_id = chosen(raised(rule, subject), "A18", who, way)
        assert left(who).tasks == (("A18", way, None, True, 7, CourseStep.DRAFTED),)
        taken_back(deed_id, who)


def test_a_debrief_is_no_kind_of_service() -> None:
    with pytest.raises(Refused):
        chosen(raised("R51", PARTICIPANT), "A18", CHIPO, Way.DEBRIEF)
    assert left(CHIPO) == Made()
