"""One record of each kind on Amina's side and on Ben's, so that every address has somewhere to lead."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.contacts.models import Contact, ContactDetail, FollowUp
from peerlink.features.programmes.models import Site
from peerlink.features.risks.models import Flag, FlagState, FlagStep, StepKind
from peerlink.features.risks.rulebook import Subject
from peerlink.features.supervision.models import Supervision
from peerlink.features.training.models import Completion
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import (
    Channel,
    CheckinStatus,
    ContactStatus,
    SiteKind,
    SupervisionKind,
    SupervisionStatus,
    TrainingResult,
)
from peerlink.roles import Role, Viewer
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.architecture import (
    care_of_each,
    forms_of_each,
    incidents_of_each,
    money_of_each,
    recruitment_of_each,
    safety_of_each,
    supervision_of_each,
    training_of_each,
)
from tests.support import cast

ELSEWHERE = uuid.UUID(int=303)
FARAI = cast.Person("Farai", Viewer(uuid.UUID(int=10), frozenset({Role.COORDINATOR}), site_id=ELSEWHERE))
"""Coordinates another site than everybody's."""

HERS, HIS = 0, 1
CONTACTS = (uuid.UUID(int=501), uuid.UUID(int=502))
SIDES: dict[str, tuple[object, object]] = (
    {
        "participant_id": (cast.EFE_ID, cast.FOLA_ID),
        "volunteer_id": (cast.AMINA_ID, cast.BEN_ID),
        "match_id": (cast.AMINA_EFE, cast.BEN_FOLA),
        "contact_id": CONTACTS,
        "follow_up_id": (uuid.UUID(int=511), uuid.UUID(int=512)),
        "supervision_id": (uuid.UUID(int=521), uuid.UUID(int=522)),
        "completion_id": (uuid.UUID(int=531), uuid.UUID(int=532)),
        "flag_id": (uuid.UUID(int=541), uuid.UUID(int=542)),
        "deed_id": (uuid.UUID(int=551), uuid.UUID(int=552)),
        "account_id": (cast.AMINA.viewer.account_id, cast.BEN.viewer.account_id),
        "secret": ("nobodys", "nobodys"),
    }
    | care_of_each.SIDES
    | forms_of_each.SIDES
    | incidents_of_each.SIDES
    | supervision_of_each.SIDES
    | training_of_each.SIDES
    | money_of_each.SIDES
    | safety_of_each.SIDES
)
"""What stands in an address for Amina's side and for Ben's."""
WORDS = {
    "site_id": cast.SITE_ID,
    "place_id": cast.PLACE_ID,
    "kind": "support",
    "side": "volunteer",
    "to": "paused",
    "key": "R01.watch",
} | {**training_of_each.WORDS, **forms_of_each.WORDS, **money_of_each.WORDS, **recruitment_of_each.WORDS}
"""What stands in an address for both."""


def tell() -> None:
    """Tell of one of each, on both sides."""
    today = clock.today("Europe/London")
    yesterday = today - dt.timedelta(days=1)
    with transaction(), gate.opened("a test tells of one of each"):
        recruitment_of_each.tell()
        session.add(Site(id=ELSEWHERE, kind=SiteKind.CLINIC, ref="S9", name="Far Hill"))
        session.flush()
        session.add(
            Account(
                id=FARAI.viewer.account_id,
                email=FARAI.email,
                name=FARAI.name,
                role_bits=ROLE_BITS[Role.COORDINATOR],
                state=AccountState.ACTIVE,
                site_id=ELSEWHERE,
            )
        )
    people = ((cast.AMINA, cast.DANA), (cast.BEN, cast.SOL))
    for side, (volunteer, supervisor) in enumerate(people):
        match_id = SIDES["match_id"][side]
        with transaction(), gate.opened("a test tells of one of each"):
            session.add(
                Contact(
                    id=CONTACTS[side],
                    match_id=match_id,
                    volunteer_id=volunteer.viewer.person_id,
                    participant_id=SIDES["participant_id"][side],
                    day=yesterday,
                    status=ContactStatus.HELD,
                    channel=Channel.PHONE,
                    minutes=30,
                )
            )
            session.flush()
            session.add_all(
                [
                    ContactDetail(
                        id=CONTACTS[side],
                        subject_id=SIDES["participant_id"][side],
                        started_at=clock.now() - dt.timedelta(days=1),
                        logged_at=clock.now(),
                        logged_by=volunteer.viewer.account_id.hex,
                        note="walked by the river",
                    ),
                    FollowUp(
                        id=SIDES["follow_up_id"][side],
                        subject_id=SIDES["participant_id"][side],
                        contact_id=CONTACTS[side],
                        match_id=match_id,
                        what="ring again",
                    ),
                    Supervision(
                        id=SIDES["supervision_id"][side],
                        subject_id=volunteer.viewer.person_id,
                        volunteer_id=volunteer.viewer.person_id,
                        supervisor_id=supervisor.viewer.account_id,
                        kind=SupervisionKind.ONE_TO_ONE,
                        status=SupervisionStatus.SCHEDULED,
                        held_on=today,
                    ),
                    Completion(
                        id=SIDES["completion_id"][side],
                        volunteer_id=volunteer.viewer.person_id,
                        module="basics",
                        completed_on=yesterday,
                        result=TrainingResult.PASSED,
                        mandatory=True,
                    ),
                    Checkin(
                        subject_id=volunteer.viewer.person_id,
                        volunteer_id=volunteer.viewer.person_id,
                        due_on=yesterday,
                        answered_on=yesterday,
                        status=CheckinStatus.ANSWERED,
                        answers={f"v{n}": 1 for n in range(1, 15)},
                    ),
                    _flag(SIDES["flag_id"][side], volunteer, today),
                ]
            )
            session.flush()
            care_of_each.tell(side, volunteer, supervisor, today)
            forms_of_each.tell(side, volunteer, today)
            incidents_of_each.tell(side)
            training_of_each.tell(side, volunteer, supervisor, today)
            money_of_each.tell(side, volunteer, today)
            safety_of_each.tell(side, volunteer, today)
            recruitment_of_each.tell_of(side, volunteer)
            session.add(
                FlagStep(
                    subject_id=volunteer.viewer.person_id,
                    flag_id=SIDES["flag_id"][side],
                    kind=StepKind.ACTION,
                    at=clock.now(),
                    by=supervisor.viewer.account_id,
                    action="A03",
                    deed_id=SIDES["deed_id"][side],
                )
            )

    supervision_of_each.tell()


def _flag(flag_id: object, volunteer: cast.Person, today: dt.date) -> Flag:
    return Flag(
        id=flag_id,
        subject_id=volunteer.viewer.person_id,
        rule="R20",
        subject_kind=Subject.VOLUNTEER,
        about_id=volunteer.viewer.person_id,
        level=Level.ALERT,
        told_level=Level.NOT_APPLICABLE,
        state=FlagState.OPEN,
        opened_on=today,
        since_on=today,
        told_since_on=today,
        raised_at=clock.now(),
        because="",
        evidence=[],
        said="Strain is high.",
        said_evidence=[],
    )
