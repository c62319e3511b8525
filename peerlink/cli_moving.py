"""The command that moves a programme in: `peerlink import`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from peerlink import wiring
from peerlink.errors import Refused
from peerlink.features.moving import service, template
from peerlink.features.moving.faults import Report

Plainly = Callable[[Callable[..., None]], Callable[..., None]]
SHOWN = 50
"""Faults and hints listed as text; `--format json` lists up to 1,000."""


def import_command(plainly: Plainly, open_instance: Callable[[], object]) -> click.Command:
    """Return the command; `plainly` says expected trouble as a sentence, `open_instance` opens the house."""

    @click.command("import")
    @click.argument("path", required=False, type=click.Path(path_type=Path))
    @click.option(
        "--only", default="", metavar="NAME,NAME", help="Import these sheets and leave out the others."
    )
    @click.option("--dry-run", is_flag=True, help="Do everything but keep it.")
    @click.option("--format", "as_", type=click.Choice(["text", "json"]), default="text")
    @click.option(
        "--template",
        "template_path",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write an empty workbook here instead, with one example row and the allowed values.",
    )
    @plainly
    def run(path: Path | None, only: str, dry_run: bool, as_: str, template_path: Path | None) -> None:
        """Import a programme's workbook: a folder of CSV files or one .xlsx; all of it or nothing."""
        if (path is None) == (template_path is None):
            raise click.UsageError("Name either a workbook to import or, with --template, a file to write.")
        if template_path is not None:
            _write_template(template_path)
            return
        names = [name.strip().lower() for name in only.split(",") if name.strip()]
        try:
            service.check_names(names)
        except Refused as unknown:
            raise click.UsageError(str(unknown)) from None
        open_instance()
        wiring.connect()
        with _Bar() as bar:
            report = service.import_path(Path(str(path)), only=names, dry_run=dry_run, progress=bar.move)
        _show(report, as_)

    return run


def _write_template(path: Path) -> None:
    try:
        path.write_bytes(template.template())
    except OSError as trouble:
        raise Refused(f"{path} cannot be written ({trouble.strerror}).") from None
    click.echo(f"Written: {path}")


class _Bar:
    """One bar for each sheet, with the rows done, where somebody watches; nothing elsewhere."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._bar: Any = None
        self._sheet = ""

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def move(self, sheet: str, done: int, of: int | None) -> None:
        if not self._watched:
            return
        if sheet != self._sheet:
            self._end()
            self._sheet = sheet
            self._bar = click.progressbar(
                length=of or done, label=f"{sheet:<12}", show_pos=True, show_eta=False, file=sys.stderr
            )
            self._bar.__enter__()
        self._bar.length = max(self._bar.length, done)
        self._bar.update(done - self._bar.pos)

    def _end(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None


def _show(report: Report, as_: str) -> None:
    if as_ == "json":
        click.echo(json.dumps(report.as_document(), ensure_ascii=False))
    else:
        _tell(report)
    if report.n_faults:
        raise Refused(
            f"{report.n_faults} fault{'' if report.n_faults == 1 else 's'}: nothing was kept. "
            "Put them right and import the workbook again."
        )


def _tell(report: Report) -> None:
    for tally in report.sheets:
        click.echo(
            f"{tally.name:<14}{tally.rows:>9,} rows  {tally.new:>9,} new  {tally.changed:>9,} changed  "
            f"{tally.unchanged:>9,} unchanged  {tally.faults:>6,} faults"
        )
    for fault in report.faults[:SHOWN]:
        place = f"{fault.file} row {fault.row}" if fault.row else fault.file
        column = f", {fault.column}" if fault.column else ""
        click.echo(f"{place}{column}: {fault.wrong} Right: {fault.right}")
    for hint in report.hints[:SHOWN]:
        click.echo(f"{hint.file} row {hint.row}: {hint.text}" if hint.row else f"{hint.file}: {hint.text}")
    left = max(0, report.n_faults - SHOWN) + max(0, report.n_hints - SHOWN)
    if left:
        click.echo(f"And {left:,} more; --format json lists up to a thousand.")
    if report.kept:
        click.echo("Kept.")
    elif not report.n_faults:
        click.echo("Nothing was kept: this was a dry run.")
