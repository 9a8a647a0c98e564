"""Words for people, from Fluent catalogues: one ``.ftl`` file for each language."""

from adapters.fluent_texts.texts import FluentTexts, TextsError, load_texts

__all__ = ["FluentTexts", "TextsError", "load_texts"]
