"""What people call models: data the wish reader finds names with."""

from collections.abc import Mapping

from attrs import frozen

from domain.model import ModelType
from domain.reading import NamedModel


@frozen(kw_only=True)
class ModelFamily:
    """Models that people call by one name.

    Its members are the models whose title begins with one of ``titles`` or whose vendor is one of ``vendors``, of the
    types ``only_types`` where that is set. ``everyday`` lists those of the ``words`` that are also ordinary words and so
    count only at an end of a text or beside something that marks a name; for ``common`` ones the mark is needed, and the
    ``versioned`` ones count only before a version or variant.
    """

    key: str
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    only_types: tuple[ModelType, ...] = ()
    everyday: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    versioned: frozenset[str] = frozenset()


@frozen(kw_only=True)
class LeadingName:
    """The models that the first words of a text name, the nearest first, and the ``rest`` of it."""

    models: tuple[NamedModel, ...]
    rest: str


@frozen(kw_only=True)
class ModelNames:
    """Families with their nicknames; ``variants`` maps a word of titles (``pro``) to how people say it."""

    families: tuple[ModelFamily, ...]
    variants: Mapping[str, tuple[str, ...]]
