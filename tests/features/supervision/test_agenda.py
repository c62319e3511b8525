"""The agenda of a talk writes itself; whoever may not read answers finds none in it."""

import datetime as dt

import pytest

from peerlink import clock
from peerlink.features.recognition.models import Thanks
from peerlink.features.supervision.agenda import Agenda, agenda_for
from peerlink.features.supervision.queries import own_points_of
from peerlink.features.supervision.rules import Agreed
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.agenda_words import AgendaTopic, Tone
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.factories.contacts import a_contact
from tests.factories.training import trained
from tests.features.risks.happenings import WORN, amina_answers, in_days
from tests.features.supervision.deeds import DAY, TODAY, held, planned
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
T = AgendaTopic


def agenda(viewer: cast.Person = cast.DANA, on: dt.date = TODAY) -> Agenda:
    granted = gate.Access(viewer.viewer.account_id, viewer.viewer.opens(), {cast.AMINA_ID})
    with reading(), gate.access(granted):
        return agenda_for(session.get_one(Volunteer, cast.AMINA_ID), viewer.viewer, on)


def said(topic: AgendaTopic, **kwargs: object) -> list[str]:
    return [one.sentence for one in agenda(**kwargs).topics.get(topic, [])]


def test_it_looks_back_to_the_last_talk_alone() -> None:
    assert agenda().since == TODAY - 400 * DAY, "without a talk, to the day somebody joined"
    held(TODAY - 20 * DAY)
    held(TODAY - 3 * DAY, kind="group")
    assert agenda().since == TODAY - 20 * DAY


def test_heavy_contacts_are_counted_by_their_days_and_name_nobody() -> None:
    held(TODAY - 10 * DAY)
    for days, tags in ((30, {"crisis"}), (2, {"crisis"}), (1, {"relapse"}), (0, set())):
        at = dt.datetime.combine(TODAY - days * DAY, dt.time(0, 30), dt.UTC)
        a_contact(at=at, difficulty=frozenset(tags), helped=not tags, late_reason="was away")
    (one,) = agenda().topics[T.HEAVY]
    assert (one.sentence, one.days, one.tone) == (
        "Heavy contacts: 2",
        (TODAY - DAY, TODAY - 2 * DAY),
        Tone.HEAVY,
    )
    assert said(T.WELL) == ["Contacts that helped: 1 of 3"]
    everything = " ".join(one.sentence for one in agenda().items)
    assert not any(name in everything for name in ("Efe", "P201", "M401", "crisis", "relapse"))


def test_flags_stand_on_it_with_what_was_said_for_whoever_reads_answers() -> None:
    amina_answers(**WORN)
    assert ("Strain", "new") in [(one.title, one.mark) for one in agenda().topics[T.FLAG]]
    assert all(one.endpoint == "risks.flag" for one in agenda().topics[T.FLAG])
    assert all(one.endpoint == "risks.mine" for one in agenda(cast.AMINA).topics[T.FLAG])
    assert said(T.FLAG, viewer=cast.AMINA) == said(T.FLAG)


def test_who_may_not_read_answers_is_told_nothing_that_rests_on_them() -> None:
    amina_answers(**{f"v{n}": 3 for n in range(1, 8)})
    with in_days(20):
        amina_answers(**{f"v{n}": 1 for n in range(1, 8)})
        later = TODAY + 20 * DAY
        assert any(one.startswith("Strain has eased") for one in said(T.WELL, on=later))
        assert "Strain" in [one.title for one in agenda(on=later).topics[T.FLAG]]
        with transaction():
            session.get_one(Volunteer, cast.AMINA_ID).reader_id = cast.SOL.viewer.account_id
        assert not any("Strain" in one for one in said(T.WELL, on=later))
        flags = agenda(on=later).topics.get(T.FLAG, [])
        assert not any("strain" in f"{one.title} {one.sentence}".lower() for one in flags)


