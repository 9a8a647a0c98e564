"""What was found of a file counts in every later quote: no one is shown a price at which it would be refused again."""

from pathlib import Path
from typing import Any, Final

import pytest
from aiohttp import ClientSession
from attrs import evolve

from adapters.api_http.operations import ROOT
from adapters.memory.trouble import Trouble
from application.drafts.edits import AddFile, AddWords, SetValue
from application.drafts.fill_draft import DraftContent
from application.drafts.run_draft import RunOrder
from application.drafts.same_request import is_same_request
from application.errors import AttachmentUnavailable
from application.results.follow_ups import FollowUp, values_again
from application.results.repeat_generation import RepeatOrder, price_again
from domain.failure import FailureKind
from domain.generation import Generation, Result, TaskId, UserId
from domain.kept_media import Preview
from domain.media import Attachment, MediaFile, MediaKind
from domain.media_fit import MediaFacts
from domain.model import ModelId
from domain.price import PriceBasis
from tests.support.core_fixture import World
from tests.support.generations import ANN, BOB, a_generation, life_of
from tests.support.product import HERE, Product, ProductWorld, open_product
from tests.support.registry import model
from tests.support.studio import Studio

EDIT: Final = "happyhorse/video-edit"
UPSCALE: Final = "topaz/image-upscale"
FILM: Final = Attachment(
    reference="owl", kind=MediaKind.VIDEO, mime="video/mp4", name="owl", size_bytes=3, seconds=5.0, seconds_error=1.0
)
PICTURE: Final = Attachment(reference="fox", kind=MediaKind.IMAGE, mime="image/png", name="fox", size_bytes=3)
"""As a document comes: nothing is said of its sides."""
AWAY: Final = Trouble(error=AttachmentUnavailable("away"))


def _keep(world: World, file: Attachment, **facts: Any) -> None:
    world.attachments.files[file.reference] = b"..."
    world.media_files.facts[file.name] = MediaFacts(mime=file.mime, size_bytes=3, **facts)


async def _run(world: ProductWorld, product: Product, key: str, agreed: float | None, **values: object) -> Generation:
    """What becomes of a draft of the editor of films that is run at a price."""
    draft = await product.start_draft()(ANN, HERE, model(EDIT), DraftContent(values={"prompt": "in oil", **values}))
    order = RunOrder(language="en", request_key=key, agreed_credits=agreed)
    async with world.leading(product):
        outcome = await product.run_draft()(draft, order)
        assert outcome.generation
        await world.clock.advance(300)
    return world.row(outcome.generation)


@pytest.mark.parametrize(("read", "basis"), [(8.0, PriceBasis.EXACT), (None, PriceBasis.CEILING)])
@pytest.mark.parametrize("begun", ["options", "seed", "preset", "the same file on an open card", "as last time"])
async def test_what_was_refused_for_its_price_is_quoted_at_its_price_and_runs_once_that_is_agreed_to(
    read: float | None, basis: PriceBasis, begun: str
) -> None:
    world, product = open_product()
    _keep(world, FILM, seconds=read)
    old = await product.use_presets().save(
        await product.start_draft()(
            ANN, HERE, model(EDIT), DraftContent(values={"prompt": "in oil", "video_url": FILM})
        ),
        "oil",
    )
    refused = await _run(world, product, "1", 400.0, video_url=FILM)
    assert refused.failure
    assert not world.provider.tasks
    match begun:
        case "preset":
            draft = await product.use_presets().start(old.id, ANN, HERE)
        case "the same file on an open card":
            empty = await product.start_draft()(ANN, HERE, model(EDIT), DraftContent(text="in oil"))
            draft = await product.edit_draft()(empty, AddFile(file=FILM))
        case "as last time":
            empty = await product.start_draft()(ANN, HERE, model(EDIT), DraftContent(text="in oil"))
            filled = await product.fill_as_last_time()(empty)
            draft = await product.edit_draft()(filled, SetValue(parameter="video_url", value=FILM))
        case _:
            values = values_again(FollowUp(begun), refused, model(EDIT))
            draft = await product.start_draft()(ANN, HERE, model(EDIT), DraftContent(values=values))
    price = product.quote_draft()(model(EDIT), draft.values).price
    assert price
    assert price.basis is basis
    assert price.high == pytest.approx(price_again(refused))
    assert price.high > (refused.agreed_credits or 0)
    order = RunOrder(language="en", request_key="2", agreed_credits=price.high)
    async with world.leading(product):
        outcome = await product.run_draft()(draft, order)
        await world.clock.advance(300)
    assert outcome.generation
    row = world.row(outcome.generation)
    assert (row.failure, row.reserved_credits) == (None, price.high)
    assert len(world.provider.tasks) == 1


