"""What people need to sign in with, made up for tests."""

import datetime as dt

import pyotp

from peerlink import clock
from peerlink.features.accounts.models import Account
from peerlink.features.accounts.secret import pepper
from peerlink.store import gate
from peerlink.store.session import session, transaction
from peerlink.vault import passwords
from tests.support import cast


def give_password(person: cast.Person, password: str = cast.PASSWORD) -> None:
    with transaction(), gate.opened("a test gives a password"):
        account = session.get_one(Account, person.viewer.account_id)
        account.password = passwords.hash_password(password, pepper())


def give_authenticator(person: cast.Person) -> pyotp.TOTP:
    """Give an authenticator that has shown no code yet; return it."""
    secret = pyotp.random_base32(32)
    with transaction(), gate.opened("a test gives an authenticator"):
        session.get_one(Account, person.viewer.account_id).totp = secret
    return pyotp.TOTP(secret)


def code_of(authenticator: pyotp.TOTP, later: dt.timedelta = dt.timedelta(0)) -> str:
    return authenticator.at(clock.now() + later)
