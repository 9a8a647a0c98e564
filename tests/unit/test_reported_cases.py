"""Cases that came from outside: each has a test, and docs/reports.md says which."""

import re
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from adapters.fluent_texts import load_texts
from adapters.telegram.bot.results.under_result import caption
from adapters.telegram.bot.words import words_for
from tests.support.generations import a_generation, life_of
from tests.support.telegram_simulator import TOKEN
from tests.support.telegram_updates import until, updates_line

ROOT: Final = Path(__file__).parents[2]
CASES: Final = re.findall(r"`((?:unit|contract)/\w+\.py)(?:::(\w+))?`", (ROOT / "docs" / "reports.md").read_text())


def test_every_case_of_the_page_has_a_test_that_exists() -> None:
    assert len(CASES) > 80
    missing = [
        f"{file}::{name}"
        for file, name in CASES
        if not (ROOT / "tests" / file).exists() or f"def {name}(" not in (ROOT / "tests" / file).read_text() + "def ("
    ]
    assert missing == []


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("words", ["fox", " fox "])
def test_a_prompt_of_one_word_is_said_once(language: str, words: str) -> None:
    delivered = life_of(a_generation(prompt=words))[-1]
    assert caption(delivered, "FLUX", words_for(load_texts(), language)).count("fox") == 1


async def test_updates_whose_numbers_fall_after_a_quiet_week_are_answered_once() -> None:
    """Telegram may choose the next number at random: https://core.telegram.org/bots/api#update, read 2026-11."""
    async with updates_line() as line, line.leading():
        updates = line.telegram.bots[TOKEN].updates
        person = line.person()
        for number, next_id in enumerate((1000, 17, 2**31 + 5)):
            updates._next_id = next_id
            person.say(f"answer {number}")
            await until(partial(line.handled.ended.count, f"answer {number}"))
        await until(lambda: len(line.telegram.log.of("sendMessage")) == 3)
        assert line.handled.begun == ["answer 0", "answer 1", "answer 2"]


STUMBLED_OVER: Final = {
    "en": ("Taken on", "the wish was sent", "do not follow edits", "Look again in a minute"),
    "ru": ("ждущее желание", "новых желаний", "ринимает желания", "Что вы сделали по словам", "2 участников", "очистить или изменить звук"),
}  # fmt: skip


@pytest.mark.parametrize("language", STUMBLED_OVER)
def test_words_that_readers_stumbled_over_are_gone(language: str) -> None:
    folder = ROOT / "adapters" / "fluent_texts" / language
    said = "\n".join(file.read_text() for file in folder.glob("*.ftl"))
    assert [words for words in STUMBLED_OVER[language] if words in said] == []