async def test_a_repeat_of_what_ran_well_is_quoted_exactly_and_of_what_was_refused_at_what_it_costs() -> None:
    world, product = open_product()
    _keep(world, FILM, seconds=5.5)
    made = await _run(world, product, "1", 400.0, video_url=FILM)
    assert made.failure is None
    quote = product.quote_draft()(model(EDIT), made.input)
    assert quote.price
    assert (quote.price.basis, quote.price.high) == (PriceBasis.EXACT, 5.5 * 48)
    _keep(world, FILM, seconds=7.0)
    again = await _run(world, product, "2", 400.0, video_url=FILM)
    assert again.failure
    order = RepeatOrder(destination=HERE, language="en", values=again.input, request_key="3")
    repeated = await product.repeat_generation()(again, order)
    assert repeated.draft, "it is dear, so it is looked at first"
    assert repeated.quote.price
    assert repeated.quote.price.high == pytest.approx(7 * 48) == pytest.approx(price_again(again))


@pytest.mark.parametrize(("side", "price"), [(900, 10), (1500, 20), (3000, 40)])
async def test_a_picture_that_comes_as_a_document_is_measured_before_it_is_quoted_once(side: int, price: float) -> None:
    world, product = open_product()
    _keep(world, PICTURE, width=side, height=700)
    await product.start_draft()(ANN, HERE, model(UPSCALE), DraftContent(files=[PICTURE]))
    world.attachments.on_open.add(AWAY)
    draft = await product.start_draft()(ANN, HERE, model(UPSCALE), DraftContent(files=[PICTURE]))
    quote = product.quote_draft()(model(UPSCALE), draft.values)
    assert quote.price
    assert (quote.price.basis, quote.price.credits) == (PriceBasis.EXACT, price)


async def test_a_document_that_cannot_be_read_now_and_a_link_are_quoted_up_to_the_most() -> None:
    _, product = open_product()
    for content in (
        DraftContent(files=[PICTURE]),
        DraftContent(values={"image_url": "https://pictures.example/fox.png"}),
    ):
        draft = await product.start_draft()(ANN, HERE, model(UPSCALE), content)
        quote = product.quote_draft()(model(UPSCALE), draft.values)
        assert quote.price
        assert (quote.price.credits, quote.price.low, quote.price.high) == (None, 10, 40)


async def test_what_was_measured_of_a_file_is_not_taken_for_another_under_its_name() -> None:
    world, product = open_product()
    _keep(world, FILM, seconds=8.0)
    await _run(world, product, "1", 400.0, video_url=FILM)
    draft = await product.start_draft()(
        ANN, HERE, model(EDIT), DraftContent(values={"prompt": "in oil", "video_url": evolve(FILM, size_bytes=4)})
    )
    assert draft.values["video_url"] == evolve(FILM, size_bytes=4)


async def test_a_file_that_takes_long_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("application.drafts.measure_files.WITHIN_S", 0.02)
    world, product = open_product()
    _keep(world, PICTURE, width=900, height=700)
    world.attachments.on_open.add(Trouble(delay_s=60))
    for _ in range(2):
        draft = await product.start_draft()(ANN, HERE, model(UPSCALE), DraftContent(files=[PICTURE]))
        assert draft.values["image_url"] == PICTURE


SOUND: Final = "https://sounds.example/talk.mp3"
ISOLATE: Final = "elevenlabs/audio-isolation"


