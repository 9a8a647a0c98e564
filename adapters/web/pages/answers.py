"""What pages answer with."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from adapters.web.renderer import Renderer
from adapters.web.trouble import BadAmount
from adapters.web.visit import Visit

LARGEST_AMOUNT: Final = 1_000_000_000


def shown(renderer: Renderer, visit: Visit, template: str, *, tab: str = "", **values: object) -> web.Response:
    """A page for a person who is signed in."""
    html = renderer.render(template, visit=visit, words=visit.words, prefix=visit.prefix, tab=tab, **values)
    return web.Response(text=html, content_type="text/html")


def see(path: str) -> web.Response:
    """Look there; the address of this page is not kept."""
    return web.Response(status=303, headers={"Location": path})


def amount_of(said: str) -> float | None:
    """A number of credits that a person wrote, None for nothing. Raises BadAmount."""
    if not said:
        return None
    try:
        amount = float(said.replace(",", "."))
    except ValueError:
        raise BadAmount(said) from None
    if not 0 <= amount < LARGEST_AMOUNT:
        raise BadAmount(said)
    return amount


def done(visit: Visit, path: str, more: Mapping[str, object] | None = None) -> web.Response:
    """Something was changed: a script of our own learns where to go, a browser is led there."""
    return web.json_response({"go": path, **(more or {})}) if visit.wants_data else see(path)
