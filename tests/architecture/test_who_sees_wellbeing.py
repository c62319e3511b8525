"""How somebody is: on every page, for everybody, who sees any of it. Told by words nobody else writes."""

import re
import uuid
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from sqlalchemy import select

from peerlink import clock
from peerlink.features.accounts import entry
from peerlink.features.accounts.models import Account
from peerlink.features.risks.models import Flag, FlagStep, StepKind
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.reading import choose_reader
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus, CommentReader
from peerlink.store import gate, house
from peerlink.store import session as door
from peerlink.store.session import session, transaction
from tests.architecture.one_of_each import HERS, SIDES, tell
from tests.architecture.test_routes import PEOPLE, ROWS
from tests.support import cast

ANSWERS = {f"v{n}": 4 if n < 3 else 2 for n in range(1, 8)} | {f"v{n}": 2 for n in range(8, 15)}
"""A strain of 64, which no other number on any page of Amina's is called."""
PLANTED = {
    "strain": r"Strain\W+64\b",
    "said": "whyamber",
    "own side": "sideamber",
    "note": "noteamber",
    "skip": "skipamber",
    "diary": "diaryamber",
    "own diary": "onlyamber",
}
READERS = {
    "own side": {"amina", "reader"},
    "note": {"reader"},
    "said": {"amina", "reader"},
    "skip": {"amina", "reader"},
    "strain": {"amina", "reader"},
    "diary": {"amina", "reader"},
    "own diary": {"amina"},
}
"""Who sees what was planted, and nobody besides: not one role, on not one page."""
BASE = "https://localhost"


class _Read(HTMLParser):
    """What a page says, to the eye and to the ear."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.feed(html)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value or "" for name, value in attrs if name in {"aria-label", "value", "title"}]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def plant() -> None:
    """Let Amina have said all of it, in words that stand nowhere else."""
    with transaction(), gate.opened("a test plants words"):
        answered = session.scalars(select(Checkin).where(Checkin.volunteer_id == cast.AMINA_ID)).one()
        answered.answers, answered.diary, answered.reader = ANSWERS, "diaryamber", CommentReader.SUPERVISOR
        for days, status in ((31, CheckinStatus.ANSWERED), (61, CheckinStatus.SKIPPED)):
            on = clock.today("Europe/London").fromordinal(answered.due_on.toordinal() - days)
            is_answered = status is CheckinStatus.ANSWERED
            session.add(
                Checkin(
                    subject_id=cast.AMINA_ID,
                    volunteer_id=cast.AMINA_ID,
                    due_on=on,
                    answered_on=on if is_answered else None,
                    status=status,
                    answers=ANSWERS if is_answered else None,
                    diary="onlyamber" if is_answered else None,
                    reader=CommentReader.NOBODY if is_answered else None,
                    skipped_reason=None if is_answered else "too_much",
                    skipped_words=None if is_answered else "skipamber",
                )
            )
        flag = session.get_one(Flag, SIDES["flag_id"][HERS])
        flag.said, flag.own_side = "whyamber", "sideamber"
        flag.said_evidence = [{"name": "strain", "value": 64.3, "unit": "points", "threshold": 50, "n": 7}]
        session.add(
            FlagStep(
                subject_id=cast.AMINA_ID,
                flag_id=flag.id,
                kind=StepKind.ACKNOWLEDGED,
                at=clock.now(),
                by=cast.DANA.viewer.account_id,
                private_note="noteamber",
            )
        )


@pytest.fixture
def planted(the_cast: house.House) -> None:
    tell()
    plant()


def choose(reader_id: uuid.UUID) -> None:
    with transaction(), gate.opened("a test chooses"):
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        choose_reader(amina, reader_id, by=cast.AMINA.viewer.account_id)


def sign_in(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Sign everybody in, and let nothing be kept from then on."""
    with transaction(), gate.opened("a test signs its cast in"):
        tokens = {
            name: entry.start(
                session.get_one(Account, person.viewer.account_id), on_phone=False, proved=True
            ).token
            for name, person in PEOPLE.items()
        }

    def drop(inner: object) -> None:
        inner.flush()  # type: ignore[attr-defined]
        door.drop(inner)

    monkeypatch.setattr(door, "keep", drop)
    return tokens


def pages_of(app: Flask, token: str | None) -> Iterator[tuple[str, str]]:
    """Open every page there is about Amina's side; give back what each says."""
    client = app.test_client()
    if token is not None:
        with client.session_transaction(base_url=BASE) as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
    kept = client.get_cookie("__Host-pl")
    headers = {"Cookie": f"__Host-pl={kept.value}"} if kept is not None else {}
    bare = app.test_client(use_cookies=False)
    for row in ROWS:
        if row.method == "GET":
            answer = bare.get(row.on(HERS), headers=headers, base_url=BASE)
            is_page = answer.mimetype == "text/html"
            yield row.on(HERS), " ".join(_Read(answer.text).said) if is_page else str(answer.data)


def seen_by(app: Flask, tokens: dict[str, str]) -> dict[str, set[str]]:
    """Say for everything planted who found it, and where."""
    found: dict[str, set[str]] = {name: set() for name in PLANTED}
    for who in (*PEOPLE, "stranger"):
        for address, said in pages_of(app, tokens.get(who)):
            for name, words in PLANTED.items():
                if re.search(words, said):
                    found[name].add(f"{who} at {address}")
    return found


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("reader", [cast.DANA, cast.SOL], ids=lambda one: one.name)
def test_nobody_but_oneself_and_ones_reader_sees_how_one_is(
    app: Flask, monkeypatch: pytest.MonkeyPatch, reader: cast.Person
) -> None:
    choose(reader.viewer.account_id)
    found = seen_by(app, sign_in(monkeypatch))
    for name, who in READERS.items():
        expected = {reader.name.lower() if one == "reader" else one for one in who}
        people = {one.partition(" at ")[0] for one in found[name]}
        assert people == expected, f"{name}: {sorted(found[name])}"
