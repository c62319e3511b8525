"""The pages of Team care, of flags, and of each volunteer's own flags."""

from peerlink.features.risks.views import care, flags, mine, tasks
from peerlink.features.risks.views.parts import bp

__all__ = ["bp", "care", "flags", "mine", "tasks"]
