"""One generation from the command line, through the real use cases, on fakes that a test's clock drives."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field

from adapters.cli import Generate, GenerateOptions, LocalFileSource, Terminal, generation_messenger
from adapters.cli.sample_files import SAMPLES
from adapters.memory.leader_lock import InMemoryLeaderLock, LockRoom
from adapters.memory.trouble import Trouble
from application.errors import ProviderRejected, StoreUnavailable
from application.generating.request_generation import RequestGeneration
from application.ports.media_provider import TaskFailed, TaskSucceeded
from config.slices.generating import Generating
from domain.failure import Failure, FailureKind
from domain.generation import Result
from domain.media import MediaKind
from tests.support.cli import terminal, written
from tests.support.core_fixture import PICTURE_MODEL, World

FOX = GenerateOptions(model=PICTURE_MODEL, assignments=["prompt=a red fox in snow"])


@define
class Bench:
    """A command on the use cases, with time to spare."""

    options: GenerateOptions = FOX
    here: Terminal = field(factory=terminal)
    world: World = field(factory=World)
    use_cases: Generating = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.use_cases = self.world.instance()

    def start(self) -> asyncio.Task[int]:
        messenger = generation_messenger(self.options, self.here)
        self.use_cases.messenger.override(messenger)
        self.use_cases.attachments.override(LocalFileSource())
        command = Generate(
            validate=self.use_cases.validate_input(),
            run=self.use_cases.run_draft(),
            drive=self.drive,
            store=self.world.store,
            messenger=messenger,
            terminal=self.here,
            ids=self.world.ids,
            clock=self.world.clock,
        )
        return asyncio.create_task(command(self.options))

    async def drive(self) -> None:
        leadership = await InMemoryLeaderLock(LockRoom(self.world.clock), bot="terminal").acquire()
        await self.use_cases.drive_generations().run(leadership)

    async def run(self) -> int:
        command = self.start()
        await self.world.clock.advance(120)
        async with asyncio.timeout(30):
            return await command

    @property
    def answer(self) -> Any:
        return json.loads(written(self.here.out))


def options(**changes: Any) -> GenerateOptions:
    return GenerateOptions(**{"model": PICTURE_MODEL, "assignments": ["prompt=a red fox in snow"]} | changes)


async def test_the_price_is_reported_before_anything_is_waited_for() -> None:
    bench = Bench()
    assert await bench.run() == 0
    said = written(bench.here.err)
    assert said.index("price: 0.8 credits ($0.004)") < said.index("working")


async def test_what_the_provider_will_drop_is_said_beside_the_price() -> None:
    given = ["prompt=a red fox", "thinking_mode=true", "enable_sequential=true"]
    bench = Bench(options=options(model="wan/2-7-image", assignments=given))
    assert await bench.run() == 0
    assert "KIE will ignore this value: thinking_mode" in written(bench.here.err)


async def test_the_link_of_a_result_is_the_answer_and_the_progress_is_beside_it() -> None:
    bench = Bench()
    assert await bench.run() == 0
    [task] = bench.world.provider.tasks.values()
    assert isinstance(task.end, TaskSucceeded)
    assert written(bench.here.out) == f"{task.end.results[0].url}\n"
    assert "working" in written(bench.here.err)


async def test_a_text_is_the_answer_itself() -> None:
    bench = Bench()
    bench.world.provider.outcomes.append(TaskSucceeded(results=(Result(kind=MediaKind.TEXT, text="Лиса.\nRed."),)))
    assert await bench.run() == 0
    assert written(bench.here.out) == "Лиса.\nRed.\n"


async def test_a_program_gets_one_object() -> None:
    bench = Bench(options(json=True))
    url = "https://files.example/fox.png"
    bench.world.provider.outcomes.append(TaskSucceeded(results=(Result(kind=MediaKind.IMAGE, url=url),), credits=4.5))
    assert await bench.run() == 0
    [task] = bench.world.provider.tasks
    assert bench.answer == {
        "state": "succeeded",
        "model": PICTURE_MODEL,
        "task_id": task,
        "results": [{"kind": "image", "url": url}],
        "credits": 4.5,
        "failure": None,
        "violations": [],
    }


async def test_saved_results_are_named_in_the_answer(tmp_path: Path) -> None:
    url = "https://files.example/fox.png"
    bench = Bench(options(json=True, save=tmp_path / "new" / "folder"))
    bench.world.fetcher.files[url] = b"fox"
    bench.world.provider.outcomes.append(TaskSucceeded(results=(Result(kind=MediaKind.IMAGE, url=url),)))
    assert await bench.run() == 0
    [result] = bench.answer["results"]
    assert Path(result["file"]).read_bytes() == b"fox"
    assert Path(result["file"]).parent == tmp_path / "new" / "folder"


async def test_a_result_that_could_not_be_saved_is_a_failure_that_names_its_link(tmp_path: Path) -> None:
    url = "https://files.example/gone.png"
    bench = Bench(options(save=tmp_path))
    bench.world.fetcher.files[url] = None
    bench.world.provider.outcomes.append(TaskSucceeded(results=(Result(kind=MediaKind.IMAGE, url=url),)))
    assert await bench.run() == 1
    assert written(bench.here.out) == f"{url}\n"
    assert "1 result could not be saved" in written(bench.here.err)
    assert list(tmp_path.iterdir()) == []


async def test_a_local_file_is_uploaded_and_stays_where_it_is() -> None:
    face = SAMPLES / "face.jpg"
    bench = Bench(options(model="recraft/remove-background", assignments=[f"image=@{face}"]))
    assert await bench.run() == 0
    assert list(bench.world.provider.uploads.values()) == [face.read_bytes()]
    [task] = bench.world.provider.tasks.values()
    assert task.submission.input["image"] in bench.world.provider.uploads


async def test_a_failure_is_reported_and_is_status_one() -> None:
    bench = Bench()
    bench.world.provider.outcomes.append(TaskFailed(failure=Failure(kind=FailureKind.CONTENT_REFUSED)))
    assert await bench.run() == 1
    assert "content rules" in written(bench.here.err)
    assert written(bench.here.out) == ""


async def test_a_program_gets_the_failure_in_its_object() -> None:
    bench = Bench(options(json=True))
    failure = Failure(kind=FailureKind.OUT_OF_CREDITS, provider_code="402", provider_message="top up")
    bench.world.provider.on_submit.add(Trouble(error=ProviderRejected(failure)))
    assert await bench.run() == 1
    assert bench.answer["state"] == "failed"
    assert bench.answer["failure"]["kind"] == "out_of_credits"
    assert bench.answer["failure"]["code"] == "402"
    assert "credits" in bench.answer["failure"]["message"]


async def test_an_invalid_input_is_reported_in_full_and_sent_nowhere() -> None:
    bench = Bench(options(assignments=["aspect_ratio=7:7", "colour=red"]))
    assert await bench.run() == 1
    said = written(bench.here.err)
    assert {"  prompt", "  aspect_ratio"} <= {line.partition(": ")[0] for line in said.splitlines()}
    assert "colour" in said
    assert bench.world.provider.tasks == {}


async def test_a_program_gets_every_violation() -> None:
    bench = Bench(options(assignments=[], json=True))
    assert await bench.run() == 1
    assert (bench.answer["state"], bench.answer["failure"]["kind"]) == ("refused", "invalid_input")
    assert [(each["path"], each["code"]) for each in bench.answer["violations"]] == [("prompt", "required")]


async def test_a_store_that_is_away_is_reported_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(_self: RequestGeneration, _wish: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(RequestGeneration, "__call__", away)
    bench = Bench()
    assert await bench.run() == 1
    assert "memory does not answer" in written(bench.here.err)


async def test_anyone_who_stops_waiting_is_informed_of_the_task_that_goes_on() -> None:
    bench = Bench(options(json=True))
    bench.world.provider.run_time_s = 3600
    command = bench.start()
    await bench.world.clock.advance(30)
    command.cancel()
    with pytest.raises(asyncio.CancelledError):
        await command
    [task] = bench.world.provider.tasks
    assert f"Task {task} goes on" in written(bench.here.err)
    assert (bench.answer["state"], bench.answer["task_id"]) == ("running", task)


async def test_anyone_who_stops_while_it_is_being_sent_is_informed_that_it_may_have_begun() -> None:
    bench = Bench()
    bench.world.provider.on_submit.add(Trouble(delay_s=3600))
    command = bench.start()
    await bench.world.clock.advance(5)
    command.cancel()
    with pytest.raises(asyncio.CancelledError):
        await command
    assert "may have begun" in written(bench.here.err)


async def test_a_folder_that_cannot_be_had_is_wrong_use_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    bench = Bench(options(save=tmp_path / "file" / "folder"))
    assert await bench.run() == 2
    assert "can't be used to save results" in written(bench.here.err)
    assert bench.world.provider.tasks == {}


async def test_a_file_that_is_not_there_is_wrong_use_in_the_language_of_the_locale() -> None:
    bench = Bench(options(assignments=["image=@missing.png"]), here=terminal(language="ru"))
    assert await bench.run() == 2
    assert written(bench.here.err).startswith("«missing.png» не читается")
