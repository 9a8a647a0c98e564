"""What people wish for while things fail, and everything a fault may get at."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from itertools import count
from random import Random
from typing import Final

from attrs import define, field, frozen

from adapters.embedded_postgres import EmbeddedServer
from adapters.postgres_store import Database, PostgresGenerationStore, PostgresLedger
from application.errors import StoreUnavailable
from config.bot import Bot
from domain.generation import Generation, UserId
from domain.leadership import LeadershipState
from domain.ledger import payment_key
from domain.package import Package, PriceList
from simulators.kie import KieSimulator
from simulators.telegram import Charge, Message, PersonClient, SentFile, SimulatedInvoice, TelegramWorld
from tests.support.fast_clock import FastClock
from tests.support.kie_client import png_bytes
from tests.support.log_record import LogRecord
from tests.support.tcp_proxy import TcpProxy

RATE: Final = 40.0
"""How many of the service's seconds pass in one of the machine's."""
SETTLING_RATE: Final = 3_000.0
"""While nothing is left to wait for but time-outs of many minutes."""
LOOK_S: Final = 0.03
FIRST_QUIET_LOOKS: Final = 12
"""Longer than anything that is slow by the machine's time. Counted in looks at the store: a starved machine looks seldom."""
NEXT_QUIET_LOOKS: Final = 3
PATIENCE_S: Final = 200.0


class Kind(Enum):
    """What is wished for: the model's command, whether a picture goes with it, how many results come."""

    IMAGE = ("z-image", False, 1)
    ALBUM = ("bytedance/seedream-v4-text-to-image", False, 3)
    UPLOAD = ("qwen/image-to-image", True, 1)
    TEXT = ("omnihuman-1-5/subject-detection", True, 1)
    VIDEO = ("grok-imagine/text-to-video", False, 1)
    FAILING = ("z-image ", False, 0)

    @property
    def model(self) -> str:
        return self.value[0].strip()

    @property
    def needs_picture(self) -> bool:
        return self.value[1]

    @property
    def results(self) -> int:
        return self.value[2]


PACKAGE: Final = Package(credits=100, stars=50)
PRICES: Final = PriceList(stars_per_credit=Decimal("0.5"), packages=[PACKAGE])
MIX: Final = (Kind.IMAGE, Kind.UPLOAD, Kind.ALBUM, Kind.FAILING, Kind.TEXT)


@frozen(kw_only=True)
class AskedFor:
    """One wish as it was said."""

    person: PersonClient
    message: Message
    kind: Kind
    words: str

    @property
    def request_key(self) -> str:
        """What the front end calls this request."""
        return f"telegram:message:{self.message.chat.id}:{self.message.id}"


@define(kw_only=True)
class Scene:
    """Everything a fault may get at, and everything a verdict looks at."""

    telegram: TelegramWorld
    kie: KieSimulator
    people: list[PersonClient]
    clock: FastClock
    bot: Bot
    dsn: str = field(repr=False)
    store_line: TcpProxy
    server: EmbeddedServer | None
    witness: Database
    callback_base: str
    logs: LogRecord
    chance: Random
    wishes: list[AskedFor] = field(factory=list, init=False)
    charges: list[Charge] = field(factory=list, init=False)
    _numbers: "count[int]" = field(factory=lambda: count(1), init=False)

    def wish(self, kind: Kind, *, by: PersonClient | None = None, order: str = "") -> AskedFor:
        """Someone asks for it in one message; ``order`` is for the simulated KIE."""
        number = next(self._numbers)
        person = by or self.people[number % 3]
        order = order or "!fail 501 no luck today" * (kind is Kind.FAILING)
        words = f"wish {number} of a fox {order}".strip()
        said = f"/generate {kind.model} {words}" + (" max_images=3" if kind is Kind.ALBUM else "")
        if kind is Kind.TEXT:
            said = f"/generate {kind.model}"
        if kind.needs_picture:
            message = person.send_file(SentFile(data=png_bytes(), name="fox.png", mime="image/png"), caption=said)
        else:
            message = person.say(said)
        asked = AskedFor(person=person, message=message, kind=kind, words=words)
        self.wishes.append(asked)
        return asked

    def pay(self) -> None:
        """Someone pays for a package."""
        person, bot = self.chance.choice(self.people), next(iter(self.telegram.bots.values()))
        invoice = SimulatedInvoice(
            bot=bot, title="t", description="d", payload=PACKAGE.order.write(), stars=PACKAGE.stars
        )
        self.charges.append(self.telegram.payments.take(invoice, person.person, person.chat()))

    async def load(self, number: int, kinds: Sequence[Kind] = MIX, *, over_s: float = 0.1) -> None:
        """So many wishes, one after another within ``over_s`` seconds, and a payment among them."""
        paid = self.chance.randrange(number)
        for index in range(number):
            self.wish(kinds[index % len(kinds)])
            if index == paid:
                self.pay()
            await asyncio.sleep(self.chance.uniform(0, 2 * over_s / number))

    async def rows(self) -> dict[str, Generation]:
        """The generations, by request key, as soon as the database answers."""
        while True:
            with suppress(StoreUnavailable):
                return await self._read_rows()
            await asyncio.sleep(0.05)

    async def _read_rows(self) -> dict[str, Generation]:
        store = PostgresGenerationStore(self.witness, self.bot.bot_id())
        found = [await store.history(UserId(f"telegram:{person.id}"), limit=10_000) for person in self.people]
        return {row.request_key: row for rows in found for row in rows}

    async def settled(self) -> None:
        """Wait until every wish was taken on or answered and every generation is closed.

        When nothing moves any more, time passes faster: what is left waits for time-outs of many minutes. Not while no one
        leads, since the lock keeps the machine's time.
        """
        left, quiet, patience = await self._left(), 0, FIRST_QUIET_LOOKS
        given_up_at = self._now_s() + PATIENCE_S
        while left:
            await asyncio.sleep(LOOK_S)
            before, left = left, await self._left()
            quiet = quiet + 1 if left == before and self._leads() else 0
            if quiet == 0:
                self.clock.run_at(RATE)
            elif quiet == patience:
                patience = NEXT_QUIET_LOOKS
                self.clock.run_at(SETTLING_RATE)
            assert self._now_s() < given_up_at, f"not at an end: {left}\n{self.logs.text(60)}"

    def _leads(self) -> bool:
        return self.bot.acquire_leadership().status.state is LeadershipState.LEADER

    @staticmethod
    def _now_s() -> float:
        return asyncio.get_running_loop().time()

    async def _left(self) -> list[object]:
        """What is not at its end."""
        rows = await self.rows()
        unheard = [asked.request_key for asked in self.wishes if asked.request_key not in rows]
        carried = self.bot.drive_generations().in_flight
        return [
            *([f"{carried} carried"] if carried else []),
            *((row.id, row.state, row.version) for row in rows.values() if not row.is_terminal),
            *(key for key in unheard if not self.answered_otherwise(key)),
            *await self._unwritten(),
        ]

    async def _unwritten(self) -> list[str]:
        """Payments that are not in the books."""
        keys = [payment_key(charge.id) for charge in self.charges]
        with suppress(StoreUnavailable):
            written = await PostgresLedger(self.witness, self.bot.bot_id()).find(keys)
            return [key for key in keys if key not in written]
        return keys

    def answered_otherwise(self, request_key: str) -> bool:
        """Whether the message of a wish that was not taken on got an answer."""
        asked = next(each for each in self.wishes if each.request_key == request_key)
        return any(m.reply_to is asked.message for m in asked.message.chat.messages.values())

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for a moment in the middle of things."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                await asyncio.sleep(0.005)
