"""Brings letters to the mail server, outside of any transaction."""

import contextlib
import smtplib
import ssl
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from peerlink import clock
from peerlink.features.notices.rules import text_of
from peerlink.features.notices.service import Letter
from peerlink.framework.message_words import Security, Trouble

PATIENCE = 20
"""Seconds a mail server may take for one answer."""


@dataclass(frozen=True)
class Way:
    """The way to a mail server, opened."""

    host: str
    port: int
    security: Security
    address: str
    sender: str
    site: str
    username: str | None = None
    password: str | None = None

    @property
    def domain(self) -> str:
        """What this machine calls itself: never its own name."""
        return self.address.rpartition("@")[2]


def deliver(
    way: Way, letters: list[Letter], context: ssl.SSLContext | None = None
) -> Iterator[tuple[Letter, Trouble | None]]:
    """Bring every letter in turn; say of each what kept it, None where it arrived."""
    try:
        server = _open(way, context or ssl.create_default_context())
    except (OSError, smtplib.SMTPException) as problem:
        trouble = _trouble(problem)
        yield from ((letter, trouble) for letter in letters)
        return
    with contextlib.closing(server):
        for letter in letters:
            yield letter, _bring(server, write(way, letter))
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.quit()


def write(way: Way, letter: Letter) -> EmailMessage:
    """Write a letter: to an address alone, from a neutral name, one sentence and where to sign in."""
    subject, text = text_of(letter.wording, way.site)
    message = EmailMessage()
    message["From"] = formataddr((way.sender, way.address))
    message["To"] = letter.to
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{uuid.uuid4().hex}@{way.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _open(way: Way, context: ssl.SSLContext) -> smtplib.SMTP:
    if way.security is Security.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            way.host, way.port, local_hostname=way.domain, timeout=PATIENCE, context=context
        )
    else:
        server = smtplib.SMTP(way.host, way.port, local_hostname=way.domain, timeout=PATIENCE)
    try:
        if way.security is Security.STARTTLS:
            server.starttls(context=context)
        if way.username:
            _sign_in(server, way.username, way.password or "")
    except BaseException:
        server.close()
        raise
    return server


def _sign_in(server: smtplib.SMTP, username: str, password: str) -> None:
    try:
        server.login(username, password)
    except smtplib.SMTPNotSupportedError as nowhere:
        raise smtplib.SMTPAuthenticationError(503, "") from nowhere


def _bring(server: smtplib.SMTP, message: EmailMessage) -> Trouble | None:
    try:
        server.send_message(message)
    except (OSError, smtplib.SMTPException) as problem:
        return _trouble(problem)
    return None


def _trouble(problem: Exception) -> Trouble:
    """Say what was wrong, in a word: what a server says may name people."""
    kinds: tuple[tuple[type[Exception], Trouble], ...] = (
        (ssl.SSLError, Trouble.NOT_TRUSTED),
        (smtplib.SMTPNotSupportedError, Trouble.NOT_TRUSTED),
        (smtplib.SMTPAuthenticationError, Trouble.SIGN_IN),
        (smtplib.SMTPSenderRefused, Trouble.SENDER),
        (smtplib.SMTPRecipientsRefused, Trouble.RECIPIENT),
        (smtplib.SMTPConnectError, Trouble.NO_ANSWER),
        (smtplib.SMTPServerDisconnected, Trouble.NO_ANSWER),
        (smtplib.SMTPException, Trouble.OTHER),
    )
    return next((trouble for kind, trouble in kinds if isinstance(problem, kind)), Trouble.NO_ANSWER)
