"""Takes a programme's workbook in: all of it or nothing, with every fault named."""

import base64
import datetime as dt
import itertools
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.moving import reading
from peerlink.features.moving.care_sheets import CheckinKeeper, SupervisionKeeper
from peerlink.features.moving.contact_sheet import ContactKeeper
from peerlink.features.moving.faults import Report, shown
from peerlink.features.moving.faulty_rows import faulty_rows
from peerlink.features.moving.incident_sheet import IncidentKeeper
from peerlink.features.moving.keeping import Keeper
from peerlink.features.moving.match_sheets import MatchKeeper, TrainingKeeper
from peerlink.features.moving.models import HeldWorkbook
from peerlink.features.moving.money_sheets import BalanceKeeper, PaymentKeeper
from peerlink.features.moving.people_sheets import ParticipantKeeper, VolunteerKeeper
from peerlink.features.moving.programme_sheets import PlaceKeeper, ProgrammeKeeper, SiteKeeper, StaffKeeper
from peerlink.features.moving.sheets import LATER, sheets
from peerlink.features.moving.work import Work
from peerlink.features.moving.workbook import Source, Workbook, open_bytes, open_path
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.events import WorkbookImported
from peerlink.features.programmes.models import Programme, Site
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.nearest import not_known
from peerlink.roles import Viewer
from peerlink.store import bulk, gate
from peerlink.store.session import reading as reading_session
from peerlink.store.session import session, transaction
from peerlink.words import _

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
"""Told now and then: the sheet, its rows done, about how many there are."""

BATCH = 1_000
LARGEST_UPLOAD = 16 * 1024 * 1024
"""Bytes a page takes; what is larger is imported at the command line, which nobody waits for."""
HELD_FOR = dt.timedelta(hours=1)
KEEPERS: tuple[type[Keeper], ...] = (
    ProgrammeKeeper,
    SiteKeeper,
    StaffKeeper,
    PlaceKeeper,
    VolunteerKeeper,
    ParticipantKeeper,
    TrainingKeeper,
    MatchKeeper,
    ContactKeeper,
    CheckinKeeper,
    SupervisionKeeper,
    IncidentKeeper,
    PaymentKeeper,
    BalanceKeeper,
)
"""In this order rows point only at rows read before."""
SHEETS = tuple(keeper.sheet for keeper in KEEPERS)
SIDE_SHEETS = frozenset({"words"})
"""Sheets of the template that hold no rows of the programme."""


class _Faulty(Exception):
    """Carries a report out of the transaction that must not be kept."""


def check_names(names: Collection[str]) -> None:
    """Refuse names of sheets that do not exist; the sentence names the nearest that does."""
    for name in names:
        if name not in SHEETS and name not in LATER:
            raise Refused(str(not_known(shown(name), [*SHEETS, *LATER])))


