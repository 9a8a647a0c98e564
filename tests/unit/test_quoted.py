"""What KIE says about a refusal reaches the log without the person's words."""

import pytest
from structlog.testing import capture_logs

from adapters.memory.trouble import Trouble
from application.errors import ProviderRejected
from domain.failure import Failure, FailureKind
from domain.quoted import without_words_of
from tests.support.core_fixture import World, wish

PROMPT = "my neighbour Ann Example, naked at the lake"


@pytest.mark.parametrize(
    ("message", "logged"),
    [
        (f"Prompt refused: {PROMPT}", "Prompt refused: …"),
        ("The words 'naked at' are not allowed", "The words … are not allowed"),
        ("flagged: neighbour ann example, try again", "flagged: …, try again"),
        ('the text "Ann Example" names a person', "the text … names a person"),
        ("The image is too small", "The image is too small"),
        ("We can't do this now", "We can't do this now"),
    ],
)
def test_quotations_are_left_out(message: str, logged: str) -> None:
    assert without_words_of(message, [{"prompt": PROMPT, "shots": [{"text": "a b"}], "n": 5}]) == logged


async def test_a_refusal_that_quotes_the_prompt_is_logged_without_it() -> None:
    world = World()
    refused = Failure(kind=FailureKind.CONTENT_REFUSED, provider_message="refused: a red fox in snow is not allowed")
    world.provider.on_submit.add(Trouble(error=ProviderRejected(refused)))
    instance = world.instance()
    with capture_logs() as lines:
        async with world.leading(instance):
            await instance.request_generation()(wish())
            await world.clock.advance(60)
    assert "red fox" not in str(lines)
    assert [line["message"] for line in lines if line["event"] == "generation.failed"] == ["refused: … is not allowed"]
