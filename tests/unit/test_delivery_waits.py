"""Between the end of a task and the chat: what the message says, and what is tried before a result is given up."""

from contextlib import AsyncExitStack

import pytest
from attrs import evolve

from adapters.fluent_texts import load_texts
from adapters.memory.trouble import Trouble
from adapters.telegram.bot.results.progress import progress_buttons, progress_text
from adapters.telegram.bot.results.under_result import link
from adapters.telegram.bot.words import words_for
from application.errors import MessengerUnavailable, ProviderUnavailable, ResultGone, ResultTooLarge, ResultUnavailable
from application.generating.renewed_links import RenewedLinks
from application.ports.media_provider import TaskSucceeded
from application.ports.messenger import Delivering, DeliveryTrouble, LinkReason
from domain.generation import GenerationState
from tests.support.core_fixture import World, wish
from tests.support.generations import PICTURE, a_generation, life_of


async def shown_and_links(world: World, *, for_s: float) -> tuple[list[Delivering], list[LinkReason | None]]:
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        await world.clock.advance(for_s)
    assert world.row(generation).state is GenerationState.DELIVERED
    shown = [progress for _, progress in world.messenger.progress if isinstance(progress, Delivering)]
    return shown, [why for delivery in world.messenger.deliveries for why in delivery.whys]


async def test_while_the_file_is_asked_for_again_the_message_says_so_and_then_why_a_link_comes() -> None:
    world = World()
    world.fetcher.on_fetch.add(*[Trouble(error=ResultUnavailable("HTTP 503"))] * 200)
    shown, links = await shown_and_links(world, for_s=700)
    assert {progress.trouble for progress in shown} == {DeliveryTrouble.FILE}
    assert all(0 <= progress.retry_s <= 60 for progress in shown)
    assert links == [LinkReason.NOT_READ]


async def test_while_the_chat_is_busy_the_message_says_so() -> None:
    world = World()
    world.messenger.on_deliver.add(*[Trouble(error=MessengerUnavailable("flood", retry_after_s=30))] * 2)
    shown, links = await shown_and_links(world, for_s=200)
    assert {progress.trouble for progress in shown} == {DeliveryTrouble.CHAT}
    assert links == [None]


@pytest.mark.parametrize(
    ("error", "why"), [(ResultGone("404"), LinkReason.GONE), (ResultTooLarge("60 MB"), LinkReason.TOO_LARGE)]
)
async def test_a_link_comes_with_its_real_reason(error: Exception, why: LinkReason) -> None:
    world = World()
    world.fetcher.on_fetch.add(Trouble(error=error))
    assert (await shown_and_links(world, for_s=200))[1] == [why]


@pytest.mark.parametrize("first", [ResultGone("404"), ResultUnavailable("HTTP 403")])
async def test_a_link_that_ran_out_is_renewed_by_the_provider(first: Exception) -> None:
    world = World()
    world.fetcher.on_fetch.add(Trouble(error=first))
    renewed = RenewedLinks(world.fetcher, world.provider)
    async with AsyncExitStack() as stack:
        file = await stack.enter_async_context(renewed.fetch("https://results.example/a.png", limit_bytes=9_999_999))
        assert file.size_bytes > 0


async def test_without_another_link_the_first_fault_is_reported() -> None:
    world = World()
    world.fetcher.on_fetch.add(Trouble(error=ResultGone("404")))
    world.provider.on_download_link.add(Trouble(error=ProviderUnavailable("away")))
    with pytest.raises(ResultGone):
        async with RenewedLinks(world.fetcher, world.provider).fetch(PICTURE.url or "", limit_bytes=9):
            pass


async def test_a_dead_link_is_looked_up_again_before_the_result_is_given_up() -> None:
    world = World()
    world.fetcher.on_fetch.add(Trouble(error=ResultUnavailable("HTTP 403")))
    instance = world.instance()
    async with world.leading(instance):
        generation = await instance.request_generation()(wish())
        while not world.row(generation).results:
            await world.clock.advance(1)
        (task,) = world.provider.tasks.values()
        (dead,) = world.row(generation).results
        fresh = evolve(dead, url="https://results.example/signed-again.png")
        world.fetcher.files[dead.url or ""] = None
        world.provider.tasks[task.id] = evolve(task, end=TaskSucceeded(results=(fresh,)))
        await world.clock.advance(60)
    assert world.row(generation).state is GenerationState.DELIVERED
    assert [why for delivery in world.messenger.deliveries for why in delivery.whys] == [None]
    assert world.fetcher.fetched[-1] == fresh.url


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_button_stands_where_nothing_can_be_stopped_and_a_dead_link_is_not_promised(language: str) -> None:
    words = words_for(load_texts(), language)
    delivering = life_of(a_generation())[-2]
    assert delivering.state is GenerationState.DELIVERING
    assert progress_buttons(delivering, words) == []
    for trouble in DeliveryTrouble:
        assert "30" in progress_text(Delivering(trouble=trouble, retry_s=30.0), "Model", words)
    for why in LinkReason:
        assert ("href" in link(delivering, PICTURE, words, why)) is (why is not LinkReason.GONE)
