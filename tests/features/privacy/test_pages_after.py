"""No page stumbles over somebody who was forgotten, and none says their name."""

import re
from pathlib import Path

import pytest
from flask import Flask

from peerlink.features.privacy.forgetting import forget_people
from tests.architecture import one_of_each
from tests.architecture.one_of_each import SIDES
from tests.factories.former import let_leave
from tests.support import cast
from tests.support.visitor import Visitor

TABLE = Path(one_of_each.__file__).with_name("routes.txt")
RULE = re.compile(r"^GET (\S+)", re.MULTILINE)
SIDE = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses() -> list[str]:
    """Return every page there is, where it is about somebody the one about Amina."""
    rules = [one for one in RULE.findall(TABLE.read_text()) if set(SIDE.findall(one)) <= set(SIDES)]
    return [SIDE.sub(lambda found: str(SIDES[found[1]][0]), one) for one in rules]


@pytest.mark.usefixtures("the_cast")
@pytest.mark.parametrize("who", [cast.CHIPO, cast.DANA], ids=lambda who: who.name)
def test_every_page_goes_on_without_them(app: Flask, who: cast.Person) -> None:
    one_of_each.tell()
    assert forget_people(let_leave(cast.AMINA_ID)) == 1
    visitor, n_shown = Visitor(app, who), 0
    for address in addresses():
        page = visitor.visit(address)
        assert page.status_code < 500, address
        if page.status_code == 200 and page.mimetype == "text/html":
            n_shown += 1
            assert not re.search(r">\s*None\s*<|Amina", page.text), address
    assert n_shown > 20
