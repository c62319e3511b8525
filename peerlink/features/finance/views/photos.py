"""The photo of a receipt, for those who may open it."""

import base64
import uuid

from flask import make_response, request
from werkzeug import Response

from peerlink.features.finance.queries import get_receipt
from peerlink.features.finance.views.parts import bp
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.viewer import current_viewer


@bp.get("/photos/<uuid:receipt_id>")
@allow(Permission.SIGNED_IN)
def photo(receipt_id: uuid.UUID) -> Response:
    """Show a photo; it is not kept anywhere on the way, and its name says nothing."""
    receipt = get_receipt(receipt_id, current_viewer())
    kept = receipt.small if request.args.get("size") == "small" else receipt.photo
    response = make_response(base64.b64decode(kept))
    response.headers["Content-Type"] = "image/jpeg"
    response.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    return response
