"""How Riverbend was set up, and how its volunteers applied, learned, began and left."""

import datetime as dt
import uuid
from collections.abc import Callable

from peerlink.demo.cast import (
    AISHA,
    AMINA,
    IN_TRAINING,
    JOSEPH,
    LINDIWE,
    MOSES,
    PEERS,
    SAM,
    SAMUEL,
    STAFF,
    ZANELE,
    Peer,
)
from peerlink.demo.places import PLACES, SITES
from peerlink.demo.stage import FIRST_DAY, ZONE, Stage
from peerlink.demo.story_arrivals import (
    name_a_buddy,
    offer_from_outside,
    say_goodbye,
    sign_everything,
    talk_through,
    word_everything,
)
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.accounts.rules import AccountDraft
from peerlink.features.accounts.service import add_account
from peerlink.features.programmes import service as programmes
from peerlink.features.programmes.queries import get_place
from peerlink.features.programmes.rules import PlaceDraft, ProgrammeDraft, SiteDraft
from peerlink.features.supervision import service as supervision
from peerlink.features.training.rules import MODULES, CompletionDraft
from peerlink.features.training.service import record_completion
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.rules import OfferDraft, VolunteerDraft
from peerlink.framework.vocabularies import (
    LeaveReason,
    PauseReason,
    PlaceStatus,
    VolunteerStatus,
)
from peerlink.roles import Role

TIMES = ("mon 09:00-13:00", "tue 16:00-20:00", "wed 13:00-17:00", "thu 17:00-21:00", "sat 10:00-14:00")
"""Every volunteer has all of these but one, so that nobody who has two of them is left without."""
CHANNELS = ("phone", "in_person", "text", "video")
LAST_DAYS = {(MOSES, "record_keeping"): 12, (ZANELE, "boundaries"): 3}
"""Modules that have run out: so many days ago was the last on which they counted."""
OPEN_FOR_JOSEPH = frozenset({"starting_and_ending", "record_keeping"})
"""What Joseph has not taken: the one is waived, the other still open."""
AREAS = tuple(site.area for site in SITES)
REVIEWED = 120
"""Days ago on which the first of the places was looked at again."""
RENEWED = 90
"""Days ago on which the yearly modules were refreshed."""


def found_programme(stage: Stage) -> None:
    """Set up programme, staff, sites and places on the first morning."""
    stage.then(stage.at(FIRST_DAY, 8), lambda: _found(stage))


def _found(stage: Stage) -> None:
    for one in STAFF:
        draft = AccountDraft(_address(one.name), one.name, frozenset({one.role}), ref=one.persona)
        stage.accounts[one.name] = _let_in(add_account(draft))
    by = stage.accounts[SAM]
    programmes.save_programme(ProgrammeDraft(name="Riverbend Peer Programme", timezone=ZONE), by=by)
    for here in SITES:
        site = SiteDraft(name=here.name, kind=here.kind, area=here.area, ref=here.ref)
        stage.sites[here.ref] = programmes.save_site(site, by=by).id
    for spot in PLACES:
        site_id = stage.sites[spot.site] if spot.site else None
        place = programmes.save_place(PlaceDraft(name=spot.name, site_id=site_id, ref=spot.ref), by=by)
        programmes.step_place(place, PlaceStatus.CHECKED, by=by)
        programmes.step_place(place, PlaceStatus.APPROVED, by=by)
        stage.places[spot.ref] = place.id
    word_everything(stage)


def look_at_places(stage: Stage) -> None:
    """Let somebody look at every place but the last again; that one is due."""
    for n, spot in enumerate(PLACES[:-1]):
        stage.then(stage.at(REVIEWED + 9 * n, 15), _look_at(stage, spot.ref))


def _look_at(stage: Stage, ref: str) -> Callable[[], None]:
    return lambda: programmes.review_place(get_place(stage.places[ref]), by=stage.accounts[AMINA])


def _let_in(account: Account) -> uuid.UUID:
    """Open an account without a password: on the sign-in page of a demonstration one chooses a person."""
    account.state = AccountState.ACTIVE
    return account.id


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@riverbend.example"


def bring_volunteers(stage: Stage) -> None:
    """Let every volunteer apply, train, begin, and some of them pause or leave."""
    for n, peer in enumerate(PEERS, start=1):
        _bring_volunteer(stage, n, peer)
    n, peer = len(PEERS) + 1, IN_TRAINING
    stage.then(stage.at(23, 11), lambda: _apply(stage, n, peer))
    for days_ago, to in ((15, VolunteerStatus.SCREENING), (9, VolunteerStatus.TRAINING)):
        stage.then(stage.at(days_ago, 11), _step_volunteer(stage, AISHA, to))
    stage.then(stage.at(2, 19), offer_from_outside)
    stage.then(stage.at(10, 12), lambda: talk_through(stage, peer))
    stage.then(stage.at(4, 16), lambda: _learn(stage, peer, "knowledge", stage.day(4)))


