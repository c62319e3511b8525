"""Two people nothing stands between, to be changed one trait at a time."""

import datetime as dt
import uuid
from typing import Any

from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile, week_of
from peerlink.framework.vocabularies import LanguageLevel, ParticipantStatus, VolunteerStatus

DAY = dt.date(2026, 5, 4)


def a_volunteer(**changes: Any) -> VolunteerProfile:
    traits = {
        "id": uuid.uuid4(),
        "status": VolunteerStatus.ACTIVE,
        "capacity": 3,
        "taken": 1,
        "active": 1,
        "mandatory": {"confidentiality": DAY + dt.timedelta(days=300), "listening": dt.date.max},
        "agreement_on": dt.date(2025, 1, 1),
        "languages": {"en": LanguageLevel.WORKING},
        "channels": ("in_person", "phone"),
        "places": frozenset({"room"}),
        "week": week_of(["mon 18:00-20:00"]),
        "names": frozenset({"V1", "S1", "A1"}),
    }
    return VolunteerProfile(**{**traits, **changes})


def a_participant(**changes: Any) -> ParticipantProfile:
    traits = {
        "id": uuid.uuid4(),
        "status": ParticipantStatus.WAITING,
        "waiting_since": dt.date(2026, 4, 20),
        "consent_support_on": dt.date(2026, 4, 1),
        "consent_matching_on": dt.date(2026, 4, 1),
        "languages": {"en": LanguageLevel.FIRST},
        "channels": ("phone",),
        "week": week_of(["mon 19:00-21:00"]),
        "names": frozenset({"P1", "S2", "A2"}),
    }
    return ParticipantProfile(**{**traits, **changes})
