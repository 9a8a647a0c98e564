"""Writes docs/coverage.md: what is known of each model that is offered. Run it from the root after the registry changed."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import evolve

from application.catalog.validate_input import ValidateInput
from application.pricing.quote_price import QuotePrice
from config.packaged import packaged_catalog
from config.wishes import quality_order
from domain.media_limits import NO_LIMITS
from domain.model import Model, Parameter
from domain.parameter_roles import safety_switches
from domain.price import PriceQuote, ceiling_of
from domain.quality import UseQuality
from domain.sample import minimal_input

PAGE: Final = Path(__file__).parents[1] / "docs" / "coverage.md"
SEEN: Final = frozenset({"image", "video"})
HEAD: Final = """# What is known of each model

Written by `python scripts/coverage.py`; a test holds that it is up to date. One line for each model that is offered, then one for
each [use](#which-models-come-first). Behind each fact stands the day of its source; for types of files, for filters, and where the
provider states no rule or no limit, that is the youngest copy of the model's page.

- **basis**: how much the price of the least input is known: `exact`, `range` (between two numbers) or `ceiling` (up to the most).
- **ceiling**: the most that one task can cost, in credits (1 credit is $0.005).
- **rules**: rules between parameters that an input is held to, with the oldest and the newest day among them; 0 where none is stated.
- **files**: parameters that take files, and how these are checked: by type or size (t), by sides, seconds or shape (s); 0 where
  the provider states no limit; – where the model takes no files.
- **filter**: whether the model takes a switch for a content filter; – where it makes neither pictures nor films.

"""

USES: Final = """## Which models come first

The order of models by use, from `config/model_quality.yaml` ([how to edit it](registry.md#the-order-of-models)), with the day and
the source of the order of quality and of the order of speed. Where enough generations of a use were measured here, the quickest
among them comes before this order of speed ([how](understanding.md#how-models-do-here)).

"""


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    return 0


def page() -> str:
    """Return the page as it should be."""
    models = sorted((model for model in packaged_catalog().models() if model.is_offered), key=lambda model: model.id)
    return HEAD + "\n".join([*_summary(models), "", *_table(models), ""]) + "\n" + USES + "\n".join(_uses()) + "\n"


def _summary(models: list[Model]) -> Iterator[str]:
    bases = [_quote(model).basis.value for model in models]
    counted = ", ".join(f"{bases.count(basis)} {basis}" for basis in ("exact", "range", "ceiling", "unknown"))
    visible = [model for model in models if model.output.value in SEEN]
    filtered = sum(bool(safety_switches(model)) for model in visible)
    without = sum(not model.prices for model in models)
    yield f"{len(models)} models; basis of the least input: {counted}; {without} without a ceiling;"
    yield f"{sum(len(model.rules) for model in models)} rules; {filtered} of {len(visible)} picture and film models have a filter."


def _table(models: list[Model]) -> Iterator[str]:
    yield "| model | basis | ceiling | rules | files | filter |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for model in models:
        quote = _quote(model)
        yield (
            f"| `{model.id}` | {quote.basis.value}, {quote.as_of} | {quote.ceiling:g}, {_ceiling_day(model)} |"
            f" {_rules(model)} | {_files(model)} | {_filter(model)} |"
        )


def _ceiling_day(model: Model) -> str:
    """The day of the price rule that makes the ceiling; of the newest one where it is stated for the model as a whole."""
    ceiling = ceiling_of(model)
    making = [one for one in model.prices if ceiling_of(evolve(model, prices=(one,), unknown_at_most=None)) == ceiling]
    return max(one.as_of for one in making or model.prices)


def _rules(model: Model) -> str:
    if not model.rules:
        return f"0, {_page_day(model)}"
    days = sorted({rule.as_of for rule in model.rules})
    return f"{len(model.rules)}, {days[0]}" + (f" to {days[-1]}" if len(days) > 1 else "")


def _filter(model: Model) -> str:
    if model.output.value not in SEEN:
        return "–"
    return f"{'yes' if safety_switches(model) else 'no'}, {_page_day(model)}"


def _page_day(model: Model) -> str:
    """The day, or the month, of the youngest copy of the model's page that was read."""
    return max(str(day) for day in model.docs_seen)


def _quote(model: Model) -> PriceQuote:
    given = minimal_input(model, lambda kind: f"https://files.example.com/a{_ENDINGS[str(kind)]}")
    valid = ValidateInput(packaged_catalog())(model.id, given)
    return QuotePrice(packaged_catalog())(valid.model, valid.input)


_ENDINGS: Final = {"image": ".png", "video": ".mp4", "audio": ".mp3", "file": ".pdf", "text": ".txt"}


def _files(model: Model) -> str:
    found = [
        f"`{parameter.name}` {_marks(parameter) or 0} {parameter.limits.as_of or _page_day(model)}"
        for parameter in _parameters(model)
        if parameter.media or (parameter.is_url and _marks(parameter))
    ]
    return ", ".join(found) or "–"


def _uses() -> Iterator[str]:
    yield "| use | first | best | cheap | models | quality from | fast | speed from |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for name, use in quality_order().uses.items():
        marked = " | ".join(f"`{model}`" for model in (use.first, use.best, use.cheap))
        yield f"| {name} | {marked} | {len(use.models)} | {use.as_of}: {use.source} | {_speed(use)} |"


def _speed(use: UseQuality) -> str:
    speed = use.speed
    quick = ", ".join(f"`{model}`" for model in speed.models)
    return f"{quick} | {speed.as_of}: {speed.source}" if quick else "– | –"


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
