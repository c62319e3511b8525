"""What stands on record about how each side came, signed, is protected and might leave."""

import uuid

from peerlink import clock
from peerlink.features.programmes.models import Programme
from peerlink.features.recruitment.models import (
    AgreementText,
    ExitTalk,
    Handover,
    PrivacyPlan,
    Screening,
    Signing,
)
from peerlink.framework.recruitment_words import HandoverKind, SignedHow, TextKind
from peerlink.store.session import session
from tests.support import cast

TEXT_ID = uuid.UUID(int=701)
WORDS = {"which": "role", "what": "interview", "where": "badge", "nth": 0, "text_id": TEXT_ID}
MATCHES = (cast.AMINA_EFE, cast.BEN_FOLA)


def tell() -> None:
    """Open the page for offers and publish what is signed."""
    today = clock.today("Europe/London")
    session.query(Programme).one().applications_open = True
    for n, kind in enumerate(TextKind):
        text_id = uuid.UUID(int=TEXT_ID.int + n)
        session.add(AgreementText(id=text_id, kind=kind, number=1, published_on=today, text="As equals."))
    session.flush()


def tell_of(side: int, volunteer: cast.Person) -> None:
    """Tell of one of each on one side."""
    of, today = volunteer.viewer.person_id, clock.today("Europe/London")
    asked = {"who": "a neighbour", "asked_on": today.isoformat(), "by": None}
    session.add_all(
        [
            Screening(subject_id=of, volunteer_id=of, why="to give back", references=[asked]),
            Signing(subject_id=of, volunteer_id=of, text_id=TEXT_ID, signed_on=today, how=SignedHow.ON_PAPER),
            PrivacyPlan(subject_id=of, volunteer_id=of, worry="the bus stop", measures=["place"]),
            ExitTalk(subject_id=of, volunteer_id=of, wanted=True),
            Handover(match_id=MATCHES[side], how=HandoverKind.HAND_OVER, on=today),
        ]
    )
