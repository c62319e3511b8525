"""What is done to the trail or to a row past the app is found by verifying; what the app does is not."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.matching.models import Match
from peerlink.features.participants.models import Participant
from peerlink.store import audit, gate, house
from peerlink.store.session import reading, session, transaction
from tests.store.tampering import change, findings, past_the_app, put, remove, rows_of, table
from tests.support import cast


def say(person: uuid.UUID, words: str) -> None:
    with transaction(), gate.opened("a test writes"):
        session.get_one(Participant, person).safe_words = words
        audit.write(session, "words changed", about=[person], actor=cast.CHIPO.viewer.account_id)


@pytest.fixture
def trail(the_cast: house.House) -> None:
    for n in range(3):
        say(cast.EFE_ID, f"call after {n}")
        say(cast.FOLA_ID, f"call before {n}")


def last() -> int:
    return int(rows_of("audit_head")[0]["seq"])


class TestWhatTheAppDoes:
    def test_an_empty_trail_is_whole(self, clean_database: house.House) -> None:
        assert findings() == []

    def test_a_trail_of_deeds_is_whole(self, trail: None) -> None:
        assert findings() == []

    def test_a_row_written_twice_in_one_transaction_is_as_it_was_written_last(self, trail: None) -> None:
        with transaction(), gate.opened("a test writes"):
            efe = session.get_one(Participant, cast.EFE_ID)
            for words in ("one", "two", "three"):
                efe.safe_words = words
                session.flush()
        assert findings() == []

    def test_a_row_deleted_and_made_anew_is_whole(self, trail: None) -> None:
        for _again in range(2):
            with transaction(), gate.opened("a test deletes"):
                session.delete(session.get_one(Match, cast.AMINA_EFE))
            assert findings() == []
            with transaction(), gate.opened("a test makes anew"):
                today = clock.today("UTC")
                session.add(cast._match(cast.AMINA_EFE, cast.AMINA_ID, cast.EFE_ID, today))
            assert findings() == []

    def test_what_was_dropped_left_nothing_behind(self, trail: None) -> None:
        @transaction()
        def fail() -> None:
            say(cast.EFE_ID, "never")
            session.flush()
            raise ZeroDivisionError

        before = last()
        with pytest.raises(ZeroDivisionError):
            fail()
        assert last() == before
        assert findings() == []

    def test_a_day_goes_by_between_two_entries(self, trail: None, monkeypatch: pytest.MonkeyPatch) -> None:
        later = clock.now() + dt.timedelta(days=40)
        monkeypatch.setattr(clock, "now", lambda: later)
        say(cast.EFE_ID, "forty days on")
        assert findings() == []

    def test_a_clock_put_back_does_not_break_the_trail(
        self, trail: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        earlier = clock.now() - dt.timedelta(days=3)
        monkeypatch.setattr(clock, "now", lambda: earlier)
        say(cast.EFE_ID, "three days ago")
        assert findings() == []

    def test_more_digests_than_an_entry_holds_are_parted(
        self, the_cast: house.House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(audit, "DIGESTS_AN_ENTRY", 2)
        with transaction(), gate.opened("a test writes"):
            for one in session.scalars(select(Participant)):
                one.safe_words = "mornings"
        assert findings() == []


class TestTheTrailAltered:
    @pytest.mark.parametrize("n", [1, 2, 4])
    def test_an_entry_edited(self, trail: None, n: int) -> None:
        blob = bytearray(rows_of("audit_entry", seq=n)[0]["blob"])
        blob[-1] ^= 1
        change("audit_entry", {"blob": bytes(blob)}, seq=n)
        assert f"Entry {n} or the one before it was altered." in findings()
        assert f"Entry {n} cannot be opened." in findings()

    def test_the_last_entry_edited(self, trail: None) -> None:
        change("audit_entry", {"mac": bytes(32)}, seq=last())
        assert f"Entry {last()} or the one before it was altered." in findings()

    def test_a_link_of_another_length(self, trail: None) -> None:
        change("audit_entry", {"mac": b"short"}, seq=3)
        assert "Entry 3 or the one before it was altered." in findings()

    @pytest.mark.parametrize("days", [-1000, -1, 1, 1000])
    def test_the_day_of_an_entry_changed(self, trail: None, days: int) -> None:
        day = rows_of("audit_entry", seq=3)[0]["day"]
        change("audit_entry", {"day": day + days}, seq=3)
        assert findings()

    @pytest.mark.parametrize("days", [-1000, -1, 1, 1000])
    def test_the_day_of_the_first_entry_changed(self, trail: None, days: int) -> None:
        day = rows_of("audit_head")[0]["first_day"]
        change("audit_head", {"first_day": day + days}, one=1)
        assert findings()

    def test_an_entry_deleted(self, trail: None) -> None:
        remove("audit_entry", seq=3)
        assert "Entry 3 is missing." in findings()

    def test_the_first_entry_deleted(self, trail: None) -> None:
        remove("audit_entry", seq=1)
        assert "Entry 1 is missing." in findings()

    def test_an_entry_deleted_and_the_others_renumbered(self, trail: None) -> None:
        end = last()
        remove("audit_entry", seq=3)
        for n in range(4, end + 1):
            change("audit_entry", {"seq": n - 1}, seq=n)
        change("audit_head", {"seq": end - 1}, one=1)
        assert "Entry 3 or the one before it was altered." in findings()

    @pytest.mark.parametrize("columns", [("blob",), ("blob", "mac"), ("blob", "mac", "day")])
    def test_two_entries_swapped(self, trail: None, columns: tuple[str, ...]) -> None:
        two, three = rows_of("audit_entry", seq=2)[0], rows_of("audit_entry", seq=3)[0]
        change("audit_entry", {one: three[one] for one in columns}, seq=2)
        change("audit_entry", {one: two[one] for one in columns}, seq=3)
        assert "Entry 2 or the one before it was altered." in findings()

    @pytest.mark.parametrize("seq", [-1, 0])
    def test_an_entry_put_before_the_first(self, trail: None, seq: int) -> None:
        put("audit_entry", rows_of("audit_entry", seq=1)[0] | {"seq": seq})
        assert f"Entry {seq} stands where none was written." in findings()

    def test_an_entry_put_behind_the_last(self, trail: None) -> None:
        put("audit_entry", rows_of("audit_entry", seq=2)[0] | {"seq": last() + 1})
        assert f"Entry {last() + 1} stands where none was written." in findings()

    def test_an_old_entry_played_again_at_the_end(self, trail: None) -> None:
        old = rows_of("audit_entry", seq=last())[0]
        put("audit_entry", old | {"seq": last() + 1})
        change("audit_head", {"seq": last() + 1}, one=1)
        assert f"Entry {last()} or the one before it was altered." in findings()

    def test_the_end_cut_off(self, trail: None) -> None:
        remove("audit_entry", seq=last())
        assert f"The trail ends at entry {last() - 1}, and should end at entry {last()}." in findings()

    def test_the_end_cut_off_and_the_head_put_back_where_rows_were_written(self, trail: None) -> None:
        end = last()
        remove("audit_entry", seq=end)
        remove("audit_about", seq=end)
        before = rows_of("audit_entry", seq=end - 1)[0]
        change("audit_head", {"seq": end - 1, "mac": before["mac"]}, one=1)
        assert findings() == [f"participant {cast.FOLA_ID} is not as the trail says it was last written."]

    def test_everything_deleted_but_the_entries(self, trail: None) -> None:
        remove("audit_head", one=1)
        assert findings() == ["The end of the trail is missing."]

    def test_whom_an_entry_is_about_taken_out(self, trail: None) -> None:
        seq = last()
        remove("audit_about", seq=seq)
        assert findings() == [f"Whom entry {seq} is about was altered."]

    def test_whom_an_entry_is_about_changed(self, trail: None) -> None:
        seq = last()
        change("audit_about", {"about": bytes(8)}, seq=seq)
        assert findings() == [f"Whom entry {seq} is about was altered."]

    @pytest.mark.parametrize("seq", [0, 1, 10_000])
    def test_somebody_put_where_an_entry_is_about_nobody(self, trail: None, seq: int) -> None:
        put("audit_about", {"seq": seq, "about": bytes(8)})
        assert len(findings()) == 1


class TestARowAltered:
    def test_a_whole_row_put_back_to_what_it_was(self, trail: None) -> None:
        [old] = rows_of("participant", id=cast.EFE_ID)
        say(cast.EFE_ID, "no longer at home")
        change("participant", old, id=cast.EFE_ID)
        assert findings() == [f"participant {cast.EFE_ID} is not as the trail says it was last written."]

    def test_a_whole_row_deleted(self, trail: None) -> None:
        remove("match", id=cast.AMINA_EFE)
        assert findings() == [f"match {cast.AMINA_EFE} is in the trail, and gone from the database."]

    def test_a_deleted_row_put_in_again(self, trail: None) -> None:
        [old] = rows_of("match", id=cast.AMINA_EFE)
        with transaction(), gate.opened("a test deletes"):
            session.delete(session.get_one(Match, cast.AMINA_EFE))
        assert findings() == []
        put("match", old)
        assert findings() == [f"match {cast.AMINA_EFE} stands in the database, and not in the trail."]

    def test_a_row_copied_under_another_id(self, trail: None) -> None:
        [old] = rows_of("match", id=cast.AMINA_EFE)
        other = uuid.uuid4()
        put("match", old | {"id": other, "ref_index": None})
        assert findings() == [f"match {other} stands in the database, and not in the trail."]

    def test_two_records_of_one_row_swapped(self, trail: None) -> None:
        [ada] = rows_of("account", id=cast.ADA.viewer.account_id)
        change("account", {"sealed": ada["sealed_secret"], "sealed_secret": ada["sealed"]}, id=ada["id"])
        assert findings() == [f"account {ada['id']} is not as the trail says it was last written."]

    def test_the_version_of_a_row_changed(self, trail: None) -> None:
        change("participant", {"version": 1}, id=cast.EFE_ID)
        assert findings() == [f"participant {cast.EFE_ID} is not as the trail says it was last written."]

    def test_only_the_altered_row_is_named(self, trail: None) -> None:
        with past_the_app() as connection:
            participant = table("participant")
            changed = participant.update().where(participant.c.id == cast.FOLA_ID)
            connection.execute(changed.values(sealed=b"plain text"))
        assert findings() == [f"participant {cast.FOLA_ID} is not as the trail says it was last written."]


class TestReading:
    def test_the_newest_come_first_and_say_who_what_and_about_whom(self, trail: None) -> None:
        with reading():
            newest = audit.deeds(session, newest=2)
        assert [one.about for one in newest] == [(cast.FOLA_ID,), (cast.EFE_ID,)]
        assert {one.actor for one in newest} == {cast.CHIPO.viewer.account_id}
        assert newest[0].seq == last()

    def test_they_are_found_by_person(self, trail: None) -> None:
        with reading():
            about_efe = audit.deeds(session, about=cast.EFE_ID)
        assert len(about_efe) == 3
        assert all(one.about == (cast.EFE_ID,) for one in about_efe)

    def test_they_are_found_by_kind_day_and_what_came_before(self, trail: None) -> None:
        today = clock.now().date()
        with reading():
            assert audit.deeds(session, deed="never done") == []
            changed = audit.deeds(session, deed="words changed")
            assert len(changed) == 6
            assert audit.deeds(session, deed="words changed", before=changed[3].seq) == changed[4:]
            assert audit.deeds(session, on=today - dt.timedelta(days=1)) == []
            assert len(audit.deeds(session, on=today, deed="words changed")) == 6
