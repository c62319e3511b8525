"""The bar says in which room one is: by address, by room, or not at all."""

import re

import pytest

from peerlink.wiring import WAYS
from tests.support.cast import AMINA_ID
from tests.support.visitor import Visitor

LIT = re.compile(r'aria-current="page"[^>]*>(?:<svg.*?</svg>)?([^<]+)</a>', re.DOTALL)


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("/", "Today"),
        ("/volunteers", "Volunteers"),
        (f"/volunteers/{AMINA_ID}/thanks", "Volunteers"),
        ("/matching/proposals", "Matching"),
        ("/training/modules", "Training"),
        ("/visits", "Calls"),
        ("/questionnaires", "Programme"),
        ("/programme/places/new", "Programme"),
        ("/help", None),
        ("/me", None),
    ],
)
def test_the_way_to_the_room_one_is_in_is_lit_and_no_other(
    chipos_desk: Visitor, address: str, way: str | None
) -> None:
    lit = set(LIT.findall(chipos_desk.visit(address).text)) & {one.label for one in WAYS}
    assert lit == ({way} if way else set())
