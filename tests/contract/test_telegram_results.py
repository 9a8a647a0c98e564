"""The buttons under results, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest
from attrs import evolve

from adapters.telegram.api.markup import units
from adapters.telegram.api.screens import HALF_LIMIT
from adapters.telegram.bot.results.kept import kept_results
from application.drafts.fill_draft import files_in
from application.ports.media_provider import TaskFailed
from application.ports.price_book import BookPrice
from config.settings import Settings
from domain.failure import Failure, FailureKind
from domain.generation import Generation
from domain.model import ModelId
from domain.price_feed import FeedPrice
from simulators.telegram import FileKind as Shown
from simulators.telegram import Message
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels

LANGUAGES = [("en", "Run", "Once more"), ("ru", "Запустить", "Ещё раз")]


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey(driving=True) as running:
        yield running


async def made(trip: Journey, line: str) -> Message:
    """The message that brings what this command makes."""
    before = len(trip.rows)
    trip.person.say(f"/generate {line}")
    await trip.provider_rings(after=before)
    return next(message for message in reversed(trip.chat.messages.values()) if message.media)


@pytest.mark.parametrize(("language", "run", "again"), LANGUAGES)
async def test_once_more_is_one_press_with_the_same_values(language: str, run: str, again: str) -> None:
    async with journey(driving=True, language=language) as trip:
        result = await made(trip, "z-image a red fox aspect_ratio=16:9")
        assert len(result.buttons) == 3
        assert await trip.press(result, again)
        assert trip.rows[1].input == trip.rows[0].input
        assert not [label for label in labels(result) if run in label]


async def test_a_double_tap_on_once_more_buys_one(trip: Journey) -> None:
    result = await made(trip, "z-image a red fox")
    assert await trip.press(result, "Once more") == await trip.press(result, "Once more")
    assert len(trip.rows) == 2


async def test_another_take_has_another_seed_and_is_one_press(trip: Journey) -> None:
    result = await made(trip, "qwen/text-to-image a red fox seed=7")
    await trip.press(result, "Another take")
    assert trip.rows[1].input.keys() == trip.rows[0].input.keys()
    assert trip.rows[1].input["seed"] != trip.rows[0].input["seed"]


async def test_a_model_without_a_seed_offers_no_other_take(trip: Journey) -> None:
    assert "Another take" not in "".join(labels(await made(trip, "z-image a red fox")))


async def test_another_prompt_is_asked_for_and_keeps_the_rest(trip: Journey) -> None:
    result = await made(trip, "z-image a red fox aspect_ratio=16:9")
    await trip.press(result, "Prompt")
    card = await trip.answer_to(result)
    trip.person.say("a blue hare")
    await trip.telegram.until(lambda: "a blue hare" in card.words)
    await trip.press(card, "Run")
    assert trip.rows[1].input == {**trip.rows[0].input, "prompt": "a blue hare"}


async def test_other_options_open_the_card_with_the_same_values(trip: Journey) -> None:
    result = await made(trip, "z-image a red fox aspect_ratio=16:9")
    await trip.press(result, "Options")
    card = await trip.answer_to(result)
    assert "16:9" in card.words
    assert "a red fox" in card.words


async def test_next_steps_are_what_the_registry_can_do_with_such_a_result(trip: Journey) -> None:
    result = await made(trip, "z-image a red fox")
    assert "🎬 Animate" in labels(result)
    await trip.press(result, "⋯")
    assert {"🔍 Upscale", "✂️ Remove background", "🖌 Edit", "🎬 Animate"} <= set(labels(result))
    await trip.press(result, "Remove background")
    card = await trip.answer_to(result)
    assert "Recraft" in card.words
    await trip.press(card, "Run")
    assert trip.rows[1].model_id == "recraft/remove-background"


async def test_a_step_with_several_models_lets_choose_among_them(trip: Journey) -> None:
    result = await made(trip, "z-image a red fox")
    await trip.press(result, "Animate")
    offer = await trip.answer_to(result)
    assert "Choose a model" in offer.words
    await trip.press(offer, labels(offer)[0])
    assert "🖼" in offer.words


async def test_a_task_is_continued_by_its_id_and_no_one_types_it(trip: Journey) -> None:
    result = await made(trip, "grok-imagine/text-to-video a red fox runs")
    await trip.press(result, "Grok Imagine Video Upscale")
    card = await trip.answer_to(result)
    await trip.press(card, "Run")
    assert trip.rows[1].model_id == "grok-imagine/upscale"
    assert trip.rows[1].input["task_id"] == trip.rows[0].task_id


async def test_the_same_by_another_model_is_distinguished_from_what_continues_the_task(trip: Journey) -> None:
    result = await made(trip, "grok-imagine/text-to-video a red fox runs")
    assert ["⏩ Grok Imagine Video Extend"] in [[one["text"] for one in row] for row in result.buttons]
    await trip.press(result, "⋯")
    paired = [str(one["text"]) for row in result.buttons[:-1] if len(row) > 1 for one in row]
    assert max(map(units, paired)) <= HALF_LIMIT
    assert {"⏩ Extend: another model", "🔍 Upscale: another model"} <= set(labels(result))
    assert len(set(labels(result))) == len(labels(result))


async def test_the_original_comes_as_a_file(trip: Journey) -> None:
    result = await made(trip, "z-image a red fox")
    await trip.press(result, "⋯")
    await trip.press(result, "Original file")
    original = await trip.answer_to(result)
    assert original.media
    assert original.media.kind is Shown.DOCUMENT


async def test_what_came_as_a_file_has_no_other_original(trip: Journey) -> None:
    settings = await trip.say("/settings")
    await trip.press(settings, "uncompressed")
    result = await made(trip, "z-image a red fox")
    await trip.press(result, "⋯")
    assert not [label for label in labels(result) if "Original" in label]


@pytest.mark.parametrize(("language", "said"), [("en", "keeps files for 14 days"), ("ru", "хранит файлы 14 дней")])
async def test_an_original_that_is_gone_is_reported(language: str, said: str) -> None:
    async with journey(driving=True, language=language) as trip:
        result = await made(trip, "z-image a red fox")
        trip.fetcher.files[str(trip.rows[0].results[0].url)] = None
        await trip.press(result, "⋯")
        await trip.press(result, "⬇️")
        assert said in (await trip.answer_to(result)).words


async def test_a_model_becomes_a_favourite_and_is_none_any_more(trip: Journey) -> None:
    result = await made(trip, "z-image a red fox")
    await trip.press(result, "⋯")
    await trip.press(result, "⭐")
    assert (await trip.preferences.get(trip.rows[0].user)).favourites == ("z-image",)
    await trip.press(result, "No favourite")
    assert (await trip.preferences.get(trip.rows[0].user)).favourites == ()
    await trip.press(result, "Back")
    assert "🔁 Once more · 0.8 cr" in labels(result)


@pytest.mark.parametrize(("language", "run", "again"), LANGUAGES)
async def test_what_is_dear_is_asked_about_once(language: str, run: str, again: str) -> None:
    async with journey(driving=True, language=language, settings=Settings(confirm_credits=0.5)) as trip:
        card = await trip.say("/generate z-image a red fox")
        assert "💰" in card.words
        assert trip.rows == []
        await trip.press(card, run)
        await trip.provider_rings()
        result = next(message for message in trip.chat.messages.values() if message.media)
        await trip.press(result, again)
        confirmed = await trip.answer_to(result)
        assert "💰" in confirmed.words
        assert len(trip.rows) == 1
        await trip.press(confirmed, run)
        assert len(trip.rows) == 2


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "The price has risen: it was 0.8 credits, now it is 2 credits."),
        ("ru", "Цена выросла: была 0,8 кредита, теперь 2 кредита."),
    ],
)
async def test_a_price_that_rose_after_it_was_shown_is_asked_about_as_such(language: str, asked: str) -> None:
    async with journey(language=language) as trip:
        offer = await trip.say("a red fox in snow")
        raised = FeedPrice(model=ModelId("z-image"), place=0, credits=2.0, row="")
        trip.graph.quote_price().use([BookPrice(price=raised, read_at=trip.clock.now())])
        await trip.press(offer, "▶️ 💰")
        assert asked in offer.words
        assert trip.rows == []


@pytest.mark.parametrize(("language", "reported"), [("en", "can still cost up to"), ("ru", "может стоить до")])
async def test_who_stops_waiting_is_informed_of_the_cost_and_still_gets_the_result(
    language: str, reported: str
) -> None:
    async with journey(driving=True, language=language) as trip:
        progress = await trip.say("/generate qwen/text-to-image a red fox image_size=square_hd")
        await trip.toast(trip.person.press_data(progress, f"g:{trip.rows[0].id}:stop").id)
        assert reported in progress.words
        assert progress.buttons == []
        await trip.provider_rings()
        result = next(message for message in trip.chat.messages.values() if message.media)
        assert trip.telegram.log.of("sendPhoto")[0].parameters["disable_notification"] == "true"
        assert await trip.toast(trip.person.press_data(result, f"g:{trip.rows[0].id}:stop").id)
        assert progress.deleted


async def test_cancelling_too_late_offers_to_stop_waiting_and_leaves_one_message(trip: Journey) -> None:
    trip.provider.run_time_s = 600
    progress = await trip.say("/generate z-image a red fox")
    await trip.running()
    reported = await trip.say("/cancel")
    await trip.press(reported, "Stop waiting")
    assert "can still cost" in reported.words
    assert progress.deleted


async def test_captions_say_the_options_and_unchecked_results_hide_behind_a_spoiler(trip: Journey) -> None:
    result = await made(trip, "z-image a red fox aspect_ratio=16:9 nsfw_checker=false")
    assert "Aspect ratio: 16:9" in result.words
    assert result.spoiler


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        (FailureKind.GENERATION_FAILED, "🔁 Once more · 0.8 cr"),
        (FailureKind.CONTENT_REFUSED, "✏️ Prompt"),
        (FailureKind.CONTENT_REFUSED, "🔀 Another model"),
        (FailureKind.INPUT_REJECTED, "⚙️ Options"),
        (FailureKind.INPUT_REJECTED, "🔀 Another model"),
        (FailureKind.MODEL_UNAVAILABLE, "🔀 Another model"),
    ],
)
async def test_bad_news_comes_with_a_button_for_each_thing_it_advises(
    trip: Journey, kind: FailureKind, label: str
) -> None:
    trip.provider.outcomes.append(TaskFailed(failure=Failure(kind=kind)))
    trip.person.say("/generate z-image a red fox")
    await trip.provider_rings()
    news = next(message for message in trip.chat.messages.values() if "Z-Image" in message.words)
    assert label in labels(news)
    before = len(trip.rows)
    await trip.press(news, label)
    is_again = label.startswith("🔁 Once more")
    assert len(trip.rows) == before + is_again
    if not is_again:
        assert "a red fox" in (await trip.answer_to(news)).words


def with_dead_files(trip: Journey) -> Generation:
    """The row of the only generation, whose files another bot sent."""
    row = trip.rows[0]
    dead = [evolve(receipt, file_ids=("AgACAgIAAxkBAAIdead",)) for receipt in row.receipts]
    trip.generations.rows[row.id] = evolve(row, receipts=tuple(dead))
    return trip.generations.rows[row.id]


async def shown_again(trip: Journey, row: Generation) -> Message:
    """What comes for the button of the history."""
    page = await trip.say("/history")
    before = set(trip.chat.messages)
    await trip.toast(trip.person.press_data(page, f"g:{row.id}:show").id)
    (came,) = [message for number, message in trip.chat.messages.items() if number not in before]
    return came


async def test_a_file_that_telegram_does_not_know_any_more_is_sent_again_once_and_known_from_then_on(
    trip: Journey,
) -> None:
    await made(trip, "z-image a red fox")
    row = with_dead_files(trip)
    fetched = len(trip.fetcher.fetched)

    assert (await shown_again(trip, row)).media
    assert (await shown_again(trip, row)).media

    assert len(trip.fetcher.fetched) == fetched + 1
    assert kept_results(trip.rows[0])[0].file_id != "AgACAgIAAxkBAAIdead"


async def test_what_is_made_of_a_result_takes_our_own_copy_where_telegram_does_not_know_the_file() -> None:
    async with journey(driving=True, keeps=True) as trip:
        result = await made(trip, "z-image a red fox")
        with_dead_files(trip)
        await trip.press(result, "⋯")
        await trip.press(result, "Remove background")
        assert "🖼" in (await trip.answer_to(result)).words
        [draft] = trip.drafts.drafts.values()
        assert [file.keeper for file in files_in(draft.values)] == ["media"]
        assert not kept_results(trip.rows[0])


async def test_the_original_comes_from_our_own_copy_where_kie_has_none_any_more() -> None:
    async with journey(driving=True, keeps=True) as trip:
        result = await made(trip, "z-image a red fox")
        trip.fetcher.files[str(trip.rows[0].results[0].url)] = None
        await trip.press(result, "⋯")
        await trip.press(result, "Original file")
        assert (await trip.answer_to(result)).media


async def test_a_file_that_is_gone_everywhere_is_said_to_be_gone_and_not_asked_of_telegram_again(trip: Journey) -> None:
    await made(trip, "z-image a red fox")
    row = with_dead_files(trip)
    trip.fetcher.files[str(row.results[0].url)] = None

    for _ in range(2):
        assert "neither Telegram, nor I, nor KIE" in (await shown_again(trip, row)).words

    assert not kept_results(trip.rows[0])


async def test_a_result_that_went_as_a_link_is_never_promised_once_its_link_is_dead(trip: Journey) -> None:
    await made(trip, "z-image a red fox")
    row = trip.rows[0]
    trip.generations.rows[row.id] = evolve(row, receipts=tuple(evolve(r, file_ids=()) for r in row.receipts))
    trip.fetcher.files[str(row.results[0].url)] = None

    assert "neither Telegram, nor I, nor KIE" in (await shown_again(trip, row)).words
