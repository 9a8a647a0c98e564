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
from domain.generation import UserId

M = TypeVar("M", bound=BaseModel)

BODY_LIMIT_BYTES: Final = 1 << 20
"""Words and numbers alone: files are uploaded."""


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
        if (self.request.content_length or 0) > BODY_LIMIT_BYTES:
            raise RequestProblem(413, "too_large", "The body is larger than 1 MB. Upload files instead.")
        try:
            parsed = json.loads(await self.request.text(), parse_constant=_refuse)
        except (ValueError, RecursionError, LookupError):
            raise RequestProblem(400, "not_json", "The body is no JSON.") from None
        return form.model_validate(parsed)


def answer(body: BaseModel | Mapping[str, Any], status: int = 200) -> web.Response:
    """Return a JSON answer."""
    content = body.model_dump(mode="json") if isinstance(body, BaseModel) else dict(body)
    return web.json_response(content, status=status)


def _refuse(constant: str) -> float:
    raise ValueError(constant)
