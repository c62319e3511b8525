"""Slows guessing down without ever locking anybody out for good.

What was tried is counted together with the network it came from: somebody far away who guesses at an
account makes themselves wait, and not its owner.
"""

import datetime as dt
import hashlib
import hmac
import ipaddress
from contextlib import suppress

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.accounts.models import Attempt
from peerlink.features.accounts.rules import FORGOTTEN_AFTER, KEPT_FOR, TRIES_A_MINUTE, wait_after
from peerlink.store import house
from peerlink.store.session import session
from peerlink.words import _


def check(login: str, network: str) -> None:
    """Refuse to try again while somebody must wait."""
    now = clock.now()
    # Locked, so that a crowd of guesses at once is counted one after the other.
    pair = session.get(Attempt, _pair(login, network), with_for_update=True)
    everyone = session.get(Attempt, _network(network)) if network else None
    for attempt in (pair, everyone):
        if attempt and attempt.blocked_until and attempt.blocked_until > now:
            wait = attempt.blocked_until - now
            minutes, seconds = divmod(int(wait.total_seconds()) + 1, 60)
            raise Refused(
                _(
                    "Too many tries. Wait %(minutes)d min %(seconds)d s, then try again.",
                    minutes=minutes,
                    seconds=seconds,
                )
            )


def count_failure(login: str, network: str) -> None:
    """Count a failed try against this login from this network, and against the network where it is known."""
    now = clock.now()
    session.execute(delete(Attempt).where(Attempt.since < now - KEPT_FOR))
    pair = _count(_pair(login, network), now, FORGOTTEN_AFTER)
    pair.blocked_until = now + wait_after(pair.failed) if wait_after(pair.failed) else None
    if not network:
        return
    everyone = _count(_network(network), now, dt.timedelta(minutes=1))
    everyone.blocked_until = now + dt.timedelta(minutes=1) if everyone.failed >= TRIES_A_MINUTE else None


def take(what: str, network: str, *, of_a_network: int, of_everybody: int, within: dt.timedelta) -> None:
    """Count something a stranger may do so many times; raises Refused when it is too often.

    Where the network is not known, as behind a proxy on this machine, everybody is counted together.
    """
    now = clock.now()
    session.execute(delete(Attempt).where(Attempt.since < now - KEPT_FOR))
    counted = [(_keyed(f"everybody\0{what}"), of_everybody)]
    if network:
        counted.append((_keyed(f"{what}\0{_part_of(network)}"), of_a_network))
    for token, most in counted:
        attempt = _count(token, now, within)
        if attempt.failed > most:
            minutes = int((attempt.since + within - now).total_seconds() // 60) + 1
            raise Refused(_("Too many at once just now. Try again in %(n)s minutes.", n=minutes))


def forget(login: str, network: str) -> None:
    """Start counting anew after a success."""
    attempt = session.get(Attempt, _pair(login, network))
    if attempt is not None:
        session.delete(attempt)


def _count(what: bytes, now: dt.datetime, forgotten_after: dt.timedelta) -> Attempt:
    attempt = session.get(Attempt, what, with_for_update=True)
    if attempt is None:
        with suppress(IntegrityError), session.begin_nested():
            session.add(Attempt(what=what, failed=0, since=now, blocked_until=None))
        attempt = session.get_one(Attempt, what, with_for_update=True)
    elif now - attempt.since > forgotten_after:
        attempt.failed, attempt.since = 0, now
    attempt.failed += 1
    return attempt


def _pair(login: str, network: str) -> bytes:
    # As an account is found, so it is counted: another spelling of the address is the same login.
    who = house.fingerprint("email", login) or b""
    return _keyed(f"pair\0{who.hex()}\0{_part_of(network)}")


def _network(network: str) -> bytes:
    return _keyed(f"network\0{_part_of(network)}")


def _part_of(address: str) -> str:
    """Return the /24 or /48 an address lies in, so that changing the last digits helps nobody."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if ip.version == 4 else 48}", strict=False))


def _keyed(text: str) -> bytes:
    _kid, key = house.keyring().purpose_key("idem")
    return hmac.digest(key, text.encode(), hashlib.sha256)
