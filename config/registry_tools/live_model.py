"""What a provider's live catalogue says of a model: its own words, before anything is compared with the registry."""

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from domain.model import InputVariant, ModelId, ModelType, Parameter

LIVE_CATALOGUE: Final = "live catalogue"
"""What the registry names as the source of a fact that was read there."""


@frozen(kw_only=True)
class LivePrice:
    """A price in the provider's prose, with what could be read from it.

    ``figures`` are all amounts of credits in the text. ``unit`` and ``credits`` are the whole of it as the registry has
    it (tier to credits per unit), where every word was understood; otherwise ``credits`` is empty.
    """

    text: str
    figures: frozenset[float]
    unit: str = ""
    credits: Mapping[str, float] = field(factory=dict)


@frozen(kw_only=True)
class ListedModel:
    """An entry of the list. ``types`` are those of its task types that we have a word for, in their order."""

    id: ModelId
    title: str
    vendor: str
    types: tuple[ModelType, ...] = ()
    price: LivePrice | None = None
    """None where the list leaves it to a question of its own."""


@frozen(kw_only=True)
class LiveForm:
    """What a model takes, by the provider's schema.

    A limit, a default, a pattern, a form or a group that is missing was not stated, which is not a denial: schemas leave
    much to the prose of the pages. ``create_path`` is None at the common endpoint.
    """

    parameters: Mapping[str, Parameter]
    variants: tuple[InputVariant, ...] = ()
    at_least_one: tuple[frozenset[str], ...] = ()
    create_path: str | None = None
