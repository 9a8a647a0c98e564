"""Many bots on several instances, each instance with a door of its own to the simulated Telegram, and a person who writes to all."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count, groupby
from pathlib import Path
from typing import Any, Final

import asyncpg
from attrs import define, field, frozen

from adapters.postgres_store import open_database
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.sealing import FernetBox, new_key
from adapters.system.machine import SystemClock
from application.operating.add_bot import AddBot
from domain.audit import COMMAND_LINE
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import PersonClient, TelegramWorld
from simulators.telegram.record import CallLog, CallRecord
from tests.support.audit import an_audit
from tests.support.fleet import router, with_doors
from tests.support.service import KIE_KEY, TOKEN, ServiceProcess, service_process
from tests.support.tcp_proxy import TcpProxy, proxy_before

SECRETS_KEY: Final = new_key()
OK: Final = 200
PATIENCE_S: Final = 120.0
"""Opening fifty bots takes a busy machine many seconds."""
CONNECTIONS: Final = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def token_of(number: int) -> str:
    """A token that the simulators take; number 0 is the bot of the environment."""
    return TOKEN if number == 0 else f"{4210000000 + number}:" + "simulated" * 4


@frozen
class Act:
    """A request for a bot, and by which instance."""

    at: float
    instance: str


class CallsByBot(CallLog):
    """Every call by bot: a run of minutes makes more of them than the simulator remembers, and looks at them all the time."""

    def __init__(self) -> None:
        super().__init__()
        self.by_token: dict[str, list[CallRecord]] = defaultdict(list)
        self.sent: Counter[tuple[str, str, str]] = Counter()
        """What arrived, by bot, method and chat."""

    def add(self, call: CallRecord) -> None:
        super().add(call)
        self.by_token[call.token].append(call)
        if call.status == OK:
            self.sent[call.token, call.method, str(call.parameters.get("chat_id"))] += 1


@define(kw_only=True)
class ManyBots:
    """The instances by name, the bots by token, and what two people asked of each: one for help, one for pictures."""

    dsn: str
    telegram: TelegramWorld
    calls: CallsByBot
    kie: KieSimulator
    tokens: Sequence[str]
    person: PersonClient
    painter: PersonClient
    operator: "asyncpg.Connection[asyncpg.Record]" = field(repr=False)
    instances: dict[str, ServiceProcess] = field(factory=dict)
    doors: dict[int, str] = field(factory=dict)
    ways: dict[str, TcpProxy] = field(factory=dict)
    """What stands between an instance and the database, for those that were made so."""
    questions: Counter[str] = field(factory=Counter)
    wishes: Counter[str] = field(factory=Counter)

    async def led(self) -> Mapping[str, Counter[str]]:
        """How many bots each running instance leads and stands by for, by what it says of itself."""
        running = {name: one for name, one in self.instances.items() if one.is_running}
        statuses = await asyncio.gather(*(one.status() for one in running.values()))
        return {name: Counter(_roles(status).values()) for name, status in zip(running, statuses, strict=True)}

    async def evenly_led(self, *, within_s: float = PATIENCE_S) -> None:
        """Wait until every bot is led, and all running instances lead as many or one more."""
        led: Mapping[str, Counter[str]] = {}
        try:
            async with asyncio.timeout(within_s):
                while True:
                    led = await self.led()
                    counts = [one["leader"] for one in led.values()]
                    if sum(counts) == len(self.tokens) and max(counts) - min(counts) <= 1:
                        return
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"not evenly led: {led}\n{self.log}") from None

    async def led_by(self, name: str) -> set[str]:
        """The tokens of the bots that this instance leads, as soon as it says so."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                roles = _roles(await self.instances[name].status())
                if led := {token for token in self.tokens if roles.get(_id(token)) == "leader"}:
                    return led

    async def led_again_s(self, tokens: set[str], gone: str, since: float, *, within_s: float = 30.0) -> list[float]:
        """How long it took until another instance acted for each of these bots."""
        async with asyncio.timeout(within_s):
            while True:
                first = {
                    token: min(
                        (act.at for act in self.acts(token) if act.at > since and act.instance != gone), default=None
                    )
                    for token in tokens
                }
                if None not in first.values():
                    return sorted(at - since for at in first.values() if at is not None)
                await asyncio.sleep(0.05)

    @asynccontextmanager
    async def writing(self, per_second: float, *, picture_every: int | None = None) -> AsyncIterator[None]:
        """They ask each bot in turn; of so many times one is for a picture."""
        writing = asyncio.create_task(self._write_on(per_second, picture_every))
        try:
            yield
        finally:
            writing.cancel()

    async def all_answered(self, *, within_s: float = 60.0) -> None:
        """Wait until no question is left."""
        try:
            async with asyncio.timeout(within_s):
                while self.lost():
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{self.lost()} questions without an answer\n{self.log}") from None

    def lost(self) -> int:
        """Questions without an answer, and wishes without a picture."""
        return sum((self._asked() - self._answers()).values())

    def repeated(self) -> int:
        """Answers without a question, and pictures no one wished for: something was handled twice."""
        return sum((self._answers() - self._asked()).values())

    def created_twice(self) -> int:
        """Tasks at the provider beyond the wishes."""
        return sum(call.code == OK for call in self.kie.account.creates) - self.wishes.total()

    def acts(self, token: str) -> list[Act]:
        """All that was asked of Telegram for this bot, in the order in which it came."""
        calls = sorted(self.calls.by_token[token], key=lambda call: call.at)
        return [Act(call.at, self.doors[call.port]) for call in calls]

    def intrusions(self) -> list[tuple[str, Act]]:
        """Acts of someone whose successor for that bot had already acted. Empty, or two acted at a time."""
        leaders = self._leaders()
        return [(token, act) for token in self.tokens for act in _intruders(self.acts(token), leaders[_id(token)])]

    def hand_overs(self) -> int:
        """How often a bot has got a new leader."""
        return sum(len(leaders) - 1 for leaders in self._leaders().values())

    async def connections(self) -> float:
        """How many connections to the database a running instance has, on average."""
        running = sum(one.is_running for one in self.instances.values())
        total: int = await self.operator.fetchval(CONNECTIONS)
        return total / running

    def memory_mb(self, name: str) -> float:
        """What this process alone occupies."""
        rollup = Path(f"/proc/{self.instances[name].pid}/smaps_rollup").read_text()
        lines = (line.split() for line in rollup.splitlines() if line.startswith("Private_"))
        return sum(int(line[1]) for line in lines) / 1024

    @property
    def log(self) -> str:
        """The last that each wrote, for the message of a failing test."""
        begun = {name: one for name, one in self.instances.items() if one.has_begun}
        return "\n".join(f"--- {name}\n{one.log}" for name, one in begun.items())

    def _leaders(self) -> Mapping[str, list[str]]:
        """Who led each bot, in the order of the epochs, as the instances themselves logged it."""
        epochs: dict[str, dict[int, str]] = defaultdict(dict)
        for name, one in self.instances.items():
            for event in one.events:
                if event["event"] == "leadership.state_changed" and event["state"] == "leader":
                    epochs[event["bot"]][event["epoch"]] = name
        return defaultdict(list, {bot: [led[epoch] for epoch in sorted(led)] for bot, led in epochs.items()})

    def _asked(self) -> Counter[tuple[str, str]]:
        return Counter(
            {(token, "sendMessage"): count for token, count in self.questions.items()}
            | {(token, "sendPhoto"): count for token, count in self.wishes.items()}
        )

    def _answers(self) -> Counter[tuple[str, str]]:
        chats = {"sendMessage": str(self.person.id), "sendPhoto": str(self.painter.id)}
        return Counter(
            {
                (token, method): self.calls.sent[token, method, chats[method]]
                for token in self.tokens
                for method in chats
            }
        )

    async def _write_on(self, per_second: float, picture_every: int | None) -> None:
        loop = asyncio.get_running_loop()
        began_at = loop.time()
        for number in count():
            token = self.tokens[number % len(self.tokens)]
            bot = self.telegram.bots[token]
            if picture_every and number % picture_every == 0:
                self.wishes[token] += 1
                self.painter.say(f"/generate z-image a red fox in snow, number {number}", self.painter.chat(bot))
            else:
                self.questions[token] += 1
                self.person.say("/help", self.person.chat(bot))
            await asyncio.sleep(began_at + (number + 1) / per_second - loop.time())


