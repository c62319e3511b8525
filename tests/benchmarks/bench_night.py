"""Measures the nightly judging beside reading the contact log once: goals B-1 to B-5.

Run as a module from the repository: `python -m tests.benchmarks.bench_night [--small]`. Seconds of processor
time, medians of rounds in turn; the keys of people are forgotten before each night, as they are when nobody
has been at work. The log is scanned as it is shipped, encrypted; the same rows unencrypted are scanned too.
"""

import argparse
import datetime as dt
import json
import random
import sqlite3
import statistics
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select, text, update

from peerlink.features.contacts.events import ContactFacts
from peerlink.features.contacts.models import Contact
from peerlink.features.indicators import counters, gather, opening, recount
from peerlink.features.indicators.raw import undisturbed
from peerlink.features.matching.models import Match
from peerlink.features.programmes.queries import limits
from peerlink.features.risks.rulebook import Finding, Rule
from peerlink.features.risks.rules import PARTICIPANT_RULES, VOLUNTEER_RULES
from peerlink.features.supervision.models import Supervision
from peerlink.features.training.models import Completion
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.contact_words import ContactStatus, MissedBy
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import RISK
from peerlink.store import gate, house
from peerlink.store.session import reading, session, transaction
from tests.benchmarks.large import TODAY, Made, a_house, fill

ROUNDS = 5
SIZE = {"volunteers": 2_000, "participants": 20_000, "contacts": 2_000_000, "fewer": 200_000}
SMALL = {"volunteers": 8, "participants": 40, "contacts": 600, "fewer": 200}
SAMPLE = 20
"""Volunteers of whom the peer is measured; it would take minutes for all."""
DEEDS = 10_000
Seconds = dict[str, list[float]]


def clocked(took: Seconds, name: str, deed: Callable[[], object]) -> object:
    """Do something, and note the processor time it took, and how long one waited for it."""
    wall, began = time.perf_counter(), time.process_time()
    result = deed()
    took.setdefault(name, []).append(time.process_time() - began)
    took.setdefault(f"{name}, waited", []).append(time.perf_counter() - wall)
    return result


def night(took: Seconds, name: str, *, cold: bool = True) -> None:
    """Judge everybody as the nightly round does: counters, sealed answers, rules."""
    if cold:
        house.keyring().forget_opened()
    parts: Seconds = {}

    def judge() -> None:
        with transaction(), gate.opened("a benchmark judges"), undisturbed():
            clocked(parts, "advance", lambda: counters.advance(TODAY))
            volunteers = clocked(parts, "volunteer facts", lambda: gather.volunteer_facts(TODAY))
            participants = clocked(parts, "participant facts", lambda: gather.participant_facts(TODAY))
            in_force = limits()
            for kind, rules, facts in (
                ("volunteer rules", VOLUNTEER_RULES, volunteers),
                ("participant rules", PARTICIPANT_RULES, participants),
            ):
                clocked(parts, kind, partial(judge_all, rules, facts, in_force))

    clocked(took, name, judge)
    for part, seconds in parts.items():
        took.setdefault(f"{name}: {part}", []).extend(seconds)


def judge_all(rules: Iterable[Rule[Any]], facts: Any, in_force: Limits) -> list[Finding]:
    return [rule.judge(one, in_force) for one in facts.values() for rule in rules]


def scan() -> None:
    """Read the log once, as little as can be asked of it."""
    with reading():
        session.execute(text("SELECT sum(minutes), max(day) FROM contact")).all()


def sealed_answers() -> None:
    """Open what a night opens, and nothing else."""
    house.keyring().forget_opened()
    with reading(), gate.opened("a benchmark opens answers"):
        opening.answered_checkins(TODAY, None)
        opening.heavy_contacts(TODAY, None)
        opening.contacts_tagged(TODAY, 30, RISK, None)


def group_by() -> None:
    """Count every window of every volunteer from the contacts, in one statement."""
    windows = ", ".join(
        f"sum(CASE WHEN status = 'held' AND day > '{TODAY - dt.timedelta(days=days)}' THEN {what} ELSE 0 END)"
        for what, days in (("heavy", 7), ("1", 28), ("minutes", 28), ("heavy", 28), ("late", 28), ("1", 90))
    )
    with reading():
        session.execute(
            text(f"SELECT volunteer_id, max(day), {windows} FROM contact GROUP BY volunteer_id")  # noqa: S608
        ).all()


def by_objects(volunteer: uuid.UUID) -> int:
    """Gather the same facts from objects and loops, as one would write them at first."""
    with reading(), gate.opened("a benchmark counts the slow way"):
        contacts = session.scalars(select(Contact).where(Contact.volunteer_id == volunteer)).all()
        found = 0
        for counter, days in gather.JUDGED:
            for contact in contacts:
                on = contact.planned_on if counter in {"planned", "cancelled"} else contact.day
                if on is not None and 0 <= (TODAY - on).days < days:
                    found += contact.status is ContactStatus.HELD
        checkins = session.scalars(select(Checkin).where(Checkin.volunteer_id == volunteer)).all()
        answered = sorted((one for one in checkins if one.answered_on), key=lambda one: one.due_on)
        found += sum(len(one.answers or {}) for one in answered[-6:])
        for table in (Supervision, Completion, Match):
            found += len(session.scalars(select(table).where(table.volunteer_id == volunteer)).all())
    return found


def unencrypted() -> Callable[[], object]:
    """Copy the log into a readable file beside the database and return its scan."""
    home = house.current().home
    assert home is not None
    place = home / "readable.db"
    with house.engine().connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute(f"ATTACH DATABASE '{place}' AS readable KEY ''")
        raw.execute("CREATE TABLE readable.contact AS SELECT * FROM contact")
        raw.execute("DETACH DATABASE readable")
    readable = sqlite3.connect(place)
    return lambda: readable.execute("SELECT sum(minutes), max(day) FROM contact").fetchall()


