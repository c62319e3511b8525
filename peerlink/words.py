"""Marks every sentence a person may see, so that it can be said in their language."""

from collections.abc import Callable

_translate: Callable[[str], str] = str


def speak(translate: Callable[[str], str]) -> None:
    """Say every text through this translation from now on (the web kit sets its own)."""
    global _translate
    _translate = translate


def N_(text: str) -> str:  # noqa: N802 - the gettext convention
    """Mark a text of the knowledge storey for translation where it is shown."""
    return text


def _(text: str, **values: object) -> str:
    """Say a text in the language of whoever is looking, with its values filled in (%(name)s)."""
    said = _translate(text)
    return said % values if values else said
