"""Pages about looking after volunteers."""

from peerlink.features.supervision.views import actions, away, desk, groups, holding, own, sessions
from peerlink.features.supervision.views.parts import bp

__all__ = ["actions", "away", "bp", "desk", "groups", "holding", "own", "sessions"]
