"""The pages of thanks, of the team's days, and of each volunteer's own month."""

from peerlink.features.recognition.views import mine, team, thanks
from peerlink.features.recognition.views.parts import bp

__all__ = ["bp", "mine", "team", "thanks"]
