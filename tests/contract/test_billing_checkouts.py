"""Which checkouts are answered how, and what is written of a payment, at the real bot before the simulated Telegram."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from application.errors import StoreUnavailable
from domain.access import Subject
from domain.audit import COMMAND_LINE
from domain.generation import UserId
from domain.ledger import Balance
from domain.package import Package
from simulators.telegram import PaymentFault, TelegramFault
from tests.support.till_words import BUY_LABELS
from tests.support.tills import SELLING, SMALL, Till, till


async def _nothing(_: Till) -> None:
    """The first that the bot hears of the person is the query."""


async def _card(shop: Till) -> None:
    await shop.scene.say("/generate kling/v2-1-master-text-to-video a red fox")


async def _question(shop: Till) -> None:
    card = await shop.scene.say("/generate z-image a red fox aspect_ration=1:1")
    assert card.words


async def _under_way(shop: Till) -> None:
    shop.scene.person.say("/generate z-image a red fox")


async def _flood(shop: Till) -> None:
    for number in range(150):
        shop.scene.person.say(f"/generate z-image fox {number}")


@pytest.mark.parametrize("state", [_nothing, _card, _question, _under_way, _flood])
async def test_a_checkout_is_answered_from_any_state(state: Callable[[Till], Awaitable[None]]) -> None:
    async with till(evolve(SELLING, once_units=10_000), driving=True) as shop:
        address = shop.link_to(SMALL)
        await state(shop)
        outcome = await shop.scene.person.pay_at(address)
        assert outcome.charge, outcome
        async with asyncio.timeout(30):
            while not await shop.scene.generations.ledger.has_paid(shop.user):
                await asyncio.sleep(0.02)


async def test_an_invoices_address_that_another_account_pays_gives_credits_to_who_paid() -> None:
    async with till() as shop:
        await shop.scene.say("/buy")
        address = shop.link_to(SMALL)
        bob = Till(shop.scene.of(shop.scene.telegram.add_person("Bob")))
        await bob.scene.say("/start")
        paid = await bob.scene.person.pay_at(address)
        assert paid.charge
        await bob.said(paid.charge.id)
        assert (await shop.balance(), await bob.balance()) == (Balance(), Balance(units=100_000))


@pytest.mark.parametrize(
    "payload",
    ["credits:100:99999999:50", "credits:100:100000:1", "credits:7:100000:50", "", "credits:100:-5:50", "x" * 128],
)
async def test_a_payload_that_is_no_offer_of_our_own_is_refused_before_the_payment(payload: str) -> None:
    async with till() as shop:
        await shop.scene.say("/buy")
        assert (await shop.scene.person.pay_at(shop.link(payload, stars=50))).refused
        assert await shop.balance() == Balance()


async def test_another_currency_is_refused_and_where_it_was_paid_gives_nothing_and_is_reported() -> None:
    async with till() as shop:
        await shop.scene.say("/buy")
        payments = shop.scene.telegram.payments
        payments.currency = "USD"
        address = shop.link_to(SMALL)
        assert (await shop.scene.person.pay_at(address)).refused
        payments.spoil(PaymentFault.UNASKED)
        paid = await shop.scene.person.pay_at(address)
        assert paid.charge
        assert "not in Telegram Stars" in (await shop.said(paid.charge.id)).words
        assert await shop.balance() == Balance()


async def test_a_payment_reported_twice_gives_credits_once() -> None:
    async with till() as shop:
        shop.scene.telegram.payments.spoil(PaymentFault.TWICE)
        charge = await shop.buy(BUY_LABELS["en"])
        shop.scene.telegram.payments.report_again(charge)
        await shop.scene.say("/balance")
        assert await shop.balance() == Balance(units=100_000)


async def test_a_payment_is_written_although_the_store_stumbles() -> None:
    async with till() as shop:
        invoice = await shop.invoice(BUY_LABELS["en"])
        away = StoreUnavailable("away")
        shop.scene.generations.ledger.on_call.add(Trouble(error=away), Trouble(error=away, takes_effect=True))
        outcome = await shop.pay(invoice)
        assert outcome.charge
        await shop.said(outcome.charge.id)
        assert await shop.balance() == Balance(units=100_000)


async def test_a_payment_whose_checkout_no_one_saw_gives_its_credits() -> None:
    async with till() as shop:
        shop.scene.telegram.payments.spoil(PaymentFault.UNASKED)
        await shop.buy(BUY_LABELS["en"])
        assert await shop.balance() == Balance(units=100_000)


async def test_someone_blocked_may_not_pay_and_keeps_what_they_have_paid() -> None:
    async with till(admins=[UserId("telegram:5")]) as shop:
        invoice = await shop.invoice(BUY_LABELS["en"])
        await shop.scene.graph.desk().block(Subject(shop.user), "spam", by=COMMAND_LINE)
        outcome = await shop.pay(invoice)
        assert outcome.charge is None
        assert outcome.refused
        shop.scene.telegram.payments.spoil(PaymentFault.UNASKED)
        paid = await shop.pay(invoice)
        assert paid.charge
        await shop.said(paid.charge.id)
        assert await shop.balance() == Balance(units=100_000)


async def test_an_old_invoice_is_refused_once_the_price_has_changed_and_honoured_where_it_was_paid() -> None:
    async with till() as shop:
        await shop.scene.say("/buy")
        cheaper = shop.link_to(Package(credits=100, stars=30))
        outcome = await shop.scene.person.pay_at(cheaper)
        assert outcome.refused
        assert "/buy" in outcome.refused
        shop.scene.telegram.payments.spoil(PaymentFault.UNASKED)
        paid = await shop.scene.person.pay_at(cheaper)
        assert paid.charge
        await shop.said(paid.charge.id)
        assert await shop.balance() == Balance(units=100_000)


async def test_a_payment_that_names_no_order_gives_what_its_stars_are_worth() -> None:
    async with till() as shop:
        await shop.scene.say("/buy")
        shop.scene.telegram.payments.spoil(PaymentFault.UNASKED)
        foreign = shop.link("something else", stars=7)
        paid = await shop.scene.person.pay_at(foreign)
        assert paid.charge
        await shop.said(paid.charge.id)
        assert await shop.balance() == Balance(units=14_000)


async def test_while_nothing_is_sold_a_checkout_is_refused_and_what_was_paid_is_still_written_down() -> None:
    async with till(evolve(SELLING, is_on=False)) as shop:
        await shop.scene.say("/start")
        old = shop.link_to(SMALL)
        assert (await shop.scene.person.pay_at(old)).refused
        shop.scene.telegram.payments.spoil(PaymentFault.UNASKED)
        assert (await shop.scene.person.pay_at(old)).charge
        async with asyncio.timeout(30):
            while await shop.balance() != Balance(units=100_000):
                await asyncio.sleep(0.01)


async def test_a_slow_answer_loses_the_payment_and_nothing_else() -> None:
    async with till() as shop:
        shop.scene.telegram.payments.checkout_s = 0.3
        shop.scene.telegram.faults.add(TelegramFault(method="answerPreCheckoutQuery", hang_s=0.6))
        outcome = await shop.pay(await shop.invoice(BUY_LABELS["en"]))
        assert outcome.charge is None
        assert await shop.balance() == Balance()
        await shop.buy(BUY_LABELS["en"])


async def test_a_checkout_is_answered_although_a_slow_handler_holds_the_chat_up() -> None:
    async with till() as shop:
        invoice = await shop.invoice(BUY_LABELS["en"])
        shop.scene.telegram.payments.checkout_s = 2.0
        shop.scene.generations.ledger.on_call.add(Trouble(delay_s=4.0))
        shop.scene.person.say("/balance")
        outcome = await shop.pay(invoice)
        assert outcome.charge, outcome


async def test_a_checkout_is_refused_in_time_where_the_store_is_silent() -> None:
    async with till() as shop:
        invoice = await shop.invoice(BUY_LABELS["en"])
        shop.scene.access.on_call.add(Trouble(delay_s=9.0))
        outcome = await shop.pay(invoice)
        assert outcome.refused


async def test_a_payment_in_a_group_goes_to_anyone_who_paid() -> None:
    async with till() as shop:
        await shop.scene.say("/start")
        group = shop.scene.telegram.add_group("Foxes", [shop.scene.person])
        asked = shop.scene.person.say("/buy", group)
        answer = await shop.scene.telegram.next_message(group, after=asked.id)
        assert "100 credits" not in answer.words
        await shop.said("Choose how many to buy")
        payments = shop.scene.telegram.payments
        payments.take(shop.an_invoice(SMALL), shop.scene.person.person, group)
        thanks = await shop.scene.telegram.next_message(group, after=answer.id)
        assert "100 credits" in thanks.words
        assert await shop.balance() == Balance(units=100_000)
