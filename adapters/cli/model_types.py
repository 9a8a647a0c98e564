"""Model types as they are typed."""

from collections.abc import Sequence

from adapters.cli.errors import WrongUse
from domain.model import ModelType


def model_types(given: Sequence[str]) -> tuple[ModelType, ...]:
    """The types of these names. Raises ``WrongUse``, with all there are, for a name that is none."""
    known = {str(model_type): model_type for model_type in ModelType}
    for name in given:
        if name not in known:
            raise WrongUse("cli-unknown-type", given=name, types=list(known))
    return tuple(known[name] for name in given)
