"""What a programme sets for offers to help, and the agreements it publishes."""

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.programmes.queries import find_programme, limits
from peerlink.features.recruitment import service
from peerlink.features.recruitment.forms import SettingsForm, TextForm
from peerlink.features.recruitment.queries import current_text, texts_of
from peerlink.features.recruitment.views.parts import bp
from peerlink.framework.recruitment_words import SIGNED, TextKind
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import N_, _

EXAMPLES = {
    TextKind.ROLE: N_(
        "We meet as equals. I keep to the hours and limits we agreed on, and say when it is too much. I come "
        "to my talks and my training. I give no medical advice, lend no money and promise nothing I cannot "
        "keep."
    ),
    TextKind.CONFIDENTIALITY: N_(
        "What somebody tells me stays with me and the programme. I speak of it with my supervisor only, "
        "without names. When somebody is in danger I pass on what I must, and say so first. This goes on "
        "after I stop."
    ),
    TextKind.DATA_NOTICE: N_(
        "We keep your name, how to reach you and what you write here, so that we can answer you. Only the "
        "people who answer read it. You can ask us any day what we keep, to change it or to delete it."
    ),
}
"""Where to begin; every programme writes its own."""


@bp.get("/programme/offers-of-help")
@allow(Permission.KEEP_PROGRAMME)
def settings() -> Response:
    """Show how offers to help are taken."""
    programme, notice = find_programme(), current_text(TextKind.DATA_NOTICE)
    said = {
        "is_open": bool(programme and programme.applications_open),
        "welcome": programme.welcome if programme else None,
        "notice": notice.text if notice else _(EXAMPLES[TextKind.DATA_NOTICE]),
        "kept_months": limits().whole(service.KEPT_MONTHS),
        "vetting_required": bool(programme and programme.vetting_required),
    }
    return _settings_page(SettingsForm(data=said))


@bp.post("/programme/offers-of-help")
@allow(Permission.KEEP_PROGRAMME)
def change_settings() -> Response:
    """Open or close the public page, and word it."""
    form = SettingsForm()
    if form.validate():
        with form.refusals_shown():
            service.keep_settings(form.draft(), by=current_viewer().account_id)
            say(_("Saved."))
            return see_other(url_for(".settings"))
    return _settings_page(form, 422)


@bp.get("/programme/agreements")
@allow(Permission.KEEP_PROGRAMME)
def agreements() -> Response:
    """Show the agreements volunteers sign, every version of them."""
    return _texts_page(None, None)


@bp.post("/programme/agreements/<which>")
@allow(Permission.KEEP_PROGRAMME)
def publish(which: str) -> Response:
    """Put a new version of an agreement in force."""
    kind = _signed_kind(which)
    form = TextForm(prefix=kind.value)
    if form.validate():
        with form.refusals_shown():
            service.publish(kind, str(form.text.data or ""), by=current_viewer().account_id)
            say(_("Published. Everybody is asked to sign it."))
            return see_other(url_for(".agreements"))
    return _texts_page(kind, form, 422)


def _fresh(kind: TextKind, said: str) -> TextForm:
    return TextForm(formdata=None, data={"text": said}, prefix=kind.value)


def _signed_kind(which: str) -> TextKind:
    if which not in set(SIGNED):
        raise NotFound
    return TextKind(which)


def _settings_page(form: SettingsForm, status: int = 200) -> Response:
    programme = find_programme()
    is_open = bool(programme and programme.applications_open)
    address = url_for(".apply", _external=True) if is_open else None
    return page("recruitment/settings.html", status, form=form, address=address)


def _texts_page(tried: TextKind | None, typed: TextForm | None, status: int = 200) -> Response:
    rows = []
    for kind in SIGNED:
        versions = texts_of(kind)
        said = versions[0].text if versions else _(EXAMPLES[kind])
        form = typed if typed is not None and kind is tried else _fresh(kind, said)
        rows.append({"kind": kind, "versions": versions, "form": form})
    return page("recruitment/agreements.html", status, rows=rows)
