"""Every model's card, filled in by people over Telegram, until the strict KIE has accepted the task."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
from attrs import frozen

from adapters.kie_http import KieHttpProvider
from adapters.system.machine import SystemClock
from application.generating.creation_rate_limiter import CreationWindow
from application.ports.media_provider import Submission
from config.settings import Settings
from domain.generation import TaskId, UserId
from domain.media import MediaFile
from domain.model import Model
from domain.parameter_roles import UNFILLABLE_NAMES, missing_content
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import Message, SentFile
from tests.support.card_walk import WORDS, CardWalk
from tests.support.judged import is_known
from tests.support.kie_client import SAMPLES
from tests.support.kie_registry import Parameter, full_input, minimal_input, raw_registry
from tests.support.kie_rules import obeying
from tests.support.registry import catalog, model
from tests.support.sample_files import sample_files
from tests.support.telegram_journey import Journey, journey

MODELS: Final = {key: entry for key, entry in raw_registry().items() if is_known(model(key))}
VENDORS: Final = sorted({str(entry["vendor"]) for entry in MODELS.values()})
OPTIONS: Final = SimulatorOptions(
    duration_s=3600, credits=1e9, creation_limit=NO_LIMIT, read_limit=NO_LIMIT, refused_statuses=frozenset()
)
NO_ONE_WAITS: Final = CreationWindow(1000, 0.01)
ADMINS: Final = [UserId(f"telegram:{100_000 + number}") for number in range(100)]
MESSAGE_LIMIT: Final = 4096
SAFETY: Final = {"nsfw_checker", "enable_safety_checker"}
"""On unless the person wants otherwise."""
FILE: Final = "file:"
"""Begins what stands for a file of a kind until it is known where in the input it goes."""


@frozen(kw_only=True)
class Place:
    """The bot between both simulators, and what people have at hand: links to files, an earlier task of theirs."""

    trip: Journey
    kie: KieSimulator
    session: aiohttp.ClientSession
    links: Mapping[str, str]
    earlier: TaskId

    def wishes(self, model_id: str, raw: Mapping[str, Any], *, full: bool) -> Mapping[str, Any]:
        """Values for the least or the fullest input, files as ``SentFile``."""
        make = full_input if full else minimal_input
        given = obeying(model_id, make(raw, _file_of, self.earlier), _file_of, self.earlier)
        shown = {name: value for name, value in given.items() if name not in UNFILLABLE_NAMES}
        return {name: self._given(raw["input"][name], value) for name, value in shown.items()}

    def _given(self, parameter: Parameter, value: object) -> Any:
        """As a person gives it: files are sent, links are typed where nothing else goes, a message has an end."""
        match value:
            case str() if value.startswith(FILE):
                return sample_files(parameter)[0] if "media" in parameter else self._typed(value)
            case [str(first), *_] if first.startswith(FILE) and "media" in parameter:
                return sample_files(parameter, how_many=len(value))
            case str():
                return value[:MESSAGE_LIMIT]
            case _:
                return self._typed(value)

    def _typed(self, value: object) -> Any:
        match value:
            case str():
                return self.links[value.removeprefix(FILE)] if value.startswith(FILE) else value[:100]
            case list():
                return [self._typed(each) for each in value]
            case dict():
                return {name: self._typed(each) for name, each in value.items()}
            case _:
                return value


def _file_of(kind: str) -> str:
    return FILE + kind


@asynccontextmanager
async def place(folder: Path) -> AsyncIterator[Place]:
    kie, clock = KieSimulator(OPTIONS), SystemClock()
    settings = Settings(allow_private_hosts=True, creation_window=NO_ONE_WAITS)
    async with serve_kie(kie) as base, aiohttp.ClientSession() as session:
        provider = KieHttpProvider(session, api_key=OPTIONS.api_key, api_base=base, upload_base=base, clock=clock)
        links = {kind: await provider.upload(_on_disk(folder, kind)) for kind in SAMPLES}
        earlier = await provider.submit(Submission(model=model("google/nano-banana"), input={"prompt": "a fox"}))
        async with journey(driving=True, settings=settings, media_provider=provider, admins=ADMINS) as trip:
            yield Place(trip=trip, kie=kie, session=session, links=links, earlier=earlier)


def _on_disk(folder: Path, kind: str) -> MediaFile:
    path = folder / kind
    path.write_bytes(SAMPLES[kind])
    return MediaFile(path=path, name=kind, mime="application/octet-stream", size_bytes=path.stat().st_size)


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("full", [False, True], ids=["least", "everything"])
async def test_every_card_leads_to_a_task_with_just_what_was_chosen(vendor: str, *, full: bool, tmp_path: Path) -> None:
    models = {model_id for model_id, entry in MODELS.items() if entry["vendor"] == vendor}
    async with place(tmp_path) as here, asyncio.TaskGroup() as people:
        # Songs of earlier tasks are the follow-ups' part; the words that open a card are a prompt, which no instrumental takes.
        left_out = {"audio_id", "instrumental"} if full else {"audio_id"}
        for model_id in sorted(one for one in models if left_out.isdisjoint(MODELS[one]["input"])):
            people.create_task(walk(here, model_id, full=full), name=model_id)


async def walk(here: Place, model_id: str, *, full: bool) -> None:
    """One person, one model: open its card, fill it in, press Run, compare what KIE took with what was chosen."""
    entry = catalog().find(model_id)
    assert entry is not None
    raw = MODELS[entry.id]
    wishes = here.wishes(entry.id, raw, full=full)
    wishes = {**dict.fromkeys((one.name for one in missing_content(entry, wishes)[:1]), "a red fox"), **wishes}
    trip = here.trip.of(here.trip.telegram.add_person(model_id[:60]))
    card = CardWalk(trip, await opened(trip, model_id, full=full))
    for name, value in wishes.items():
        await card.fill(name, raw["input"][name], value)
    said = await card.run()
    assert said == WORDS.plain("tg-accepted"), (model_id, said, card.card.words)
    sent = here.kie.account.tasks[await task_of(trip)]
    assert sent.model == entry.id
    taken = await as_chosen(here, sent.input, wishes)
    assert not (others := {name: (taken[name], wish) for name, wish in wishes.items() if taken[name] != wish}), others
    for name in sent.input.keys() - wishes.keys():
        said = raw["input"][name]
        unasked = True if name in SAFETY else said.get("send", said.get("default", False))
        assert sent.input[name] == unasked, (model_id, name)


async def opened(trip: Journey, model_id: str, *, full: bool) -> Message:
    """The card, by a wish for the model's name, by browsing, or, where it is not offered, as an admin opens it."""
    entry = model(model_id)
    if not entry.is_offered:
        return await _opened_by_command(trip, model_id)
    if full:
        return await _opened_by_name(trip, entry)
    return await _opened_by_browsing(trip, entry)