def _bring_volunteer(stage: Stage, n: int, peer: Peer) -> None:
    joined, name = peer.joined, peer.name
    stage.then(stage.at(joined + 26, 10), lambda: _apply(stage, n, peer))
    stage.then(stage.at(joined + 21, 10), _step_volunteer(stage, name, VolunteerStatus.SCREENING))
    stage.then(stage.at(joined + 15, 10), _step_volunteer(stage, name, VolunteerStatus.TRAINING))
    stage.then(stage.at(joined + 16, 10), lambda: talk_through(stage, peer))
    modules = (module for module in MODULES if name != JOSEPH or module not in OPEN_FOR_JOSEPH)
    for k, module in enumerate(modules):
        _let_learn(stage, peer, module, joined + 13 - 2 * (k % 7))
    stage.then(stage.at(joined, 9), lambda: _begin(stage, peer))
    if joined > RENEWED + 200 and peer.ends < RENEWED and name != SAMUEL:
        for module in ("confidentiality", "safeguarding"):
            _let_learn(stage, peer, module, RENEWED)
    if name == LINDIWE:
        stage.then(stage.at(38, 18), lambda: _lower_capacity(stage, peer, 5))
    if peer.paused:
        stage.then(stage.at(peer.paused, 12), lambda: _pause(stage, peer))
    if peer.left:
        stage.then(stage.at(peer.left, 12), lambda: _leave(stage, peer))


def _apply(stage: Stage, n: int, peer: Peer) -> None:
    volunteer = volunteers.add_volunteer(_offer(stage, n, peer), by=stage.accounts[AMINA])
    stage.volunteers[peer.name] = volunteer.id


def _offer(stage: Stage, n: int, peer: Peer) -> VolunteerDraft:
    given, _space, family = peer.name.partition(" ")
    return VolunteerDraft(
        ref=f"V{n:02}",
        given_name=given,
        family_name=family,
        email=_address(peer.name),
        phone=f"+44 7700 9008{n:02}",
        birth_year=stage.today.year - peer.born_ago,
        gender=peer.gender,
        languages={"en": "first", peer.second_language: "second"},
        site_id=stage.sites[peer.site],
        channels=CHANNELS,
        area=AREAS[n % len(AREAS)],
        availability=tuple(time for k, time in enumerate(TIMES) if k != n % len(TIMES)),
        places=tuple(stage.places[PLACES[(n + k) % len(PLACES)].ref].hex for k in range(3)),
        supervisor_id=stage.accounts[peer.supervisor],
        capacity=peer.capacity,
        agreed_hours=peer.hours,
        diagnosed_year=stage.today.year - max(3, peer.born_ago - 21),
        life_stages=("parent",) if n % 3 == 0 else ("long_term_survivor",) if n % 4 == 0 else (),
        skills=_skills(n),
    )


def _skills(n: int) -> tuple[str, ...]:
    skills = (
        "support.emotional.listening",
        "support.informational.lived_experience",
        "support.instrumental.medical.scheduling",
        "support.affiliational.connect_network",
        "support.appraisal.treatment_decision",
        "support.instrumental.daily.housing",
    )
    return tuple(skills[(n + k) % len(skills)] for k in range(3))


def _step_volunteer(stage: Stage, name: str, to: VolunteerStatus) -> Callable[[], None]:
    return lambda: volunteers.step(stage.volunteer(name), to, by=stage.accounts[AMINA])


def _let_learn(stage: Stage, peer: Peer, module: str, days_ago: int) -> None:
    stage.then(stage.at(days_ago, 17), lambda: _learn(stage, peer, module, stage.day(days_ago)))


def _learn(stage: Stage, peer: Peer, module: str, on: dt.date) -> None:
    ran_out = LAST_DAYS.get((peer.name, module))
    draft = CompletionDraft(
        module=module,
        completed_on=on,
        valid_until=stage.day(ran_out) if ran_out is not None else None,
        minutes=180,
        mandatory=True,
    )
    record_completion(stage.volunteer(peer.name), draft, by=stage.accounts[AMINA])


def _begin(stage: Stage, peer: Peer) -> None:
    volunteer, by = stage.volunteer(peer.name), stage.accounts[AMINA]
    sign_everything(stage, peer)
    name_a_buddy(stage, peer)
    supervision.plan_next(volunteer, by=stage.accounts[peer.supervisor])
    volunteers.step(volunteer, VolunteerStatus.ACTIVE, by=by)
    roles = frozenset({Role.VOLUNTEER})
    draft = AccountDraft(_address(peer.name), peer.name, roles, person_id=volunteer.id, ref=peer.persona)
    stage.accounts[peer.name] = _let_in(add_account(draft))


def _lower_capacity(stage: Stage, peer: Peer, capacity: int) -> None:
    volunteer = stage.volunteer(peer.name)
    offer = OfferDraft(
        capacity=capacity,
        agreed_hours=volunteer.agreed_hours,
        channels=tuple(volunteer.channels or ()),
        availability=tuple(volunteer.availability or ()),
        places=tuple(volunteer.places or ()),
    )
    volunteers.change_offer(volunteer, offer, by=stage.accounts[peer.name])


def _pause(stage: Stage, peer: Peer) -> None:
    volunteers.step(
        stage.volunteer(peer.name),
        VolunteerStatus.PAUSED,
        by=stage.accounts[AMINA],
        reason=PauseReason.FAMILY,
        review_on=stage.today + dt.timedelta(days=16),
    )


def _leave(stage: Stage, peer: Peer) -> None:
    reasons = (LeaveReason.MOVED, LeaveReason.WORK_STUDY, LeaveReason.FAMILY, LeaveReason.LACK_OF_SUPPORT)
    reason = reasons[PEERS.index(peer) % len(reasons)]
    say_goodbye(stage.volunteer(peer.name), reason, by=stage.accounts[AMINA])
