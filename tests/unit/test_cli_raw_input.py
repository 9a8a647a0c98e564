"""From words on the command line to a raw input."""

import io
from pathlib import Path

import pytest

from adapters.cli.errors import WrongUse
from adapters.cli.raw_input import read_input
from adapters.cli.sample_files import SAMPLES
from domain.media import Attachment, MediaKind

NOTHING = io.StringIO()


def test_assignments_are_text_as_typed() -> None:
    assert read_input(["prompt=a = b, c", "n=2", "empty="], None, NOTHING) == {
        "prompt": "a = b, c",
        "n": "2",
        "empty": "",
    }


def test_a_name_given_twice_makes_a_list_in_order() -> None:
    assert read_input(["u=b", "p=x", "u=a"], None, NOTHING) == {"u": ["b", "a"], "p": "x"}


def test_the_file_gives_what_no_assignment_replaces(tmp_path: Path) -> None:
    file = tmp_path / "input.json"
    file.write_text('\ufeff{"prompt": "from the file", "n": 2}', encoding="utf-8")
    assert read_input(["prompt=typed"], str(file), NOTHING) == {"prompt": "typed", "n": 2}


def test_a_dash_reads_the_object_from_stdin() -> None:
    assert read_input([], "-", io.StringIO('{"n": 1}')) == {"n": 1}


def test_an_at_sign_attaches_a_file_by_its_content(tmp_path: Path) -> None:
    misnamed = tmp_path / "holiday.txt"
    misnamed.write_bytes((SAMPLES / "face.jpg").read_bytes())
    attachment = read_input([f"image=@{misnamed}"], None, NOTHING)["image"]
    assert attachment == Attachment(
        reference=str(misnamed),
        kind=MediaKind.IMAGE,
        mime="image/jpeg",
        name="holiday.txt",
        size_bytes=misnamed.stat().st_size,
    )


def test_two_at_signs_are_a_text_that_begins_with_one() -> None:
    assert read_input(["prompt=@@alice smiles"], None, NOTHING) == {"prompt": "@alice smiles"}


@pytest.mark.parametrize("assignment", ["prompt", "=fox", "", "@file"])
def test_what_is_no_assignment_is_wrong_use(assignment: str) -> None:
    with pytest.raises(WrongUse) as caught:
        read_input([assignment], None, NOTHING)
    assert (caught.value.key, caught.value.values) == ("cli-not-an-assignment", {"given": assignment})


@pytest.mark.parametrize("name", ["missing.jpg", ".", "a\0b"])
def test_a_file_that_cannot_be_read_is_wrong_use(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongUse) as caught:
        read_input([f"image=@{tmp_path}/{name}"], None, NOTHING)
    assert caught.value.key == "cli-unreadable-file"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{", "cli-unreadable-file"),
        ("[" * 100_000, "cli-unreadable-file"),
        ("[1]", "cli-not-an-object"),
        ('"x"', "cli-not-an-object"),
        ("", "cli-unreadable-file"),
    ],
)
def test_json_that_is_no_object_is_wrong_use(text: str, key: str) -> None:
    with pytest.raises(WrongUse) as caught:
        read_input([], "-", io.StringIO(text))
    assert caught.value.key == key
