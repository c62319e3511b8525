"""How messages are sent, and why one could not be."""

from peerlink.framework.word import Word
from peerlink.words import N_


class Security(Word):
    """How the way to the mail server is kept private."""

    STARTTLS = "starttls", N_("STARTTLS (usually port 587)")
    TLS = "tls", N_("TLS (usually port 465)")
    NONE = "none", N_("None, only on this machine")


class Trouble(Word):
    """Why a message could not be sent."""

    NO_ANSWER = "no_answer", N_("The mail server does not answer.")
    NOT_TRUSTED = "not_trusted", N_("The mail server's certificate is not trusted, or it offers no TLS.")
    SIGN_IN = "sign_in", N_("The mail server did not accept the user name and password.")
    SENDER = "sender", N_("The mail server does not send for this address.")
    RECIPIENT = "recipient", N_("The mail server does not take mail for this recipient.")
    OTHER = "other", N_("The mail server refused.")
