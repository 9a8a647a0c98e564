"""How the registry differs from the provider's live catalogue: what of a model, and what can be done about it."""

from enum import StrEnum

from attrs import frozen

from config.registry_tools.live_model import LivePrice
from domain.model import Model, ModelId, Parameter, ParameterType

T = ParameterType


class Aspect(StrEnum):
    """What of a model or parameter differs; how ``Change`` holds it stands at each."""

    ADDED = "added"
    """``after``: the Parameter."""
    REMOVED = "removed"
    """``before``: the Parameter."""
    TYPE = "type"
    """Both are whole Parameters: nothing of the old one holds for the new one but our words."""
    REQUIRED = "required"
    DEFAULT = "default"
    """``NO_DEFAULT`` where there is none. It goes when it is not allowed any more and no other is stated."""
    VALUES = "values"
    """Tuples, ``after`` in our order with what is new at the end."""
    MIN = "min"
    MAX = "max"
    STEP = "step"
    PATTERN = "pattern"
    VARIANTS = "variants"
    """Tuples of InputVariant."""
    AT_LEAST_ONE = "at_least_one"
    """Tuples of sets of names."""
    ENDPOINT = "endpoint"
    """Paths; None is the common endpoint."""
    PRICE = "price"
    """``before``: a tuple of PriceRule; ``after``: LivePrice."""


@frozen(kw_only=True)
class Change:
    """One fact that differs. ``path`` leads to a parameter (``elements[].start``); it is empty for the whole model."""

    path: str = ""
    aspect: Aspect
    before: object = None
    after: object = None

    @property
    def needs_person(self) -> bool:
        """Whether it can't be written down without a judgement: another endpoint, prose, a value without its form."""
        match self.after:
            case LivePrice(credits=credits_):
                return not credits_
            case Parameter() as parameter:
                return not is_complete(parameter)
        return self.aspect is Aspect.ENDPOINT


class ModelChangeKind(StrEnum):
    """What became of a model."""

    NEW = "new"
    GONE = "gone"
    RETURNED = "returned"
    """Retired in the registry, and offered again."""
    CHANGED = "changed"


class Obstacle(StrEnum):
    """Why a new model can't be written down without a person."""

    UNKNOWN_TYPE = "unknown_type"
    """None of its task types has a word in the registry."""
    OWN_ENDPOINT = "own_endpoint"
    NO_FORM = "no_form"
    """No schema, or one that says too little to make an input."""


@frozen(kw_only=True)
class ModelChange:
    """A model that differs. ``model`` is the registry's entry, or the whole new one; None where that has an obstacle."""

    id: ModelId
    kind: ModelChangeKind
    changes: tuple[Change, ...] = ()
    model: Model | None = None
    obstacle: Obstacle | None = None

    @property
    def needs_person(self) -> bool:
        return self.obstacle is not None or any(change.needs_person for change in self.changes)

    @property
    def is_out_of_reach(self) -> bool:
        """Whether it is none of our own: the provider offers things that are not called as tasks, such as chats."""
        return self.obstacle is Obstacle.OWN_ENDPOINT


def is_complete(parameter: Parameter) -> bool:
    """Whether everything the registry demands of such a parameter is known: values, items, fields."""
    match parameter.type:
        case T.ENUM:
            return bool(parameter.values)
        case T.ARRAY:
            return parameter.items is not None and is_complete(parameter.items)
        case T.OBJECT:
            return bool(parameter.fields) and all(map(is_complete, parameter.fields))
    return True
