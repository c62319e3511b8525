"""Which room stands at which address, which ways lead there, and who listens."""

from flask import Flask

from peerlink.features.accounts import views as accounts
from peerlink.features.contacts import views as contacts
from peerlink.features.home import views as home
from peerlink.features.matching import listeners as matching_listeners
from peerlink.features.moving import views as moving
from peerlink.features.participants import views as participants
from peerlink.features.privacy import listeners as privacy
from peerlink.features.training import listeners as training
from peerlink.features.wellbeing import views as wellbeing
from peerlink.roles import Permission as P
from peerlink.web.navigation import Way, set_ways
from peerlink.words import N_

ROOMS = (
    accounts.bp,
    home.bp,
    moving.bp,
    participants.bp,
    wellbeing.bp,
    contacts.bp,
)
LISTENERS = (privacy, matching_listeners, training)
WAYS = (
    Way("home.index", N_("Today"), "home", P.SIGNED_IN),
    Way("participants.index", N_("Participants"), "team", P.SEE_PARTICIPANTS, "p"),
    Way("contacts.new", N_("Log"), "plus", P.LOG_CONTACT),
    Way("contacts.index", N_("Contacts"), "contacts", P.LOG_CONTACT),
    Way("moving.start", N_("Import"), "upload", P.IMPORT),
    Way("wellbeing.mine", N_("How I am"), "leaf", P.ANSWER_CHECKIN),
)


def wire(app: Flask) -> None:
    """Open every room, connect every listener and show the ways."""
    for room in ROOMS:
        app.register_blueprint(room)
    connect()
    set_ways(WAYS)


def connect() -> None:
    """Connect every listener; commands and jobs need them as much as pages do."""
    for listener in LISTENERS:
        listener.connect()
