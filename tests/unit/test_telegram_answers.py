"""Answers of the Bot API, or of what stands before it, that are none: each is a fault that every caller expects."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.memory.clock import ManualClock
from adapters.telegram.api.client import open_bot
from adapters.telegram.bot.updates.polling import GetRawUpdates

PAGE = "<html>Сервис недоступен</html>".encode("cp1251")
EMPTY = b'{"ok": true, "result": []}'


@pytest.fixture
async def said() -> list[web.Response]:
    return []


@pytest.fixture
async def bot(said: list[web.Response]) -> AsyncIterator[Bot]:
    async def answer(_request: web.Request) -> web.Response:
        return said.pop()

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(application) as server:
        bot = open_bot("1:" + "x" * 35, clock=ManualClock(), api_base=str(server.make_url("")))
        yield bot
        await bot.session.close()


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=no-such", "; charset=hex"])
async def test_a_page_whose_letters_cannot_be_read_is_a_fault_like_any_other(
    bot: Bot, said: list[web.Response], charset: str
) -> None:
    said.append(web.Response(status=502, body=PAGE, headers={"Content-Type": f"text/html{charset}"}))
    with pytest.raises(ClientDecodeError):
        await bot(GetRawUpdates())


async def test_an_answer_is_read_whatever_charset_it_names(bot: Bot, said: list[web.Response]) -> None:
    said.append(web.Response(body=EMPTY, headers={"Content-Type": "application/json; charset=base64"}))
    assert await bot(GetRawUpdates()) == []


@pytest.mark.parametrize("body", [b'{"ok": true}', b'{"ok": true, "result": null}', b'{"ok": "yes"}'])
async def test_a_success_without_a_result_is_a_fault(bot: Bot, said: list[web.Response], body: bytes) -> None:
    said.append(web.Response(body=body, headers={"Content-Type": "application/json"}))
    with pytest.raises(ClientDecodeError):
        await bot(GetRawUpdates())
