"""What logging a contact (C-1) and listing fifty (C-2) cost beside bare Flask, interleaved in one run.

Processor time of the whole request in process, the tenth percentile, in microseconds. The floor for C-1 is
bare Flask with one INSERT under the same durability; for C-2 it is bare Flask with a constant table in a
naive template. Run with: python -m tests.benchmarks.bench_post [--small]
"""

import datetime as dt
import gc
import io
import json
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request

from peerlink import clock
from peerlink.app import create_app
from peerlink.events import Event, announce
from peerlink.features.contacts import keeping, service
from peerlink.features.contacts.rules import ContactDraft
from peerlink.framework.vocabularies import Channel, ContactStatus
from peerlink.store import gate, house
from peerlink.store.engine import open_sqlite
from peerlink.store.model import Model
from peerlink.store.session import transaction
from peerlink.vault.keyring import Keyring
from tests.support import cast
from tests.support.visitor import Outline, Visitor

ROUNDS = 300
SMALL = 20
WARM_UP = 30
NAIVE = (
    "<!doctype html><title>list</title><table>{% for row in rows %}<tr><td>{{ row.day }}</td>"
    "<td>{{ row.called }}</td><td>{{ row.channel }}</td><td>{{ row.minutes }}</td><td>"
    "{% for area in areas %}{% if area in row.areas %}<span>{{ area }}</span>{% endif %}{% endfor %}</td>"
    "<td>{{ row.note }}</td></tr>{% endfor %}</table>"
)
AREAS = ("Facts", "Practical", "Listening", "Linking", "Deciding")


def open_house(home: Path) -> Flask:
    """Open a house with the cast and fifty contacts of Amina's, each with a note."""
    (home / "home").mkdir()
    keyring = Keyring.create(home / "home", home / "keys" / "root.key")
    opened = house.House(
        open_sqlite(home / "home" / "data.db", keyring.page_key("data")), keyring, home / "home"
    )
    house.enter(opened)
    app = create_app(opened)
    Model.metadata.create_all(opened.engine)
    cast.join_all()
    now = clock.now()
    with transaction(), gate.opened("a benchmark fills its house"):
        for n in range(50):
            draft = ContactDraft(
                id=uuid.uuid4(), status=ContactStatus.HELD, at=now - dt.timedelta(hours=12 * n + 1),
                channel=Channel.PHONE, minutes=30, effort=2, note="She will bring the form on Tuesday.",
                support=frozenset({"support.emotional.listening", "support.informational"}),
            )  # fmt: skip
            service.log_contact(cast.AMINA_EFE, draft, cast.AMINA.viewer)
    return app


def bare(home: Path) -> Flask:
    """Open bare Flask over a table of its own, as durable as ours."""
    app = Flask("bare")
    connection = sqlite3.connect(home / "bare.db", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE contact (id TEXT PRIMARY KEY, who TEXT, how TEXT, minutes INT, note TEXT)"
    )
    rows = [
        {"day": "2026-11-20", "called": "Efebird", "channel": "Phone", "minutes": 30,
         "areas": ("Facts", "Listening"), "note": "She will bring the form on Tuesday."}
        for _n in range(50)
    ]  # fmt: skip
    template = app.jinja_env.from_string(NAIVE)

    @app.post("/log")
    def log() -> tuple[str, int, dict[str, str]]:
        form = request.form
        values = (form["key"], form["who"], form["how"], form["minutes"], form.get("note"))
        connection.execute("INSERT INTO contact VALUES (?, ?, ?, ?, ?)", values)
        return "", 303, {"Location": "/"}

    @app.get("/contacts")
    def contacts() -> str:
        return template.render(rows=rows, areas=AREAS)

    return app


def call(app: Flask, method: str, path: str, cookie: str = "", body: bytes = b"") -> tuple[str, float]:
    """Ask an app directly, without a client between; return its status and the processor time taken."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_REFERER": "https://localhost/log", "HTTP_COOKIE": cookie, "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "https",
        "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
    said: list[str] = []

    def start(status: str, _headers: object, _error: object = None) -> Callable[[bytes], object]:
        said.append(status)
        return lambda _more: None

    began = time.process_time_ns()
    answer = app.wsgi_app(environ, start)
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return said[0], (time.process_time_ns() - began) / 1000


def tenth(times: list[float]) -> float:
    return statistics.quantiles(times, n=10)[0]


def listened_to() -> list[float]:
    """Take the processor time of everybody who listens for a contact: counters, rules, the trail."""
    took: list[float] = []

    def timed(event: Event) -> None:
        began = time.process_time_ns()
        announce(event)
        took.append((time.process_time_ns() - began) / 1000)

    keeping.announce = timed  # type: ignore[attr-defined]
    return took


def run(rounds: int) -> None:
    """Measure, and print one line for each goal."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ours, floor = open_house(home), bare(home)
        amina = Visitor(ours, cast.AMINA)
        hidden = Outline(amina.visit("/log").text).hidden
        cookie = "; ".join(f"{one.key}={one.value}" for one in (amina.client._cookies or {}).values())
        typed = hidden | {
            "who": str(cast.AMINA_EFE), "how": "phone", "minutes": "30", "areas": "support.emotional",
            "effort": "2", "note": "She will bring the form.", "when": hidden["opened"],
        }  # fmt: skip
        took: dict[str, list[float]] = {"ours_post": [], "floor_post": [], "ours_list": [], "floor_list": []}
        listeners = listened_to()
        gc.disable()
        for n in range(rounds + WARM_UP):
            body = urlencode(typed | {"key": str(uuid.uuid4())}).encode()
            for name, app, method, path, sent in (
                ("floor_post", floor, "POST", "/log", body),
                ("ours_post", ours, "POST", "/log", body),
                ("floor_list", floor, "GET", "/contacts", b""),
                ("ours_list", ours, "GET", "/contacts", b""),
            ):
                status, micro = call(app, method, path, cookie if app is ours else "", sent)
                if status[:3] not in {"200", "303"}:
                    raise SystemExit(f"{name} answered {status}")
                if n >= WARM_UP:
                    took[name].append(micro)
            if n % 20 == 0:
                gc.collect()
        for goal, target, name in (("C-1", 1.5, "post"), ("C-2", 0.6, "list")):
            floor_us, ours_us = tenth(took[f"floor_{name}"]), tenth(took[f"ours_{name}"])
            raw = {"floor_us": round(floor_us), "ours_us": round(ours_us), "rounds": rounds}
            if goal == "C-1":
                raw["of_which_listeners_us"] = round(tenth(listeners[-rounds:]))
            print(
                json.dumps(
                    {"goal": goal, "ratio": round(ours_us / floor_us, 2), "target": target, "raw": raw}
                )
            )


if __name__ == "__main__":
    run(SMALL if "--small" in sys.argv else ROUNDS)
