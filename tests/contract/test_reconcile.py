"""The comparison of the books with Telegram and with KIE: silent while they agree, a line for each thing that does not."""

from datetime import timedelta

import pytest

from application.billing.reconcile import DifferenceKind
from application.ports.purchase_store import ProviderReading
from config.reconcile import reconcile
from config.settings import Settings
from domain.generation import UserId
from domain.ledger import EntryKind
from simulators.kie import KieSimulator
from simulators.kie import serve as serve_kie
from simulators.telegram import TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.books import an_entry
from tests.support.tills import SMALL, Till, till

TOKEN = "4242:" + "A" * 35
BUY = "100 credits · 50 ⭐"


async def _kinds(shop: Till) -> list[DifferenceKind]:
    return [difference.kind for difference in await shop.billing.reconcile()()]


async def test_books_that_agree_make_no_difference() -> None:
    async with till(driving=True, admins=[UserId("telegram:100001")]) as shop:
        charge = await shop.buy(BUY)
        await shop.buy(BUY)
        await shop.scene.say("/generate z-image a red fox")
        await shop.scene.provider_rings()
        await shop.scene.say(f"/admin refund {charge.id}")
        assert await _kinds(shop) == []


async def test_a_payment_that_never_reached_us_is_named() -> None:
    async with till() as shop:
        await shop.scene.say("/buy")
        world = shop.scene.telegram
        bot = next(iter(world.bots.values()))
        bot.allowed_updates = frozenset({"callback_query"})  # its message is lost
        charge = world.payments.take(shop.an_invoice(SMALL), shop.scene.person.person, shop.scene.chat)
        [difference] = await shop.billing.reconcile()()
        assert (difference.kind, difference.about) == (DifferenceKind.PAYMENT_MISSING, charge.id)
        assert charge.id in str(difference)


async def test_a_payment_that_telegram_does_not_know_is_named() -> None:
    async with till() as shop:
        ledger = shop.scene.generations.ledger
        await ledger.add(an_entry(EntryKind.PAYMENT, 5_000, key="payment:forged", reference="forged", stars=5))
        [difference] = await shop.billing.reconcile()()
        assert (difference.kind, difference.about) == (DifferenceKind.PAYMENT_UNKNOWN, "forged")


async def test_a_generation_that_holds_credits_back_after_its_end_is_named() -> None:
    async with till(driving=True) as shop:
        await shop.buy(BUY)
        await shop.scene.say("/generate z-image a red fox")
        row = await shop.scene.provider_rings()
        ledger = shop.scene.generations.ledger
        ledger.lose(f"generation:{row.id}:release", f"generation:{row.id}:charge")
        kinds = await _kinds(shop)
        assert DifferenceKind.UNSETTLED in kinds
        assert DifferenceKind.TOTALS in kinds
        assert DifferenceKind.BALANCE in kinds


async def test_what_left_the_providers_account_is_compared_with_what_our_generations_took() -> None:
    async with till(driving=True) as shop:
        await shop.buy(BUY)
        before = ProviderReading(at=shop.scene.clock.now(), credits=shop.scene.provider.credits_left)
        await shop.scene.purchases.save_reading(before)
        await shop.scene.say("/generate z-image a red fox")
        row = await shop.scene.provider_rings()
        shop.scene.provider.credits_left -= row.charged_credits or 0  # the fake takes nothing where it says nothing
        assert await _kinds(shop) == []
        shop.scene.provider.credits_left -= 7
        assert await _kinds(shop) == [DifferenceKind.PROVIDER_CREDITS]


async def test_a_payment_that_may_still_be_on_its_way_is_given_time() -> None:
    async with till() as shop:
        await shop.scene.say("/buy")
        bot = next(iter(shop.scene.telegram.bots.values()))
        bot.allowed_updates = frozenset({"callback_query"})
        shop.scene.telegram.payments.take(shop.an_invoice(SMALL), shop.scene.person.person, shop.scene.chat)
        assert await shop.billing.reconcile()(grace=timedelta(minutes=10)) == []


@pytest.mark.postgres
async def test_the_command_says_each_difference_in_a_line(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    telegram, kie = TelegramWorld(tokens=[TOKEN]), KieSimulator()
    async with serve_telegram(telegram) as telegram_url, serve_kie(kie) as kie_url:
        settings = Settings.from_env(
            {
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "KIE_API_KEY": kie.account.options.api_key,
                "DATABASE_URL": database,
                "TELEGRAM_API_BASE": telegram_url,
                "KIE_API_BASE": kie_url,
                "BILLING": "stars",
                "STARS_PER_CREDIT": "0.5",
                "ACCESS": "everyone",
            }
        )
        assert await reconcile(settings) == 0
        assert capsys.readouterr().out.endswith("the books agree\n")
        person = telegram.add_person("Vera")
        payments = telegram.payments
        bot = next(iter(telegram.bots.values()))
        invoice = Till.invoice_for(SMALL, bot)
        charge = payments.take(invoice, person.person, person.chat())
        assert await reconcile(settings) == 1
        assert charge.id in capsys.readouterr().out
