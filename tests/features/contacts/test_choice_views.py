"""Whom a contact was with: one, several or many people, on a light page."""

import gzip
import re
import uuid

from peerlink import clock
from peerlink.features.matching.models import Match
from peerlink.framework.vocabularies import Channel, MatchStatus, ParticipantStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.contacts import a_contact
from tests.features.contacts.sending import HTTPS, form_of, post_again
from tests.support import cast
from tests.support.cast import AMINA_EFE, AMINA_ID
from tests.support.visitor import Visitor


def more_matches(names: tuple[str, ...]) -> None:
    """Match Amina with more people."""
    today = clock.today("Europe/London")
    with transaction(), gate.opened("a test matches"):
        for n, name in enumerate(names):
            person, match = uuid.UUID(int=9000 + n), uuid.UUID(int=9500 + n)
            session.add(cast._participant(person, name, ParticipantStatus.ACTIVE, today))
            session.flush()
            session.add(cast._match(match, AMINA_ID, person, today))


def test_with_several_matches_nobody_is_chosen_beforehand(aminas_phone: Visitor) -> None:
    more_matches(("Kite", "Robin"))
    assert "who" not in form_of(aminas_phone)
    assert post_again(aminas_phone, "/log", form_of(aminas_phone, how="phone")).status_code == 422
    assert form_of(aminas_phone, f"/log/{AMINA_EFE}")["who"] == str(AMINA_EFE)


def test_everybody_is_reachable_with_many_matches(aminas_phone: Visitor) -> None:
    more_matches(tuple(f"Bird{n:02}" for n in range(20)))
    page = aminas_phone.visit("/log").text
    assert page.count('name="who"') == 10
    assert "/log/people" in page
    assert "Bird19" in aminas_phone.visit("/log/people?q=IRD19").text
    assert "Bird01" not in aminas_phone.visit("/log/people?q=ird19").text


def test_a_volunteer_with_no_match_is_told_so(zoes_phone: Visitor) -> None:
    assert "Nobody is matched with you yet" in zoes_phone.visit("/log").text


def test_again_with_somebody_else_keeps_way_and_place(aminas_phone: Visitor) -> None:
    more_matches(("Kite",))
    facts = a_contact(channel=Channel.IN_PERSON, place_id=cast.PLACE_ID)
    page = aminas_phone.visit(f"/contacts/{facts.contact_id}/saved").text
    address = re.search(r'href="(/log/[^"]+/like/[^"]+)"', page)
    assert address
    sent = form_of(aminas_phone, address.group(1))
    assert sent["how"] == "in_person"
    assert sent["who"] == str(uuid.UUID(int=9500))


def test_a_paused_match_is_not_offered(aminas_phone: Visitor) -> None:
    with transaction():
        session.get_one(Match, AMINA_EFE).status = MatchStatus.PAUSED
    assert "Nobody is matched with you yet" in aminas_phone.visit("/log").text


def weigh(visitor: Visitor, address: str) -> int:
    answer = visitor.client.get(address, base_url=HTTPS, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    body = answer.get_data()
    answer.close()
    if "Content-Encoding" in answer.headers:
        assert gzip.decompress(body)
    return len(body) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)


def test_the_phone_page_weighs_little(aminas_phone: Visitor) -> None:
    more_matches(("Kite", "Robin"))
    html = aminas_phone.visit("/log").text
    repeat = weigh(aminas_phone, "/log")
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html))
    first = repeat + sum(weigh(aminas_phone, one) for one in files)
    assert repeat <= 6 * 1024, f"{repeat} bytes"
    assert first <= 25 * 1024, f"{first} bytes"
    assert not any("htmx" in one for one in files)
