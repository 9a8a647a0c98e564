"""How a price is said."""

import pytest

from adapters.fluent_texts import load_texts
from adapters.telegram.bot.words import words_for
from adapters.web.words import PageWords
from application.pricing.quote_price import dollars_of, money_text, price_text, shown_credits
from domain.price import PriceBasis, PriceQuote

TEXTS = load_texts()


def quote(low: float, high: float, basis: PriceBasis = PriceBasis.RANGE, known: float | None = None) -> PriceQuote:
    return PriceQuote(credits=known, low=low, high=high, ceiling=high, basis=basis)


EXACT = quote(0.8, 0.8, PriceBasis.EXACT, 0.8)
CEILING = quote(0, 3120, PriceBasis.CEILING)


@pytest.mark.parametrize(
    ("credits_", "shown"),
    [(0.8, 0.8), (1.722, 1.73), (1.7200000001, 1.72), (4.005, 4.01), (0.0, 0.0), (0.1 + 0.2, 0.3)],
)
def test_what_is_shown_is_never_less_than_it_is(credits_: float, shown: float) -> None:
    assert shown_credits(credits_) == shown


@pytest.mark.parametrize(
    ("price", "en", "ru"),
    [
        (EXACT, "0.8 credits ($0.004)", "0,8 кредита ($0.004)"),
        (quote(42, 90), "≈ 42–90 credits ($0.21–0.45)", "≈ 42–90 кредитов ($0.21–0.45)"),
        (CEILING, "up to 3,120 credits ($15.60)", "до 3 120 кредитов ($15.60)"),
    ],
)
def test_money_stands_beside_credits_where_a_person_chose_it(price: PriceQuote, en: str, ru: str) -> None:
    for language, said in (("en", en), ("ru", ru)):
        plain = said.rpartition(" (")[0]
        assert words_for(TEXTS, language, money=True).price(price).replace("\xa0", " ") == said
        assert words_for(TEXTS, language).price(price).replace("\xa0", " ") == plain
        assert PageWords(TEXTS, language, money=True).price(price).endswith(f"({money_text(price)})")
        assert "$" not in PageWords(TEXTS, language).price(price)


def test_a_row_says_it_in_few_characters() -> None:
    assert words_for(TEXTS, "en").row_price(quote(42.004, 90)) == "≈ 42–90 cr"
    assert words_for(TEXTS, "en", money=True).row_credits(0.8) == "0.8 cr ($0.004)"
    assert price_text(quote(42.009, 90.001))[1] == {"low": 42.0, "high": 90.01}


@pytest.mark.parametrize(("language", "said"), [("en", "free"), ("ru", "бесплатно")])
def test_what_costs_nothing_is_free_in_every_currency(language: str, said: str) -> None:
    free = quote(0, 0, PriceBasis.EXACT, 0.0)
    words, page = words_for(TEXTS, language, money=True), PageWords(TEXTS, language, money=True)
    assert {words.price(free), words.row_price(free), words.credits(0.0), words.row_credits(0.0)} == {said}
    assert {page.price(free), page.row_price(free), page.cost(0.0)} == {said}


@pytest.mark.parametrize("price", [EXACT, CEILING, quote(42, 90), quote(0, 12, PriceBasis.UNKNOWN)])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_price_is_written_in_one_way_in_the_chat_and_on_pages(price: PriceQuote, language: str) -> None:
    chat, page = words_for(TEXTS, language, money=True), PageWords(TEXTS, language, money=True)
    assert (chat.price(price), chat.row_price(price)) == (page.price(price), page.row_price(price))


@pytest.mark.parametrize(
    ("credits_", "said"), [(0, "$0.00"), (0.8, "$0.004"), (1, "$0.005"), (200, "$1.00"), (0.01, "$0.0001")]
)
def test_dollars_are_rounded_up_to_a_hundredth_of_a_cent(credits_: float, said: str) -> None:
    assert dollars_of(credits_) == said
