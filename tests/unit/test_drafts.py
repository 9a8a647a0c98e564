"""Beginning, editing, quoting and running a draft, without any front end."""

from math import nan

import pytest
from attrs import evolve

from application.drafts.edits import (
    AddFile,
    AddItem,
    AddWords,
    ClearValue,
    Edit,
    Item,
    RemoveItem,
    SetValue,
    StepNumber,
    ToggleSwitch,
    edited,
)
from application.drafts.fill_draft import DraftContent
from application.drafts.next_action import NextAction, next_action
from application.drafts.run_draft import AskReason, RunOrder, asks_first, draft_of, why_asked
from application.errors import EditRefused, GenerationNotFound, InvalidInput, ModelGone, ModelPaused
from application.pricing.quote_price import QuotePrice
from config.settings import Settings
from domain.draft import Draft, DraftId
from domain.generation import Generation, TaskId, UserId
from domain.media import MediaKind
from domain.model import ModelId, ParameterType
from domain.parameter_roles import content_parameters, ordinary_values
from domain.preferences import Preferences
from domain.price import PriceBasis, PriceQuote, ceiling_of
from tests.support.generations import ANN, BOB, NOON, PICTURE, a_generation
from tests.support.product import HERE, PHOTO, Product, ProductWorld, open_product
from tests.support.registry import catalog, model

ENGLISH = RunOrder(language="en")
Z_IMAGE = model("z-image")
EDITOR = model("google/nano-banana-edit")
DIALOGUE = model("elevenlabs/text-to-dialogue-v3")


async def test_a_new_draft_holds_words_files_and_the_filters_as_the_person_wants_them() -> None:
    world, product = open_product()
    await world.preferences.save(Preferences(user=ANN, safe=False))
    content = DraftContent(text="a red fox", files=[PHOTO])
    draft = await product.start_draft()(ANN, HERE, EDITOR, content)
    assert draft.values == {"prompt": "a red fox", "image_urls": [PHOTO]}
    filtered = await product.start_draft()(ANN, HERE, Z_IMAGE)
    assert filtered.values == {"nsfw_checker": False}
    assert await world.drafts.get(draft.id) == draft


async def test_a_new_draft_of_a_model_that_continues_a_task_takes_the_newest_of_its_persons() -> None:
    world, product = open_product()
    mine = await _a_result(world, ANN, task="newest")
    await _a_result(world, BOB, task="of-bob")
    draft = await product.start_draft()(ANN, HERE, model("grok-imagine/extend"))
    assert draft.values["task_id"] == mine.task_id == "newest"


async def test_a_task_can_be_chosen_by_its_result_and_only_by_its_owner() -> None:
    world, product = open_product()
    older, _ = await _a_result(world, ANN, task="older"), await _a_result(world, ANN, task="newer")
    draft = await product.start_draft()(ANN, HERE, model("grok-imagine/extend"))
    chosen = await product.continue_task()(draft, older.id)
    assert chosen.values["task_id"] == "older"
    assert await world.drafts.get(draft.id) == chosen
    with pytest.raises(GenerationNotFound):
        await product.continue_task()(draft, (await _a_result(world, BOB, task="of-bob")).id)


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ({}, SetValue(parameter="aspect_ratio", value="1:1"), {"aspect_ratio": "1:1"}),
        ({"prompt": "a", "aspect_ratio": "1:1"}, ClearValue(parameter="aspect_ratio"), {"prompt": "a"}),
        ({}, ToggleSwitch(parameter="nsfw_checker"), {"nsfw_checker": True}),
        ({"nsfw_checker": True}, ToggleSwitch(parameter="nsfw_checker"), {"nsfw_checker": False}),
        ({"prompt": "a cat"}, AddWords(text="a fox"), {"prompt": "a fox"}),
        ({}, AddWords(text="1:1", asked="aspect_ratio"), {"aspect_ratio": "1:1"}),
    ],
)
def test_an_edit_changes_one_value(before: dict[str, object], edit: Edit, after: dict[str, object]) -> None:
    assert edited(Z_IMAGE, before, edit) == after


def test_a_number_stays_within_its_limits() -> None:
    numbered, name = next(
        (one, name)
        for one in catalog().offered()
        for name, parameter in one.parameters.items()
        if parameter.type is ParameterType.INTEGER and parameter.minimum is not None and parameter.maximum is not None
    )
    lowest, highest = numbered.parameters[name].minimum, numbered.parameters[name].maximum
    assert edited(numbered, {name: highest}, StepNumber(parameter=name, up=True)) == {name: highest}
    assert edited(numbered, {name: lowest}, StepNumber(parameter=name, up=False)) == {name: lowest}
    assert edited(numbered, {name: highest}, StepNumber(parameter=name, up=False)) != {name: highest}


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(parameter="no such", value=1),
        AddFile(file=PHOTO),
        StepNumber(parameter="prompt", up=True),
        AddItem(parameter="prompt"),
        RemoveItem(parameter="aspect_ratio", number=0),
    ],
)
def test_what_a_model_does_not_take_is_refused(edit: Edit) -> None:
    with pytest.raises(EditRefused):
        edited(Z_IMAGE, {}, edit)


