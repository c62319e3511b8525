"""The way to the mail server, the exact texts, and a try."""

from flask import url_for
from werkzeug import Response

from peerlink.features.notices import service
from peerlink.features.notices.forms import MailForm
from peerlink.features.notices.models import Mail
from peerlink.features.notices.queries import find_mail, post
from peerlink.features.notices.rules import SAYS, text_of
from peerlink.features.notices.views.parts import bp
from peerlink.framework.message_words import Security
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

EXAMPLE = "https://links.example.org"
KEPT = ("sender", "address", "site", "host", "security", "port", "username")


@bp.get("/programme/messages")
@allow(Permission.KEEP_PROGRAMME)
def settings() -> Response:
    """Show the way messages go, what they say, and how sending goes."""
    mail = find_mail()
    return _settings(MailForm(formdata=None, data=_typed(mail)), mail)


@bp.post("/programme/messages")
@allow(Permission.KEEP_PROGRAMME)
def change() -> Response:
    """Set the way up, or change it."""
    sent = MailForm()
    if sent.validate():
        with sent.refusals_shown():
            service.save_mail(sent.draft(), by=current_viewer().account_id)
            say(_("Saved. Send one to yourself to see that it works."))
            return see_other(url_for(".settings"))
    return _settings(sent, find_mail(), 422)


@bp.post("/programme/messages/try")
@allow(Permission.KEEP_PROGRAMME)
def send_one() -> Response:
    """Send one to oneself."""
    service.send_to_myself(current_viewer().account_id)
    say(_("On its way within a minute. If it does not arrive, this page says why."))
    return see_other(url_for(".settings"))


def _typed(mail: Mail | None) -> dict[str, object]:
    if mail is None:
        return {"security": Security.STARTTLS.value, "port": 587}
    return {name: getattr(mail, name) for name in KEPT}


def _settings(sent: MailForm, mail: Mail | None, status: int = 200) -> Response:
    texts = [text_of(wording, mail.site if mail else EXAMPLE) for wording in SAYS]
    return page(
        "notices/settings.html", status, form=sent, mail=mail, texts=texts, post=post(), example=EXAMPLE
    )
