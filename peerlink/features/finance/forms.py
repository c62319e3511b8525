"""What may be typed about claims, stipends and payments."""

from typing import Any, ClassVar

from babel.numbers import get_currency_name, list_currencies
from flask_babel import get_locale
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, StopValidation, ValidationError

from peerlink.errors import Refused
from peerlink.features.finance.rules import (
    LAST_PAY_DAY,
    LONGEST_NOTE,
    LONGEST_TEXT,
    AgreementDraft,
    ClaimDraft,
    PayDraft,
)
from peerlink.framework.money import read_amount
from peerlink.framework.money_words import ExpenseKind, PayWay, RejectReason, StipendEnd
from peerlink.web.form import Form, OnceForm
from peerlink.web.person_form import text, words
from peerlink.words import N_, _

ENDS = (StipendEnd.AS_PLANNED, StipendEnd.VOLUNTEER_CHOICE, StipendEnd.PROGRAMME_STOPPED)
"""Why a coordinator may say that a stipend ends; the other reasons say themselves."""


class MoneyForm(Form):
    """A form with amounts in one currency."""

    currency: str | None = None

    def amount_of(self, field: Any, *, signed: bool = False) -> int | None:
        """Return the amount typed, None for nothing."""
        typed = text(field)
        return read_amount(typed, self.currency, signed=signed) if typed else None


class Amount:
    """Says beneath the field what is wrong with an amount."""

    def __init__(self, *, signed: bool = False) -> None:
        self.signed = signed

    def __call__(self, form: MoneyForm, field: Any) -> None:
        try:
            form.amount_of(field, signed=self.signed)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class Needed:
    """Asks for what is needed to send a claim, and not to keep it for later."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, form: "ClaimForm", field: Any) -> None:
        if form.sends and not field.data:
            field.errors = []
            raise StopValidation(_(self.message))


class ClaimForm(MoneyForm, OnceForm):
    """What a volunteer spent."""

    what = RadioField(N_("What for?"), [Needed(N_("Say what it was for.")), Optional()])
    amount = StringField(
        N_("How much?"), [Needed(N_("Say how much it was.")), Optional(), Length(max=30), Amount()]
    )
    spent_on = DateField(N_("On which day?"), [Needed(N_("Say on which day it was.")), Optional()])
    note = StringField(N_("A few words"), [Length(max=LONGEST_NOTE)])
    photo = FileField(N_("Photo of the receipt"))
    chosen = FileField(N_("Photo from this device"))
    sends = True

    def offer(self, currency: str | None) -> None:
        """Fill the choices in."""
        self.currency = currency
        self.what.choices = words(ExpenseKind)

    def draft(self) -> ClaimDraft:
        return ClaimDraft(
            what=ExpenseKind(self.what.data) if self.what.data else None,
            amount=self.amount_of(self.amount),
            spent_on=self.spent_on.data,
            note=text(self.note),
        )


class PayForm(Form):
    """How somebody is paid."""

    way = RadioField(N_("How?"), [InputRequired(N_("Choose one."))])
    name = StringField(N_("Name on the account"), [InputRequired(N_("Type the name.")), Length(max=70)])
    account = StringField(N_("Account or mobile money number"), [Length(max=40)])
    agreed = BooleanField(N_("I agree to be paid this way"))

    def offer(self) -> None:
        """Fill the choices in."""
        self.way.choices = words(PayWay)

    def draft(self, kept: str | None) -> PayDraft:
        """Return what was typed; a number left empty is the one kept before."""
        way = PayWay(self.way.data)
        account = text(self.account) or kept
        return PayDraft(way=way, name=str(self.name.data), account=account, agreed=bool(self.agreed.data))


class RejectForm(Form):
    """Why a claim is not approved."""

    why = RadioField(N_("Why not?"), [InputRequired(N_("Choose a reason."))])
    note = StringField(N_("A few words to the volunteer"), [Length(max=LONGEST_NOTE)])

    def offer(self) -> None:
        """Fill the choices in."""
        self.why.choices = words(RejectReason)


class AgreementForm(MoneyForm):
    """What is promised for a month."""

    amount = StringField(N_("For a month"), [InputRequired(N_("Say how much.")), Length(max=30), Amount()])
    hours = IntegerField(N_("Hours a month it is for"), [Optional(), NumberRange(0, 300)])
    from_on = DateField(N_("From"), [InputRequired(N_("Choose the day."))])
    until_on = DateField(N_("Until"), [Optional()])
    pay_day = IntegerField(
        N_("Paid on the day of the month"),
        [InputRequired(N_("Choose a day.")), NumberRange(1, LAST_PAY_DAY, N_("From 1 to 28."))],
    )
    while_paused = BooleanField(N_("It goes on during a break"))

    def draft(self) -> AgreementDraft:
        return AgreementDraft(
            amount=self.amount_of(self.amount) or 0,
            hours=self.hours.data,
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            pay_day=self.pay_day.data,
            while_paused=bool(self.while_paused.data),
        )


class EndForm(Form):
    """The end of a stipend."""

    last_day = DateField(N_("Last day"), [InputRequired(N_("Choose the day."))])
    end = RadioField(N_("Why it ends"), [InputRequired(N_("Choose a reason."))])
    why_ended = TextAreaField(N_("A few words"), [Length(max=LONGEST_NOTE)])

    def offer(self) -> None:
        """Fill the choices in."""
        self.end.choices = [(one.value, _(one.label)) for one in ENDS]


class ListForm(OnceForm):
    """The payments put into one list."""

    claim = SelectMultipleField(validate_choice=False)


class PaidForm(Form):
    """The day payments were made."""

    on = DateField(N_("Paid on"), [InputRequired(N_("Choose the day."))])


class BalanceForm(MoneyForm):
    """What money there is."""

    on = DateField(N_("On"), [InputRequired(N_("Choose the day."))])
    unrestricted = StringField(
        N_("Money free for anything"),
        [InputRequired(N_("Type an amount; 0 where there is none.")), Length(max=30), Amount(signed=True)],
    )
    restricted = StringField(
        N_("Money tied to a purpose this programme serves"), [Optional(), Length(max=30), Amount(signed=True)]
    )
    budget = StringField(N_("Budget of the next 12 months"), [Optional(), Length(max=30), Amount()])


class PaymentsForm(Form):
    """The currency, and what the bank line says."""

    currency = SelectField(N_("Currency"), [InputRequired(N_("Choose the currency."))])
    text = StringField(
        N_("What the bank line says"), [InputRequired(N_("Type a word.")), Length(max=LONGEST_TEXT)]
    )

    def offer(self) -> None:
        """Fill the choices in."""
        codes = sorted(list_currencies(locale=str(get_locale())))
        named = [(code, f"{code} · {get_currency_name(code, locale=get_locale())}") for code in codes]
        self.currency.choices = [("", _("Choose")), *named]
