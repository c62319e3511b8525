"""What the pages about the programme share."""

from typing import Any

from flask import Blueprint

from peerlink.store.model import SealedModel
from peerlink.web.form import Form
from peerlink.web.person_form import Difference, differences

bp = Blueprint("programmes", __name__)


def clash(form: Form, row: SealedModel | None, saved: dict[str, Any]) -> list[Difference]:
    """Lay both versions side by side where somebody saved meanwhile; the next try overwrites knowingly."""
    if row is None or not form.form_errors or version_of(form.version.data) == row.version:
        return []
    form.version.data = row.version
    return differences(form, saved)


def said_of(row: object, *names: str) -> dict[str, Any]:
    """Return what a row says, as its form asks it."""
    return {name: getattr(row, name) for name in names}


def version_of(typed: object) -> int | None:
    """Read the version a form was opened at."""
    return int(str(typed)) if str(typed).isdecimal() and len(str(typed)) < 10 else None
