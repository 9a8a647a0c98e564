"""What a message is about: the words, the picture or the result before it, over the simulated Telegram."""

import pytest

from application.limits import UserLimits
from config.settings import Settings
from simulators.telegram import SentFile
from tests.support.telegram_journey import journey
from tests.support.telegram_simulator import picture

PHOTO = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")
VOICE = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg", duration=4)
CLIP = SentFile(data=b"\0\0\0\x18ftypisom", name="clip.mp4", mime="video/mp4", duration=4)


@pytest.mark.parametrize(("language", "words"), [("en", "make it winter"), ("ru", "сделай зиму")])
async def test_words_after_a_picture_belong_to_it(language: str, words: str) -> None:
    async with journey(language=language) as trip:
        first = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        offer = await trip.say(words)
        assert words in offer.words
        assert "🖼" in offer.words
        await trip.telegram.until(lambda: first.deleted)


@pytest.mark.parametrize(("language", "words"), [("en", "make it winter"), ("ru", "сделай зиму")])
async def test_a_picture_after_the_words_belongs_to_them(language: str, words: str) -> None:
    async with journey(language=language) as trip:
        first = await trip.say(words)
        offer = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        assert words in offer.words
        assert "🖼" in offer.words
        await trip.telegram.until(lambda: first.deleted)


async def test_a_second_picture_belongs_to_the_first() -> None:
    async with journey() as trip:
        await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        offer = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        assert "🖼 × 2" in offer.words


@pytest.mark.parametrize(
    ("language", "words", "use"), [("en", "let it say this", "Options"), ("ru", "пусть скажет это", "Параметры")]
)
async def test_a_recording_with_words_goes_with_the_picture_before_it(language: str, words: str, use: str) -> None:
    async with journey(language=language) as trip:
        first = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        offer = await trip.answer_to(trip.person.send_file(VOICE, caption=words))
        assert "🖼" in offer.words
        assert use in str(offer.buttons)
        await trip.telegram.until(lambda: first.deleted)


@pytest.mark.parametrize(("language", "words"), [("en", "remove the noise"), ("ru", "убери шум")])
async def test_a_recording_whose_words_have_no_use_for_the_picture_is_a_wish_of_its_own(
    language: str, words: str
) -> None:
    async with journey(language=language) as trip:
        await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        offer = await trip.answer_to(trip.person.send_file(VOICE, caption=words))
        assert "🖼" not in offer.words


@pytest.mark.parametrize(
    ("language", "words"), [("en", "make my character do this dance"), ("ru", "пусть она повторит этот танец")]
)
async def test_what_an_album_is_for_follows_from_all_of_its_files(language: str, words: str) -> None:
    async with journey(language=language) as trip:
        sent = trip.person.send_files([CLIP, PHOTO], caption=words)
        offer = await trip.answer_to(sent[-1])
        await trip.telegram.until(lambda: "Kling 2.6 Mot" in str(offer.buttons))


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [("en", "how much to animate this", "Bring the picture to life"), ("ru", "сколько стоит оживить фото", "Оживить")],
)
async def test_what_was_asked_the_price_of_can_be_had_with_the_photo_of_the_question(
    language: str, words: str, answer: str
) -> None:
    async with journey(language=language) as trip:
        said = await trip.answer_to(trip.person.send_file(PHOTO, caption=words))
        assert answer in said.words
        await trip.press(said, "Seedance 1.0 Pro Fast")
        assert "fox.jpg" in said.words or "photo.jpg" in said.words
        assert words not in said.words


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [("en", "how many credits do I have left", "5 left"), ("ru", "сколько у меня осталось кредитов", "осталось 5")],
)
async def test_a_question_for_the_balance_is_answered_with_it(language: str, words: str, answer: str) -> None:
    settings = Settings(user_limits=UserLimits(credits_per_day=5))
    async with journey(language=language, settings=settings) as trip:
        assert answer in (await trip.say(words)).words


async def test_words_for_a_picture_that_has_its_words_already_are_a_wish_of_their_own() -> None:
    async with journey() as trip:
        await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        await trip.say("make it winter")
        assert "🖼" not in (await trip.say("a red fox in snow")).words.splitlines()[0]


@pytest.mark.parametrize(
    ("language", "wish", "after"),
    [("en", "a red fox in snow", "now animate it"), ("ru", "нарисуй рыжую лису", "теперь оживи")],
)
async def test_words_after_a_result_work_on_it(language: str, wish: str, after: str) -> None:
    async with journey(language=language, driving=True) as trip:
        await trip.press(await trip.say(wish), "▶️")
        await trip.provider_rings()
        offer = await trip.say(after)
        assert "🖼" in offer.words
        assert after in offer.words


@pytest.mark.parametrize(
    ("language", "wish", "another"),
    [("en", "a red fox in snow", "write a song about rain"), ("ru", "нарисуй рыжую лису", "сочини песню про дождь")],
)
async def test_an_open_card_does_not_swallow_another_wish(language: str, wish: str, another: str) -> None:
    async with journey(language=language) as trip:
        card = await trip.say(wish)
        await trip.press(card, "Z-Image")
        before = card.words
        offer = await trip.say(another)
        assert another in offer.words
        assert card.words == before


@pytest.mark.parametrize(
    ("language", "words", "answer"),
    [
        ("en", "hi", "Hello!"),
        ("ru", "привет", "Привет!"),
        ("en", "thanks", "You're welcome!"),
        ("ru", "сколько стоит", "Цена стоит на каждой кнопке"),
        ("ru", "сколько стоит видео", "Сделать видео: ≈ "),
        ("en", "how much is a song", "Make music: "),
    ],
)
async def test_talk_is_answered_with_talk_and_nothing_can_be_bought_by_it(
    language: str, words: str, answer: str
) -> None:
    async with journey(language=language) as trip:
        said = await trip.say(words)
        assert answer in said.words
        assert not [button for row in said.buttons for button in row if str(button["text"]).startswith("▶️")]
        assert trip.rows == []


@pytest.mark.parametrize(("language", "use"), [("en", "Change the picture"), ("ru", "Изменить картинку")])
async def test_a_photo_alone_is_asked_about_before_anything_can_run(language: str, use: str) -> None:
    async with journey(language=language) as trip:
        offer = await trip.answer_to(trip.person.send_files([PHOTO])[-1])
        assert len(offer.buttons) <= 6
        assert not [button for row in offer.buttons for button in row if str(button["text"]).startswith("▶️")]
        [label] = [str(button["text"]) for row in offer.buttons for button in row if use in str(button["text"])]
        assert " · " in label
        await trip.press(offer, use)
        assert [button for row in offer.buttons for button in row if "GPT Ima" in str(button["text"])]
