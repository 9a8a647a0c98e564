"""Payments that are given back, at the real bot before the simulated Telegram."""

import asyncio

from domain.generation import UserId
from domain.ledger import Balance, EntryKind
from simulators.telegram import PaymentFault, TelegramFault
from tests.support.books import assert_books_balance
from tests.support.till_words import BUY_LABELS
from tests.support.tills import till

ADMIN = UserId("telegram:100001")


async def test_a_refund_gives_stars_back_once_and_takes_the_credits() -> None:
    async with till(admins=[ADMIN]) as shop:
        charge = await shop.buy(BUY_LABELS["en"])
        assert "50 ⭐ were refunded" in (await shop.scene.say(f"/admin refund {charge.id}")).words
        assert charge.is_refunded
        assert "50 ⭐ were refunded" in (await shop.scene.say(f"/admin refund {charge.id}")).words
        assert await shop.balance() == Balance()
        assert len(shop.scene.telegram.log.of("refundStarPayment")) == 1
        entries = await shop.scene.generations.ledger.about(charge.id)
        assert [each.entry.kind for each in entries] == [EntryKind.PAYMENT, EntryKind.REFUND]
        await assert_books_balance(shop.scene.generations.ledger)


async def test_a_refund_whose_answer_is_lost_is_finished_later_and_made_once() -> None:
    async with till(admins=[ADMIN]) as shop:
        charge = await shop.buy(BUY_LABELS["en"])
        shop.scene.telegram.faults.add(TelegramFault(method="refundStarPayment", drop=True, after_effect=True))
        await shop.scene.say(f"/admin refund {charge.id}")
        assert charge.is_refunded
        assert await shop.balance() == Balance()
        assert "were refunded" in (await shop.scene.say(f"/admin refund {charge.id}")).words
        assert await shop.scene.purchases.open_refunds() == []
        lines = shop.scene.telegram.payments.transactions[charge.invoice.bot.id]
        assert len(lines) == 2


async def test_a_refused_refund_leaves_the_credits_with_the_person() -> None:
    async with till(admins=[ADMIN]) as shop:
        charge = await shop.buy(BUY_LABELS["en"])
        shop.scene.telegram.payments.spoil(PaymentFault.REFUND_REFUSED)
        assert "refuses" in (await shop.scene.say(f"/admin refund {charge.id}")).words
        assert await shop.balance() == Balance(units=100_000)
        await assert_books_balance(shop.scene.generations.ledger)


async def test_what_was_spent_of_a_refunded_payment_is_borne_by_the_operator() -> None:
    async with till(admins=[ADMIN], driving=True) as shop:
        charge = await shop.buy(BUY_LABELS["en"])
        await shop.scene.say("/generate z-image a red fox")
        await shop.scene.provider_rings()
        spent = 100_000 - (await shop.balance()).units
        assert spent > 0
        assert "you bear the cost" in (await shop.scene.say(f"/admin refund {charge.id}")).words
        assert await shop.balance() == Balance()
        await assert_books_balance(shop.scene.generations.ledger)


async def test_a_refund_that_telegram_makes_by_itself_is_in_the_books() -> None:
    async with till() as shop:
        charge = await shop.buy(BUY_LABELS["en"])
        shop.scene.telegram.payments.give_back(charge)
        async with asyncio.timeout(30):
            while await shop.balance() != Balance():
                await asyncio.sleep(0.01)
        assert await shop.scene.purchases.refund_ended(charge.id) is True


async def test_no_one_but_an_admin_refunds() -> None:
    async with till() as shop:
        charge = await shop.buy(BUY_LABELS["en"])
        await shop.scene.say(f"/admin refund {charge.id}")
        assert not charge.is_refunded
