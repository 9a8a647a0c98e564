"""What every chat model promises, on the fake and on KIE's adapter before the simulated KIE."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp
import pytest

from adapters.kie_http.text_model import text_models
from adapters.memory.clock import ManualClock
from adapters.memory.text_model import InMemoryTextModel
from adapters.memory.trouble import Trouble
from adapters.yaml_catalog.text_models import load_text_models
from application.errors import ProviderOutcomeUnknown, ProviderRejected, ProviderUnavailable
from application.ports.text_model import TextModel
from config.settings import TEXT_MODELS
from domain.failure import Failure, FailureKind
from domain.media import MediaKind
from domain.text_call import TextFile, TextModelId, TextQuestion
from simulators.kie import BodyCode, HtmlPage, KieSimulator, RawBody, SimulatorOptions, serve
from tests.support.faulty_server import Fault, FaultyServer, faulty

QUESTION = TextQuestion(instructions="Answer in one line.", text="a red fox")
FACTS = load_text_models(files("config") / "text_models.yaml")
KIE_MODELS = ("gemini-3-8-flash-openai", "gpt-5-6-luna", "claude-haiku-4-5")


class Harness(Protocol):
    """A model and the trouble it can be put in; each meets the next call."""

    @property
    def model(self) -> TextModel: ...
    @property
    def asked(self) -> int: ...
    def answer(self, text: str) -> None: ...
    def refuse(self, code: int, kind: FailureKind) -> None: ...
    def limit_rate(self) -> None: ...
    def lose_answer(self) -> None: ...
    def stall(self) -> None: ...


class MemoryHarness:
    def __init__(self) -> None:
        self.model = InMemoryTextModel(ManualClock())

    @property
    def asked(self) -> int:
        return len(self.model.questions)

    def answer(self, text: str) -> None:
        self.model.answers.append(text)

    def refuse(self, code: int, kind: FailureKind) -> None:
        self.model.on_ask.add(Trouble(error=ProviderRejected(Failure(kind=kind, provider_code=str(code)))))

    def limit_rate(self) -> None:
        self.model.on_ask.add(Trouble(error=ProviderUnavailable("code 429")))

    def lose_answer(self) -> None:
        self.model.on_ask.add(Trouble(error=ProviderOutcomeUnknown("lost"), takes_effect=True))

    def stall(self) -> None:
        self.model.on_ask.add(Trouble(error=ProviderOutcomeUnknown("TimeoutError")))


class KieHarness:
    def __init__(self, model: TextModel, simulator: KieSimulator, relay: FaultyServer) -> None:
        self.model, self.simulator, self._relay = model, simulator, relay

    @property
    def asked(self) -> int:
        return len(self.simulator.chat.calls)

    def answer(self, text: str) -> None:
        self.simulator.chat.answers.append(text)

    def refuse(self, code: int, kind: FailureKind) -> None:
        self.simulator.faults.add("*", BodyCode(code))

    def limit_rate(self) -> None:
        self.simulator.faults.add("*", BodyCode(429))

    def lose_answer(self) -> None:
        self._relay.spoil(Fault.LOSE_ANSWER)

    def stall(self) -> None:
        self._relay.spoil(Fault.STALL)


@asynccontextmanager
async def kie(name: str) -> AsyncIterator[KieHarness]:
    simulator = KieSimulator(SimulatorOptions(credits=100))
    async with serve(simulator) as base, faulty(urlsplit(base).port or 0) as relay:
        connector = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(connector=connector) as session:
            [model] = text_models([name], FACTS, session=session, api_key="simulator-key", api_base=relay.url)
            yield KieHarness(model, simulator, relay)


@pytest.fixture(params=["memory", *KIE_MODELS])
async def harness(request: pytest.FixtureRequest) -> AsyncIterator[Harness]:
    if request.param == "memory":
        yield MemoryHarness()
        return
    async with kie(request.param) as harness:
        yield harness


async def test_it_answers_and_says_what_that_cost(harness: Harness) -> None:
    harness.answer("  A red fox stands in deep snow.\n")
    answer = await harness.model.ask(QUESTION, timeout_s=5)
    assert answer.text.strip() == "A red fox stands in deep snow."
    assert answer.credits is not None
    assert 0 < answer.credits <= QUESTION.most_credits(harness.model.prices)


@pytest.mark.parametrize(
    ("code", "kind"),
    [(401, FailureKind.UNAUTHORISED), (402, FailureKind.OUT_OF_CREDITS), (433, FailureKind.USAGE_CAP)],
)
async def test_a_refusal_says_its_reason(harness: Harness, code: int, kind: FailureKind) -> None:
    harness.refuse(code, kind)
    with pytest.raises(ProviderRejected) as caught:
        await harness.model.ask(QUESTION, timeout_s=5)
    assert caught.value.failure.kind is kind
    assert harness.asked == 0


async def test_too_many_questions_are_for_later(harness: Harness) -> None:
    harness.limit_rate()
    with pytest.raises(ProviderUnavailable):
        await harness.model.ask(QUESTION, timeout_s=5)
    assert harness.asked == 0


async def test_a_lost_answer_may_have_cost_and_is_not_asked_for_again(harness: Harness) -> None:
    harness.lose_answer()
    with pytest.raises(ProviderOutcomeUnknown):
        await harness.model.ask(QUESTION, timeout_s=5)
    assert harness.asked == 1


async def test_it_gives_up_when_its_time_is_over(harness: Harness) -> None:
    harness.stall()
    with pytest.raises(ProviderOutcomeUnknown):
        await harness.model.ask(QUESTION, timeout_s=0.2)


@pytest.mark.parametrize("name", KIE_MODELS)
@pytest.mark.parametrize(
    "body",
    [
        *(
            "{}",
            '{"choices": []}',
            '{"output": [{"type": "message", "content": []}]}',
            '{"content": [{"text": ""}]}',
            "[]",
        ),
        *('{"content": [{"text": null}]}', '{"choices": [{"message": {"content": [{"text": 5}]}}]}'),
        '{"output": [{"type": "message", "content": [{"text": null}]}]}',
    ],
)
async def test_an_answer_without_text_may_have_cost(name: str, body: str) -> None:
    async with kie(name) as harness:
        harness.simulator.faults.add("*", RawBody(body))
        with pytest.raises(ProviderOutcomeUnknown):
            await harness.model.ask(QUESTION, timeout_s=5)


@pytest.mark.parametrize(
    "figures",
    [
        {"credits_consumed": -3},
        {"credits_consumed": 1e14},
        {"usage": {"prompt_tokens": -9, "completion_tokens": 1}},
        {"usage": {"prompt_tokens": 10**30, "completion_tokens": 1}},
    ],
)
async def test_a_charge_that_can_be_none_is_not_known(figures: Mapping[str, object]) -> None:
    async with kie(KIE_MODELS[0]) as harness:
        answer = {"choices": [{"message": {"content": "A fox."}}], **figures}
        harness.simulator.faults.add("*", RawBody(json.dumps(answer)))
        assert (await harness.model.ask(QUESTION, timeout_s=5)).credits is None


async def test_a_page_of_a_gateway_is_no_answer() -> None:
    async with kie(KIE_MODELS[0]) as harness:
        harness.simulator.faults.add("*", HtmlPage(503))
        with pytest.raises(ProviderOutcomeUnknown):
            await harness.model.ask(QUESTION, timeout_s=5)


@pytest.mark.parametrize("name", KIE_MODELS)
async def test_it_sends_no_stream_and_keeps_instructions_apart(name: str) -> None:
    async with kie(name) as harness:
        await harness.model.ask(QUESTION, timeout_s=5)
        [call] = harness.simulator.chat.calls
        assert call.body["stream"] is False
        assert call.words.index(QUESTION.instructions) >= 0
        assert QUESTION.text in call.words


async def test_a_sound_goes_in_by_its_url() -> None:
    async with kie(KIE_MODELS[0]) as harness:
        sound = TextFile(url="https://files.example/voice.ogg", kind=MediaKind.AUDIO, seconds=3)
        with pytest.raises(ProviderRejected):  # the simulator could not fetch it
            await harness.model.ask(TextQuestion(instructions="Write it down.", files=(sound,)), timeout_s=5)


def test_the_default_models_are_of_two_vendors_with_known_prices() -> None:
    known = [FACTS[TextModelId(name)] for name in TEXT_MODELS]
    assert len({one.vendor for one in known[:2]}) == 2
