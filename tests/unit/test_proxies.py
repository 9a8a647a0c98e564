"""HTTPS_PROXY and its friends are obeyed for KIE, results and Telegram; this machine is asked directly."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram.methods import GetMe
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.kie_http import KieHttpProvider
from adapters.memory.clock import ManualClock
from adapters.result_http import HttpResultFetcher, Proxied, anywhere, guarded_session, is_public
from adapters.telegram.api.client import open_bot
from application.errors import ResultRefused
from config.proxies import proxy_for
from config.settings import Settings, SettingsError

PROXY = "http://proxy.example:3128"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_the_proxy_of_the_environment_is_used(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_for("https://api.kie.ai") is None
    monkeypatch.setenv(name, PROXY)
    assert proxy_for("https://api.kie.ai/x") == PROXY


def test_hosts_that_need_no_proxy_are_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", "kie.ai,10.1.2.3")
    assert proxy_for("https://api.kie.ai") is None
    assert proxy_for("https://10.1.2.3/") is None
    assert proxy_for("https://api.telegram.org") == PROXY
    for here in ("http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:1"):
        assert proxy_for(here) is None


@pytest.mark.parametrize("proxy", ["socks5://p:1080", "http://", "ftp://p"])
def test_a_proxy_that_cannot_be_used_is_refused_and_not_ignored(proxy: str) -> None:
    with pytest.raises(SettingsError, match="HTTPS_PROXY"):
        Settings.from_env({"HTTPS_PROXY": proxy})


@pytest.fixture
async def asked() -> list[str]:
    return []


@pytest.fixture
async def proxy(asked: list[str]) -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        asked.append(str(request.url) if request.url.host else request.raw_path)
        if "getMe" in request.raw_path or "getMe" in str(request.url):
            user = {"id": 1, "is_bot": True, "first_name": "b", "username": "b"}
            return web.json_response({"ok": True, "result": user})
        if "credit" in str(request.url):
            return web.json_response({"code": 200, "data": 7})
        return web.Response(body=b"\x89PNG\r\n\x1a\n" + b"0" * 64)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(application) as server:
        yield str(server.make_url("/")).rstrip("/")


async def test_telegram_kie_and_results_go_through_the_proxy(proxy: str, asked: list[str]) -> None:
    bot = open_bot("1:" + "x" * 35, clock=ManualClock(), api_base="http://telegram.example", proxy=proxy)
    assert (await bot(GetMe())).id == 1
    await bot.session.close()
    async with aiohttp.ClientSession() as session, guarded_session(may_connect=is_public) as direct:
        kie = KieHttpProvider(
            session, api_key="k", api_base="http://kie.example", upload_base="http://kie.example",
            clock=ManualClock(), proxy_for=lambda _url: proxy,
        )  # fmt: skip
        assert await kie.credits() == 7
        through = Proxied(session=session, proxy_for=lambda _url: proxy, may_connect=is_public)
        async with HttpResultFetcher(direct, proxied=through).fetch(
            "http://files.example/a.png", limit_bytes=99
        ) as file:
            assert file.mime == "image/png"
    assert len(asked) == 3


@pytest.mark.parametrize("url", ["http://127.0.0.1/a", "http://10.0.0.1/a", "http://[::1]/a", "http://router.lan/a"])
async def test_a_proxy_is_not_asked_for_private_hosts(proxy: str, asked: list[str], url: str) -> None:
    async with aiohttp.ClientSession() as session, guarded_session(may_connect=anywhere) as direct:
        through = Proxied(session=session, proxy_for=lambda _url: proxy, may_connect=is_public)
        with pytest.raises(ResultRefused):
            async with HttpResultFetcher(direct, proxied=through).fetch(url, limit_bytes=99):
                pass
    assert asked == []
