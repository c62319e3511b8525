"""What may be typed to get in, and to let others in."""

import uuid

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional

from peerlink.features.accounts.rules import AccountDraft
from peerlink.roles import ROLE_LABELS, Role
from peerlink.web.form import Form, OnceForm
from peerlink.words import N_, _


class SignInForm(Form):
    """What somebody signs in with, and the password."""

    email = StringField(
        N_("E-mail address or phone number"),
        [InputRequired(N_("Type your e-mail address or your phone number."))],
    )
    password = PasswordField(N_("Password"), [InputRequired(N_("Type your password."))])


class CodeForm(Form):
    """The six digits of an authenticator, or a recovery code."""

    code = StringField(N_("Code"), [InputRequired(N_("Type the code.")), Length(max=20)])


class EnrolForm(CodeForm):
    """The first code of a new authenticator."""

    secret = HiddenField()


class JoinForm(Form):
    """The password chosen behind a one-time link."""

    password = PasswordField(N_("New password"), [InputRequired(N_("Choose a password."))])


class CalendarForm(Form):
    """What a calendar may tell."""

    tells_initial = BooleanField(N_("Say with whom, by one letter"))


class SetupForm(JoinForm):
    """The first administrator."""

    name = StringField(N_("Your name"), [InputRequired(N_("Type your name.")), Length(max=80)])
    email = EmailField(N_("E-mail address"), [InputRequired(N_("Type an e-mail address."))])

    def draft(self) -> AccountDraft:
        return AccountDraft(str(self.email.data), str(self.name.data), frozenset({Role.ADMIN}))


class PasswordForm(JoinForm):
    """The current password and the one after it."""

    old = PasswordField(N_("Your current password"), [InputRequired(N_("Type your current password."))])


class RolesForm(Form):
    """What somebody on the staff does, and where."""

    roles = SelectMultipleField(N_("What they do"), choices=[])
    site = SelectField(N_("Only this site"), [Optional()])

    def offer(self, sites: dict[uuid.UUID, str]) -> None:
        """Fill the choices in."""
        staff = [role for role in Role if role is not Role.VOLUNTEER]
        self.roles.choices = [(role.value, _(ROLE_LABELS[role])) for role in staff]
        self.site.choices = [("", _("All sites")), *((site.hex, name) for site, name in sites.items())]

    def chosen(self) -> tuple[frozenset[Role], uuid.UUID | None]:
        """Return the roles and the one site, where there is one."""
        site = uuid.UUID(self.site.data) if self.site.data else None
        return frozenset(Role(role) for role in self.roles.data or ()), site


class InviteForm(RolesForm, OnceForm):
    """Somebody new on the staff."""

    roles = SelectMultipleField(
        N_("What they do"), [InputRequired(N_("Choose at least one role."))], choices=[]
    )
    name = StringField(N_("Name"), [InputRequired(N_("Type a name.")), Length(max=80)])
    email = EmailField(N_("E-mail address"), [InputRequired(N_("Type an e-mail address.")), Length(max=200)])

    def draft(self) -> AccountDraft:
        roles, site = self.chosen()
        return AccountDraft(str(self.email.data), str(self.name.data), roles, site_id=site)
