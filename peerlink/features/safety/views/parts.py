"""What the pages about staying safe share."""

from flask import Blueprint

from peerlink.features.safety.shown import crisis
from peerlink.roles import Role
from peerlink.web.viewer import current_viewer

bp = Blueprint("safety", __name__)
bp.add_app_template_global(crisis, "crisis")


def is_lean() -> bool:
    """Tell whether a volunteer looks, on a phone's own pages."""
    looking = current_viewer()
    return looking.is_a(Role.VOLUNTEER) and not looking.is_a(Role.COORDINATOR, Role.SUPERVISOR)
