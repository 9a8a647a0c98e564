"""The cookie of a session."""

from typing import Final

from aiohttp import web

from adapters.web.visit import is_mini_app

NAME: Final = "mediabot_session"
LASTS_S: Final = 30 * 24 * 3600


def token_in(request: web.Request) -> str | None:
    """The session's secret, where the browser sent one."""
    return request.cookies.get(NAME)


def set_token(response: web.StreamResponse, token: str, *, prefix: str, is_secure: bool) -> None:
    """Keep the secret in the browser, for the pages of this prefix alone, out of reach of scripts.

    In the Mini App the pages may stand in a frame of another site's: there the cookie is the frame's own (``Partitioned``).
    """
    _set(response, token, LASTS_S, prefix=prefix, is_secure=is_secure)


def drop_token(response: web.StreamResponse, *, prefix: str, is_secure: bool) -> None:
    """Forget it; a browser takes that only from a cookie of the same kind."""
    _set(response, "", 0, prefix=prefix, is_secure=is_secure)


def _set(response: web.StreamResponse, token: str, lasts_s: int, *, prefix: str, is_secure: bool) -> None:
    is_framed = is_mini_app(prefix) and is_secure
    parts = [f"{NAME}={token}", f"Path={prefix}", f"Max-Age={lasts_s}", "HttpOnly"]
    parts += ["Secure"] if is_secure else []
    parts += ["SameSite=None", "Partitioned"] if is_framed else ["SameSite=Lax"]
    response.headers.add("Set-Cookie", "; ".join(parts))  # by hand: the standard library knows Partitioned from 3.14 on