@pytest.mark.parametrize("again", ["options", "the same link"])
@pytest.mark.parametrize(("seconds", "price"), [(30.0, 6.0), (2_000.0, 400.0)])
async def test_a_link_to_a_file_of_any_length_is_measured_before_it_costs_more_than_was_agreed(
    seconds: float, price: float, again: str
) -> None:
    world, product = open_product()
    world.media_files.facts["talk.mp3"] = MediaFacts(mime="audio/mpeg", size_bytes=6, seconds=seconds)
    values: dict[str, object] = {"audio_url": SOUND}
    agreed = []
    for key in ("1", "2"):
        draft = await product.start_draft()(ANN, HERE, model(ISOLATE), DraftContent(values=values))
        quote = product.quote_draft()(model(ISOLATE), draft.values)
        agreed.append(quote.credits)
        async with world.leading(product):
            order = RunOrder(language="en", request_key=key, agreed_credits=quote.credits)
            outcome = await product.run_draft()(draft, order)
            await world.clock.advance(300)
        assert outcome.generation
        row = world.row(outcome.generation)
        assert is_same_request(row, model(ISOLATE), quote)
        values = values_again(FollowUp.OPTIONS, row, model(ISOLATE)) if again == "options" else values
    assert agreed == [262, price]
    assert row.failure is None
    assert len(world.provider.tasks) == (1 if price > 262 else 2)
    assert all(SOUND not in str(task.submission.input) for task in world.provider.tasks.values()), "our copy is sent"


async def test_links_to_slow_servers_hold_up_no_files_of_others() -> None:
    world, product = open_product()
    world.fetcher.on_fetch.add(*[Trouble(delay_s=170)] * 9)
    _keep(world, FILM, seconds=5.0)
    wanted: list[tuple[str, dict[str, object], float]] = [
        (ISOLATE, {"audio_url": f"{SOUND}?{number}"}, 262.0) for number in range(9)
    ]
    async with world.leading(product):
        wanted.append((EDIT, {"prompt": "in oil", "video_url": FILM}, 400.0))
        for number, (name, values, agreed) in enumerate(wanted):
            draft = await product.start_draft()(ANN, HERE, model(name), DraftContent(values=values))
            order = RunOrder(language="en", request_key=str(number), agreed_credits=agreed)
            await product.run_draft()(draft, order)
        await world.clock.advance(30)
        assert [task.submission.model.id for task in world.provider.tasks.values()] == [EDIT]


async def test_a_link_that_can_not_be_fetched_is_not_sent_where_its_length_is_not_bounded() -> None:
    world, product = open_product()
    world.fetcher.files[SOUND] = None
    draft = await product.start_draft()(ANN, HERE, model(ISOLATE), DraftContent(values={"audio_url": SOUND}))
    async with world.leading(product):
        outcome = await product.run_draft()(draft, RunOrder(language="en", request_key="1", agreed_credits=262))
        await world.clock.advance(300)
    assert outcome.generation
    failure = world.row(outcome.generation).failure
    assert failure
    assert failure.kind is FailureKind.FILE_UNREACHABLE
    assert not world.provider.tasks


async def test_a_link_to_a_file_whose_length_the_provider_limits_is_left_to_the_provider() -> None:
    world, product = open_product()
    link = "https://films.example/owl.mp4"
    row = await _run(world, product, "1", 3_000.0, video_url=link)
    assert row.failure is None
    assert row.input["video_url"] == link
    assert link not in world.fetcher.fetched


async def test_no_file_is_fetched_for_a_price_that_does_not_depend_on_it() -> None:
    world, product = open_product()
    _keep(world, PICTURE, width=900, height=700)
    world.attachments.on_open.add(AWAY)
    await product.start_draft()(ANN, HERE, model("recraft/crisp-upscale"), DraftContent(files=[PICTURE]))
    await product.start_draft()(ANN, HERE, model(UPSCALE), DraftContent(files=[evolve(PICTURE, width=9, height=9)]))
    draft = await product.start_draft()(ANN, HERE, model(UPSCALE), DraftContent(files=[PICTURE]))
    assert draft.values["image_url"] == PICTURE, "only now a file was asked for"


