"""The envelope of every JSON answer: `{code, msg, data}` inside HTTP 200, failures included."""

from aiohttp import web


class KieRefusal(Exception):
    """The request is turned down with `code` in the body; the HTTP status stays 200."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def envelope(data: object, *, code: int = 200, msg: str = "success") -> web.Response:
    """Answer as KIE does: the verdict is `code`, never the HTTP status."""
    return web.json_response({"code": code, "msg": msg, "data": data})
