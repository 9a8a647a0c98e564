"""Shops for tests: what is sold, and what a person who buys does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any, Final

from attrs import evolve, frozen

from config.billing_settings import BillingSettings
from config.settings import Settings
from config.slices.telegram import Telegram
from domain.generation import UserId
from domain.ledger import Balance
from domain.package import Package, PriceList
from simulators.telegram import Charge, Message, PaymentOutcome, SimulatedBot, SimulatedInvoice
from tests.support.telegram_journey import Journey, journey

SMALL: Final = Package(credits=100, stars=50)
LARGE: Final = Package(credits=500, bonus=25, stars=250)
MONTHLY: Final = Package(credits=1_000, stars=400, monthly=True)
PRICES: Final = PriceList(stars_per_credit=Decimal("0.5"), packages=[SMALL, LARGE, MONTHLY])
SELLING: Final = BillingSettings(is_on=True, prices=PRICES, contact="@shopkeeper")


@frozen
class Till:
    """A journey in which something is sold."""

    scene: Journey

    @property
    def user(self) -> UserId:
        return UserId(f"telegram:{self.scene.person.id}")

    async def balance(self) -> Balance:
        return await self.scene.generations.ledger.balance(self.user)

    async def invoice(self, label: str) -> Message:
        """Ask for a package by its button, and wait for the invoice."""
        offered = await self.scene.say("/buy")
        await self.scene.press(offered, label)
        return await self.scene.telegram.until(
            lambda: next(
                (m for m in self.scene.chat.messages.values() if m.id > offered.id and "invoice" in m.extra), None
            )
        )

    async def pay(self, invoice: Message) -> PaymentOutcome:
        """Pay an invoice."""
        return await self.scene.person.pay(invoice)

    async def buy(self, label: str) -> Charge:
        """Buy a package, and wait until it is thanked for."""
        invoice = await self.invoice(label)
        outcome = await self.pay(invoice)
        assert outcome.charge, outcome
        await self.said(outcome.charge.id)
        return outcome.charge

    async def subscribe(self, label: str, offered: str) -> Charge:
        """Subscribe by the button and the message with these words, and wait until it is thanked for."""
        packages = await self.scene.say("/buy")
        await self.scene.press(packages, label)
        message = await self.said(offered, after=packages.id)
        outcome = await self.scene.person.pay_at(str(message.buttons[0][0]["url"]))
        assert outcome.charge, outcome
        await self.said(outcome.charge.id)
        return outcome.charge

    async def said(self, words: str, *, after: int = 0) -> Message:
        """The bot's message that holds these words."""
        messages = self.scene.chat.messages
        return await self.scene.telegram.until(
            lambda: next(
                (
                    m
                    for m in messages.values()
                    if m.id > after and words in m.words and m.sender is not self.scene.person.person
                ),
                None,
            )
        )

    @property
    def graph(self) -> Telegram:
        """The use cases behind the bot."""
        return self.scene.graph

    @staticmethod
    def invoice_for(package: Package, bot: SimulatedBot, *, period_s: int = 0) -> SimulatedInvoice:
        """An invoice of this bot, outside any journey."""
        payload = package.order.write()
        return SimulatedInvoice(
            bot=bot, title="t", description="d", payload=payload, stars=package.stars, period_s=period_s
        )

    def an_invoice(self, package: Package, *, period_s: int = 0) -> SimulatedInvoice:
        """An invoice for a package, sold now or not."""
        return self._invoice(package.order.write(), package.stars, period_s)

    def link_to(self, package: Package) -> str:
        """The address of one."""
        return self.scene.telegram.payments.link(self.an_invoice(package))

    def link(self, payload: str, *, stars: int) -> str:
        """The address of an invoice of our own with any payload."""
        return self.scene.telegram.payments.link(self._invoice(payload, stars, 0))

    def _invoice(self, payload: str, stars: int, period_s: int) -> SimulatedInvoice:
        bot = next(iter(self.scene.telegram.bots.values()))
        return SimulatedInvoice(bot=bot, title="t", description="d", payload=payload, stars=stars, period_s=period_s)


@asynccontextmanager
async def till(billing: BillingSettings = SELLING, **options: Any) -> AsyncIterator[Till]:
    """A bot that sells credits, and one person."""
    settings = evolve(options.pop("settings", None) or Settings(), billing=billing)
    async with journey(settings=settings, **options) as scene:
        yield Till(scene)
