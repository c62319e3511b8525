"""The programme at a glance, and its settings."""

from flask import url_for
from werkzeug import Response

from peerlink.features.programmes import service
from peerlink.features.programmes.forms import ProgrammeForm
from peerlink.features.programmes.models import Programme
from peerlink.features.programmes.queries import find_programme, sites
from peerlink.features.programmes.views.parts import bp, clash, said_of, version_of
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.navigation import settings_for_viewer
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

SETTINGS = ("version", "name", "timezone", "language", "under18", "unpaid_by_design", "community_only")


@bp.get("/programme")
@allow(Permission.KEEP_PROGRAMME)
def index() -> Response:
    """Show the programme, its sites, and how far everything is that it settles once."""
    programme = find_programme()
    return page(
        "programmes/index.html",
        programme=programme,
        sites=sorted(sites().values(), key=lambda site: site.name),
        groups=settings_for_viewer() if programme else {},
    )


@bp.get("/programme/settings")
@allow(Permission.KEEP_PROGRAMME)
def settings() -> Response:
    """Offer the settings to be changed."""
    programme = find_programme()
    said = said_of(programme, *SETTINGS) if programme else {"timezone": "UTC"}
    return _settings_page(ProgrammeForm(data=said), programme)


@bp.post("/programme/settings")
@allow(Permission.KEEP_PROGRAMME)
def change_settings() -> Response:
    """Set the programme up, or change its settings."""
    form = ProgrammeForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.save_programme(
                form.draft(), by=current_viewer().account_id, version=version_of(form.version.data)
            )
            say(_("Saved."))
            return see_other(url_for(".index"))
    return _settings_page(form, find_programme(), 422)


def _settings_page(form: ProgrammeForm, programme: Programme | None, status: int = 200) -> Response:
    form.offer()
    conflict = clash(form, programme, said_of(programme, *SETTINGS) if programme else {})
    return page("programmes/settings.html", status, form=form, programme=programme, conflict=conflict)
