"""Pages about the thresholds and the programme's own values."""

import datetime as dt
import uuid
from typing import Any

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.accounts.queries import team_members
from peerlink.features.programmes import service
from peerlink.features.programmes.forms import ThresholdForm
from peerlink.features.programmes.queries import find_programme, limits
from peerlink.features.programmes.views.parts import bp
from peerlink.features.programmes.wording import rule_in_words, value_in_words
from peerlink.framework.parameters import PARAMETERS, parameter
from peerlink.roles import Permission
from peerlink.web.formatting import ago
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/programme/thresholds")
@allow(Permission.KEEP_PROGRAMME)
def thresholds() -> Response:
    """List every threshold with its default and the programme's own value."""
    in_force = limits()
    rows = [
        {
            "key": one.key,
            "rule": rule_in_words(one.key),
            "value": value_in_words(one, in_force.get(one.key)),
            "default": value_in_words(one, one.default),
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


def _threshold_page(key: str, form: ThresholdForm, status: int = 200) -> Response:
    programme = find_programme()
    mine = [one for one in (programme.limit_changes or [] if programme else []) if one["key"] == key]
    who = team_members([uuid.UUID(str(one["by"])) for one in mine if one["by"]])
    history = [_change_shown(one, who) for one in reversed(mine)]
    return page(
        "programmes/threshold.html",
        status,
        one=parameter(key),
        rule=rule_in_words(key),
        default=_written(parameter(key).default),
        default_said=value_in_words(parameter(key), parameter(key).default),
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


def _known(key: str) -> None:
    if key not in {one.key for one in PARAMETERS}:
        raise NotFound


def _written(value: object) -> str:
    return " ".join(f"{one:g}" for one in value) if isinstance(value, tuple | list) else f"{value:g}"
