"""Marks every sentence a person may see, so that it can be said in their language.

Inside a request the sentence is translated; in a job, a command or a test without an app it stays English.
"""

from flask_babel import gettext as _translate
from flask import has_request_context


def N_(text: str) -> str:  # noqa: N802 - the gettext convention
    """Mark a text of the knowledge storey for translation where it is shown."""
    return text


def _(text: str, **values: object) -> str:
    """Say a text in the language of whoever is looking, with its values filled in."""
    if has_request_context():
        return str(_translate(text, **values))
    return text % values if values else text
