"""The command that judges: `peerlink risks evaluate`."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import click

from peerlink import clock, wiring
from peerlink.errors import Refused
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks.judging import document, evaluate
from peerlink.features.risks.queries import refs_of
from peerlink.features.risks.rounds import keep_evaluated
from peerlink.framework.levels import Level
from peerlink.store import gate
from peerlink.store.session import reading, transaction

Plainly = Callable[[Callable[..., None]], Callable[..., None]]


def risks_group(plainly: Plainly, open_instance: Callable[[], object]) -> click.Group:
    """Return the commands; `plainly` says expected trouble as a sentence, `open_instance` opens the house."""

    @click.group("risks")
    def group() -> None:
        """What the rules find."""

    @group.command("evaluate")
    @click.option(
        "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="See what was on record for a day."
    )
    @click.option("--keep", "kept", is_flag=True, help="Write flags; without it nothing is kept.")
    @click.option("--format", "as_", type=click.Choice(["text", "json"]), default="text")
    @plainly
    def run(as_of: dt.datetime | None, kept: bool, as_: str) -> None:
        """Judge every rule for everything it applies to."""
        open_instance()
        wiring.connect()
        said = evaluated(as_of.date() if as_of else None, kept=kept)
        if as_ == "json":
            click.echo(json.dumps(said, ensure_ascii=False))
        else:
            _tell(said)

    return group


def evaluated(as_of: dt.date | None, *, kept: bool) -> dict[str, Any]:
    """Judge everything as of a day, keep it where asked to, and return it as data."""
    with transaction() if kept else reading(), gate.opened("the rules are asked by command"):
        today = clock.today(programme_zone())
        day = as_of or today
        if day > today:
            raise Refused("That day has not come yet; choose one up to today.")
        # The contacts themselves are counted: the counters may not have reached today yet.
        judged = evaluate(day, recount=True)
        said = document(day, judged, refs_of({one.about_id for one in judged}))
        if kept:
            keep_evaluated(judged, day)
        return said


def _tell(said: dict[str, Any]) -> None:
    found = [one for one in said["findings"] if Level(one["level"]).is_positive]
    for one in sorted(found, key=lambda one: (one["rule"], one["subject"]["ref"])):
        about = " ".join(filter(None, (one["subject"]["kind"], one["subject"]["ref"])))
        click.echo(f"{one['rule']}  {one['level']:<8}  {about:<24}  {one['because']}")
    levels = Counter(one["level"] for one in said["findings"])
    click.echo(f"As of {said['as_of']}: " + ", ".join(f"{n} {level}" for level, n in sorted(levels.items())))
