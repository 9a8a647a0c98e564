"""``/generate MODEL words key=value …``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.bot.command_line import CommandLine, read_command_line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("", CommandLine(model="", words="", values={})),
        ("m", CommandLine(model="m", words="", values={})),
        ("m a red fox", CommandLine(model="m", words="a red fox", values={})),
        ("m a fox ratio=16:9 in snow", CommandLine(model="m", words="a fox in snow", values={"ratio": "16:9"})),
        ('m no="text, frames" a fox', CommandLine(model="m", words="a fox", values={"no": "text, frames"})),
        ("m no=“text, frames” a fox", CommandLine(model="m", words="a fox", values={"no": "text, frames"})),
        ("m no=«рамки, текст» лиса", CommandLine(model="m", words="лиса", values={"no": "рамки, текст"})),
        ("m url=a url=b url=c", CommandLine(model="m", words="", values={"url": ["a", "b", "c"]})),
        ('m "a = b is true"', CommandLine(model="m", words="a = b is true", values={})),
        ("m first line\nsecond  line", CommandLine(model="m", words="first line\nsecond  line", values={})),
        ("m\na fox", CommandLine(model="m", words="a fox", values={})),
        ('m size=5" nail', CommandLine(model="m", words="nail", values={"size": '5"'})),
        ("m empty= fox", CommandLine(model="m", words="fox", values={"empty": ""})),
        ("m 2+2=4", CommandLine(model="m", words="2+2=4", values={})),
        ('m say "hi" to "him"', CommandLine(model="m", words='say "hi" to "him"', values={})),
    ],
)
def test_the_model_comes_first_and_pairs_are_taken_out_of_the_words(arguments: str, line: CommandLine) -> None:
    assert read_command_line(arguments) == line


@given(st.text(max_size=200))
def test_anything_can_be_read(arguments: str) -> None:
    read_command_line(arguments)