async def test_the_items_of_a_list_are_edited_one_by_one_and_kept() -> None:
    world, product = open_product()
    draft = await product.start_draft()(ANN, HERE, DIALOGUE)
    edit = product.edit_draft()
    draft = await edit(draft, AddItem(parameter="dialogue"))
    draft = await edit(draft, AddWords(text="Hello!", asked="text"), item=Item(parameter="dialogue", number=0))
    assert draft.values["dialogue"] == [{"text": "Hello!"}]
    assert await world.drafts.get(draft.id) == draft
    with pytest.raises(EditRefused):
        await edit(draft, AddWords(text="no"), item=Item(parameter="dialogue", number=1))
    draft = await edit(draft, RemoveItem(parameter="dialogue", number=0))
    assert "dialogue" not in draft.values


async def test_a_draft_whose_model_left_the_registry_is_not_edited_nor_run() -> None:
    _, product = open_product()
    draft = evolve(await product.start_draft()(ANN, HERE, Z_IMAGE), model_id=ModelId("gone"))
    with pytest.raises(ModelGone):
        await product.edit_draft()(draft, AddWords(text="a fox"))
    with pytest.raises(ModelGone):
        await product.run_draft()(draft, ENGLISH)
    with pytest.raises(ModelGone):
        await product.fill_as_last_time()(draft)


async def test_as_last_time_takes_the_options_and_leaves_the_words() -> None:
    world, product = open_product()
    await world.store.add(a_generation(model_id=Z_IMAGE.id, input={"prompt": "a cat", "aspect_ratio": "9:16"}))
    draft = await product.start_draft()(ANN, HERE, Z_IMAGE, DraftContent(text="a fox"))
    filled = await product.fill_as_last_time()(draft)
    assert filled.values["prompt"] == "a fox"
    assert filled.values["aspect_ratio"] == "9:16"
    assert await world.drafts.get(draft.id) == filled


async def test_a_quote_says_everything_at_once() -> None:
    world, product = open_product(Settings(confirm_credits=0.5))
    quote = product.quote_draft()(Z_IMAGE, {"prompt": "a fox", "aspect_ratio": "1:1"})
    assert not quote.violations
    assert quote.price
    assert quote.credits == quote.price.credits == 0.8
    assert (quote.needs_confirmation, quote.is_allowed, quote.is_ready) == (True, True, False)
    await world.pause(Z_IMAGE.id)
    assert not product.quote_draft()(Z_IMAGE, {}).is_allowed
    assert product.quote_draft()(Z_IMAGE, {}).violations


@pytest.mark.parametrize("output", [MediaKind.IMAGE, MediaKind.FILE], ids=str)
def test_a_model_without_a_price_is_never_free_and_asks_first(output: MediaKind) -> None:
    unpriced = evolve(Z_IMAGE, id=ModelId("test/unpriced"), prices=(), output=output)
    quote = QuotePrice(catalog())(unpriced, {"prompt": "a fox"})
    assert quote.basis is PriceBasis.UNKNOWN
    alike = [one for one in catalog().offered() if one.output is output] or catalog().offered()
    assert quote.high >= max(ceiling_of(one) for one in alike)
    assert quote.asks_first(1_000_000)


@pytest.mark.parametrize(
    ("shown", "agreed", "asks"),
    [
        (None, None, False),
        (5.0, None, False),
        (4.9, None, True),
        (5.0, 1.0, False),
        (nan, None, True),
        (None, nan, True),
    ],
)
def test_what_costs_more_than_was_seen_or_was_seen_as_no_number_is_asked_about(
    shown: float | None, agreed: float | None, *, asks: bool
) -> None:
    assert asks_first(5.0, is_dear=False, shown=shown, agreed=agreed) is asks
    assert asks_first(5.0, is_dear=True, shown=shown, agreed=agreed)


@pytest.mark.parametrize(
    ("model_id", "values", "action"),
    [
        ("z-image", {}, NextAction.WRITE_PROMPT),
        ("z-image", {"prompt": "a fox", "aspect_ratio": "17:1"}, NextAction.FIX),
        ("z-image", {"prompt": "a fox", "aspect_ratio": "1:1"}, NextAction.RUN),
        ("google/nano-banana-edit", {"prompt": "a hat"}, NextAction.SEND_FILE),
        ("grok-imagine/extend", {"prompt": "on"}, NextAction.CHOOSE_TASK),
        ("sora-2-text-to-video", {}, NextAction.CHOOSE_ANOTHER_MODEL),
    ],
)
def test_the_next_thing_to_do_is_what_is_missing_then_what_is_wrong(
    model_id: str, values: dict[str, object], action: NextAction
) -> None:
    _, product = open_product()
    found = model(model_id)
    assert next_action(found, values, product.quote_draft()(found, values)) is action


