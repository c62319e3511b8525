"""Documents that repeat the code say what the code says.

`python -m tests.architecture.test_documents` writes them anew.
"""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from peerlink.features.moving.sheets import LATER, sheets
from peerlink.features.risks.rules import RULES
from peerlink.framework import catalogue
from peerlink.framework.parameters import PARAMETERS

DOCS = Path(__file__).resolve().parents[2] / "docs"


def workbook() -> str:
    """Describe the sheets of a programme's workbook."""
    lines = [
        "# The workbook",
        "",
        "`peerlink import PATH` takes a folder of `NAME.csv` files (UTF-8, `,` or `;`) or one `.xlsx` with",
        "a sheet for each name. Columns may stand in any order. Days are `YYYY-MM-DD`, moments",
        "`YYYY-MM-DDTHH:MM` in the programme's time zone, lists have `;` between their parts, an empty cell",
        "is not known. All of it goes in, or nothing, and every fault is named. Importing the same workbook",
        "again changes nothing. `peerlink import --template FILE.xlsx` writes an empty one with the allowed",
        "values as drop-downs.",
    ]
    for sheet in sheets(ZoneInfo("UTC")).values():
        lines += ["", f"## {sheet.name}", "", "| column | | may be | example |", "|---|---|---|---|"]
        for column in sheet.columns:
            must = "required" if column.required else ""
            may_be = ", ".join(column.choices[:12]) + (", …" if len(column.choices) > 12 else "")
            lines.append(f"| {column.name} | {must} | {may_be} | {column.example} |")
    lines += ["", f"Not read yet: {', '.join(LATER)}. Leave them out with `--only`.", ""]
    return "\n".join(lines)


def rules() -> str:
    """Describe the rules that are judged today."""
    lines = ["# Rules", "", "Judged every night, and with every check-in and contact they are about.", ""]
    for rule_id in dict.fromkeys(rule.id for rule in RULES):
        entry = catalogue.rule(rule_id)
        subjects = ", ".join(rule.subject.value for rule in RULES if rule.id == rule_id)
        lines += [f"## {rule_id} ({subjects})", ""]
        lines += [rule.sentence for rule in RULES if rule.id == rule_id]
        lines += [
            "",
            f"- node: {', '.join(entry.nodes)}",
            f"- watch: {entry.watch}",
            f"- alert: {entry.alert}",
            f"- critical: {entry.critical}",
            f"- told: {', '.join(entry.told)}",
            f"- can be done: {', '.join(entry.actions)}",
            f"- clears: {entry.clears}",
            f"- needs: {entry.minimum}",
            "",
        ]
    return "\n".join(lines)


def thresholds() -> str:
    """Describe every threshold a programme may set."""
    lines = ["# Thresholds", "", "| key | default | unit | why |", "|---|---|---|---|"]
    for one in PARAMETERS:
        default = ", ".join(map(str, one.default)) if isinstance(one.default, tuple) else str(one.default)
        lines.append(f"| {one.key} | {default} | {one.unit} | {one.reason} |")
    return "\n".join([*lines, ""])


WRITTEN = {"workbook.md": workbook, "rules.md": rules, "thresholds.md": thresholds}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_document_says_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text() == WRITTEN[name]()


if __name__ == "__main__":
    for name, write in WRITTEN.items():
        (DOCS / name).write_text(write())
