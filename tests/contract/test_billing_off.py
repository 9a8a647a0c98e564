"""While nothing is sold, no one hears of money: by no command, menu, text, page or answer of any door."""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from domain.generation import UserId
from tests.support.generations import ANN
from tests.support.studio import Studio
from tests.support.telegram_journey import Journey, journey
from tests.support.tills import till

ADMIN: Final = UserId("telegram:100001")
MONEY: Final = re.compile(
    r"/buy|/balance|/paysupport|/terms|/promo|/invite|\bStars?\b|⭐️|top up|Top up|paid|payment|purchase|subscri|refund|"
    r"звёзд|оплат|плат[её]ж|покуп|пополн|подписк|возврат",
    re.IGNORECASE,
)
SAID: Final = ("a red fox in snow", "/start", "/help", "/settings", "/models", "/history", "/presets", "/privacy")
COMMANDS: Final = (
    "/buy",
    "/balance",
    "/paysupport",
    "/terms",
    "/promo SUMMER",
    "/invite",
    "/admin books",
    "/admin refund x",
)


def _labels(scene: Journey) -> Iterator[str]:
    for message in scene.chat.messages.values():
        yield from (str(button["text"]) for row in message.buttons for button in row)


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_the_chat_says_nothing_of_money(language: str) -> None:
    async with journey(language=language, admins=[ADMIN]) as scene:
        for words in (*SAID, "/admin"):
            said = (await scene.say(words)).words
            assert not MONEY.search(said), (words, said)
        assert not [label for label in _labels(scene) if MONEY.search(label)]
        menus = [bot.commands.values() for bot in scene.telegram.bots.values()]
        named = {f"/{each['command']} {each['description']}" for scopes in menus for scope in scopes for each in scope}
        assert [each for each in named if each.startswith("/privacy ")]  # a right that has nothing to do with money
        assert "/privacy" in (await scene.say("/help")).words
        assert not [each for each in named if MONEY.search(each)]


async def test_help_names_the_ways_to_credits_only_where_they_are_sold() -> None:
    async with till() as shop:
        said = (await shop.scene.say("/help")).words
        assert all(command in said for command in ("/buy", "/balance", "/promo", "/paysupport"))
        assert "$" not in said
        assert "/terms" in (await shop.scene.say("/buy")).words
        assert "What you paid" in (await shop.scene.say("/privacy")).words


async def test_no_command_about_money_does_anything() -> None:
    async with journey(admins=[ADMIN]) as scene:
        for command in COMMANDS:
            said = (await scene.say(command)).words
            assert not MONEY.search(said.replace(command.partition(" ")[0], "")), (command, said)
        assert (await scene.generations.ledger.totals()).by_kind == {}


async def test_the_studio_says_nothing_of_money() -> None:
    async with Studio().serving() as studio, studio.browser(ANN) as browser:
        for path in ("", "/library", "/models", "/presets", "/account", "/desk"):
            page = await (await browser.get(f"/studio{path}")).text()
            text = re.sub(r"<[^>]+>", " ", page)
            assert not MONEY.search(text), (path, MONEY.search(text))
            assert "/desk/money" not in page
