"""What may be typed about contacts."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, ValidationError

from peerlink.features.contacts.rules import LONGEST, SHORTEST, ContactDraft
from peerlink.framework.support import SUBTYPES, SupportArea
from peerlink.framework.vocabularies import (
    BridgingTag,
    Channel,
    ContactStatus,
    DifficultyTag,
    MissedBy,
    PlaceRating,
    Technique,
    Topic,
)
from peerlink.framework.word import Word
from peerlink.web.form import Form
from peerlink.words import N_, _

NO_ANSWER = "missed"
OTHER_LENGTH = "other"
LONGEST_PROMISE = 160
EFFORTS = ((0, N_("Light")), (2, N_("Okay")), (4, N_("Heavy")))
SUBTYPES_OF = {area.value: [one.code for one in SUBTYPES if one.area is area] for area in SupportArea}
ICONS = {
    **{area.value: area.icon for area in SupportArea},
    "in_person": "visit",
    "phone": "call",
    "text": "message",
    "video": "video",
    "app": "device",
    NO_ANSWER: "missed",
}
_HOW = {
    Channel.IN_PERSON.value: N_("Met"),
    Channel.PHONE.value: N_("Call"),
    Channel.TEXT.value: N_("Message"),
    Channel.VIDEO.value: N_("Video"),
    Channel.APP.value: N_("App chat"),
}
_NOT_THERE = {
    MissedBy.PARTICIPANT.value: N_("They were not"),
    MissedBy.VOLUNTEER.value: N_("I could not"),
    MissedBy.BOTH.value: N_("Neither of us"),
    MissedBy.SYSTEM.value: N_("Something technical"),
}
_FIELD_FORMAT = "%Y-%m-%dT%H:%M"
_FORMATS = [_FIELD_FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
_AT_MOST = 500


def _words(kind: type[Word], *, but: tuple[str, ...] = ()) -> dict[str, str]:
    return {word.value: word.label for word in kind if word.value not in but}


def _told_apart(_form: Form, field: Any) -> None:
    try:
        uuid.UUID(str(field.data))
    except ValueError:
        raise ValidationError(N_("This page was not sent whole. Open it again.")) from None


class _Timed(Form):
    """A form that is about one contact and one moment; its key tells it from every other."""

    key = HiddenField(default=lambda: str(uuid.uuid4()), validators=[_told_apart])
    when = DateTimeLocalField(
        N_("When"), [InputRequired(N_("Say when."))], format=_FORMATS, render_kw={"data-now": ""}
    )

    def moment(self, zone: str) -> dt.datetime:
        """Return the moment that was typed, in the programme's time zone."""
        typed: dt.datetime = self.when.data
        return typed.replace(tzinfo=ZoneInfo(zone))


class ContactForm(_Timed):
    """One contact, as a volunteer logs it."""

    opened = HiddenField()
    who = RadioField(N_("Who?"), [InputRequired(N_("Say with whom."))], choices=[], validate_choice=False)
    how = RadioField(
        N_("How?"),
        [InputRequired(N_("Say how you were in touch."))],
        choices={**_HOW, NO_ANSWER: N_("No answer")},
    )
    missed_by = RadioField(
        N_("Who was not there?"),
        [Optional()],
        choices=_NOT_THERE,
        default=MissedBy.PARTICIPANT.value,
    )
    place = SelectField(N_("Where?"), [Optional()], choices=[], validate_choice=False)
    rating = RadioField(N_("How safe did the place feel?"), [Optional()], choices=_words(PlaceRating))
    minutes = RadioField(N_("Minutes"), [Optional()], choices=[], validate_choice=False)
    minutes_exact = IntegerField(
        N_("How many minutes?"),
        [
            Optional(),
            NumberRange(SHORTEST, LONGEST, N_("A contact lasts 5 to 240 minutes.")),
        ],
    )
    areas = SelectMultipleField(
        N_("You helped with"), choices={area.value: area.label for area in SupportArea}
    )
    subtypes = SelectMultipleField(N_("Which"), choices={one.code: one.label for one in SUBTYPES})
    effort = RadioField(
        N_("And you, after this?"), [Optional()], choices={str(value): label for value, label in EFFORTS}
    )
    difficulty = SelectMultipleField(
        N_("Was something hard?"), choices=_words(DifficultyTag, but=(DifficultyTag.NONE,))
    )
    topics = SelectMultipleField(N_("What did you talk about?"), choices=_words(Topic))
    techniques = SelectMultipleField(N_("How did you help to decide?"), choices=_words(Technique))
    bridging = SelectMultipleField(N_("Did you build a bridge?"), choices=_words(BridgingTag))
    promise = StringField(N_("Did you promise something?"), [Optional(), Length(max=LONGEST_PROMISE)])
    promise_due = DateField(N_("Until when?"), [Optional()])
    note = TextAreaField(
        N_("Note"), [Optional(), Length(max=_AT_MOST, message=N_("At most 500 characters."))]
    )
    anyway = HiddenField()
    late_reason = TextAreaField(N_("Why does it come so late?"), [Optional(), Length(max=_AT_MOST)])

    def speak(self) -> None:
        """Say every choice in the language of whoever is looking; needed only where the form is shown."""
        for field in self:
            if isinstance(field, SelectField | SelectMultipleField) and field.choices:
                field.choices = {value: _(label) for value, label in field.choices.items()}

    def validate(self, extra_validators: Any = None) -> bool:
        """Check what was typed; which lengths were offered does not matter."""
        fine: bool = super().validate(extra_validators)
        if fine and self.status is ContactStatus.HELD and self._minutes() == 0:
            self.minutes.errors = [*self.minutes.errors, N_("Say how long it was.")]
            fine = False
        return fine

    @property
    def status(self) -> ContactStatus:
        return ContactStatus.MISSED if self.how.data == NO_ANSWER else ContactStatus.HELD

    def draft(self, zone: str) -> ContactDraft:
        """Return what was typed, as the rules know it."""
        held = self.status is ContactStatus.HELD
        met = self.how.data == Channel.IN_PERSON.value
        return ContactDraft(
            id=uuid.UUID(str(self.key.data)),
            status=self.status,
            at=self.moment(zone),
            opened_at=_moment(self.opened.data, zone),
            channel=Channel(self.how.data) if held else None,
            missed_by=None if held else MissedBy(self.missed_by.data or MissedBy.PARTICIPANT),
            minutes=self._minutes() if held else 0,
            support=self._support() if held else frozenset(),
            place_id=_uuid(self.place.data) if met else None,
            rating=PlaceRating(self.rating.data) if met and self.rating.data else None,
            effort=int(self.effort.data) if self.effort.data else None,
            difficulty=frozenset(self.difficulty.data or ()),
            topics=frozenset(self.topics.data or ()),
            techniques=frozenset(self.techniques.data or ()),
            bridging=frozenset(self.bridging.data or ()),
            note=_text(self.note.data),
            note_anyway=self.anyway.data == "y",
            promise=_text(self.promise.data),
            promise_due=self.promise_due.data if _text(self.promise.data) else None,
            late_reason=_text(self.late_reason.data),
        )

    def _minutes(self) -> int:
        if self.minutes.data and self.minutes.data != OTHER_LENGTH:
            return int(self.minutes.data) if str(self.minutes.data).isdecimal() else 0
        return self.minutes_exact.data or 0

    def _support(self) -> frozenset[str]:
        """Return the sub-types, and each area chosen without saying which."""
        named = frozenset(self.subtypes.data or ())
        alone = {area for area in self.areas.data or () if not named & frozenset(SUBTYPES_OF.get(area, ()))}
        return named | alone

    def offer_minutes(self, offered: tuple[int, ...]) -> None:
        """Offer these lengths, and any other."""
        self.minutes.choices = {**{str(one): str(one) for one in offered}, OTHER_LENGTH: _("Other")}

    def offer_places(self, places: dict[uuid.UUID, str]) -> None:
        """Offer these places."""
        self.place.choices = {"": _("Not said"), **{one.hex: name for one, name in places.items()}}


