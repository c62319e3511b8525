"""The check-in: answering it, what comes of it, who reads it, and how sure a change is."""

from peerlink.features.wellbeing.views import answering, mine, precision, reader, theirs
from peerlink.features.wellbeing.views.parts import bp

__all__ = ["answering", "bp", "mine", "precision", "reader", "theirs"]
