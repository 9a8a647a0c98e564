"""One authenticated request of a program."""

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

from aiohttp import web
from attrs import frozen
from pydantic import BaseModel

from adapters.api_http.caller import Caller
from adapters.api_http.problems import RequestProblem
from adapters.api_http.services import ApiServices
from application.errors import NotAuthenticated
from domain.generation import UserId

M = TypeVar("M", bound=BaseModel)

BODY_LIMIT_BYTES: Final = 1 << 20
"""Words and numbers alone: files are uploaded."""
DEEPEST: Final = 32
"""No model takes more than four."""


@frozen(kw_only=True)
class ApiCall:
    """A request and for whom it is made."""

    request: web.Request
    caller: Caller

    @property
    def services(self) -> ApiServices:
        return self.caller.services

    @property
    def user(self) -> UserId:
        return self.caller.user

    @property
    def language(self) -> str:
        return self.caller.language

    async def body(self, form: type[M]) -> M:
        """Return the body in this form.

        Raises:
            RequestProblem: it is no JSON object, or too large.
            ValidationError: it has another form.
        """
        body = await read_body(self.request)
        try:
            parsed = json.loads(body.decode(self.request.charset or "utf-8"))
            json.dumps(
                parsed, allow_nan=False, ensure_ascii=False
            ).encode()  # no halves of letters, no infinite numbers
        except (ValueError, RecursionError, LookupError):
            raise RequestProblem(400, "not_json", "The body is no JSON.") from None
        if _is_deeper(parsed, DEEPEST):
            raise RequestProblem(400, "too_deep", f"The body is nested deeper than {DEEPEST} levels.")
        return form.model_validate(parsed)


def answer(body: BaseModel | Mapping[str, Any], status: int = 200) -> web.Response:
    """Return a JSON answer."""
    content = body.model_dump(mode="json") if isinstance(body, BaseModel) else dict(body)
    return web.json_response(content, status=status)


def shown_key(request: web.Request) -> str:
    """Return the key that the request shows. Raises NotAuthenticated where it shows none."""
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer":
        raise NotAuthenticated
    return text.strip()


async def read_body(request: web.Request) -> bytes:
    """Return the body. Raises RequestProblem where it is too large, whether its length was stated or not."""
    try:
        if (request.content_length or 0) <= BODY_LIMIT_BYTES and len(body := await request.read()) <= BODY_LIMIT_BYTES:
            return body
    except web.HTTPRequestEntityTooLarge:
        pass
    raise RequestProblem(413, "too_large", "The body is larger than 1 MB. Upload files instead.")


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inner)
