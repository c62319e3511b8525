"""Every page about the programme, under one blueprint."""

from peerlink.features.programmes.views import places, settings, sites, thresholds
from peerlink.features.programmes.views.parts import bp

__all__ = ["bp", "places", "settings", "sites", "thresholds"]
