"""What may be said about sending messages and about being told."""

from typing import Any

from wtforms import IntegerField, PasswordField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.features.notices.rules import LONGEST, MailDraft, ReachDraft
from peerlink.framework.message_words import Security
from peerlink.web.form import Form
from peerlink.words import N_, _

ASKED = N_("Fill this in.")
HOUR = N_("An hour is 0 to 23.")


class MailForm(Form):
    """The way to the mail server."""

    sender = StringField(N_("Name messages come from"), [InputRequired(ASKED), Length(max=LONGEST)])
    address = StringField(N_("Address messages come from"), [InputRequired(ASKED), Length(max=LONGEST)])
    site = StringField(N_("Where people reach PeerLink"), [InputRequired(ASKED), Length(max=LONGEST)])
    host = StringField(N_("Mail server"), [InputRequired(ASKED), Length(max=LONGEST)])
    security = RadioField(N_("Kept private by"), [InputRequired(ASKED)])
    port = IntegerField(N_("Port"), [InputRequired(ASKED)])
    username = StringField(N_("User name"), [Optional(), Length(max=LONGEST)])
    password = PasswordField(N_("Password"), [Optional(), Length(max=200)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.security.choices = [(one.value, _(one.label)) for one in Security]

    def draft(self) -> MailDraft:
        return MailDraft(
            host=(self.host.data or "").strip(),
            port=int(self.port.data or 0),
            security=Security(self.security.data),
            address=(self.address.data or "").strip(),
            sender=(self.sender.data or "").strip(),
            site=(self.site.data or "").strip().rstrip("/"),
            username=(self.username.data or "").strip() or None,
            password=self.password.data or None,
        )


class ReachForm(Form):
    """How somebody wants to be told."""

    by_email = RadioField(N_("Tell me by e-mail that there is something new"), [InputRequired(ASKED)])
    quiet_from = IntegerField(N_("Nothing from"), [InputRequired(ASKED), NumberRange(0, 23, HOUR)])
    quiet_until = IntegerField(N_("Until"), [InputRequired(ASKED), NumberRange(0, 23, HOUR)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_email.choices = [("yes", _("Yes")), ("no", _("No, I look by myself"))]

    def draft(self) -> ReachDraft:
        return ReachDraft(
            self.by_email.data == "yes", int(self.quiet_from.data or 0), int(self.quiet_until.data or 0)
        )
