"""A mail server of one's own on this machine, and what arrives there."""

import datetime as dt
import ipaddress
import ssl
from asyncio.base_events import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from peerlink.features.notices.rules import MailDraft
from peerlink.features.notices.service import save_mail
from peerlink.framework.message_words import Security
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.support import cast

USER, PASSWORD = "peerlink", "nine swift otters"
SITE = "https://links.example.org"


@dataclass
class Box:
    """What arrived, and what the server says to it."""

    port: int = 0
    arrived: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    refuses: str = ""

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.greetings.append(hostname)
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refuses and self.refuses in address:
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.arrived.append((str(envelope.mail_from), list(envelope.rcpt_tos), content))
        return "250 OK"


class OnAFreePort(Controller):
    """A server that takes the port the machine gives it."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def a_server(**settings: Any) -> Iterator[Box]:
    """Let a mail server run on this machine for the time of a block."""
    box = Box()
    server = OnAFreePort(box, hostname="127.0.0.1", port=0, **settings)
    server.start()
    box.port = server.port
    try:
        yield box
    finally:
        server.stop()


def only_with_password(
    _server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: Any
) -> AuthResult:
    known = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
    return AuthResult(success=known, handled=False)


def certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a certificate for this machine; return what the server shows and what trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    alone = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(alone, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    shown, kept = folder / "cert.pem", folder / "key.pem"
    shown.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    kept.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(shown, kept)
    return server, ssl.create_default_context(cafile=str(shown))


def set_up(port: int, security: Security = Security.NONE, **more: Any) -> None:
    """Tell PeerLink the way to a mail server on this machine."""
    draft = MailDraft(
        host="127.0.0.1",
        port=port,
        security=security,
        address="news@example.org",
        sender="Updates",
        site=SITE,
        **more,
    )
    with transaction(), gate.opened("a test sets mail up"):
        save_mail(draft, by=cast.ADA.viewer.account_id)
