"""What a programme's workbook says of money."""

from collections.abc import Callable
from typing import Any


def money(day: Callable[[int], str]) -> dict[str, list[dict[str, Any]]]:
    """Return the sheets about money, every column said once; `day` names the day so many days ago."""
    stipend = {"volunteer": "V1", "amount": "60.00", "kind": "stipend"}
    return {
        "payments": [
            {**stipend, "due_on": day(40), "paid_on": day(38)},
            {**stipend, "due_on": day(9)},
            {"volunteer": "V2", "due_on": day(9), "amount": "7.50", "kind": "expense"},
        ],
        "balance": [
            {
                "on": day(12),
                "unrestricted": "70000.00",
                "restricted_usable": "-3",
                "budget_next_12_months": "",
            }
        ],
    }
