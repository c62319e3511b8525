"""What holds for the whole house, whoever builds the next room."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import String, Text, select, text

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.participants.models import Participant
from peerlink.store import gate, house
from peerlink.store.model import Model, SealedModel
from peerlink.store.sealing import Field
from peerlink.store.session import session, transaction
from peerlink.web.guard import unguarded
from tests.support import cast

TOP = Path(__file__).resolve().parents[2]
HOUSE = TOP / "peerlink"
ROOMS = sorted(HOUSE.rglob("*.py"))
DRAWERS = {"utils", "util", "helpers", "common", "base", "misc", "manager", "handlers"}


def used(attribute: str) -> set[str]:
    """Name the files that use this attribute of anything."""
    return {
        str(room.relative_to(HOUSE))
        for room in ROOMS
        for node in ast.walk(ast.parse(room.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == attribute
    }


def test_every_page_says_to_whom_it_is_open(app: Flask) -> None:
    assert unguarded(app) == set()


def test_sealed_text_cannot_be_asked_for_in_the_database() -> None:
    with pytest.raises(TypeError, match="sealed"):
        select(Participant).where(Participant.given_name == "Efe")
    with pytest.raises(TypeError, match="sealed"):
        select(Participant).order_by(Participant.given_name)


def test_nothing_opens_outside_of_an_access(the_cast: house.House) -> None:
    with transaction():
        efe = session.get_one(Participant, cast.EFE_ID)
        with pytest.raises(gate.Closed):
            _ = efe.given_name


def test_a_query_that_forgot_its_scope_shows_nothing(the_cast: house.House) -> None:
    viewer = cast.AMINA.viewer
    granted = gate.Access(viewer.account_id, viewer.opens(), {viewer.account_id})
    with transaction(), gate.access(granted):
        for participant in session.scalars(select(Participant)):
            with pytest.raises(gate.Closed):
                _ = participant.given_name


def test_only_the_door_commits() -> None:
    assert used("commit") == {"store/session.py"}


def test_only_the_clock_asks_what_time_it_is() -> None:
    asking = {
        str(room.relative_to(HOUSE))
        for room in ROOMS
        for node in ast.walk(ast.parse(room.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and getattr(node.value, "attr", getattr(node.value, "id", "")) in {"datetime", "date"}
    }
    assert asking == {"clock.py"}


def test_a_field_is_sealed_by_being_a_field() -> None:
    for mapper in Model.registry.mappers:
        kind = mapper.class_
        fields = [one for one in vars(kind).values() if isinstance(one, Field)]
        assert not fields or issubclass(kind, SealedModel), kind


def test_no_text_type_but_the_declared_plain_one() -> None:
    for table in Model.metadata.tables.values():
        for column in table.columns:
            assert not isinstance(column.type, Text), f"{table.name}.{column.name}"
            if type(column.type) is String:
                assert column.type.length == 80, f"{table.name}.{column.name} is declared Plain"


def test_no_room_is_a_drawer_for_odds_and_ends() -> None:
    assert not {room.stem for room in ROOMS} & DRAWERS


def test_rooms_are_small() -> None:
    tests = (TOP / "tests").rglob("*.py")
    long = {
        str(file.relative_to(TOP)) for file in [*ROOMS, *tests] if len(file.read_text().splitlines()) > 300
    }
    assert long == set()


def test_every_module_says_what_it_is_for() -> None:
    silent = {
        str(room.relative_to(HOUSE))
        for room in ROOMS
        if room.name != "__init__.py" and not ast.get_docstring(ast.parse(room.read_text()))
    }
    assert silent == set()


def test_a_row_never_prints_what_it_holds() -> None:
    detail = ContactDetail()
    detail.note = "secret"
    assert "secret" not in repr(detail)
    assert "secret" not in str(Contact())


def test_the_database_is_reached_with_foreign_keys_on(clean_database: house.House) -> None:
    if clean_database.engine.dialect.name == "sqlite":
        with clean_database.engine.connect() as connection:
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_templates_hold_no_english_outside_of_gettext() -> None:
    wordy = re.compile(r">[^<>{}]*[A-Za-z]{3,}[^<>{}]*<")
    found = {}
    for template in (TOP / "templates").rglob("*.html"):
        if template.name == "gallery.html":
            continue
        said = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<(code|kbd)>.*?</\1>",
            "",
            template.read_text(),
            flags=re.DOTALL,
        )
        if words := wordy.findall(said):
            found[template.name] = words[:3]
    assert found == {}
