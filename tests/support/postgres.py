"""A PostgreSQL of the tests' own: private, without a port, gone when they end, however they end."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from start import find_postgres

NewDatabase = Callable[[str], str]
"""Makes an empty database of this name, in place of one left behind, and returns its SQLAlchemy URL."""

PREFIX = "peerlink_test_"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    # Nothing here has to outlive the power.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}

TIDY_UP = 'cat; "$1/pg_ctl" -D "$2/data" -m immediate stop; cd /; rm -rf "$2"'


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start one server for the whole run before the workers start: they find it in PEERLINK_TEST_PG."""
    wanted = os.environ.get("PEERLINK_TEST_DATABASE") == "postgres"
    if not wanted or os.environ.get("PEERLINK_TEST_PG"):
        return
    closing = contextlib.ExitStack()
    os.environ["PEERLINK_TEST_PG"] = closing.enter_context(private_server())
    closing.callback(os.environ.pop, "PEERLINK_TEST_PG", None)
    config.add_cleanup(closing.close)


@contextlib.contextmanager
def cluster() -> Iterator[NewDatabase]:
    """Lend databases on the server PEERLINK_TEST_PG names, else on a private one; drop them at the end."""
    with contextlib.ExitStack() as closing:
        given = os.environ.get("PEERLINK_TEST_PG") or closing.enter_context(private_server())
        server = make_url(given).set(drivername="postgresql")
        connection = closing.enter_context(
            psycopg.connect(server.render_as_string(hide_password=False), autocommit=True)
        )
        made: set[str] = set()

        def drop(name: str) -> None:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

        def new_database(name: str) -> str:
            # Whatever server was given, only names of the tests' own are ever dropped on it.
            name = PREFIX + name
            drop(name)
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
            made.add(name)
            url = server.set(drivername="postgresql+psycopg", database=name)
            return url.render_as_string(hide_password=False)

        try:
            yield new_database
        finally:
            for name in made:
                drop(name)


@pytest.fixture(scope="session")
def new_database() -> Iterator[NewDatabase]:
    """Lend databases to this worker until its last test."""
    with cluster() as lending:
        yield lending


@contextlib.contextmanager
def private_server() -> Iterator[str]:
    """Run PostgreSQL on a socket in a folder of its own; yield the URL of its first database."""
    programs = find_postgres()
    if programs is None:
        raise pytest.UsageError("PostgreSQL is not installed. Type: sudo apt-get install -y postgresql")
    # A socket's path must stay under 108 characters and be reachable for another user: not in $TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="peerlink-pg-", dir="/tmp"))
    owner = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = "postgres"
        shutil.chown(folder, owner, owner)
    with ended_with_us(programs, folder, owner):
        data = folder / "data"
        run_as(owner, folder, programs / "initdb", "-D", data, "-U", "peerlink", "-A", "trust",
               "--no-sync", "--encoding=UTF8", "--locale=C")  # fmt: skip
        settings = SETTINGS | {"unix_socket_directories": str(folder)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        run_as(owner, folder, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options,
               "-w", "-t", "60", "start")  # fmt: skip
        yield f"postgresql+psycopg://peerlink@/postgres?host={folder}"


@contextlib.contextmanager
def ended_with_us(programs: Path, folder: Path, owner: str | None) -> Iterator[None]:
    """Stop the server and remove its folder when this block ends, or this process: even by kill -9."""
    # The shell reads from a pipe only we hold open; whatever ends us closes it.
    watch = subprocess.Popen(
        [
            "sh",
            "-c",
            'cat; "$1/pg_ctl" -D "$2/data" -m immediate stop; cd /; rm -rf "$2"',
            "watch",
            programs,
            folder,
        ],
        cwd=folder,
        user=owner,
        group=owner,
        extra_groups=[] if owner else None,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # so that Ctrl-C leaves it to us when the server ends
    )
    try:
        yield
    finally:
        watch.communicate()


def run_as(owner: str | None, folder: Path, *command: str | Path) -> None:
    """Run one of PostgreSQL's programs as the user it accepts; fail with what it said."""
    # The server keeps what it inherits: a pipe here would never end.
    with (folder / "said").open("w+b") as said:
        done = subprocess.run(
            command, cwd=folder, user=owner, group=owner, extra_groups=[] if owner else None,
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False,
        )  # fmt: skip
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{Path(command[0]).name} failed: {said.read().decode(errors='replace')}")
