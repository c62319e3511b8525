"""Every page that makes something new when it is sent: who sends what, and from where."""

import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete

from peerlink import clock
from peerlink.features.recruitment.models import Signing
from peerlink.features.supervision.models import Supervision
from peerlink.features.training.models import Attendance
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import SupervisionStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.architecture.one_of_each import SIDES, WORDS
from tests.features.finance.happenings import in_pounds
from tests.features.recruitment.deeds import opens_page
from tests.instruments.forms import a_form, a_scoring
from tests.support import cast
from tests.support.cast import Person

PLACES = {name: pair[0] for name, pair in SIDES.items()} | WORDS
"""What stands in an address."""


def day(ahead: int) -> str:
    """Return a day from today on, as a form sends it."""
    return (clock.today("Europe/London") + dt.timedelta(days=ahead)).isoformat()


@dataclass(frozen=True)
class Making:
    """Something new: who makes it, what they say, on which page it stands."""

    who: Person | None
    said: dict[str, Any] = field(default_factory=dict)
    at: str | None = None
    """None where it is sent to its own address."""
    before: Callable[[], object] = lambda: None
    files: Callable[[], dict[str, Any]] = dict
    bare: bool = False
    """Whether only what is said is sent, for a page with many forms."""


def buddies() -> None:
    with transaction(), gate.opened("a test names a buddy"):
        session.get_one(Volunteer, cast.AMINA_ID).buddy_id = cast.BEN_ID


def nothing_signed() -> None:
    with transaction():
        session.execute(delete(Signing))


def nobody_enrolled() -> None:
    with transaction():
        session.execute(delete(Attendance))


def no_talk_to_come() -> None:
    with transaction(), gate.opened("a test calls a talk off"):
        planned = session.get_one(Supervision, PLACES["supervision_id"])
        planned.status = SupervisionStatus.CANCELLED


def two_files() -> dict[str, Any]:
    brought = {"questionnaire": a_form(version="9"), "scoring": a_scoring(version="9")}
    return {name: (io.BytesIO(json.dumps(one).encode()), f"{name}.json") for name, one in brought.items()}


