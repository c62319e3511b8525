"""People are found by any part of their name, however it is written."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from peerlink.store import gate, house, names
from peerlink.store.session import reading, session, transaction

PEOPLE = {
    uuid.UUID(int=n): name
    for n, name in enumerate(
        [
            "Nokuthula Dlamini",
            "Conceição d'Ávila",
            "Aïssatou M'Bow",
            "สมชาย ใจดี",
            "محمد علي",
            "Maeve O'Neill",
            "Zoë Straße",
        ],
        1,
    )
}


@pytest.fixture
def named(clean_database: house.House) -> None:
    with transaction():
        names.put_many("participant", PEOPLE.items())


def found(text: str) -> list[str]:
    with reading():
        return [PEOPLE[one] for one in names.find("participant", text)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thula", "Nokuthula Dlamini"),
        ("DLAM nok", "Nokuthula Dlamini"),
        ("conceicao", "Conceição d'Ávila"),
        ("davila", "Conceição d'Ávila"),
        ("aissatou mbow", "Aïssatou M'Bow"),
        ("ใจดี", "สมชาย ใจดี"),
        ("علي", "محمد علي"),
        ("oneill", "Maeve O'Neill"),
        ("strasse", "Zoë Straße"),
        ("Nokhuthula", "Nokuthula Dlamini"),
        ("Maive", "Maeve O'Neill"),
    ],
)
def test_a_person_is_found(named: None, typed: str, meant: str) -> None:
    assert meant in found(typed)


@pytest.mark.parametrize("typed", ["", "   ", "xyz", "Nokuthula O'Neill", "00000000000000000000000000000001"])
def test_nobody_is_found_by_what_is_not_their_name(named: None, typed: str) -> None:
    assert found(typed) == []


def test_another_kind_is_not_searched(named: None) -> None:
    with reading():
        assert names.find("volunteer", "thula") == []


def test_a_new_name_replaces_the_old(named: None) -> None:
    with transaction():
        names.put("participant", uuid.UUID(int=1), "Thandi Dlamini")
    with reading():
        assert names.find("participant", "nokuthula") == []
        assert names.find("participant", "thandi") == [uuid.UUID(int=1)]
        assert session.scalar(select(func.sum(names.NamePage.n_names))) == len(PEOPLE)


def test_who_is_removed_is_not_found(named: None) -> None:
    with transaction():
        names.remove("participant", uuid.UUID(int=6))
    assert found("oneill") == []
    assert found("thula") == ["Nokuthula Dlamini"]


def test_a_full_page_is_followed_by_another(clean_database: house.House) -> None:
    many = [(uuid.UUID(int=n), f"Person {n}") for n in range(1, names.A_PAGE + 10)]
    with transaction():
        names.put_many("participant", many)
    with reading(), gate.opened("a test looks"):
        pages = list(session.scalars(select(names.NamePage)))
        assert sorted(page.n_names for page in pages) == [9, names.A_PAGE]
        assert all(page.n_names == len(page.lines.split(names.END)[:-1]) for page in pages)
        assert names.find("participant", "person 1030") == [uuid.UUID(int=1030)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=20), st.integers(0, 18))
def test_every_part_of_a_name_finds_it(clean_database: house.House, name: str, cut: int) -> None:
    folded = names.fold(name)
    part = folded[cut : cut + 3].strip()
    person = uuid.uuid4()
    with transaction():
        names.put("participant", person, name)
        if part:
            assert person in names.find("participant", part, limit=1000)
        names.remove("participant", person)
