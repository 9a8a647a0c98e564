"""The commands that compare the registry with what KIE offers and takes, and set a price of one's own."""

from typing import Annotated

from cyclopts import Parameter
from cyclopts.types import ExistingDirectory as Directory

from config.command_line import interruptible, settings_of_environment


def sync_models(
    models: Annotated[list[str] | None, Parameter(help="only these models", negative=())] = None,
    /,
    *,
    vendor: Annotated[str, Parameter(help="only this vendor's models")] = "",
    start: Annotated[str, Parameter(name="--from", help="go on from this model, in the order of ids")] = "",
    write: Annotated[bool, Parameter(negative=(), help="correct the registry's files")] = False,
    registry: Annotated[
        Directory | None, Parameter(help="the folder of the files; the packaged one if left out")
    ] = None,
    json: Annotated[bool, Parameter(negative=(), help="the differences as JSON")] = False,
) -> int:
    """Compare the registry with KIE's live catalogue, a call a second. Exit status 1 while anything differs."""
    from config import cli
    from config.registry_tools.sync_command import SyncOptions

    options = SyncOptions(models=models or (), vendor=vendor, start=start, write=write, json=json)
    return interruptible(cli.sync_models(settings_of_environment("KIE_API_KEY"), options, registry))


def sync_prices(
    *,
    write: Annotated[bool, Parameter(negative=(), help="correct the registry's files")] = False,
    registry: Annotated[
        Directory | None, Parameter(help="the folder of the files; the packaged one if left out")
    ] = None,
    json: Annotated[bool, Parameter(negative=(), help="the differences as JSON")] = False,
) -> int:
    """Compare the registry's prices with KIE's public feed; no key is needed. Exit status 1 while anything differs."""
    from config import cli
    from config.registry_tools.sync_prices import SyncPricesOptions

    return interruptible(
        cli.sync_prices(settings_of_environment(), SyncPricesOptions(write=write, json=json), registry)
    )


def set_price(
    model: str,
    credits: float | None = None,  # noqa: A002  # the argument's name
    *,
    rule: Annotated[int, Parameter(help="which of the model's price rules")] = 1,
    take_back: Annotated[bool, Parameter(negative=(), help="let the feed's price count again")] = False,
) -> int:
    """Your own price for a model, in credits a unit; it counts before the feed's. Without a price: the model's rules."""
    from config import own_prices

    given = settings_of_environment()
    return interruptible(own_prices.set_price(given, model, credits, rule=rule, take_back=take_back))
