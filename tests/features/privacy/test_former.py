"""What is kept of somebody who served ends on its day; what is counted stays, and names nobody."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.accounts.entry import sign_in
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.finance.models import Claim, StipendAgreement
from peerlink.features.indicators.gather import programme_facts, volunteer_facts
from peerlink.features.privacy import forgetting
from peerlink.features.privacy.forgetting import forget_people
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.money_words import ClaimKind, ClaimStatus
from peerlink.framework.vocabularies import CheckinStatus, ContactStatus, VolunteerStatus
from peerlink.store import audit, gate, house, names
from peerlink.store.model import Model, SealedModel
from peerlink.store.session import reading, session, transaction
from peerlink.vault.keyring import KeyTrouble, NoKey
from tests.factories.former import let_leave
from tests.scenarios.leaks import spellings
from tests.scenarios.planted_life import CLAIM, PLANTED, plant
from tests.store.tampering import change, findings, rows_of
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
DAY = dt.timedelta(days=1)
TODAY = clock.today("Europe/London")
CHECKIN = uuid.UUID(int=905)
AMINAS = cast.AMINA.viewer.account_id
NOT_HERS = (
    "agreement_text", "programme", "module", "training_session", "questionnaire", "safety_plan", "team_event",
    "mail", "incident", "incident_step",
)  # fmt: skip
"""Tables of the house itself, and incidents: they have a time of their own."""


def everything_said() -> Iterator[tuple[type[SealedModel], uuid.UUID, str]]:
    """Open every sealed row there is."""
    for mapper in Model.registry.mappers:
        if issubclass(kind := mapper.class_, SealedModel):
            for row in session.scalars(select(kind)):
                said = json.dumps([row.open_record(record) for record in row.records])
                yield kind, row.subject_id, said


def readable() -> set[str]:
    """Name the places whose planted word can still be read."""
    with reading(), gate.opened("a test reads everything"):
        whole = "".join(said for _kind, _subject, said in everything_said()).encode()
    return {where for where, word in PLANTED.items() if any(one in whole for one in spellings(word))}


def amina() -> Volunteer:
    return session.get_one(Volunteer, cast.AMINA_ID)


def rows_about(person: uuid.UUID) -> int:
    with reading(), gate.opened("a test counts"):
        return sum(subject == person for _kind, subject, _said in everything_said())


def test_on_the_day_nothing_planted_about_them_is_left_and_not_the_day_before() -> None:
    plant()
    until = let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test plants what leaving wrote over"):
        session.scalars(select(StipendAgreement)).one().why_ended = PLANTED["stipend_agreement.why_ended"]
    assert readable() == set(PLANTED)
    assert forget_people(until - DAY) == 0
    assert readable() == set(PLANTED)
    assert forget_people(until) == 1
    assert {where.partition(".")[0] for where in readable()} == set(NOT_HERS)
    assert rows_about(cast.AMINA_ID) == rows_about(AMINAS) == 0
    for subject in (cast.AMINA_ID, AMINAS):
        with pytest.raises(NoKey):
            house.keyring().person_key(subject.bytes)
    with reading():
        assert names.find("volunteer", "Amina") == []
        assert amina().keep_until is None
    assert forget_people(until + DAY) == 0
    assert findings() == []


def test_an_old_copy_of_a_row_opens_no_more() -> None:
    until = let_leave(cast.AMINA_ID)
    (old,) = rows_of("volunteer", id=cast.AMINA_ID)
    kid = int.from_bytes(old["sealed"][2:6], "big")
    assert house.keyring().key(kid)
    forget_people(until)
    with pytest.raises(NoKey):
        house.keyring().key(kid)


def test_what_others_said_and_did_stays_as_it_was() -> None:
    logged = uuid.uuid4()
    with transaction(), gate.opened("a test logs a contact"):
        day = TODAY - 3 * DAY
        ids = {"match_id": cast.AMINA_EFE, "volunteer_id": cast.AMINA_ID, "participant_id": cast.EFE_ID}
        session.add(Contact(id=logged, day=day, status=ContactStatus.HELD, minutes=30, **ids))
        session.flush()
        session.add(
            ContactDetail(id=logged, subject_id=cast.EFE_ID, logged_by=AMINAS.hex, note="by the river")
        )
    until = let_leave(cast.AMINA_ID)
    hers = {cast.AMINA_ID, AMINAS, uuid.UUID(int=0)}

    def of_others() -> list[tuple[str, uuid.UUID, str]]:
        with reading(), gate.opened("a test reads everything"):
            return sorted(
                (kind.__tablename__, subject, said)
                for kind, subject, said in everything_said()
                if subject not in hers
            )

    before = of_others()
    assert forget_people(until) == 1
    assert of_others() == before
    assert any("by the river" in said for _table, _subject, said in before)


def test_a_match_of_the_people_they_supported_names_a_former_volunteer(chipos_desk: Visitor) -> None:
    until = let_leave(cast.AMINA_ID)
    forget_people(until)
    for page in (f"/matching/match/{cast.AMINA_EFE}", "/matching/matches?status=ended"):
        shown = chipos_desk.visit(page)
        assert shown.status_code == 200
        assert "Former volunteer" in shown.text
        assert "Amina" not in shown.text
    assert chipos_desk.visit(f"/volunteers/{cast.AMINA_ID}").status_code == 404
    assert "Former" not in chipos_desk.visit("/volunteers?status=all").text


def test_what_was_paid_still_adds_up() -> None:
    plant()
    with transaction(), gate.opened("a test pays"):
        claim = session.get_one(Claim, CLAIM)
        claim.amount, claim.currency, claim.why = 12_500, "ZAR", "other"
    let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test pays"):
        session.get_one(Claim, CLAIM).status = ClaimStatus.PAID
    forget_people(TODAY + 5000 * DAY)
    with reading(), gate.opened("a test looks"):
        claim = session.get_one(Claim, CLAIM)
        assert (claim.amount, claim.currency, claim.status) == (12_500, "ZAR", ClaimStatus.PAID)
        assert (claim.note, claim.why, claim.why_note) == (None, None, None)


def test_a_claim_that_was_never_sent_is_not_kept() -> None:
    until = let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test begins two"):
        for writer in (None, cast.CHIPO.viewer.account_id):
            said = {"kind": ClaimKind.EXPENSE, "status": ClaimStatus.DRAFT, "entered_by": writer}
            row = Claim(subject_id=cast.AMINA_ID, volunteer_id=cast.AMINA_ID, amount=9_000, **said)
            session.add(row)
    assert forget_people(until) == 1
    assert [one for one in rows_of("claim") if one["status"] == "draft"] == []


@pytest.mark.parametrize("ago", [0, 40, 400])
def test_days_gone_by_are_still_counted_and_nobody_forgotten_is_judged(ago: int) -> None:
    plant()
    until = let_leave(cast.AMINA_ID)
    day = TODAY - ago * DAY

    def counted() -> tuple[object, ...]:
        with reading(), gate.opened("a test counts"):
            found = programme_facts(day)
            return found.n_in_service, found.n_left_365, found.n_left_90, found.n_serving, found.n_active

    before = counted()
    forget_people(until)
    assert counted() == before
    with reading(), gate.opened("a test judges"):
        assert cast.AMINA_ID not in volunteer_facts(day, recount=True)


def test_nobody_comes_back_through_their_account(adas_desk: Visitor) -> None:
    forget_people(let_leave(cast.AMINA_ID))
    with reading(), gate.opened("a test looks"):
        account = session.get_one(Account, AMINAS)
        assert account.state is AccountState.CLOSED
        said = [getattr(account, name) for name in account.fields]
        assert said == [None] * len(said)
    with pytest.raises(Refused), transaction(), gate.opened("a test signs in"):
        sign_in(cast.AMINA.email, cast.PASSWORD, network="here")
    assert adas_desk.visit(f"/accounts/{AMINAS}").status_code == 404
    assert "Amina" not in adas_desk.visit("/accounts").text


def test_somebody_else_may_use_their_address_and_number_again() -> None:
    with reading(), gate.opened("a test looks"):
        ref = amina().ref
    forget_people(let_leave(cast.AMINA_ID))
    with transaction(), gate.opened("a test adds somebody"):
        zoe = session.get_one(Volunteer, cast.ZOE_ID)
        zoe.ref = ref
        session.get_one(Account, cast.ZOE.viewer.account_id).email = cast.AMINA.email


def test_the_trail_says_that_it_was_done_and_nothing_else() -> None:
    plant()
    forget_people(let_leave(cast.AMINA_ID))
    with reading(), gate.opened("a test reads the trail"):
        (deed,) = audit.deeds(session, deed="volunteer forgotten", newest=5)
        assert (deed.actor, deed.about) == (None, (cast.AMINA_ID,))
        assert deed.detail == {"volunteer_id": cast.AMINA_ID.hex}


def test_whoever_cannot_be_deleted_keeps_nobody_else(
    monkeypatch: pytest.MonkeyPatch, chipos_desk: Visitor, adas_desk: Visitor
) -> None:
    until = let_leave(cast.AMINA_ID)
    let_leave(cast.ZOE_ID)
    part = forgetting._part_from_others

    def fail(person: uuid.UUID) -> None:
        if person == cast.AMINA_ID:
            raise OSError("disk")
        part(person)

    monkeypatch.setattr(forgetting, "_part_from_others", fail)
    with pytest.raises(OSError, match="disk"):
        forget_people(until)
    with transaction(), gate.opened("a test looks"):
        assert session.get_one(Volunteer, cast.ZOE_ID).is_forgotten
        assert not amina().is_forgotten
        amina().keep_until = TODAY - DAY
    assert "not deleted, although their day is over: 1" in chipos_desk.visit("/").text
    assert "not deleted, although their day is over: 1" in adas_desk.visit("/").text
    assert "tell your administrator" in chipos_desk.visit("/volunteers/kept").text


@pytest.mark.parametrize("table", ["volunteer", "account", "claim", "match", "checkin"])
def test_what_was_tampered_with_goes_all_the_same(table: str) -> None:
    plant()
    until = let_leave(cast.AMINA_ID)
    kept = {"account": AMINAS, "claim": CLAIM, "match": cast.AMINA_EFE}
    if table == "checkin":
        with transaction(), gate.opened("a test asks her"):
            when = {"due_on": TODAY, "status": CheckinStatus.DUE}
            session.add(Checkin(id=CHECKIN, subject_id=cast.AMINA_ID, volunteer_id=cast.AMINA_ID, **when))
        kept[table] = CHECKIN
    (row,) = rows_of(table, id=kept.get(table, cast.AMINA_ID))
    change(table, {"sealed": row["sealed"][:-1] + bytes([row["sealed"][-1] ^ 1])}, id=row["id"])
    assert forget_people(until) == 1
    assert rows_of("volunteer", subject_id=cast.AMINA_ID) == rows_of(table, subject_id=cast.AMINA_ID) == []


def test_a_key_that_was_not_destroyed_is_destroyed_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    until = let_leave(cast.AMINA_ID)
    with monkeypatch.context() as broken:

        def fail(subject: bytes) -> None:
            raise KeyTrouble("not now")

        broken.setattr(house.keyring(), "destroy", fail)
        with pytest.raises(KeyTrouble):
            forget_people(until)
    assert house.keyring().person_key(cast.AMINA_ID.bytes)
    assert forget_people(until) == 0
    for subject in (cast.AMINA_ID, AMINAS):
        with pytest.raises(NoKey):
            house.keyring().person_key(subject.bytes)


def test_whoever_comes_back_in_time_is_not_forgotten() -> None:
    until = let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test lets her come back"):
        volunteers.step(amina(), VolunteerStatus.APPLICANT, by=None)
        assert amina().keep_until is None
    assert forget_people(until + 100 * DAY) == 0


def test_whoever_came_back_and_went_again_is_kept_as_long_as_whoever_served() -> None:
    until = let_leave(cast.AMINA_ID)
    with transaction(), gate.opened("a test lets her come back and go"):
        volunteers.step(amina(), VolunteerStatus.APPLICANT, by=None)
        volunteers.step(amina(), VolunteerStatus.WITHDRAWN, by=None)
        assert amina().keep_until == until
    assert forget_people(until) == 1
    with reading():
        assert amina().is_forgotten
