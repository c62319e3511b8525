"""What can be done about the programme itself: its settings, sites, places and thresholds."""

import datetime as dt
import re
import uuid
from collections.abc import Callable

from peerlink import clock
from peerlink.errors import Conflict, Refused
from peerlink.events import announce
from peerlink.features.programmes.events import (
    PlaceSaved,
    PlaceStepped,
    ProgrammeChanged,
    SiteSaved,
    ThresholdChanged,
)
from peerlink.features.programmes.models import Place, Programme, Site
from peerlink.features.programmes.queries import (
    find_place_by_ref,
    find_programme,
    find_site_by_ref,
    get_programme,
    programme_zone,
    sites,
)
from peerlink.features.programmes.rules import (
    PlaceDraft,
    ProgrammeDraft,
    SiteDraft,
    check_name,
    check_programme,
    read_threshold,
)
from peerlink.framework.money import is_currency
from peerlink.framework.parameters import parameter
from peerlink.framework.people_words import PlaceStatus
from peerlink.framework.telling import tells
from peerlink.lifecycle import Kind
from peerlink.store import history
from peerlink.store.sealing import SealedRow
from peerlink.store.session import session
from peerlink.words import _

LOOKED_AT = frozenset({PlaceStatus.CHECKED, PlaceStatus.APPROVED})
"""States a place reaches only by being looked at."""


def save_programme(draft: ProgrammeDraft, *, by: uuid.UUID | None, version: int | None = None) -> Programme:
    """Set the programme up or change its settings; raises Conflict where they were saved since `version`."""
    check_programme(draft)
    programme = find_programme()
    if programme is None:
        programme = Programme(name=draft.name.strip(), timezone=draft.timezone, language=draft.language)
        session.add(programme)
    _check_version(programme, version)
    programme.name = draft.name.strip()
    programme.timezone, programme.language = draft.timezone, draft.language
    programme.under18 = draft.under18
    programme.unpaid_by_design = draft.unpaid_by_design
    programme.community_only = draft.community_only
    announce(ProgrammeChanged(by=by))
    return programme


def set_payments(currency: str, text: str, *, by: uuid.UUID | None) -> None:
    """Say in which currency payments are made, and what a line at the bank says of them."""
    programme = get_programme()
    if not is_currency(currency):
        raise Refused(_("Choose the currency."))
    if tells(text) or _shares_a_word(text, programme.name):
        raise Refused(_("A bank line tells others what it says. Choose words that say nothing of us."))
    programme.currency, programme.payment_text = currency, text
    announce(ProgrammeChanged(by=by))


def set_threshold(key: str, typed: str, why: str, *, by: uuid.UUID | None) -> None:
    """Put the programme's own value in a threshold's place; the reason stays with it."""
    value = read_threshold(key, typed)
    if not why.strip():
        raise Refused(_("Say why: whoever reads a flag later wants to know."))
    programme = get_programme()
    kept = dict(programme.limits or {})
    kept[key] = list(value) if isinstance(value, tuple) else value
    _change_limits(programme, kept, key, kept[key], why, by)


def reset_threshold(key: str, *, by: uuid.UUID | None) -> None:
    """Go back to the default of a threshold."""
    parameter(key)
    programme = get_programme()
    kept = dict(programme.limits or {})
    if kept.pop(key, None) is None:
        raise Refused(_("This threshold has its default already."))
    _change_limits(programme, kept, key, None, "", by)


def save_site(
    draft: SiteDraft, *, by: uuid.UUID | None, site: Site | None = None, version: int | None = None
) -> Site:
    """Add a site, or change one; raises Conflict where it was saved since `version`."""
    check_name(draft.name)
    _check_version(site, version)
    same = find_site_by_ref(draft.ref) if draft.ref else None
    if same is not None and same is not site:
        raise Refused(_("There is a site with this number already."))
    if site is None:
        site = Site(id=uuid.uuid4(), kind=draft.kind, ref=draft.ref or _free_ref("S", find_site_by_ref))
        session.add(site)
    site.name, site.kind = draft.name.strip(), draft.kind
    site.area = (draft.area or "").strip() or None
    site.ref = draft.ref or site.ref
    session.flush()
    announce(SiteSaved(by=by, site_id=site.id))
    return site


def save_place(
    draft: PlaceDraft, *, by: uuid.UUID | None, place: Place | None = None, version: int | None = None
) -> Place:
    """Propose a place, or change what one is called; raises Conflict where it was saved since `version`."""
    check_name(draft.name)
    _check_version(place, version)
    same = find_place_by_ref(draft.ref) if draft.ref else None
    if same is not None and same is not place:
        raise Refused(_("There is a place with this number already."))
    if draft.site_id is not None and draft.site_id not in sites():
        raise Refused(_("There is no such site."))
    is_new = place is None
    if place is None:
        place = Place(
            id=uuid.uuid4(),
            status=PlaceStatus.PROPOSED,
            ref=draft.ref or _free_ref("L", find_place_by_ref),
        )
        session.add(place)
    place.name, place.site_id, place.ref = draft.name.strip(), draft.site_id, draft.ref or place.ref
    session.flush()
    if is_new:
        history.begin(place, kind=Kind.PLACE, by=by, on=_today())
    announce(PlaceSaved(by=by, place_id=place.id))
    return place


def step_place(place: Place, to: PlaceStatus, *, by: uuid.UUID | None, reason: str | None = None) -> None:
    """Take a place one step along its life-cycle; checking and approving count as looking at it today."""
    before = place.status
    history.move(place, to, kind=Kind.PLACE, by=by, reason=reason, on=_today())
    if to in LOOKED_AT:
        place.reviewed_on = _today()
    announce(PlaceStepped(by=by, place_id=place.id, before=before, after=to))


def review_place(place: Place, *, by: uuid.UUID | None) -> None:
    """Write down that an approved place was looked at again today."""
    if place.status is not PlaceStatus.APPROVED:
        raise Refused(_("Only an approved place is reviewed; check this one first."))
    place.reviewed_on = _today()
    announce(PlaceSaved(by=by, place_id=place.id))


def _change_limits(
    programme: Programme, kept: dict[str, object], key: str, after: object, why: str, by: uuid.UUID | None
) -> None:
    before = (programme.limits or {}).get(key)
    change = {
        "key": key,
        "on": _today().isoformat(),
        "by": by.hex if by else None,
        "before": before,
        "after": after,
        "why": why.strip(),
    }
    programme.limits = kept
    programme.limit_changes = [*(programme.limit_changes or []), change]
    announce(ThresholdChanged(by=by))


def _shares_a_word(text: str, name: str) -> bool:
    words = {word for word in re.findall(r"\w+", name.casefold()) if len(word) > 3}
    return bool(words & set(re.findall(r"\w+", text.casefold())))


def _check_version(row: SealedRow | None, version: int | None) -> None:
    if row is None or version is None:
        return
    session.refresh(row, with_for_update=True)
    if row.version != version:
        raise Conflict(_("Somebody else saved this record while you were working on it."))


def _free_ref(letter: str, find: Callable[[str], object]) -> str:
    n = 1
    while find(f"{letter}{n}") is not None:
        n += 1
    return f"{letter}{n}"


def _today() -> dt.date:
    return clock.today(programme_zone())
