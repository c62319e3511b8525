"""Every page about participants, under one blueprint."""

from peerlink.features.participants.views import consent, lists, record, steps
from peerlink.features.participants.views.parts import bp

__all__ = ["bp", "consent", "lists", "record", "steps"]
