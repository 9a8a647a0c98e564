"""The line that tells how long a wish has been at work."""

import pytest

from adapters.fluent_texts import load_texts
from adapters.telegram.bot.results.progress import progress_text
from adapters.telegram.bot.words import words_for
from application.ports.messenger import Running


@pytest.mark.parametrize(
    ("language", "elapsed_s", "said"),
    [
        ("en", 30, "▰▰▰▰▰▰▰▰▰▱\n🎨 At work for 30 s; it usually takes 30 s"),
        ("en", 40, "▰▰▰▰▰▰▰▰▰▱\n🎨 At work for 40 s, longer than the usual 30 s"),
        ("ru", 40, "▰▰▰▰▰▰▰▰▰▱\n🎨 В работе 40 с, дольше обычного: 30 с"),
    ],
)
def test_what_takes_longer_than_usual_is_reported(language: str, elapsed_s: float, said: str) -> None:
    running = Running(elapsed_s=elapsed_s, usual_s=30)
    assert progress_text(running, "Veo", words_for(load_texts(), language)) == f"<b>Veo</b>\n{said}"
