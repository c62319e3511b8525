"""Pages about the programme: settings, sites, places and thresholds."""

import datetime as dt
import uuid
from typing import Any

from flask import Blueprint, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import NotFound
from peerlink.features.accounts.queries import team_members
from peerlink.features.programmes import service
from peerlink.features.programmes.forms import PlaceForm, ProgrammeForm, SiteForm, ThresholdForm
from peerlink.features.programmes.models import Place, Programme, Site
from peerlink.features.programmes.queries import (
    find_programme,
    get_place,
    get_site,
    limits,
    places,
    programme_zone,
    sites,
    steps_of_place,
)
from peerlink.features.programmes.rules import review_due
from peerlink.framework.parameters import PARAMETERS, parameter
from peerlink.framework.people_words import PlaceStatus
from peerlink.lifecycle import Kind, steps_from
from peerlink.roles import Permission
from peerlink.store.model import SealedModel
from peerlink.web.form import Form
from peerlink.web.formatting import ago
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_form import Difference, differences
from peerlink.web.person_page import steps_shown
from peerlink.web.viewer import current_viewer
from peerlink.words import N_, _

bp = Blueprint("programmes", __name__)

SETTINGS = ("version", "name", "timezone", "language", "under18", "unpaid_by_design", "community_only")
SITE = ("version", "name", "kind", "area", "ref")
DEEDS = {
    PlaceStatus.CHECKED: N_("It was checked today"),
    PlaceStatus.APPROVED: N_("Approve"),
    PlaceStatus.SUSPENDED: N_("Suspend"),
    PlaceStatus.RETIRED: N_("Retire for good"),
}


@bp.get("/programme")
@allow(Permission.KEEP_PROGRAMME)
def index() -> Response:
    """Show the programme, its sites, and which places need looking at."""
    programme = find_programme()
    rows = _places_shown()
    return page(
        "programmes/index.html",
        programme=programme,
        sites=sorted(sites().values(), key=lambda site: site.name),
        n_places=len(rows),
        n_due=sum(bool(row["due"]) for row in rows),
        n_changed=len(programme.limits or {}) if programme else 0,
    )


@bp.get("/programme/settings")
@allow(Permission.KEEP_PROGRAMME)
def settings() -> Response:
    """Offer the settings to be changed."""
    programme = find_programme()
    said = _said(programme, *SETTINGS) if programme else {"timezone": "UTC"}
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
                form.draft(), by=current_viewer().account_id, version=_version(form.version.data)
            )
            say(_("Saved."))
            return see_other(url_for(".index"))
    return _settings_page(form, find_programme(), 422)


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
    return _site_page(SiteForm(data=_said(site, *SITE)), site)


@bp.post("/programme/sites/<uuid:site_id>/edit")
@allow(Permission.KEEP_PROGRAMME)
def change_site(site_id: uuid.UUID) -> Response:
    """Change a site."""
    return _save_site(get_site(site_id))


@bp.get("/programme/places")
@allow(Permission.KEEP_PROGRAMME)
def place_list() -> Response:
    """List the places where people may meet, those to look at first."""
    return page("programmes/places.html", rows=_places_shown())


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


@bp.get("/programme/thresholds")
@allow(Permission.KEEP_PROGRAMME)
def thresholds() -> Response:
    """List every threshold with its default and the programme's own value."""
    in_force = limits()
    rows = [
        {
            "key": one.key,
            "value": _written(in_force.get(one.key)),
            "default": _written(one.default),
            "unit": _(one.unit),
            "reason": _(one.reason),
            "changed": in_force.get(one.key) != one.default,
        }
        for one in PARAMETERS
    ]
    return page("programmes/thresholds.html", rows=rows)


@bp.get("/programme/thresholds/<key>")
@allow(Permission.KEEP_PROGRAMME)
def threshold(key: str) -> Response:
    """Offer one threshold to be changed, with what it was and why."""
    _known(key)
    return _threshold_page(key, ThresholdForm(data={"value": _written(limits().get(key))}))