def test_load_is_held_against_what_was_agreed() -> None:
    with transaction(), gate.opened("a test"):
        session.get_one(Volunteer, cast.AMINA_ID).agreed_hours = 1
    for _n in range(3):
        a_contact(minutes=30)
    people, hours = agenda().topics[T.LOAD]
    assert {(people.sentence, people.tone), (hours.sentence, hours.tone)} == {
        ("People supported: 1; agreed: 3", Tone.NEUTRAL),
        ("Hours in four weeks: 2; agreed: 1", Tone.HEAVY),
    }


@pytest.mark.parametrize(
    ("left", "sentence"),
    [
        (-1, "Listening has run out"),
        (0, "Listening runs out soon"),
        (60, "Listening runs out soon"),
        (61, None),
    ],
)
def test_training_due_and_training_passed_stand_on_it(left: int, sentence: str | None) -> None:
    held(TODAY - 10 * DAY)
    with transaction():
        trained(cast.AMINA_ID, "listening", valid_until=TODAY + left * DAY)
        trained(cast.AMINA_ID, "boundaries", completed_on=TODAY - 9 * DAY, valid_until=TODAY + 900 * DAY)
        trained(cast.AMINA_ID, "knowledge", completed_on=TODAY - 11 * DAY, valid_until=TODAY + 900 * DAY)
    assert said(T.TRAINING) == ([sentence] if sentence else [])
    assert said(T.WELL) == ["Passed: Boundaries"]


def test_what_was_agreed_and_is_open_comes_again_until_it_is_done() -> None:
    late = Agreed("Two free evenings", TODAY - 2 * DAY)
    held(TODAY - 10 * DAY, late, Agreed("Ask the clinic", TODAY + DAY, is_theirs=False))
    assert said(T.ACTION) == ["Amina: Two free evenings", "You: Ask the clinic"]
    assert [one.tone for one in agenda().topics[T.ACTION]] == [Tone.HEAVY, Tone.NEUTRAL]
    assert said(T.ACTION, viewer=cast.AMINA) == ["You: Two free evenings", "Dana: Ask the clinic"]


def test_a_volunteers_own_point_comes_first_and_stays_between_two(
    aminas_phone: Visitor, danas_desk: Visitor
) -> None:
    coming = planned(TODAY + 3 * DAY)
    sent = aminas_phone.send(
        f"/me/sessions/{coming}/point", {"text": "My exam in June"}, opened="/me/sessions"
    )
    assert sent.status_code == 303
    assert "My exam in June" in aminas_phone.visit("/me/sessions").text
    held_page = danas_desk.visit(f"/supervision/{coming}/hold").text
    assert held_page.index("My exam in June") < held_page.index("Load")
    assert agenda().items[0].sentence == "My exam in June"
    with reading(), gate.opened("a test looks"):
        for of in (cast.BEN, cast.SOL, cast.CHIPO):
            assert own_points_of(cast.AMINA_ID, of.viewer) == []
    long = aminas_phone.send(f"/me/sessions/{coming}/point", {"text": "x" * 201}, opened="/me/sessions")
    assert long.status_code == 422
    assert "x" * 201 in long.text


def test_a_point_nobody_got_to_waits_for_the_next_session(danas_desk: Visitor, aminas_phone: Visitor) -> None:
    coming = planned(TODAY)
    aminas_phone.send(f"/me/sessions/{coming}/point", {"text": "My exam"}, opened="/me/sessions")
    danas_desk.send(f"/supervision/{coming}/miss", opened=f"/supervision/{coming}/hold")
    assert said(T.THEIRS) == ["My exam"]
    late = aminas_phone.send(f"/me/sessions/{coming}/point", {"text": "Another"}, opened="/me/sessions")
    assert late.status_code == 422
    held(TODAY)
    assert said(T.THEIRS) == ["My exam"]
    assert agenda(on=TODAY + DAY).since == TODAY


def test_thanks_are_what_went_well() -> None:
    held(TODAY - 10 * DAY)
    with transaction(), gate.opened("a test thanks Amina"):
        for who, days in ((cast.DANA, 1), (cast.SOL, 1), (cast.DANA, 30)):
            session.add(
                Thanks(
                    subject_id=cast.AMINA_ID,
                    volunteer_id=cast.AMINA_ID,
                    from_id=who.viewer.account_id,
                    said_at=clock.now() - dt.timedelta(days=days),
                    words="You stayed.",
                )
            )
    assert said(T.WELL) == ["Words of thanks: 1"]
    assert said(T.WELL, viewer=cast.AMINA) == ["Words of thanks: 2"]


