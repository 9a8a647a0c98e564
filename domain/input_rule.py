"""What the parameters of a model demand of each other, as the provider documents it. Data only."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from domain.condition import Condition

Names = tuple[str, ...]


class RuleKind(StrEnum):
    """How the parameters of a rule depend on each other. What ``InputRule.groups`` holds stands at each."""

    EXCLUDES = "excludes"
    """Two groups: none of the one with any of the other."""
    REQUIRES = "requires"
    """Two groups: where one of the first is given, all of the second must be."""
    REQUIRED_WHEN = "required_when"
    """One group, all of which must be given."""
    FORBIDDEN_WHEN = "forbidden_when"
    """One group, none of which may be given."""
    AT_LEAST_ONE = "at_least_one"
    """One group, one or more of which must be given."""
    EXACTLY_ONE = "exactly_one"
    """Alternatives, exactly one of which must be given; one of several names counts where all of them are."""
    ALLOWED_WHEN = "allowed_when"
    """One group of one name: its value must be within the bounds."""
    EACH = "each"
    """No group: every value at ``path`` must be within the bounds."""
    MAX_TOTAL = "max_total"
    """No group: what is counted at the paths of ``weights`` must not pass the maximum, or the value of ``most_of``."""
    GAP = "gap"
    """One group of two names: the second minus the first must be within the bounds, in each item of ``path``."""
    DECLARED_IN = "declared_in"
    """No group: each value at ``path`` must stand at ``declared_at``."""
    UNIQUE = "unique"
    """No group: no value twice at ``path``."""
    SAME_LENGTH = "same_length"
    """One group of two names: two lists of one length."""


class RuleEffect(StrEnum):
    """What the provider does with an input that breaks a rule."""

    REFUSED = "refused"
    IGNORED = "ignored"
    """It drops the value: the person is informed, and the input is taken."""
    UNKNOWN = "unknown"
    """Not stated, so the input is refused before it costs."""


class Counted(StrEnum):
    """What ``max_total`` adds up: items by weight, the numbers themselves, or characters of text."""

    ITEMS = "items"
    SUM = "sum"
    CHARACTERS = "characters"


@frozen(kw_only=True)
class Bounds:
    """What a value may be. None is no limit; ``max_items`` counts a single value as one."""

    values: tuple[object, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    min_items: int | None = None
    max_items: int | None = None
    max_length: int | None = None


@frozen(kw_only=True)
class InputRule:
    """One rule between parameters. It applies where every condition of ``when`` holds.

    ``left_out`` are the numbers that stand for the two names of a gap where they are left out; None: no check then.
    """

    id: str
    kind: RuleKind
    effect: RuleEffect = RuleEffect.REFUSED
    when: Mapping[str, Condition] = field(factory=lambda: MappingProxyType({}))
    groups: tuple[Names, ...] = ()
    bounds: Bounds = field(factory=Bounds)
    path: str = ""
    declared_at: str = ""
    counted: Counted = Counted.ITEMS
    weights: Mapping[str, float] = field(factory=lambda: MappingProxyType({}))
    most_of: str = ""
    left_out: tuple[float | None, float | None] = (None, None)
    note: str = ""
    as_of: str = ""
    source: str = ""

    @property
    def names(self) -> frozenset[str]:
        """Every parameter the rule speaks of, at the top of the input."""
        paths = [*self.weights, self.path, self.declared_at, self.most_of]
        tops = {path.partition("[")[0].partition(".")[0] for path in paths}
        inside = set() if self.path else {name for group in self.groups for name in group}
        return frozenset((tops | inside | set(self.when)) - {""})
