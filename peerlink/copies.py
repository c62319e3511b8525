"""One form does one thing: its copies, sent by quick taps or a slow line, are answered as the first was.

Sent again by the same person, from the same page, to the same address and with the same words, a form is a
copy: it does nothing more, and leads where the first led; once it was taken back it is a form anew. See
docs/adr/0032.
"""

import hashlib
import hmac
import uuid
from typing import Any

from flask import Flask, current_app, g, request
from flask import session as cookie
from werkzeug import Response

from peerlink.store import house
from peerlink.store.answers import Answer, hear_of_undoing, let_go, take_on, undone, write_down
from peerlink.web.guard import permission_of
from peerlink.web.page import say, see_other
from peerlink.web.tokens import has_page
from peerlink.web.viewer import current_viewer, viewer

SENT_ON = 303


def init_app(app: Flask) -> None:
    """Look at every form before it is worked on, and at its answer afterwards."""
    app.before_request(_answered_before)
    app.after_request(_remember)


def _answered_before() -> Response | None:
    form = _form_sent()
    if form is None:
        return None
    before = take_on(form)
    if before is None:
        g.form_sent, g.form_by, g.said_before = form, current_viewer().account_id, len(_said())
        return None
    for text, undo in before.said:
        say(text, undo=undo)
    return see_other(before.location)


def _remember(response: Response) -> Response:
    form = g.pop("form_sent", None)
    if form is None or (response.status_code >= 400 and not g.get("keep")):
        return response
    if response.status_code == SENT_ON and response.location:
        said = _said()[g.said_before :]
        write_down(form, Answer(response.location, tuple(said)))
        undone(_undoing(request.full_path))
        for undo in {undo for _text, undo in said if undo}:
            hear_of_undoing(_undoing(undo), form)
    else:
        let_go(form)
    return response


def _said() -> list[tuple[str, str]]:
    return [(text, undo) for undo, text in cookie.get("_flashes", ())]


def _form_sent() -> uuid.UUID | None:
    if request.method != "POST" or request.endpoint in {None, "static"} or not has_page():
        return None
    looking = viewer()
    if looking is None or permission_of(current_app, str(request.endpoint)) is None:
        return None
    return _mark(looking.account_id.hex, request.full_path, *_words(), *_files())


def _undoing(address: str) -> uuid.UUID:
    """Return what the deed at an address is known by, when somebody takes back with it what they did."""
    return _mark("undo", g.form_by.hex, address.rstrip("?"))


def _mark(*parts: str) -> uuid.UUID:
    _kid, key = house.keyring().purpose_key("idem")
    mark = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        mark.update(hashlib.sha256(part.encode()).digest())
    return uuid.UUID(bytes=mark.digest()[:16])


def _words() -> list[str]:
    return [f"{name}={said}" for name, said in request.form.items(multi=True)]


def _files() -> list[str]:
    found = []
    for name, file in request.files.items(multi=True):
        stream: Any = file.stream
        found.append(f"{name}={file.filename}={hashlib.file_digest(stream, 'sha256').hexdigest()}")
        stream.seek(0)
    return found
