"""The headers of every answer."""

from typing import Final

from aiohttp import web

NO_FRAMES: Final = "'none'"
TELEGRAM_FRAMES: Final = "https://web.telegram.org https://*.telegram.org"
"""Telegram's web clients show a Mini App in a frame of theirs (core.telegram.org/bots/webapps, 2026-11)."""

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:;"
    " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'; frame-ancestors {frames}"
)
FILE_POLICY: Final = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""For bytes that people gave us: opened by themselves they can run nothing and load nothing."""


def protect(response: web.StreamResponse, *, is_framed: bool = False) -> None:
    """Set what every answer has, unless it is set already."""
    headers = response.headers
    frames = TELEGRAM_FRAMES if is_framed else NO_FRAMES
    headers.setdefault("Content-Security-Policy", _POLICY.format(frames=frames))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
    headers.setdefault("Cache-Control", "no-store")
    if not is_framed:
        headers.setdefault("X-Frame-Options", "DENY")
