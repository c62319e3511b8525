"""What the pages about messages share."""

from flask import Blueprint

bp = Blueprint("notices", __name__)
