"""The command line among streams that are closed, full or read no further, and paths that lead nowhere."""

import io
import os
import sys
from pathlib import Path

import pytest

from config.exit_status import FAILED, WRONG_USE
from config.main import dispatch, main


@pytest.mark.parametrize("command", [["models", "z-image"], ["models", "z-image", "--json"]])
def test_a_reader_that_has_had_enough_ends_the_command_without_a_word(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr("sys.argv", ["mediabot", *command])
    with os.fdopen(writing, "w") as pipe, pytest.raises(SystemExit) as end:
        monkeypatch.setattr("sys.stdout", pipe)
        main()
    assert end.value.code == FAILED
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", [["models"], ["models", "--json"], ["--version"], ["--help"]])
def test_a_full_disk_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr("sys.stdout", full)
        assert dispatch(command) == FAILED
    assert capsys.readouterr().err == "mediabot: the output can't be used: No space left on device\n"


@pytest.mark.parametrize("encoding", ["ascii", "koi8-r", "latin-1"])
def test_words_that_a_terminal_has_no_letters_for_stop_nothing(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    written = {stream: io.BytesIO() for stream in ("stdout", "stderr")}
    for stream, content in written.items():
        monkeypatch.setattr(sys, stream, io.TextIOWrapper(content, encoding=encoding))
    monkeypatch.setenv("LC_ALL", "ru_RU")
    assert dispatch(["validate", "z-image", "-p", "prompt=💥", "-p", "лиса=1"]) == FAILED
    sys.stderr.flush()
    assert written["stderr"].getvalue().count(b"\n") > 0


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_closed_is_an_empty_one(monkeypatch: pytest.MonkeyPatch, stream: str) -> None:
    monkeypatch.setattr(sys, stream, None)
    monkeypatch.setattr("sys.argv", ["mediabot", "validate", "--batch"])
    if stream != "stdin":
        monkeypatch.setattr("sys.argv", ["mediabot", "models", "no such model"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == (0 if stream == "stdin" else FAILED)
    getattr(sys, stream).close()


@pytest.mark.parametrize("place", ["no/such/folder/x", "a/folder"])
@pytest.mark.parametrize("command", [["backup"], ["export", "5", "--to"]])
def test_a_place_that_cannot_be_written_is_named_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str], place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MEDIABOT_DATA", str(tmp_path))
    Path("a/folder").mkdir(parents=True)
    assert dispatch([*command, place]) == WRONG_USE
    assert place in capsys.readouterr().err