def shake(made: Made, deeds: int) -> int:
    """Insert, edit, backdate and delete at random through the counters; count whose differ afterwards."""
    dice = random.Random(11)
    kept: list[ContactFacts] = []
    for begin in range(0, deeds, 500):
        with transaction():
            for _ in range(min(500, deeds - begin)):
                before = kept.pop(dice.randrange(len(kept))) if kept and dice.random() < 0.6 else None
                after = _another(dice, made, before) if before is None or dice.random() < 0.7 else None
                _write(before, after)
                counters.change(before, after, TODAY)
                kept += [after] if after else []
    with reading():
        return len(recount.differing(TODAY, made.volunteers))


def _another(dice: random.Random, made: Made, before: ContactFacts | None) -> ContactFacts:
    day = TODAY - dt.timedelta(days=dice.choice((0, 1, 6, 7, 29, 30, 60, 89, 90, 179, 181, 400, 900)))
    if before is not None and dice.random() < 0.5:
        return replace(before, day=day)
    match, volunteer, participant = dice.choice(made.pairs)
    status = dice.choice(list(ContactStatus))
    return ContactFacts(
        contact_id=before.contact_id if before else uuid.UUID(int=dice.getrandbits(128), version=4),
        match_id=match, volunteer_id=volunteer, participant_id=participant, day=day,
        planned_on=dice.choice((None, day, day - dt.timedelta(days=2))), status=status,
        missed_by=dice.choice((None, *MissedBy)), minutes=dice.choice((0, 30)), areas=dice.randrange(32),
        late=dice.random() < 0.2, heavy=False, difficult=dice.random() < 0.2,
    )  # fmt: skip


def _write(before: ContactFacts | None, after: ContactFacts | None) -> None:
    if after is None:
        if before is not None:
            session.execute(delete(Contact).where(Contact.id == before.contact_id))
        return
    names = ("match_id", "volunteer_id", "participant_id", "day", "planned_on", "status", "missed_by",
             "minutes", "areas", "late", "heavy", "difficult")  # fmt: skip
    row = {name: getattr(after, name) for name in names}
    if before is None:
        session.execute(insert(Contact), [{"id": after.contact_id, "support": 0, **row}])
    else:
        session.execute(update(Contact).where(Contact.id == after.contact_id).values(row))


def one_volunteer(took: Seconds, volunteer: uuid.UUID) -> None:
    """Gather the facts of one volunteer, as is done when a contact was logged."""
    with reading(), gate.opened("a benchmark judges one"):
        clocked(took, "one volunteer", lambda: gather.volunteer_facts(TODAY, {volunteer}))


def line(goal: str, ratio: float, target: str, **raw: object) -> None:
    print(
        json.dumps({"goal": goal, "ratio": float(f"{ratio:.3g}"), "target": target, "raw": raw}), flush=True
    )


def middle(took: Seconds, name: str) -> float:
    return statistics.median(took[name])


def run(size: dict[str, int], rounds: int, deeds: int) -> None:
    took: Seconds = {}
    with a_house() as many:
        made = fill(size["volunteers"], size["participants"], size["contacts"])
        scan_readable = unencrypted()
        with a_house() as few:
            fewer = fill(size["volunteers"], size["participants"], size["fewer"])
            for _ in range(rounds):
                house.enter(few)
                night(took, "night, fewer contacts")
                house.enter(many)
                clocked(took, "scan", scan)
                night(took, "night")
                clocked(took, "scan, readable", scan_readable)
                night(took, "night, keys known", cold=False)
                clocked(took, "sealed answers", sealed_answers)
                clocked(took, "group by", group_by)
                for volunteer in made.volunteers[:SAMPLE]:
                    one_volunteer(took, volunteer)
                    clocked(took, "one by objects", partial(by_objects, volunteer))
            report(took, size, rounds)
            house.enter(few)
            began = time.process_time()
            differ = shake(fewer, deeds)
            line("B-4", differ, "0", volunteers=len(fewer.volunteers), deeds=deeds,
                 seconds=round(time.process_time() - began, 1))  # fmt: skip


def report(took: Seconds, size: dict[str, int], rounds: int) -> None:
    """Print what was measured, goal by goal."""
    seconds = {name: round(statistics.median(times), 4) for name, times in took.items()}
    judged = middle(took, "night")
    line("B-1", judged / middle(took, "scan"), "<= 0.5", rounds=rounds, **size, seconds=seconds,
         against_readable_scan=round(judged / middle(took, "scan, readable"), 2))  # fmt: skip
    objects = middle(took, "one by objects") * size["volunteers"]
    ours = middle(took, "night: volunteer facts")
    line("B-2", objects / ours, ">= 600", sample=SAMPLE, objects_for_all_s=round(objects, 1),
         volunteer_facts_s=round(ours, 3))  # fmt: skip
    fewer = middle(took, "night, fewer contacts")
    line("B-3", judged / fewer, "<= 1.1", many_s=round(judged, 3), few_s=round(fewer, 3))
    one = middle(took, "one volunteer")
    line("B-5", one / middle(took, "group by"), "<= 1/2000", one_ms=round(one * 1e3, 2),
         group_by_s=round(middle(took, "group by"), 3))  # fmt: skip


def main() -> None:
    """Print one line of JSON for each goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="only to see that it runs")
    asked = parser.parse_args()
    if asked.small:
        run(SMALL, 1, 200)
    else:
        run(SIZE, ROUNDS, DEEDS)


if __name__ == "__main__":
    main()
