"""What follows the name in ``/generate MODEL words key=value …``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.bot.command_line import CommandLine, read_command_line

PARAMETERS = ("prompt", "ratio", "no", "url", "size", "empty")


def read(text: str) -> CommandLine:
    return read_command_line(text, parameters=PARAMETERS, prose="prompt")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", CommandLine(words="", values={})),
        ("a red fox", CommandLine(words="a red fox", values={})),
        ("a fox ratio=16:9 in snow", CommandLine(words="a fox in snow", values={"ratio": "16:9"})),
        ('no="text, frames" a fox', CommandLine(words="a fox", values={"no": "text, frames"})),
        ("no=“text, frames” a fox", CommandLine(words="a fox", values={"no": "text, frames"})),
        ("no=«рамки, текст» лиса", CommandLine(words="лиса", values={"no": "рамки, текст"})),
        ("url=a url=b url=c", CommandLine(words="", values={"url": ["a", "b", "c"]})),
        ('"a = b is true"', CommandLine(words="a = b is true", values={})),
        ("first line\nsecond  line", CommandLine(words="first line\nsecond  line", values={})),
        ('size=5" nail', CommandLine(words="nail", values={"size": '5"'})),
        ("empty= fox", CommandLine(words="fox", values={"empty": ""})),
        ("2+2=4", CommandLine(words="2+2=4", values={})),
        ('say "hi" to "him"', CommandLine(words='say "hi" to "him"', values={})),
    ],
)
def test_pairs_are_taken_out_of_the_words(text: str, line: CommandLine) -> None:
    assert read(text) == line


@pytest.mark.parametrize(
    ("text", "words", "values"),
    [
        ("prompt=a fox in snow", "a fox in snow", {}),
        ("prompt=a fox in snow ratio=16:9", "a fox in snow", {"ratio": "16:9"}),
        ("ratio=16:9 prompt=a fox in snow", "a fox in snow", {"ratio": "16:9"}),
        ('prompt="a fox, size=5" ratio=1:1', "a fox, size=5", {"ratio": "1:1"}),
        ("oil painting prompt=a fox in snow", "oil painting a fox in snow", {}),
    ],
)
def test_words_after_the_prompts_name_are_all_kept(text: str, words: str, values: dict[str, object]) -> None:
    assert read(text) == CommandLine(words=words, values=values)


@pytest.mark.parametrize("text", ["E=mc2 poster", "a poster with E=mc2 and x=1", "love=hate"])
def test_an_equation_is_a_prompt(text: str) -> None:
    assert read(text) == CommandLine(words=text, values={})


def test_a_misspelt_name_stays_a_name_so_that_the_right_one_can_be_suggested() -> None:
    assert read("a fox ratoi=16:9").values == {"ratoi": "16:9"}


@given(st.text(max_size=200))
def test_anything_can_be_read(text: str) -> None:
    read(text)
