"""Texts in which a bot says some things in its operator's words."""

from collections.abc import Mapping, Sequence
from html import escape

from attrs import frozen

from application.ports.texts import Texts

ANY: str = ""
"""The language of a text that is for everyone who has none of their own."""


@frozen
class OwnTexts:
    """``Texts`` with other words for some keys. Those are plain: what looks like markup is shown as it is.

    ``own``: by key and language; ``ANY`` stands for all languages that are not there.
    """

    _texts: Texts
    _own: Mapping[str, Mapping[str, str]]

    @property
    def languages(self) -> Sequence[str]:
        return self._texts.languages

    def language(self, code: str | None, /) -> str:
        return self._texts.language(code)

    def text(self, key: str, language: str, /, **values: object) -> str:
        by_language = self._own.get(key, {})
        own = by_language.get(language) or by_language.get(ANY)
        return escape(own, quote=False) if own else self._texts.text(key, language, **values)

    def has(self, key: str, language: str, /) -> bool:
        return self._texts.has(key, language)
