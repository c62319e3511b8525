"""Pages for moving in: look a workbook over, mend what is wrong, import it."""

from flask import Blueprint, make_response, url_for
from werkzeug import Response

from peerlink.errors import Refused
from peerlink.features.moving import service
from peerlink.features.moving.faults import Report
from peerlink.features.moving.forms import WorkbookForm
from peerlink.features.moving.template import template
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import keep_what_happened, page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("moving", __name__, url_prefix="/import")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FAULTS_SHOWN = 100


@bp.get("")
@allow(Permission.IMPORT)
def start() -> Response:
    """Ask for the workbook."""
    return page("moving/start.html", form=WorkbookForm())


@bp.post("")
@allow(Permission.IMPORT)
def look_over() -> Response:
    """Say what an import would do, and hold the workbook sealed until it is wanted."""
    form = WorkbookForm()
    if form.validate():
        with form.refusals_shown():
            report = service.look_over(form.file.data.read(), current_viewer())
            # The copy is held in either case: the faulty rows are taken out of it.
            keep_what_happened()
            return _looked_over(report, 422 if report.n_faults else 200)
    return page("moving/start.html", 422, form=form)


@bp.post("/keep")
@allow(Permission.IMPORT)
def keep() -> Response:
    """Import the workbook that was looked over."""
    form = WorkbookForm()
    try:
        report = service.import_held(current_viewer())
    except Refused as refusal:
        form.form_errors.append(str(refusal))
        return page("moving/start.html", 422, form=form)
    if not report.kept:
        return _looked_over(report, 422)
    say(_("Imported: %(new)s new, %(changed)s updates.", new=report.n_new, changed=report.n_changed))
    return see_other(url_for(".start"))


@bp.get("/faulty-rows")
@allow(Permission.IMPORT)
def faulty_rows() -> Response:
    """Give back only the rows to be mended, each with its reason."""
    return _file(service.faulty_rows_held(current_viewer()), "rows.xlsx")


@bp.get("/template")
@allow(Permission.IMPORT)
def empty() -> Response:
    """Give the empty workbook."""
    return _file(template(), "workbook.xlsx")


def _looked_over(report: Report, status: int) -> Response:
    return page("moving/looked_over.html", status, report=report, faults=report.faults[:FAULTS_SHOWN])


def _file(content: bytes, name: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
