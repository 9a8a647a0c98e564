"""How the service is doing, for operators."""

from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.pages.answers import see, shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit

WEEK: Final = 7


@frozen(kw_only=True)
class DayView:
    name: str
    people: int
    generations: int
    credits: str
    raw: float
    most: float


@frozen
class DeskPages:
    """Figures of the last week, alarms, failures, and the switch of models."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Everything on one page."""
        words, overview = visit.words, await visit.services.overview()
        spending = await visit.services.spending(WEEK)
        most = max([day.credits for day in overview.days] + [1.0])
        today = overview.days[0]
        left = words.number(overview.credits) if overview.credits is not None else words("not-known")
        return shown(
            self._renderer,
            visit,
            "desk.html",
            tab="desk",
            at=words.moment(overview.at),
            tiles=[
                (words("credits-left"), left),
                (words("under-way"), str(sum(overview.unfinished.values()))),
                (words("people-today"), str(today.people)),
                (words("generations-today"), str(today.generations)),
                (words("spent-today"), words.number(today.credits)),
            ],
            alarms=[words.alarm(alarm.kind, alarm.about) for alarm in overview.alarms],
            days=[
                DayView(
                    name=day.day.strftime("%d.%m."),
                    people=day.people,
                    generations=day.generations,
                    credits=words.number(day.credits),
                    raw=day.credits,
                    most=most,
                )
                for day in overview.days
            ],
            failures=[(words.fault(kind), count) for kind, count in overview.failures.items()],
            by_model=[
                (model.title if (model := visit.services.catalog.find(one.key)) else one.key, words.number(one.credits))
                for one in spending.models
            ],
            by_person=[(spending.names.get(one.key) or one.key, words.number(one.credits)) for one in spending.people],
            models=visit.services.catalog.offered(),
        )

    async def pause(self, visit: Visit) -> web.StreamResponse:
        """Switch a model off, or on again."""
        name, reason = await visit.field("model"), await visit.field("reason")
        if await visit.field("do") == "resume":
            await visit.services.resume_model(name)
        else:
            await visit.services.pause_model(name, reason)
        return see(f"{visit.prefix}/desk")
