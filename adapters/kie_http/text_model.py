"""KIE's chat models (kie/CHAT.md, 2026-11-29): one request, one answer, on the host and key of the other calls."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import aiohttp
from attrs import field, frozen
from yarl import URL

from adapters.kie_http.codes import CallKind, Later, RefusedCall, Unknown
from adapters.kie_http.numbers import charge_of
from adapters.kie_http.verdicts import error, verdict
from adapters.kie_http.wire import Answer, Document, Wire
from application.errors import ProviderOutcomeUnknown, ProviderUnavailable
from application.ports.text_model import TextAnswer
from domain.media import MediaKind
from domain.text_call import TextModelFacts, TextModelId, TextPrices, TextQuestion

CONNECT_S: Final = 3.0
ANSWER_BYTES: Final = 1_000_000

Body = Mapping[str, object]


@frozen(kw_only=True)
class KieTextModel:
    """``TextModel`` on one of KIE's chat endpoints. ``session`` is shared and stays open."""

    _facts: TextModelFacts
    _wire: Wire

    @property
    def id(self) -> TextModelId:
        return self._facts.id

    @property
    def vendor(self) -> str:
        return self._facts.vendor

    @property
    def prices(self) -> TextPrices:
        return self._facts.prices

    @property
    def takes(self) -> frozenset[MediaKind]:
        return self._facts.takes

    async def ask(self, question: TextQuestion, /, *, timeout_s: float) -> TextAnswer:
        form = FORMS[self._facts.form]
        outcome = await self._wire.post_document(
            form.path.format(path=self._facts.path), form.body(self._facts.id, question), timeout_s=timeout_s
        )
        match outcome:
            case Document(content=content):
                return self._answer(form, content)
            case Answer(code=200):  # the envelope of other calls, with nothing in it
                raise ProviderOutcomeUnknown("no text in the answer")
        match verdict(CallKind.CREATE, outcome):
            case (RefusedCall() | Later() | Unknown()) as found:
                raise error(found, outcome)
        raise ProviderUnavailable("no answer")

    def _answer(self, form: "Form", content: Mapping[str, Any]) -> TextAnswer:
        """Raises ``ProviderOutcomeUnknown`` for an empty text: it was answered, and may have cost."""
        text = form.text(content).strip()
        if not text:
            raise ProviderOutcomeUnknown("an empty text")
        credits_ = charge_of(content.get("credits_consumed"))
        return TextAnswer(text=text, credits=self._by_tokens(content) if credits_ is None else credits_)

    def _by_tokens(self, content: Mapping[str, Any]) -> float | None:
        match content.get("usage"):
            case {"prompt_tokens": int(used), "completion_tokens": int(written)}:
                return charge_of(self.prices.cost(used, written))
            case {"input_tokens": int(used), "output_tokens": int(written)}:
                return charge_of(self.prices.cost(used, written))
        return None


@frozen(kw_only=True)
class Form:
    """One of the ways in which KIE's chat endpoints are spoken to."""

    path: str
    body: Callable[[TextModelId, TextQuestion], Body]
    text: Callable[[Mapping[str, Any]], str] = field(repr=False)


def text_models(
    wanted: Sequence[str],
    facts: Mapping[TextModelId, TextModelFacts],
    *,
    session: aiohttp.ClientSession,
    api_key: str,
    api_base: str,
    proxy_for: Callable[[str], str | None] = lambda _url: None,
) -> Sequence[KieTextModel]:
    """Return the wanted models in their order; a name that is not known is a ``KeyError``."""
    wire = Wire(
        session=session,
        base=URL(api_base),
        api_key=api_key,
        connect_timeout_s=CONNECT_S,
        max_answer_bytes=ANSWER_BYTES,
        proxy=proxy_for(api_base),
    )
    return [KieTextModel(facts=facts[TextModelId(name)], wire=wire) for name in wanted]


def _gemini_body(_model: TextModelId, question: TextQuestion) -> Body:
    """Every file, a sound too, is a part of type ``image_url`` (§2.1)."""
    parts: list[object] = [{"type": "text", "text": question.text}] if question.text else []
    parts += [{"type": "image_url", "image_url": {"url": file.url}} for file in question.files]
    messages = [{"role": "system", "content": question.instructions}, {"role": "user", "content": parts}]
    return {"stream": False, "reasoning_effort": "low", "messages": messages}


def _gemini_text(content: Mapping[str, Any]) -> str:
    match content.get("choices"):
        case [{"message": {"content": str(text)}}, *_]:
            return text
        case [{"message": {"content": list(parts)}}, *_]:
            return "".join(_texts(parts))
    return ""


def _texts(parts: object) -> Sequence[str]:
    """The texts among the parts of an answer, which may be anything."""
    each = parts if isinstance(parts, list) else []
    return [part["text"] for part in each if isinstance(part, dict) and isinstance(part.get("text"), str)]


def _responses_body(model: TextModelId, question: TextQuestion) -> Body:
    parts: list[object] = [{"type": "input_text", "text": question.text}] if question.text else []
    parts += [{"type": "input_image", "image_url": file.url} for file in question.files]
    spoken = [{"role": "system", "content": question.instructions}, {"role": "user", "content": parts}]
    return {"model": model, "stream": False, "reasoning": {"effort": "low"}, "input": spoken}


def _responses_text(content: Mapping[str, Any]) -> str:
    output = content.get("output")
    found: list[str] = []
    for item in output if isinstance(output, list) else []:
        match item:
            case {"type": "message", "content": list(parts)}:
                found += _texts(parts)
    return "".join(found)


def _claude_body(model: TextModelId, question: TextQuestion) -> Body:
    """No field for instructions is listed (§2.3): they stand first in the one text."""
    text = f"{question.instructions}\n\n{question.text}"
    return {
        "model": model,
        "stream": False,
        "max_tokens": question.answer_tokens,
        "messages": [{"role": "user", "content": text}],
    }


def _claude_text(content: Mapping[str, Any]) -> str:
    return "".join(_texts(content.get("content")))


FORMS: Final[Mapping[str, Form]] = {
    "gemini": Form(path="/{path}/v1/chat/completions", body=_gemini_body, text=_gemini_text),
    "responses": Form(path="/{path}/v1/responses", body=_responses_body, text=_responses_text),
    "claude": Form(path="/{path}/v1/messages", body=_claude_body, text=_claude_text),
}
