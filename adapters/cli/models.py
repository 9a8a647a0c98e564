"""``mediabot models``: the catalog."""

from collections.abc import Sequence

from attrs import frozen

from adapters.cli.as_json import model_json
from adapters.cli.errors import FAILED
from adapters.cli.tables import put_table
from adapters.cli.terminal import Terminal
from application.catalog.find_models import FindModels
from application.ports.model_catalog import ModelCatalog
from domain.model import Model, ModelType


@frozen(kw_only=True)
class ModelsOptions:
    """The command line, as typed."""

    text: str = ""
    type: ModelType | None = None
    json: bool = False


@frozen(kw_only=True)
class ListModels:
    """Every entry of the registry, aliases and withdrawn ones included, or those that fit a text, best first."""

    _catalog: ModelCatalog
    _find_models: FindModels
    _terminal: Terminal

    def __call__(self, options: ModelsOptions) -> int:
        """Print them and give 0; 1 when there is none."""
        models = self._models(options)
        if options.json:
            self._terminal.put_json([model_json(model) for model in models], indent=2)
        elif models:
            self._put_table(models)
        else:
            self._terminal.tell_text("cli-no-models")
        return 0 if models else FAILED

    def _models(self, options: ModelsOptions) -> Sequence[Model]:
        if options.text:
            return self._find_models(options.text, type=options.type, hidden=True)
        return [model for model in self._catalog.models() if options.type in (None, model.type)]

    def _put_table(self, models: Sequence[Model]) -> None:
        headings = ("cli-column-model", "cli-column-title", "cli-column-type", "cli-column-status", "cli-column-price")
        words = self._terminal.words
        put_table(self._terminal.out, [words(key) for key in headings], map(self._row, models))

    def _row(self, model: Model) -> tuple[str, ...]:
        status = f"{model.status} = {model.alias_of}" if model.alias_of else str(model.status)
        return model.id, model.title, str(model.type), status, _price(model)


def _price(model: Model) -> str:
    """The range over the rules: ``≈ 4–16 / image``; empty where none is known."""
    figures = [figure for rule in model.prices for figure in (rule.credits, rule.dearest)]
    if not figures:
        return ""
    lowest, highest = min(figures), max(figures)
    span = f"{lowest:g}" if lowest == highest else f"≈ {lowest:g}–{highest:g}"
    return f"{span} / {model.prices[0].unit}"
