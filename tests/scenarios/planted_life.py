"""Words planted in whatever the volunteer's life leaves behind: one in each sealed text, named by it."""

import base64
import datetime as dt
import uuid
from typing import Any

from peerlink import clock
from peerlink.features.finance.models import Claim, PayDetails, Receipt, StipendAgreement
from peerlink.features.incidents.models import Incident, IncidentStep
from peerlink.features.notices.models import Mail
from peerlink.features.programmes.models import Programme
from peerlink.features.questionnaires.models import Questionnaire, Response
from peerlink.features.recognition.models import TeamEvent, Thanks
from peerlink.features.recruitment.models import AgreementText, ExitTalk, PrivacyPlan, Screening
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.safety.models import LoneVisit, SafetyCall, SafetyPlan
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.training import service as training
from peerlink.features.training.models import Module, TrainingSession, TrainingWish
from peerlink.features.training.rules import CompletionDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.care_words import TeamEventKind
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.framework.money_words import ClaimKind, ClaimStatus, PayWay
from peerlink.framework.questionnaire_words import QuestionnaireStatus, ResponseStatus
from peerlink.framework.recruitment_words import TextKind
from peerlink.framework.safety_words import SafetyCause, VisitPlace
from peerlink.framework.training_words import ModuleStatus, TrainingSessionStatus, WishStatus
from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus, TrainingResult
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.model import SealedModel
from peerlink.store.sealing import NOBODY
from peerlink.store.session import session, transaction
from tests.support import cast

WHOLE = """
agreement_text.text screening.why screening.steps screening.references exit_talk.said privacy_plan.worry
privacy_plan.how programme.welcome supervision.where supervision.note supervision.own_point
agreed_action.what module.name training_session.where training_wish.what questionnaire.title
questionnaire.licence response.answers incident.what incident.whom incident.harm
incident.why_not_informed incident.regulator_why incident.cause incident.fix incident.learning
incident_step.note safety_plan.numbers safety_plan.words safety_plan.path safety_plan.card
safety_plan.duty_phone safety_call.done lone_visit.where_words lone_visit.risk_note claim.note
claim.why_note receipt.photo receipt.small stipend_agreement.why_ended pay_details.name
pay_details.account programme.payment_text thanks.words team_event.title team_event.where task.course
mail.host mail.username mail.address mail.password completion.reason
"""
"""Every sealed text of the volunteer's life, and the reason a module is waived for."""


def _said(where: str) -> str:
    """Return a word that nobody says, of its own for each place."""
    return "Quibberstone" + uuid.uuid5(NOBODY, where).hex[:12].translate(
        str.maketrans("0123456789", "ghijklmnop")
    )


PLANTED = {where: _said(where) for where in WHOLE.split()}


def plant() -> None:
    """Write every planted word into the house, on Amina's side."""
    with transaction(), gate.opened("a test plants words"):
        for row in (*_of_the_house(), *_of_beginning_and_end(), *_of_care(), *_of_safety(), *_of_money()):
            session.add(row)
            session.flush()
        programme = session.query(Programme).one()
        programme.welcome = PLANTED["programme.welcome"]
        programme.payment_text = PLANTED["programme.payment_text"]
        session.get_one(Incident, INCIDENT).fix = PLANTED["incident.fix"]
        draft = CompletionDraft(module="listening", completed_on=_today(), result=TrainingResult.WAIVED)
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        training.waive(amina, draft, PLANTED["completion.reason"], by=cast.CHIPO.viewer.account_id)


INCIDENT, SESSION, CLAIM, FORM = (uuid.UUID(int=n) for n in range(901, 905))


def _today() -> dt.date:
    return clock.today("Europe/London")


def _row(model: type[SealedModel], /, **plain: Any) -> SealedModel:
    """Make a row with a planted word in each text of it that is not said otherwise."""
    table = str(model.__tablename__)
    words = {
        where.partition(".")[2]: said for where, said in PLANTED.items() if where.startswith(table + ".")
    }
    return model(**{"id": uuid.uuid4()} | words | plain)


def _hers(model: type[SealedModel], /, **plain: Any) -> SealedModel:
    return _row(model, **{"subject_id": cast.AMINA_ID, "volunteer_id": cast.AMINA_ID} | plain)


