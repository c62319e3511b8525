"""The pages of recruitment."""

from peerlink.features.recruitment.views import apply, leaving, own, privacy, settings, start
from peerlink.features.recruitment.views.parts import bp

__all__ = ["apply", "bp", "leaving", "own", "privacy", "settings", "start"]
