"""The routes of the API: authentication, rate limits and errors around every operation."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiohttp import web
from attrs import define, field

from adapters.api_http.call import ApiCall, shown_key
from adapters.api_http.caller import Caller
from adapters.api_http.openapi import document
from adapters.api_http.operations import OPERATIONS, ROOT, ApiOperation
from adapters.api_http.problems import RequestProblem, problem, problem_of
from adapters.api_http.services import ApiServices
from domain.api_key import ApiKeyId, parts_of
from domain.rate_limit import RateLimit, RateLimiter

REQUESTS: Final = RateLimit(burst=60, period_s=6.0)
"""Of one key."""

log = structlog.get_logger()

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ServicesOf = Callable[[ApiKeyId], Awaitable[ApiServices | None]]

__all__ = ["Api", "ApiServices"]


@define
class Api:
    """``routes`` go to the HTTP port; ``services``, those of the first bot, are set when the service has started.

    ``services_of``: those of the bot that a key belongs to; None where it is none of the further bots.
    """

    services: ApiServices | None = None
    services_of: ServicesOf | None = None
    _limiter: RateLimiter = field(factory=lambda: RateLimiter(lambda: asyncio.get_running_loop().time()))

    def routes(self) -> list[web.AbstractRouteDef]:
        """Return the routes of the API, with an answer for every path below its root."""
        operations = [
            web.route(operation.method, _pattern(operation), self._around(operation)) for operation in OPERATIONS
        ]
        return [
            web.get(f"{ROOT}/openapi.json", _openapi),
            *operations,
            web.route("*", f"{ROOT}/{{path:.*}}", self._unknown),
        ]

    def _around(self, operation: ApiOperation) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            if self.services is None:
                return problem(503, "starting", "The service is starting.")
            language = self.services.texts.language(_first_language(request))
            try:
                caller = await self.caller_of(request, self.services)
                return await operation.handle(ApiCall(request=request, caller=caller))
            except (ConnectionError, asyncio.CancelledError):
                raise
            except Exception as error:
                answer = problem_of(error, self.services.texts, language)
                if request.writer.output_size:
                    raise ConnectionError("the answer had begun: it is cut short") from error
                return answer

        return handle

    async def caller_of(self, request: web.Request, services: ApiServices) -> Caller:
        """Return for whom the request is made.

        Raises:
            NotAuthenticated: no valid key was shown.
            NotServed: the bot does not serve its person.
            RequestProblem: too many requests with this key.
            StoreUnavailable: ask again.
        """
        text = shown_key(request)
        if self.services_of and (parts := parts_of(text)):
            services = await self.services_of(parts[0]) or services
        key = await services.authenticate(text)
        if not self._limiter.allows(REQUESTS, key.id):
            raise RequestProblem(429, "too_many_requests", "Too many requests. Wait a few seconds.")
        language = services.texts.language(_first_language(request))
        return Caller(
            services=services, user=key.user, key=key.id, language=language, key_credits_per_day=key.credits_per_day
        )

    async def _unknown(self, request: web.Request) -> web.Response:
        path = request.path.removeprefix(ROOT)
        methods = {one.method for one in OPERATIONS if _fits(one.path, path)}
        if methods and request.method not in methods:
            answer = problem(405, "method_not_allowed", "This path does not take this method.")
            answer.headers["Allow"] = ", ".join(sorted(methods))
            return answer
        return problem(404, "not_found", "There is no such path.")


async def _openapi(_request: web.Request) -> web.Response:
    return web.json_response(document())


def _pattern(operation: ApiOperation) -> str:
    """A model's id may hold slashes, the other ids may not."""
    is_model = operation.path == "/models/{id}"
    return ROOT + (operation.path.replace("{id}", "{id:.+}") if is_model else operation.path)


def _fits(pattern: str, path: str) -> bool:
    parts, wanted = path.split("/"), pattern.split("/")
    if pattern == "/models/{id}":
        return path.startswith("/models/")
    return len(parts) == len(wanted) and all(a in (b, "{id}") for b, a in zip(parts, wanted, strict=True))


def _first_language(request: web.Request) -> str | None:
    return request.headers.get("Accept-Language", "").partition(",")[0].partition(";")[0].strip() or None
