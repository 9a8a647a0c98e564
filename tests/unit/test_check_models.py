"""Which models a check runs, with what, and what it says of them."""

import pytest

from application.errors import InvalidInput, LimitReached
from application.operating.check_models import NO_EARLIER_TASK, CheckModels, ModelCheck
from domain.failure import Failure, FailureKind
from domain.media import MediaKind
from domain.model import ModelStatus, ModelType
from tests.support.check_models import EARLIER, FACE, IMAGE, PROMPT, Runs, checker, model


async def checked(check: CheckModels, **plan: object) -> list[ModelCheck]:
    return list(await check(check.plan(**plan), lambda _row: None))  # type: ignore[arg-type]  # keyword arguments of several types


async def test_one_model_of_each_type_runs_and_it_is_the_cheapest() -> None:
    runs = Runs()
    rows = await checked(
        checker(
            runs,
            model("a/unpriced"),
            model("a/dear", price=20),
            model("a/cheap", price=4),
            model("b/edit", ModelType.IMAGE_EDIT, PROMPT, IMAGE),
        )
    )
    assert [(row.model.id, row.state, row.passed) for row in rows] == [
        ("a/cheap", "succeeded", True),
        ("b/edit", "succeeded", True),
    ]
    assert (rows[0].seconds, rows[0].credits, rows[0].task_id) == (7, 4, "task-of-a/cheap")
    assert runs.wishes[1].input == {"prompt": "A red fox in snow", "image_url": FACE}


async def test_only_the_types_that_are_named_run() -> None:
    runs = Runs()
    await checked(checker(runs, model("a/image"), model("a/edit", ModelType.IMAGE_EDIT)), types=[ModelType.IMAGE_EDIT])
    assert runs.models == ["a/edit"]


async def test_a_type_that_is_offered_no_more_is_a_row_and_no_failure() -> None:
    runs = Runs()
    [row] = await checked(checker(runs, model("a/old", status=ModelStatus.RETIRED)))
    assert (row.model.id, row.state, row.passed, row.seconds) == ("a/old", "retired", None, None)
    assert runs.wishes == []


async def test_forced_it_is_tried_all_the_same_but_an_offered_one_goes_first() -> None:
    runs = Runs()
    old = model("a/old", status=ModelStatus.SUSPENDED, price=1)
    [row] = await checked(checker(runs, old), forced=True)
    assert (row.passed, runs.wishes[0].forced) == (True, True)
    [row] = await checked(checker(runs, old, model("a/new", price=9)), forced=True)
    assert (row.model.id, runs.wishes[1].forced) == ("a/new", False)


async def test_every_model_runs_but_no_alias_does() -> None:
    runs = Runs()
    check = checker(
        runs,
        model("a/one"),
        model("a/old", status=ModelStatus.RETIRED),
        model("a/two"),
        model("a/alias", status=ModelStatus.RENAMED, alias_of="a/two"),
    )
    rows = await checked(check, every=True)
    assert [(row.model.id, row.passed) for row in rows] == [("a/one", True), ("a/two", True), ("a/old", None)]
    runs.wishes.clear()
    await checked(check, every=True, forced=True)
    assert runs.models == ["a/one", "a/old", "a/two"]


async def test_a_model_that_continues_a_task_gets_one_of_its_nearest_relative() -> None:
    runs = Runs()
    extend = model("v/flow/extend", ModelType.VIDEO_EXTEND, PROMPT, EARLIER, output=MediaKind.VIDEO)
    check = checker(
        runs,
        model("v/flow/still"),
        model("v/other/text", ModelType.TEXT_TO_VIDEO, output=MediaKind.VIDEO),
        model("v/flow/image", ModelType.IMAGE_TO_VIDEO, IMAGE, output=MediaKind.VIDEO),
        model("v/flow/text", ModelType.TEXT_TO_VIDEO, output=MediaKind.VIDEO),
        model("w/flow/text", ModelType.TEXT_TO_VIDEO, output=MediaKind.VIDEO),
        extend,
    )
    [row] = await checked(check, types=[ModelType.VIDEO_EXTEND])
    assert row.passed
    assert runs.models == ["v/flow/text", "v/flow/extend"]
    assert runs.wishes[1].input == {"prompt": "A red fox in snow", "task_id": "task-of-v/flow/text"}


async def test_a_task_serves_its_own_row_and_all_that_continue_it() -> None:
    runs = Runs()
    check = checker(
        runs,
        model("v/text", ModelType.TEXT_TO_VIDEO, output=MediaKind.VIDEO, price=5),
        model("v/extend", ModelType.VIDEO_EXTEND, EARLIER, output=MediaKind.VIDEO),
        model("v/upscale", ModelType.VIDEO_UPSCALE, EARLIER, output=MediaKind.VIDEO),
    )
    plan = check.plan()
    assert len(plan.runs) == 3
    await check(plan, lambda _row: None)
    assert sorted(runs.models) == ["v/extend", "v/text", "v/upscale"]


@pytest.mark.parametrize("maker_fails", [True, False])
async def test_without_an_earlier_task_a_model_is_not_run_and_fails(maker_fails: bool) -> None:
    runs = Runs(ends={"v/text": Failure(kind=FailureKind.GENERATION_FAILED)})
    models = [model("v/extend", ModelType.VIDEO_EXTEND, EARLIER, output=MediaKind.VIDEO)]
    if maker_fails:
        models.append(model("v/text", ModelType.TEXT_TO_VIDEO, output=MediaKind.VIDEO))
    [row] = await checked(checker(runs, *models), types=[ModelType.VIDEO_EXTEND])
    assert (row.state, row.passed) == (NO_EARLIER_TASK, False)
    assert "v/extend" not in runs.models


async def test_one_failure_spoils_nothing_else() -> None:
    failure = Failure(kind=FailureKind.CONTENT_REFUSED)
    refusal = LimitReached("in_flight", 1)
    invalid = InvalidInput([])
    runs = Runs(ends={"a/1": failure, "a/2": refusal, "a/3": invalid})
    rows = await checked(checker(runs, *(model(f"a/{number}") for number in range(1, 5))), every=True)
    assert [(row.state, row.passed, row.problem) for row in rows] == [
        ("failed", False, failure),
        ("limit_reached", False, refusal),
        ("invalid_input", False, invalid),
        ("succeeded", True, None),
    ]


async def test_the_price_is_known_before_anything_runs() -> None:
    runs = Runs()
    plan = checker(
        runs, model("a/one", price=4), model("a/two", price=2.5), model("a/three"), model("a/dear", price=9)
    ).plan(every=True)
    assert (plan.credits, plan.unpriced, runs.wishes) == (15.5, 1, [])


async def test_rows_are_reported_as_they_end() -> None:
    seen: list[str] = []
    check = checker(Runs(), model("a/one"), model("a/two"))
    await check(check.plan(every=True), lambda row: seen.append(row.model.id))
    assert sorted(seen) == ["a/one", "a/two"]
