"""Cells: whatever stands in one is read or refused in words, and what is written comes back."""

import csv
import io
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerlink.features.moving import cells, reading
from peerlink.features.moving.columns import Column, Sheet
from peerlink.features.moving.faults import Report, Wrong
from peerlink.features.moving.sheets import sheets
from peerlink.features.moving.workbook import Source, _csv_rows

KNOWN = sheets(ZoneInfo("Africa/Johannesburg"))
LIKELY = st.sampled_from(
    """2025-02-29|0001-01-01T00:00+14:00|2025-01-01T25:00|9999-12-31T23:59-12:00|../etc|Africa
mon 24:00-24:30|en:first:x|!|=|gender=|;;;|-0|٣|1e9|1,5|\u202e|@|a@b|+|NaN|yes no|V1;;V2""".replace(
        "\n", "|"
    ).split("|")
)


@pytest.mark.parametrize("sheet", KNOWN.values(), ids=KNOWN)
@settings(max_examples=40, deadline=None)
@given(cell=st.one_of(LIKELY, st.text(min_size=1).filter(str.strip)))
def test_any_cell_is_read_or_refused_in_words(sheet: Sheet, cell: str) -> None:
    for column in sheet.columns:
        wrong = _refused(column, cell.strip())
        assert wrong is None or (wrong.wrong and wrong.right)


def _refused(column: Column, cell: str) -> Wrong | None:
    try:
        column.read(cell)
    except Wrong as wrong:
        return wrong
    return None


SIGNS = st.characters(exclude_categories=["Cs", "Cc"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(SIGNS, min_size=1, max_size=100), min_size=1))
def test_any_name_comes_back_as_it_was_written(names: list[str]) -> None:
    rows = [{"ref": f"S{n}", "name": name} for n, name in enumerate(names) if name.strip()]
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, ["ref", "name"])
    writer.writeheader()
    writer.writerows(rows)
    source = Source("sites", lambda: _csv_rows(lambda: io.BytesIO(target.getvalue().encode())), lambda: None)
    report = Report(dry_run=True)
    read = [row.get("name") for row in reading.read(source, KNOWN["sites"], report)]
    assert report.faults == []
    assert read == [row["name"].strip() for row in rows]


@pytest.mark.parametrize(
    ("cell", "utc"),
    [
        ("2026-01-05T09:00", "2026-01-05T07:00"),
        ("2026-01-05 09:00:30", "2026-01-05T07:00"),
        ("2026-01-05T09:00Z", "2026-01-05T09:00"),
        ("2026-01-05T09:00+0530", "2026-01-05T03:30"),
    ],
)
def test_a_moment_is_of_the_programmes_zone_unless_it_says_another(cell: str, utc: str) -> None:
    assert cells.moment(ZoneInfo("Africa/Johannesburg"))(cell).strftime("%Y-%m-%dT%H:%M") == utc


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("housing", "housing"),
        ("emotional", "support.emotional"),
        ("support.instrumental.daily.housing", "support.instrumental.daily.housing"),
        ("reminder", "support.instrumental.medical.reminder"),
    ],
)
def test_a_skill_is_an_area_before_it_is_a_topic_before_it_is_a_sub_type(cell: str, code: str) -> None:
    assert cells.skill(cell) == code
