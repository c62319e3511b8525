"""Measures requests a second beside an equivalent Django site, both over loopback: goal C-3.

Run as a module from the repository: `python -m tests.benchmarks.bench_web [--small]`. Both are served by
waitress, one process each, with as durable a database; both ask for a session, a CSRF token and the right to
the match, check the form and seal the note. Django has django-cryptography-5 for that and keeps neither an
audit trail nor counters. The load is made by wrk where it is installed, else by a client of our own.
"""

import argparse
import http.client
import json
import logging
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlencode

import waitress

from tests.benchmarks import django_site
from tests.benchmarks.bench_post import open_house
from tests.support import cast
from tests.support.visitor import Outline, Visitor

ROUNDS, SECONDS, CONNECTIONS = 3, 5, 8
SMALL_SECONDS = 0.2
MARK = "@key@"
"""Stands in a body where each request has a key of its own."""
SCRIPT = """
math.randomseed(os.time() + tonumber(tostring({}):sub(8), 16))
local body = [[%s]]
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
local bad = 0
request = function()
  local key = string.format("%%08x-%%04x-4%%03x-8%%03x-%%06x%%06x", math.random(0, 0x7fffffff),
    math.random(0, 0xffff), math.random(0, 0xfff), math.random(0, 0xfff), math.random(0, 0xffffff),
    math.random(0, 0xffffff))
  return wrk.format(nil, nil, nil, (body:gsub("@key@", key)))
end
"""


@dataclass(frozen=True)
class Site:
    """Where a site listens, and what a browser signed in there would send."""

    port: int
    cookie: str
    form: str
    log: str
    list: str


Load = Callable[[Site, str, str, float], float]


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def serve(app: object, port: int) -> None:
    """Serve until ended."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    waitress.serve(app, host="127.0.0.1", port=port, threads=4, url_scheme="https", _quiet=True)


def ours(home: Path, port: int, tell: object) -> None:
    """Serve PeerLink with fifty contacts in it; tell what Amina's browser sends."""
    app = open_house(home)
    amina = Visitor(app, cast.AMINA)
    hidden = Outline(amina.visit("/log").text).hidden
    typed = hidden | {
        "who": str(cast.AMINA_EFE),
        "how": "phone",
        "minutes": "30",
        "areas": "support.emotional",
        "effort": "2",
        "note": "She will bring the form.",
        "when": hidden["opened"],
        "key": MARK,
    }
    cookie = "; ".join(f"{one.key}={one.value}" for one in (amina.client._cookies or {}).values())
    tell.send((cookie, urlencode(typed, safe="@")))  # type: ignore[attr-defined]
    serve(app, port)


def theirs(home: Path, port: int, tell: object) -> None:
    """Serve the Django site with fifty contacts in it; tell what a browser sends."""
    app, cookie, typed = django_site.build(home)
    tell.send((cookie, urlencode(typed | {"key": MARK}, safe="@")))  # type: ignore[attr-defined]
    serve(app, port)


def start(
    site: Callable[[Path, int, object], None], home: Path, log: str, listed: str
) -> tuple[Site, BaseProcess]:
    context = get_context("spawn")
    listen, tell = context.Pipe(duplex=False)
    port = free_port()
    process = context.Process(target=site, args=(home, port, tell))
    process.start()
    cookie, form = listen.recv()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with closing(socket.socket()) as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    return Site(port, cookie, form, log, listed), process


def check(site: Site) -> None:
    """Refuse to measure a site that does not do what is asked of it."""
    for method, path, wanted in (("POST", site.log, (302, 303)), ("GET", site.list, (200,))):
        status = _ask(http.client.HTTPConnection("127.0.0.1", site.port, timeout=20), site, method, path)
        if status not in wanted:
            raise SystemExit(f"{method} {path} answered {status}")


def _ask(connection: http.client.HTTPConnection, site: Site, method: str, path: str) -> int:
    headers = {"Cookie": site.cookie, "Referer": f"https://127.0.0.1:{site.port}{path}"}
    body = None
    if method == "POST":
        body = site.form.replace(MARK, str(uuid.uuid4()))
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def by_wrk(site: Site, method: str, path: str, seconds: float) -> float:
    """Return how many requests a second wrk got answered well."""
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "--timeout", "20s"]
    words += ["-H", f"Cookie: {site.cookie}", "-H", f"Referer: https://127.0.0.1:{site.port}{path}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if method == "POST":
            script.write(SCRIPT % site.form)
            script.flush()
            words += ["-s", script.name]
        ran = subprocess.run(
            [*words, f"http://127.0.0.1:{site.port}{path}"], capture_output=True, text=True, check=True
        )
    found = re.search(r"Requests/sec:\s*([\d.]+)", ran.stdout)
    if found is None or "Non-2xx" in ran.stdout or "Socket errors" in ran.stdout:
        raise SystemExit(f"{method} {path}: {ran.stdout}")
    return float(found[1])


def by_ourselves(site: Site, method: str, path: str, seconds: float) -> float:
    """Return how many requests a second a client of our own got answered well."""
    counts: list[int] = []
    ends = time.monotonic() + seconds

    def ask() -> None:
        connection, n = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20), 0
        while time.monotonic() < ends:
            n += _ask(connection, site, method, path) < 400
        counts.append(n)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(counts) / seconds


def run(load: Load, rounds: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        homes = [Path(folder) / name for name in ("ours", "django")]
        for home in homes:
            home.mkdir()
        sites = {}
        processes = []
        try:
            for name, site, home, log, listed in (
                ("peerlink", ours, homes[0], "/log", "/contacts"),
                ("django", theirs, homes[1], "/log/", "/contacts/"),
            ):
                sites[name], process = start(site, home, log, listed)
                processes.append(process)
                check(sites[name])
            rps: dict[str, list[float]] = {}
            for _ in range(rounds):
                for name, one in sites.items():
                    rps.setdefault(f"GET {name}", []).append(load(one, "GET", one.list, seconds))
                for name, one in sites.items():
                    rps.setdefault(f"POST {name}", []).append(load(one, "POST", one.log, seconds))
        finally:
            for process in processes:
                process.terminate()
                process.join()
    for method, target in (("POST", 4.5), ("GET", 10)):
        mine, other = (statistics.median(rps[f"{method} {name}"]) for name in ("peerlink", "django"))
        raw = {
            "requests_per_second": {"peerlink": round(mine), "django": round(other)},
            "load": load.__name__,
            "connections": CONNECTIONS,
            "rounds": rounds,
            "seconds": seconds,
        }
        ratio = {"goal": f"C-3 {method}", "ratio": round(mine / other, 2), "target": target, "raw": raw}
        print(json.dumps(ratio), flush=True)


def main() -> None:
    """Print one line of JSON for each kind of request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="only to see that it runs")
    if parser.parse_args().small:
        run(by_ourselves, 1, SMALL_SECONDS)
    else:
        run(by_wrk if shutil.which("wrk") else by_ourselves, ROUNDS, SECONDS)


if __name__ == "__main__":
    main()
