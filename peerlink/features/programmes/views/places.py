"""Pages about the places where people may meet."""

import uuid
from typing import Any

from flask import url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import NotFound
from peerlink.features.programmes import service
from peerlink.features.programmes.forms import PlaceForm
from peerlink.features.programmes.models import Place
from peerlink.features.programmes.queries import (
    get_place,
    limits,
    places,
    programme_zone,
    sites,
    steps_of_place,
)
from peerlink.features.programmes.rules import review_due
from peerlink.features.programmes.views.parts import bp, clash, said_of, version_of
from peerlink.framework.people_words import PlaceStatus
from peerlink.lifecycle import Kind, steps_from
from peerlink.roles import Permission
from peerlink.web.formatting import ago
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_page import steps_shown
from peerlink.web.viewer import current_viewer
from peerlink.words import N_, _

DEEDS = {
    PlaceStatus.CHECKED: N_("It was checked today"),
    PlaceStatus.APPROVED: N_("Approve"),
    PlaceStatus.SUSPENDED: N_("Suspend"),
    PlaceStatus.RETIRED: N_("Retire for good"),
}


@bp.get("/programme/places")
@allow(Permission.KEEP_PROGRAMME)
def place_list() -> Response:
    """List the places where people may meet, those to look at first."""
    return page("programmes/places.html", rows=places_shown())


@bp.get("/programme/places/new")
@allow(Permission.KEEP_PROGRAMME)
def new_place() -> Response:
    """Ask for a new place."""
    return _place_form_page(PlaceForm(), None)


@bp.post("/programme/places/new")
@allow(Permission.KEEP_PROGRAMME)
def add_place() -> Response:
    """Propose a place."""
    return _save_place(None)


@bp.get("/programme/places/<uuid:place_id>")
@allow(Permission.KEEP_PROGRAMME)
def show_place(place_id: uuid.UUID) -> Response:
    """Show one place: where it stands, and what can be done."""
    place = get_place(place_id)
    names = {status.value: _(status.label) for status in PlaceStatus}
    history = [
        {"title": names[one.became], "when": ago(one.changed_on), "icon": "place"}
        for one in steps_of_place(place.id)
    ]
    steps = [PlaceStatus(step) for step in steps_from(Kind.PLACE, place.status)]
    return page(
        "programmes/place.html",
        one=place,
        site=sites().get(place.site_id) if place.site_id else None,
        due=_is_due(place),
        steps=steps_shown(steps, Kind.PLACE, DEEDS),
        history=history,
    )


@bp.get("/programme/places/<uuid:place_id>/edit")
@allow(Permission.KEEP_PROGRAMME)
def edit_place(place_id: uuid.UUID) -> Response:
    """Offer a place to be changed."""
    place = get_place(place_id)
    return _place_form_page(PlaceForm(data=_place_said(place)), place)


@bp.post("/programme/places/<uuid:place_id>/edit")
@allow(Permission.KEEP_PROGRAMME)
def change_place(place_id: uuid.UUID) -> Response:
    """Change what a place is called."""
    return _save_place(get_place(place_id))


@bp.post("/programme/places/<uuid:place_id>/step/<to>")
@allow(Permission.KEEP_PROGRAMME)
def step_place(place_id: uuid.UUID, to: str) -> Response:
    """Take a place one step along its life-cycle."""
    place = get_place(place_id)
    if to not in set(PlaceStatus):
        raise NotFound
    before, state = place.status, PlaceStatus(to)
    service.step_place(place, state, by=current_viewer().account_id)
    back = before in steps_from(Kind.PLACE, state)
    undo = url_for(".step_place", place_id=place.id, to=before.value) if back else None
    say(_("Done: %(state)s.", state=_(state.label)), undo=undo)
    return see_other(url_for(".show_place", place_id=place.id))


@bp.post("/programme/places/<uuid:place_id>/review")
@allow(Permission.KEEP_PROGRAMME)
def review_place(place_id: uuid.UUID) -> Response:
    """Write down that a place was looked at again."""
    place = get_place(place_id)
    service.review_place(place, by=current_viewer().account_id)
    say(_("Written down: looked at today."))
    return see_other(url_for(".show_place", place_id=place.id))


def _save_place(place: Place | None) -> Response:
    form = PlaceForm()
    form.offer(_site_names())
    if form.validate():
        with form.refusals_shown():
            by = current_viewer().account_id
            saved = service.save_place(
                form.draft(), by=by, place=place, version=version_of(form.version.data)
            )
            say(_("Saved."))
            return see_other(url_for(".show_place", place_id=saved.id))
    return _place_form_page(form, place, 422)


def _place_form_page(form: PlaceForm, place: Place | None, status: int = 200) -> Response:
    form.offer(_site_names())
    conflict = clash(form, place, _place_said(place) if place else {})
    return page("programmes/place_form.html", status, form=form, one=place, conflict=conflict)


def _place_said(place: Place) -> dict[str, Any]:
    return said_of(place, "version", "name", "ref") | {"site": place.site_id.hex if place.site_id else ""}


def places_shown() -> list[dict[str, object]]:
    """Lay out every place, those to look at first."""
    names = {one: site.name for one, site in sites().items()}
    rows: list[dict[str, object]] = [
        {
            "id": one.id,
            "name": one.name,
            "ref": one.ref,
            "site": names.get(one.site_id, "–") if one.site_id else "–",
            "status": one.status,
            "reviewed_on": one.reviewed_on,
            "due": _is_due(one),
        }
        for one in places().values()
    ]
    return sorted(rows, key=lambda row: (not row["due"], str(row["name"])))


def _is_due(place: Place) -> bool:
    if place.status is not PlaceStatus.APPROVED:
        return False
    return review_due(place.reviewed_on, clock.today(programme_zone()), limits().whole("place.review_days"))


def _site_names() -> dict[str, str]:
    return {one.hex: site.name for one, site in sites().items()}
