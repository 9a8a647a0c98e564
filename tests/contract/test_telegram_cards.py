"""What a card knows and asks, over the simulated Telegram."""

from collections.abc import AsyncIterator

import pytest

from domain.generation import UserId
from domain.model import ModelId, model_key
from simulators.telegram import Message, SentFile
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_simulator import labels, picture

PHOTO = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")


@pytest.fixture
async def trip() -> AsyncIterator[Journey]:
    async with journey() as running:
        yield running


async def shows(trip: Journey, message: Message, words: str) -> None:
    await trip.telegram.until(lambda: words in message.words)


@pytest.mark.parametrize(
    ("language", "last", "run"), [("en", "As last time", "Run"), ("ru", "Как в прошлый", "Запуст")]
)
async def test_as_last_time_is_one_press_and_keeps_the_new_words(language: str, last: str, run: str) -> None:
    async with journey(language=language) as trip:
        first = await trip.card("Z-Image", "a red fox")
        assert not [label for label in labels(first) if last in label]
        await trip.press(first, "✖")
        trip.person.say("/generate z-image a fox aspect_ratio=16:9")
        await trip.accepted()
        second = await trip.card("Z-Image", "a grey cat in snow")
        await trip.press(second, last)
        assert "16:9" in second.words
        assert not [label for label in labels(second) if last in label]
        await trip.press(second, run)
        assert trip.rows[1].input == {**trip.rows[0].input, "prompt": "a grey cat in snow"}


@pytest.mark.parametrize(
    ("language", "shape", "change", "sound", "no_setting"),
    [
        ("en", "vertical", "make it blue", "with sound", "has no setting for sound"),
        ("ru", "вертикально", "и сделай её синей", "со звуком", "звук — здесь это не настраивается"),
    ],
)
async def test_a_stated_value_and_a_change_leave_the_words_on_the_card(
    language: str, shape: str, change: str, sound: str, no_setting: str
) -> None:
    async with journey(language=language) as trip:
        opened = await trip.card("Z-Image", "a red fox")
        trip.person.say(shape)
        await shows(trip, opened, "9:16")
        assert "a red fox" in opened.words
        trip.person.say(change)
        await shows(trip, opened, f"a red fox, {change}")
        assert no_setting in (await trip.say(sound)).words
        await trip.press(opened, "▶️")
        assert trip.rows[0].input["prompt"] == f"a red fox, {change}"
        assert trip.rows[0].input["aspect_ratio"] == "9:16"


async def test_an_admin_sees_what_is_left_on_the_account_and_others_do_not(trip: Journey) -> None:
    assert "left on the KIE account" not in (await trip.card("Z-Image", "a red fox")).words
    async with journey(admins=[UserId("telegram:100001")]) as admins:
        assert "1,000 credits left on the KIE account" in (await admins.card("Z-Image", "a red fox")).words


async def test_the_star_of_a_card_makes_a_favourite(trip: Journey) -> None:
    opened = await trip.card("Z-Image", "a red fox")
    assert "is a favourite now" in await trip.press(opened, "☆")
    assert "is no favourite" in await trip.press(opened, "⭐")
    assert "☆" in labels(opened)


async def test_a_model_that_continues_a_task_takes_the_newest_that_fits_and_lets_choose_another() -> None:
    async with journey(driving=True) as trip:
        for words in ("a red fox runs", "a blue hare runs"):
            before = len(trip.rows)
            trip.person.say(f"/generate grok-imagine/text-to-video {words}")
            await trip.provider_rings(after=before)
        opened = await trip.say("/generate grok-imagine/upscale")
        assert "a blue hare runs" in opened.words
        await trip.press(opened, "Earlier task")
        await trip.press(opened, "a red fox runs")
        await trip.press(opened, "Run")
        await trip.accepted(3)
        assert trip.rows[2].input["task_id"] == trip.rows[0].task_id


async def test_a_model_that_continues_a_task_says_so_where_there_is_none(trip: Journey) -> None:
    opened = await trip.say("/generate grok-imagine/upscale")
    assert "takes a finished result further" in opened.words
    await trip.press(opened, "Earlier task")
    assert "nothing to take further yet" in opened.words


