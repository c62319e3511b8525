"""Every page about staying safe, under one blueprint."""

from peerlink.features.safety.views import calls, helping, plan, visits
from peerlink.features.safety.views.parts import bp

__all__ = ["bp", "calls", "helping", "plan", "visits"]