AMINA = f"/volunteers/{cast.AMINA_ID}"
TRAINING, MONEY, LEAVING = f"{AMINA}/training", f"{AMINA}/payments", f"{AMINA}/leaving"
A, C, D, P = cast.AMINA, cast.CHIPO, cast.DANA, cast.PRIYA
MATCH = cast.AMINA_EFE.hex[:8]
PERSON = {"given_name": "Nomsa", "phone": "+44 7700 900999"}
SPENT = {"what": "travel", "amount": "3.40", "spent_on": day(0)}
MAKINGS: dict[str, Making] = {
    "/accounts/new": Making(
        cast.ADA, {"roles": ["coordinator"], "name": "Nadia", "email": "nadia@example.org"}
    ),
    "/participants/new": Making(C, PERSON),
    "/volunteers/new": Making(C, PERSON),
    "/volunteers/<uuid:volunteer_id>/supervision": Making(D, {"kind": "one_to_one", "on": day(9)}),
    "/volunteers/<uuid:volunteer_id>/supervision/held": Making(
        D, {"kind": "one_to_one", "held_on": day(-1), "agreed_1": "Ring the clinic"}
    ),
    "/volunteers/<uuid:volunteer_id>/supervision/next": Making(
        D, {}, "/supervision", no_talk_to_come, bare=True
    ),
    "/supervision/group": Making(D, {"who": [cast.AMINA_ID.hex], "on": day(8)}),
    "/supervision/group/<uuid:group_id>": Making(D, {"who": [cast.AMINA_ID.hex]}),
    "/supervision/away": Making(
        D, {"from_on": day(50), "until_on": day(60), "cover": cast.SOL.viewer.account_id.hex}
    ),
    "/supervisors/<uuid:supervisor_id>/away": Making(
        C, {"from_on": day(50), "until_on": day(60), "cover": cast.SOL.viewer.account_id.hex}
    ),
    "/me/sessions/<uuid:supervision_id>/point": Making(A, {"text": "My exam"}, "/me/sessions", bare=True),
    "/me/buddy/met": Making(
        A, {"buddy": cast.BEN_ID.hex, "on": day(-1)}, "/me/sessions", before=buddies, bare=True
    ),
    "/supervision/<uuid:supervision_id>/hold": Making(D, {"agreed_1": "Ring the clinic"}),
    "/volunteers/<uuid:volunteer_id>/training": Making(
        C, {"module": "listening", "completed_on": day(-1), "result": "passed"}
    ),
    "/volunteers/<uuid:volunteer_id>/training/enrol": Making(
        C, {"session": str(PLACES["session_id"])}, TRAINING, before=nobody_enrolled, bare=True
    ),
    "/volunteers/<uuid:volunteer_id>/training/mark": Making(
        D, {"module": "listening", "mark": "alone"}, TRAINING, bare=True
    ),
    "/training/modules/new": Making(C, {"name": "Cooking", "months": "12"}),
    "/training/modules/<uuid:module_id>": Making(C, {"name": "Cooking well", "then": "publish"}),
    "/training/modules/<uuid:module_id>/publish": Making(C, {}, "/training/modules", bare=True),
    "/training/sessions/new": Making(C, {"modules": ["listening"], "on": day(5), "hours": "2"}),
    "/training/sessions/<uuid:session_id>/invite": Making(
        C, {"volunteer": [cast.ZOE_ID.hex]}, "/training/sessions/<uuid:session_id>", bare=True
    ),
    "/training/sessions/<uuid:session_id>/attendance": Making(
        C, {"present": [cast.AMINA_ID.hex]}, "/training/sessions/<uuid:session_id>", bare=True
    ),
    "/me/training/sessions/<uuid:session_id>/enrol": Making(cast.ZOE, {}, "/me/training", bare=True),
    "/me/training/wishes": Making(A, {"what": "ageing"}, "/me/training", bare=True),
    "/log": Making(A, {"who": cast.AMINA_EFE.hex, "how": "phone", "minutes": "30"}),
    "/matches/<uuid:match_id>/contacts/new": Making(C, {"how": "phone", "minutes": "30"}),
    "/plan/<uuid:match_id>": Making(A, {"how": "phone", "when": f"{day(3)}T10:00"}),
    "/contacts/<uuid:contact_id>/add": Making(
        A, {"text": "It was a long walk."}, "/contacts/<uuid:contact_id>"
    ),
    "/contacts/<uuid:contact_id>/call": Making(
        A, {"when": "today"}, "/contacts/<uuid:contact_id>", bare=True
    ),
    "/contacts/<uuid:contact_id>/incident": Making(A, {}, "/contacts/<uuid:contact_id>", bare=True),
    "/programme/places/new": Making(C, {"name": "Room 9"}),
    "/programme/sites/new": Making(C, {"name": "Low Hill", "kind": "clinic"}),
    "/matching/plan": Making(
        C, {"participant": cast.GIFT_ID.hex, "volunteer": cast.BEN_ID.hex}, "/matching", bare=True
    ),
    "/matching/match/<uuid:match_id>/handover": Making(
        C,
        {f"{MATCH}-how": "hand_over", f"{MATCH}-on": day(9), f"{MATCH}-to": "", "plan": "y"},
        LEAVING,
        bare=True,
    ),
    "/team-care/<uuid:volunteer_id>/act": Making(D, {"code": "A06"}, "/team-care", bare=True),
    "/team-care/<uuid:volunteer_id>/talked": Making(D, {}, "/team-care", bare=True),
    "/flags/<uuid:flag_id>/act": Making(D, {"code": "A06"}, "/flags/<uuid:flag_id>", bare=True),
    "/me/flags/<uuid:flag_id>": Making(A, {"text": "We moved house."}, "/me/flags", bare=True),
    "/volunteers/<uuid:volunteer_id>/thanks": Making(D, {"ready": "1"}),
    "/team-days/new": Making(
        D, {"kind": "gathering", "title": "Lunch", "day": day(9), "invited": [cast.AMINA_ID.hex]}
    ),
    "/incidents/new": Making(A, {"type": "accident", "what": "A fall on the stairs."}),
    "/incidents/<uuid:incident_id>/note": Making(
        C, {"note": "I rang them."}, "/incidents/<uuid:incident_id>", bare=True
    ),
    "/questionnaires/new": Making(C, {"shipped": "", "rights": "y"}, files=two_files),
    "/me/forms/begin/<uuid:questionnaire_id>": Making(A, {}, "/me/forms", bare=True),
    "/volunteers/<uuid:volunteer_id>/forms/<uuid:questionnaire_id>": Making(
        D, {}, f"{AMINA}/forms", bare=True
    ),
    "/check-in": Making(A, {f"v{n}": "2" for n in range(1, 15)}),
    "/me/claims/new": Making(A, SPENT, before=in_pounds),
    "/volunteers/<uuid:volunteer_id>/payments/expense": Making(C, SPENT, before=in_pounds),
    "/volunteers/<uuid:volunteer_id>/payments/stipend": Making(
        C,
        {"stipend-amount": "60", "stipend-from_on": day(1), "stipend-pay_day": "1"},
        MONEY,
        in_pounds,
        bare=True,
    ),
    "/money/lists": Making(P, {}, "/money", in_pounds),
    "/money/balance": Making(P, {"unrestricted": "100"}, before=in_pounds),
    "/help/call": Making(cast.ZOE, {}, "/help", bare=True),
    "/visits/go": Making(cast.ZOE),
    "/programme/duty": Making(
        C,
        {
            "who": cast.CHIPO.viewer.account_id.hex,
            "kind": "coordinator",
            "from_on": day(0),
            "until_on": day(9),
        },
    ),
    "/apply": Making(None, {"called": "Mai", "reach": "mai@example.org", "agreed": "y"}, before=opens_page),
    "/programme/agreements/<which>": Making(
        C, {"role-text": "As equals, and in time."}, "/programme/agreements", bare=True
    ),
    "/me/agreements/<uuid:text_id>": Making(cast.ZOE, {}, "/me/agreements", bare=True),
    "/me/privacy/plan": Making(
        cast.ZOE, {"plan-worry": "The bus stop.", "plan-how": "Another stop."}, "/me/privacy", bare=True
    ),
    "/volunteers/<uuid:volunteer_id>/privacy": Making(
        D, {"worry": "The bus stop.", "how": "Another stop.", "review_on": day(30)}, bare=True
    ),
    "/volunteers/<uuid:volunteer_id>/references": Making(
        C, {"reference-who": "A teacher", "reference-on": day(0)}, f"{AMINA}/getting-started", bare=True
    ),
    "/volunteers/<uuid:volunteer_id>/signed/<uuid:text_id>": Making(
        C, {"role-on": day(0)}, f"{AMINA}/getting-started", before=nothing_signed, bare=True
    ),
    "/volunteers/<uuid:volunteer_id>/leaving/talk": Making(
        C, {"talk-held_on": day(0), "talk-said": "Proud of it."}, LEAVING, bare=True
    ),
}
