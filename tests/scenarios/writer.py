"""Writes people and contacts without end, naming each when it is kept; run by tests that kill it."""

import datetime as dt
import os
import signal
import sys
import uuid
from pathlib import Path

from peerlink import clock, wiring
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.participants import service
from peerlink.framework.vocabularies import Channel, ContactStatus
from peerlink.store import gate, house
from peerlink.store.engine import open_postgres, open_sqlite
from peerlink.store.session import session, transaction
from peerlink.vault.keyring import Keyring
from tests.factories.participants import participant_draft
from tests.support import cast

assert wiring


def write_one() -> uuid.UUID:
    """Add somebody with a key of their own and log a contact, as one transaction."""
    day = clock.now().date() - dt.timedelta(days=1)
    with transaction(), gate.opened("a writer that will be killed"):
        someone = service.add_participant(participant_draft(given_name="Kit", safe_words="call"), by=None)
        session.add(
            Contact(
                id=someone.id,
                match_id=cast.AMINA_EFE,
                volunteer_id=cast.AMINA_ID,
                participant_id=cast.EFE_ID,
                day=day,
                status=ContactStatus.HELD,
                channel=Channel.PHONE,
                minutes=30,
            )
        )
        session.flush()
        session.add(ContactDetail(id=someone.id, subject_id=cast.EFE_ID, note=f"about {someone.id}"))
        return someone.id


def write_on(home: Path, key_file: Path, said: Path) -> None:
    """Open the house as a process of its own does, and write until killed."""
    keyring = Keyring.open(home, key_file)
    url = os.environ.get("PEERLINK_DATABASE_URL")
    engine = open_postgres(url) if url else open_sqlite(home / "data.db", keyring.page_key("data"))
    house.enter(house.House(engine, keyring, home))
    with said.open("w") as sheet:
        while True:
            print(write_one().hex, file=sheet, flush=True)  # what stands there was kept


def main() -> None:
    """Begin a writer for every line read, each a process of its own; say its number."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    home, key_file = Path(sys.argv[1]), Path(sys.argv[2])
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            write_on(home, key_file, Path(line.strip()))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
