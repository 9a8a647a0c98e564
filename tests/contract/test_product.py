"""The whole product on a front end of a hundred lines: a second rich front end adds screens and a protocol, and no rule."""

import ast
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from attrs import evolve

from config.settings import Settings
from domain.generation import GenerationState, UserId
from tests.support import tiny_front_end
from tests.support.product import PHOTO, ProductWorld
from tests.support.tiny_front_end import TinyFrontEnd

PERSON = UserId("tiny:1")


@pytest.fixture
async def world() -> ProductWorld:
    return ProductWorld()


@pytest.fixture
async def person(world: ProductWorld) -> AsyncIterator[TinyFrontEnd]:
    product = world.product(Settings(confirm_credits=5))
    async with world.leading(product):
        yield TinyFrontEnd(user=PERSON, product=product)


async def test_a_wish_becomes_a_result_a_follow_up_and_a_preset(world: ProductWorld, person: TinyFrontEnd) -> None:
    assert "Z-Image" in await person.say("a red fox in snow")
    assert "aspect_ratio" in await person.choose("z-image")
    assert person.hint() == "run"

    await person.change("aspect_ratio", "17:1")
    assert person.hint() == "fix"
    await person.change("aspect_ratio", "16:9")
    quote = person.quote()
    assert quote.is_ready
    assert quote.credits

    generation = await person.run()
    assert generation
    await world.clock.advance(120)
    made = world.row(generation)
    assert made.state is GenerationState.DELIVERED
    assert (made.user, made.prompt, made.input["aspect_ratio"]) == (PERSON, "a red fox in snow", "16:9")

    assert "image_to_video" in person.follow_ups(made)
    await person.again(made)
    await world.clock.advance(120)
    assert [one.prompt for one in await person.history()] == ["a red fox in snow"] * 2

    await person.choose("z-image")
    await person.type("a blue fox")
    preset = await person.keep("my fox")
    await person.open(preset)
    assert person.open_draft.values["prompt"] == "a blue fox"
    assert await person.run()


async def test_what_is_dear_is_asked_about_and_costs_no_more_than_was_agreed(person: TinyFrontEnd) -> None:
    await person.say("make it dance", [evolve(PHOTO, reference="p")])
    dear = None
    for name in person.offer.models:
        await person.choose(name)
        if person.quote().needs_confirmation and not person.quote().violations:
            dear = person.quote().credits
            break
    assert dear, "no model of the offer is dear as it stands"
    assert await person.run() is None
    assert await person.run(agreed_credits=dear - 1) is None
    assert await person.run(agreed_credits=dear)


def test_the_tiny_front_end_borrows_nothing_of_another() -> None:
    source = Path(tiny_front_end.__file__).read_text()
    imported = [node.module or "" for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in imported if name.startswith("adapters")]
    assert len(source.splitlines()) <= 140
