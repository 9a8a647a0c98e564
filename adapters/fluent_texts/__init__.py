"""Words for people, from Fluent catalogues: a folder for each language, a ``.ftl`` file for each area."""

from adapters.fluent_texts.own_texts import OwnTexts
from adapters.fluent_texts.texts import FluentTexts, TextsError, catalogue_text, load_texts, parsed_catalogue

__all__ = ["FluentTexts", "OwnTexts", "TextsError", "catalogue_text", "load_texts", "parsed_catalogue"]
