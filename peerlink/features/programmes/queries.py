"""What can be asked about the programme, its sites and its places."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from peerlink.errors import NotFound
from peerlink.features.programmes.models import Place, Programme, Site
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import PlaceStatus
from peerlink.store import house
from peerlink.store.history import StateChange
from peerlink.store.lookup import find, get, many
from peerlink.store.model import Model
from peerlink.store.session import session


def find_programme() -> Programme | None:
    """Return the programme of this instance, or None before its first set-up."""
    return find(select(Programme))


def get_programme() -> Programme:
    """Return the programme of this instance."""
    programme = find_programme()
    if programme is None:
        raise NotFound
    return programme


def is_kept(kind: type[Model], record_id: uuid.UUID) -> bool:
    """Tell whether what a form says is kept already; copies of one form come one after the other."""
    session.execute(select(Programme.id).with_for_update())
    ids = kind.__table__.c.id
    return session.scalar(select(ids).where(ids == record_id)) is not None


def programme_zone() -> str:
    """Return the programme's time zone, an IANA name; UTC before its first set-up."""
    return session.scalar(select(Programme.timezone)) or "UTC"


def limits() -> Limits:
    """Return the thresholds in force: the defaults, with what the programme has changed."""
    programme = find_programme()
    return Limits(programme.limits or {} if programme else {})


def sites() -> dict[uuid.UUID, Site]:
    """Return every site by its id."""
    return {site.id: site for site in many(select(Site))}


def site_names() -> dict[uuid.UUID, str]:
    """Return the name of every site by its id, in order."""
    return {site.id: site.name for site in sorted(sites().values(), key=lambda site: site.name)}


def places() -> dict[uuid.UUID, Place]:
    """Return every place by its id, suspended ones included."""
    return {place.id: place for place in many(select(Place))}


def approved_places() -> dict[uuid.UUID, Place]:
    """Return the places where people may meet."""
    return {place.id: place for place in many(select(Place).where(Place.status == PlaceStatus.APPROVED))}


def get_site(site_id: uuid.UUID) -> Site:
    """Return one site; raises NotFound."""
    return get(select(Site).where(Site.id == site_id))


def get_place(place_id: uuid.UUID) -> Place:
    """Return one place; raises NotFound."""
    return get(select(Place).where(Place.id == place_id))


def find_site_by_ref(ref: str) -> Site | None:
    """Return the site the programme calls this."""
    token = house.fingerprint("number", ref)
    return find(select(Site).where(Site.ref_index == token)) if token else None  # type: ignore[attr-defined]


def find_place_by_ref(ref: str) -> Place | None:
    """Return the place the programme calls this."""
    token = house.fingerprint("number", ref)
    return find(select(Place).where(Place.ref_index == token)) if token else None  # type: ignore[attr-defined]


def steps_of_place(place_id: uuid.UUID) -> Sequence[StateChange]:
    """Return the days on which a place changed its state, the latest first; why stays sealed."""
    return many(
        select(StateChange)
        .where(StateChange.record_id == place_id)
        .order_by(StateChange.changed_on.desc(), StateChange.id)
    )
