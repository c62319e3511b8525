"""What can be asked about the programme, its sites and its places."""

import uuid

from sqlalchemy import select

from peerlink.errors import NotFound
from peerlink.features.programmes.models import Place, Programme, Site
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import PlaceStatus
from peerlink.store.lookup import find, many
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


def places() -> dict[uuid.UUID, Place]:
    """Return every place by its id, suspended ones included."""
    return {place.id: place for place in many(select(Place))}


def approved_places() -> dict[uuid.UUID, Place]:
    """Return the places where people may meet."""
    return {place.id: place for place in many(select(Place).where(Place.status == PlaceStatus.APPROVED))}
