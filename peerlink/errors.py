"""How things go wrong in words a person can act on."""


class Refused(Exception):
    """A rule of the programme says no; the message is for the person who asked."""


class Conflict(Refused):
    """Somebody else changed the same record in the meantime; both versions must be shown."""


class NotFound(Exception):
    """No such record, or not for this viewer: the two are told apart nowhere."""