def _of_the_house() -> list[SealedModel]:
    mail = {"port": 587, "security": "starttls", "sender": "Riverbend", "site": "https://here.example"}
    phone = PLANTED["safety_plan.numbers"]
    loaded = {"url": "urn:form", "form_version": "1", "definition": {}, "scoring": {}, "rights_by": "x"}
    status = QuestionnaireStatus.DRAFT
    return [
        _row(Mail, **mail),
        _row(SafetyPlan, numbers=[{"name": phone, "number": "116", "hours": ""}]),
        _row(AgreementText, kind=TextKind.ROLE, number=1, published_on=_today()),
        _row(Questionnaire, id=FORM, status=status, self_harm=False, loaded_on=_today(), **loaded),
        _row(Module, code="calm", edition=1, status=ModuleStatus.DRAFT, mandatory=False),
        _row(TeamEvent, day=_today(), kind=TeamEventKind.GATHERING),
        _row(
            TrainingSession, on=_today(), minutes=60, status=TrainingSessionStatus.PLANNED, modules=["calm"]
        ),
    ]


def _of_beginning_and_end() -> list[SealedModel]:
    reference = {"who": PLANTED["screening.references"], "asked_on": _today().isoformat(), "by": None}
    step = {"on": _today().isoformat(), "note": PLANTED["screening.steps"], "by": None}
    return [
        _hers(Screening, references=[reference], steps={"interview": step}),
        _hers(PrivacyPlan),
        _hers(ExitTalk),
    ]


def _of_care() -> list[SealedModel]:
    held = {"kind": SupervisionKind.ONE_TO_ONE, "status": SupervisionStatus.HELD, "held_on": _today()}
    answered = {"status": ResponseStatus.COMPLETED, "requested_on": _today(), "completed_on": _today()}
    task = {"subject_kind": Subject.VOLUNTEER, "about_id": cast.AMINA_ID, "owner_role": Role.SUPERVISOR}
    course = [{"step": "offered", "note": PLANTED["task.course"]}]
    return [
        _hers(Supervision, id=SESSION, **held),
        _hers(AgreedAction, supervision_id=SESSION, agreed_on=_today()),
        _hers(TrainingWish, status=WishStatus.ASKED, asked_on=_today()),
        _hers(Response, questionnaire_id=FORM, answers={"q": PLANTED["response.answers"]}, **answered),
        _hers(Thanks, said_at=clock.now()),
        _row(
            Task,
            subject_id=cast.AMINA_ID,
            code="A01",
            made_at=clock.now(),
            due_on=_today(),
            course=course,
            **task,
        ),
    ]


def _of_safety() -> list[SealedModel]:
    now, soon = clock.now(), clock.now() + dt.timedelta(hours=1)
    type_, status = IncidentType.SAFEGUARDING_ADULT, IncidentStatus.REPORTED
    return [
        _hers(Incident, id=INCIDENT, type=type_, severity=2, status=status, reported_on=_today(), fix=None),
        _row(IncidentStep, subject_id=cast.AMINA_ID, incident_id=INCIDENT, at=now),
        _hers(SafetyCall, opened_at=now, due_at=soon, cause=SafetyCause.CONTACT_TODAY),
        _hers(LoneVisit, started_at=now, due_back_at=soon, where=VisitPlace.ELSEWHERE),
    ]


def _of_money() -> list[SealedModel]:
    photo, small = (
        base64.b64encode(b"\xff\xd8" + PLANTED[f"receipt.{size}"].encode() + bytes(9)).decode()
        for size in ("photo", "small")
    )
    agreed = {"from_on": _today(), "recorded_on": _today(), "pay_day": 1, "while_paused": False}
    claim = {"kind": ClaimKind.EXPENSE, "status": ClaimStatus.REJECTED, "due_on": _today()}
    picture = {"photo": photo, "small": small, "width": 1, "height": 1}
    return [
        _hers(Claim, id=CLAIM, **claim),
        _row(Receipt, subject_id=cast.AMINA_ID, claim_id=CLAIM, **picture),
        _hers(StipendAgreement, amount=5, **agreed),
        _hers(PayDetails, way=PayWay.BANK),
    ]
