"""The whole story of Riverbend: 14 months, told through the services with the clock turned."""

import datetime as dt
from collections.abc import Iterator

from peerlink import events
from peerlink.demo import lives
from peerlink.demo.stage import Stage, tell
from peerlink.demo.story_care import look_after
from peerlink.demo.story_contacts import N_CONTACTS, Diary
from peerlink.demo.story_forms import ask_two_sentences
from peerlink.demo.story_money import pay
from peerlink.demo.story_nights import tell_nights
from peerlink.demo.story_people import bring_volunteers, found_programme, look_at_places
from peerlink.demo.story_safety import keep_safe
from peerlink.demo.story_team import keep_together
from peerlink.demo.story_today import N_WITHOUT_WALK, set_the_morning
from peerlink.demo.story_training import teach
from peerlink.demo.story_walks import walk_with
from peerlink.features.indicators.listeners import count
from peerlink.features.notices.listeners import tell as notify
from peerlink.features.risks.listeners import about_contact, about_incident, about_pair, about_volunteer

RESTING = (count, about_volunteer, about_pair, about_contact, about_incident, notify)
"""Who hears nothing while months are told: counters, rules, and whoever sends messages."""
N_PEOPLE = lives.N_WALKS + N_WITHOUT_WALK


def tell_riverbend(today: dt.date, n_contacts: int = N_CONTACTS) -> Iterator[str]:
    """Tell the story up to this day into an empty instance; name each month as it begins."""
    stage = Stage(today)
    people = {one.alias: one for one in lives.people(stage.rng, N_PEOPLE)}
    aliases = list(people)
    stars = {alias for given in lives.STARS.values() for alias in given}
    aliases.sort(key=lambda alias: alias not in stars)
    walks = lives.walks(stage.rng, aliases[: lives.N_WALKS])
    found_programme(stage)
    look_at_places(stage)
    bring_volunteers(stage)
    for walk in walks:
        walk_with(stage, walk, people[walk.alias])
    Diary(stage, walks, n_contacts).tell()
    look_after(stage)
    set_the_morning(stage, [people[alias] for alias in aliases[lives.N_WALKS :]], walks)
    teach(stage)
    pay(stage)
    keep_safe(stage, walks)
    keep_together(stage, walks)
    ask_two_sentences(stage)
    tell_nights(stage)
    with events.resting(*RESTING):
        yield from tell(stage.deeds)