async def _opened_by_name(trip: Journey, entry: Model) -> Message:
    offer = await trip.say(entry.title)
    await CardWalk(trip, offer).press_model(entry.id)
    return offer


async def _opened_by_browsing(trip: Journey, entry: Model) -> Message:
    listed = CardWalk(trip, await trip.say("/models"))
    await listed.press_in_list(WORDS.named("tg-type", entry.type))
    await listed.press_model(entry.id)
    return await trip.answer_to(listed.card)


async def _opened_by_command(trip: Journey, model_id: str) -> Message:
    said = await trip.say(f"/generate {model_id}")
    is_card = any("▶️" in str(button["text"]) for row in said.buttons for button in row)
    return said if is_card else await trip.answer_to(said)


async def task_of(trip: Journey) -> TaskId:
    user = UserId(f"telegram:{trip.person.id}")
    async with asyncio.timeout(60):
        while True:
            row = next(each for each in trip.rows if each.user == user)
            assert row.failure is None, row.failure
            if row.task_id:
                return row.task_id
            await asyncio.sleep(0.05)


async def as_chosen(here: Place, sent: Any, wish: Any) -> Any:
    """What was sent, with the file itself wherever a URL of its bytes stands."""
    match wish:
        case Mapping():
            return {name: await as_chosen(here, sent.get(name), each) for name, each in wish.items()}
        case list() if isinstance(sent, list) and len(sent) == len(wish):
            return [await as_chosen(here, one, each) for one, each in zip(sent, wish, strict=True)]
        case SentFile() if isinstance(sent, str):
            async with here.session.get(sent) as response:
                return wish if await response.read() == wish.data else sent
        case _:
            return sent
