"""The form of the pages' paths, and how a path is bound to the page that answers it."""

from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.guard import Guard, Page
from domain.rate_limit import RateLimit

ID: Final = "[a-z0-9]{1,32}"
PERSON: Final = "[a-z]{1,20}:[A-Za-z0-9_-]{1,60}"
SECRET: Final = "[A-Za-z0-9_-]{16,128}"  # noqa: S105 - the form of one


@frozen
class Paths:
    """Paths below a prefix, for people who are signed in, or for admins among them."""

    prefix: str
    guard: Guard
    admins_only: bool = False

    def get(self, path: str, page: Page) -> web.RouteDef:
        """A page or a file."""
        return web.get(self.prefix + path, self.guard.page(self.prefix, page, admins_only=self.admins_only))

    def post(self, path: str, page: Page, *, limit: RateLimit | None = None) -> web.RouteDef:
        """A form."""
        handler = self.guard.page(self.prefix, page, admins_only=self.admins_only, limit=limit)
        return web.post(self.prefix + path, handler)
