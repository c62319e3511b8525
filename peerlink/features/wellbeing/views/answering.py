"""Answering a check-in, or leaving it out."""

from flask import url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.volunteers.reading import choose_reader, reader_of, readers_for
from peerlink.features.wellbeing import service
from peerlink.features.wellbeing.forms import CheckinForm, Questions, SkipForm
from peerlink.features.wellbeing.queries import find_open_checkin
from peerlink.features.wellbeing.views.parts import bp, own_record
from peerlink.instruments.checkin import ABOUT, PROMISE
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/check-in")
@allow(Permission.ANSWER_CHECKIN)
def form() -> Response:
    """Ask the fourteen sentences."""
    return _asked(_offered(CheckinForm()))


@bp.post("/check-in")
@allow(Permission.ANSWER_CHECKIN)
def answer() -> Response:
    """Take the answers and show the result at once."""
    looking, sent = current_viewer(), _offered(CheckinForm())
    if sent.validate():
        with sent.refusals_shown():
            if service.is_sent(looking, sent.draft()):
                return see_other(url_for(".mine"))
            checkin = service.open_for(looking)
            if sent.instead_id is not None:
                choose_reader(own_record(), sent.instead_id, by=looking.account_id)
            service.answer(checkin, sent.draft(), by=looking.account_id)
            say(_("Thank you. This is what you said."))
            return see_other(url_for(".mine"))
    return _asked(sent, status=422)


@bp.post("/check-in/skip")
@allow(Permission.ANSWER_CHECKIN)
def skip() -> Response:
    """Leave this one out."""
    looking, sent = current_viewer(), SkipForm()
    if sent.validate():
        with sent.refusals_shown():
            reason, words = sent.reason.data or None, sent.words.data
            service.skip(service.open_for(looking), reason, words=words, by=looking.account_id)
            say(_("Left out. You will be asked again next time."), undo=url_for(".take_up"))
            return see_other(url_for("home.index"))
    return _asked(_offered(CheckinForm(formdata=None)), sent, 422)


@bp.post("/check-in/take-up")
@allow(Permission.ANSWER_CHECKIN)
def take_up() -> Response:
    """Take back that one was left out."""
    service.take_up_latest(current_viewer())
    say(_("It waits for your answer again."))
    return see_other(url_for(".form"))


@bp.get("/check-in/about")
@allow(Permission.SIGNED_IN)
def about() -> Response:
    """Say what the check-in is, how it is scored and who sees what."""
    return page("wellbeing/about.html", limits=limits())


def _offered(sent: Questions) -> Questions:
    volunteer = own_record()
    sent.offer(readers_for(volunteer), reader_of(volunteer))
    return sent


def _asked(sent: Questions, skipping: SkipForm | None = None, status: int = 200) -> Response:
    waiting, volunteer = find_open_checkin(current_viewer()), own_record()
    return page(
        "wellbeing/form.html",
        status,
        form=sent,
        skip=skipping or SkipForm(formdata=None),
        due=waiting.due_on if waiting else clock.today(programme_zone()),
        about=_(ABOUT),
        promise=_(PROMISE),
        reader=reader_of(volunteer),
        is_new=waiting is None,
    )
