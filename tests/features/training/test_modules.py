"""Modules: what is taught, edition after edition."""

import pytest
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.features.training import catalogue, service
from peerlink.features.training.models import Completion, Module
from peerlink.features.training.rules import MODULES, CompletionDraft, ModuleDraft
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.months import months_later
from peerlink.framework.training_words import ModuleStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.training.deeds import TODAY, published
from tests.support import cast


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def amina_took(module: str) -> Completion:
    amina = get_volunteer(cast.AMINA_ID, cast.CHIPO.viewer)
    return service.record_completion(amina, CompletionDraft(module=module, completed_on=TODAY), by=None)


def test_without_a_word_the_usual_modules_are_taught() -> None:
    with transaction(), gate.opened("a test looks"):
        offered = catalogue.offered()
        assert list(offered) == list(MODULES)
        assert all(one.mandatory and not one.topics and one.edition is None for one in offered.values())


def test_the_usual_ones_are_written_down_once_to_be_changed() -> None:
    with transaction(), gate.opened("a test writes"):
        published("Listening", mandatory=True)
        assert catalogue.take_usual_in(by=None) == len(MODULES) - 1
        assert catalogue.take_usual_in(by=None) == 0
        assert "side_effects" in catalogue.offered()["knowledge"].topics
        assert catalogue.offered()["listening"].topics == ()


def test_a_draft_is_not_taught_and_mandatory_ones_stand_first() -> None:
    with transaction(), gate.opened("a test writes"):
        catalogue.draft_module(ModuleDraft(name="Grief"), by=None)
        published("Arts")
        published("Zeal", mandatory=True)
        assert [*catalogue.offered()][-2:] == ["zeal", "arts"]


def test_changing_a_published_module_makes_the_next_edition_and_completions_remember() -> None:
    with transaction(), gate.opened("a test writes"):
        first = published("Side effects", months=6, topics=("side_effects",))
        before = amina_took("Side effects")
        second = catalogue.change_module(first, ModuleDraft(name="Side effects well", months=12), by=None)
        assert (second.code, second.edition, second.status) == ("side_effects", 2, ModuleStatus.DRAFT)
        again = catalogue.change_module(first, ModuleDraft(name="Effects", months=3), by=None)
        assert again.id == second.id
        assert catalogue.offered()["side_effects"].edition == 1
        catalogue.publish(second, by=None)
        assert (first.status, catalogue.offered()["side_effects"].edition) == (ModuleStatus.RETIRED, 2)
        assert (before.edition, before.valid_until) == (1, months_later(TODAY, 6))
        assert catalogue.module_names()["side_effects"] == "Effects"


def test_a_retired_module_is_taught_no_more_and_may_come_back() -> None:
    with transaction(), gate.opened("a test writes"):
        module = published("Listening")
        catalogue.retire(module, by=None)
        assert "listening" not in catalogue.offered()
        assert catalogue.module_names()["listening"] == "Listening"
        catalogue.publish(catalogue.change_module(module, ModuleDraft(name="Listening"), by=None), by=None)
        assert catalogue.offered()["listening"].edition == 2
        with pytest.raises(Refused, match="final"):
            catalogue.publish(module, by=None)


def test_a_module_without_a_row_counts_as_it_always_did() -> None:
    with transaction(), gate.opened("a test writes"):
        taken = amina_took("first-aid")
        assert (taken.module, taken.edition, taken.areas) == ("first_aid", None, 0)
        assert taken.valid_until == months_later(TODAY, 24)


def test_areas_of_a_module_are_those_of_whoever_took_it() -> None:
    with transaction(), gate.opened("a test writes"):
        published("Talking", areas=("emotional",))
        assert amina_took("Talking").areas == catalogue.offered()["talking"].areas != 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "Name the module"),
        ({"name": "x" * 61}, "60 letters"),
        ({"name": "HIV basics"}, "stranger may read"),
        ({"months": 0}, "1 to 120 months"),
        ({"months": 121}, "1 to 120 months"),
        ({"minutes": 1441}, "24 hours"),
        ({"topics": ("magic",)}, "not one of the choices"),
        ({"techniques": ("magic",)}, "not one of the choices"),
        ({"areas": ("support.magic",)}, "support"),
    ],
)
def test_what_cannot_be_right_is_refused(said: dict[str, object], sentence: str) -> None:
    with transaction(), gate.opened("a test writes"), pytest.raises(Refused, match=sentence):
        catalogue.draft_module(ModuleDraft(**{"name": "Grief", **said}), by=None)


def test_two_modules_cannot_be_called_the_same() -> None:
    with transaction(), gate.opened("a test writes"):
        published("First aid")
        with pytest.raises(Refused, match="already"):
            catalogue.draft_module(ModuleDraft(name="first-aid"), by=None)
        assert len(session.scalars(select(Module)).all()) == 1
