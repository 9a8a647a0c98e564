"""Words for the person at the terminal, in the language of their locale."""

from collections.abc import Mapping

from attrs import frozen

from application.errors import ApplicationError
from application.explanations import explain
from application.ports.texts import Texts
from application.pricing.quote_price import credits_text, dollars_of, money_text, price_text
from domain.failure import Failure
from domain.price import PriceQuote
from domain.violation import Violation


def locale_language(environ: Mapping[str, str]) -> str | None:
    """What the locale variables say, first set one first (``ru_RU.UTF-8`` → ``ru-RU``); None where they say nothing."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(variable):
            return value.partition(".")[0].replace("_", "-")
    return None


@frozen
class TerminalWords:
    """``Texts`` bound to one language, with the front end's key for each thing there is to say."""

    _texts: Texts
    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        return self._texts.text(key, self.language, **values)

    def price(self, quote: PriceQuote, /) -> str:
        """A number, a range, or the most it can be, in credits and in the provider's money, which is paid here."""
        return self._priced(price_text(quote), money_text(quote))

    def cost(self, credits_: float, /) -> str:
        """So many credits, and their money."""
        return self._priced(credits_text(credits_), dollars_of(credits_))

    def _priced(self, text: tuple[str, Mapping[str, object]], money: str) -> str:
        key, values = text
        said = self(key, **values)
        return self("price-with-money", price=said, money=money) if values else said

    def violation(self, violation: Violation, /) -> str:
        """``path: what is wrong with it``."""
        text = self(f"violation-{violation.code}", **violation.values)
        return f"{violation.path}: {text}" if violation.path else text

    def notice(self, violation: Violation, /) -> str:
        """Which value the provider will drop, and why."""
        return self("notice-dropped", text=self.violation(violation))

    def failure(self, failure: Failure, /) -> str:
        """What happened, whether it cost anything, what to do next; in brackets the provider's own words."""
        text = self(failure.key, charged=failure.charged)
        if failure.violation is not None:
            return f"{text} ({self.violation(failure.violation)})"
        said = [part for part in (failure.provider_code, failure.words_for_people) if part]
        return f"{text} ({': '.join(said)})" if said else text

    def error(self, error: ApplicationError, /) -> str:
        """The same for a wish that did not become a generation."""
        explanation = explain(error)
        return self(explanation.key, **explanation.values)
