"""Links into the bot, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest

from domain.model import Model, ModelId, model_key
from tests.support.registry import catalog
from tests.support.telegram_journey import Journey, journey


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


def an_alias() -> Model:
    return next(model for model in catalog().models() if model.is_alias)


def linked() -> list[tuple[str, str]]:
    """Names in links, and the titles of the models they mean."""
    alias = an_alias()
    meant, slashed = catalog().find(alias.id), next(model for model in catalog().models() if "/" in model.id)
    assert meant
    return [
        ("z-image", "Z-Image"),
        (model_key(ModelId("z-image")), "Z-Image"),
        (model_key(slashed.id), slashed.title),
        (model_key(alias.id), meant.title),
    ]


@pytest.mark.parametrize(("name", "title"), linked())
async def test_a_link_to_a_model_opens_its_card(trip: Journey, name: str, title: str) -> None:
    opened = await trip.say(f"/start m-{name}")
    assert opened.words.startswith(title)
    assert any("Run" in str(button["text"]) for row in opened.buttons for button in row)


async def test_a_link_to_a_model_no_one_has_says_so(trip: Journey) -> None:
    assert "do not have this model" in (await trip.say("/start m-nothing")).words


@pytest.mark.parametrize("payload", ["nonsense", "x-1", "m", "-"])
async def test_a_link_that_means_nothing_is_a_start_with_a_word(trip: Journey, payload: str) -> None:
    said = await trip.say(f"/start {payload}")
    assert "link does not work" in said.words
    assert (await trip.answer_to(said)).words.startswith("Hello!")


async def test_a_plain_start_says_nothing_of_links(trip: Journey) -> None:
    for text in ("/start", "/start hello"):
        assert (await trip.say(text)).words.startswith("Hello!")
