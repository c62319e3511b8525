"""How a wish to learn something is said."""

from peerlink.framework.contact_words import Topic
from peerlink.words import _


def wish_in_words(what: str, names: dict[str, str]) -> str:
    """Say what somebody would like to learn: a topic's or a module's name, or their own words."""
    if what in set(Topic):
        return _(Topic(what).label)
    return names.get(what, what)
