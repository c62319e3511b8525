"""What is typed about questionnaires, and the pages of one as forms of their own."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from peerlink.errors import Refused
from peerlink.features.questionnaires.carrying import packed, unpacked
from peerlink.features.questionnaires.rules import LONGEST_ANSWER, NO, YES, Answer, answer_of, typed_of
from peerlink.features.questionnaires.service import NOBODY_ELSE
from peerlink.instruments.questionnaire import Item, Kind
from peerlink.instruments.reading import MOST_BYTES
from peerlink.instruments.shipped import SHIPPED
from peerlink.web.form import Form
from peerlink.words import N_, _

SIDE_BY_SIDE = {2: 16, 3: 10, 4: 8, 5: 8}
"""How long answers may be, by their number, to stand in one row of the narrowest phone."""
FEW = 4
"""From so many on they are set smaller."""
IN_A_GRID = 12
"""How long they may be to stand three to a row; longer ones stand one below the other."""


class LoadForm(Form):
    """A questionnaire to be looked over."""

    questionnaire = FileField(N_("Questionnaire"))
    shipped = SelectField(N_("How it is scored"))
    scoring = FileField(N_("Scoring file"))
    kept_questionnaire = HiddenField()
    kept_scoring = HiddenField()
    """A file that was fine the time before, carried along so that it need not be chosen again."""
    no_scoring = BooleanField(N_("Leave this scoring file out"))
    rights = BooleanField(
        N_("Our programme has the right to use this wording"),
        [InputRequired(N_("Without that right it cannot be kept."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, one["name"]) for name, one in SHIPPED.items()]
        self.shipped.choices = [("", _("By our own scoring file")), *known]

    def files(self) -> tuple[bytes | None, bytes | None]:
        """Return the questionnaire and the scoring file: what was chosen now, else what was kept."""
        form = _chosen(self.questionnaire) or unpacked(self.kept_questionnaire.data or "")
        kept = None if self.no_scoring.data else unpacked(self.kept_scoring.data or "")
        return form, _chosen(self.scoring) or kept

    def is_whole(self, form: bytes | None, scoring: bytes | None) -> bool:
        """Tell whether there is a questionnaire, and how to score it; writes the refusals where not."""
        if form is None:
            self.questionnaire.errors = [*self.questionnaire.errors, _("Choose the file.")]
        if not self.shipped.data and scoring is None:
            self.scoring.errors = [*self.scoring.errors, _("Choose the scoring file, or a scoring we know.")]
        return not self.questionnaire.errors and not self.scoring.errors

    def carry(self, form: bytes | None, scoring: bytes | None) -> None:
        """Carry the files that need not be chosen again."""
        self.kept_questionnaire.data = packed(form) if form else ""
        self.kept_scoring.data = packed(scoring) if scoring else ""
        self.no_scoring.data = False


def _chosen(field: FileField) -> bytes | None:
    return (field.data.read(MOST_BYTES + 1) or None) if field.data else None


class RhythmForm(Form):
    """How often a questionnaire is asked by itself."""

    every_days = IntegerField(N_("Days from one time to the next"), [Optional()])


class SendForm(Form):
    """Who may see what comes out."""

    reader = BooleanField(N_("May be seen"))
    contact = RadioField(N_("Who may see the result?"), [Optional()], default=NOBODY_ELSE)

    def offer(self, contacts: Mapping[uuid.UUID, str]) -> None:
        """Fill in whom somebody may choose."""
        named = [(one.hex, name) for one, name in contacts.items()]
        self.contact.choices = [(NOBODY_ELSE, _("Nobody but me")), *named]

    def show_to(self, *, chosen: bool) -> str:
        """Return whom the result is shown to, by choice among people or by the one tick."""
        if chosen:
            return self.contact.data or NOBODY_ELSE
        return "reader" if self.reader.data else NOBODY_ELSE


class _PageForm(Form):
    items: Mapping[str, Item] = {}
    answered: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, item in self.items.items():
            if item.kind is Kind.CHOICE:
                self[name].choices = [(one.code, one.text) for one in item.options]
            if item.kind is Kind.BOOLEAN:
                self[name].choices = [(YES, _("Yes")), (NO, _("No"))]
            if item.required:
                self[name].flags.required = True
            if name in self.answered and item.kind in {Kind.CHOICE, Kind.BOOLEAN}:
                self[name].choices.append(("", _("Take my answer out")))

    def field_of(self, item: Item) -> Any:
        """Return the field an item is asked with."""
        return next(self[name] for name, one in self.items.items() if one is item)

    def arrangement(self, item: Item) -> str:
        """Say how the answers of an item stand: side by side where they are few and short."""
        labels = [label for code, label in self.field_of(item).choices if code]
        longest = max(map(len, labels))
        if longest <= SIDE_BY_SIDE.get(len(labels), 0):
            return "even" if len(labels) < FEW else "even small tall scale"
        return "fit small" if longest <= IN_A_GRID else "list"

    def said(self) -> dict[str, Answer | None] | None:
        """Return the answers by item; None where something is no answer, which stands by its field then."""
        found: dict[str, Answer | None] = {}
        for name, item in self.items.items():
            try:
                found[item.link_id] = answer_of(item, self[name].data)
            except Refused as refusal:
                self[name].errors = [*self[name].errors, str(refusal)]
        return None if any(self[name].errors for name in self.items) else found


def page_form(
    page: Iterable[Item], every: Sequence[Item], answers: Mapping[str, object], *, sent: bool = True
) -> _PageForm:
    """Make the form of one page; its fields are numbered through, so that no address names an item."""
    numbers = {item.link_id: n for n, item in enumerate(every)}
    items = {f"q{numbers[item.link_id]}": item for item in page if item.asks}
    fields: dict[str, Any] = {name: _field(item) for name, item in items.items()}
    answered = frozenset(name for name, item in items.items() if answers.get(item.link_id) is not None)
    made = type("PageForm", (_PageForm,), {**fields, "items": items, "answered": answered})
    kept = {name: typed_of(item, answers.get(item.link_id)) or None for name, item in items.items()}
    form: _PageForm = made(data=kept) if sent else made(formdata=None, data=kept)
    return form


def _field(item: Item) -> Any:
    if item.kind in {Kind.CHOICE, Kind.BOOLEAN}:
        return RadioField(item.text, [Optional()])
    if item.kind is Kind.TEXT:
        return TextAreaField(item.text, render_kw={"maxlength": LONGEST_ANSWER, "rows": 3})
    mode = "numeric" if item.kind is Kind.INTEGER else "decimal"
    return StringField(item.text, render_kw={"inputmode": mode, "autocomplete": "off"})
