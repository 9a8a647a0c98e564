"""The public price feed of the simulated KIE: read, matched with the registry's rules, kept, and held where it is odd."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.kie_http.price_feed import KieHttpPriceFeed
from adapters.memory.clock import ManualClock
from adapters.memory.price_book import InMemoryPriceBook
from adapters.system.machine import SystemClock
from adapters.yaml_catalog import load_catalog
from application.errors import ProviderUnavailable
from application.pricing.quote_price import QuotePrice
from application.pricing.refresh_prices import RefreshPrices
from config.registry_tools.yaml_writer import YamlRegistryWriter
from domain.model import Model
from domain.operation import Alarm, AlarmKind
from domain.price_feed import Judgement, judged, matched
from simulators.kie import KieSimulator, serve
from tests.support.live_catalogue import Workplace
from tests.support.registry import catalog, model

MODELS: dict[str, Model] = {one.id: one for one in catalog().models()}
FOX = model("z-image")
ROW = "z-image"
SPOILT = b'{"code":200,"data":{"records":[{"modelDescription":"z-image","creditPrice":"-1","creditUnit":"image"}],"pages":1}}'


@asynccontextmanager
async def feed(changes: dict[str, Any] | None = None) -> AsyncIterator[KieHttpPriceFeed]:
    simulator = KieSimulator()
    simulator.price_feed.changes.update(changes or {})
    async with serve(simulator) as base, aiohttp.ClientSession() as session:
        yield KieHttpPriceFeed(session=session, base=base, clock=SystemClock(), pause_s=0)


async def test_every_row_that_is_matched_agrees_with_the_registry() -> None:
    async with feed() as live:
        found, left = matched(MODELS, await live.rows())
    assert len(found) > len(left)
    assert [
        one for one in found if judged(MODELS[one.model].prices[one.place].credits, one.credits) is not Judgement.SAME
    ] == []


@pytest.mark.parametrize(
    "figure", ["-4.0", "$0,325", "", "nan", "1_6", "1e0", "４", True, 10**400, 1e308 * 10, 1e308, "100000.1", None, [4]]
)
async def test_a_spoilt_figure_is_no_price(figure: object) -> None:
    async with feed({ROW: {"creditPrice": figure}}) as live:
        assert ROW not in [row.text for row in await live.rows()]


async def refreshed(changes: dict[str, Any], book: InMemoryPriceBook) -> tuple[QuotePrice, RefreshPrices]:
    quote = QuotePrice(catalog())
    async with feed(changes) as live:
        refresh = RefreshPrices(feed=live, book=book, catalog=catalog(), quote=quote, clock=ManualClock())
        await refresh()
    return quote, refresh


async def test_a_new_price_is_quoted_and_a_row_that_is_gone_keeps_its_last() -> None:
    book = InMemoryPriceBook(ManualClock())
    quote, _ = await refreshed({ROW: {"creditPrice": "1.2"}}, book)
    assert (quote(FOX, {"prompt": "x"}).credits, quote(FOX, {}).source) == (1.2, "KIE price feed")
    quote, _ = await refreshed({ROW: None}, book)
    assert quote(FOX, {"prompt": "x"}).credits == 1.2


async def test_a_price_ten_times_yesterdays_is_held_for_the_operator_and_not_used() -> None:
    quote, refresh = await refreshed({ROW: {"creditPrice": "8.0"}}, InMemoryPriceBook(ManualClock()))
    assert quote(FOX, {"prompt": "x"}).credits == 0.8
    assert refresh.present() == {Alarm(kind=AlarmKind.PRICE_HELD, about=FOX.id): 8.0}


async def test_while_a_price_is_held_the_last_of_the_feed_goes_on_and_not_the_registrys() -> None:
    book, quoted = InMemoryPriceBook(ManualClock()), []
    for figure in ("1.2", "12.5", "12.5", "0.0", "1.3"):
        quote, refresh = await refreshed({ROW: {"creditPrice": figure}}, book)
        quoted.append((quote(FOX, {"prompt": "x"}).credits, [*refresh.present().values()]))
    assert quoted == [(1.2, []), (1.2, [12.5]), (1.2, [12.5]), (1.2, [0.0]), (1.3, [])]


@pytest.mark.parametrize(
    "hole",
    [
        {"modelDescription": ""},
        {"modelDescription": "z-image " * 1_000},
        {"creditPrice": None},
        {"creditUnit": None},
        {"anchor": None},
    ],
)
async def test_a_row_with_a_hole_is_passed_over_and_the_others_are_read(hole: dict[str, Any]) -> None:
    book = InMemoryPriceBook(ManualClock())
    quote, refresh = await refreshed({ROW: hole}, book)
    assert (quote(FOX, {"prompt": "x"}).credits, refresh.present()) == (0.8, {})
    read = {model_id for model_id, _ in book.entries}
    assert FOX.id not in read
    assert len(read) > 100


async def test_a_feed_that_is_none_changes_nothing() -> None:
    book, quote = InMemoryPriceBook(ManualClock()), QuotePrice(catalog())
    async with aiohttp.ClientSession() as session:
        dead = KieHttpPriceFeed(session=session, base="http://127.0.0.1:9", clock=SystemClock(), pause_s=0)
        refresh = RefreshPrices(feed=dead, book=book, catalog=catalog(), quote=quote, clock=ManualClock())
        with pytest.raises(ProviderUnavailable):
            await refresh()
    assert book.entries == {}
    assert quote(FOX, {"prompt": "x"}).credits == 0.8


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"code":200,"data":{"records":[],"pages":0}}',
        SPOILT,
        b'{"code":200,"data":' + b" " * 5_000_000 + b"{}}",
        b"",
        b"\xff",
        b"5",
    ],
)
async def test_a_page_of_the_feed_that_is_odd_or_without_end_is_none(body: bytes) -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(body=body, content_type="application/json")

    app = web.Application()
    app.router.add_post("/{path:.*}", page)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        live = KieHttpPriceFeed(session=session, base=str(server.make_url("/")), clock=SystemClock(), pause_s=0)
        with pytest.raises(ProviderUnavailable):
            await live.rows()


async def test_an_instance_that_does_not_lead_quotes_by_what_the_leader_wrote() -> None:
    clock = ManualClock()
    book, standby = InMemoryPriceBook(clock), QuotePrice(catalog())
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as instance:
        dead = KieHttpPriceFeed(session=session, base="http://127.0.0.1:9", clock=clock, pause_s=0)
        prices = RefreshPrices(feed=dead, book=book, catalog=catalog(), quote=standby, clock=clock)
        following = instance.create_task(prices.follow())
        await refreshed({ROW: {"creditPrice": "1.2"}}, book)
        assert standby(FOX, {"prompt": "x"}).credits == 0.8
        await clock.advance(301)
        assert standby(FOX, {"prompt": "x"}).credits == 1.2
        following.cancel()


def test_a_written_price_changes_its_rule_and_nothing_else(tmp_path: Path) -> None:
    place = Workplace(tmp_path, "z-image")
    before = place.raw()
    writer = YamlRegistryWriter(place.directory)
    writer.write_prices({FOX.id: {0: 1.5}}, on=ManualClock().now().date(), source="KIE price feed")
    after = place.raw()
    assert after["z-image"]["price"][0]["credits"] == 1.5
    assert load_catalog(place.directory).find("z-image")
    after["z-image"]["price"], before["z-image"]["price"] = [], []
    assert after == before
