"""What may be said in a check-in."""

import uuid
from typing import Any

from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from peerlink.features.volunteers.reading import Reader
from peerlink.features.wellbeing.rules import LONGEST_DIARY, LONGEST_REASON, CheckinDraft
from peerlink.framework.checkin_words import SkipReason
from peerlink.framework.vocabularies import CommentReader, ContactRequest, Growth
from peerlink.instruments.checkin import (
    ANSWERS,
    COMMENT_QUESTION,
    GROWTH_FROM,
    GROWTH_ITEM,
    GROWTH_QUESTION,
    ITEMS,
    READER_QUESTION,
    REQUEST_QUESTION,
)
from peerlink.web.form import Form
from peerlink.words import N_, _


class Questions(Form):
    """What is asked besides the fourteen sentences."""

    grew = SelectMultipleField(
        GROWTH_QUESTION, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    request = RadioField(REQUEST_QUESTION, [Optional()], default=ContactRequest.NO.value)
    instead = RadioField(N_("Who reads it from now on"), [Optional()], default="")
    diary = TextAreaField(COMMENT_QUESTION, [Length(max=LONGEST_DIARY)])
    reader = RadioField(READER_QUESTION, [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in self.items():
            item.choices = [(str(n), _(label)) for n, label in enumerate(ANSWERS)]
            item.label.text = _(item.label.text)
        self.grew.choices = [(one.value, _(one.label)) for one in Growth]
        self.request.choices = [(one.value, _(one.label)) for one in ContactRequest]
        self.offer([], None)

    def offer(self, able: list[Reader], now: Reader | None) -> None:
        """Offer every other supervisor as a reader, and name whoever reads now."""
        others = [one for one in able if one != now]
        self.instead.choices = [("", now.name if now else _("Nobody yet"))] if others else []
        self.instead.choices += [(one.account_id.hex, reader_in_words(one)) for one in others]
        reads = _("Whoever reads my check-ins")
        if now is not None:
            reads = _("Whoever reads my check-ins, now %(name)s", name=now.name)
        self.reader.choices = [
            (CommentReader.SUPERVISOR.value, reads),
            (CommentReader.NOBODY.value, _(CommentReader.NOBODY.label)),
        ]

    @property
    def instead_id(self) -> uuid.UUID | None:
        """The account that reads from now on, where one was named."""
        return uuid.UUID(self.instead.data) if self.instead.data else None

    def validate_grew(self, field: Any) -> None:
        """Ask what grew only where something did, and say so beside the question."""
        said = self[f"v{GROWTH_ITEM}"].data
        if field.data and (not said or int(said) < GROWTH_FROM):
            raise ValidationError(
                _("Tick these only with “Somewhat” or more to the sentence above, or take the ticks away.")
            )

    def validate_diary(self, field: Any) -> None:
        """Ask beside what is written who may read it; before that, that something is answered at all."""
        answered = any(item.data for item in self.items())
        if answered and (field.data or "").strip() and not self.reader.data:
            raise ValidationError(_("Choose who may read what you wrote."))

    def items(self) -> list[Any]:
        """Return the fourteen sentences in their order."""
        return [self[item.id] for item in ITEMS]

    def draft(self) -> CheckinDraft:
        return CheckinDraft(
            answers={item.id: int(self[item.id].data) for item in ITEMS if self[item.id].data},
            request=ContactRequest(self.request.data or ContactRequest.NO),
            grew=tuple(Growth(one) for one in self.grew.data or ()),
            diary=(self.diary.data or "").strip() or None,
            reader=CommentReader(self.reader.data) if self.reader.data else None,
        )


CheckinForm: type[Questions] = type(
    "CheckinForm", (Questions,), {item.id: RadioField(item.text, [Optional()]) for item in ITEMS}
)
"""The fourteen sentences and what may be added to them."""


class SkipForm(Form):
    """Leaving one out."""

    reason = RadioField(N_("Why, if you like"), [Optional()])
    words = StringField(N_("In your own words"), [Length(max=LONGEST_REASON)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [(one.value, _(one.label)) for one in SkipReason]


class ReaderForm(Form):
    """Who reads one's check-ins."""

    reader = RadioField(N_("Who reads my check-ins"), [InputRequired(N_("Choose one of them."))])

    def offer(self, able: list[Reader]) -> None:
        self.reader.choices = [(one.account_id.hex, reader_in_words(one)) for one in able]


def reader_in_words(one: Reader) -> str:
    """Say who somebody is to the volunteer who may choose them."""
    if one.is_supervisor and one.coordinates:
        return _("%(name)s, my supervisor, who decides about matches too", name=one.name)
    if one.is_supervisor:
        return _("%(name)s, my supervisor", name=one.name)
    return _("%(name)s, who decides about matches too", name=one.name) if one.coordinates else one.name
