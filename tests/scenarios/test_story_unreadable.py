"""The whole demonstration is told, and nobody in it can be read from what a thief could carry off."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from peerlink import clock
from peerlink.demo.story import tell_riverbend
from peerlink.features.contacts.models import ContactDetail
from peerlink.features.participants.models import Participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.store import gate
from peerlink.store.session import reading, session
from tests.scenarios.leaks import everything_logged, hits, instance, piles
from tests.store.tampering import findings

N_CONTACTS = 300
N_WORDS = 60
SHORTEST = 9
"""Letters below which a word may stand in a file by accident."""


def told() -> Iterator[str]:
    """Walk everything the story says of anybody: phones, addresses, notes, whole names, safe words."""
    for person in (*session.scalars(select(Participant)), *session.scalars(select(Volunteer))):
        yield from (person.phone or "", person.email or "", person.family_name or "", person.given_name)
        yield (person.phone or "").replace(" ", "").removeprefix("+44")
        if isinstance(person, Participant):
            yield person.safe_words or ""
    for detail in session.scalars(select(ContactDetail)):
        yield detail.note or ""


def test_nobody_of_the_story_can_be_read(
    request: pytest.FixtureRequest, app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with everything_logged(caplog), instance(request, tmp_path, sealed=True) as opened:
        for _month in tell_riverbend(clock.today("Europe/London"), N_CONTACTS):
            pass
        with reading(), gate.opened("a test learns what was told"):
            words = sorted({word for word in told() if len(word) >= SHORTEST})
        assert len(words) > N_WORDS
        looked_for = random.Random(1).sample(words, N_WORDS)
        stolen = piles(opened, tmp_path, caplog.text)
        assert {word: where for word in looked_for if (where := hits(word, stolen))} == {}
        assert findings() == []
