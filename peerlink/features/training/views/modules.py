"""The modules a programme teaches, edition by edition."""

import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink.features.training import catalogue
from peerlink.features.training.forms import ModuleForm, hours_of
from peerlink.features.training.models import Module
from peerlink.features.training.rules import MODULES
from peerlink.features.training.views.parts import bp
from peerlink.framework.contact_words import Topic
from peerlink.framework.support import areas_of
from peerlink.framework.training_words import ModuleStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/training/modules")
@allow(Permission.KEEP_PROGRAMME)
def module_list() -> Response:
    """List what is taught, and the editions of each."""
    rows = catalogue.editions()
    described = {one.code for one in rows}
    return page(
        "training/modules.html",
        rows=[(one, _topics(one), catalogue.areas_in_words(one.areas)) for one in rows],
        usual=[_(name) for code, name in MODULES.items() if code not in described],
    )


@bp.post("/training/modules/usual")
@allow(Permission.KEEP_PROGRAMME)
def take_usual_in() -> Response:
    """Write the usual modules down, so that they can be changed."""
    n = catalogue.take_usual_in(by=current_viewer().account_id)
    say(_("Taken in: %(n)s. Change them as you teach them.", n=n))
    return see_other(url_for(".module_list"))


@bp.get("/training/modules/new")
@allow(Permission.KEEP_PROGRAMME)
def new_module() -> Response:
    """Ask about a new module."""
    topics = [one for one in request.args.getlist("topic") if one in set(Topic)]
    name = _(Topic(topics[0]).label) if topics else ""
    return _form_page(ModuleForm(data={"topics": topics, "name": name}), url_for(".draft_module"))


@bp.post("/training/modules/new")
@allow(Permission.KEEP_PROGRAMME)
def draft_module() -> Response:
    """Write a new module down, and teach it at once where that was pressed."""
    form = ModuleForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            module = catalogue.draft_module(form.draft(), by=current_viewer().account_id)
            return _after(module)
    return _form_page(form, url_for(".draft_module"), status=422)


@bp.get("/training/modules/<uuid:module_id>")
@allow(Permission.KEEP_PROGRAMME)
def ask_module(module_id: uuid.UUID) -> Response:
    """Show one edition, to be changed."""
    module = catalogue.get_module(module_id)
    form = ModuleForm(
        data={
            "name": module.name,
            "mandatory": module.mandatory,
            "months": module.months,
            "hours": hours_of(module.minutes),
            "areas": [area.value for area in areas_of(module.areas)],
            "topics": module.topics or [],
            "techniques": module.techniques or [],
        }
    )
    return _form_page(form, url_for(".change_module", module_id=module.id), module)


@bp.post("/training/modules/<uuid:module_id>")
@allow(Permission.KEEP_PROGRAMME)
def change_module(module_id: uuid.UUID) -> Response:
    """Change a draft, or make the next edition of what was published."""
    module, form = catalogue.get_module(module_id), ModuleForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            return _after(catalogue.change_module(module, form.draft(), by=current_viewer().account_id))
    return _form_page(form, url_for(".change_module", module_id=module.id), module, status=422)


@bp.post("/training/modules/<uuid:module_id>/publish")
@allow(Permission.KEEP_PROGRAMME)
def publish(module_id: uuid.UUID) -> Response:
    """Teach an edition from now on."""
    catalogue.publish(catalogue.get_module(module_id), by=current_viewer().account_id)
    say(_("Published: it is taught from now on."))
    return see_other(url_for(".module_list"))


@bp.post("/training/modules/<uuid:module_id>/retire")
@allow(Permission.KEEP_PROGRAMME)
def retire(module_id: uuid.UUID) -> Response:
    """Teach a module no more."""
    catalogue.retire(catalogue.get_module(module_id), by=current_viewer().account_id)
    say(_("Retired. What was learned counts on. To teach it again, open it and publish."))
    return see_other(url_for(".module_list"))


def _after(module: Module) -> Response:
    if request.form.get("then") == "publish":
        catalogue.publish(module, by=current_viewer().account_id)
        say(_("Published: it is taught from now on."))
    else:
        say(_("Kept as a draft. It is taught once you publish it."))
    return see_other(url_for(".module_list"))


def _topics(module: Module) -> str:
    return ", ".join(_(Topic(one).label) for one in module.topics or () if one in set(Topic))


def _form_page(
    form: ModuleForm, address: str, module: Module | None = None, *, status: int = 200
) -> Response:
    form.offer()
    is_new_edition = module is not None and module.status is not ModuleStatus.DRAFT
    return page(
        "training/module.html", status, form=form, address=address, one=module, is_new_edition=is_new_edition
    )
