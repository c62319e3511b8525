"""Three people who have keys, and the tables these lie in."""

import sqlcipher3.dbapi2 as sqlcipher

from tests.vault.conftest import House

AMINA, BEN, EFE = b"a" * 16, b"b" * 16, b"e" * 16


def tables_of(house: House) -> sqlcipher.Connection:
    """Open the keyring's tables beside the keyring."""
    keyring = house.open()
    page_key = keyring.page_key("keyring").hex()
    keyring.close()
    database = sqlcipher.connect(str(house.database), isolation_level=None)
    database.execute(f"PRAGMA key = \"x'{page_key}'\"")
    return database
