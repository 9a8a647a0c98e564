"""Words for one person on a page."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from attrs import frozen
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from application.errors import ApplicationError
from application.explanations import explain, values_for_people
from application.ports.messenger import FittedFile
from application.ports.model_catalog import ModelCatalog
from application.ports.texts import Texts
from application.pricing.quote_price import (
    credits_text,
    dollars_of,
    money_text,
    price_text,
    row_price_text,
    shown_credits,
)
from application.wishes.offer_models import AbsentModel
from domain.failure import Failure
from domain.good_at import Strength
from domain.model import Model
from domain.operation import Alarm
from domain.price import PriceQuote
from domain.violation import Violation


@frozen
class PageWords:
    """The texts in one language, plain: the templates escape them. Keys of the pages begin with ``studio-``."""

    _texts: Texts
    language: str
    money: bool = False
    """Whether prices stand in dollars beside credits."""

    def __call__(self, key: str, /, **values: object) -> str:
        """A text of the pages."""
        return self._texts.text(f"studio-{key}", self.language, **values)

    def violation(self, violation: Violation, /) -> str:
        """What is wrong with a value, without its name."""
        values = values_for_people(violation, self._quoted, self._value)
        return self._texts.text(f"violation-{violation.code}", self.language, **values)

    def _quoted(self, parameter: str) -> str:
        return self._texts.text("named-parameter", self.language, name=self.parameter(parameter))

    def _value(self, value: str) -> str:
        return self({"true": "yes", "false": "no"}[value]) if value in {"true", "false"} else value

    def notice(self, violation: Violation, /) -> str:
        """Which value the provider will drop, and why."""
        return self._texts.text("notice-dropped", self.language, text=self.violation(violation))

    def fitted(self, file: FittedFile, /) -> str:
        """What was changed about a file so that the model takes it."""
        return self._texts.text("file-fitted", self.language, **file.values_of_text())

    def failure(self, failure: Failure, /) -> str:
        """What happened, whether it cost anything, what to do next, and what is wrong with the input."""
        said = self._texts.text(failure.key, self.language, charged=failure.charged)
        if (violation := failure.violation) is None:
            return said
        return f"{said} {self.parameter(violation.parameter)}: {self.violation(violation)}."

    def error(self, error: ApplicationError, /) -> str:
        """The same for a request that was refused."""
        explanation = explain(error)
        return self._texts.text(explanation.key, self.language, **explanation.values)

    def parameter(self, name: str, /) -> str:
        """The word for a parameter of the registry; its name in words where no one translated it."""
        return self._named("tg-parameter", name)

    def task(self, name: str, /) -> str:
        """The word for a model type or a named task."""
        if self._texts.has(f"tg-type-{name}", self.language):
            return self._named("tg-type", name)
        return re.sub(r"^\W+", "", self._named("tg-step", name))  # a page draws its own signs

    def absent(self, absent: AbsentModel | None, catalog: ModelCatalog, /) -> str:
        """What a wish names and is not there, and what comes nearest; empty where all is there."""
        if absent is None:
            return ""
        nearest = catalog.title_of(absent.nearest) if absent.nearest else ""
        why, found = "paused" if absent.is_paused else "gone", "yes" if nearest else "no"
        values = {"model": absent.name, "why": why, "nearest": nearest, "found": found}
        return self._texts.text("offer-absent", self.language, **values)

    def good_at(self, strengths: Sequence[Strength], /) -> str:
        """What a model is good at."""
        return ", ".join(self._texts.text(f"good-at-{one.name}", self.language, value=one.value) for one in strengths)

    def unsaid(self, model: Model, values: Mapping[str, object], /) -> str:
        """What of the stated values this model has no setting for."""
        what = [self._texts.text(f"stated-{name}", self.language, value=str(value)) for name, value in values.items()]
        return self._texts.text("offer-unsaid", self.language, model=model.title, what=", ".join(what))

    def use(self, name: str, /) -> str:
        """What a wish may be for."""
        return re.sub(r"^\W+", "", self._named("tg-use", name))

    def fault(self, name: str, /) -> str:
        """The word for a kind of failure, for operators."""
        return self._named("tg-fault", name)

    def alarm(self, alarm: Alarm, about: str, /) -> str:
        """A condition that is an operator's to look at."""
        name = self._texts.text(f"tg-alarm-name-{alarm.kind}", self.language, about=about)
        return f"{name} ({alarm.account})" if alarm.account else name

    def state(self, state: str, /) -> str:
        """Where a generation stands, for operators."""
        return self._texts.text("tg-admin-state", self.language, state=state)

    def duration(self, seconds: float | None, /) -> str:
        """How long something took; a dash where it never did."""
        if seconds is None:
            return "–"
        if seconds < 60:
            return self("seconds", seconds=self.number(round(seconds, 1 if seconds < 10 else 0)))
        whole = round(seconds)
        return self("minutes", minutes=whole // 60, seconds=whole % 60)

    def about(self, said: str, /) -> str:
        """What the registry says of a parameter, translated where it is."""
        key = "tg-about-" + re.sub(r"[^a-z0-9]+", "-", said.lower()).strip("-")
        return self._texts.text(key, self.language) if said and self._texts.has(key, self.language) else said

    def number(self, number: float, /) -> str:
        """A number as the language writes it, to the hundredth at most."""
        return str(format_decimal(round(number, 2), locale=self.language))

    def figure(self, number: float | None, /) -> str:
        """The same; a dash where there is none."""
        return "–" if number is None else self.number(number)

    def credits(self, credits_: float, /) -> str:
        """So many credits, of a balance or a limit."""
        return self("credits", credits=shown_credits(credits_))

    def cost(self, credits_: float, /) -> str:
        """What something cost, or costs again."""
        return self._priced(credits_text(credits_), dollars_of(credits_))

    def price(self, price: PriceQuote | None, /) -> str:
        """What an input costs: exactly, between two figures, or at most; in words where no one knows it."""
        return self("price-unknown") if price is None else self._priced(price_text(price), money_text(price))

    def row_price(self, price: PriceQuote, /) -> str:
        """The same for a row of a list, where there is little room."""
        return self._priced(row_price_text(price), money_text(price))

    def _priced(self, text: tuple[str, Mapping[str, object]], money: str) -> str:
        key, values = text
        said = self._texts.text(key, self.language, **values)
        if not (self.money and values):
            return said
        return self._texts.text("price-with-money", self.language, price=said, money=money)

    def day(self, moment: datetime, /) -> str:
        """The day, short."""
        return str(format_date(moment, "d MMM y", locale=self.language))

    def short_day(self, day: date, /) -> str:
        """Day and month, in figures."""
        return str(format_date(day, "dd.MM." if self.language == "ru" else "d MMM", locale=self.language))

    def moment(self, moment: datetime, /) -> str:
        """Day and time, UTC."""
        return f"{self.day(moment)}, {format_time(moment, 'HH:mm', locale=self.language)}"

    def _named(self, prefix: str, name: str) -> str:
        key = f"{prefix}-{name}"
        if self._texts.has(key, self.language):
            return self._texts.text(key, self.language)
        words = name.replace("_", " ").strip()
        return words[:1].upper() + words[1:]