@bp.post("/programme/thresholds/<key>")
@allow(Permission.KEEP_PROGRAMME)
def change_threshold(key: str) -> Response:
    """Put the programme's own value in a threshold's place."""
    _known(key)
    form = ThresholdForm()
    if form.validate():
        with form.refusals_shown():
            by = current_viewer().account_id
            service.set_threshold(key, str(form.value.data), str(form.why.data), by=by)
            say(_("Saved."), undo=url_for(".reset_threshold", key=key))
            return see_other(url_for(".thresholds"))
    return _threshold_page(key, form, 422)


@bp.post("/programme/thresholds/<key>/reset")
@allow(Permission.KEEP_PROGRAMME)
def reset_threshold(key: str) -> Response:
    """Go back to the default of a threshold."""
    _known(key)
    service.reset_threshold(key, by=current_viewer().account_id)
    say(_("Back to the default."))
    return see_other(url_for(".thresholds"))


def _save_site(site: Site | None) -> Response:
    form = SiteForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            by = current_viewer().account_id
            service.save_site(form.draft(), by=by, site=site, version=_version(form.version.data))
            say(_("Saved."))
            return see_other(url_for(".index"))
    return _site_page(form, site, 422)


def _save_place(place: Place | None) -> Response:
    form = PlaceForm()
    form.offer(_site_names())
    if form.validate():
        with form.refusals_shown():
            by = current_viewer().account_id
            saved = service.save_place(form.draft(), by=by, place=place, version=_version(form.version.data))
            say(_("Saved."))
            return see_other(url_for(".show_place", place_id=saved.id))
    return _place_form_page(form, place, 422)


def _settings_page(form: ProgrammeForm, programme: Programme | None, status: int = 200) -> Response:
    form.offer()
    conflict = _clash(form, programme, _said(programme, *SETTINGS) if programme else {})
    return page("programmes/settings.html", status, form=form, programme=programme, conflict=conflict)


def _site_page(form: SiteForm, site: Site | None, status: int = 200) -> Response:
    form.offer()
    conflict = _clash(form, site, _said(site, *SITE) if site else {})
    return page("programmes/site.html", status, form=form, one=site, conflict=conflict)


def _place_form_page(form: PlaceForm, place: Place | None, status: int = 200) -> Response:
    form.offer(_site_names())
    conflict = _clash(form, place, _place_said(place) if place else {})
    return page("programmes/place_form.html", status, form=form, one=place, conflict=conflict)


def _threshold_page(key: str, form: ThresholdForm, status: int = 200) -> Response:
    programme = find_programme()
    mine = [one for one in (programme.limit_changes or [] if programme else []) if one["key"] == key]
    who = team_members([uuid.UUID(str(one["by"])) for one in mine if one["by"]])
    history = [_change_shown(one, who) for one in reversed(mine)]
    return page(
        "programmes/threshold.html",
        status,
        one=parameter(key),
        default=_written(parameter(key).default),
        form=form,
        history=history,
        changed=bool(programme and key in (programme.limits or {})),
    )


def _change_shown(change: dict[str, Any], who: dict[uuid.UUID, str]) -> dict[str, str]:
    after = change["after"]
    title = _("Back to the default") if after is None else _("Set to %(value)s", value=_written(after))
    name = who.get(uuid.UUID(change["by"]), "") if change["by"] else ""
    return {
        "title": title,
        "when": ago(dt.date.fromisoformat(change["on"])),
        "icon": "settings",
        "text": " · ".join(filter(None, [name, change["why"]])),
    }


def _clash(form: Form, row: SealedModel | None, saved: dict[str, Any]) -> list[Difference]:
    """Lay both versions side by side where somebody saved meanwhile; the next try overwrites knowingly."""
    if row is None or not form.form_errors or _version(form.version.data) == row.version:
        return []
    form.version.data = row.version
    return differences(form, saved)


def _place_said(place: Place) -> dict[str, Any]:
    return _said(place, "version", "name", "ref") | {"site": place.site_id.hex if place.site_id else ""}


def _places_shown() -> list[dict[str, object]]:
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


def _said(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _known(key: str) -> None:
    if key not in {one.key for one in PARAMETERS}:
        raise NotFound


def _written(value: object) -> str:
    return " ".join(f"{one:g}" for one in value) if isinstance(value, tuple | list) else f"{value:g}"


def _version(typed: object) -> int | None:
    return int(str(typed)) if str(typed).isdecimal() and len(str(typed)) < 10 else None
