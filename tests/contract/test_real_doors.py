"""Whatever is pressed, by whatever door of whichever instance: what KIE takes is at most what was shown, and at most the limit.

Two instances as processes of their own on one PostgreSQL, people in the simulated Telegram (alone, in a group, inline, with presets),
programs with keys (HTTP API, MCP), the studio as a Mini App, the command line. The simulated KIE bills by facts of its own, always the most a bill can be.
``DOORS_SEEDS=10-19`` presses on.
"""

import asyncio
import hashlib
import hmac
import json
import os
import random
import re
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
import asyncpg
import httpx2
import pytest
from aiohttp import CookieJar
from attrs import define, field
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from adapters.cli import GenerateOptions
from adapters.postgres_store import Database, open_database
from adapters.postgres_store.api_key_store import PostgresApiKeyStore
from adapters.system.machine import SystemClock, SystemIds
from application.operating.create_api_key import CreateApiKey
from config.cli import generate
from config.settings import Settings
from domain.generation import GenerationState, UserId
from domain.parameter_roles import task_parameter
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import Chat, Message, PersonClient, SentFile, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.audit import an_audit
from tests.support.cli import json_lines, terminal, written
from tests.support.judged import priced_inputs
from tests.support.registry import catalog
from tests.support.service import KIE_KEY, TOKEN, ServiceProcess, service_environment, service_process
from tests.support.telegram_simulator import picture

pytestmark = [pytest.mark.postgres, pytest.mark.leases, pytest.mark.timeout(300)]

FILM: Final = Path(__file__).parents[2] / "adapters" / "cli" / "samples" / "speaking.mp4"
"""Five seconds."""
LIMIT: Final = 150.0
CONFIRM: Final = 40.0
FIRST, _, LAST = os.environ.get("DOORS_SEEDS", "0-1").partition("-")
SEEDS: Final = range(int(FIRST), int(LAST or FIRST) + 1)
ANSWERED_S: Final = 60.0
"""A deposed leader's updates wait for the next one, and a busy machine deposes at times."""
ROUNDS: Final = 8
AT_ONCE: Final = 4
ENVIRONMENT: Final = {
    "USER_LIMIT_CREDITS_PER_DAY": f"{LIMIT:g}",
    "CONFIRM_CREDITS": f"{CONFIRM:g}",
    "FRONT_ENDS": "telegram,web,api",
}
PLAIN: Final = [  # models that a program can use without files and without an earlier task
    model
    for model in catalog().models()
    if model.is_offered
    and model.prices
    and not any(one.required and one.media for one in model.parameters.values())
    and task_parameter(model) is None
]
WISHES: Final = (
    "a red fox in snow",
    "a film of a red fox running",
    "a song about a fox",
    "say hello to the fox",
    "a poster",
)
COMMANDS: Final = (
    "z-image a red fox",
    "nano-banana-2 a red fox resolution=2K",
    "kling-3.0/video a fox mode=pro",
    "veo3_fast a fox",
)


@define
class Person:
    """One person with every door: chats, a key, a studio."""

    client: PersonClient
    group: Chat
    key: str
    studios: Sequence[aiohttp.ClientSession]
    csrf: Sequence[str]

    @property
    def user(self) -> str:
        return f"telegram:{self.client.id}"


