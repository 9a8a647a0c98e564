"""How the service is doing, for operators: the first page, with plots."""

from collections.abc import Sequence
from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.pages.answers import shown
from adapters.web.plots import Figure, Plot, plot
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from adapters.web.words import PageWords
from application.operating.read_course import Course
from application.operating.read_overview import Overview
from application.operating.read_spending import SpendingReport

SPANS: Final = (7, 30, 90)


@frozen
class DeskPages:
    """Alarms, today's figures, and the course of the last days."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Everything at a glance."""
        words, services = visit.words, visit.services
        days = _span(visit)
        overview, course = await services.desk.overview(), await services.desk.course(days)
        spending = await services.people.spending(days)
        return shown(
            self._renderer,
            visit,
            "desk.html",
            tab="desk",
            at=words.moment(overview.at),
            tiles=_tiles(overview, words),
            alarms=[
                (words.alarm(alarm, services.catalog.title_of(alarm.about)), words.moment(since))
                for alarm, since in overview.alarms.items()
            ],
            spans=SPANS,
            days=days,
            plots=_plots(course, words),
            table=_table(course, words),
            failures=[(words.fault(kind), count) for kind, count in overview.failures.items()],
            by_model=[(services.catalog.title_of(one.key), words.number(one.credits), "") for one in spending.models],
            by_person=_people(spending, words),
        )


def _span(visit: Visit) -> int:
    said = visit.query("days")
    return int(said) if said in {str(span) for span in SPANS} else SPANS[0]


def _tiles(overview: Overview, words: PageWords) -> Sequence[tuple[str, str]]:
    today = overview.days[0]
    left = words.number(overview.credits) if overview.credits is not None else words("not-known")
    return [
        (words("credits-left"), left),
        (words("under-way"), str(sum(overview.unfinished.values()))),
        (words("people-today"), str(today.people)),
        (words("generations-today"), str(today.generations)),
        (words("spent-today"), words.number(today.credits)),
    ]


def _people(spending: SpendingReport, words: PageWords) -> Sequence[tuple[str, str, str]]:
    return [
        (spending.names.get(one.key) or one.key, words.number(one.credits), f"/desk/people/{one.key}")
        for one in spending.people
    ]


def _plots(course: Course, words: PageWords) -> Sequence[Plot]:
    """Usage, failures, waiting and spending, a column a day."""
    days = [words.short_day(day.day) for day in course.days]
    people = [
        Figure(label=label, text=f"{label}: {figures.people}", outer=figures.people)
        for label, figures in zip(days, course.figures, strict=True)
    ]
    spent = [
        Figure(label=label, text=f"{label}: {words.number(figures.credits)}", outer=figures.credits)
        for label, figures in zip(days, course.figures, strict=True)
    ]
    return [
        _failures(days, course, words),
        _waiting(days, course, words),
        plot("people", words("people"), people, most=_most(people, words)),
        plot("spent", words("spent"), spent, most=_most(spent, words)),
    ]


def _failures(days: Sequence[str], course: Course, words: PageWords) -> Plot:
    ended = [
        Figure(
            label=label,
            text=f"{label}: {figures.generations}, {words('failed')}: {day.failed}",
            outer=figures.generations,
            inner=day.failed,
        )
        for label, day, figures in zip(days, course.days, course.figures, strict=True)
    ]
    legend = (words("accepted"), words("failed"))
    return plot("failures", words("generations"), ended, most=_most(ended, words), legend=legend)


def _waiting(days: Sequence[str], course: Course, words: PageWords) -> Plot:
    took = [
        Figure(
            label=label,
            text=f"{label}: {words.duration(day.half_s)}, {words('most-took')}: {words.duration(day.most_s)}",
            outer=day.most_s or 0.0,
            inner=day.half_s or 0.0,
        )
        for label, day in zip(days, course.days, strict=True)
    ]
    longest = max([one.outer for one in took], default=0.0)
    most = words.duration(longest) if longest else ""
    return plot("latency", words("waiting"), took, most=most, legend=(words("most-took"), words("half-took")))


def _most(figures: Sequence[Figure], words: PageWords) -> str:
    return words.number(max([figure.outer for figure in figures], default=0.0))


def _table(course: Course, words: PageWords) -> Sequence[Sequence[str]]:
    return [
        (
            words.short_day(day.day),
            str(figures.people),
            str(figures.generations),
            str(day.failed),
            words.duration(day.half_s),
            words.duration(day.most_s),
            words.number(figures.credits),
        )
        for day, figures in reversed(list(zip(course.days, course.figures, strict=True)))
    ]
