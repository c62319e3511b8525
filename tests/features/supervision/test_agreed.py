"""What was agreed: who does it, by when, ticked off on both sides."""

import pytest

from peerlink.errors import Refused
from peerlink.features.supervision.models import AgreedAction
from peerlink.features.supervision.rules import Agreed, HeldDraft, check_held
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.supervision.deeds import DANA, DAY, TODAY, actions, held, planned, sessions
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")


def the_action() -> str:
    with transaction(), gate.opened("a test looks"):
        return str(session.query(AgreedAction).one().id)


@pytest.mark.parametrize(
    ("agreed", "fine"),
    [
        (Agreed("x", TODAY), True),
        (Agreed("x", TODAY + 366 * DAY), True),
        (Agreed("x", TODAY + 367 * DAY), False),
        (Agreed("x", TODAY - DAY), False),
        (Agreed("x" * 201), False),
        (Agreed("  "), False),
    ],
)
def test_what_is_agreed_is_short_and_has_a_day_that_can_come(agreed: Agreed, fine: bool) -> None:
    draft = HeldDraft(held_on=TODAY, agreed=(agreed,))
    if fine:
        check_held(draft, TODAY)
    else:
        with pytest.raises(Refused):
            check_held(draft, TODAY)


def test_dana_holds_a_session_agrees_and_ticks_off_in_one_form(danas_desk: Visitor) -> None:
    held(TODAY - 20 * DAY, Agreed("Fewer evenings", TODAY - DAY), Agreed("Read the card"))
    address = f"/supervision/{planned()}/hold"
    page = danas_desk.visit(address).text
    assert "Amina: Fewer evenings" in page
    boxes = page.split('name="done" value="')[1:]
    done = next(box.split('"')[0] for box in boxes if "Fewer evenings" in box.split("</label>")[0])
    said = {
        "done": [done],
        "agreed_1": "Ask about the bus",
        "agreed_1_who": "mine",
        "agreed_1_on": (TODAY + 7 * DAY).isoformat(),
        "note": "Sleeps better.",
    }
    assert danas_desk.send(address, {**as_typed(page), **said}).status_code == 303
    found = {what: (owner, done_on) for what, owner, done_on in actions("what", "owner_id", "done_on")}
    assert found == {
        "Fewer evenings": (None, TODAY),
        "Read the card": (None, None),
        "Ask about the bus": (DANA, None),
    }
    assert sessions("minutes")[-1] == 45


def test_a_refused_form_ticks_nothing_off_and_keeps_what_was_typed(danas_desk: Visitor) -> None:
    held(TODAY - 20 * DAY, Agreed("Fewer evenings"))
    address = f"/supervision/{planned()}/hold"
    page = danas_desk.visit(address).text
    done = page.split('name="done" value="')[1].split('"')[0]
    said = {"done": [done], "held_on": (TODAY + DAY).isoformat(), "note": "typed before", "agreed_2": "Later"}
    refused = danas_desk.send(address, {**as_typed(page), **said})
    assert refused.status_code == 422
    assert all(text in refused.text for text in ("typed before", "Later", "day to come"))
    assert actions("done_on") == [(None,)]


def test_a_volunteer_ticks_off_what_is_theirs_and_takes_it_back(aminas_phone: Visitor) -> None:
    held(TODAY - 20 * DAY, Agreed("Fewer evenings", TODAY - DAY))
    address = f"/me/actions/{the_action()}"
    assert "Fewer evenings" in aminas_phone.visit("/me/sessions").text
    assert "You agreed to: Fewer evenings" in aminas_phone.visit("/").text
    for _twice in range(2):
        assert aminas_phone.send(f"{address}/done", opened="/me/sessions").status_code == 303
        assert actions("done_on") == [(TODAY,)]
    assert "Nothing is open" in aminas_phone.visit("/me/sessions").text
    assert aminas_phone.send(f"{address}/reopen", opened="/me/sessions").status_code == 303
    assert actions("done_on") == [(None,)]


def test_a_volunteer_does_not_tick_off_what_another_does(aminas_phone: Visitor, bens_phone: Visitor) -> None:
    held(TODAY - 20 * DAY, Agreed("Ask the clinic", is_theirs=False))
    address = f"/me/actions/{the_action()}/done"
    assert "Ask the clinic" in aminas_phone.visit("/me/sessions").text
    assert "Ask the clinic" not in bens_phone.visit("/me/sessions").text
    for phone in (aminas_phone, bens_phone):
        assert phone.send(address, opened="/me/sessions").status_code == 404
    assert actions("done_on") == [(None,)]


def test_what_dana_agreed_to_do_stands_on_her_pages_until_done_or_let_go(
    danas_desk: Visitor, sols_desk: Visitor
) -> None:
    held(TODAY - 20 * DAY, Agreed("Ask the clinic", TODAY - DAY, is_theirs=False))
    address = f"/supervision/actions/{the_action()}"
    assert "What you agreed to do, past its day: 1" in danas_desk.visit("/").text
    assert "You: Ask the clinic" in danas_desk.visit("/supervision").text
    assert "Ask the clinic" not in sols_desk.visit("/supervision").text
    assert sols_desk.send(f"{address}/done", opened="/supervision").status_code == 404
    assert danas_desk.send(f"{address}/drop", opened="/supervision").status_code == 303
    assert actions("done_on", "dropped_on") == [(None, TODAY)]
    assert danas_desk.send(f"{address}/reopen", opened="/supervision").status_code == 303
    back = danas_desk.send(f"{address}/done", {"back": "sessions"}, opened="/supervision")
    assert back.headers["Location"].endswith(f"/volunteers/{cast.AMINA_ID}/supervision")
    assert actions("done_on", "dropped_on") == [(TODAY, None)]
