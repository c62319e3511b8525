"""The commands about matching: `peerlink match propose` and `peerlink match explain`."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import click

from peerlink import wiring
from peerlink.features.matching.documents import explain_document, propose_document
from peerlink.features.risks.sparing import spared_on
from peerlink.store.session import reading

Plainly = Callable[[Callable[..., None]], Callable[..., None]]

_AS_JSON = click.option("--format", "as_", type=click.Choice(["text", "json"]), default="text")
_AS_OF = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="See only what was so on this day.")


def match_group(plainly: Plainly, open_instance: Callable[[], object]) -> click.Group:
    """Return the group; `plainly` says expected trouble as a sentence, `open_instance` opens the house."""

    @click.group("match")
    def group() -> None:
        """Who would be matched with whom, and why."""

    @group.command("propose")
    @_AS_OF
    @_AS_JSON
    @plainly
    def propose(as_of: dt.datetime | None, as_: str) -> None:
        """Plan for everybody who waits; nothing is kept."""
        open_instance()
        wiring.connect()
        with reading():
            said = propose_document(as_of.date() if as_of else None, spared_on)
        click.echo(json.dumps(said, ensure_ascii=False) if as_ == "json" else _proposed(said))

    @group.command("explain")
    @click.argument("participant")
    @click.argument("volunteer")
    @_AS_OF
    @_AS_JSON
    @plainly
    def explain(participant: str, volunteer: str, as_of: dt.datetime | None, as_: str) -> None:
        """Say of PARTICIPANT and VOLUNTEER (programme numbers) what fits and what does not."""
        open_instance()
        wiring.connect()
        with reading():
            said = explain_document(participant, volunteer, as_of.date() if as_of else None, spared_on)
        click.echo(json.dumps(said, ensure_ascii=False) if as_ == "json" else _explained(said))

    return group


def _proposed(said: dict[str, Any]) -> str:
    lines = [f"{said['covered']} of {said['waiting']} who wait can be served."]
    for one in said["proposals"]:
        lines.append(f"  {one['participant']} to {one['volunteer']}  {one['score']:.2f}")
    for one in said["unmatched"]:
        reasons = ", ".join(f"{by['constraint']} ({by['volunteers']})" for by in one["blocked_by"])
        lines.append(f"  {one['participant']} has nobody: {reasons or 'all places are taken'}")
    return "\n".join(lines)


def _explained(said: dict[str, Any]) -> str:
    lines = ["They can be matched." if said["eligible"] else "They cannot be matched."]
    for one in said["constraints"]:
        lines.append(f"  {'yes' if one['holds'] else 'NO '}  {one['id']:<4} {one['why']}")
    lines.append(f"Fit {said['score']:.2f}")
    for one in said["criteria"]:
        lines.append(f"  {one['id']:<4} weight {one['weight']:g}, {one['score']:.2f}")
    return "\n".join(lines)
