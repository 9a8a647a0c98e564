"""`mediabot set-price`: the operator's own prices, before those of the provider's feed."""

import sys
from collections.abc import Mapping
from typing import Final

from adapters.postgres_store.audit_log import DEPLOYMENT, PostgresAuditLog
from adapters.postgres_store.price_book import PostgresPriceBook
from adapters.system.machine import SystemClock
from application.audit import Audit
from application.errors import ModelGone
from application.ports.price_book import BookPrice
from application.pricing.set_price import SetPrice
from config.packaged import packaged_catalog
from config.service import opened_database
from config.settings import Settings
from domain.audit import COMMAND_LINE
from domain.condition import Condition
from domain.errors import InvalidPrice
from domain.model import Model, ModelId
from domain.price_rule import PriceRule

OK: Final = 0
FAILED: Final = 1


async def set_price(settings: Settings, name: str, credits_: float | None, *, rule: int, take_back: bool) -> int:
    """Put a price into a rule of the model or take it back; with neither, print the model's rules. ``rule`` counts from 1."""
    if take_back and credits_ is not None:
        return _refused("give a price or --take-back, not both")
    catalog, clock = packaged_catalog(), SystemClock()
    model_id = ModelId(found.id if (found := catalog.find(name)) else name)
    async with opened_database(settings) as database:
        book = PostgresPriceBook(database)
        audit = Audit(PostgresAuditLog(database, DEPLOYMENT), clock)
        change = SetPrice(book=book, catalog=catalog, audit=audit, clock=clock)
        try:
            if take_back and not await change.take_back(model_id, rule - 1, by=COMMAND_LINE):
                return _refused(f"rule {rule} of {model_id} has no price of yours")
            if credits_ is not None:
                await change(model_id, rule - 1, credits_, by=COMMAND_LINE)
        except ModelGone:
            return _refused(f"there is no model {name}; see: mediabot models")
        except InvalidPrice as error:
            return _refused(str(error))
        entries = {one.price.place: one for one in await book.prices() if one.price.model == model_id}
    if (model := catalog.entry(model_id)) is None:
        return _refused(f"there is no model {name}; see: mediabot models")
    _show(model, entries)
    return OK


def _show(model: Model, entries: Mapping[int, BookPrice]) -> None:
    for place, rule in enumerate(model.prices):
        entry = entries.get(place)
        used = entry.used_credits if entry else None
        where = entry.price.row if entry and used is not None else rule.source
        sys.stdout.write(
            f"{place + 1}\t{rule.credits if used is None else used:g} / {rule.unit}\t{_when(rule)}\t{where}\n"
        )


def _when(rule: PriceRule) -> str:
    return " ".join(f"{name}={_asked(condition)}" for name, condition in rule.when.items()) or "always"


def _asked(condition: Condition) -> str:
    if condition.given is not None:
        return "given" if condition.given else "left out"
    if condition.values:
        return "|".join(sorted(condition.values))
    edges = ("" if edge is None else f"{edge:g}" for edge in (condition.minimum, condition.maximum))
    return "..".join(edges)


def _refused(why: str) -> int:
    sys.stderr.write(f"mediabot: {why}\n")
    return FAILED
