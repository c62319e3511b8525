"""What the pages of this room share."""

import datetime as dt

from flask import Blueprint

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone

bp = Blueprint("recognition", __name__)


def today_here() -> dt.date:
    """Return the day it is for the programme."""
    return clock.today(programme_zone())
