"""Text as Telegram counts it."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.api.markup import cut, escape, split, units

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_units_are_those_of_utf16(text: str) -> None:
    assert units(text) == utf16(text)


@given(TEXTS, st.integers(1, 50))
def test_what_is_cut_fits_and_what_fits_is_not_cut(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert utf16(short) <= limit
    assert short == text or short.endswith("…")
    assert (short == text) == (utf16(text) <= limit) or text.endswith("…")


@given(TEXTS, st.integers(2, 50))
def test_pieces_fit_and_together_hold_every_word_character(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < utf16(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_is_broken_at_a_line_before_a_blank_and_at_a_blank_before_a_word() -> None:
    assert split("one two\nthree four", 12) == ["one two", "three four"]
    assert split("one two three", 9) == ["one two", "three"]
    assert split("🦊" * 5, 4) == ["🦊🦊", "🦊🦊", "🦊"]


@pytest.mark.parametrize(("text", "html"), [("a < b & c > d", "a &lt; b &amp; c &gt; d"), ('say "hi"', 'say "hi"')])
def test_what_html_would_read_is_escaped(text: str, html: str) -> None:
    assert escape(text) == html


def test_counting_letters_loads_no_client_of_telegram() -> None:
    code = "import sys, adapters.telegram.api.markup as _; print('aiogram' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # our own words
    assert loaded.stdout.strip() == "False"
