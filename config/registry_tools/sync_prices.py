"""``mediabot sync-prices``: do the registry's prices still agree with the provider's public feed?"""

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from adapters.cli.errors import FAILED
from adapters.cli.terminal import Terminal
from application.errors import ProviderUnavailable
from application.ports.clock import Clock
from application.ports.model_catalog import ModelCatalog
from application.ports.price_feed import PriceFeed
from config.registry_tools.yaml_writer import YamlRegistryWriter
from domain.model import Model, ModelId
from domain.price_feed import FeedPrice, FeedRow, Judgement, judged, matched

SOURCE: Final = "KIE price feed"


@frozen(kw_only=True)
class SyncPricesOptions:
    """The command line, as typed."""

    write: bool = False
    json: bool = False


@frozen(kw_only=True)
class SyncPrices:
    """Prints each price that differs, and corrects what is near enough to be believed."""

    _catalog: ModelCatalog
    _feed: PriceFeed
    _writer: YamlRegistryWriter
    _clock: Clock
    _terminal: Terminal

    async def __call__(self, options: SyncPricesOptions) -> int:
        """Exit status: 0 when nothing differs or all that does is written, 1 when something is left."""
        models: dict[str, Model] = {model.id: model for model in self._catalog.models()}
        try:
            found, left = matched(models, await self._feed.rows())
        except ProviderUnavailable as error:
            self._terminal.tell_text("cli-sync-prices-unreachable", reason=str(error))
            return FAILED
        judgements = {price: judged(_known(models, price), price.credits) for price in found}
        new = [price for price, said in judgements.items() if said is Judgement.NEW]
        held = [price for price, said in judgements.items() if said is Judgement.HELD]
        if options.write and new:
            self._writer.write_prices(_by_model(new), on=self._clock.now().date(), source=SOURCE)
        self._tell(models, new, held, left, options)
        self._terminal.tell_text("cli-sync-prices-summary", same=len(found) - len(new) - len(held), unknown=len(left))
        return FAILED if held or (new and not options.write) else 0

    def _tell(
        self,
        models: Mapping[str, Model],
        new: Sequence[FeedPrice],
        held: Sequence[FeedPrice],
        left: Sequence[FeedRow],
        options: SyncPricesOptions,
    ) -> None:
        if options.json:
            rows = [_json(models, price, held=price in held) for price in (*new, *held)]
            self._terminal.put_json({"prices": rows, "unknown_rows": [row.text for row in left]}, indent=2)
            return
        for price in new:
            self._terminal.put(
                f"{price.model} price[{price.place}]: {_known(models, price):g} → {price.credits:g} ({price.row})"
            )
        for price in held:
            line = f"{price.model} price[{price.place}]: {_known(models, price):g} → {price.credits:g} ({price.row})"
            self._terminal.put(" ".join([line, self._terminal.words("cli-sync-prices-held")]))


def _known(models: Mapping[str, Model], price: FeedPrice) -> float:
    return models[price.model].prices[price.place].credits


def _by_model(prices: Sequence[FeedPrice]) -> Mapping[ModelId, Mapping[int, float]]:
    by_model: dict[ModelId, dict[int, float]] = {}
    for price in prices:
        by_model.setdefault(price.model, {})[price.place] = price.credits
    return by_model


def _json(models: Mapping[str, Model], price: FeedPrice, *, held: bool) -> dict[str, object]:
    return {
        "model": price.model,
        "rule": price.place,
        "before": _known(models, price),
        "after": price.credits,
        "row": price.row,
        "held": held,
    }
