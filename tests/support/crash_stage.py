"""The whole service between simulators, with a gate on every way out; and the count of what people have in the end."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
from attrs import define, field, frozen

from adapters.postgres_store import PostgresBookReports, PostgresLedger, open_database
from application.billing.reconcile import BEGINNING
from domain.failure import FailureKind
from domain.generation import TERMINAL, GenerationState
from domain.ledger import EntryKind, payment_key, refund_key
from simulators.kie import NO_LIMIT, KieSimulator, SimulatorOptions
from simulators.kie import serve as serve_kie
from simulators.telegram import Message, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.crash_effects import StatementNames, is_under_an_end, name_kie, name_telegram
from tests.support.crash_gate import CrashGate, Instant, Side, Stop
from tests.support.crash_lives import LIVES, End, Life, Scene
from tests.support.crash_points import Outcome, Point
from tests.support.http_gate import http_gate
from tests.support.postgres_gate import postgres_gate
from tests.support.service import TOKEN, ServiceProcess, service_process

WITHIN_S: Final = 20.0
QUIET_S: Final = 0.3
RECURRING: Final = {"Telegram: getUpdates", "Telegram: editMessageText"}
"""What a service does for ever while someone waits."""

_SELLING: Final = {
    "BILLING": "stars",
    "STARS_PER_CREDIT": "1",
    "PACKAGES": "100",
    "MONTHLY_PACKAGES": "300",
    "FREE_CREDITS": "1000",
    "REFERRAL_CREDITS": "10",
}
_WITH_CALLBACKS: Final = {"USER_LIMIT_IN_FLIGHT": "1", "KIE_CREATE_LIMIT": "1000/1", **_SELLING}
_WITHOUT: Final = {**_WITH_CALLBACKS, "PUBLIC_URL": ""}

END: Final = datetime(2100, 1, 1, tzinfo=UTC)
FIRST_PERSON_ID: Final = 100_001
_OPERATOR: Final = "operator"
_OTHER_SESSIONS: Final = f"""
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> '{_OPERATOR}'
"""
_ROWS: Final = "SELECT id, state, failure_kind FROM generations WHERE user_id = $1 ORDER BY number"
_LET_TIME_PASS: Final = "UPDATE generations SET submitted_at = submitted_at - interval '1 hour' WHERE user_id = ANY($1)"
_CHARGED: Final = "SELECT coalesce(sum(charged_credits), 0) FROM generations"
_REMEMBER_RUN_TIMES: Final = """
INSERT INTO generations (bot, id, user_id, chat, language, model_id, input, prompt, created_at, request_key, secret, forced,
                         state, version, submitted_at, ended_at, closed_at)
SELECT $1, 'old' || n, 'telegram:1', '1', 'en', 'z-image', '{}', '', now() - interval '2 days', 'old' || n, '', false,
       'delivered', 5, now() - interval '2 days', now() - interval '2 days' + interval '50 ms', now() - interval '1 day'
  FROM generate_series(1, 200) AS n
"""


@frozen(kw_only=True)
class Story:
    """Someone's life on the stage, and where it stands still."""

    life: Life
    scene: Scene
    stop: Stop | None = None

    @property
    def user(self) -> str:
        return f"telegram:{self.scene.person.id}"

    @property
    def reported(self) -> int:
        """How often the person was given the end: messages with the buttons of one, or albums."""
        messages = self.scene.said()
        return max(sum(map(_tells_the_end, messages)), len({m.group_id for m in messages if m.group_id}))

    @property
    def left_over(self) -> int:
        """How many messages are there that tell no end."""
        return sum(not message.group_id and not _tells_the_end(message) for message in self.scene.said())


def _tells_the_end(message: Message) -> bool:
    return is_under_an_end(str(message.buttons))


@frozen
class Row:
    """What the store says of a generation."""

    id: str
    state: GenerationState
    failure: FailureKind | None