@define
class Doors:
    """What was pressed, and what it said: by the key of the request or the id of the generation."""

    chance: random.Random
    telegram: TelegramWorld
    kie: KieSimulator
    services: Sequence[ServiceProcess]
    people: Sequence[Person]
    terminal: Settings
    shown: dict[str, float] = field(factory=dict)
    shown_in_terminal: dict[str, float] = field(factory=dict)
    """By task: the command line has no database."""

    async def keep_presets(self, person: Person) -> None:
        """Some of the person's choices, kept under names by a program of theirs."""
        async with self._program(person, 0) as program:
            for number in range(3):
                body = {**self._something(), "name": f"kept {number}"}
                async with program.post("/api/v1/presets", json=body) as answer:
                    assert answer.status == 201, await answer.text()

    async def press(self) -> None:
        """One press of someone at one door."""
        weights = [3 if door == self._button else 1 for door in self.doors]
        [door] = self.chance.choices(self.doors, weights)
        await door(self.chance.choice(self.people))

    async def press_each(self) -> None:
        """Every door once, at once."""
        await asyncio.gather(*(door(self.chance.choice(self.people)) for door in self.doors))

    async def ended(self, opened: Database) -> Sequence[asyncpg.Record]:
        """All that was asked for, once no creation is under way and each task has ended at KIE."""
        creating = [GenerationState.QUEUED, GenerationState.SUBMITTING]
        async with asyncio.timeout(ANSWERED_S), opened.connection() as connection:
            while True:
                tasks = list(self.kie.account.tasks.values())
                rows = await connection.fetch(
                    "SELECT id, user_id, request_key, model_id, task_id, state FROM generations"
                )
                if not any(row["state"] in creating for row in rows) and all(
                    task.has_ended(self.kie.account.clock()) for task in tasks
                ):
                    return rows
                await asyncio.sleep(0.05)

    @property
    def doors(self) -> Sequence[Callable[[Person], Awaitable[None]]]:
        """Every way to ask for something."""
        chat = (self._write, self._send, self._button, self._preset, self._inline)
        return (*chat, self._api, self._mcp, self._studio, self._cli)

    async def _write(self, person: Person) -> None:
        """Words in a chat, or a command that names no price: it asks about what is dear."""
        chat = self.chance.choice([person.client.chat(), person.group])
        if self.chance.random() < 0.5:
            message = person.client.say(f"/generate {self.chance.choice(COMMANDS)}", chat)
            self.shown[f"telegram:message:{chat.id}:{message.id}"] = CONFIRM
        else:
            message = person.client.say(f"@{self._bot_name()} {self.chance.choice(WISHES)}", chat)
        await self._answered(message)

    async def _send(self, person: Person) -> None:
        """A film of five seconds of which the app says less, by at most the second that it rounds away, or more; or a picture."""
        if self.chance.random() < 0.5:
            upload = SentFile(data=picture(), name="fox.png", mime="image/png")
        else:
            upload = SentFile(
                data=FILM.read_bytes(), name="fox.mp4", mime="video/mp4", duration=self.chance.choice([4, 5, 30])
            )
        await self._answered(person.client.send_file(upload, caption=self.chance.choice(["", "make it snow"])))

    async def _button(self, person: Person) -> None:
        """Any button that runs something, old ones too; at times twice."""
        chat = self.chance.choice([person.client.chat(), person.group])
        found = [
            (message, button) for message in chat.messages.values() for row in message.buttons for button in row
            if "callback_data" in button
        ]  # fmt: skip
        running = [(m, b) for m, b in found if _price(str(b["text"])) is not None and _runs(str(b["text"]))]
        if not found:
            return
        message, button = self.chance.choice(running if running and self.chance.random() < 0.8 else found)
        for _ in range(self.chance.choice([1, 1, 2])):
            query = person.client.press_data(message, str(button["callback_data"]))
            self._note_button(str(button["text"]), str(button["callback_data"]), query.id)
            await self.telegram.until(lambda query=query: self.telegram.queries[query.id].answer, timeout_s=ANSWERED_S)  # type: ignore[misc]  # mypy does not infer a lambda with a default

    async def _preset(self, person: Person) -> None:
        """A preset from the list, opened as a card and run from there."""
        chat = person.client.chat()
        asked = person.client.say("/presets", chat)
        await self._press_newer(person, asked, lambda label: label.startswith("💾 kept"))
        await self._press_newer(person, asked, lambda label: _runs(label) and _price(label) is not None)

    async def another_take(self, person: Person) -> None:
        """A result with another seed: one press, at the price on its button."""
        chat = person.client.chat()
        asked = person.client.say("/generate qwen/text-to-image a red fox seed=7", chat)
        self.shown[f"telegram:message:{chat.id}:{asked.id}"] = CONFIRM
        await self._press_newer(person, asked, lambda label: label.startswith("🎲") and _price(label) is not None)

    async def _press_newer(self, person: Person, asked: Message, fits: Callable[[str], bool]) -> None:
        """Wait for a button that fits, under a message that is newer, and press it."""

        def found() -> tuple[Message, dict[str, Any]] | None:
            newer = [message for message in asked.chat.messages.values() if message.id > asked.id]
            buttons = ((m, b) for m in newer for row in m.buttons for b in row if "callback_data" in b)
            return next(((m, b) for m, b in buttons if fits(str(b["text"]))), None)

        message, button = await self.telegram.until(found, timeout_s=ANSWERED_S)
        query = person.client.press_data(message, str(button["callback_data"]))
        self._note_button(str(button["text"]), str(button["callback_data"]), query.id)
        await self.telegram.until(lambda: self.telegram.queries[query.id].answer, timeout_s=ANSWERED_S)

    async def _inline(self, person: Person) -> None:
        """The person's own results, typed after the bot's name and sent on: nothing is shown, so nothing may be taken.

        A query that grew too old while no one led is not answered.
        """
        query, answer = person.client.ask_inline(""), {}
        with suppress(TimeoutError):
            answer = await self.telegram.until(lambda: query.answer, timeout_s=12)
        if answer.get("results"):
            person.client.choose(query, str(next(iter(query.offers))), person.group)

    async def _cli(self, _person: Person) -> None:
        """`mediabot generate`: it says what it costs on standard error. No one waits for the end, which comes to KIE alone."""
        await self._generate_in_terminal(self._something())

    async def picture_in_terminal(self) -> None:
        """A purchase of which KIE refuses nothing."""
        await self._generate_in_terminal({"model": "z-image", "input": {"prompt": "a red fox", "aspect_ratio": "1:1"}})

    async def _generate_in_terminal(self, order: dict[str, Any]) -> None:
        here = terminal(json.dumps(order["input"]))
        options = GenerateOptions(model=order["model"], input_file="-", json=True)
        running = asyncio.create_task(generate(self.terminal, options, here))
        async with asyncio.timeout(ANSWERED_S):
            while not running.done() and ": working, " not in written(here.err):
                await asyncio.sleep(0.02)
        running.cancel()
        await asyncio.wait({running})
        [ended] = json_lines(here.out)
        if ended["task_id"]:
            reported = re.search(r"price: (.*)", written(here.err))
            numbers = re.findall(r"\d[\d,]*(?:\.\d+)?", reported[1] if reported else "") or ["0"]
            self.shown_in_terminal[ended["task_id"]] = max(float(one.replace(",", "")) for one in numbers)

    def _note_button(self, label: str, data: str, query_id: str) -> None:
        price = _price(label)
        if price is None or not _runs(label):
            return
        keys = [f"draft:{data.split(':')[1]}"] if data.startswith("d:") else [f"telegram:press:{query_id}"]
        for key in keys:  # a draft buys once: the dearest that was pressed counts
            self.shown[key] = max(price, self.shown.get(key, 0.0))

    async def _api(self, person: Person) -> None:
        """A program that asks for the price and agrees to it; on both instances at once."""
        order = self._something()
        async with self._program(person, 0) as one, self._program(person, 1) as other:
            async with one.post("/api/v1/price", json=order) as answer:
                if answer.status != 200:
                    return
                most = (await answer.json())["high"]
            keys = [f"{self.chance.random()}" for _ in range(2)]
            await asyncio.gather(
                *(self._order(each, order, most, key) for each, key in zip((one, other), keys, strict=True))
            )

    async def _order(self, program: aiohttp.ClientSession, order: dict[str, Any], most: float, key: str) -> None:
        body = {**order, "max_credits": most}
        async with program.post("/api/v1/generations", json=body, headers={"Idempotency-Key": key}) as answer:
            if answer.status == 201:
                self.shown[(await answer.json())["id"]] = most

    async def _mcp(self, person: Person) -> None:
        """An agent that may spend at most so much, whatever it costs."""
        most = self.chance.choice([1.0, 5.0, 20.0])
        headers = {"Authorization": f"Bearer {person.key}"}
        async with AsyncExitStack() as stack:
            http = await stack.enter_async_context(httpx2.AsyncClient(headers=headers, timeout=60, verify=False))
            url = f"{self.chance.choice(self.services).url}/mcp"
            read, write, *_ = await stack.enter_async_context(streamable_http_client(url, http_client=http))
            session = await stack.enter_async_context(ClientSession(read, write))
            await session.initialize()
            begun = await session.call_tool("generate", {**self._something(), "max_credits": most})
            started = begun.structured_content or {}
            if not begun.is_error and started.get("started"):
                self.shown[str(started["id"])] = most

    async def _studio(self, person: Person) -> None:
        """A draft in the studio whose price is looked at, changed in another tab, and run; or a result once more."""
        place = self.chance.randrange(2)
        browser, headers = person.studios[place], {"X-CSRF-Token": person.csrf[place], "Accept": "application/json"}
        model = self.chance.choice(PLAIN)
        form = {"model": model.id, "text": "a red fox in snow", "edit": "1"}
        async with browser.post("/app/drafts", data=form, headers=headers) as answer:
            if answer.status != 200:
                return
            path = (await answer.json())["go"]
        async with browser.get(path) as answer:
            found = re.search(r'data-shown="([^"]*)"', await answer.text())
        shown = float(found[1]) if found and found[1] else None
        given = self.chance.choice([given for given, _ in priced_inputs(model.id)])
        for name, value in given.items():
            edit = {"parameter": name, "value": value}
            async with browser.post(f"{path}/edit", json=edit, headers=headers) as answer:
                if answer.status == 200 and self.chance.random() < 0.5:
                    shown = (await answer.json())["shown"]
        await self._run_draft(browser, path, headers, shown)

    async def _run_draft(
        self, browser: aiohttp.ClientSession, path: str, headers: dict[str, str], shown: float | None
    ) -> None:
        async with browser.post(f"{path}/run", json={"shown": shown}, headers=headers) as answer:
            said = await answer.json() if answer.status == 200 else {}
        if "agreed" in said and self.chance.random() < 0.5:
            shown = said["agreed"]
            body = {"shown": shown, "agreed": shown}
            async with browser.post(f"{path}/run", json=body, headers=headers) as answer:
                said = await answer.json() if answer.status == 200 else {}
        if "id" in said:
            self.shown[said["id"]] = shown or 0.0

    @asynccontextmanager
    async def _program(self, person: Person, place: int) -> AsyncIterator[aiohttp.ClientSession]:
        headers = {"Authorization": f"Bearer {person.key}"}
        async with aiohttp.ClientSession(self.services[place].url, headers=headers) as session:
            yield session

    def _something(self) -> dict[str, Any]:
        model = self.chance.choice(PLAIN)
        return {"model": model.id, "input": self.chance.choice([given for given, _ in priced_inputs(model.id)])}

    def _bot_name(self) -> str:
        return str(next(iter(self.telegram.bots.values())).username)

    async def _answered(self, message: Message) -> None:
        """Wait until the bot says something there, or changes what it said."""
        chat, since = str(message.chat.id), self.telegram.clock()
        await self.telegram.until(
            lambda: any(
                call.at >= since and str(call.parameters.get("chat_id")) == chat for call in self.telegram.log.calls
            ),
            timeout_s=ANSWERED_S,
        )


