"""How messages are sent, and how each person wants to be told."""

from peerlink.features.notices.views import reach, settings
from peerlink.features.notices.views.parts import bp

__all__ = ["bp", "reach", "settings"]
