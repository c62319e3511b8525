"""What is sealed comes back as it was, opens nowhere else, and says so when somebody altered it."""

import datetime as dt
import operator
import uuid
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from peerlink.errors import Conflict
from peerlink.features.accounts.models import Account
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.framework.vocabularies import ReferralSource
from peerlink.store import gate, house
from peerlink.store.bulk import insert_rows
from peerlink.store.sealing import MAIN, Damaged, intact, seal_blob, sealed_row
from peerlink.store.session import reading, session, transaction
from tests.store.tampering import change, findings, put, rows_of, table
from tests.support import cast

TODAY = dt.date(2026, 3, 1)


def says(person: uuid.UUID, field: str) -> object:
    with reading(), gate.opened("a test looks"):
        return getattr(session.get_one(Participant, person), field)


def say(person: uuid.UUID, **values: object) -> None:
    with transaction(), gate.opened("a test writes"):
        row = session.get_one(Participant, person)
        for name, value in values.items():
            setattr(row, name, value)


def version(person: uuid.UUID) -> int:
    return int(rows_of("participant", id=person)[0]["version"])


class TestComingBack:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("given_name", ""),
            ("safe_words", "ask for “Blue” – مرحبا – 🌻"),
            ("birth_year", 1970),
            ("consent_until", TODAY),
            ("referral_source", next(iter(ReferralSource))),
            ("goals", ["one", "two"]),
            ("languages", {"en": "first"}),
            ("family_name", None),
        ],
    )
    def test_each_kind_of_value_comes_back(self, the_cast: house.House, field: str, value: object) -> None:
        say(cast.EFE_ID, **{field: value})
        assert says(cast.EFE_ID, field) == value
        assert type(says(cast.EFE_ID, field)) is type(value)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
    @given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=2000))
    def test_any_text_comes_back(self, the_cast: house.House, text: str) -> None:
        say(cast.EFE_ID, safe_words=text)
        assert says(cast.EFE_ID, "safe_words") == text

    def test_a_row_written_in_bulk_opens_like_any_other(self, the_cast: house.House) -> None:
        new = uuid.uuid4()
        plain = {"status": "waiting", "status_since": TODAY, "referred_on": TODAY}
        with transaction(), gate.opened("a test writes"):
            insert_rows(
                Participant,
                [(new, new, plain | {"given_name": "Kit", "phone": "+44 7700 900999", "ref": "P999"})],
            )
            found = select(Participant).where(
                Participant.phone.found("07700 900999 ".replace("0", "+44 ", 1))
            )
            assert session.scalars(found).one().given_name == "Kit"
        assert says(new, "given_name") == "Kit"
        assert findings() == []

    def test_a_row_made_by_hand_opens_only_under_its_own_id(self, the_cast: house.House) -> None:
        with transaction(), gate.opened("a test writes"):
            columns = sealed_row(Participant, uuid.uuid4(), cast.EFE_ID, {"given_name": "Kit"})
        change("participant", {"sealed": columns["sealed"]}, id=cast.EFE_ID)
        with pytest.raises(Damaged):
            says(cast.EFE_ID, "given_name")


class TestVersions:
    def test_every_change_is_a_new_version_sealed_anew(self, the_cast: house.House) -> None:
        before = rows_of("participant", id=cast.EFE_ID)[0]
        say(cast.EFE_ID, safe_words="new")
        after = rows_of("participant", id=cast.EFE_ID)[0]
        assert after["version"] == before["version"] + 1
        assert after["sealed"] != before["sealed"]

    def test_setting_what_it_says_already_changes_nothing(self, the_cast: house.House) -> None:
        say(cast.EFE_ID, safe_words="new")
        before = version(cast.EFE_ID)
        say(cast.EFE_ID, safe_words="new", given_name="Efe")
        assert version(cast.EFE_ID) == before

    def test_the_second_of_two_who_save_the_same_row_is_refused(self, the_cast: house.House) -> None:
        with reading(), gate.opened("somebody opens a form"):
            stale = session.get_one(Participant, cast.EFE_ID)
            assert stale.given_name == "Efe"
            session.expunge(stale)
        say(cast.EFE_ID, safe_words="the first")

        @transaction()
        def save() -> None:
            with gate.opened("the second saves"):
                session.add(stale)
                stale.safe_words = "the second"

        with pytest.raises(Conflict):
            save()
        assert says(cast.EFE_ID, "safe_words") == "the first"
        assert findings() == []

    def test_a_row_loaded_anew_says_what_it_says_now(self, the_cast: house.House) -> None:
        with transaction(), gate.opened("a test looks"):
            efe = session.get_one(Participant, cast.EFE_ID)
            assert efe.safe_words is None
            newer = efe.version + 1
            blob = seal_blob("participant", MAIN, efe.id, efe.id, newer, {"safe_words": "new"})
            participant = table("participant")
            changed = participant.update().where(participant.c.id == efe.id)
            session.execute(changed.values(sealed=blob, version=newer))
            session.scalars(select(Participant).execution_options(populate_existing=True)).all()
            assert efe.safe_words == "new"
            session.rollback()

    def test_a_text_read_before_is_not_shown_after_somebody_changed_it(self, the_cast: house.House) -> None:
        with transaction(), gate.opened("a test looks"):
            efe = session.get_one(Participant, cast.EFE_ID)
            assert efe.safe_words is None
            efe.safe_words = "new"
            session.flush()
            session.refresh(efe)
            assert efe.safe_words == "new"
            efe.safe_words = "newer"
            session.expire(efe)
            assert efe.safe_words == "new"


