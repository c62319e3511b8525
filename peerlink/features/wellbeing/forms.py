"""What may be said in a check-in."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from peerlink.features.wellbeing.rules import LONGEST_DIARY, CheckinDraft
from peerlink.framework.vocabularies import CommentReader, ContactRequest, Growth
from peerlink.instruments.checkin import (
    ANSWERS,
    COMMENT_QUESTION,
    GROWTH_QUESTION,
    ITEMS,
    READER_QUESTION,
    REQUEST_QUESTION,
)
from peerlink.web.form import Form
from peerlink.words import N_, _


class _Questions(Form):
    grew = SelectMultipleField(
        GROWTH_QUESTION, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    request = RadioField(REQUEST_QUESTION, [Optional()], default=ContactRequest.NO.value)
    diary = TextAreaField(COMMENT_QUESTION, [Length(max=LONGEST_DIARY)])
    reader = RadioField(READER_QUESTION, [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in self.items():
            item.choices = [(str(n), _(label)) for n, label in enumerate(ANSWERS)]
            item.label.text = _(item.label.text)
        self.grew.choices = [(one.value, _(one.label)) for one in Growth]
        self.request.choices = [(one.value, _(one.label)) for one in ContactRequest]
        self.reader.choices = [(one.value, _(one.label)) for one in CommentReader]

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


CheckinForm: type[_Questions] = type(
    "CheckinForm", (_Questions,), {item.id: RadioField(item.text, [Optional()]) for item in ITEMS}
)
"""The fourteen sentences and what may be added to them."""


class SkipForm(Form):
    """Leaving one out."""

    reason = StringField(N_("Why, if you like"), [Length(max=80)])
    which = HiddenField()
