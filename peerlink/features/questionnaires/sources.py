"""What rooms above know and questionnaires need: whether somebody is on duty, and who helps at once."""

from collections.abc import Callable
from dataclasses import dataclass

from peerlink.words import _


@dataclass(frozen=True)
class Help:
    """Whom somebody can turn to at once, as the programme has written it down."""

    text: str
    """A few kind sentences."""
    numbers: tuple[tuple[str, str], ...] = ()
    """Who answers, and the number to call."""


HelpSource = Callable[[], Help | None]
Check = Callable[[], None]

help_sources: list[HelpSource] = []
"""Each gives the programme's own help text; the first that has one is shown."""
safety_checks: list[Check] = []
"""Each raises Refused with what is missing before a form that asks about harm to oneself may be sent."""


def local_help() -> Help:
    """Return whom to turn to; without anything written down, what holds everywhere."""
    for source in help_sources:
        found = source()
        if found is not None:
            return found
    return Help(everywhere())


def everywhere() -> str:
    """Say what holds wherever somebody is."""
    return _(
        "If you are in danger now, call the emergency number of your country, or go to the nearest hospital. "
        "You do not have to be alone with this: tell somebody you trust."
    )