@define(kw_only=True)
class Stage:
    """``operator`` and ``dsn`` lead to the database past the gate."""

    dsn: str
    operator: "asyncpg.Pool[asyncpg.Record]"
    gate: CrashGate
    telegram: TelegramWorld
    kie: KieSimulator
    service: ServiceProcess
    _beside: set["asyncio.Task[object]"] = field(factory=set, init=False)

    def beside(self, act: Coroutine[Any, Any, object]) -> None:
        """Let a person do something that takes time."""
        self._beside.add(asyncio.create_task(act))

    async def remember_quick_tasks(self) -> None:
        """As if many pictures had been made, each in no time: a service that polls asks early then."""
        await self.operator.execute(_REMEMBER_RUN_TIMES, TOKEN.partition(":")[0])

    async def begin(self, life: Life, *, stops_at: Instant | None = None) -> Story:
        """Someone new acts, and comes to ``stops_at`` where one is given."""
        person = self.telegram.add_person(f"Person {len(self.telegram.people)}")
        scene = Scene(telegram=self.telegram, kie=self.kie, person=person, until=self.until, beside=self.beside)
        if life.prepare:
            await life.prepare(scene)
        stop = self.gate.arm(stops_at, subject=str(person.id)) if stops_at else None
        life.act(scene)
        await self.all_reached([stop] if stop else [])
        return Story(life=life, scene=scene, stop=stop)

    async def park(self, point: Point, side: Side) -> Story:
        """Begin a life and wait until it stands on that side of the point."""
        return await self.begin(LIVES[point.life], stops_at=Instant(point.effect, side))

    async def come_to_rest(self) -> None:
        """Wait until what goes on beside the parked stands still as well."""
        steps = -1
        while steps != (steps := sum(effect not in RECURRING for effect in self.gate.seen)):
            await asyncio.sleep(QUIET_S)

    async def kill(self) -> None:
        """SIGKILL; nothing of what is held gets through, and what it had sent to the database is done when this returns."""
        await self.service.kill()
        self.gate.drop()
        while await self.operator.fetchval(_OTHER_SESSIONS):
            await asyncio.sleep(0.01)

    async def as_if_just_killed(self) -> None:
        """However long the next start takes, the last leader has a whole lease left: the wait is cut to one."""
        await self.operator.execute("UPDATE leader_heartbeats SET at = clock_timestamp() + interval '1 hour'")

    async def start(self) -> None:
        """Start again, without the wait for a lease: we know, as no successor can, that the last leader is dead."""
        await self.operator.execute("UPDATE leadership SET released = true")
        self.service.start()

    async def revive(self) -> None:
        """Start again, and wait until it leads."""
        await self.start()
        await self.service.wait_for_role("leader")

    async def let_time_pass(self, stories: Collection[Story]) -> None:
        """An hour goes by for these people's wishes."""
        await self.operator.execute(_LET_TIME_PASS, [story.user for story in stories])

    async def settle(self, stories: Collection[Story]) -> None:
        """Wait until nothing more is to come for these people, and no update waits any more."""
        try:
            async with asyncio.timeout(WITHIN_S + len(stories)):
                while await self._unhandled() or not all([await self.has_ended(story) for story in stories]):
                    await asyncio.sleep(0.05)
                await asyncio.gather(*self._beside)
                while await self._unhandled() or await self.money_is_off():
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"someone goes on waiting; {await self.money_is_off()}\n{self.service.log}") from None

    async def money_is_off(self) -> str:
        """What is wrong with the books, by themselves and beside Telegram's; empty text where they are right to the unit."""
        bot = TOKEN.partition(":")[0]
        async with open_database(self.dsn, pool_size=1) as database:
            ledger, reports = PostgresLedger(database, bot), PostgresBookReports(database, bot)
            totals, uneven = await ledger.totals(), list(await ledger.uneven())
            unsettled = list(await reports.unsettled())
            wrong = list(await reports.wrong_charges(since=BEGINNING))
            kinds = {EntryKind.PAYMENT, EntryKind.REFUND}
            entries = await ledger.between(BEGINNING, END, kinds=kinds, limit=1000)
        written = sorted((each.entry.key, each.entry.stars) for each in entries)
        charges = self.telegram.payments.charges.values()
        paid = [(payment_key(each.id), each.invoice.stars) for each in charges]
        back = [(refund_key(each.id), -each.invoice.stars) for each in charges if each.is_refunded]
        faults = [] if totals.is_even else [str(totals)]
        faults += [
            f"{name}: {found}"
            for name, found in (("uneven", uneven), ("unsettled", unsettled), ("wrong", wrong))
            if found
        ]
        faults += [] if written == sorted([*paid, *back]) else [f"books {written}, Telegram {paid} and back {back}"]
        return "; ".join(faults)

    async def all_may_wish_again(self, stories: Collection[Story]) -> None:
        """Wait until each has a second wish taken on: with a limit of one, the first one's share must be free again."""
        for story in stories:
            story.scene.person.say(f"/generate z-image another for {story.scene.person.id}")
        try:
            async with asyncio.timeout(WITHIN_S):
                while not all([len(await self.rows(each)) == each.life.wishes + 1 for each in stories]):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"somebody's share was not given back\n{self.service.log}") from None

    async def outcome_of(self, story: Story) -> Outcome | str:
        """What has become of a life, in the words of the table; where it has none, in others."""
        rows, reported, left_over = await self.rows(story), story.reported, story.left_over
        bought = self.bought(story, rows)
        found = f"{rows}, bought {bought}, reported {reported}, left_over {left_over}"
        if bought > 1 or len(rows) != story.life.wishes:
            return found
        match rows, reported, left_over:
            case [], 0, _ if story.life.leaves is not None and left_over in {story.life.leaves, story.life.leaves + 1}:
                return Outcome.ONCE if left_over == story.life.leaves else Outcome.TWICE
            case [], 0, 1 | 2 if story.life.leaves is None:
                return Outcome.ONCE
            case [Row(state=GenerationState.CANCELLED | GenerationState.UNDELIVERABLE)], 0, 1:
                return Outcome.ONCE
            case [Row(failure=FailureKind.OUTCOME_UNKNOWN)], 1, 0:
                return Outcome.IN_DOUBT
            case [Row(failure=None)], 1, 0 if bought:
                return Outcome.ONCE
            case [Row(failure=None)], 2, 0 if bought:
                return Outcome.TWICE
            case [Row(failure=None)], 1, 1 if bought:
                return Outcome.LEFT_OVER
            case [Row()], 1, 0 if story.life.end is End.BAD_NEWS:
                return Outcome.ONCE
        return found

    async def rows(self, story: Story) -> list[Row]:
        """The generations of this person."""
        return [
            Row(row["id"], GenerationState(row["state"]), row["failure_kind"] and FailureKind(row["failure_kind"]))
            for row in await self.operator.fetch(_ROWS, story.user)
        ]

    def bought(self, story: Story, rows: Collection[Row]) -> int:
        """How many tasks KIE began for this person: their words say whose they are, or the callback's address."""
        names = [str(story.scene.person.id), *(row.id for row in rows)]
        return sum(any(name in str(call.body) for name in names) for call in self.kie.account.accepted())

    async def is_settled_with_kie(self) -> bool:
        """Whether people were charged what the account was."""
        account = self.kie.account
        charged: float = await self.operator.fetchval(_CHARGED)
        return abs(account.options.credits - account.balance - charged) < 0.01

    async def has_ended(self, story: Story) -> bool:
        """Whether everything this person wished for is closed."""
        rows = await self.rows(story)
        is_said = story.life.leaves is None or story.left_over >= story.life.leaves
        return is_said and len(rows) >= story.life.wishes and all(row.state in TERMINAL for row in rows)

    async def _unhandled(self) -> int:
        """How many updates are at Telegram or in the inbox."""
        received: int = await self.operator.fetchval("SELECT count(*) FROM received_updates")
        return received + sum(len(bot.updates) for bot in self.telegram.bots.values())

    async def all_reached(self, stops: Collection[Stop]) -> None:
        """Wait until someone stands at each of these stops."""
        missing = ", ".join(str(stop.instant) for stop in stops)
        await self.until(lambda: all(stop.reached.is_set() for stop in stops), why=f"nobody came to {missing}")

    async def until(self, holds: Callable[[], object], *, why: str = "it did not come about") -> None:
        """Wait for what the simulators have seen."""
        try:
            async with asyncio.timeout(WITHIN_S):
                while not holds():
                    await asyncio.sleep(0.002)
        except TimeoutError:
            raise AssertionError(f"{why}\n{self.service.log}") from None