def everything(danas_desk: Visitor) -> str:
    """Have one of each thing an agenda knows since the last talk; return the page a talk is prepared on."""
    held(TODAY - 10 * DAY, Agreed("Two free evenings", TODAY - DAY))
    with transaction(), gate.opened("a test"):
        trained(cast.AMINA_ID, "listening", valid_until=TODAY + 5 * DAY)
    amina_answers(**WORN)
    a_contact(helped=True)
    a_contact(difficulty=frozenset({"crisis"}))
    return danas_desk.visit(f"/supervision/{planned(TODAY)}/hold").text


def test_each_thing_of_an_agenda_is_there_and_what_went_well_before_what_weighs(danas_desk: Visitor) -> None:
    page = everything(danas_desk)
    assert list(agenda().topics) == [T.WELL, T.FLAG, T.HEAVY, T.LOAD, T.TRAINING, T.ACTION]
    where = [page.index(f'id="topic-{topic.value}"') for topic in agenda().topics]
    assert where == sorted(where)
    for said_there in (
        "Contacts that helped: 1 of 2",
        "Strain",
        "Heavy contacts: 1",
        "People supported: 1; agreed: 3",
        "Listening runs out soon",
        "Amina: Two free evenings",
    ):
        assert said_there in page
    assert page.count("<h3") >= 6, "each is told as loudly as the others"


def test_the_week_says_what_went_well_before_the_flags(danas_desk: Visitor) -> None:
    everything(danas_desk)
    flag = agenda().topics[T.FLAG][0].title
    assert agenda().first_words == ["Contacts that helped: 1 of 2", flag, "Heavy contacts: 1"]
    week = danas_desk.visit("/supervision").text
    assert f"Contacts that helped: 1 of 2 · {flag} · Heavy contacts: 1 ·" in week


def test_where_nothing_good_is_on_record_it_is_asked_for_first(
    danas_desk: Visitor, aminas_phone: Visitor
) -> None:
    held(TODAY - 10 * DAY)
    amina_answers(**WORN)
    coming = planned(TODAY)
    page = danas_desk.visit(f"/supervision/{coming}/hold").text
    assert page.index("Ask about it first") < page.index('id="topic-flag"')
    aminas_phone.send(f"/me/sessions/{coming}/point", {"text": "My exam"}, opened="/me/sessions")
    page = danas_desk.visit(f"/supervision/{coming}/hold").text
    assert page.index("My exam") < page.index("Ask about it first") < page.index('id="topic-flag"')
    assert "Ask about it first" not in aminas_phone.visit("/me/sessions").text
    a_contact(helped=True)
    assert "Ask about it first" not in danas_desk.visit(f"/supervision/{coming}/hold").text


def test_load_is_said_where_nothing_was_agreed() -> None:
    with transaction(), gate.opened("a test"):
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        amina.capacity = amina.agreed_hours = None
    assert said(T.LOAD) == ["People supported: 1; nothing agreed"]
    for _n in range(2):
        a_contact(minutes=30)
    assert said(T.LOAD) == ["People supported: 1; nothing agreed", "Hours in four weeks: 1; nothing agreed"]


def test_what_is_done_or_let_go_is_on_no_agenda(danas_desk: Visitor) -> None:
    held(TODAY - 10 * DAY, Agreed("Ask the clinic", is_theirs=False))
    assert said(T.ACTION) == ["You: Ask the clinic"]
    page = danas_desk.visit("/supervision").text
    drop = next(part for part in page.split('"') if part.endswith("/drop"))
    danas_desk.send(drop, opened="/supervision")
    assert said(T.ACTION) == []


def test_the_title_of_an_agenda_names_nobody(danas_desk: Visitor) -> None:
    page = everything(danas_desk)
    title = page.split("<title>")[1].split("</title>")[0]
    assert "Amina" not in title
    assert title.startswith("A session ·")
