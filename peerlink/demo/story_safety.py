"""What Riverbend has ready for a bad day, and what happened: a call, a visit, two incidents."""

import datetime as dt

from sqlalchemy import select

from peerlink.demo.cast import AMINA, DANIEL, GRACE, MIRIAM, OLIVIA, RUTH, THANDEKA
from peerlink.demo.lives import Walk
from peerlink.demo.stage import FIRST_DAY, Stage
from peerlink.features.incidents import service as incidents
from peerlink.features.incidents.models import Incident
from peerlink.features.incidents.rules import ReportDraft, TriageDraft
from peerlink.features.safety import service, visiting
from peerlink.features.safety.models import SafetyCall
from peerlink.features.safety.queries import own_visit
from peerlink.features.safety.rules import CrisisNumber, PlanDraft, VisitDraft
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.framework.safety_words import DutyKind, VisitEnd, VisitPlace
from peerlink.store.lookup import get

WORDS = (
    "You are not alone with this. If somebody is in danger now, call the first number; it is answered day "
    "and night. In our hours call whoever is on duty: we would rather be called once too often."
)
PATH = """1. Stay with the person, or stay on the phone. Do not promise to keep it secret.
2. Call whoever is on duty. At night call the helpline.
3. Whoever is on duty speaks with the person the same day and tells the safeguarding lead.
4. The volunteer has a debrief within three days.
5. We write down what was agreed, and look at it together after a week."""
CARD = (
    "Listen and stay calm. Ask plainly whether they think of ending their life. Stay until somebody else is "
    "there. You do not have to solve it, and you do not carry it alone: call us."
)
NUMBERS = (
    CrisisNumber(name="Riverbend helpline", number="+44 1632 960111", hours="day and night"),
    CrisisNumber(name="Hospital, emergency room", number="+44 1632 960112", hours="day and night"),
    CrisisNumber(name="Talk line for the young", number="+44 1632 960113", hours="16:00-22:00"),
)
"""From the range kept for fiction, as every number of the story."""
DUTY_PHONE = "+44 1632 960100"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
CALLED, VISITED = 33, 16
"""Days ago on which somebody asked to be called, and on which a visit was made."""
NEARLY = 47
"""Days ago on which somebody nearly learned what is private."""
LETTER = (
    "A letter with two first names lay in the printer of the reading room over lunch. Amina found it; nobody "
    "else had been in."
)
LEARNED = "Letters are printed in the office only. The printer of the reading room asks for a code now."
COMPLAINT = (
    "Somebody I support says nobody called back for nine days after she asked for another volunteer. She is "
    "not angry, but she would like to hear from us."
)


def keep_safe(stage: Stage, walks: list[Walk]) -> None:
    """Tell the plan and the roster, and what happened."""
    stage.then(stage.at(FIRST_DAY - 2, 9), lambda: _plan(stage))
    stage.then(stage.at(13, 9), lambda: _roster(stage))
    stage.then(stage.at(CALLED, 17, 10), lambda: _ask_for_call(stage))
    stage.then(stage.at(CALLED, 17, 24), lambda: _take(stage))
    stage.then(stage.at(CALLED, 18, 20), lambda: _close(stage))
    walk = next(one for one in walks if one.volunteer.name == THANDEKA and one.ended is None)
    stage.then(stage.at(VISITED, 14), lambda: _set_out(stage, walk))
    stage.then(stage.at(VISITED, 14, 50), lambda: _come_back(stage))
    stage.then(stage.at(NEARLY, 13), lambda: _report_near_miss(stage))
    stage.then(stage.at(NEARLY - 1, 10), lambda: _look_into_it(stage))
    stage.then(stage.at(NEARLY - 6, 11), lambda: _close_near_miss(stage))
    stage.then(stage.at(1, 17, 30), lambda: _complain(stage))


def _plan(stage: Stage) -> None:
    draft = PlanDraft(
        numbers=NUMBERS,
        words=WORDS,
        path=PATH,
        card=CARD,
        duty_phone=DUTY_PHONE,
        days=WEEKDAYS,
        opens=dt.time(9),
        closes=dt.time(18),
    )
    service.save_plan(draft, by=stage.accounts[AMINA])


def _roster(stage: Stage) -> None:
    """Put somebody on duty for the week before, this one and the next, in which Ruth is away."""
    monday, by = stage.day(stage.today.weekday() + 7), stage.accounts[AMINA]
    for n, who in enumerate((RUTH, GRACE, GRACE)):
        first = monday + dt.timedelta(days=7 * n)
        last = first + dt.timedelta(days=6)
        service.plan_turn(stage.accounts[who], DutyKind.SUPERVISOR, first, last, by=by)
        service.plan_turn(stage.accounts[AMINA], DutyKind.COORDINATOR, first, last, by=by)


def _ask_for_call(stage: Stage) -> None:
    stage.things["call"] = service.ask_for_call(stage.viewer(MIRIAM)).id


def _call(stage: Stage) -> SafetyCall:
    return get(select(SafetyCall).where(SafetyCall.id == stage.things["call"]))


def _take(stage: Stage) -> None:
    service.take(_call(stage), by=stage.accounts[GRACE])


def _close(stage: Stage) -> None:
    done = "Talked for half an hour. Frightened after a loud quarrel in the waiting room; safe, and home."
    service.close_call(_call(stage), done, by=stage.accounts[GRACE])


def _set_out(stage: Stage, walk: Walk) -> None:
    draft = VisitDraft(
        minutes=60,
        where=VisitPlace.PLACE,
        match_id=stage.matches[walk.name],
        place_id=stage.places["L2"],
    )
    visiting.set_out(draft, stage.viewer(THANDEKA))


def _come_back(stage: Stage) -> None:
    viewer = stage.viewer(THANDEKA)
    visit = own_visit(viewer)
    if visit is not None:
        visiting.come_back(visit, VisitEnd.ALL_WELL, by=viewer.account_id)


def _report_near_miss(stage: Stage) -> None:
    draft = ReportDraft(
        type=IncidentType.CONFIDENTIALITY_NEAR_MISS,
        what=LETTER,
        happened_on=stage.day(NEARLY),
        place_id=stage.places["L2"],
    )
    stage.things["near miss"] = incidents.report(draft, by=stage.accounts[AMINA]).id


def _near_miss(stage: Stage) -> Incident:
    return get(select(Incident).where(Incident.id == stage.things["near miss"]))


def _look_into_it(stage: Stage) -> None:
    one, by = _near_miss(stage), stage.accounts[OLIVIA]
    draft = TriageDraft(type=one.type, severity=one.severity, note="Nobody else had been in the room.")
    incidents.triage(one, draft, by=by)
    incidents.step(one, IncidentStatus.IN_PROGRESS, by=by, note="Asked who prints there, and why.")


def _close_near_miss(stage: Stage) -> None:
    one, by = _near_miss(stage), stage.accounts[OLIVIA]
    incidents.step(one, IncidentStatus.RESOLVED, by=by, note="The printer asks for a code.")
    incidents.close(one, LEARNED, by=by)


def _complain(stage: Stage) -> None:
    draft = ReportDraft(
        type=IncidentType.COMPLAINT, what=COMPLAINT, happened_on=stage.day(1), wants_contact=True
    )
    incidents.report(draft, by=stage.accounts[DANIEL])
