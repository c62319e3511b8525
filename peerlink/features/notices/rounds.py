"""Sends what is due: claims it, brings it, writes down what became of it, each in a step of its own.

Nothing that happens in the programme waits for a mail server. If the machine stops between bringing a letter
and writing that down, that one letter goes out a second time.
"""

import datetime as dt
import ssl

from peerlink.features.notices.post import Way, deliver
from peerlink.features.notices.queries import find_mail, has_mail
from peerlink.features.notices.service import forget_old, take_due, was_not_sent, was_sent
from peerlink.framework.message_words import Security
from peerlink.store import gate
from peerlink.store.session import reading, transaction


def send_due(_today: dt.date | None = None, context: ssl.SSLContext | None = None) -> int:
    """Send every message that is due; return how many letters arrived."""
    with transaction():
        forget_old()
    with reading():
        if not has_mail():
            return 0
    with transaction():
        letters, way = take_due(), _way()
    sent = 0
    for letter, trouble in deliver(way, letters, context) if letters and way is not None else ():
        with transaction():
            if trouble is None:
                was_sent(letter)
                sent += 1
            else:
                was_not_sent(letter, trouble)
    return sent


def _way() -> Way | None:
    with gate.opened("the way to the mail server is opened to send, it is not shown"):
        mail = find_mail()
        if mail is None:
            return None
        return Way(
            host=mail.host,
            port=mail.port,
            security=Security(mail.security),
            address=mail.address,
            sender=mail.sender,
            site=mail.site,
            username=mail.username,
            password=mail.password,
        )
