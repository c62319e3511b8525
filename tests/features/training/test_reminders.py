"""Reminders at 60, 30 and 7 days: each once, the nearest after a missed night, none when it is too late."""

import pytest

from peerlink.events import Wording, listen
from peerlink.features.training.events import TrainingRunsOut
from peerlink.features.training.reminding import remind
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import TrainingResult, VolunteerStatus
from peerlink.jobs import JOBS
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.training import trained
from tests.features.training.deeds import DAY, TODAY
from tests.support import cast

heard: list[TrainingRunsOut] = []


def _hear(event: TrainingRunsOut) -> None:
    heard.append(event)


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    heard.clear()
    listen(TrainingRunsOut, _hear)


def nights(*days: int) -> list[int]:
    """Go through these nights, counted from today; return the reminders given."""
    heard.clear()
    for day in days:
        with transaction(), gate.opened("a test's night"):
            remind(TODAY + day * DAY)
    return [one.days for one in heard]


def runs_out_in(days: int, **said: object) -> None:
    with transaction():
        trained(cast.AMINA_ID, valid_until=TODAY + days * DAY, **said)


def test_each_reminder_is_given_once() -> None:
    runs_out_in(61)
    assert nights(*range(64)) == [60, 30, 7]
    assert nights(*range(64)) == []


@pytest.mark.parametrize(
    ("days_left", "given"),
    [(61, []), (60, [60]), (31, [60]), (30, [30]), (8, [30]), (7, [7]), (0, [7]), (-1, [])],
)
def test_after_missed_nights_only_the_nearest_due_is_given(days_left: int, given: list[int]) -> None:
    runs_out_in(days_left)
    assert nights(0) == given


def test_who_took_it_again_hears_nothing_of_the_old_one() -> None:
    runs_out_in(30, completed_on=TODAY - 400 * DAY)
    runs_out_in(300, completed_on=TODAY - DAY)
    assert nights(0) == []


def test_a_failed_try_does_not_silence_the_reminder() -> None:
    runs_out_in(30)
    runs_out_in(300, completed_on=TODAY - DAY, result=TrainingResult.FAILED)
    assert nights(0) == [30]


def test_a_last_day_that_was_left_out_is_worked_out() -> None:
    with transaction():
        trained(cast.AMINA_ID, "safeguarding", completed_on=TODAY - 340 * DAY)
    assert nights(0) == [30]


@pytest.mark.parametrize(
    ("status", "given"),
    [(VolunteerStatus.PAUSED, [30]), (VolunteerStatus.LEFT, []), (VolunteerStatus.TRAINING, [])],
)
def test_who_does_not_serve_is_left_in_peace(status: VolunteerStatus, given: list[int]) -> None:
    runs_out_in(30)
    with transaction(), gate.opened("a test changes a state"):
        session.get_one(Volunteer, cast.AMINA_ID).status = status
    assert nights(0) == given


def test_the_message_is_neutral_and_its_key_names_module_day_and_reminder() -> None:
    runs_out_in(30)
    nights(0)
    (message,) = heard[0].messages()
    until = (TODAY + 30 * DAY).isoformat()
    assert (message.to, message.wording, message.key) == (
        cast.AMINA_ID,
        Wording.DATE,
        f"training:knowledge:{until}:30",
    )


def test_a_new_last_day_is_reminded_of_anew() -> None:
    runs_out_in(7)
    assert nights(0) == [7]
    with transaction():
        from_file = trained(cast.BEN_ID, valid_until=TODAY + 7 * DAY)
    assert nights(0) == [7]
    with transaction():
        session.get_one(type(from_file), from_file.id).valid_until = TODAY + 90 * DAY
    assert nights(*range(1, 40)) == [60]


def test_the_night_reminds() -> None:
    assert [one.run for one in JOBS if one.name == "training reminders"] == [remind]
