"""What a person at the terminal sees of a generation."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from attrs import evolve

from adapters.cli.messenger import LARGEST_SAVED_BYTES, CliMessenger
from adapters.cli.progress import PlainLines, progress_line
from adapters.cli.terminal import Terminal
from application.ports.messenger import Deliverable, FittedFile, OutcomeUnknown, Queued, Running, Uploading
from domain.failure import Failure, FailureKind
from domain.generation import Destination, Generation, GenerationId, Result, TaskId, UserId
from domain.media import MediaFile, MediaKind
from domain.model import ModelId
from tests.support.cli import Stream, terminal, written

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PICTURE = Result(kind=MediaKind.IMAGE, url="https://files.example/fox.png")
ANSWER = Result(kind=MediaKind.TEXT, text="A red fox.")


def queued() -> Generation:
    return Generation(
        id=GenerationId("abcdefgh01234567"),
        user=UserId("cli:terminal"),
        destination=Destination(chat="terminal"),
        language="en",
        model_id=ModelId("some/Model.v2"),
        input={"prompt": "a red fox"},
        created_at=NOW,
        request_key="r1",
        secret="s" * 22,
    )


def running() -> Generation:
    return queued().submitting(at=NOW).running(TaskId("t1"))


def delivering(*results: Result) -> Generation:
    return running().succeeded(results, credits=4, at=NOW)


def messenger_at(terminal: Terminal, *, save_to: Path | None = None, answers: bool = True) -> CliMessenger:
    return CliMessenger(terminal, progress_line(terminal.err), save_to=save_to, answers=answers)


async def test_progress_is_reported_beside_the_answer_and_only_when_it_changes() -> None:
    here = terminal()
    messenger = messenger_at(here)
    for progress in (Queued(place=2), Uploading(), Running(elapsed_s=3.4), Running(elapsed_s=3.4), OutcomeUnknown()):
        assert await messenger.show_progress(queued(), progress) == "terminal"
    await messenger.show_progress(queued(), Running(elapsed_s=12, usual_s=40.2))
    assert written(here.err).splitlines() == [
        "some/Model.v2: waiting, number 2 in the queue",
        "some/Model.v2: uploading your files",
        "some/Model.v2: working, 3 s",
        "some/Model.v2: the connection broke; waiting for a sign whether it began",
        "some/Model.v2: working, 12 s of about 40 s",
    ]
    assert written(here.out) == ""


async def test_what_was_changed_about_a_file_is_said_beside_the_answer() -> None:
    here = terminal()
    heic = FittedFile(name="fox.heic", before="image/heic", after="image/jpeg", size=(4096, 3072))
    loop = FittedFile(name="loop.gif", before="image/gif", after="video/mp4")
    await messenger_at(here).show_progress(queued(), Uploading(fitted=(heic, loop)))
    assert written(here.err).splitlines() == [
        "fox.heic: HEIC sent as JPEG, 4096×3072",
        "loop.gif: GIF sent as MP4",
        "some/Model.v2: uploading your files",
    ]


async def test_results_are_lines_of_the_answer() -> None:
    here = terminal()
    messenger = messenger_at(here)
    generation = delivering(PICTURE, ANSWER)
    assert messenger.batches(generation) == [(0,), (1,)]
    for index, result in enumerate(generation.results):
        receipt = await messenger.deliver(generation, [Deliverable(index=index, result=result)])
        assert receipt.indexes == (index,)
    assert written(here.out) == "https://files.example/fox.png\nA red fox.\n"


async def test_a_program_gets_no_lines_but_its_object() -> None:
    here = terminal()
    generation = delivering(ANSWER)
    messenger = messenger_at(here, answers=False)
    await messenger.deliver(generation, [Deliverable(index=0, result=ANSWER)])
    await messenger.conclude(running().failed(Failure(kind=FailureKind.NO_RESULT), at=NOW))
    assert (written(here.out), written(here.err)) == ("", "")


def test_files_are_asked_for_only_where_they_are_saved(tmp_path: Path) -> None:
    assert messenger_at(terminal()).upload_limit_bytes(Destination(chat="terminal")) == 0
    assert (
        messenger_at(terminal(), save_to=tmp_path).upload_limit_bytes(Destination(chat="terminal"))
        == LARGEST_SAVED_BYTES
    )


async def test_files_and_texts_are_saved_under_names_of_our_own(tmp_path: Path) -> None:
    fetched = tmp_path / "download"
    fetched.write_bytes(b"fox")
    folder = tmp_path / "results"
    folder.mkdir()
    here = terminal()
    messenger = messenger_at(here, save_to=folder)
    generation = delivering(PICTURE, ANSWER)
    file = MediaFile(path=fetched, name="../../etc/passwd", mime="image/png", size_bytes=3)
    await messenger.deliver(generation, [Deliverable(index=0, result=PICTURE, file=file)])
    await messenger.deliver(generation, [Deliverable(index=1, result=ANSWER)])

    picture = folder / "some-model.v2-abcdefgh01234567-1.png"
    answer = folder / "some-model.v2-abcdefgh01234567-2.txt"
    assert (picture.read_bytes(), answer.read_text()) == (b"fox", "A red fox.")
    assert set(folder.iterdir()) == {picture, answer}
    assert picture.stat().st_mode == fetched.stat().st_mode
    assert written(here.out).splitlines() == [str(picture), str(answer)]
    assert messenger.saved == {(generation.id, 0): picture, (generation.id, 1): answer}


async def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "some-model.v2-abcdefgh01234567-1.txt"
    mine.write_text("mine")
    messenger = messenger_at(terminal(), save_to=tmp_path)
    await messenger.deliver(delivering(ANSWER), [Deliverable(index=0, result=ANSWER)])
    assert mine.read_text() == "mine"
    assert (tmp_path / "some-model.v2-abcdefgh01234567-1-2.txt").read_text() == "A red fox."


async def test_a_text_with_half_a_character_is_saved_all_the_same(tmp_path: Path) -> None:
    broken = Result(kind=MediaKind.TEXT, text="fox \ud83e")
    messenger = messenger_at(terminal(), save_to=tmp_path)
    await messenger.deliver(delivering(broken), [Deliverable(index=0, result=broken)])
    assert [path.read_text() for path in tmp_path.iterdir()] == ["fox ?"]


async def test_what_cannot_be_saved_is_still_reported(tmp_path: Path) -> None:
    here = terminal()
    messenger = messenger_at(here, save_to=tmp_path / "missing")
    file = MediaFile(path=tmp_path / "gone", name="fox.png", mime="image/png", size_bytes=3)
    await messenger.deliver(delivering(PICTURE), [Deliverable(index=0, result=PICTURE, file=file)])
    assert written(here.out) == f"{PICTURE.url}\n"
    assert messenger.saved == {}


async def test_a_failure_is_reported_in_the_language_of_the_locale() -> None:
    generation = running().failed(Failure(kind=FailureKind.CONTENT_REFUSED), at=NOW)
    said = []
    for language in ("en", "ru"):
        here = terminal(language=language)
        await messenger_at(here).conclude(generation)
        said.append(written(here.err))
    assert "content rules" in said[0]
    assert "It cost nothing." in said[0]
    assert "Это ничего не стоило." in said[1]


async def test_anyone_who_waits_is_informed_of_the_end_whether_before_or_after() -> None:
    messenger = messenger_at(terminal())
    generation = delivering(ANSWER)
    waiting = asyncio.create_task(messenger.concluded(generation.id))
    await asyncio.sleep(0)
    assert not waiting.done()
    await messenger.conclude(generation)
    await messenger.conclude(evolve(generation, version=2))
    assert await waiting == generation
    assert await messenger.concluded(generation.id) == generation


@pytest.mark.parametrize("tty", [True, False])
async def test_foreign_text_cannot_steer_a_terminal_and_reaches_a_pipe_untouched(tty: bool) -> None:
    here = terminal(tty=tty)
    evil = Result(kind=MediaKind.TEXT, text="fox\x1b[2J\n\ttail\u202e")
    await messenger_at(here).deliver(delivering(evil), [Deliverable(index=0, result=evil)])
    expected = "fox[2J\n\ttail\n" if tty else "fox\x1b[2J\n\ttail\u202e\n"
    assert written(here.out) == expected


def test_a_terminal_has_one_line_that_is_taken_away() -> None:
    stream = Stream(tty=True)
    line = progress_line(stream)
    line.show("some/model: [bold]working, 1 s")
    line.clear()
    assert "[bold]working, 1 s" in written(stream)
    assert not isinstance(line, PlainLines)
