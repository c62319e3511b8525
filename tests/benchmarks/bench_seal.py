"""Measures what sealing a field costs beside the two encrypted columns people use: goal E-1.

Run with the packages of the group "bench": python -m tests.benchmarks.bench_seal
Each side stores the same five fields as it does in earnest: the peers one encrypted column per field, we
one sealed record per row, bound to its place. One field alone in a record is shown as well, without a goal.
"""

import json
import os
import time
from collections.abc import Callable

import django
from django.conf import settings
from django.db import connection, models
from sqlalchemy import String
from sqlalchemy.dialects import sqlite
from sqlalchemy_utils import StringEncryptedType
from sqlalchemy_utils.types.encrypted.encrypted_type import FernetEngine

from peerlink.vault.envelope import Place, seal, unseal
from peerlink.vault.record import pack, unpack

FIELDS = {
    "name": "Amina Nakato",
    "phone": "+256 772 000 000",
    "languages": "Luganda, English, Kiswahili",
    "availability": "Tuesday and Thursday after four, not in the market week",
    "note": "Met at the clinic gate; prefers to be called in the evening by another name.",
}
ROUNDS, ROWS_PER_ROUND = 60, 200

Deed = Callable[[], object]


def sealed_record() -> Deed:
    """Seal all fields as one record of a row and read them back."""
    return _record(FIELDS)


def sealed_field() -> Deed:
    """Seal every field as a record of its own and read it back."""
    deeds = [_record({name: text}) for name, text in FIELDS.items()]
    return lambda: [deed() for deed in deeds]


def _record(fields: dict[str, str]) -> Deed:
    key, deployment, row, subject = os.urandom(64), os.urandom(16), os.urandom(16), os.urandom(16)

    def deed() -> object:
        sealed = seal(key, 1, deployment, Place("participant", "pii", row, subject, 1), pack(fields))
        return unpack(unseal(key, deployment, Place("participant", "pii", row, subject, 1), sealed))

    assert deed() == fields
    return deed


def django_columns() -> Deed:
    """Write and read every field through django-cryptography, as its model field does."""
    settings.configure(
        SECRET_KEY=os.urandom(32).hex(),
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[],
    )
    django.setup()
    from django_cryptography.fields import encrypt  # asks for the settings as it is imported

    column = encrypt(models.TextField())

    def deed() -> object:
        return [
            column.from_db_value(bytes(column.get_db_prep_value(text, connection)), None, connection)
            for text in FIELDS.values()
        ]

    assert deed() == list(FIELDS.values())
    return deed


def sqlalchemy_columns() -> Deed:
    """Write and read every field through SQLAlchemy-Utils with its Fernet engine, as a column does."""
    column, dialect = StringEncryptedType(String, os.urandom(32).hex(), FernetEngine), sqlite.dialect()

    def deed() -> object:
        return [
            column.process_result_value(column.process_bind_param(text, dialect), dialect)
            for text in FIELDS.values()
        ]

    assert deed() == list(FIELDS.values())
    return deed


def measure(deeds: dict[str, Deed]) -> dict[str, float]:
    """Return the microseconds of CPU per field of each deed: the best of rounds run in turn."""
    best = dict.fromkeys(deeds, float("inf"))
    for _ in range(ROUNDS):
        for name, deed in deeds.items():
            started = time.process_time_ns()
            for _ in range(ROWS_PER_ROUND):
                deed()
            spent = (time.process_time_ns() - started) / ROWS_PER_ROUND / len(FIELDS) / 1000
            best[name] = min(best[name], spent)
    return best


def main() -> None:
    """Print one line per ratio."""
    spent = measure(
        {
            "one record of five fields": sealed_record(),
            "every field a record": sealed_field(),
            "django-cryptography-5": django_columns(),
            "StringEncryptedType(Fernet)": sqlalchemy_columns(),
        }
    )
    for peer, target in (("django-cryptography-5", 15), ("StringEncryptedType(Fernet)", 10)):
        for ours, goal in (("one record of five fields", target), ("every field a record", None)):
            raw = {f"{name}, us per field": round(spent[name], 2) for name in (peer, ours)}
            ratio = round(spent[peer] / spent[ours], 1)
            print(json.dumps({"goal": "E-1", "ratio": ratio, "target": goal, "raw": raw}))


if __name__ == "__main__":
    main()