async def test_a_long_prompt_that_telegram_cut_is_whole_again_on_a_card_and_in_an_offer(trip: Journey) -> None:
    parts = [
        "fox " * 1024,
        "hare " * 100,
    ]
    opened = await trip.card("Nano Banana 2", "a red fox")
    for part in parts:
        trip.person.say(part)
    await trip.telegram.until(lambda: len(trip.chat.messages) > 3)
    await trip.press(opened, "Run")
    assert str(trip.rows[0].input["prompt"]).split() == ["fox"] * 1024 + ["hare"] * 100
    first = trip.person.say(parts[0])
    trip.person.say(parts[1])
    offer = await trip.answer_to(first)
    await trip.press(offer, "Nano Banana 2")
    await trip.press(offer, "Run")
    assert str(trip.rows[1].input["prompt"]).split() == ["fox"] * 1024 + ["hare"] * 100


@pytest.mark.parametrize(("language", "said"), [("en", "takes only 1 such file"), ("ru", "принимает только 1")])
async def test_photos_beyond_what_the_card_takes_are_reported_once_and_the_first_stays(
    language: str, said: str
) -> None:
    async with journey(language=language) as trip:
        opened = await trip.say("/generate recraft/crisp-upscale")
        trip.person.send_files([PHOTO] * 3)
        await trip.telegram.until(lambda: any(said in words for words in trip.words()))
        await trip.press(opened, "▶️")
        assert len(trip.rows) == 1
        assert sum(said in words for words in trip.words()) == 1


async def test_more_files_than_any_model_of_the_task_takes_are_reported_and_nothing_runs_with_one_tap(
    trip: Journey,
) -> None:
    offer = await trip.answer_to(trip.person.send_files([PHOTO] * 3, caption="upscale these photos")[-1])
    await trip.telegram.until(lambda: "× 3" in offer.words)
    assert not any(label.startswith("▶️") for label in labels(offer))
    assert "1 of 3 are in" in await trip.press(offer, "Crisp Upscale")


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ("Dialogue", "Add", "Voice", "Run")), ("ru", ("Диалог", "Добавить", "Голос", "Запустить"))],
)
async def test_a_list_of_groups_is_filled_by_pressing_and_writing(language: str, names: tuple[str, ...]) -> None:
    dialogue, add, voice, run = names
    async with journey(language=language) as trip:
        opened = await trip.say("/generate elevenlabs/text-to-dialogue-v3")
        for line in ("Hello there", "Who is it?", "Nobody"):
            for label in (dialogue, add, voice):
                await trip.press(opened, label)
            await trip.press(opened, labels(opened)[0])
            trip.person.say(line)
            await shows(trip, opened, line)
            await trip.press(opened, "⬅")
            await trip.press(opened, "⬅")
        for label in (dialogue, "3. ", "🗑", "⬅", run):
            await trip.press(opened, label)
        lines = trip.rows[0].input["dialogue"]
        assert isinstance(lines, list)
        assert [each["text"] for each in lines] == ["Hello there", "Who is it?"]
        assert all(each["voice"] for each in lines)


async def test_json_is_taken_where_a_list_is_asked_for_and_shown_as_its_items(trip: Journey) -> None:
    opened = await trip.say(f"/start m-{model_key(ModelId('kling-3.0/video'))}")
    await trip.press(opened, "Shot by shot")
    trip.person.say('[{"prompt": "a fox", "duration": 3}]')
    await trip.telegram.until(lambda: "× 1" in opened.words)
    await trip.press(opened, "Shot by shot")
    assert labels(opened)[0].startswith("1. a fox")
    await trip.press(opened, "1. a fox")
    await trip.press(opened, "Length")
    trip.person.say("5")
    await trip.telegram.until(lambda: "Length, s: 5" in opened.words)


async def test_files_go_into_the_item_that_is_open(trip: Journey) -> None:
    opened = await trip.say("/generate pixverse-v6/reference-to-video")
    await trip.press(opened, "Reference pictures")
    await trip.press(opened, "Add")
    trip.person.send_file(PHOTO)
    await trip.telegram.until(lambda: "🖼" in opened.words)
    await trip.press(opened, "⬅")
    assert labels(opened)[0].startswith("1. 🖼")


@pytest.mark.parametrize(
    ("language", "hint"), [("en", "by answering this message"), ("ru", "отвечайте на это сообщение")]
)
async def test_in_a_group_a_card_asks_for_answers_and_takes_them(language: str, hint: str) -> None:
    async with journey(language=language) as trip:
        group = trip.telegram.add_group("Foxes", [trip.person])
        opened = await trip.answer_to(trip.person.say("/generate z-image", group))
        assert hint in opened.words
        trip.person.say("a blue hare", group, reply_to=opened)
        await shows(trip, opened, "a blue hare")
        await trip.press(opened, "▶️")
        assert trip.rows[0].input["prompt"] == "a blue hare"
        assert trip.rows[0].destination.chat == str(group.id)