def _price(label: str) -> float | None:
    """The most that a button says; None where it says no price."""
    _, dot, said = label.rpartition(" · ")
    if said == "free":
        return 0.0
    numbers = [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", said)]
    return max(numbers) if dot and numbers and ("credit" in said or "cr" in said) else None


def _runs(label: str) -> bool:
    return label.startswith(("▶️", "🔁", "🎲"))


def mini_app_data(person: PersonClient) -> str:
    """What Telegram gives the Mini App of this person, signed."""
    fields = {
        "user": json.dumps({"id": person.id, "first_name": "A"}),
        "auth_date": str(int(time.time())),
        "query_id": secrets.token_hex(8),
        "signature": "s",
    }
    key = hmac.new(b"WebAppData", TOKEN.encode(), hashlib.sha256).digest()
    text = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return urlencode({**fields, "hash": hmac.new(key, text.encode(), hashlib.sha256).hexdigest()})


@asynccontextmanager
async def doors(database: str, seed: int) -> AsyncIterator[Doors]:
    """Two instances and three people."""
    telegram = TelegramWorld(tokens=[TOKEN], repeat_rules=False)
    kie = KieSimulator(
        SimulatorOptions(
            api_key=KIE_KEY, duration_s=0.05, credits=1e9, creation_limit=NO_LIMIT, read_limit=NO_LIMIT, bill_share=1.0
        )
    )
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        chats, provider = await enter(serve_telegram(telegram)), await enter(serve_kie(kie))
        services = []
        for role in ("leader", "standby"):
            start = service_process(dsn=database, telegram=chats, kie=provider, more=ENVIRONMENT)
            services.append(await enter(start))
            await services[-1].wait_for_role(role)
        keys = PostgresApiKeyStore(await enter(open_database(database)), TOKEN.partition(":")[0])
        create = CreateApiKey(keys=keys, ids=SystemIds(), clock=SystemClock(), audit=an_audit())
        clients = [telegram.add_person(name, language="en") for name in ("Ann", "Bob")]
        group = telegram.add_group("Foxes", clients)
        people = []
        for client in clients:
            _, key = await create("program", UserId(f"telegram:{client.id}"))
            studios = [
                await enter(aiohttp.ClientSession(one.url, cookie_jar=CookieJar(unsafe=True))) for one in services
            ]
            tokens = [await _entered(studio, client) for studio in studios]
            people.append(Person(client=client, group=group, key=key, studios=studios, csrf=tokens))
        settings = Settings.from_env(service_environment(dsn=database, telegram=chats, kie=provider, port=1))
        here = Doors(random.Random(seed), telegram, kie, services, people, settings)
        await asyncio.gather(*(here.keep_presets(person) for person in people))
        yield here


async def _entered(studio: aiohttp.ClientSession, person: PersonClient) -> str:
    """Sign in; the token of the pages' forms."""
    async with studio.post("/app/sign-in/mini-app", data=mini_app_data(person)) as answer:
        assert answer.status == 200, await answer.text()
    async with studio.get("/app") as answer:
        found = re.search(r'name="csrf" content="([^"]+)"', await answer.text())
        assert found
        return found[1]


@pytest.mark.parametrize("seed", SEEDS)
async def test_kie_takes_at_most_what_was_shown_and_at_most_the_limit(database: str, seed: int) -> None:
    async with doors(database, seed) as here, open_database(database) as opened:
        await here.another_take(here.people[0])
        await here.picture_in_terminal()
        await here.press_each()
        for _ in range(ROUNDS):
            await asyncio.gather(*(here.press() for _ in range(AT_ONCE)))
        rows = await here.ended(opened)
        bills = {task.id: task.bill.credits for task in here.kie.account.tasks.values()}
        spent: dict[str, float] = {}
        for row in rows:
            cost = bills.get(row["task_id"] or "", 0.0)
            key = row["request_key"]
            shown = here.shown.get(row["id"], here.shown.get(key, here.shown.get(key.partition(":")[2], 0.0)))
            assert cost <= shown + 0.01, (dict(row), cost, shown)
            spent[row["user_id"]] = spent.get(row["user_id"], 0.0) + cost
        of_no_row = {task: cost for task, cost in bills.items() if task not in {row["task_id"] for row in rows}}
        in_doubt = [
            row for row in rows if row["state"] == GenerationState.UNKNOWN
        ]  # a deposed leader's, whose answer was lost
        assert len(set(of_no_row) - set(here.shown_in_terminal)) <= len(in_doubt), "a task that no one asked for"
        for task, shown in here.shown_in_terminal.items():
            assert bills[task] <= shown + 0.01, here.kie.account.tasks[task]
        takes = [row for row in rows if row["model_id"] == "qwen/text-to-image"]
        assert len(takes) >= 2, "no other take was bought"
        assert here.shown_in_terminal, "nothing was bought in a terminal"
        assert spent, "nobody bought anything"
        assert max(spent.values()) <= LIMIT, spent
        assert len(bills) >= 5, "hardly anything was bought"
