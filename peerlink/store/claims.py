"""Lets each run of a job happen once, however many processes come up with the idea."""

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from peerlink import clock
from peerlink.store.model import Model, Plain
from peerlink.store.session import session, transaction

GIVEN_UP_AFTER = dt.timedelta(hours=2)
"""After this long an unfinished run belongs to a process that is gone."""


class DoneAlready(Exception):
    """A run was claimed from us while we were away, and is done; what we did of it is dropped."""


class JobRun(Model):
    """One run of a job, claimed by whoever wrote it down first."""

    __tablename__ = "job_run"
    job: Mapped[Plain] = mapped_column(primary_key=True)
    slot: Mapped[Plain] = mapped_column(primary_key=True)
    claimed_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]


def claim(job: str, slot: str) -> bool:
    """Claim one run of a job; False where somebody else has it, or had it and did not vanish over it."""
    now = clock.now()
    try:
        with transaction():
            run = session.get(JobRun, (job, slot), with_for_update=True)
            if run is None:
                session.add(JobRun(job=job, slot=slot, claimed_at=now, finished_at=None))
            elif run.finished_at is None and now - run.claimed_at > GIVEN_UP_AFTER:
                run.claimed_at = now
            else:
                return False
    except IntegrityError:
        return False
    return True


def give_back(job: str, slot: str) -> None:
    """Let a run that failed be claimed again."""
    with transaction():
        run = session.get(JobRun, (job, slot))
        if run is not None and run.finished_at is None:
            session.delete(run)


def finish(job: str, slot: str) -> None:
    """Write down that a run is done, in the transaction that did it; raises where another has done it."""
    with transaction():
        run = session.get_one(JobRun, (job, slot), with_for_update=True)
        if run.finished_at is not None:
            raise DoneAlready
        run.finished_at = clock.now()


def forget_before(job: str, slot: str) -> None:
    """Forget finished runs of a job before a slot; what is done every minute would fill the table."""
    old = delete(JobRun).where(JobRun.job == job, JobRun.slot < slot, JobRun.finished_at.is_not(None))
    session.execute(old)


def last_runs() -> dict[str, JobRun]:
    """Return the latest finished run of each job."""
    runs = session.scalars(select(JobRun).where(JobRun.finished_at.is_not(None)).order_by(JobRun.finished_at))
    return {run.job: run for run in runs}