class PlanForm(_Timed):
    """The next contact, as it is agreed."""

    how = RadioField(N_("How?"), [InputRequired(N_("Say how you will be in touch."))], choices=[])
    place = SelectField(N_("Where?"), [Optional()], choices=[], validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.how.choices = {value: _(label) for value, label in _HOW.items()}
        self.when.render_kw = {}

    def offer_places(self, places: dict[uuid.UUID, str]) -> None:
        """Offer these places."""
        self.place.choices = {"": _("Not said"), **{one.hex: name for one, name in places.items()}}

    def draft(self, zone: str) -> ContactDraft:
        """Return what was typed, as the rules know it."""
        met = self.how.data == Channel.IN_PERSON.value
        return ContactDraft(
            id=uuid.UUID(str(self.key.data)),
            status=ContactStatus.PLANNED,
            at=self.moment(zone),
            channel=Channel(self.how.data),
            place_id=_uuid(self.place.data) if met else None,
        )


class AddForm(Form):
    """Something to be added to a contact."""

    text = TextAreaField(
        N_("Add something"),
        [InputRequired(N_("Write what is to be added.")), Length(max=_AT_MOST)],
    )
    anyway = HiddenField()


class BySideForm(Form):
    """On whose side a planned contact fell through."""

    side = SelectField(N_("On whose side?"), [InputRequired()], default=MissedBy.PARTICIPANT.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side.choices = {value: _(label) for value, label in _words(MissedBy).items()}


class CallForm(Form):
    """Whether somebody wants to be called after a contact, chosen with one tap."""

    when = HiddenField(validators=[AnyOf(["today", "this_week", "no"])])


def filled_in(draft: ContactDraft, zone: str) -> dict[str, Any]:
    """Return a contact as the values of its form."""
    offered = str(draft.minutes) if draft.minutes else None
    return {
        "key": draft.id.hex,
        "when": draft.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0),
        "how": draft.channel.value if draft.channel else NO_ANSWER,
        "missed_by": draft.missed_by.value if draft.missed_by else None,
        "place": draft.place_id.hex if draft.place_id else "",
        "rating": draft.rating.value if draft.rating else None,
        "minutes": offered,
        "areas": [area for area, within in SUBTYPES_OF.items() if draft.support & {area, *within}],
        "subtypes": sorted(draft.support),
        "effort": None if draft.effort is None else str(draft.effort),
        "difficulty": sorted(draft.difficulty),
        "topics": sorted(draft.topics),
        "techniques": sorted(draft.techniques),
        "bridging": sorted(draft.bridging),
        "note": draft.note,
    }


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _uuid(value: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if value else None
    except ValueError:
        return uuid.UUID(int=0)


def _moment(value: str | None, zone: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(value or "").replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
