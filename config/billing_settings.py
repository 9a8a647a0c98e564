"""What the environment says about money."""

import re
from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Protocol, TypeVar

from attrs import evolve, field, frozen

from adapters.yaml_catalog.schema import did_you_mean
from adapters.yaml_catalog.text_models import load_text_models
from config import values
from config.packaged import packaged_catalog
from domain.package import MOST_STARS, Package, PriceList
from domain.reservation import units_of

T = TypeVar("T")
D = TypeVar("D")

PACKAGES: Final = ((100, 0), (500, 25), (2000, 200))
"""Credits and bonus of what is sold where the operator names nothing."""

BILLING_NAMES: Final = (
    "BILLING",
    "STARS_PER_CREDIT",
    "FREE_CREDITS",
    "FREE_CREDITS_PER_DAY",
    "REFERRAL_CREDITS",
    "SUPPORT_CONTACT",
    "TERMS",
    "TERMS_FILE",
    "PRIVACY",
    "PRIVACY_FILE",
    "PACKAGES",
    "MONTHLY_PACKAGES",
    "PRICE_FACTOR",
    "PRICE_FACTORS",
)
"""What is read here."""

LEAST: Final = Decimal("0.0001")
"""What is smaller is meant otherwise; and credits for a payment without an order would be more than the books can hold."""

_OFFER: Final = re.compile(r"(\d{1,7})(?:\+(\d{1,7}))?(?:=(\d{1,5}))?")


class Reader(Protocol):
    """Reads one variable, and remembers what is wrong with it."""

    def read(self, name: str, parse: Callable[[str], T], default: D) -> T | D: ...

    def blame(self, fault: str) -> None: ...


@frozen(kw_only=True)
class BillingSettings:
    """``is_on`` is ``BILLING=stars``. ``terms`` and ``privacy`` are the operator's own texts; None: the packaged ones."""

    is_on: bool = False
    prices: PriceList = field(factory=lambda: PriceList(stars_per_credit=Decimal(1)))
    once_units: int = 0
    daily_units: int = 0
    referral_units: int = 0
    contact: str | None = None
    terms: str | None = None
    privacy: str | None = None

    @property
    def sold_at(self) -> PriceList | None:
        """What people pay; None while no one but the operator pays."""
        return self.prices if self.is_on else None


@frozen(kw_only=True)
class Offered:
    """A package as the operator writes it: ``500+25`` or, with a price of its own, ``500+25=230``."""

    credits: int
    bonus: int = 0
    stars: int | None = None
    monthly: bool = False

    def priced(self, stars_per_credit: Decimal) -> Package:
        stars = self.stars or int((self.credits * stars_per_credit).to_integral_value(ROUND_CEILING))
        return Package(credits=self.credits, bonus=self.bonus, stars=max(stars, 1), monthly=self.monthly)


def read_billing(reader: Reader) -> BillingSettings:
    """Read the variables about money; nothing but their faults matters while ``BILLING=off``."""
    is_on = reader.read("BILLING", values.one_of("off", "stars"), "off") == "stars"
    per_credit = reader.read("STARS_PER_CREDIT", positive, None)
    settings = BillingSettings(
        is_on=is_on,
        once_units=reader.read("FREE_CREDITS", units, 0),
        daily_units=reader.read("FREE_CREDITS_PER_DAY", units, 0),
        referral_units=reader.read("REFERRAL_CREDITS", units, 0),
        contact=reader.read("SUPPORT_CONTACT", str, None),
        terms=reader.read("TERMS", str, None) or reader.read("TERMS_FILE", text_of, None),
        privacy=reader.read("PRIVACY", str, None) or reader.read("PRIVACY_FILE", text_of, None),
    )
    if per_credit is None:
        if is_on:
            reader.blame(
                "STARS_PER_CREDIT is not set, and BILLING=stars needs it: how many Telegram Stars a credit costs"
            )
        return settings
    return evolve(settings, prices=_prices(reader, per_credit))


def _prices(reader: Reader, per_credit: Decimal) -> PriceList:
    once = reader.read("PACKAGES", offers, [Offered(credits=credits_, bonus=bonus) for credits_, bonus in PACKAGES])
    monthly = reader.read("MONTHLY_PACKAGES", offers, [])
    offered = [*once, *(evolve(each, monthly=True) for each in monthly)]
    packages = []
    for each in offered:
        try:
            packages.append(each.priced(per_credit))
        except ValueError:
            reader.blame(
                f"PACKAGES: {each.credits} credits would cost more than {MOST_STARS} Stars, the most Telegram takes"
            )
    keys = [package.key for package in packages]
    for package in {each.key: each for each in packages if keys.count(each.key) > 1}.values():
        name = "MONTHLY_PACKAGES" if package.monthly else "PACKAGES"
        reader.blame(f"{name} sells {package.credits} credits twice, and a button could bring the other's price")
    return PriceList(
        stars_per_credit=per_credit,
        packages=packages,
        factor=reader.read("PRICE_FACTOR", positive, Decimal(1)),
        factors=reader.read("PRICE_FACTORS", factors, {}),
    )


def positive(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not LEAST <= number < Decimal(1_000_000):
        raise ValueError(f"must be a number from {LEAST} to 999999, not {text!r}")
    return number


def units(text: str) -> int:
    return units_of(positive(text)) if text != "0" else 0


def offers(text: str) -> list[Offered]:
    found = [_OFFER.fullmatch(part.strip()) for part in text.split(",") if part.strip()]
    if not found or not all(each and int(each[1]) for each in found):
        raise ValueError(f"must be credits, a bonus and a price in Stars, as 100,500+25,2000+200=900, not {text!r}")
    read = [each for each in found if each is not None]
    return [Offered(credits=int(each[1]), bonus=int(each[2] or 0), stars=int(each[3] or 0) or None) for each in read]


def factors(text: str) -> dict[str, Decimal]:
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    if not pairs or not all(name.strip() and factor for name, _, factor in pairs):
        raise ValueError(f"must be models and factors, as veo3=1.5,flux/kontext=2, not {text!r}")
    read = {name.strip(): positive(factor.strip()) for name, _, factor in pairs}
    if unknown := [name + did_you_mean(name, sold_models()) for name in read if name not in sold_models()]:
        raise ValueError(f"must name models by their ids, and there is no {'; no '.join(unknown)}")
    return read


@cache
def sold_models() -> frozenset[str]:
    """Ids under which anything is sold: a model's other names are no ids. Chat models are sold as well."""
    models = packaged_catalog().models()
    chat_models = load_text_models(files("config") / "text_models.yaml")
    return frozenset([*(model.id for model in models if not model.is_alias), *chat_models])


def text_of(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"names a file that can't be read ({error.strerror})") from None
