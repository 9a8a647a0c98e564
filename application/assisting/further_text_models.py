"""The chat models of the accounts that an operator added to a bot."""

from collections.abc import Mapping, Sequence

from attrs import define, field

from application.ports.text_model import TextModel
from domain.provider_account import AccountName


@define(eq=False)
class FurtherTextModels:
    """Asked where the bot's own account refuses. They may change at any time."""

    _of: Mapping[AccountName, Sequence[TextModel]] = field(factory=dict, init=False)

    def use(self, models: Mapping[AccountName, Sequence[TextModel]]) -> None:
        """Have these from now on, in this order."""
        self._of = dict(models)

    def each(self) -> Sequence[tuple[AccountName, Sequence[TextModel]]]:
        """Return every account with its models, which are the bot's own."""
        return list(self._of.items())
