"""What two people did, contact by contact: drawn day by day, logged by the volunteer shortly afterwards."""

import datetime as dt
import uuid
from dataclasses import replace

from sqlalchemy import select

from peerlink.demo.cast import FARAH, HASSAN, HEAVY_NOTES, LINDIWE, NOTES, PROMISES, YOLANDA
from peerlink.demo.lives import Walk
from peerlink.demo.stage import Stage
from peerlink.demo.story_list import PLACE_REFS
from peerlink.features.contacts.models import FollowUp
from peerlink.features.contacts.rules import ContactDraft
from peerlink.features.contacts.service import keep_follow_up, log_contact
from peerlink.framework.vocabularies import Channel, ContactStatus, MissedBy, PlaceRating
from peerlink.store.session import session

N_CONTACTS = 6000
KITE = "Kite"
SILENT = 9
"""Days before today from which on nobody reached Kite."""
BUSY = 16
"""Days without a free one, for Lindiwe."""
HEAVY = ((3, "relapse"), (2, "bereavement"), (1, "crisis"))
"""Lindiwe's three heavy contacts in a row: days ago, and what made them hard."""
HURT = ((52, "hostility"), (33, "rejection"), (12, "complaint"))
"""Reactions that hurt Hassan."""
SURE = 5
"""Days ago since which everybody came, but for those whose story it is."""
HARD_LATELY = 95
"""Days ago since which nobody but those whose story it is had a hard contact."""
HOUSING = 70
"""Days ago since when Farah is asked about housing."""
CHANNELS = (
    (Channel.IN_PERSON, 34, (45, 60, 60, 75)),
    (Channel.PHONE, 32, (20, 25, 30, 35)),
    (Channel.TEXT, 28, (5, 10, 10, 15)),
    (Channel.VIDEO, 6, (25, 30, 40)),
)
SUPPORT = (
    ("support.emotional.listening", 30),
    ("support.informational.lived_experience", 22),
    ("support.informational.education", 16),
    ("support.emotional.positive_belief", 12),
    ("support.instrumental.medical.scheduling", 14),
    ("support.instrumental.medical.reminder", 10),
    ("support.affiliational.reduce_isolation", 14),
    ("support.affiliational.connect_network", 9),
    ("support.appraisal.treatment_decision", 10),
    ("support.appraisal.selfcare_decision", 9),
    ("support.instrumental.daily.housing", 6),
)
TOPICS = ("stigma", "work", "side_effects", "mental_wellbeing", "relationships", "missed_doses", "housing")
HOURS = (9, 10, 11, 13, 14, 15, 16, 17, 18)
EVENING = 20
WEIGHS = frozenset({"relapse", "bereavement", "crisis"})


