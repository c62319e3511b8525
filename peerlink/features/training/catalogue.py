"""The modules a programme teaches: what is offered, what each is called, and its editions."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.training.events import ModuleChanged
from peerlink.features.training.models import Module
from peerlink.features.training.rules import (
    MODULES,
    USUAL_TOPICS,
    ModuleDraft,
    check_module,
    module_code,
    module_label,
)
from peerlink.framework import support
from peerlink.framework.training_words import ModuleStatus
from peerlink.lifecycle import Kind
from peerlink.store import history
from peerlink.store.lookup import get, many
from peerlink.store.sealing import NOBODY
from peerlink.store.session import session
from peerlink.words import _

S = ModuleStatus


@dataclass(frozen=True)
class Offered:
    """One module as it is taught now."""

    code: str
    name: str
    mandatory: bool
    edition: int | None = None
    months: int | None = None
    minutes: int = 0
    areas: int = 0
    topics: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()


def editions() -> Sequence[Module]:
    """Return every edition of every module, module by module, the newest first."""
    return many(select(Module).order_by(Module.code, Module.edition.desc()))


def get_module(module_id: uuid.UUID) -> Module:
    """Return one edition; raises NotFound."""
    return get(select(Module).where(Module.id == module_id))


def offered() -> dict[str, Offered]:
    """Return what is taught, by code: what the programme published, else the usual modules as they are.

    Mandatory ones come first. A usual module that the programme described is what the description says.
    """
    rows = editions()
    described = {one.code for one in rows}
    usual = {
        code: Offered(code, _(name), mandatory=True)
        for code, name in MODULES.items()
        if code not in described
    }
    own = {one.code: as_offered(one) for one in rows if one.status is S.PUBLISHED}
    order = {code: n for n, code in enumerate(MODULES)}
    every = sorted(
        (usual | own).values(), key=lambda one: (not one.mandatory, order.get(one.code, len(order)), one.name)
    )
    return {one.code: one for one in every}


def module_names() -> dict[str, str]:
    """Return what each module is called, retired ones included; the rest is told from the code."""
    names = {code: _(name) for code, name in MODULES.items()}
    for one in reversed(editions()):
        if one.status is not S.DRAFT:
            names[one.code] = one.name
    return names


def name_in(names: dict[str, str], code: str) -> str:
    """Say a module's name."""
    return names.get(code) or module_label(code)


def as_offered(module: Module) -> Offered:
    """Return an edition as it is taught."""
    return Offered(
        module.code,
        module.name,
        module.mandatory,
        module.edition,
        module.months,
        module.minutes,
        module.areas,
        tuple(module.topics or ()),
        tuple(module.techniques or ()),
    )


def draft_module(draft: ModuleDraft, *, by: uuid.UUID | None) -> Module:
    """Write a new module down; it is taught once it is published."""
    areas = check_module(draft)
    code = module_code(draft.name)
    if session.scalar(select(Module.id).where(Module.code == code).limit(1)) is not None:
        raise Refused(_("There is a module of this name already. Change that one instead."))
    return _add(code, 1, draft, areas, by)


def change_module(module: Module, draft: ModuleDraft, *, by: uuid.UUID | None) -> Module:
    """Change a draft; of a published or retired edition make the next one, as a draft."""
    areas = check_module(draft)
    if module.status is S.DRAFT:
        _write(module, draft, areas)
        announce(ModuleChanged(by=by, module_id=module.id, status=S.DRAFT))
        return module
    waiting = select(Module).where(Module.code == module.code, Module.status == S.DRAFT)
    if (begun := session.scalar(waiting)) is not None:
        _write(begun, draft, areas)
        return begun
    newest = session.scalar(select(func.max(Module.edition)).where(Module.code == module.code)) or 0
    return _add(module.code, newest + 1, draft, areas, by)


def publish(module: Module, *, by: uuid.UUID | None) -> None:
    """Teach this edition from now on; the one before is retired, and what it taught still counts."""
    taught = select(Module).where(Module.code == module.code, Module.status == S.PUBLISHED)
    for before in many(taught):
        _step(before, S.RETIRED, by)
    _step(module, S.PUBLISHED, by)


def retire(module: Module, *, by: uuid.UUID | None) -> None:
    """Teach a module no more; what was learned counts on until it runs out."""
    _step(module, S.RETIRED, by)


def take_usual_in(*, by: uuid.UUID | None) -> int:
    """Write the usual modules down as published, so that they can be changed; return how many were new."""
    described = {one.code for one in editions()}
    new = [code for code in MODULES if code not in described]
    for code in new:
        draft = ModuleDraft(name=_(MODULES[code]), mandatory=True, topics=USUAL_TOPICS.get(code, ()))
        publish(_add(code, 1, draft, 0, by), by=by)
    return len(new)


def areas_in_words(areas: int) -> str:
    """Name the support areas a module covers."""
    return ", ".join(_(area.label) for area in support.areas_of(areas))


def _add(code: str, edition: int, draft: ModuleDraft, areas: int, by: uuid.UUID | None) -> Module:
    module = Module(id=uuid.uuid4(), subject_id=NOBODY, code=code, edition=edition, status=S.DRAFT)
    _write(module, draft, areas)
    session.add(module)
    session.flush()
    history.begin(module, kind=Kind.MODULE, by=by)
    announce(ModuleChanged(by=by, module_id=module.id, status=S.DRAFT))
    return module


def _write(module: Module, draft: ModuleDraft, areas: int) -> None:
    module.name = draft.name.strip()
    module.mandatory = draft.mandatory
    module.months = draft.months
    module.minutes = draft.minutes
    module.areas = areas
    module.topics = list(draft.topics)
    module.techniques = list(draft.techniques)


def _step(module: Module, to: ModuleStatus, by: uuid.UUID | None) -> None:
    history.move(module, to, kind=Kind.MODULE, by=by)
    announce(ModuleChanged(by=by, module_id=module.id, status=to))