@asynccontextmanager
async def stage(dsn: str, *, callbacks: bool = True, admins: int = 0, in_flight: int = 1) -> AsyncIterator[Stage]:
    """A service on simulators whose tasks are quick and whose callbacks are patient; it may not lead yet.

    The first so many people are ``admins``. Each may have ``in_flight`` wishes at the same time. The lease is the long one: a
    leader that a busy machine robs of a shorter one sends again what is held here for too long, and that is no kill's doing.
    """
    gate = CrashGate()
    options = SimulatorOptions(
        duration_s=0.05, creation_limit=NO_LIMIT, callback_retries=100, callback_retry_s=0.2, callback_timeout_s=60.0
    )
    telegram, kie = TelegramWorld(tokens=[TOKEN], repeat_rules=False), KieSimulator(options)
    telegram.payments.checkout_s = 60.0  # a person who waits for a service that starts again
    async with (
        asyncpg.create_pool(dsn, min_size=1, max_size=4, server_settings={"application_name": _OPERATOR}) as operator,
        postgres_gate(dsn, gate, StatementNames(operator)) as gated_dsn,
        serve_telegram(telegram) as telegram_url,
        http_gate(telegram_url, gate, name_telegram) as gated_telegram_url,
        serve_kie(kie) as kie_url,
        http_gate(kie_url, gate, name_kie) as gated_kie_url,
        service_process(
            dsn=gated_dsn,
            telegram=gated_telegram_url,
            kie=gated_kie_url,
            more={
                **(_WITH_CALLBACKS if callbacks else _WITHOUT),
                **_admins(admins),
                "USER_LIMIT_IN_FLIGHT": str(in_flight),
                "RENDER_CPU_COUNT": "0.5",
            },
        ) as service,
    ):
        try:
            yield Stage(dsn=dsn, operator=operator, gate=gate, telegram=telegram, kie=kie, service=service)
        finally:
            gate.drop()


def _admins(count: int) -> Mapping[str, str]:
    return {"ADMIN_USERS": ",".join(str(FIRST_PERSON_ID + number) for number in range(count))} if count else {}
