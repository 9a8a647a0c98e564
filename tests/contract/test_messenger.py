"""The contract of ``Messenger``, held by the fake and by each front end.

The fixture is the list: a front end joins by a stage of its own in ``tests/support/messenger_stages.py``.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

import pytest

from application.errors import DeliveryOutcomeUnknown, DestinationGone, MessengerUnavailable
from application.ports.messenger import Deliverable, OutcomeUnknown, Progress, Queued, Running, Uploading
from domain.failure import Failure, FailureKind
from domain.generation import Generation, Result
from domain.media import MediaFile, MediaKind
from tests.support.generations import NOON, a_generation, life_of
from tests.support.messenger_stages import (
    RESULT_TEXT,
    Stage,
    TroubledStage,
    api_stage,
    cli_stage,
    memory_stage,
    telegram_stage,
    web_stage,
)
from tests.support.telegram_simulator import picture


@pytest.fixture(params=["memory", "telegram", "cli", "web", "api"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    stages: dict[str, AbstractAsyncContextManager[Stage]] = {
        "memory": memory_stage(),
        "telegram": telegram_stage(),
        "cli": cli_stage(tmp_path / "saved"),
        "web": web_stage(),
        "api": api_stage(),
    }
    async with stages[request.param] as running:
        yield running


@pytest.fixture(params=["memory", "telegram"])
async def troubled(request: pytest.FixtureRequest) -> AsyncIterator[TroubledStage]:
    stages: dict[str, AbstractAsyncContextManager[TroubledStage]] = {
        "memory": memory_stage(),
        "telegram": telegram_stage(),
    }
    async with stages[request.param] as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> MediaFile:
    path = tmp_path / "fox.jpg"
    path.write_bytes(picture())
    return MediaFile(path=path, name="fox.jpg", mime="image/jpeg", size_bytes=path.stat().st_size)


def pictures(count: int) -> tuple[Result, ...]:
    return tuple(Result(kind=MediaKind.IMAGE, url=f"https://files.example/{number}.jpg") for number in range(count))


def delivering(stage: Stage, results: Sequence[Result]) -> Generation:
    running = life_of(a_generation(user=stage.user, destination=stage.destination))[1]
    return running.succeeded(tuple(results), credits=4.0, at=NOON + timedelta(seconds=10))


def deliverables(generation: Generation, indexes: Sequence[int], file: MediaFile | None) -> list[Deliverable]:
    return [
        Deliverable(index=index, result=generation.results[index], file=file if generation.results[index].url else None)
        for index in indexes
    ]


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 25])
async def test_the_batches_hold_every_result_once_and_in_order(stage: Stage, count: int) -> None:
    batches = stage.messenger.batches(delivering(stage, pictures(count)))
    assert [index for batch in batches for index in batch] == list(range(count))
    assert all(batches)


async def test_the_batches_leave_out_what_has_arrived(stage: Stage, file: MediaFile) -> None:
    generation = delivering(stage, [*pictures(25), Result(kind=MediaKind.TEXT, text=RESULT_TEXT)])
    first, *others = stage.messenger.batches(generation)
    receipt = await stage.messenger.deliver(generation, deliverables(generation, first, file))
    assert list(stage.messenger.batches(generation.part_delivered(receipt))) == others


@pytest.mark.parametrize("count", [1, 3])
async def test_a_receipt_is_for_what_arrived_and_names_a_message(stage: Stage, file: MediaFile, count: int) -> None:
    generation = delivering(stage, pictures(count))
    for batch in stage.messenger.batches(generation):
        receipt = await stage.messenger.deliver(generation, deliverables(generation, batch, file))
        assert receipt.indexes == tuple(batch)
        assert receipt.message
        generation = generation.part_delivered(receipt)
    assert generation.undelivered == ()
    assert stage.arrived() == count


async def test_a_text_arrives(stage: Stage) -> None:
    generation = delivering(stage, [Result(kind=MediaKind.TEXT, text=RESULT_TEXT)])
    await stage.messenger.deliver(generation, deliverables(generation, [0], None))
    assert stage.arrived() == 1


async def test_a_result_whose_file_cannot_be_had_arrives_as_its_link(stage: Stage) -> None:
    generation = delivering(stage, pictures(1))
    receipt = await stage.messenger.deliver(generation, deliverables(generation, [0], None))
    assert receipt.indexes == (0,)
    assert stage.arrived() == 1


@pytest.mark.parametrize(
    "progress",
    [Queued(place=3), Uploading(), Running(elapsed_s=4), Running(elapsed_s=40, usual_s=30), OutcomeUnknown()],
    ids=repr,
)
async def test_each_kind_of_progress_is_shown_in_a_message_with_an_id(stage: Stage, progress: Progress) -> None:
    generation = a_generation(user=stage.user, destination=stage.destination)
    assert await stage.messenger.show_progress(generation, progress)


async def test_there_is_a_last_word_for_a_success_and_for_every_failure_and_it_may_be_said_twice(
    stage: Stage,
) -> None:
    running = life_of(a_generation(user=stage.user, destination=stage.destination))[1]
    ends = [running.failed(Failure(kind=kind), at=NOON) for kind in FailureKind]
    for generation in [delivering(stage, pictures(1)), *ends]:
        await stage.messenger.conclude(generation)
        await stage.messenger.conclude(generation)


async def test_a_chat_that_is_gone_says_so_to_every_call(troubled: TroubledStage, file: MediaFile) -> None:
    generation = delivering(troubled, pictures(1))
    failed = life_of(a_generation(user=troubled.user, destination=troubled.destination))[1].failed(
        Failure(kind=FailureKind.NO_RESULT), at=NOON
    )
    troubled.leave()
    with pytest.raises(DestinationGone):
        await troubled.messenger.deliver(generation, deliverables(generation, [0], file))
    with pytest.raises(DestinationGone):
        await troubled.messenger.show_progress(generation, Queued(place=1))
    with pytest.raises(DestinationGone):
        await troubled.messenger.conclude(failed)


async def test_what_was_certainly_not_sent_can_be_sent_again(troubled: TroubledStage, file: MediaFile) -> None:
    generation = delivering(troubled, pictures(1))
    troubled.refuse_once()
    with pytest.raises(MessengerUnavailable) as caught:
        await troubled.messenger.deliver(generation, deliverables(generation, [0], file))
    assert caught.value.retry_after_s == 7
    assert troubled.arrived() == 0
    await troubled.messenger.deliver(generation, deliverables(generation, [0], file))
    assert troubled.arrived() == 1


async def test_a_send_whose_answer_is_lost_is_not_called_unsent(troubled: TroubledStage, file: MediaFile) -> None:
    generation = delivering(troubled, pictures(1))
    troubled.lose_the_answer_once()
    with pytest.raises(DeliveryOutcomeUnknown):
        await troubled.messenger.deliver(generation, deliverables(generation, [0], file))
    assert troubled.arrived() == 1
