"""What an indicator, a rule and an action are, as entries of the catalogue."""

from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True)
class Indicator:
    """Something that is measured, and what must be known before it is shown."""

    id: str
    name: str
    definition: str
    nodes: tuple[str, ...]
    minimum: str


@dataclass(frozen=True)
class Rule:
    """A risk that is looked for: in whom, from which lines on, who is told, what can be done."""

    id: str
    name: str
    _: KW_ONLY
    nodes: tuple[str, ...]
    subjects: tuple[str, ...]
    """Kinds of subject it is judged for: programme, site, place, volunteer, participant."""
    told: tuple[str, ...]
    """Roles that are told."""
    actions: tuple[str, ...]
    watch: str
    alert: str
    critical: str = ""
    """Empty where the rule never becomes critical."""
    clears: str
    minimum: str
    """What must be known; short of it the rule is unknown, never ok."""
    told_note: str = ""
    """What limits the telling."""

    @property
    def node(self) -> str:
        """The one node it stands at: its own, or the nearest that holds all of them."""
        parts = [code.split(".") for code in self.nodes]
        shared = [names[0] for names in zip(*parts, strict=False) if len(set(names)) == 1]
        return ".".join(shared)


@dataclass(frozen=True)
class Action:
    """Something that can be done about a risk."""

    code: str
    title: str
    sentence: str
