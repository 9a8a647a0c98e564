"""What people want every day, done by a person in the simulated Telegram, every message and press counted."""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from attrs import define, field, frozen

from adapters.telegram.api.markup import units
from adapters.telegram.bot.menus.model_label import ROW_LIMIT
from domain.model import Model, ModelType
from domain.parameter_roles import seed_parameter
from domain.use import task_types
from simulators.telegram import Message, SentFile
from tests.support.registry import catalog
from tests.support.telegram_journey import TEXTS, Journey, journey
from tests.support.telegram_simulator import picture

PHOTO: Final = SentFile(data=picture(), name="photo.jpg", mime="image/jpeg")
VOICE: Final = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg", duration=4)
AT_ONCE: Final = "▶️ "
SIGNS: Final = re.compile(r"^\W+")
"""What stands before a model's name in a button."""
SHOWN_ROWS: Final = 6


@define
class Hands:
    """Does what a person does, and counts it."""

    trip: Journey
    actions: list[str] = field(factory=list)

    async def say(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Write, and see what the bot answers."""
        self.actions.append(f"✍️ {text}")
        return await self.trip.say(text, reply_to=reply_to)

    async def send(self, file: SentFile, caption: str = "", *, reply_to: Message | None = None) -> Message:
        """Send a file, and see what the bot answers."""
        sign = "🎤" if file is VOICE else "🖼"
        self.actions.append(f"{sign} {caption}".strip())
        return await self.trip.answer_to(self.trip.person.send_file(file, caption=caption, reply_to=reply_to))

    async def follow(self, payload: str) -> Message:
        """Open a link to the bot, and see what it answers."""
        self.actions.append("🔗 the link")
        return await self.trip.say(f"/start {payload}")

    async def press(self, message: Message, label: str) -> None:
        """Press the button that is called so."""
        self.actions.append(f"👆 {label}")
        await self.trip.press(message, label)

    async def run(self, offer: Message, type_: ModelType) -> None:
        """Press the button that begins this task at once. A phone shows the whole offer, with its prices."""
        labels = [str(button["text"]) for row in offer.buttons for button in row]
        assert len(offer.buttons) <= SHOWN_ROWS, labels
        assert all(units(each) <= ROW_LIMIT for each in labels if " · " in each), labels
        titles = [model.short_title for model in catalog().offered() if type_ in task_types(model)]
        names = {each: SIGNS.sub("", each.rpartition(" · ")[0]) for each in labels if each.startswith(AT_ONCE)}
        found = [each for each, name in names.items() if any(_is_name_of(title, name) for title in titles)]
        assert found, f"nothing begins {type_} at once among {labels}"
        await self.press(offer, found[0])


@frozen(kw_only=True)
class GenerationRequest:
    """``before`` brings about what the wish speaks of, uncounted; ``act`` ends when the bot has taken it on."""

    name: str
    language: str
    act: Callable[[Hands, Message], Awaitable[None]]
    makes: ModelType
    before: Callable[[Journey], Awaitable[Message]] = lambda trip: trip.say("/start")


@frozen(kw_only=True)
class Counted:
    """What a wish took, and how many messages of the bot are in the chat for it when its result has come."""

    wish: GenerationRequest
    actions: Sequence[str]
    model: Model
    messages: int


def _is_name_of(title: str, name: str) -> bool:
    """Whether a button's name is the title, or its words shortened."""
    return re.fullmatch(re.escape(name).replace("…", "\\S*"), title) is not None


async def count(wish: GenerationRequest) -> Counted:
    """Fulfil it once, on the simulators.

    Raises:
        AssertionError: the bot did not offer it, or did something else.
    """
    async with journey(language=wish.language, driving=True) as trip:
        hands = Hands(trip)
        begun = await wish.before(trip)
        tasks, said = len(trip.rows), len(trip.words())
        await wish.act(hands, begun)
        row = await trip.provider_rings(after=tasks)
        model = catalog().entry(row.model_id)
        assert model is not None
        assert wish.makes in task_types(model), (wish.name, model.id)
        return Counted(wish=wish, actions=hands.actions, model=model, messages=len(trip.words()) - said)


async def _result(trip: Journey, line: str = "z-image a red fox") -> Message:
    trip.person.say(f"/generate {line}")
    await trip.provider_rings()
    return next(message for message in reversed(trip.chat.messages.values()) if message.media)


async def _result_with_a_seed(trip: Journey) -> Message:
    with_seed = next(
        model for model in catalog().models() if model.type is ModelType.TEXT_TO_IMAGE and seed_parameter(model)
    )
    return await _result(trip, f"{with_seed.id} рыжая лиса")


async def _photo_of_a_face(trip: Journey) -> Message:
    sent = trip.person.send_file(PHOTO)
    await trip.answer_to(sent)
    return sent


async def _preset_link(trip: Journey) -> Message:
    """Someone else keeps a card and shares it; gives the message with the link."""
    friend = trip.of(trip.telegram.add_person("Olga"))
    card = await friend.say("a red fox in snow")
    await friend.press(card, "Z-Image")
    await friend.press(card, "💾")
    friend.person.say("Winter fox")
    await friend.telegram.until(lambda: "“Winter fox”" in card.words)
    listed = await friend.say("/presets")
    for label in ("✏️", "Winter fox", "Share"):
        await friend.press(listed, label)
    return listed


def _words(text: str, makes: ModelType) -> Callable[[Hands, Message], Awaitable[None]]:
    async def act(hands: Hands, _: Message) -> None:
        await hands.run(await hands.say(text), makes)

    return act


def _photo(caption: str, makes: ModelType) -> Callable[[Hands, Message], Awaitable[None]]:
    async def act(hands: Hands, _: Message) -> None:
        await hands.run(await hands.send(PHOTO, caption), makes)

    return act


def _reply(text: str, makes: ModelType) -> Callable[[Hands, Message], Awaitable[None]]:
    async def act(hands: Hands, said: Message) -> None:
        await hands.run(await hands.say(text, reply_to=said), makes)

    return act


async def _clean_up(hands: Hands, _: Message) -> None:
    await hands.run(await hands.send(VOICE, "remove the noise"), ModelType.AUDIO_TO_AUDIO)


async def _lend_a_voice(hands: Hands, face: Message) -> None:
    await hands.run(await hands.send(VOICE, reply_to=face), ModelType.LIP_SYNC)


async def _animate_result(hands: Hands, result: Message) -> None:
    await hands.press(result, TEXTS.text("tg-step-image_to_video", "en"))
    await hands.run(await hands.trip.answer_to(result), ModelType.IMAGE_TO_VIDEO)


def _pressed(key: str, language: str) -> Callable[[Hands, Message], Awaitable[None]]:
    async def act(hands: Hands, result: Message) -> None:
        await hands.press(result, TEXTS.text(key, language))

    return act


async def _open_preset(hands: Hands, shared: Message) -> None:
    payload = re.search(r"\?start=([\w-]+)", shared.words)
    assert payload, shared.words
    await hands.press(await hands.follow(payload[1]), "▶️")


WORDS: Final = (
    ("fox", "en", "a fox in a raincoat, watercolour", ModelType.TEXT_TO_IMAGE),
    ("логотип", "ru", "логотип кофейни с совой", ModelType.TEXT_TO_IMAGE),
    ("phone wallpaper", "en", "phone wallpaper with northern lights", ModelType.TEXT_TO_IMAGE),
    ("открытка", "ru", "открытка бабушке на день рождения", ModelType.TEXT_TO_IMAGE),
    ("a named picture model", "en", "nano banana 2 a poster for a jazz night", ModelType.TEXT_TO_IMAGE),
    ("не видео, а картинка", "ru", "не видео, а картинку: воздушный шар над горами", ModelType.TEXT_TO_IMAGE),
    ("a film, ten seconds", "en", "a video of a surfer on a huge wave, 10 seconds", ModelType.TEXT_TO_VIDEO),
    ("вертикальное видео со звуком", "ru", "вертикальное видео со звуком: дождь в лесу", ModelType.TEXT_TO_VIDEO),
    ("a named film model", "en", "kling 3 a train crossing a bridge", ModelType.TEXT_TO_VIDEO),
    ("вео фаст", "ru", "веофаст кот печёт блины", ModelType.TEXT_TO_VIDEO),
    ("мультик", "ru", "мультик про ежа и облако", ModelType.TEXT_TO_VIDEO),
    ("a song for someone", "en", "birthday song for my sister Ann", ModelType.TEXT_TO_AUDIO),
    ("песня про дачу", "ru", "песня про дачу в стиле регги", ModelType.TEXT_TO_AUDIO),
    ("background music", "en", "calm background music without vocals", ModelType.TEXT_TO_AUDIO),
    ("озвучь", "ru", "озвучь: добрый день, вы позвонили в студию", ModelType.TEXT_TO_SPEECH),
    ("read aloud", "en", "read aloud: the shop closes in ten minutes", ModelType.TEXT_TO_SPEECH),
)
"""What people write, with the task it is about."""
CAPTIONS: Final = (
    ("фото: фон пляж", "ru", "замени фон на пляж", ModelType.IMAGE_EDIT),
    ("a photo: a hat", "en", "put a cowboy hat on me", ModelType.IMAGE_EDIT),
    ("фото: аниме", "ru", "сделай в стиле аниме", ModelType.IMAGE_EDIT),
    ("a photo: people away", "en", "remove the people behind me", ModelType.IMAGE_EDIT),
    ("фото: чётче", "ru", "сделай чётче", ModelType.UPSCALE),
    ("a photo: waves", "en", "make the waves move, 5 seconds", ModelType.IMAGE_TO_VIDEO),
    ("фото: ролик для рилс", "ru", "сделай из этого ролик для рилс", ModelType.IMAGE_TO_VIDEO),
)
"""What people write under a photo."""
REPLIES: Final = (
    ("результат: сделай зиму", "ru", "сделай зиму", ModelType.IMAGE_EDIT),
    ("a result: at night", "en", "the same at night", ModelType.IMAGE_EDIT),
    ("результат: оживи", "ru", "оживи", ModelType.IMAGE_TO_VIDEO),
    ("результат: крупнее", "ru", "увеличь в два раза", ModelType.UPSCALE),
)
"""What people answer to a picture they got."""

WISHES: Final = (
    *(GenerationRequest(name=name, language=language, makes=task, act=_words(text, task)) for name, language, text, task in WORDS),
    *(GenerationRequest(name=name, language=language, makes=task, act=_photo(text, task)) for name, language, text, task in CAPTIONS),
    *(GenerationRequest(name=name, language=language, makes=task, before=_result, act=_reply(text, task)) for name, language, text, task in REPLIES),
    GenerationRequest(name="нарисуй кота в шляпе", language="ru", makes=ModelType.TEXT_TO_IMAGE,
         act=_words("нарисуй кота в шляпе", ModelType.TEXT_TO_IMAGE)),
    GenerationRequest(name="a song about rain", language="en", makes=ModelType.TEXT_TO_AUDIO,
         act=_words("a song about rain", ModelType.TEXT_TO_AUDIO)),
    GenerationRequest(name="видео: корабль в шторм", language="ru", makes=ModelType.TEXT_TO_VIDEO,
         act=_words("видео корабль в шторм", ModelType.TEXT_TO_VIDEO)),
    GenerationRequest(name="a photo: make it winter", language="en", makes=ModelType.IMAGE_EDIT,
         act=_photo("make it winter", ModelType.IMAGE_EDIT)),
    GenerationRequest(name="фото: оживи", language="ru", makes=ModelType.IMAGE_TO_VIDEO,
         act=_photo("оживи фото", ModelType.IMAGE_TO_VIDEO)),
    GenerationRequest(name="фото: убери фон", language="ru", makes=ModelType.IMAGE_EDIT,
         act=_photo("убери фон", ModelType.IMAGE_EDIT)),
    GenerationRequest(name="a voice message, cleaned up", language="en", makes=ModelType.AUDIO_TO_AUDIO, act=_clean_up),
    GenerationRequest(name="a result: upscale this", language="en", makes=ModelType.UPSCALE, before=_result,
         act=_reply("upscale this", ModelType.UPSCALE)),
    GenerationRequest(name="a result: animate it", language="en", makes=ModelType.IMAGE_TO_VIDEO, before=_result,
         act=_animate_result),
    GenerationRequest(name="фото заговорило моим голосом", language="ru", makes=ModelType.LIP_SYNC,
         before=_photo_of_a_face, act=_lend_a_voice),
    GenerationRequest(name="the last one once more", language="en", makes=ModelType.TEXT_TO_IMAGE, before=_result,
         act=_pressed("tg-button-again", "en")),
    GenerationRequest(name="другой вариант", language="ru", makes=ModelType.TEXT_TO_IMAGE, before=_result_with_a_seed,
         act=_pressed("tg-button-seed", "ru")),
    GenerationRequest(name="a friend's preset", language="en", makes=ModelType.TEXT_TO_IMAGE, before=_preset_link,
         act=_open_preset),
)  # fmt: skip
"""Forty, in the words people use."""
