"""KIE's public price feed: pages of rows, read without a key (SURFACE of the provider, 2026-11-29)."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import aiohttp
import structlog
from attrs import frozen
from yarl import URL

from adapters.kie_http.wire import USER_AGENT
from application.errors import ProviderUnavailable
from application.ports.clock import Clock
from domain.price_feed import FeedRow
from domain.price_rule import MOST_CREDITS

log = structlog.get_logger()

PAGE_PATH: Final = "/client/v1/model-pricing/page"
PAGE_SIZE: Final = 100
MOST_PAGES: Final = 30
PAUSE_S: Final = 1.1
"""Between two pages; no limit is stated for calls without a key, so be gentle."""
TIMEOUT_S: Final = 30.0
_FIGURE: Final = re.compile(r"\s*\d+(\.\d+)?\s*", re.ASCII)
TEXT_LENGTH: Final = 1_000
"""A row is called by a phrase; what is longer is spoilt, and would be kept in the database."""
PAGE_BYTES: Final = 4_000_000
"""A page has a hundred rows of some hundred bytes each."""


@frozen(kw_only=True)
class KieHttpPriceFeed:
    """``PriceFeed`` on KIE's public pages. ``session`` is shared and stays open."""

    _session: aiohttp.ClientSession
    _base: str
    _clock: Clock
    _pause_s: float = PAUSE_S

    async def rows(self) -> Sequence[FeedRow]:
        found: list[FeedRow] = []
        spoilt = 0
        for number in range(1, MOST_PAGES + 1):
            page = await self._page(number)
            records = page.get("records")
            if not isinstance(records, list):
                raise ProviderUnavailable("the price feed has no rows")
            readable = [row for record in records if (row := _row(record)) is not None]
            found += readable
            spoilt += len(records) - len(readable)
            if number >= _pages(page):
                break
            await self._clock.sleep(self._pause_s)
        if spoilt:
            log.warning("price_feed.rows_unreadable", count=spoilt, readable=len(found))
        if not found:
            raise ProviderUnavailable("the price feed has no row that can be read")
        return found

    async def _page(self, number: int) -> Mapping[str, Any]:
        body = {"pageNum": number, "pageSize": PAGE_SIZE}
        url = URL(self._base).join(URL(PAGE_PATH))
        try:
            async with (
                asyncio.timeout(TIMEOUT_S),
                self._session.post(url, json=body, headers={"User-Agent": USER_AGENT}, allow_redirects=False) as answer,
            ):
                read = json.loads(await _bounded(answer))
        except (aiohttp.ClientError, TimeoutError, ValueError, RecursionError) as error:
            raise ProviderUnavailable("the price feed can't be read") from error
        match read:
            case {"code": 200, "data": dict(page)}:
                return page
        raise ProviderUnavailable("the price feed gives no page")


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > PAGE_BYTES:
            raise ProviderUnavailable("the price feed has no end")
    return bytes(body)


def _pages(page: Mapping[str, Any]) -> int:
    pages = page.get("pages")
    return pages if isinstance(pages, int) else 0


def _row(record: object) -> FeedRow | None:
    """A row whose figures make sense; all of them are text, and some are spoilt."""
    match record:
        case {
            "modelDescription": str(text),
            "creditPrice": str() | int() | float() as figure,
            "creditUnit": str(unit),
            **reported,
        }:
            credits_ = _number(figure)
            if credits_ is not None and 0 < len(text.strip()) <= TEXT_LENGTH:
                return FeedRow(text=text.strip(), model=_model(reported.get("anchor")), credits=credits_, unit=unit)
    return None


def _number(figure: str | float) -> float | None:
    """The number; None for what is no number, below 0 or beyond what anything costs (``"$0,325"``), or that only Python takes for one (``"1_6"``)."""
    if isinstance(figure, bool) or (isinstance(figure, str) and not _FIGURE.fullmatch(figure)):
        return None
    try:
        number = float(figure)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number <= MOST_CREDITS else None


def _model(anchor: object) -> str:
    """The id that a row points at: ``model=`` in its address."""
    if not isinstance(anchor, str):
        return ""
    try:
        return next(_values(anchor), "")
    except ValueError:
        return ""


def _values(anchor: str) -> Iterator[str]:
    yield from parse_qs(urlsplit(anchor).query).get("model", ())
