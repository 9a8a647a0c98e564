"""What a random walk does about money: people buy and get it back, while they spend it."""

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from random import Random
from typing import Final

from attrs import define, field

from adapters.memory.clock import ManualClock
from adapters.memory.metrics import CountingMetrics
from adapters.memory.payment_gateway import InMemoryPaymentGateway
from adapters.memory.trouble import Trouble
from adapters.postgres_store import Database, PostgresBookReports, PostgresGenerationStore, PostgresLedger
from adapters.postgres_store.purchase_store import PostgresPurchaseStore
from application.billing.free_credits import GiveFreeCredits
from application.billing.grant_credits import CorrectCharge
from application.billing.reconcile import Reconcile
from application.billing.record_payment import RecordPayment
from application.billing.refund_payment import FinishRefunds, RefundPayment
from application.billing.reserve_credits import ReserveCredits
from application.errors import GatewayUnavailable, PaymentInUse, PaymentNotFound, PaymentRefused
from application.ports.payment_gateway import Invoice
from domain.audit import COMMAND_LINE
from domain.generation import UserId
from domain.package import Package, PriceList
from domain.payment import Payment
from tests.support.audit import an_audit

PACKAGE: Final = Package(credits=3, stars=3)
PRICES: Final = PriceList(stars_per_credit=Decimal(1), packages=[PACKAGE], factor=Decimal("1.5"))
FREE_UNITS: Final = 2_500
"""Two pictures of 0.8 credits, with the factor; the third has to be bought."""
REFUND_TROUBLES: Final = (
    Trouble(error=GatewayUnavailable("away")),
    Trouble(error=GatewayUnavailable("lost"), takes_effect=True),
    Trouble(error=PaymentRefused("not this one")),
)


@define
class WalkingTill:
    """``database`` is the one that stumbles, ``witness`` another way to the same rows."""

    database: Database
    witness: Database
    bot: str
    chance: Random
    clock: ManualClock
    gateway: InMemoryPaymentGateway = field(init=False)
    paid: list[Payment] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self.gateway = InMemoryPaymentGateway(self.clock)

    def reserve(self) -> ReserveCredits:
        """What a process that begins reserves with."""
        free = GiveFreeCredits(ledger=PostgresLedger(self.database, self.bot), clock=self.clock, once_units=FREE_UNITS)
        return ReserveCredits(prices=PRICES, give_free_credits=free)

    async def buy(self, user: UserId) -> None:
        """Pay; it is reported once or twice."""
        payment = self.gateway.pay(user, Invoice(order=PACKAGE.order, title="t", description="d"))
        self.paid.append(payment)
        for _ in range(self.chance.choice((1, 1, 2))):
            await self._record(self.database)(payment)

    async def refund(self) -> None:
        """The operator gives a payment back, or the gateway does by itself; its answer may be lost, or a refusal."""
        if not self.paid:
            return
        if self.chance.random() < 0.4:
            self.gateway.on_refund.add(self.chance.choice(REFUND_TROUBLES))
        payment = self.chance.choice(self.paid)
        refund = self._refund(self.database)
        if self.chance.random() < 0.3:
            self.gateway.on_refund.clear()
            await self.gateway.refund(payment.user, payment.charge_id)
            await refund.note(payment.charge_id)
            return
        with suppress(PaymentInUse, PaymentNotFound):
            await refund(payment.charge_id, by=COMMAND_LINE)

    async def finish(self) -> Sequence[str]:
        """All that was reported is reported again, what is open is finished; gives what the books say that should not be."""
        self.gateway.on_refund.clear()
        for payment in self.paid:
            await self._record(self.witness)(payment)
        for line in self.gateway.lines:
            if line.stars < 0:
                await self._refund(self.witness).note(line.charge_id)
        ledger, purchases = PostgresLedger(self.witness, self.bot), PostgresPurchaseStore(self.witness, self.bot)
        still_open = await FinishRefunds(purchases, self._refund(self.witness))()
        reconcile = Reconcile(
            ledger=ledger,
            purchases=purchases,
            reports=PostgresBookReports(self.witness, self.bot),
            gateway=self.gateway,
            clock=self.clock,
        )
        wrong = [str(each) for each in await reconcile()]
        held = (await ledger.totals()).reserved
        wrong += [f"{held} units are still held back"] if held else []
        wrong += [f"{still_open} refunds are still open"] if still_open else []
        return wrong

    def _record(self, database: Database) -> RecordPayment:
        return RecordPayment(
            ledger=PostgresLedger(database, self.bot),
            purchases=PostgresPurchaseStore(database, self.bot),
            prices=PRICES,
            clock=self.clock,
            metrics=CountingMetrics(),
        )

    def _refund(self, database: Database) -> RefundPayment:
        return RefundPayment(
            ledger=PostgresLedger(database, self.bot),
            purchases=PostgresPurchaseStore(database, self.bot),
            gateway=self.gateway,
            clock=self.clock,
            metrics=CountingMetrics(),
            audit=an_audit(),
        )

    async def correct(self, user: UserId) -> None:
        """The operator puts right what the newest generation of a person cost."""
        store = PostgresGenerationStore(self.witness, self.bot)
        rows = [row for row in await store.history(user, limit=9) if row.is_terminal]
        if rows:
            ledger = PostgresLedger(self.database, self.bot)
            await CorrectCharge(ledger=ledger, generations=store, clock=self.clock, audit=an_audit())(
                rows[0].id, self.chance.choice((0.0, 0.4, 0.8)), by=COMMAND_LINE
            )
