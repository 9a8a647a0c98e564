"""The commands of the terminal that need the registry alone: they load nothing of the network, and are there at once."""

import os

from adapters.cli import (
    ListModels,
    ModelsOptions,
    PriceOptions,
    Read,
    ReadOptions,
    TellPrice,
    Terminal,
    TerminalWords,
    Validate,
    ValidateOptions,
    locale_language,
)
from adapters.fluent_texts import FluentTexts
from adapters.media_files import measured
from application.catalog.find_models import FindModels
from application.catalog.validate_input import ValidateInput
from application.pricing.quote_price import QuotePrice
from config.packaged import packaged_catalog, packaged_vocabulary
from config.settings import Settings
from config.wishes import read_and_rank


def terminal() -> Terminal:
    """The three streams, in the language of the locale."""
    texts = FluentTexts()
    return Terminal.standard(TerminalWords(texts, texts.language(locale_language(os.environ))))


def validate(settings: Settings, options: ValidateOptions) -> int:
    """Check one input, or a line of JSON each."""
    catalog = packaged_catalog()
    check = ValidateInput(catalog, allow_private_hosts=settings.allow_private_hosts)
    return Validate(validate=check, terminal=terminal(), measure=measured)(options)


def price(settings: Settings, options: PriceOptions) -> int:
    """Price one input, or a line of JSON each."""
    catalog = packaged_catalog()
    check = ValidateInput(catalog, allow_private_hosts=settings.allow_private_hosts)
    tell = TellPrice(catalog=catalog, validate=check, quote=QuotePrice(catalog), terminal=terminal(), measure=measured)
    return tell(options)


def read(options: ReadOptions) -> int:
    """Understand wishes, a line of JSON each."""
    catalog = packaged_catalog()
    return Read(read=read_and_rank(catalog), terminal=terminal())(options)


def models(options: ModelsOptions) -> int:
    """List the registry."""
    catalog = packaged_catalog()
    find_models = FindModels(catalog, packaged_vocabulary())
    return ListModels(catalog=catalog, find_models=find_models, terminal=terminal())(options)
