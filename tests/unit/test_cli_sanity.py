"""The sanity check as its operator sees it."""

import asyncio
import json
import os
import pty
from collections.abc import Iterator

import pytest
from attrs import evolve

from adapters.cli.progress import progress_line
from adapters.cli.sanity import Sanity, SanityOptions
from adapters.cli.terminal import Terminal
from application.generating.request_generation import GenerationRequest
from domain.failure import Failure, FailureKind
from domain.generation import Generation
from domain.model import ModelStatus, ModelType
from tests.support.check_models import Runs, checker, model
from tests.support.cli import terminal, written

YES = SanityOptions(yes=True)
MODELS = (
    model("a/image", price=4),
    model("a/film", ModelType.TEXT_TO_VIDEO),
    model("a/old", ModelType.SPEECH_TO_TEXT, status=ModelStatus.RETIRED),
)


async def forever() -> None:
    await asyncio.Event().wait()


def sanity(here: Terminal, runs: Runs) -> Sanity:
    return Sanity(check_models=checker(runs, *MODELS), drive=forever, terminal=here, progress=progress_line(here.err))


async def test_a_table_has_a_row_for_each_type_and_the_price_comes_first() -> None:
    here = terminal()
    assert await sanity(here, Runs())(YES) == 0
    assert written(here.err).splitlines()[:2] == [
        "2 models will run. Price of all: about 4 credits ($0.02).",
        "The price of 1 of them is not known.",
    ]
    rows = [line.split() for line in written(here.out).splitlines() if line.startswith("a/")]
    assert rows == [
        ["a/image", "text_to_image", "succeeded", "ok", "7.0", "s"],
        ["a/film", "text_to_video", "succeeded", "ok", "7.0", "s"],
        ["a/old", "speech_to_text", "retired", "not", "tried"],
    ]


async def test_one_failed_type_fails_the_check_and_says_why() -> None:
    here = terminal()
    failure = Failure(kind=FailureKind.GENERATION_FAILED, provider_code="501", provider_message="no luck")
    assert await sanity(here, Runs(ends={"a/film": failure}))(YES) == 1
    assert "a/film: The model began" in written(here.out)
    assert "(501: no luck)" in written(here.out)


async def test_a_program_gets_one_object() -> None:
    here = terminal()
    options = evolve(YES, json=True)
    assert await sanity(here, Runs())(options) == 0
    said = json.loads(written(here.out))
    assert said["ok"] is True
    assert said["checks"][0] == {
        "model": "a/image",
        "type": "text_to_image",
        "state": "succeeded",
        "ok": True,
        "seconds": 7,
        "credits": 4,
        "task_id": "task-of-a/image",
        "message": None,
        "violations": [],
    }
    assert said["checks"][2]["ok"] is None


async def test_where_no_one_can_be_asked_nothing_is_spent() -> None:
    runs = Runs()
    here = terminal()
    assert await sanity(here, runs)(SanityOptions()) == 2
    assert "add --yes" in written(here.err)
    assert runs.wishes == []


async def test_nothing_to_run_needs_no_consent() -> None:
    here = terminal()
    assert await sanity(here, Runs())(SanityOptions(types=[ModelType.SPEECH_TO_TEXT])) == 0
    assert await sanity(here, Runs())(SanityOptions(types=[ModelType.OUTPAINT])) == 0
    assert "There is no model to check." in written(here.err)


@pytest.fixture
def keyboard() -> Iterator[tuple[Terminal, int]]:
    """A terminal whose stdin is a real one, and the end where someone types."""
    theirs, own = pty.openpty()
    with os.fdopen(own, encoding="utf-8") as stdin:
        yield evolve(terminal(), stdin=stdin), theirs
    os.close(theirs)


@pytest.mark.parametrize(("typed", "status"), [("y", 0), ("YES", 0), ("n", 1), ("", 1), ("what?", 1)])
async def test_a_person_is_asked_before_credits_are_spent(
    keyboard: tuple[Terminal, int], typed: str, status: int
) -> None:
    here, hand = keyboard
    runs = Runs()
    os.write(hand, f"{typed}\n".encode())
    assert await sanity(here, runs)(SanityOptions()) == status
    assert len(runs.wishes) == (2 if status == 0 else 0)
    assert "Spend them? [y/N]" in written(here.err)


async def test_the_question_can_be_left_unanswered(keyboard: tuple[Terminal, int]) -> None:
    here, _ = keyboard
    asking = asyncio.create_task(sanity(here, Runs())(SanityOptions()))
    while "Spend them?" not in written(here.err):
        await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


@pytest.mark.parametrize("as_json", [False, True])
async def test_interrupted_it_shows_what_it_knows_and_says_what_goes_on(as_json: bool) -> None:
    here = terminal()
    runs = Runs()

    async def run(wish: GenerationRequest) -> Generation:
        if wish.model == "a/film":
            await forever()
        return await runs(wish)

    check = Sanity(
        check_models=evolve(checker(runs, *MODELS), run=run),
        drive=forever,
        terminal=here,
        progress=progress_line(here.err),
    )
    checking = asyncio.create_task(check(evolve(YES, json=as_json)))
    while "1 of 2 checked" not in written(here.err):
        await asyncio.sleep(0)
    checking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await checking
    if as_json:
        said = json.loads(written(here.out))
        assert (said["ok"], [each["model"] for each in said["checks"]]) == (False, ["a/image"])
    else:
        assert [line.split()[0] for line in written(here.out).splitlines() if line.startswith("a/")] == ["a/image"]
    assert "goes on at the provider" in written(here.err)
