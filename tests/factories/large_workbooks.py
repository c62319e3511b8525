"""Makes workbooks of any size, to be timed: the same for the same seed, contacts written row by row."""

import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.factories.workbooks import (
    ANSWERS,
    NAMES,
    day,
    header,
    match,
    participant,
    small,
    volunteer,
    write_folder,
    write_rows,
)


def write_large(folder: Path, n_participants: int, n_contacts: int, seed: int = 7) -> Path:
    """Write a programme of this size, made up by the seed, contact rows one by one."""
    chance = random.Random(seed)
    sheets = small()
    n_volunteers = max(3, n_participants // 8)
    sheets["volunteers"] = [volunteer(n) for n in range(1, n_volunteers + 1)]
    for row in sheets["volunteers"]:
        row["phone"], row["birth_year"] = f"+44 77{int(row['ref'][1:]):08}", chance.randint(1950, 2000)
        row["given_name"] = f"{row['given_name']}-{row['ref']}"
    sheets["participants"] = [
        {
            **participant(1),
            "ref": f"P{n}",
            "given_name": f"{chance.choice(NAMES)}-{n}",
            "phone": f"+44 79{n:08}",
            "email": f"p{n}@example.org",
            "birth_year": chance.randint(1950, 2005),
            "keep_apart": "",
        }
        for n in range(1, n_participants + 1)
    ]
    sheets["matches"] = [
        {**match(n), "volunteer": f"V{1 + n % n_volunteers}", "participant": f"P{n}"}
        for n in range(1, n_participants + 1)
    ]
    sheets["training"] = [
        {**row, "volunteer": f"V{n}"} for n in range(1, n_volunteers + 1) for row in sheets["training"]
    ]
    sheets["checkins"] = [
        {"volunteer": f"V{n}", "due_on": day(ago), "answered_on": day(ago), **ANSWERS}
        for n in range(1, n_volunteers + 1)
        for ago in range(30, 390, 30)
    ]
    sheets["supervision"] = [
        {**sheets["supervision"][0], "volunteer": f"V{n}", "held_on": day(ago), "about_contact": ""}
        for n in range(1, n_volunteers + 1)
        for ago in range(20, 200, 30)
    ]
    contacts = sheets.pop("contacts")
    write_folder(folder, sheets)
    model = {**contacts[0], "note": "", "techniques": ""}
    with (folder / "contacts.csv").open("w", encoding="utf-8", newline="") as file:
        write_rows(file, header(contacts), _many(model, n_contacts, n_participants, chance))
    return folder


def _many(
    model: dict[str, Any], n_contacts: int, n_participants: int, chance: random.Random
) -> Iterable[dict[str, Any]]:
    topics = ("work", "money", "grief", "stigma", "housing", "children")
    for n in range(1, n_contacts + 1):
        at = f"{day(chance.randint(1, 239))}T{chance.randint(8, 20):02}:{chance.choice((0, 15, 30)):02}"
        yield {
            **model,
            "ref": f"C{n}",
            "match": f"M{1 + n % n_participants}",
            "planned_at": at,
            "started_at": at,
            "minutes": chance.randint(5, 120),
            "topics": ";".join(chance.sample(topics, 2)),
            "difficulty": chance.choice(("none", "none", "none", "no_show", "crisis")),
            "effort": chance.randint(0, 4),
            "note": "Talked about the way to work and the weeks ahead." if n % 3 == 0 else "",
        }
