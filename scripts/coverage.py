"""Writes docs/coverage.md: what is known of each model that is offered. Run it from the root after the registry changed."""

import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

from adapters.yaml_catalog import load_catalog
from application.catalog.validate_input import ValidateInput
from application.pricing.quote_price import QuotePrice
from domain.media_limits import NO_LIMITS
from domain.model import Model, Parameter
from domain.parameter_roles import safety_switches
from domain.price import PriceQuote
from domain.sample import minimal_input

PAGE: Final = Path(__file__).parents[1] / "docs" / "coverage.md"
CATALOG: Final = load_catalog(files("config") / "registry")
SEEN: Final = frozenset({"image", "video"})
HEAD: Final = """# What is known of each model

Written by `python scripts/coverage.py`; a test holds that it is up to date. One line for each model that is offered.

- **basis**: how much the price of the least input is known: `exact`, `range` (between two numbers) or `ceiling` (up to the most).
- **ceiling**: the most that one task can cost, in credits (1 credit is $0.005).
- **rules**: rules between parameters that an input is held to. **files**: parameters whose files are checked, by type or size
  (t), and by sides, seconds or shape (s).
- **filter**: whether the model takes a switch for a content filter; – where it makes neither pictures nor films.
- **prices of**: the newest date among its prices.

"""


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Return the page as it should be."""
    models = sorted((model for model in CATALOG.models() if model.is_offered), key=lambda model: model.id)
    return HEAD + "\n".join([*_summary(models), "", *_table(models)]) + "\n"


def _summary(models: list[Model]) -> Iterator[str]:
    bases = [_quote(model).basis.value for model in models]
    counted = ", ".join(f"{bases.count(basis)} {basis}" for basis in ("exact", "range", "ceiling", "unknown"))
    visible = [model for model in models if model.output.value in SEEN]
    filtered = sum(bool(safety_switches(model)) for model in visible)
    without = sum(not model.prices for model in models)
    yield f"{len(models)} models; basis of the least input: {counted}; {without} without a ceiling;"
    yield f"{sum(len(model.rules) for model in models)} rules; {filtered} of {len(visible)} picture and film models have a filter."


def _table(models: list[Model]) -> Iterator[str]:
    yield "| model | basis | ceiling | rules | files | filter | prices of |"
    yield "| --- | --- | ---: | ---: | --- | --- | --- |"
    for model in models:
        quote = _quote(model)
        filter_ = "–" if model.output.value not in SEEN else "yes" if safety_switches(model) else "no"
        newest = max((rule.as_of for rule in model.prices), default="")
        yield (
            f"| `{model.id}` | {quote.basis.value} | {quote.ceiling:g} | {len(model.rules)} | {_files(model)} |"
            f" {filter_} | {newest} |"
        )


def _quote(model: Model) -> PriceQuote:
    given = minimal_input(model, lambda kind: f"https://files.example.com/a{_ENDINGS[str(kind)]}")
    valid = ValidateInput(CATALOG)(model.id, given)
    return QuotePrice(CATALOG)(valid.model, valid.input)


_ENDINGS: Final = {"image": ".png", "video": ".mp4", "audio": ".mp3", "file": ".pdf", "text": ".txt"}


def _files(model: Model) -> str:
    found = [
        f"`{parameter.name}` {marks}"
        for parameter in _parameters(model)
        if parameter.media and (marks := _marks(parameter))
    ]
    return ", ".join(found)


def _parameters(model: Model) -> Iterator[Parameter]:
    for parameter in model.parameters.values():
        yield parameter
        if parameter.items:
            yield from parameter.items.fields


def _marks(parameter: Parameter) -> str:
    types = "t" if parameter.accepted or parameter.max_file_mb else ""
    return types + ("s" if parameter.limits != NO_LIMITS else "")


if __name__ == "__main__":
    sys.exit(main())