async def test_a_draft_runs_once_however_often_it_is_run() -> None:
    world, product = open_product()
    draft = await _a_fox(product)
    first = await product.run_draft()(draft, ENGLISH)
    second = await product.run_draft()(draft, ENGLISH)
    assert first.generation
    assert first.generation == second.generation
    assert draft_of(first.generation.request_key) == draft.id
    assert len(world.store.rows) == 1


async def test_a_dear_draft_runs_when_its_price_is_agreed_to_and_not_before() -> None:
    world, product = open_product(Settings(confirm_credits=0.5))
    draft, run = await _a_fox(product), product.run_draft()
    asked = await run(draft, ENGLISH)
    assert asked.generation is None
    assert asked.quote.needs_confirmation
    assert (await run(draft, evolve(ENGLISH, agreed_credits=0.7))).generation is None, (
        "it costs more than was agreed to"
    )
    assert not world.store.rows
    assert (await run(draft, evolve(ENGLISH, agreed_credits=asked.quote.credits))).generation


async def test_a_draft_that_costs_more_than_its_button_says_is_asked_about_however_cheap() -> None:
    world, product = open_product()
    draft, run = await _a_fox(product), product.run_draft()
    asked = await run(draft, evolve(ENGLISH, shown_credits=0.7))
    assert asked.quote.needs_confirmation
    assert not world.store.rows
    assert (await run(draft, evolve(ENGLISH, shown_credits=0.8))).generation


async def test_who_forces_a_draft_agrees_to_any_price() -> None:
    _, product = open_product(Settings(confirm_credits=0.5))
    assert (await product.run_draft()(await _a_fox(product), evolve(ENGLISH, forced=True))).generation


async def test_a_draft_with_faults_or_of_a_paused_model_is_refused() -> None:
    world, product = open_product()
    run = product.run_draft()
    with pytest.raises(InvalidInput):
        await run(await product.start_draft()(ANN, HERE, Z_IMAGE), ENGLISH)
    with pytest.raises(InvalidInput):
        await run(await product.start_draft()(ANN, HERE, model("sora-2-text-to-video")), ENGLISH)
    await world.pause(Z_IMAGE.id, reason="being repaired")
    with pytest.raises(ModelPaused):
        await run(await _a_fox(product), ENGLISH)
    assert (await run(await _a_fox(product), evolve(ENGLISH, forced=True))).generation


def test_a_draft_of_an_earlier_version_is_found_by_its_request_key() -> None:
    assert draft_of("telegram:draft:abc") == DraftId("abc")
    assert draft_of("draft:abc") == DraftId("abc")
    assert draft_of("telegram:message:1:2") is None


async def _a_fox(product: Product) -> Draft:
    content = DraftContent(text="a fox", values={"aspect_ratio": "1:1"})
    return await product.start_draft()(ANN, HERE, Z_IMAGE, content)


async def _a_result(world: ProductWorld, user: UserId, *, task: str) -> Generation:
    """A video of a second after the one before, which models of the same product can continue."""
    maker = model("grok-imagine/text-to-video")
    await world.clock.advance(1)
    accepted = a_generation(user=user, model_id=maker.id, created_at=world.clock.now())
    film = evolve(PICTURE, kind=maker.output)
    done = accepted.submitting(at=NOON).running(TaskId(task)).succeeded((film,), credits=1.0, at=NOON)
    return await world.store.add(done)


def test_a_question_says_what_surprises_most() -> None:
    exact = PriceQuote(credits=5.0, low=5.0, high=5.0, ceiling=5.0, basis=PriceBasis.EXACT)
    guess = evolve(exact, credits=None, low=2.0, basis=PriceBasis.RANGE)
    asked = [why_asked(price, seen) for price in (exact, guess) for seen in (None, 0.0, 5.0, 4.9)]
    risen = AskReason.RISEN
    assert asked == [*[AskReason.DEAR] * 3, risen, *[AskReason.UNSURE] * 3, risen]


SILENT = {"grok-imagine-video-1-5-preview": "prompt", "ai-music-api/separate-vocals": "task_id"}
"""Models that the provider takes without a word, a file or an earlier task, and what is asked for instead."""


@pytest.mark.parametrize("name", SILENT)
async def test_an_input_that_says_nothing_is_asked_about_and_buys_nothing(name: str) -> None:
    world, product = open_product()
    draft = await product.start_draft()(ANN, HERE, model(name))
    quote = product.quote_draft()(model(name), draft.values)
    assert (quote.price, quote.price_so_far is None, quote.is_ready) == (None, False, False)
    assert [one.path for one in quote.violations] == [SILENT[name]]
    with pytest.raises(InvalidInput):
        await product.run_draft()(draft, evolve(ENGLISH, agreed_credits=1_000.0))
    assert not world.store.rows


def test_no_model_that_is_offered_can_be_bought_without_saying_anything() -> None:
    _, product = open_product()
    bought = {
        each.id
        for each in catalog().models()
        for values in ({}, ordinary_values(each), {"prompt": " "})
        if each.is_offered and content_parameters(each) and product.quote_draft()(each, values).is_ready
    }
    assert bought == set()