def _id(token: str) -> str:
    return token.partition(":")[0]


def _roles(status: Mapping[str, Any]) -> Mapping[str, str]:
    """By bot; an instance that does not answer yet, or no more, leads none."""
    return {_id(TOKEN): status.get("role", "starting"), **status.get("bots", {})}


def _intruders(acts: Sequence[Act], led: Sequence[str]) -> list[Act]:
    leaders = iter(led)
    current = next(leaders, None)
    found: list[Act] = []
    for instance, of_one in groupby(acts, key=lambda act: act.instance):
        while current is not None and current != instance:
            current = next(leaders, None)
        if current is None:
            found += list(of_one)
    return found


@asynccontextmanager
async def many_bots(
    dsn: str, *, bots: int, names: Sequence[str], start: Sequence[str] | None = None, proxied: Collection[str] = ()
) -> AsyncIterator[ManyBots]:
    """``bots`` in the directory and the environment, and instances of these names, of which ``start`` (all) run.

    Those in ``proxied`` reach the database through a proxy.
    """
    tokens = [token_of(number) for number in range(bots)]
    telegram, calls = TelegramWorld(tokens=tokens), CallsByBot()
    telegram.log = calls
    kie = KieSimulator(SimulatorOptions(creation_limit=NO_LIMIT, callback_retries=100, callback_retry_s=0.2))
    async with AsyncExitStack() as stack:
        ports = await stack.enter_async_context(with_doors(telegram, ["127.0.0.1"] * len(names)))
        kie_url = await stack.enter_async_context(serve_kie(kie))
        operator = await asyncpg.connect(dsn)
        stack.callback(operator.terminate)
        async with open_database(dsn) as opened:
            add = AddBot(
                bots=PostgresBotDirectory(opened, FernetBox([SECRETS_KEY])), clock=SystemClock(), audit=an_audit()
            )
            for token in tokens[1:]:
                await add(token, KIE_KEY, (), by=COMMAND_LINE)
        made = ManyBots(
            dsn=dsn,
            telegram=telegram,
            calls=calls,
            kie=kie,
            tokens=tokens,
            person=telegram.add_person("Ann"),
            painter=telegram.add_person("Ben"),
            operator=operator,
        )
        public_url = await stack.enter_async_context(router(made.instances))
        for name, port in zip(names, ports, strict=True):
            way = dsn
            if name in proxied:
                made.ways[name], way = await stack.enter_async_context(proxy_before(dsn))
            made.doors[port] = name
            made.instances[name] = await stack.enter_async_context(
                service_process(
                    dsn=way,
                    telegram=f"http://127.0.0.1:{port}",
                    kie=kie_url,
                    public_url=public_url,
                    more={"RENDER_INSTANCE_ID": name, "SECRETS_KEY": SECRETS_KEY},
                    starts=start is None or name in start,
                )
            )
        yield made
