"""The paths of the operator's pages."""

from collections.abc import Sequence

from aiohttp import web

from adapters.web.guard import Guard
from adapters.web.pages.desk import DeskPages
from adapters.web.pages.desk_generations import DeskGenerationPages
from adapters.web.pages.desk_models import DeskModelPages
from adapters.web.pages.desk_people import DeskPeoplePages
from adapters.web.pages.money import MoneyPages
from adapters.web.paths import ID, PERSON, Paths
from adapters.web.renderer import Renderer


def desk_routes(prefix: str, guard: Guard, renderer: Renderer) -> Sequence[web.RouteDef]:
    """For admins alone."""
    at = Paths(prefix, guard, admins_only=True)
    desk, people, models = DeskPages(renderer), DeskPeoplePages(renderer), DeskModelPages(renderer)
    found, money = DeskGenerationPages(renderer), MoneyPages(renderer)
    return [
        at.get("/desk", desk.show),
        at.get("/desk/people", people.show),
        at.get(f"/desk/people/{{person:{PERSON}}}", people.one),
        at.post(f"/desk/people/{{person:{PERSON}}}/limit", people.limit),
        at.post(f"/desk/people/{{person:{PERSON}}}/block", people.block),
        at.get("/desk/models", models.show),
        at.post("/desk/pause", models.pause),
        at.get("/desk/generations", found.find),
        at.get(f"/desk/generations/{{found:{ID}}}", found.show),
        at.get("/desk/money", money.show),
        at.get("/desk/money/figures.csv", money.figures),
        at.get("/desk/money/entries.csv", money.entries),
        at.post("/desk/money/refund", money.refund),
    ]
