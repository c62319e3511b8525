"""How a claim is written, by a volunteer on their phone or by a coordinator for them: one form, one way."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from flask import request
from werkzeug import Response
from werkzeug.datastructures import FileStorage

from peerlink.errors import Refused
from peerlink.features.finance import service
from peerlink.features.finance.forms import ClaimForm
from peerlink.features.finance.models import Claim
from peerlink.features.finance.photos import LARGEST_FILE
from peerlink.features.finance.queries import currency, receipt_ids_of
from peerlink.features.finance.wording import ICONS
from peerlink.framework.money import written
from peerlink.web.page import keep_what_happened, page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@dataclass(frozen=True)
class Writing:
    """Who writes a claim, and where their pages are."""

    begin: Callable[[uuid.UUID], Claim]
    template: str
    said: dict[str, object]
    """What the page shows besides the form."""
    draft_at: Callable[[Claim], str]
    sent_to: str
    undo_at: Callable[[Claim], str]
    kept: str
    """What is said of a claim kept for later."""


def take(writing: Writing, claim: Claim | None, *, again: bool = False) -> Response:
    """Keep what was typed; a photo is kept in a draft even where something else is wrong."""
    form = ClaimForm()
    form.offer(currency())
    form.sends = request.form.get("do") != "keep"
    fine = form.validate()
    if fine and form.sends and claim is not None and service.says_the_same(claim, form.draft()):
        return _sent(writing, claim)
    there, photo_fine = (claim, True) if again and claim else _with_photo(writing, form, claim)
    if fine and photo_fine:
        with form.refusals_shown():
            draft = there or writing.begin(form.once())
            service.write_draft(draft, form.draft())
            if not form.sends:
                say(writing.kept)
                return see_other(writing.draft_at(draft))
            service.send(draft, by=current_viewer().account_id)
            return _sent(writing, draft)
    return form_page(writing, form, there, 422)


def form_page(writing: Writing, form: ClaimForm, claim: Claim | None, status: int = 200) -> Response:
    """Show the form, with the photos that are kept."""
    form.offer(currency())
    return page(
        writing.template,
        status,
        form=form,
        one=claim,
        photos=receipt_ids_of([claim.id], current_viewer())[claim.id] if claim else [],
        icons=ICONS,
        money=currency(),
        **writing.said,
    )


def said_in(claim: Claim) -> dict[str, object]:
    """Return what a draft says, as its form asks it."""
    return {
        "what": claim.what.value if claim.what else None,
        "amount": written(claim.amount, claim.currency) if claim.amount else "",
        "spent_on": claim.spent_on,
        "note": claim.note,
    }


def _sent(writing: Writing, claim: Claim) -> Response:
    say(_("Sent."), undo=writing.undo_at(claim))
    return see_other(writing.sent_to)


def _with_photo(writing: Writing, form: ClaimForm, claim: Claim | None) -> tuple[Claim | None, bool]:
    """Keep the photo that was sent, in a draft where there is none yet; tell whether it could be read."""
    for field in (form.photo, form.chosen):
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            continue
        try:
            draft = claim or writing.begin(form.once())
            service.add_photo(draft, field.data.stream.read(LARGEST_FILE + 1))
        except Refused as refusal:
            field.errors = [*field.errors, str(refusal)]
            return claim, False
        claim = draft
        keep_what_happened()
    return claim, True
