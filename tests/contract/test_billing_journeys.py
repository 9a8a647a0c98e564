"""People buy, spend, lose nothing and get their money back, in both languages, over the simulated Telegram."""

from decimal import Decimal
from typing import Final

import pytest
from attrs import evolve

from adapters.memory.trouble import Trouble
from application.errors import ProviderUnavailable
from application.limits import UserLimits
from application.ports.media_provider import TaskFailed
from config.settings import Settings
from domain.failure import Failure, FailureKind
from domain.generation import UserId
from domain.ledger import Balance
from simulators.telegram import Message, SentFile
from tests.support.books import assert_books_balance
from tests.support.telegram_simulator import picture
from tests.support.till_words import BUY_LABELS, WORDS
from tests.support.tills import PRICES, SELLING, Till, till

ADMIN = UserId("telegram:100001")

VOICE: Final = SentFile(data=b"OggS", name="voice.ogg", mime="audio/ogg", duration=4)

FOX: Final = SentFile(data=picture(), name="fox.jpg", mime="image/jpeg")


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


async def test_with_billing_off_nothing_of_it_is_seen() -> None:
    async with till(evolve(SELLING, is_on=False)) as shop:
        assert "100" not in (await shop.scene.say("/balance")).words
        menu = shop.scene.telegram.bots
        named = {each["command"] for bot in menu.values() for scope in bot.commands.values() for each in scope}
        assert not {"balance", "buy", "paysupport", "terms"} & named
        shop.scene.person.say("/generate z-image a red fox")
        await shop.scene.accepted()
        assert shop.scene.rows[0].reservation is None


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
