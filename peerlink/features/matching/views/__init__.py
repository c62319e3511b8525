"""Every page about matching, under one blueprint."""

from peerlink.features.matching.views import board, matches, mine, pair, proposals
from peerlink.features.matching.views.parts import bp

__all__ = ["board", "bp", "matches", "mine", "pair", "proposals"]
