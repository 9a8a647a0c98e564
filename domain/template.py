"""A ready-made idea: words of a wish, what it is for, and a sample picture."""

from collections.abc import Mapping

from attrs import field, frozen

from domain.use import Use


@frozen(kw_only=True)
class TemplateWords:
    """``title`` stands on a button, ``words`` go into the wish."""

    title: str
    words: str = field(repr=False)


@frozen(kw_only=True)
class Template:
    """``words`` by language. ``picture`` holds the bytes of a JPEG that shows what comes of it."""

    name: str
    use: Use
    words: Mapping[str, TemplateWords]
    picture: bytes = field(repr=False)

    def in_language(self, language: str) -> TemplateWords:
        """Return the words in this language, else in the first."""
        return self.words.get(language) or next(iter(self.words.values()))
