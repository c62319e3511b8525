"""Each run of a job happens once, however many threads and processes come up with the idea."""

import datetime as dt
import threading

import pytest
from sqlalchemy import select

from peerlink import clock, jobs
from peerlink.jobs import Job
from peerlink.store import house
from peerlink.store.claims import GIVEN_UP_AFTER, DoneAlready, JobRun, claim, finish, give_back, last_runs
from peerlink.store.session import reading, session

NIGHT = "2026-03-01"


def at_once(n: int, what: object) -> list[object]:
    """Call something in many threads at the same moment; return what each got."""
    gate, got = threading.Barrier(n), []

    def call() -> None:
        gate.wait()
        got.append(what())  # type: ignore[operator]

    threads = [threading.Thread(target=call) for _n in range(n)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return got


def test_eight_at_once_claim_a_run_once(clean_database: house.House) -> None:
    for n in range(5):
        got = at_once(8, lambda slot=f"{NIGHT}.{n}": claim("nightly", slot))
        assert sorted(got) == [False] * 7 + [True]  # type: ignore[type-var]


def test_eight_at_once_do_a_job_once(clean_database: house.House) -> None:
    done: list[dt.date] = []
    job = Job("nightly", "day", done.append)
    got = at_once(8, lambda: jobs.run_once(job, NIGHT))
    assert sorted(got) == [False] * 7 + [True]  # type: ignore[type-var]
    assert len(done) == 1
    with reading():
        assert last_runs()["nightly"].slot == NIGHT


def test_another_slot_and_another_job_are_other_runs(clean_database: house.House) -> None:
    assert claim("nightly", NIGHT)
    assert claim("nightly", "2026-03-02")
    assert claim("hourly", NIGHT)
    assert not claim("nightly", NIGHT)


def test_a_run_that_failed_can_be_claimed_again(clean_database: house.House) -> None:
    def fail(_today: dt.date) -> None:
        raise ZeroDivisionError

    assert not jobs.run_once(Job("nightly", "day", fail), NIGHT)
    assert jobs.run_once(Job("nightly", "day", lambda _today: None), NIGHT)


def test_what_is_done_every_minute_is_forgotten_after_an_hour(clean_database: house.House) -> None:
    begun = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
    job = Job("watch", "minute", lambda _today: None)
    for minutes in (0, 1, 59, 60, 61):
        with clock.turned_to(begun + dt.timedelta(minutes=minutes)):
            slot = jobs._slot(job)
            assert slot is not None
            assert jobs.run_once(job, slot)
            assert not jobs.run_once(job, slot)
    with reading():
        kept = session.scalars(select(JobRun.slot).where(JobRun.job == "watch")).all()
    assert sorted(one[-5:] for one in kept) == ["12:01", "12:59", "13:00", "13:01"]


def test_a_run_that_is_done_is_neither_claimed_nor_given_back(clean_database: house.House) -> None:
    assert claim("nightly", NIGHT)
    finish("nightly", NIGHT)
    give_back("nightly", NIGHT)
    assert not claim("nightly", NIGHT)


@pytest.mark.parametrize(
    ("away", "again"),
    [(GIVEN_UP_AFTER, False), (GIVEN_UP_AFTER + dt.timedelta(seconds=1), True)],
)
def test_the_run_of_a_process_that_vanished_is_taken_up_after_a_while(
    clean_database: house.House, monkeypatch: pytest.MonkeyPatch, away: dt.timedelta, again: bool
) -> None:
    begun = clock.now()
    monkeypatch.setattr(clock, "now", lambda: begun)
    assert claim("nightly", NIGHT)
    monkeypatch.setattr(clock, "now", lambda: begun + away)
    assert claim("nightly", NIGHT) is again
    assert not claim("nightly", NIGHT)


def test_whoever_comes_back_after_another_has_done_it_keeps_nothing(clean_database: house.House) -> None:
    assert claim("nightly", NIGHT)
    finish("nightly", NIGHT)
    with pytest.raises(DoneAlready):
        finish("nightly", NIGHT)
