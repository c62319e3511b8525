"""What a person sees when something goes wrong."""

import logging
import secrets

from flask import Flask, request
from flask_wtf.csrf import CSRFError
from werkzeug import Response
from werkzeug.exceptions import HTTPException

from peerlink.errors import Conflict, NotFound, Refused
from peerlink.web.page import page
from peerlink.words import _

log = logging.getLogger("peerlink")


class _NoAddress(logging.Filter):
    """Lets the web server say what went wrong, not at which address: some addresses hold a secret."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage().partition(" while serving ")[0]
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        record.msg, record.args = f"{said}: {kind}" if kind else said, ()
        record.exc_info = record.exc_text = None
        return True


NO_ADDRESS = _NoAddress()


def init_app(app: Flask) -> None:
    """Give each kind of problem its page, and keep addresses out of the web server's log."""
    logging.getLogger("waitress").addFilter(NO_ADDRESS)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, stale)
    app.register_error_handler(HTTPException, plain)
    app.register_error_handler(Exception, broken)


def not_found(_problem: NotFound) -> Response:
    """Say that it is not here, and not whether it is anywhere."""
    return page("problem.html", 404, title=_("Not here"), message=_("We could not find that page."))


def refused(refusal: Refused) -> Response:
    """Say what the programme's rule said."""
    code = 409 if isinstance(refusal, Conflict) else 422
    return page("problem.html", code, title=_("That did not work"), message=str(refusal))


def stale(_problem: CSRFError) -> Response:
    """Ask to send a form again that lay open too long."""
    message = _("This page was open for a long time. Go back, load it again and send it once more.")
    return page("problem.html", 400, title=_("Please try again"), message=message)


def plain(problem: HTTPException) -> Response:
    """Answer the usual problems of the web in plain words."""
    said = {
        403: (_("Not for you"), _("Your account does not open this page.")),
        404: (_("Not here"), _("We could not find that page.")),
        405: (_("Not here"), _("We could not find that page.")),
        413: (_("Too large"), _("This file is too large. Split it, or ask your administrator to import it.")),
    }
    code = problem.code or 500
    title, message = said.get(
        code, (_("That did not work"), _("Your browser sent something we could not read."))
    )
    return page("problem.html", code, title=title, message=message)


def broken(problem: Exception) -> Response:
    """Admit a mistake of ours; the log gets its kind and place, never its words."""
    message = _(
        "Something on our side went wrong. Nothing was changed. Tell your administrator: %(number)s.",
        number=write_down(problem),
    )
    return page("problem.html", 500, title=_("Something went wrong"), message=message)


def speechless(problem: Exception) -> str:
    """Admit a mistake of ours where no page can be made any more, as when the database is gone."""
    return f"Something on our side went wrong. Tell your administrator: {write_down(problem)}."


def write_down(problem: Exception) -> str:
    """Log the kind and place of a mistake; return the number it is found by."""
    number = secrets.token_hex(4)
    where = problem.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where is not None else "?"
    log.error("problem %s: %s at %s on %s", number, type(problem).__name__, place, request.endpoint)
    return number