class Diary:
    """What two people did, drawn day by day."""

    def __init__(self, stage: Stage, walks: list[Walk], n_contacts: int = N_CONTACTS) -> None:
        self.stage = stage
        self.rng = stage.rng
        self.walks = walks
        days = sum(walk.started - walk.until for walk in walks)
        self.gap = max(days / n_contacts, 2.0)
        self.busy: set[tuple[str, dt.datetime]] = set()

    def tell(self) -> None:
        """Let everybody be in touch, as often as it makes so many contacts in all."""
        for walk in self.walks:
            self._tell_walk(walk)
        theirs = [walk for walk in self.walks if walk.volunteer.name == LINDIWE and walk.ended is None]
        met = {at.date() for name, at in self.busy if name == LINDIWE}
        for n, days_ago in enumerate(range(BUSY, 0, -1)):
            if self.stage.day(days_ago) not in met:
                self._log(theirs[n % len(theirs)], days_ago)

    def _tell_walk(self, walk: Walk) -> None:
        self._log(walk, walk.started)
        hard = {LINDIWE: HEAVY, HASSAN: HURT}.get(walk.volunteer.name, ())
        mine = dict(hard) if self._is_first(walk) else {}
        for days_ago, tag in mine.items():
            self._log(walk, days_ago, tag=tag)
        left = float(walk.started)
        while (left := left - self.rng.uniform(0.45, 1.55) * self.gap) >= walk.until:
            days_ago = round(left)
            if walk.alias == KITE and days_ago <= SILENT:
                continue
            if days_ago not in mine and walk.until <= days_ago < walk.started:
                self._draw(walk, days_ago)
        if walk.alias == KITE:
            for days_ago in (6, 2):
                self._log(walk, days_ago, ContactStatus.MISSED, MissedBy.PARTICIPANT)

    def _is_first(self, walk: Walk) -> bool:
        going = [one for one in self.walks if one.volunteer is walk.volunteer and one.ended is None]
        return bool(going) and going[0] is walk

    def _draw(self, walk: Walk, days_ago: int) -> None:
        """Draw what became of one day: mostly held, now and then missed or called off."""
        chance = self.rng.random()
        if days_ago > SURE or walk.ended is not None:
            for share, status, side in (
                (0.10, ContactStatus.MISSED, MissedBy.PARTICIPANT),
                (0.12, ContactStatus.MISSED, MissedBy.BOTH),
                (0.135, ContactStatus.MISSED, MissedBy.VOLUNTEER),
                (0.165, ContactStatus.CANCELLED, MissedBy.PARTICIPANT),
                (0.175, ContactStatus.CANCELLED, MissedBy.VOLUNTEER),
            ):
                if chance < share:
                    self._log(walk, days_ago, status, side)
                    return
        tag = None
        if days_ago > HARD_LATELY and chance > 0.985:
            tag = self.rng.choice(("complaint", "boundary", "relapse", "crisis", "no_show"))
        self._log(walk, days_ago, tag=tag)

    def _log(
        self,
        walk: Walk,
        days_ago: int,
        status: ContactStatus = ContactStatus.HELD,
        side: MissedBy | None = None,
        *,
        tag: str | None = None,
    ) -> None:
        at = self._moment(walk.volunteer.name, days_ago)
        held = status is ContactStatus.HELD
        channel, _weight, lengths = self.rng.choices(CHANNELS, [share for _c, share, _m in CHANNELS])[0]
        promise = held and days_ago > 3 and self.rng.random() < 0.03
        draft = ContactDraft(
            id=self.stage.new_id(),
            status=status,
            at=at,
            channel=channel,
            minutes=self.rng.choice(lengths) if held else 0,
            missed_by=side,
            support=self._support(walk, days_ago) if held else frozenset(),
            rating=PlaceRating.SAFE if held and channel is Channel.IN_PERSON else None,
            effort=self._effort(tag) if held else None,
            helped=True if held and self.rng.random() < 0.5 else None,
            difficulty=frozenset({tag}) if tag else frozenset(),
            topics=self._topics(walk, days_ago) if held else frozenset(),
            note=self._note(tag) if held and (tag or self.rng.random() < 0.18) else None,
            promise=self.rng.choice(PROMISES) if promise else None,
            promise_due=self.stage.day(days_ago - 2) if promise else None,
        )
        place = self.rng.choice(PLACE_REFS) if channel is Channel.IN_PERSON else None
        written = at + dt.timedelta(minutes=draft.minutes + self.rng.randint(5, 90))
        self.stage.then(written, lambda: self._write(walk, draft, place))
        if promise:
            done = self.stage.at(max(days_ago - 2, 1), 17)
            self.stage.then(max(done, written), lambda: self._keep_promise(walk, draft.id))

    def _moment(self, volunteer: str, days_ago: int) -> dt.datetime:
        """Return a free quarter of an hour of a volunteer's day; now and then an evening."""
        hours = [EVENING] if self.rng.random() < 0.04 else self.rng.sample(HOURS, len(HOURS))
        quarter = self.rng.choice((0, 15, 30, 45))
        moments = [self.stage.at(days_ago, hour, quarter) for hour in hours]
        free = [at for at in moments if (volunteer, at) not in self.busy]
        at = free[0] if free else moments[0]
        self.busy.add((volunteer, at))
        return at

    def _support(self, walk: Walk, days_ago: int) -> frozenset[str]:
        """Draw one to three kinds of support; Yolanda's work has become all of one kind."""
        if walk.volunteer.name == YOLANDA and days_ago < HARD_LATELY:
            return frozenset({"support.informational.education"})
        kinds, weights = zip(*SUPPORT, strict=True)
        return frozenset(self.rng.choices(kinds, weights, k=self.rng.choice((1, 1, 2, 2, 3))))

    def _topics(self, walk: Walk, days_ago: int) -> frozenset[str]:
        """Draw what was talked about; lately Farah is asked about housing, which nobody taught her."""
        topic = self.rng.choice(TOPICS) if self.rng.random() < 0.4 else None
        if walk.volunteer.name == FARAH and days_ago < HOUSING:
            topic = "housing" if days_ago % 3 else "stigma"
        return frozenset({topic}) if topic else frozenset()

    def _effort(self, tag: str | None) -> int | None:
        if tag:
            return self.rng.choice((3, 4))
        return self.rng.choice((0, 0, 1, 1, 1, 2)) if self.rng.random() < 0.6 else None

    def _note(self, tag: str | None) -> str:
        return self.rng.choice(HEAVY_NOTES if tag in WEIGHS else NOTES)

    def _write(self, walk: Walk, draft: ContactDraft, place: str | None) -> None:
        place_id = self.stage.places[place] if place else None
        log_contact(
            self.stage.matches[walk.name],
            replace(draft, place_id=place_id),
            self.stage.viewer(walk.volunteer.name),
        )

    def _keep_promise(self, walk: Walk, contact_id: uuid.UUID) -> None:
        asked = select(FollowUp.id).where(FollowUp.contact_id == contact_id)
        for follow_up_id in session.scalars(asked):
            keep_follow_up(follow_up_id, self.stage.viewer(walk.volunteer.name))
