"""The pages of training: whose runs out, the register, sessions, modules, and each volunteer's own."""

from peerlink.features.training.views import certificate, mine, modules, person, register, sessions
from peerlink.features.training.views.parts import bp

__all__ = ["bp", "certificate", "mine", "modules", "person", "register", "sessions"]
