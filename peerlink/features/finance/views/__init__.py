"""Every page about money, under one blueprint."""

from peerlink.features.finance.views import approving, batches, for_them, money, own, pay, photos, stipends
from peerlink.features.finance.views.parts import bp

__all__ = ["approving", "batches", "bp", "for_them", "money", "own", "pay", "photos", "stipends"]
