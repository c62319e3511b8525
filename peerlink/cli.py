"""The commands of PeerLink; `peerlink --help` lists them."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from sqlalchemy.exc import SQLAlchemyError

from peerlink import app as building
from peerlink.config import Settings, from_environment
from peerlink.errors import NotFound, Refused
from peerlink.store import house
from peerlink.store.engine import Unsafe
from peerlink.vault.keyring import Keyring, KeyTrouble
from peerlink.vault.sqlite_gate import NotLocal

P = ParamSpec("P")
R = TypeVar("R")


class Trouble(click.ClickException):
    """Something expected went wrong: one sentence on standard error, exit code 1."""

    def show(self, file: object = None) -> None:
        click.echo(self.message, err=True)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Turn expected trouble of a command into its sentence."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (KeyTrouble, Unsafe, NotLocal, Refused) as trouble:
            raise Trouble(str(trouble)) from None
        except NotFound:
            raise Trouble("There is no such record.") from None

    return run


@click.group()
def main() -> None:
    """Peer support, matched, recorded, looked after and sealed."""