@pytest.mark.parametrize(("owner", "prices"), [(ANN, (45.0, 45.0)), (BOB, None)])
async def test_an_id_that_is_written_out_has_the_exact_price_of_what_it_made_where_it_is_the_persons_own(
    owner: UserId, prices: tuple[float, float] | None
) -> None:
    world, product = open_product()
    film = Result(kind=MediaKind.VIDEO, url="https://a.example/1.mp4")
    clip = a_generation(
        user=owner, model_id=ModelId("grok-imagine/text-to-video"), input={"prompt": "a fox", "resolution": "720p"}
    )
    row = evolve(life_of(clip)[-1], results=(film,), task_id=TaskId("task1"))
    world.store.rows[row.id] = row
    extend, values = model("grok-imagine/extend"), {"prompt": "on", "extend_times": "10", "extend_at": 2}
    begun = await product.start_draft()(ANN, HERE, extend, DraftContent(values={**values, "task_id": row.task_id}))
    empty = await product.start_draft()(ANN, HERE, extend, DraftContent(values={**values, "task_id": "none"}))
    written = await product.edit_draft()(empty, AddWords(text=str(row.task_id), asked="task_id"))
    for draft in (begun, written):
        price = (await product.quote_input()(ANN, extend, draft.values)).price
        assert (price and (price.low, price.high)) == prices


async def test_a_program_is_shown_the_price_of_a_file_as_it_was_measured_and_runs_it_at_that_price(
    tmp_path: Path,
) -> None:
    path = tmp_path / "owl"
    path.write_bytes(b"...")
    async with Studio().serving() as studio:
        world = studio.world
        upload = await studio.keep(MediaFile(path=path, name="owl", mime="video/mp4", size_bytes=3))
        upload = evolve(upload, preview=Preview(duration_s=5.0))
        studio.media_index.media[upload.id] = upload
        _keep(world, upload.attachment, seconds=8.0)
        body = {"model": EDIT, "input": {"prompt": "in oil", "resolution": "720p", "video_url": {"upload": upload.id}}}
        headers = {"Authorization": f"Bearer {await studio.key()}"}
        shown, made = [], []
        async with ClientSession(studio.base, headers=headers) as program, world.leading(world.instance()):
            for key in ("1", "1", "2", "2"):
                async with program.post(f"{ROOT}/price", json=body) as answer:
                    shown.append((await answer.json())["high"])
                order, name = {**body, "max_credits": shown[-1]}, {"Idempotency-Key": key}
                async with program.post(f"{ROOT}/generations", json=order, headers=name) as answer:
                    made.append(((await answer.json())["id"], answer.status))
                await world.clock.advance(300)
        assert shown == [5 * 28, 8 * 28, 8 * 28, 8 * 28]
        refused, delivered = world.store.rows.values()
        assert made == [(refused.id, 201)] * 2 + [(delivered.id, 201)] * 2
        assert refused.failure
        assert (delivered.failure, delivered.reserved_credits) == (None, 8 * 28)
        assert len(world.provider.tasks) == 1


@pytest.mark.parametrize("action", ["again", "variation", "edit"])
async def test_the_studio_shows_what_was_refused_at_the_price_of_its_file(tmp_path: Path, action: str) -> None:
    path = tmp_path / "owl"
    path.write_bytes(b"...")
    async with Studio().serving() as studio, studio.browser(ANN) as ann:
        world = studio.world
        upload = await studio.keep(MediaFile(path=path, name="owl", mime="video/mp4", size_bytes=3))
        studio.media_index.media[upload.id] = evolve(upload, preview=Preview(duration_s=5.0))
        _keep(world, upload.attachment, seconds=8.0)
        body = {"model": EDIT, "text": "in oil", "media": upload.id, "edit": "1"}
        draft = (await (await ann.post("/studio/drafts", data=body)).json())["go"]
        async with world.leading(world.instance()):
            await ann.post(f"{draft}/run", json={"shown": "240", "agreed": "240"})
            await world.clock.advance(300)
            [refused] = world.store.rows.values()
            assert refused.failure
            assert refused.reserved_credits == 5 * 48
            again = await ann.post(f"/studio/generations/{refused.id}/{action}", json={"press": "1"})
            draft = (await again.json())["go"]
            page = await (await ann.get(draft)).text()
            assert "384 credits" in page
            assert (await (await ann.post(f"{draft}/run", json={"shown": "240"})).json())["agreed"] == 8 * 48
            await ann.post(f"{draft}/run", json={"agreed": "384"})
            await world.clock.advance(300)
        [delivered] = [row for row in world.store.rows.values() if row is not world.store.rows[refused.id]]
        assert (delivered.failure, delivered.reserved_credits) == (None, 8 * 48)
