"""People buy, spend, lose nothing and get their money back, in both languages, over the simulated Telegram."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Final

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from application.errors import ProviderUnavailable, StoreUnavailable
from application.limits import UserLimits
from application.ports.media_provider import TaskFailed
from config.settings import Settings
from domain.access import Subject
from domain.audit import COMMAND_LINE
from domain.failure import Failure, FailureKind
from domain.generation import UserId
from domain.ledger import Balance, EntryKind
from domain.package import Package
from simulators.telegram import Message, PaymentFault, SentFile, TelegramFault
from simulators.telegram.payments import LINK
from tests.support.books import assert_books_balance
from tests.support.telegram_simulator import picture
from tests.support.tills import MONTHLY, PRICES, SELLING, SMALL, Till, till

ADMIN = UserId("telegram:100001")
VOICE: Final = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg", duration=4)
FOX: Final = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")
BUY_LABELS = {"en": "100 credits · 50 ⭐", "ru": "100 кредитов · 50 ⭐"}


@pytest.mark.parametrize(
    ("language", "balance", "refused"),
    [
        ("en", "You have 100 credits", "You have 100 credits, this costs 320"),
        ("ru", "У вас 100 кредитов", "У вас 100 кредитов, а нужно 320"),
    ],
)
async def test_a_person_buys_credits_sees_them_and_is_refused_what_costs_more(
    language: str, balance: str, refused: str
) -> None:
    async with till(language=language) as shop:
        await shop.buy(BUY_LABELS[language])
        said = await shop.scene.say("/balance")
        assert balance in said.words
        assert await shop.balance() == Balance(units=100_000)
        answer = await shop.scene.say("/generate kling/v2-1-master-text-to-video a red fox duration=10")
        await shop.scene.press(answer, "▶️")
        reported = await shop.said(refused)
        labels = [str(button["text"]) for row in reported.buttons for button in row]
        assert labels == ["💳 Top up" if language == "en" else "💳 Пополнить"]
        await shop.scene.press(reported, labels[0])
        assert await shop.balance() == Balance(units=100_000)
        assert shop.scene.rows == []


HELP: Final = {
    "en": ("a red fox in snow", "Take it as words", "Say what it shows", "You have 99.7 credits", "costs"),
    "ru": ("нарисуй рыжую лису", "Принять как слова", "Что на картинке", "У вас 99,7 кредита", "нужно"),
}


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_help_with_words_is_paid_by_who_asks_for_it_as_its_button_said(language: str) -> None:
    wish, as_words, describe, left, costs = HELP[language]
    async with till(language=language) as shop:
        scene = shop.scene
        offer = await scene.say(wish)
        price = _label(offer, "✨").partition("≤ ")[2].split()[0]
        refused = await scene.press(offer, "✨")
        assert scene.text_model.questions == []
        assert f"{costs} {price}." in refused
        await shop.buy(BUY_LABELS[language])
        await scene.press(offer, "✨")
        assert await shop.balance() == Balance(units=99_900)
        scene.text_model.answers.append(wish)
        await scene.say("/cancel")
        heard = await scene.answer_to(scene.person.send_file(VOICE))
        assert "≤ 0" in _label(heard, as_words)
        await scene.press(heard, as_words)
        assert await shop.balance() == Balance(units=99_800)
        await scene.say("/cancel")
        seen = await scene.answer_to(scene.person.send_file(FOX))
        label = _label(seen, describe)
        assert "≤ 0" in label
        scene.person.press(seen, label)
        await scene.answer_to(seen)
        assert await shop.balance() == Balance(units=99_700)
        assert left in (await scene.say("/balance")).words
        assert scene.rows == []
        await assert_books_balance(scene.generations.ledger)


async def test_help_that_no_model_gives_costs_nothing() -> None:
    async with till() as shop:
        await shop.buy(BUY_LABELS["en"])
        offer = await shop.scene.say("a red fox in snow")
        shop.scene.text_model.on_ask.add(Trouble(error=ProviderUnavailable("503")))
        assert "nothing was charged" in await shop.scene.press(offer, "✨")
        assert await shop.balance() == Balance(units=100_000)


def _label(message: Message, part: str) -> str:
    """The button with these words."""
    return next(str(each["text"]) for row in message.buttons for each in row if part in str(each["text"]))


FACTOR_WORDS: Final = {
    "en": ("1.6 credits", "Once more · 1.6 cr", "You have 98.4 credits", "over 2 credits within 24 hours"),
    "ru": ("1,6 кредита", "Ещё раз · 1,6 кр", "У вас 98,4 кредита", "больше 2 кредитов"),
}


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_card_balance_and_daily_limit_speak_of_the_same_credits(language: str) -> None:
    on_the_card, again, on_the_balance, over_the_limit = FACTOR_WORDS[language]
    selling = evolve(SELLING, prices=evolve(PRICES, factor=Decimal(2)))
    limited = Settings(user_limits=UserLimits(credits_per_day=2.0))
    async with till(selling, language=language, driving=True, settings=limited) as shop:
        await shop.buy(BUY_LABELS[language])
        card = await shop.scene.say("/generate z-image")
        shop.scene.person.say("a red fox")
        assert any(on_the_card in str(row) for row in card.buttons)  # while the words are still missing
        await shop.scene.telegram.until(lambda: "a red fox" in card.words)
        assert any(on_the_card in str(row) for row in card.buttons)
        await shop.scene.press(card, "▶️")
        row = await shop.scene.provider_rings()
        assert row.reserved_credits == 0.8
        await shop.scene.telegram.until(
            lambda: any(again in str(one.buttons) for one in shop.scene.chat.messages.values())
        )
        assert on_the_balance in (await shop.scene.say("/balance")).words
        assert over_the_limit in (await shop.scene.say("/generate z-image a blue fox")).words


async def test_a_model_runs_for_less_than_the_provider_takes_where_the_operator_says_so() -> None:
    selling = evolve(SELLING, prices=evolve(PRICES, factor=Decimal("0.5")))
    async with till(selling, driving=True) as shop:
        await shop.buy(BUY_LABELS["en"])
        await shop.scene.say("/generate z-image a red fox")
        await shop.scene.provider_rings()
        assert await shop.balance() == Balance(units=99_600)


WORDS: Final = {
    "en": {
        "button": "💳 Top up",
        "made": "Z-Image",
        "failed": "returned, no result",
        "refunded": "50 ⭐ were refunded",
        "month": "Every month: 1000 credits · 400 ⭐",
        "once a month": "Once a month",
        "renewed": "then renewed",
        "stop": "Stop the monthly package",
        "stopped": "What you paid for stays",
        "not renewed": "not renewed",
        "code": "You got 25 credits",
        "no code": "does not work",
        "thanks": "Thank you",
        "bonus": "someone you invited has paid",
    },
    "ru": {
        "button": "💳 Пополнить",
        "made": "Z-Image",
        "failed": "возвращено, результата нет",
        "refunded": "50 ⭐ возвращены",
        "month": "Каждый месяц: 1000 кредитов · 400 ⭐",
        "once a month": "Раз в месяц",
        "renewed": "затем продлится",
        "stop": "Не продлевать пакет",
        "stopped": "Оплаченное остаётся вашим",
        "not renewed": "не продлевается",
        "code": "Вы получили 25 кредитов",
        "no code": "не действует",
        "thanks": "Спасибо",
        "bonus": "бонус за приглашённого",
    },
}


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_a_whole_life_with_money_in_the_persons_language(language: str) -> None:
    says, selling = WORDS[language], evolve(SELLING, referral_units=30_000)
    async with till(selling, language=language, admins=[ADMIN], driving=True) as shop:
        charge = await shop.buy(BUY_LABELS[language])
        assert says["thanks"] in (await shop.said(charge.id)).words
        await shop.scene.say("/generate z-image a red fox")
        row = await shop.scene.provider_rings()
        paid = row.reservation.charge(row.charged_credits) if row.reservation else 0
        shop.scene.provider.outcomes.append(TaskFailed(failure=Failure(kind=FailureKind.GENERATION_FAILED)))
        await shop.scene.say("/generate z-image a blue fox")
        await shop.scene.provider_rings(after=1)
        account = (await shop.scene.say("/balance")).words
        assert says["made"] in account
        assert says["failed"] in account
        assert await shop.balance() == Balance(units=100_000 - paid)
        assert says["refunded"] in (await shop.scene.say(f"/admin refund {charge.id}")).words
        assert await shop.balance() == Balance()
        month = await shop.subscribe(says["month"], says["once a month"])
        await shop.said(shop.scene.telegram.payments.renew(month).id)
        account_screen = await shop.scene.say("/balance")
        assert says["renewed"] in account_screen.words
        assert says["stopped"] in await shop.scene.press(account_screen, says["stop"])
        assert says["not renewed"] in (await shop.scene.say("/balance")).words
        await shop.scene.say("/admin promo SUMMER 25 1")
        assert says["code"] in (await shop.scene.say("/promo summer")).words
        assert says["no code"] in (await shop.scene.say("/promo summer")).words
        invited = Till(shop.scene.of(shop.scene.telegram.add_person("Ann", language=language)))
        await invited.scene.say(f"/start r-{shop.scene.person.id}")
        await invited.buy(BUY_LABELS[language])
        assert says["bonus"] in (await shop.scene.say("/balance")).words
        assert await shop.balance() == Balance(units=2_000_000 + 25_000 + 30_000)
        await assert_books_balance(shop.scene.generations.ledger)


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
        async with asyncio.timeout(10):
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


async def test_who_subscribes_again_can_stop_the_new_subscription() -> None:
    async with till() as shop:
        words = WORDS["en"]
        first = await shop.subscribe(words["month"], words["once a month"])
        first.is_stopped = True
        again = shop.scene.telegram.payments.take(
            shop.an_invoice(MONTHLY, period_s=2 * 2_592_000), shop.scene.person.person, shop.scene.chat
        )
        await shop.said(again.id)
        await shop.scene.press(await shop.scene.say("/balance"), words["stop"])
        assert again.is_stopped


async def test_a_person_who_has_a_monthly_package_is_not_sold_the_same_again() -> None:
    async with till() as shop:
        words = WORDS["en"]
        await shop.subscribe(words["month"], words["once a month"])
        offered = await shop.scene.say("/buy")
        assert "You have this package" in await shop.scene.press(offered, words["month"])
        assert len(shop.scene.telegram.log.of("createInvoiceLink")) == 1
        [address] = shop.scene.telegram.payments.links
        assert "You have this package" in str((await shop.scene.person.pay_at(LINK + address)).refused)
        assert await shop.balance() == Balance(units=MONTHLY.units)


async def test_a_monthly_payment_that_is_refunded_is_not_renewed() -> None:
    async with till(admins=[ADMIN]) as shop:
        words = WORDS["en"]
        charge = await shop.subscribe(words["month"], words["once a month"])
        await shop.scene.say(f"/admin refund {charge.id}")
        assert charge.is_refunded
        assert charge.is_stopped
        assert await shop.balance() == Balance()


async def test_commands_are_taken_in_any_letter_case() -> None:
    async with till() as shop:
        for command in ("/BALANCE", "/Buy", "/paySupport", "/Terms", "/PRIVACY"):
            assert (await shop.scene.say(command)).words


async def test_the_terms_stand_above_the_packages_until_someone_has_paid() -> None:
    async with till() as shop:
        assert "/terms" in (await shop.scene.say("/buy")).words
        assert "/terms" in (await shop.scene.say("/start buy")).words  # as the studio and the Mini App open the chat
        await shop.buy(BUY_LABELS["en"])
        assert "/terms" not in (await shop.scene.say("/buy")).words


async def test_what_is_made_is_paid_for_and_what_fails_is_not() -> None:
    async with till(driving=True) as shop:
        await shop.buy(BUY_LABELS["en"])
        await shop.scene.say("/generate z-image a red fox")
        delivered = await shop.scene.provider_rings()
        price = delivered.reservation.units if delivered.reservation else 0
        assert price > 0
        paid = delivered.reservation.charge(delivered.charged_credits) if delivered.reservation else 0
        assert await shop.balance() == Balance(units=100_000 - paid)
        shop.scene.provider.outcomes.append(TaskFailed(failure=Failure(kind=FailureKind.GENERATION_FAILED)))
        await shop.scene.say("/generate z-image a blue fox")
        await shop.scene.provider_rings(after=1)
        assert await shop.balance() == Balance(units=100_000 - paid)
        words = (await shop.scene.say("/balance")).words
        assert "Z-Image" in words
        assert "returned, no result" in words
        await assert_books_balance(shop.scene.generations.ledger)


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
        async with asyncio.timeout(5):
            while await shop.balance() != Balance(units=100_000):
                await asyncio.sleep(0.01)


async def test_with_billing_off_nothing_of_it_is_seen() -> None:
    async with till(evolve(SELLING, is_on=False)) as shop:
        assert "100" not in (await shop.scene.say("/balance")).words
        menu = shop.scene.telegram.bots
        named = {each["command"] for bot in menu.values() for scope in bot.commands.values() for each in scope}
        assert not {"balance", "buy", "paysupport", "terms"} & named
        shop.scene.person.say("/generate z-image a red fox")
        await shop.scene.accepted()
        assert shop.scene.rows[0].reservation is None


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
        async with asyncio.timeout(5):
            while await shop.balance() != Balance():
                await asyncio.sleep(0.01)
        assert await shop.scene.purchases.refund_ended(charge.id) is True


async def test_no_one_but_an_admin_refunds() -> None:
    async with till() as shop:
        charge = await shop.buy(BUY_LABELS["en"])
        await shop.scene.say(f"/admin refund {charge.id}")
        assert not charge.is_refunded


async def test_a_monthly_package_is_bought_renewed_and_stopped() -> None:
    async with till() as shop:
        charge = await shop.subscribe("Every month", "Once a month")
        assert await shop.balance() == Balance(units=1_000_000)
        renewal = shop.scene.telegram.payments.renew(charge)
        await shop.said(renewal.id)
        assert await shop.balance() == Balance(units=2_000_000)
        account = await shop.scene.say("/balance")
        assert "then renewed" in account.words
        assert "What you paid for stays" in await shop.scene.press(account, "Stop the monthly package")
        assert charge.is_stopped
        assert "not renewed" in (await shop.scene.say("/balance")).words


async def test_a_subscription_stopped_in_telegrams_settings_is_shown_so() -> None:
    async with till() as shop:
        await shop.scene.say("/start")
        charge = shop.scene.telegram.payments.take(
            shop.an_invoice(MONTHLY, period_s=2_592_000), shop.scene.person.person, shop.scene.chat
        )
        await shop.said(charge.id)
        shop.scene.telegram.payments.stop(charge, stopped=True, by_person=True)
        async with asyncio.timeout(5):
            while "not renewed" not in (await shop.scene.say("/balance")).words:
                await asyncio.sleep(0.02)


async def test_a_promo_code_works_once_for_each_and_no_more_often_than_it_says() -> None:
    async with till(admins=[ADMIN]) as shop:
        assert "SUMMER" in (await shop.scene.say("/admin promo summer 25 2")).words
        assert "25 credits" in (await shop.scene.say("/promo Summer")).words
        assert "does not work" in (await shop.scene.say("/promo SUMMER")).words
        assert await shop.balance() == Balance(units=25_000)
        others = [shop.scene.of(shop.scene.telegram.add_person(name)) for name in ("Ann", "Bob")]
        assert "25 credits" in (await others[0].say("/start c-SUMMER")).words
        assert "does not work" in (await others[1].say("/promo SUMMER")).words


async def test_who_brings_someone_in_gets_a_bonus_when_they_first_pay() -> None:
    async with till(evolve(SELLING, referral_units=30_000)) as shop:
        link = (await shop.scene.say("/invite")).words
        assert f"start=r-{shop.scene.person.id}" in link
        ann = Till(shop.scene.of(shop.scene.telegram.add_person("Ann")))
        await ann.scene.say(f"/start r-{shop.scene.person.id}")
        assert await shop.balance() == Balance()
        await ann.buy(BUY_LABELS["en"])
        assert await shop.balance() == Balance(units=30_000)
        await ann.buy(BUY_LABELS["en"])
        assert await shop.balance() == Balance(units=30_000)
        assert "someone you invited" in (await shop.scene.say("/balance")).words


async def test_free_credits_come_once_also_after_the_person_was_forgotten() -> None:
    async with till(evolve(SELLING, once_units=10_000)) as shop:
        assert "10 credits" in (await shop.scene.say("/balance")).words
        await shop.scene.generations.ledger.forget(shop.user)
        assert "0 credits" in (await shop.scene.say("/balance")).words


async def test_an_admin_grants_credits_and_corrects_a_charge() -> None:
    async with till(admins=[ADMIN], driving=True) as shop:
        assert "50 credits" in (await shop.scene.say(f"/admin grant {shop.scene.person.id} 50")).words
        assert "has no payment" in (await shop.scene.say("/admin payment stx404")).words
        await shop.scene.say("/generate z-image a red fox")
        row = await shop.scene.provider_rings()
        assert "corrected" in (await shop.scene.say(f"/admin correct {row.id} 0")).words
        assert "charged correctly" in (await shop.scene.say(f"/admin correct {row.id} 0")).words
        assert await shop.balance() == Balance(units=50_000)
        await assert_books_balance(shop.scene.generations.ledger)
