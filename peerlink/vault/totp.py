"""Checks the six digits of an authenticator app: the second thing an account needs to sign in."""

import datetime as dt
import hmac

import pyotp

DIGITS = 6
STEP_SECONDS = 30


def new_secret() -> str:
    """Return a new secret of 160 bits, in the spelling authenticator apps take."""
    return pyotp.random_base32(32)


def provisioning_uri(secret: str, label: str, issuer: str) -> str:
    """Return what the QR code says; label and issuer appear on the phone, so both must be neutral."""
    return pyotp.TOTP(secret).provisioning_uri(name=label, issuer_name=issuer)


def verify(secret: str, code: str, now: dt.datetime, last_step: int | None) -> int | None:
    """Return the step a code belongs to, for the account to keep as last_step; None if it is refused.

    The step before and after this one count too (30 seconds each); a code at or before last_step is used up.
    """
    typed = "".join(code.split())
    if len(typed) != DIGITS or not typed.isdecimal():
        return None
    western = f"{int(typed):0{DIGITS}}"
    this_step = int(now.timestamp()) // STEP_SECONDS
    generator = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    fitting = [
        step
        for step in (this_step - 1, this_step, this_step + 1)
        if step >= 0 and hmac.compare_digest(generator.generate_otp(step), western)
    ]
    unused = [step for step in fitting if last_step is None or step > last_step]
    return unused[0] if unused else None
