"""What the running bot shows for labelled wishes, judged by its buttons as ``docs/understanding.md`` says."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from attrs import field, frozen

from application.generating.creation_rate_limiter import CreationWindow
from application.ports.media_provider import TaskSucceeded
from config.settings import Settings
from domain.model import Model
from domain.stated_values import FACTORS, NAMES, SHAPES
from simulators.telegram import FileKind, Message, SentFile
from tests.support.registry import catalog
from tests.support.telegram_journey import Journey, journey
from tests.support.telegram_results import file
from tests.support.telegram_simulator import picture
from tests.support.wishes import AUDIO, IMAGE, VIDEO, Labelled, fits, labelled_wishes

FILES: Final[Mapping[str, SentFile]] = {
    "image": SentFile(data=picture(), name="photo.jpg", mime="image/jpeg"),
    "document": SentFile(data=picture(), name="photo.jpg", mime="image/jpeg", kind=FileKind.DOCUMENT),
    "video": SentFile(data=b"\0\0\0\x18ftypisom", name="clip.mp4", mime="video/mp4", duration=5),
    "audio": SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg", duration=5),
}
ENDINGS: Final = {IMAGE: "png", VIDEO: "mp4", AUDIO: "mp3"}
RESULTS: Final = {"png": picture(), "mp4": FILES["video"].data, "mp3": b"ID3\4"}
CREDITS: Final = re.compile(r"\d\D{0,12}(?:credit|кредит|cr\b|кр\b)|(?:credits|кредит\w*)\D{0,12}\d", re.IGNORECASE)
RUN_OFFERED: Final = re.compile(r"d:[^:]*:g:(.+)=")
PICK: Final = re.compile(r"(?:d:[^:]*:m|m):(.+)")
RUN: Final = re.compile(r"d:[^:]*:[ry]:")
LISTS: Final = re.compile(r"b:")
NO_MODELS: Final = frozenset({"chat", "answer_help", "decline"})
NO_ONE_WAITS: Final = CreationWindow(1000, 0.01)
PRESSES: Final = 3
"""To open a card, to run it, and to agree to its price."""


@frozen(kw_only=True)
class ShownModel:
    """A button that leads to a model. ``data`` is what it says to the bot."""

    model: Model
    runs: bool
    data: str


@frozen(kw_only=True)
class Shown:
    """The screen that answers a wish: its words, its models from top to bottom, and all buttons."""

    message: Message
    words: str
    models: Sequence[ShownModel]
    has_lists: bool

    @property
    def at_once(self) -> Model | None:
        return next((one.model for one in self.models if one.runs), None)

    @property
    def names_a_price(self) -> bool:
        labels = " | ".join(str(button["text"]) for row in self.message.buttons for button in row)
        return CREDITS.search(f"{self.words} | {labels}") is not None


@frozen(kw_only=True)
class ScreenScore:
    """Shares from 0 to 1, over the wishes that a count is about; ``faults`` say what went wrong, a line each."""

    top1: float
    top3: float
    named: float
    filled: float
    talk: float
    right_one_tap: float
    wrong_one_tap: float
    faults: Sequence[str] = field(factory=list)


async def score_screens(path: Path) -> ScreenScore:
    """Send every wish of the file to the running bot, each as a new person, and judge what it shows."""
    return await score_shown(labelled_wishes(path))


async def score_shown(wishes: Sequence[Labelled]) -> ScreenScore:
    """The same for wishes at hand."""
    counts: dict[str, list[bool]] = {name: [] for name in ("top1", "top3", "named", "filled", "talk", "right", "wrong")}
    faults: list[str] = []
    async with journey(driving=True, settings=Settings(creation_window=NO_ONE_WAITS)) as trip:
        for number, one in enumerate(wishes):
            person = trip.telegram.add_person(f"Person {number}", language="ru" if one.language == "ru" else "en")
            alone = trip.of(person)
            shown = await _sent(alone, one)
            judged = _talk(one, shown) if not one.tasks else await _wish(alone, one, shown)
            for name, hit in judged:
                counts[name].append(hit)
                if name != "right" and hit is (name == "wrong"):
                    faults.append(_fault(name, one, shown))
    shares = {name: sum(hits) / len(hits) if hits else 1.0 for name, hits in counts.items()}
    right, wrong = (sum(counts[name]) / len(wishes) for name in ("right", "wrong"))
    kept = {name: shares[name] for name in ("top1", "top3", "named", "filled", "talk")}
    return ScreenScore(**kept, right_one_tap=right, wrong_one_tap=wrong, faults=faults)


def _fault(name: str, one: Labelled, shown: Shown) -> str:
    models = ", ".join(f"{'▶' if each.runs else ''}{each.model.id}" for each in shown.models[:4])
    return f"{name}\t{one.id}\t{one.wish.text!r} {[*one.sent]} {one.stated or ''}\t{models or shown.words[:80]!r}"


async def _sent(trip: Journey, one: Labelled) -> Shown:
    """Sends the wish as its label says, and waits until the bot has dealt with all of it."""
    answered = await _result(trip, ENDINGS[one.wish.reply_to]) if one.wish.reply_to else None
    album = [FILES[kind] for kind in one.sent if kind != "audio"]
    voices = [FILES[kind] for kind in one.sent if kind == "audio"]
    async with _dealt_with(trip):
        if album:
            caption = "" if voices else one.wish.text
            trip.person.send_files(album, caption=caption, reply_to=answered)
        for place, voice in enumerate(voices):
            if album or place:
                await _handled(trip)
            caption = one.wish.text if place == len(voices) - 1 else ""
            trip.person.send_file(voice, caption=caption, reply_to=answered)
        if not one.sent:
            trip.person.say(one.wish.text, reply_to=answered)
    return _newest(trip)


async def _result(trip: Journey, ending: str) -> Message:
    """A result of the bot of this kind, in the person's chat."""
    made = file(ending)
    trip.provider.outcomes.append(TaskSucceeded(results=(made,), credits=4.0))
    trip.fetcher.files[str(made.url)] = RESULTS[ending]
    before = len(trip.rows)
    trip.person.say("/generate z-image a red fox")
    await trip.provider_rings(after=before)
    return next(message for message in reversed(trip.chat.messages.values()) if message.media)


