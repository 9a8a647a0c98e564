"""What the handlers share: a client's JSON, the name under which it reached us, the outgoing session."""

import json
from typing import Any, Final

import aiohttp
from aiohttp import web

from .answers import KieRefusal

# What the simulator itself sends: callbacks, and fetches of files that clients name.
SESSION: Final = web.AppKey("simulator_session", aiohttp.ClientSession)


async def json_object(request: web.Request) -> dict[str, Any]:
    """Return the body as a JSON object; NaN and Infinity are no JSON.

    Raises:
        KieRefusal: 400 for anything else.
    """
    try:
        body = json.loads(await request.text(), parse_constant=_no_constant)
    except (ValueError, LookupError, RecursionError) as error:
        raise KieRefusal(400, "The body is not JSON") from error
    if not isinstance(body, dict):
        raise KieRefusal(400, "The body must be a JSON object")
    return body


def origin_of(request: web.Request) -> str:
    """Return scheme and host as the client spelt them."""
    return f"{request.scheme}://{request.host}"


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
