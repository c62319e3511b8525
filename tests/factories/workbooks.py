"""Makes workbooks such as programmes keep: small ones to be spoiled by a test, large ones to be timed."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

from peerlink import clock
from tests.factories.money import money

Sheet = list[dict[str, Any]]
NAMES = ("Thandiwe", "Aïssatou", "สมชาย", "ليلى", "Zoë", "Nguyễn", "María-José", "🌻 Sol", "O'Brien", "Ƒatou")
FAMILIES = ("O'Neill", "d'Ávila", "ใจดี", "الحسن", "Ndlovu", "M'Bow", 'van "Piet" Dyk', "Smith, Jr.", "", "Ōe")
MODULES = ("knowledge", "listening", "confidentiality", "boundaries", "safeguarding")
SUPPORT = ("support.emotional.listening", "support.informational.education", "affiliational")
ANSWERS = {f"v{n}": n % 5 for n in range(1, 15)}


def day(ago: int) -> str:
    """Return the ISO day this many days before today."""
    return (clock.today("Europe/London") - dt.timedelta(days=ago)).isoformat()


def small() -> dict[str, Sheet]:
    """Return a workbook in which every column of the contract says something at least once."""
    return {
        "programme": [
            {
                "name": "Côte & Ubuntu",
                "timezone": "Africa/Johannesburg",
                "language": "en",
                "under18": "no",
                "unpaid_by_design": "yes",
                "community_only": "no",
            }
        ],
        "sites": [
            {"ref": "S01", "name": "Riverside", "kind": "clinic", "area": "A1"},
            {"ref": "S02", "name": "Neighbours' House", "kind": "", "area": ""},
        ],
        "places": [
            {"ref": "L1", "name": "Room 1", "site": "S01", "status": "approved", "reviewed_on": day(30)},
            {"ref": "L2", "name": "Garden", "site": "", "status": "", "reviewed_on": ""},
        ],
        "staff": [
            {
                "ref": "T1",
                "name": "Dineo",
                "email": "dineo@example.net",
                "roles": "supervisor",
                "site": "S01",
            },
            {
                "ref": "T2",
                "name": "Li",
                "email": "li@example.net",
                "roles": "coordinator;manager",
                "site": "",
            },
        ],
        "volunteers": [volunteer(1), volunteer(2, status="paused"), _left()],
        "participants": [participant(n) for n in (1, 2, 3)],
        "training": [
            {
                "volunteer": "V1",
                "module": module,
                "completed_on": day(200),
                "valid_until": day(-400),
                "hours": "1.5",
                "result": "passed",
                "areas": "support.emotional;deciding" if module == "x" else "emotional",
                "mandatory": "yes",
            }
            for module in MODULES
        ],
        "matches": [match(1), match(2), _ended()],
        "contacts": [_contact(1), _contact(2, note='Two lines:\n"quoted", and ; too'), _missed(), _planned()],
        "checkins": [
            {
                "volunteer": "V1",
                "due_on": day(40),
                "answered_on": day(39),
                **ANSWERS,
                "contact_request": "no",
            },
            {"volunteer": "V1", "due_on": day(10), "skipped_reason": "holiday"},
        ],
        "supervision": [
            {
                "volunteer": "V1",
                "supervisor": "T1",
                "kind": "debrief",
                "status": "held",
                "held_on": day(9),
                "minutes": 30,
                "about_contact": "C1",
            }
        ],
        "incidents": [
            {
                "ref": "I1",
                "type": "confidentiality_confirmed",
                "reported_on": day(30),
                "severity": 4,
                "participant": "P1",
                "volunteer": "V1",
                "place": "L1",
                "status": "closed",
                "closed_on": day(20),
            },
            {"ref": "I2", "type": "lost_device", "reported_on": day(3)},
        ],
        **money(day),
    }


def _person(n: int) -> dict[str, Any]:
    return {
        "given_name": NAMES[n % len(NAMES)],
        "family_name": FAMILIES[n % len(FAMILIES)],
        "birth_year": 1960 + n % 40,
        "gender": "woman" if n % 2 else "",
        "languages": "en:first;zu:working",
        "site": "S01",
        "area": "A2",
        "channels": "phone;in_person",
        "availability": "mon 18:00-20:00;sat 09:00-12:00",
        "places": "L1;L2",
    }


def volunteer(n: int, status: str = "active") -> dict[str, Any]:
    """Return somebody who gives support."""
    return {
        "ref": f"V{n}",
        **_person(n),
        "alias": f"River-{n}",
        "email": f"v{n}@example.org",
        "phone": f"+44 7700 900{n:03}",
        "status": status,
        "status_since": day(400),
        "leave_reason": "",
        "joined_on": day(500),
        "supervisor": "T1",
        "capacity": 3,
        "agreed_hours_month": 14,
        "diagnosed_year": 2001,
        "life_stages": "parent;migrant",
        "communities": "choir",
        "skills": "emotional;grief;support.instrumental.daily.food",
        "vetting_until": day(-300),
        "agreement_on": day(501),
        "limits": "no evenings",
        "keep_apart": "P2;A9" if n == 1 else "",
    }


def _left() -> dict[str, Any]:
    return {**volunteer(3, "left"), "leave_reason": "moved", "status_since": day(20)}


def participant(n: int) -> dict[str, Any]:
    """Return somebody who receives it."""
    return {
        "ref": f"P{n}",
        **_person(n + 3),
        "alias": f"Star-{n}",
        "email": f"p{n}@example.org",
        "phone": f"+44 7700 901{n:03}",
        "area": "A9",
        "status": "active" if n < 3 else "closed",
        "referred_on": day(300),
        "referral_source": "clinic",
        "status_since": day(250),
        "close_reason": "" if n < 3 else "goals_met",
        "consent_support_on": day(299),
        "consent_matching_on": day(299),
        "consent_liaison_on": "",
        "consent_outcomes_on": day(298),
        "consent_until": day(-60),
        "needs": "listening;support.informational",
        "goals": "social;outcome.psychological",
        "wants": "gender=woman!;age_near;language=zu;life_stage=parent",
        "keep_apart": "V3;S02;A1" if n == 1 else "",
        "safe_channels": "text",
        "planned_interval_days": 14,
    }


def match(n: int) -> dict[str, Any]:
    """Return the two brought together."""
    return {
        "ref": f"M{n}",
        "volunteer": f"V{n}",
        "participant": f"P{n}",
        "status": "active",
        "proposed_on": day(245),
        "accepted_on": day(243),
        "started_on": day(240),
        "ended_on": "",
        "end_reason": "",
        "planned_end": "",
        "planned_interval_days": 28,
    }


def _ended() -> dict[str, Any]:
    over = {"status": "ended", "ended_on": day(60), "end_reason": "planned_end", "planned_end": "yes"}
    return {**match(3), **over}


def _contact(n: int, note: str = "") -> dict[str, Any]:
    return {
        "ref": f"C{n}",
        "match": "M1",
        "planned_at": f"{day(12 + n)}T18:30",
        "started_at": f"{day(12 + n)}T20:05",
        "minutes": 45,
        "status": "held",
        "by": "",
        "channel": "in_person",
        "place": "L1",
        "in_clinic": "no",
        "support": ";".join(SUPPORT),
        "techniques": "pros_cons",
        "topics": "work;u=u",
        "difficulty": "crisis;hostility",
        "effort": 3,
        "helped": "yes",
        "place_rating": "safe",
        "note": note,
    }


def _missed() -> dict[str, Any]:
    return {
        "ref": "C3",
        "match": "M2",
        "planned_at": f"{day(5)}T09:00",
        "status": "missed",
        "by": "participant",
    }


def _planned() -> dict[str, Any]:
    return {"ref": "C4", "match": "M2", "planned_at": f"{day(-5)}T09:00:00+05:30", "status": "planned"}


def write_folder(
    folder: Path, sheets: Mapping[str, Sheet], *, delimiter: str = ",", bom: bool = False
) -> Path:
    """Write one CSV file per sheet and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in sheets.items():
        encoding = "utf-8-sig" if bom else "utf-8"
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            write_rows(file, header(rows), rows, delimiter)
    return folder


def write_rows(file: Any, columns: list[str], rows: Iterable[dict[str, Any]], delimiter: str = ",") -> None:
    """Write a header and rows."""
    writer = csv.DictWriter(file, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)


def header(rows: Sheet) -> list[str]:
    """Return every column any row has."""
    return list(dict.fromkeys(name for row in rows for name in row))


def write_xlsx(path: Path, sheets: Mapping[str, Sheet]) -> Path:
    """Write an XLSX as a spreadsheet would: numbers as numbers, days as date cells, the rest as text."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    a_day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        columns = header(rows)
        sheet.write_row(0, 0, columns)
        for at, row in enumerate(rows, 1):
            for column, title in enumerate(columns):
                said = row.get(title, "")
                if isinstance(said, int):
                    sheet.write_number(at, column, said)
                elif title.endswith(("_on", "_until", "_since")) and said:
                    sheet.write_datetime(at, column, dt.datetime.fromisoformat(said), a_day)
                elif said != "":
                    sheet.write_string(at, column, said)
    book.close()
    return path