@asynccontextmanager
async def _dealt_with(trip: Journey) -> AsyncIterator[None]:
    yield
    await _handled(trip)


async def _handled(trip: Journey) -> None:
    """Wait until no update is on its way to the bot or being handled by it."""
    bot = next(iter(trip.telegram.bots.values()))
    async with asyncio.timeout(30):
        while len(bot.updates) or trip.inbox.received:
            await asyncio.sleep(0.002)


def _newest(trip: Journey) -> Shown:
    messages = [one for one in trip.chat.messages.values() if one.sender is not trip.person.person and not one.deleted]
    message = messages[-1]
    return Shown(
        message=message,
        words=message.words,
        models=list(_models(message)),
        has_lists=any(LISTS.match(data) for data in _behind(message)),
    )


def _behind(message: Message) -> Sequence[str]:
    return [str(button.get("callback_data", "")) for row in message.buttons for button in row]


def _models(message: Message) -> Sequence[ShownModel]:
    found = []
    for data in _behind(message):
        runs = RUN_OFFERED.match(data)
        leads_to = runs or PICK.match(data)
        if leads_to and (model := catalog().by_key(leads_to[1])):
            found.append(ShownModel(model=model, runs=runs is not None, data=data))
    return found


def _talk(one: Labelled, shown: Shown) -> Sequence[tuple[str, bool]]:
    """What is no wish is answered, and never gets a button that spends."""
    if one.expect in NO_MODELS:
        fits_it = not shown.models
    elif one.expect == "price":
        fits_it = shown.names_a_price
    else:
        fits_it = bool(shown.models) or shown.has_lists
    spends = shown.at_once is not None
    return [("talk", fits_it and not spends), ("wrong", spends)]


async def _wish(trip: Journey, one: Labelled, shown: Shown) -> Sequence[tuple[str, bool]]:
    files = [*one.wish.attachments, *([one.wish.reply_to] if one.wish.reply_to else [])]
    hits = [fits(each.model, one, files) for each in shown.models]
    is_declined = one.expect == "decline" and not shown.models
    judged = [("top1", is_declined or hits[:1] == [True]), ("top3", is_declined or any(hits[:3]))]
    at_once = next((hit for each, hit in zip(shown.models, hits, strict=True) if each.runs), None)
    judged += [("right", at_once is True), ("wrong", at_once is False)]
    if one.named:
        judged.append(("named", bool(shown.models) and str(shown.models[0].model.id) in one.named))
    if one.stated:
        chosen = next((each for each, hit in zip(shown.models, hits, strict=True) if hit), None)
        sent = await _run(trip, shown.message, chosen) if chosen else {}
        judged += [("filled", _says(chosen.model if chosen else None, sent, *said)) for said in one.stated.items()]
    return judged


async def _run(trip: Journey, message: Message, chosen: ShownModel) -> Mapping[str, object]:
    """Press the model, then Run where it is not the same; the input that was taken on, empty where none was."""
    before = len(trip.rows)
    data: str | None = chosen.data
    for _ in range(PRESSES):
        if data is None:
            break
        await trip.toast(trip.person.press_data(message, data).id)
        await _handled(trip)
        if len(trip.rows) > before:
            return (await trip.provider_rings(after=before)).input
        message = _newest(trip).message
        data = next((each for each in _behind(message) if RUN.match(each)), None)
    return {}


def _says(model: Model | None, sent: Mapping[str, object], name: str, value: object) -> bool:
    """Whether the input, or what the model does where it is silent, says the value."""
    if model is None or not sent:
        return False
    for one in NAMES[name]:
        parameter = model.parameters.get(one)
        if parameter is None:
            continue
        said = sent.get(one, parameter.default if parameter.has_default else None)
        if said is not None and _means(name, said, value):
            return True
    return False


def _means(name: str, said: object, value: object) -> bool:
    if isinstance(value, bool) or isinstance(said, bool):
        return said is value
    if name in {"duration", "count"}:
        try:
            return float(str(said)) == float(str(value))
        except ValueError:
            return False
    meant = {str(value).casefold(), str(value).casefold().rstrip("p")}
    meant |= {SHAPES.get(str(value), ""), FACTORS.get(str(value), "")} - {""}
    return str(said).casefold() in meant
