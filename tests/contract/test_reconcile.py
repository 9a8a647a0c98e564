"""The comparison of the books with Telegram and with KIE: silent while they agree, a line for each thing that does not."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres_store import PostgresProviderAccounts, migrate, open_database
from adapters.postgres_store.bot_directory import PostgresBotDirectory
from adapters.sealing import FernetBox
from adapters.system.machine import SystemClock
from application.billing.reconcile import DifferenceKind
from application.operating.add_bot import AddBot
from application.ports.provider_accounts import ProviderReading
from config.accounts import account_of
from config.reconcile import reconcile
from config.settings import Settings
from domain.audit import COMMAND_LINE
from domain.bot import ProviderAccount, bot_id_of
from domain.generation import UserId
from domain.ledger import EntryKind, refund_key
from simulators.kie import KieSimulator
from simulators.kie import serve as serve_kie
from simulators.telegram import PaymentFault, TelegramWorld
from simulators.telegram import serve as serve_telegram
from tests.support.audit import an_audit
from tests.support.books import an_entry
from tests.support.many_bots import SECRETS_KEY
from tests.support.tills import SMALL, Till, till

TOKEN, SECOND = "4242:" + "A" * 35, "4343:" + "B" * 35
BUY = "100 credits · 50 ⭐"


async def _kinds(shop: Till) -> list[DifferenceKind]:
    return [difference.kind for difference in await shop.graph.reconcile()()]


async def _of_the_account(shop: Till, *, remember: bool = False) -> list[DifferenceKind]:
    return [difference.kind for difference in await shop.graph.compare_account()(remember=remember)]


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
        [difference] = await shop.graph.reconcile()()
        assert (difference.kind, difference.about) == (DifferenceKind.PAYMENT_MISSING, charge.id)
        assert charge.id in str(difference)


async def test_a_payment_that_telegram_does_not_know_is_named() -> None:
    async with till() as shop:
        ledger = shop.scene.generations.ledger
        await ledger.add(an_entry(EntryKind.PAYMENT, 5_000, key="payment:forged", reference="forged", stars=5))
        [difference] = await shop.graph.reconcile()()
        assert (difference.kind, difference.about) == (DifferenceKind.PAYMENT_UNKNOWN, "forged")


async def test_a_refund_that_never_reached_us_is_named_also_where_it_had_been_refused() -> None:
    async with till(admins=[UserId("telegram:100001")]) as shop:
        refused, given_back = await shop.buy(BUY), await shop.buy(BUY)
        shop.scene.telegram.payments.spoil(PaymentFault.REFUND_REFUSED)
        await shop.scene.say(f"/admin refund {refused.id}")
        assert await _kinds(shop) == []
        bot = next(iter(shop.scene.telegram.bots.values()))
        bot.allowed_updates = frozenset({"callback_query"})
        for charge in (refused, given_back):
            shop.scene.telegram.payments.give_back(charge)
        found = {(each.kind, each.about) for each in await shop.graph.reconcile()()}
        assert found == {(DifferenceKind.REFUND_MISSING, charge.id) for charge in (refused, given_back)}


async def test_a_refund_that_telegram_did_not_make_is_named() -> None:
    async with till() as shop:
        charge = await shop.buy(BUY)
        entry = an_entry(
            EntryKind.REFUND, -100_000, user=shop.user, key=refund_key(charge.id), reference=charge.id, stars=-50
        )
        await shop.scene.generations.ledger.add(entry)
        assert await _kinds(shop) == []  # it is still to be asked for
        await shop.scene.purchases.end_refund(charge.id, given_back=True, at=shop.scene.clock.now())
        [difference] = await shop.graph.reconcile()()
        assert (difference.kind, difference.about) == (DifferenceKind.REFUND_UNKNOWN, charge.id)


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
        assert await _of_the_account(shop, remember=True) == []
        await shop.scene.say("/generate z-image a red fox")
        row = await shop.scene.provider_rings()
        shop.scene.provider.credits_left -= row.charged_credits or 0  # the fake takes nothing where it says nothing
        assert await _of_the_account(shop) == []
        shop.scene.provider.credits_left -= 7
        assert await _of_the_account(shop) == [DifferenceKind.PROVIDER_CREDITS]


async def test_a_payment_that_may_still_be_on_its_way_is_given_time() -> None:
    async with till() as shop:
        await shop.scene.say("/buy")
        bot = next(iter(shop.scene.telegram.bots.values()))
        bot.allowed_updates = frozenset({"callback_query"})
        shop.scene.telegram.payments.take(shop.an_invoice(SMALL), shop.scene.person.person, shop.scene.chat)
        assert await shop.graph.reconcile()(grace=timedelta(minutes=10)) == []


@pytest.mark.postgres
async def test_the_command_says_each_difference_of_every_bot_in_a_line(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram, kie = TelegramWorld(tokens=[TOKEN, SECOND]), KieSimulator()
    async with serve_telegram(telegram) as telegram_url, serve_kie(kie) as kie_url:
        key = kie.account.options.api_key
        settings = Settings.from_env(
            {
                "TELEGRAM_BOT_TOKEN": TOKEN,
                "KIE_API_KEY": key,
                "DATABASE_URL": database,
                "TELEGRAM_API_BASE": telegram_url,
                "KIE_API_BASE": kie_url,
                "SECRETS_KEY": SECRETS_KEY,
                "BILLING": "stars",
                "STARS_PER_CREDIT": "0.5",
                "ACCESS": "everyone",
            }
        )
        await migrate(database)
        async with open_database(database) as opened:
            add = AddBot(
                bots=PostgresBotDirectory(opened, FernetBox([SECRETS_KEY])), clock=SystemClock(), audit=an_audit()
            )
            await add(SECOND, key, (), by=COMMAND_LINE)
        assert await reconcile(settings) == 0
        assert capsys.readouterr().out.endswith("the books agree\n")
        person = telegram.add_person("Vera")
        charges = [
            telegram.payments.take(
                Till.invoice_for(SMALL, telegram.bots[token]), person.person, person.chat(telegram.bots[token])
            )
            for token in (TOKEN, SECOND)
        ]
        account = ProviderAccount(name=account_of(key), bots=frozenset({bot_id_of(TOKEN), bot_id_of(SECOND)}))
        reading = ProviderReading(at=datetime.now(UTC), credits=1e9, bots=account.bots)
        async with open_database(database) as opened:
            await PostgresProviderAccounts(opened).save_reading(account.name, reading)
        assert await reconcile(settings) == 1
        said = capsys.readouterr().out.splitlines()
        of_the_first, of_the_second, of_both = [line for line in said if not line.startswith("level=")]  # or the log's
        assert of_the_first.startswith(f"4242 payment_missing {charges[0].id}")
        assert of_the_second.startswith(f"4343 payment_missing {charges[1].id}")
        assert of_both.startswith("4242,4343 provider_credits since")