def import_path(
    path: Path,
    *,
    only: Collection[str] = (),
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Import a folder of CSV files or one .xlsx for the house itself; raises Refused where there is none."""
    return _import(open_path(path), only, dry_run=dry_run, viewer=None, progress=progress)


def import_bytes(content: bytes, viewer: Viewer, *, dry_run: bool) -> Report:
    """Import an uploaded workbook on somebody's behalf; raises Refused where it is none."""
    if viewer.site_id is not None:
        raise Refused(_("A workbook is about the whole programme, and your account keeps one site."))
    return _import(open_bytes(content), (), dry_run=dry_run, viewer=viewer, progress=None)


def _import(
    workbook: Workbook,
    only: Collection[str],
    *,
    dry_run: bool,
    viewer: Viewer | None,
    progress: Progress | None,
) -> Report:
    report = Report(dry_run)
    sources = _choose(workbook, only, report)
    try:
        with (
            reading_session() if dry_run else transaction(),
            gate.opened("a workbook is held against what is here"),
        ):
            with bulk.room():
                _take_in(sources, report, viewer, progress or _silence)
            _keep_all_or_nothing(report)
    except _Faulty:
        pass
    return report


def _keep_all_or_nothing(report: Report) -> None:
    if report.n_faults and not report.dry_run:
        raise _Faulty
    report.kept = not report.dry_run


def _choose(workbook: Workbook, only: Collection[str], report: Report) -> dict[str, Source]:
    """Return the sheets to be read; what is not known is a fault, and never just left out."""
    check_names(only)
    chosen: dict[str, Source] = {}
    for given, source in workbook.sources.items():
        name = given.strip().lower()
        if (only and name not in only) or name in SIDE_SHEETS:
            continue
        if name in LATER:
            report.fault(
                name,
                0,
                "",
                _("This sheet is not read yet."),
                _("Leave it out; at the command line --only names the sheets to read."),
            )
        elif name not in SHEETS:
            report.fault(shown(given), 0, "", str(not_known(shown(given), SHEETS)), ", ".join(SHEETS))
        elif name in chosen:
            report.fault(name, 0, "", _("There are two sheets of this name."), _("Each sheet once."))
        else:
            chosen[name] = source
    if missing := [name for name in only if name not in chosen and name in SHEETS]:
        raise Refused(_("The workbook has no sheet %(name)s.", name=missing[0]))
    if not chosen and not report.n_faults:
        raise Refused(_("There is no sheet to import. The names are: %(names)s.", names=", ".join(SHEETS)))
    return chosen


def _take_in(sources: dict[str, Source], report: Report, viewer: Viewer | None, progress: Progress) -> None:
    zone = _zone(sources, report)
    work = Work(report, zone, clock.now(), limits(), viewer)
    if "supervision" in sources:
        refs = reading.columns_named(sources["supervision"], "about_contact")
        work.known.about = {token for ref in refs if (token := work.known.token(ref)) is not None}
    known = sheets(zone)
    matches = MatchKeeper(work)
    for kind in KEEPERS:
        if kind.sheet not in sources:
            continue
        source = sources[kind.sheet]
        report.sheet(kind.sheet)
        keeper = matches if kind is MatchKeeper else kind(work)
        done = 0
        for batch in _batches(reading.read(source, known[kind.sheet], report)):
            keeper.take(batch)
            done += len(batch)
            progress(kind.sheet, done, source.count())
        if not done and report.sheet(kind.sheet).faults:
            work.known.spoil(kind.sheet, None)
    matches.finish_after_all()
    _judge_keep_apart(work)
    if work.keeps and (report.n_new or report.n_changed):
        announce(
            WorkbookImported(
                by=viewer.account_id if viewer else None, n_new=report.n_new, n_changed=report.n_changed
            )
        )


def _zone(sources: dict[str, Source], report: Report) -> ZoneInfo:
    """Return the zone moments are of: the workbook's own, else that of the programme that is here."""
    if "programme" in sources:
        named = reading.columns_named(sources["programme"], "timezone")
        for name in named:
            try:
                return ZoneInfo(name)
            except (ValueError, OSError, KeyError):
                break
    elif session.scalar(select(Programme.id)) is None:
        report.hint("programme", 0, _("There is no programme yet: moments were read as UTC."))
    return ZoneInfo(programme_zone())


def _judge_keep_apart(work: Work) -> None:
    """Refuse people to be kept apart from somebody or some place nobody knows."""
    areas: set[str] | None = None
    for sheet, row, points_at, refs in work.apart:
        for kind in points_at:
            work.known.look_up(kind, refs)
        for ref in refs:
            if ref in work.areas or any(
                work.known.find(kind, ref) or work.known.is_spoiled(kind, ref) for kind in points_at
            ):
                continue
            areas = _areas_here() if areas is None else areas
            if ref not in areas:
                right = _("A ref of %(sheets)s, or an area.", sheets=", ".join(points_at))
                work.report.fault(
                    sheet, row, "keep_apart", _("'%(ref)s' is not known.", ref=shown(ref)), right
                )


def _areas_here() -> set[str]:
    models: tuple[Any, ...] = (Site, Volunteer, Participant)
    return {
        one.area
        for model in models
        for one in session.scalars(select(model).execution_options(yield_per=BATCH))
        if one.area
    }


def _batches(rows: Iterator[T]) -> Iterator[list[T]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


def _silence(_sheet: str, _done: int, _of: int | None) -> None:
    """Tell nobody."""


def look_over(content: bytes, viewer: Viewer) -> Report:
    """Do everything but keep an uploaded workbook, and hold a sealed copy of it for `import_held`."""
    if len(content) > LARGEST_UPLOAD:
        raise Refused(_("This file is too large for this page. Ask your administrator to import it."))
    report = import_bytes(content, viewer, dry_run=True)
    _let_go(viewer)
    session.add(
        HeldWorkbook(
            account_id=viewer.account_id,
            held_at=clock.now(),
            content=base64.b64encode(content).decode(),
        )
    )
    return report


def import_held(viewer: Viewer) -> Report:
    """Import the workbook this viewer had looked over, and let go of the copy where it was kept."""
    report = import_bytes(_held(viewer), viewer, dry_run=False)
    if report.kept:
        _let_go(viewer)
    return report


def faulty_rows_held(viewer: Viewer) -> bytes:
    """Return the faulty rows of the workbook this viewer had looked over as an .xlsx file."""
    content = _held(viewer)
    report = import_bytes(content, viewer, dry_run=True)
    return faulty_rows(open_bytes(content), report)


def _held(viewer: Viewer) -> bytes:
    asked = select(HeldWorkbook).where(HeldWorkbook.account_id == viewer.account_id)
    with gate.opened("somebody's own file between its dry run and its import"):
        held = session.scalars(asked).first()
        if held is None or held.held_at < clock.now() - HELD_FOR:
            raise Refused(_("This file is not held any more. Choose it once again."))
        return base64.b64decode(held.content)


def _let_go(viewer: Viewer) -> None:
    """Delete what this viewer had looked over before, and what anybody left lying."""
    old = HeldWorkbook.held_at < clock.now() - HELD_FOR
    for held in session.scalars(
        select(HeldWorkbook).where(or_(HeldWorkbook.account_id == viewer.account_id, old))
    ):
        session.delete(held)
