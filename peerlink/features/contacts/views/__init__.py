"""Every page about contacts, under one blueprint."""

from peerlink.features.contacts.views import kept, lists, log, plan
from peerlink.features.contacts.views.parts import bp

__all__ = ["bp", "kept", "lists", "log", "plan"]
