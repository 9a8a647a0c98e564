"""The command line among streams that are closed, full or read no further, and paths that lead nowhere."""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

from adapters.cli.terminal import in_one_line
from config.exit_status import FAILED, WRONG_USE
from config.main import app, dispatch, main
from config.settings import BOT_OPTIONS


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


@pytest.mark.parametrize(
    "command",
    [
        ("bots", "set", "41", "WELCOME=ODD"),
        ("keys", "create", "ODD", "--user", "5"),
        ("accounts", "pause", "41", "ODD"),
        ("export", "ODD", "--to", "a.zip"),
        ("forget", "ODD"),
        ("set-price", "ODD", "1"),
        ("mcp", "--user", "ODD"),
        ("backup", "ODD.tar"),
        ("generate", "z-image", "-p", "prompt=ODD"),
        ("bots", "add", "--token", "41:ODD", "--kie-key", "ODD"),
    ],
)
def test_bytes_that_are_no_text_are_refused_by_their_place(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """The words are put in here: a report of a test can't hold what is no text."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    status = dispatch([word.replace("ODD", "caf\udce9") for word in command])
    places = [place for place, word in enumerate(command, start=1) if "ODD" in word]
    said = "".join(f"mediabot: argument {place} holds bytes that are no UTF-8 text\n" for place in places)
    assert (status, capsys.readouterr().err) == (WRONG_USE, said)


def _commands(of: App = app, *before: str) -> Iterator[tuple[str, ...]]:
    """Every command that can be typed."""
    for name in of:
        if not name.startswith("-"):
            below = list(_commands(of[name], *before, name))
            yield from below or [(*before, name)]


@pytest.mark.parametrize("empty", ["", "  ", "\u3164", "--user=", "--bot= "])
@pytest.mark.parametrize("command", list(_commands()), ids=" ".join)
def test_no_command_takes_an_empty_argument_for_one_that_is_left_out(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], empty: str
) -> None:
    assert dispatch([*command, empty, "more"]) == WRONG_USE
    said = f"mediabot: argument {len(command) + 1} is empty; leave it out or give it a value\n"
    assert capsys.readouterr().err == said


NEEDS_NOTHING = {
    ("run",), ("demo",), ("models",), ("sanity",), ("reconcile",), ("migrate",), ("audit",), ("upgrade-database",), ("mcp",),
    ("sync-models",), ("sync-prices",), ("keys", "list"), ("bots", "list"), ("bots", "rotate"), ("accounts", "list"),
}  # fmt: skip
"""Commands that do all of their work when nothing else is said."""


@pytest.mark.parametrize(
    "command", [*(one for one in _commands() if one not in NEEDS_NOTHING), ("bots", "set", "41")], ids=" ".join
)
def test_a_command_with_nothing_to_do_says_what_it_wants(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SECRETS_KEY", "A" * 43 + "=")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert dispatch([*command]) == WRONG_USE
    said = capsys.readouterr()
    assert (said.err + said.out).strip()


def test_a_change_of_nothing_names_what_can_be_changed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRETS_KEY", "A" * 43 + "=")
    assert dispatch(["bots", "set", "41"]) == WRONG_USE
    said = capsys.readouterr().err
    assert "there is nothing to change" in said
    assert all(name in said for name in ("--token", "--kie-key", "--admins", *BOT_OPTIONS))


@pytest.mark.parametrize("person", ["telegram:", ":5", ":", "telegram: "])
def test_half_an_id_names_no_person(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, person: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    for command in (["forget", person], ["keys", "create", "key", "--user", person], ["mcp", "--user", person]):
        assert dispatch(command) == WRONG_USE
        assert f"mediabot: {person!r} names no person" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["-1", "0", "99999999999999999999"])
def test_a_number_beyond_what_there_can_be_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    assert dispatch(["audit", "--limit", number]) == WRONG_USE
    assert "Must be" in capsys.readouterr().err
    assert dispatch(["simulator", "kie", "--port", number.replace("0", "99999")]) == WRONG_USE


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("ACCESS",), "'ACCESS' is not NAME=VALUE"),
        (("=open",), "'=open' is not NAME=VALUE"),
        (("ACCESS", "=open"), "'ACCESS' is not NAME=VALUE\nmediabot: '=open' is not NAME=VALUE"),
        (("WELCOME=a", "welcome=b"), "WELCOME is given twice"),
    ],
)
@pytest.mark.parametrize("command", ["add", "set"])
def test_a_setting_of_a_bot_is_a_name_and_a_value(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    options: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setenv("SECRETS_KEY", "A" * 43 + "=")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    if command == "add":
        token, options = f"123:{'A' * 35}", tuple(f"--set={option}" for option in options)
        given = ["--token", token, "--kie-key", "k", *options]
    else:
        given = ["41", *options]
    assert dispatch(["bots", command, *given]) == WRONG_USE
    assert capsys.readouterr().err == f"mediabot: {said}\n"


def test_a_new_bot_gets_no_setting_without_a_value(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRETS_KEY", "A" * 43 + "=")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")
    given = ["--token", f"123:{'A' * 35}", "--kie-key", "k", "--set", "ACCESS="]
    assert dispatch(["bots", "add", *given]) == WRONG_USE
    assert capsys.readouterr().err == "mediabot: --set ACCESS= has no value\n"


def test_a_field_of_a_list_stays_on_its_line() -> None:
    assert in_one_line("two\nlines\tof \x1b[31mred") == "two lines of [31mred"
