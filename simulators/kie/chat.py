"""The chat endpoints: an answer in the same reply, in one of three forms."""

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, Final

from aiohttp import web
from attrs import define, field, frozen

from .account import KieAccount
from .answers import KieRefusal, envelope
from .own_files import OwnFiles
from .requests import json_object, origin_of

# Credits for a million tokens, in and out, where a price was read (CHAT.md); the others cost as the dearest of them.
PRICES: Final[Mapping[str, tuple[float, float]]] = {
    "gemini-3-8-flash-openai": (45, 225),
    "gemini-3-7-flash-openai": (45, 225),
    "gemini-3-5-flash-openai": (90, 540),
    "gemini-3-flash": (30, 180),
    "gemini-2.5-flash": (18, 150),
    "gemini-3.1-pro": (100, 700),
    "claude-haiku-4-5": (55, 285),
    "claude-sonnet-4-6": (170, 855),
    "gpt-5-4": (140, 1120),
}
DEAREST: Final = (280.0, 1680.0)
GEMINI: Final = frozenset(name for name in PRICES if name.startswith("gemini"))
RESPONSES: Final = frozenset({"gpt-5-4", "gpt-5-5", "gpt-5-6-luna"})
CLAUDE: Final = frozenset({"claude-haiku-4-5", "claude-sonnet-4-6"})
HEARD: Final = "a red fox in snow"
SEEN: Final = "A red fox sits in fresh snow. Behind it stand dark firs in soft morning light."
ADDED: Final = ", soft morning light, low camera close to the ground, shallow depth of field, calm mood"


@frozen(kw_only=True)
class ChatCall:
    """One question as it arrived, and what it cost."""

    model: str
    body: Mapping[str, Any]
    words: str
    files: tuple[str, ...]
    credits: float


@define(kw_only=True)
class ChatRoutes:
    """Answers with ``answers`` while there are any; then a sound is heard, a picture is seen, words get a few more.

    ``calls`` holds every question that was answered.
    """

    account: KieAccount
    files: OwnFiles
    answers: deque[str] = field(factory=deque, init=False)
    calls: list[ChatCall] = field(factory=list, init=False)

    def routes(self) -> list[web.RouteDef]:
        """Return what the application serves."""
        return [
            web.post("/{model}/v1/chat/completions", self.gemini),
            web.post("/codex/v1/responses", self.responses),
            web.post("/claude/v1/messages", self.claude),
        ]

    async def gemini(self, request: web.Request) -> web.Response:
        """Gemini in OpenAI's form. It says how many tokens, not how many credits."""
        body = await self._body(request)
        model = request.match_info["model"]
        if model not in GEMINI:
            return envelope(None, code=404, msg="Not Found")
        words = [*_contents(body["messages"]), *_strings(body["messages"], "text")]
        call = self._answered(model, body, words, list(_urls(body["messages"])))
        text = self._text(call)
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        usage = dict(zip(("prompt_tokens", "completion_tokens"), _usage(call, text), strict=True))
        usage["total_tokens"] = sum(usage.values())
        self._bill(call, text)
        return web.json_response(
            {"id": "c1", "object": "chat.completion", "model": model, "choices": [choice], "usage": usage}
        )

    async def responses(self, request: web.Request) -> web.Response:
        """GPT in the form of Responses, with a part of thinking before the answer."""
        body = await self._body(request)
        model = str(body.get("model"))
        if model not in RESPONSES:
            raise KieRefusal(422, "The model is not supported")
        words = [*_contents(body["input"]), *_strings(body["input"], "text")]
        call = self._answered(model, body, words, list(_urls(body["input"])))
        text = self._text(call)
        output = [
            {"type": "reasoning", "summary": []},
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text}]},
        ]
        return web.json_response({"id": "r1", "output": output, "credits_consumed": self._bill(call, text)})

    async def claude(self, request: web.Request) -> web.Response:
        """Claude: text alone, and no role for instructions."""
        body = await self._body(request)
        model = str(body.get("model"))
        if model not in CLAUDE:
            raise KieRefusal(422, "The model is not supported")
        if any(message.get("role") not in {"user", "assistant"} for message in body["messages"]):
            raise KieRefusal(400, "messages: role must be user or assistant")
        call = self._answered(model, body, _contents(body["messages"]), [])
        text = self._text(call)
        return web.json_response(
            {
                "id": "m1",
                "type": "message",
                "role": "assistant",
                "content": [{"type": "text", "text": text}],
                "stop_reason": "end_turn",
                "credits_consumed": self._bill(call, text),
            }
        )

    async def _body(self, request: web.Request) -> dict[str, Any]:
        if request.headers.get("Authorization") != f"Bearer {self.account.options.api_key}":
            raise KieRefusal(401, "You do not have access permissions")
        self.files.origins.add(origin_of(request))
        body = await json_object(request)
        if body.get("stream") is not False:  # true is the default, and a stream is not what this client reads
            raise KieRefusal(400, "stream must be false here")
        if not isinstance(body.get("messages", body.get("input")), list):
            raise KieRefusal(400, "messages is required")
        if self.account.balance <= 0:
            raise KieRefusal(402, "Credits insufficient")
        return body

    def _answered(self, model: str, body: Mapping[str, Any], words: list[str], urls: list[str]) -> ChatCall:
        if any(self.files.find(url) is None for url in urls):
            raise KieRefusal(400, "The file could not be fetched")
        call = ChatCall(model=model, body=body, words="\n".join(words), files=tuple(urls), credits=0.0)
        self.calls.append(call)
        return call

    def _text(self, call: ChatCall) -> str:
        if self.answers:
            return self.answers.popleft()
        kinds = {file.mime.partition("/")[0] for url in call.files if (file := self.files.find(url))}
        if "audio" in kinds or "video" in kinds:
            return HEARD
        if kinds:
            return SEEN
        last = re.split(r"\n{2,}", call.words.strip())[-1]
        return last.splitlines()[-1] + ADDED

    def _bill(self, call: ChatCall, text: str) -> float:
        used, written = _usage(call, text)
        price_in, price_out = PRICES.get(call.model, DEAREST)
        credits_ = round((used * price_in + written * price_out) / 1_000_000, 6)
        self.account.take(credits_)
        return credits_


def _usage(call: ChatCall, text: str) -> tuple[int, int]:
    """Tokens in and out: four characters each, and what media count."""
    return len(call.words) // 4 + 1_000 * len(call.files) + 1, len(text) // 4 + 50


def _contents(messages: list[Any]) -> list[str]:
    return [one["content"] for one in messages if isinstance(one, dict) and isinstance(one.get("content"), str)]


def _strings(value: object, name: str) -> Iterator[str]:
    match value:
        case dict():
            for key, nested in value.items():
                if key == name and isinstance(nested, str):
                    yield nested
                else:
                    yield from _strings(nested, name)
        case list():
            for nested in value:
                yield from _strings(nested, name)


def _urls(value: object) -> Iterator[str]:
    match value:
        case {"type": "image_url", "image_url": {"url": str(url)}} | {"type": "input_image", "image_url": str(url)}:
            yield url
        case dict():
            for nested in value.values():
                yield from _urls(nested)
        case list():
            for nested in value:
                yield from _urls(nested)
