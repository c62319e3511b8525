"""The pages of the room, opened together."""

from peerlink.features.questionnaires.views import library, own, shown
from peerlink.features.questionnaires.views.parts import bp

__all__ = ["bp", "library", "own", "shown"]
