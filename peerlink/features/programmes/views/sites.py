"""Pages about the sites of the programme."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.programmes import service
from peerlink.features.programmes.forms import SiteForm
from peerlink.features.programmes.models import Site
from peerlink.features.programmes.queries import get_site
from peerlink.features.programmes.views.parts import bp, clash, said_of, version_of
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

SITE = ("version", "name", "kind", "area", "ref")


@bp.get("/programme/sites/new")
@allow(Permission.KEEP_PROGRAMME)
def new_site() -> Response:
    """Ask for a new site."""
    return _site_page(SiteForm(), None)


@bp.post("/programme/sites/new")
@allow(Permission.KEEP_PROGRAMME)
def add_site() -> Response:
    """Add a site."""
    return _save_site(None)


@bp.get("/programme/sites/<uuid:site_id>/edit")
@allow(Permission.KEEP_PROGRAMME)
def edit_site(site_id: uuid.UUID) -> Response:
    """Offer a site to be changed."""
    site = get_site(site_id)
    return _site_page(SiteForm(data=said_of(site, *SITE)), site)


@bp.post("/programme/sites/<uuid:site_id>/edit")
@allow(Permission.KEEP_PROGRAMME)
def change_site(site_id: uuid.UUID) -> Response:
    """Change a site."""
    return _save_site(get_site(site_id))


def _save_site(site: Site | None) -> Response:
    form = SiteForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            by = current_viewer().account_id
            service.save_site(form.draft(), by=by, site=site, version=version_of(form.version.data))
            say(_("Saved."))
            return see_other(url_for(".index"))
    return _site_page(form, site, 422)


def _site_page(form: SiteForm, site: Site | None, status: int = 200) -> Response:
    form.offer()
    conflict = clash(form, site, said_of(site, *SITE) if site else {})
    return page("programmes/site.html", status, form=form, one=site, conflict=conflict)
