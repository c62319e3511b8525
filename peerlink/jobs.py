"""The nightly round: what is done by itself, and when; the only file that knows the scheduler."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.schedulers.blocking import BlockingScheduler

from peerlink import clock
from peerlink.features.finance.service import write_stipends
from peerlink.features.incidents.clocks import watch_clocks
from peerlink.features.matching.service import expire_proposals
from peerlink.features.notices.rounds import send_due
from peerlink.features.privacy.forgetting import forget_people
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.questionnaires.service import ask_by_rhythm
from peerlink.features.risks.passing import pass_on
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.safety.watching import watch_calls, watch_visits
from peerlink.features.training.reminding import remind
from peerlink.features.wellbeing import reminding as checkins
from peerlink.features.wellbeing.service import ask_and_expire
from peerlink.store import gate, house
from peerlink.store.claims import claim, finish, forget_before, give_back
from peerlink.store.session import reading, transaction

log = logging.getLogger("peerlink.jobs")

NIGHTLY_HOUR = 2
MINUTE = "%Y-%m-%dT%H:%M"
MINUTES_KEPT = dt.timedelta(hours=1)
"""How long the runs of each minute are remembered."""


@dataclass(frozen=True)
class Job:
    """Something done by itself, once a day, an hour or a minute."""

    name: str
    every: str
    """`day`, `hour` or `minute`."""
    run: Callable[[dt.date], object]
    alone: bool = False
    """Whether it claims its work itself, piece by piece, in transactions of its own: it waits for others."""


JOBS: tuple[Job, ...] = (
    Job("check-ins", "day", ask_and_expire),
    Job("check-in reminders", "day", checkins.remind),
    Job("questionnaires", "day", ask_by_rhythm),
    Job("proposals", "day", expire_proposals),
    Job("training reminders", "day", remind),
    Job("stipends", "day", write_stipends),
    Job("nightly round", "day", nightly_round),
    Job("records past their time", "day", forget_people, alone=True),
    Job("flags passed on", "hour", pass_on),
    Job("incident clocks", "hour", watch_clocks),
    Job("calls nobody took", "minute", watch_calls),
    Job("visits", "minute", watch_visits),
    Job("messages", "minute", send_due, alone=True),
)


def tick() -> None:
    """Do what is due and not claimed by anybody yet; what was missed while nobody worked is caught up."""
    for job in JOBS:
        slot = _slot(job)
        if slot is not None:
            run(job, slot)
    house.rest()


def run(job: Job, slot: str) -> bool:
    """Do a job for its slot, or whatever there is to do of one that claims piece by piece."""
    return run_now(job) if job.alone else run_once(job, slot)


def run_now(job: Job) -> bool:
    """Do a job that opens its own transactions, so that none of them waits for the network."""
    try:
        job.run(_here().date())
    except Exception as problem:
        log.error("job %s failed: %s", job.name, type(problem).__name__)  # noqa: TRY400 - its words may name people
        return False
    return True


def run_once(job: Job, slot: str) -> bool:
    """Do one run of a job unless somebody else has claimed it; a failed run can be claimed again."""
    if not claim(job.name, slot):
        return False
    try:
        with transaction(), gate.opened(f"the job {job.name}"):
            job.run(_here().date())
            finish(job.name, slot)
            if job.every == "minute":
                forget_before(job.name, (_here() - MINUTES_KEPT).strftime(MINUTE))
    except Exception as problem:
        log.error("job %s failed: %s", job.name, type(problem).__name__)  # noqa: TRY400 - its words may name people
        give_back(job.name, slot)
        return False
    return True


def find_job(name: str) -> Job | None:
    """Return the job of this name."""
    return next((job for job in JOBS if job.name == name), None)


def start_beside() -> BaseScheduler:
    """Start the round in a thread of this process."""
    scheduler = _with_tick(BackgroundScheduler(timezone=dt.UTC))
    scheduler.start()
    return scheduler


def work() -> None:
    """Do the round in this process until it is ended."""
    _with_tick(BlockingScheduler(timezone=dt.UTC)).start()


def _with_tick(scheduler: BaseScheduler) -> BaseScheduler:
    scheduler.add_job(
        tick,
        "interval",
        minutes=1,
        next_run_time=clock.now() + dt.timedelta(seconds=5),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=86_400,
    )
    return scheduler


def _slot(job: Job) -> str | None:
    now = _here()
    if job.every == "minute":
        return now.strftime(MINUTE)
    if job.every == "hour":
        return now.strftime("%Y-%m-%dT%H")
    return now.date().isoformat() if now.hour >= NIGHTLY_HOUR else None


def _here() -> dt.datetime:
    with reading():
        return clock.now().astimezone(ZoneInfo(programme_zone()))
