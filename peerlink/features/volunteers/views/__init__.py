"""Every page about volunteers, under one blueprint."""

from peerlink.features.volunteers.views import lists, own, record, rests, steps
from peerlink.features.volunteers.views.parts import bp

__all__ = ["bp", "lists", "own", "record", "rests", "steps"]
