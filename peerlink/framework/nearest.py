"""Says which known word was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from peerlink.words import _


def not_known(given: str, known: Iterable[str]) -> ValueError:
    """Return the error for a word that is not known; it names the nearest one that is."""
    near = get_close_matches(given.strip().lower(), sorted(known), n=1, cutoff=0.5)
    if not near:
        return ValueError(_("'%(given)s' is not known.", given=given))
    return ValueError(_("'%(given)s' is not known; did you mean '%(near)s'?", given=given, near=near[0]))