class TestAltered:
    @pytest.mark.parametrize(
        "altered",
        [
            lambda blob: b"",
            lambda blob: b"plain text",
            lambda blob: blob[:-1],
            lambda blob: blob + b"\0",
            lambda blob: blob[:40] + bytes([blob[40] ^ 1]) + blob[41:],
            lambda blob: b"\x02" + blob[1:],
            lambda blob: blob[:2] + b"\0\0\0\0" + blob[6:],
        ],
    )
    def test_an_altered_record_says_so_and_the_others_go_on(
        self, the_cast: house.House, altered: Callable[[bytes], bytes]
    ) -> None:
        [efe] = rows_of("participant", id=cast.EFE_ID)
        change("participant", {"sealed": altered(efe["sealed"])}, id=cast.EFE_ID)
        with pytest.raises(Damaged, match="changed outside of PeerLink"):
            says(cast.EFE_ID, "given_name")
        assert says(cast.FOLA_ID, "given_name") == "Fola"
        with reading(), gate.opened("a test looks"):
            fine, damaged = intact(session.scalars(select(Participant)))
        assert (len(fine), damaged) == (2, 1)

    def test_a_record_does_not_open_in_another_persons_row(self, the_cast: house.House) -> None:
        [fola] = rows_of("participant", id=cast.FOLA_ID)
        change("participant", {"sealed": fola["sealed"]}, id=cast.EFE_ID)
        with pytest.raises(Damaged):
            says(cast.EFE_ID, "given_name")

    def test_a_record_does_not_open_as_an_older_version(self, the_cast: house.House) -> None:
        [old] = rows_of("participant", id=cast.EFE_ID)
        say(cast.EFE_ID, safe_words="no longer at home")
        change("participant", {"sealed": old["sealed"]}, id=cast.EFE_ID)
        with pytest.raises(Damaged):
            says(cast.EFE_ID, "safe_words")

    def test_a_row_given_to_another_person_does_not_open(self, the_cast: house.House) -> None:
        change("match", {"subject_id": cast.FOLA_ID}, id=cast.AMINA_EFE)
        with reading(), gate.opened("a test looks"), pytest.raises(Damaged):
            _ = session.get_one(Match, cast.AMINA_EFE).ref

    def test_what_cannot_be_opened_cannot_be_written_over(self, the_cast: house.House) -> None:
        change("participant", {"sealed": b"nonsense"}, id=cast.EFE_ID)
        with pytest.raises(Damaged):
            say(cast.EFE_ID, safe_words="new")
        assert rows_of("participant", id=cast.EFE_ID)[0]["sealed"] == b"nonsense"

    def test_a_copied_row_does_not_open(self, the_cast: house.House) -> None:
        [efe] = rows_of("participant", id=cast.EFE_ID)
        copy = uuid.uuid4()
        put("participant", efe | {"id": copy, "ref_index": None})
        with pytest.raises(Damaged):
            says(copy, "given_name")


class TestRecords:
    def test_who_may_read_a_name_may_not_read_a_password(self, the_cast: house.House) -> None:
        ada = cast.ADA.viewer
        granted = gate.Access(ada.account_id, ada.opens(), {ada.account_id})
        with reading(), gate.access(granted):
            account = session.get_one(Account, ada.account_id)
            assert account.name == "Ada"
            with pytest.raises(gate.Closed):
                _ = account.password

    @pytest.mark.parametrize(
        "ask", [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]
    )
    def test_a_sealed_field_cannot_be_compared_in_the_database(
        self, ask: Callable[[object, object], object]
    ) -> None:
        with pytest.raises(TypeError, match="sealed"):
            ask(Participant.given_name, "Efe")

    @pytest.mark.parametrize("ask", ["like", "ilike", "contains", "in_", "desc", "asc", "is_", "is_not"])
    def test_nor_sorted_nor_searched(self, ask: str) -> None:
        with pytest.raises(TypeError, match="sealed"):
            getattr(Participant.given_name, ask)("Efe")
