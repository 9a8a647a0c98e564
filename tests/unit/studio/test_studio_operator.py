"""The operator's pages of the studio."""

from adapters.web.plots import Figure, plot
from domain.access import Block, Subject
from domain.failure import Failure, FailureKind
from domain.generation import GenerationId
from tests.support.generations import ANN, BOB, NOON
from tests.support.studio import MODEL, Browser, Studio, made


async def test_a_blocked_person_sees_nothing_and_an_operators_page_is_for_operators(
    studio: Studio, ann: Browser, bob: Browser
) -> None:
    assert (await ann.get("/studio/desk")).status == 200
    assert (await bob.get("/studio/desk")).status == 403
    await studio.access.block(Block(subject=Subject(BOB), at=NOON))
    await studio.world.clock.advance(11)
    assert (await bob.get("/studio")).status == 403


async def test_the_operator_sees_how_days_went_and_opens_a_person_and_a_generation(
    studio: Studio, ann: Browser, bob: Browser
) -> None:
    done = made(studio, charged_credits=4.0)
    said = Failure(kind=FailureKind.GENERATION_FAILED, provider_message="out of paint")
    refused = made(studio, id=GenerationId("badnews"), failure=said, results=())
    await bob.get("/studio")
    overview = await (await ann.get("/studio/desk?days=30")).text()
    assert overview.count("<svg viewBox") == 4
    assert "2, failed: 1" in overview
    assert "None: all is well." in overview
    people = await (await ann.get("/studio/desk/people")).text()
    assert f"/studio/desk/people/{BOB}" in people
    person = await (await ann.get(f"/studio/desk/people/{ANN}")).text()
    assert f"/studio/desk/generations/{done.id}" in person
    assert done.prompt not in person
    assert (await ann.get("/studio/desk/people?id=1")).headers["Location"] == f"/studio/desk/people/{ANN}"
    assert (await ann.get("/studio/desk/people/telegram:404")).status == 404
    found = await ann.get(f"/studio/desk/generations?id={refused.id}")
    page = await (await ann.get(found.headers["Location"])).text()
    assert "out of paint" in page
    assert refused.prompt not in page
    assert (await ann.get("/studio/desk/generations/nothing")).status == 404
    models = await (await ann.get("/studio/desk/models")).text()
    assert "All models are on" in models


async def test_the_operator_changes_one_persons_limit(studio: Studio, ann: Browser) -> None:
    path = f"/studio/desk/people/{BOB}"
    for do, amount, expected in (("set", "12,5", 12.5), ("none", "", None), ("set", "0", 0.0)):
        assert (await ann.post(f"{path}/limit", data={"do": do, "credits_per_day": amount})).status == 303
        assert studio.limits.limits[BOB].credits_per_day == expected
    assert (await ann.post(f"{path}/limit", data={"do": "set", "credits_per_day": ""})).status == 422
    page = await (await ann.get(path)).text()
    assert "0 credits, set for this person." in page
    assert (await ann.post(f"{path}/limit", data={"do": "default"})).status == 303
    assert BOB not in studio.limits.limits


async def test_the_operator_blocks_a_person_but_no_operator(studio: Studio, ann: Browser) -> None:
    path = f"/studio/desk/people/{BOB}"
    await ann.post(f"{path}/block", data={"do": "block", "reason": "spam"})
    assert [block.reason for block in await studio.access.blocks()] == ["spam"]
    assert "spam" in await (await ann.get(path)).text()
    await ann.post(f"{path}/block", data={"do": "unblock"})
    assert not await studio.access.blocks()
    assert (await ann.post(f"/studio/desk/people/{ANN}/block", data={"do": "block"})).status == 403


async def test_the_operator_switches_a_model_off_and_on(studio: Studio, ann: Browser) -> None:
    await ann.post("/studio/desk/pause", data={"model": MODEL, "reason": "too dear", "do": "pause"})
    assert "too dear" in await (await ann.get("/studio/desk/models")).text()
    await ann.post("/studio/desk/pause", data={"model": MODEL, "do": "resume"})
    assert "too dear" not in await (await ann.get("/studio/desk/models")).text()


def test_a_plot_labels_no_more_columns_than_there_is_room_for() -> None:
    figures = [Figure(label=str(day), text=str(day), outer=day, inner=day / 2) for day in range(90)]
    columns = plot("spent", "Spent", figures, most="89").columns
    assert [column.label for column in columns if column.label][-1] == "89"
    assert sum(bool(column.label) for column in columns) == 7
    assert columns[-1].outer_y == 0
    assert columns[-1].inner_height == 80
    assert plot("spent", "Spent", [Figure(label="", text="", outer=0)], most="0").is_empty
