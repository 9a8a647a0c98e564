"""Words for one person, ready for Telegram's HTML."""

import re
from collections.abc import Mapping

from attrs import frozen

from adapters.telegram.api.markup import escape
from application.drafts.run_draft import why_asked
from application.errors import ApplicationError
from application.explanations import explain, values_for_people
from application.ports.texts import Texts
from application.pricing.quote_price import (
    credits_text,
    dollars_of,
    in_a_row,
    money_text,
    price_text,
    row_price_text,
    shown_credits,
)
from domain.failure import Failure
from domain.price import PriceQuote
from domain.violation import Violation


@frozen
class Words:
    """The texts in one language. Keys of this front end begin with ``tg-``."""

    _texts: Texts
    language: str
    money: bool = False
    """Whether prices stand in dollars beside credits."""

    def __call__(self, key: str, /, **values: object) -> str:
        """HTML: the text's own markup stays, what fills it is escaped."""
        safe = {name: escape(value) if isinstance(value, str) else value for name, value in values.items()}
        return self._texts.text(key, self.language, **safe)

    def plain(self, key: str, /, **values: object) -> str:
        """For buttons and pop-ups, which know no markup."""
        return self._texts.text(key, self.language, **values)

    def violation(self, violation: Violation, /) -> str:
        """What is wrong, plain, without the path: the card shows it beside its parameter."""
        values = values_for_people(violation, self._quoted, self._value)
        return self.plain(f"violation-{violation.code}", **values)

    def _quoted(self, parameter: str) -> str:
        return self.plain("named-parameter", name=self.named("tg-parameter", parameter))

    def _value(self, value: str) -> str:
        return self.plain({"true": "tg-on", "false": "tg-off"}[value]) if value in {"true", "false"} else value

    def notice(self, violation: Violation, /) -> str:
        """Which value the provider will drop, and why. Plain."""
        return self.plain("notice-dropped", text=self.violation(violation))

    def failure(self, failure: Failure, /) -> str:
        """What happened, whether it cost anything, what to do next, and what is wrong with the input. Plain."""
        said = self.plain(failure.key, charged=failure.charged)
        if (violation := failure.violation) is None:
            return said
        return f"{said}\n{self.named('tg-parameter', violation.parameter)}: {self.violation(violation)}"

    def error(self, error: ApplicationError, /) -> str:
        """The same for a wish that did not become a generation. Plain."""
        explanation = explain(error)
        return self.plain(explanation.key, **explanation.values)

    def price(self, quote: PriceQuote, /) -> str:
        """A number, a range, or the most it can be, with its unit. Plain."""
        return self._priced(*price_text(quote), money_text(quote))

    def row_price(self, quote: PriceQuote, /) -> str:
        """The same in a few characters, for a row of a list. Plain."""
        return self._priced(*row_price_text(quote), money_text(quote))

    def credits(self, credits_: float, /) -> str:
        """So many credits, with their unit. Plain."""
        return self._priced(*credits_text(credits_), dollars_of(credits_))

    def at_most(self, credits_: float, /) -> str:
        """Up to so many credits. Plain."""
        return self._priced("price-ceiling", {"high": shown_credits(credits_)}, dollars_of(credits_))

    def least(self, credits_: float, /) -> str:
        """From so many credits. Plain."""
        return self._priced("price-from", {"low": shown_credits(credits_)}, dollars_of(credits_))

    def row_least(self, credits_: float, /) -> str:
        """The same in a few characters. Plain."""
        return self._priced("price-row-from", {"low": shown_credits(credits_)}, dollars_of(credits_))

    def row_credits(self, credits_: float, /) -> str:
        """So many credits, as short. Plain."""
        return self._priced(*in_a_row(credits_text(credits_)), dollars_of(credits_))

    def _priced(self, key: str, values: Mapping[str, object], money: str) -> str:
        price = self.plain(key, **values)
        return self.plain("price-with-money", price=price, money=money) if self.money and values else price

    def question(self, quote: PriceQuote, seen: float | None) -> str:
        """Whether to run it at this price, and why that is asked; ``seen``: the price that the person saw last. HTML."""
        before = "" if seen is None else self.credits(seen)
        return self("tg-confirm", why=why_asked(quote, seen), before=before, price=self.price(quote))

    def about(self, said: str) -> str:
        """What the registry says of a parameter, in English, in the person's language where it is translated. Plain."""
        key = about_key(said)
        return self.plain(key) if said and self._texts.has(key, self.language) else said

    def named(self, prefix: str, name: str) -> str:
        """The word for a name of the registry (``aspect_ratio``), plain; the name itself in words where no one translated it."""
        key = f"{prefix}-{name}"
        if self._texts.has(key, self.language):
            return self.plain(key)
        words = name.replace("_", " ").strip()
        return words[:1].upper() + words[1:]


def about_key(said: str) -> str:
    """The key of the translation of such a sentence."""
    return "tg-about-" + re.sub(r"[^a-z0-9]+", "-", said.lower()).strip("-")


def words_for(texts: Texts, language: str | None, *, money: bool = False) -> Words:
    """The catalogue for a code as a front end says it (``ru-RU``, None …). ``money``: prices in dollars too."""
    return Words(texts, texts.language(language), money)
