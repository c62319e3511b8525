"""Who is who, in every test.

Amina and Ben are volunteers; Efe is matched to Amina, Fola to Ben, Gift waits. Chipo coordinates, Dana
supervises Amina, Sol supervises Ben, Priya manages money, Pru keeps privacy, Ada administers, Sade
keeps people safe. Zoe is a volunteer whom no story concerns: she must never see anything.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from peerlink import clock
from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.matching.models import Answer, Match
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Place, Programme, Site
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import (
    MatchStatus,
    ParticipantStatus,
    PlaceStatus,
    SiteKind,
    VolunteerStatus,
)
from peerlink.roles import Role, Viewer
from peerlink.store import gate
from peerlink.store.session import session, transaction

PASSWORD = "seven quiet herons wading"


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    name: str
    viewer: Viewer

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.org"


def _person(n: int, name: str, role: Role, person: int | None = None) -> Person:
    who = Viewer(uuid.UUID(int=n), frozenset({role}), uuid.UUID(int=person) if person else None, None)
    return Person(name, who)


AMINA_ID, BEN_ID, ZOE_ID = uuid.UUID(int=101), uuid.UUID(int=102), uuid.UUID(int=103)
EFE_ID, FOLA_ID, GIFT_ID = uuid.UUID(int=201), uuid.UUID(int=202), uuid.UUID(int=203)
SITE_ID, PLACE_ID = uuid.UUID(int=301), uuid.UUID(int=302)
AMINA_EFE, BEN_FOLA = uuid.UUID(int=401), uuid.UUID(int=402)

AMINA = _person(1, "Amina", Role.VOLUNTEER, 101)
BEN = _person(2, "Ben", Role.VOLUNTEER, 102)
ZOE = _person(3, "Zoe", Role.VOLUNTEER, 103)
CHIPO = _person(4, "Chipo", Role.COORDINATOR)
DANA = _person(5, "Dana", Role.SUPERVISOR)
SOL = _person(6, "Sol", Role.SUPERVISOR)
PRIYA = _person(7, "Priya", Role.MANAGER)
PRU = _person(8, "Pru", Role.PRIVACY_LEAD)
ADA = _person(9, "Ada", Role.ADMIN)
SADE = _person(11, "Sade", Role.SAFEGUARDING_LEAD)
EVERYBODY = (AMINA, BEN, ZOE, CHIPO, DANA, SOL, PRIYA, PRU, ADA, SADE)


def join_all() -> None:
    """Put the whole cast into an empty house."""
    today = clock.today("Europe/London")
    with transaction(), gate.opened("the cast is made up"):
        for one in EVERYBODY:
            session.add(
                Account(
                    id=one.viewer.account_id,
                    email=one.email,
                    name=one.name,
                    role_bits=sum(ROLE_BITS[role] for role in one.viewer.roles),
                    state=AccountState.ACTIVE,
                    person_id=one.viewer.person_id,
                )
            )
        session.add(Programme(timezone="Europe/London", language="en", name="Riverbend"))
        session.add(Site(id=SITE_ID, kind=SiteKind.CLINIC, ref="S1", name="Riverside", area="A1"))
        session.flush()
        session.add(
            Place(
                id=PLACE_ID,
                site_id=SITE_ID,
                status=PlaceStatus.APPROVED,
                reviewed_on=today,
                ref="L1",
                name="Room 3",
            )
        )
        for volunteer_id, supervisor, name in (
            (AMINA_ID, DANA, "Amina"),
            (BEN_ID, SOL, "Ben"),
            (ZOE_ID, None, "Zoe"),
        ):
            session.add(_volunteer(volunteer_id, supervisor, name, today))
        session.flush()
        for participant_id, name, status in (
            (EFE_ID, "Efe", ParticipantStatus.ACTIVE),
            (FOLA_ID, "Fola", ParticipantStatus.ACTIVE),
            (GIFT_ID, "Gift", ParticipantStatus.WAITING),
        ):
            session.add(_participant(participant_id, name, status, today))
        session.flush()
        for match_id, volunteer_id, participant_id in (
            (AMINA_EFE, AMINA_ID, EFE_ID),
            (BEN_FOLA, BEN_ID, FOLA_ID),
        ):
            session.add(_match(match_id, volunteer_id, participant_id, today))


def _volunteer(volunteer_id: uuid.UUID, supervisor: Person | None, name: str, today: dt.date) -> Volunteer:
    return Volunteer(
        id=volunteer_id,
        status=VolunteerStatus.ACTIVE,
        status_since=today - dt.timedelta(days=400),
        joined_on=today - dt.timedelta(days=400),
        site_id=SITE_ID,
        supervisor_id=supervisor.viewer.account_id if supervisor else None,
        capacity=3,
        agreed_hours=14,
        ref=f"V{volunteer_id.int}",
        given_name=name,
        family_name=f"{name}sson",
        email=f"{name.lower()}@example.org",
        phone=f"+44 7700 900{volunteer_id.int}",
        birth_year=1990,
        languages={"en": "first"},
        channels=["phone", "in_person"],
        availability=["mon 09:00-12:00", "thu 17:00-20:00"],
        places=[PLACE_ID.hex],
        skills=["support.emotional"],
        agreement_on=today - dt.timedelta(days=400),
    )


def _participant(
    participant_id: uuid.UUID, name: str, status: ParticipantStatus, today: dt.date
) -> Participant:
    return Participant(
        id=participant_id,
        status=status,
        status_since=today - dt.timedelta(days=60),
        referred_on=today - dt.timedelta(days=70),
        site_id=SITE_ID,
        planned_interval_days=14,
        ref=f"P{participant_id.int}",
        given_name=name,
        family_name=f"{name}dottir",
        alias=f"{name}bird",
        phone=f"+44 7700 900{participant_id.int}",
        birth_year=1992,
        languages={"en": "first"},
        consents={kind: (today - dt.timedelta(days=65)).isoformat() for kind in ("support", "matching")},
        consent_until=today + dt.timedelta(days=300),
        needs=["support.emotional.listening"],
        channels=["phone", "in_person"],
        availability=["mon 09:00-12:00"],
        places=[PLACE_ID.hex],
        safe_channels=["phone"],
    )


def _match(match_id: uuid.UUID, volunteer_id: uuid.UUID, participant_id: uuid.UUID, today: dt.date) -> Match:
    return Match(
        id=match_id,
        subject_id=participant_id,
        volunteer_id=volunteer_id,
        participant_id=participant_id,
        status=MatchStatus.ACTIVE,
        proposed_on=today - dt.timedelta(days=50),
        accepted_on=today - dt.timedelta(days=48),
        started_on=today - dt.timedelta(days=45),
        volunteer_said=Answer.YES,
        participant_said=Answer.YES,
        planned_interval_days=14,
        ref=f"M{match_id.int}",
    )
