"""People and their limits, for operators. A person's words and results are not shown."""

from collections.abc import Sequence
from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.pages.answers import amount_of, see, shown
from adapters.web.renderer import Renderer
from adapters.web.trouble import BadAmount, Forbidden
from adapters.web.visit import Visit
from application.errors import PersonNotFound
from application.operating.read_people import PersonReport
from domain.access import Subject, telegram_subject
from domain.generation import Generation, UserId

LAST_PAGE: Final = 10_000


@frozen(kw_only=True)
class PersonView:
    id: str
    name: str
    seen: str
    is_blocked: bool
    is_gone: bool


@frozen(kw_only=True)
class GenerationRow:
    id: str
    at: str
    model: str
    state: str
    credits: str


@frozen
class DeskPeoplePages:
    """Who is served, and one of them."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """The last seen first; a number leads to one person."""
        if asked := visit.query("id"):
            return see(f"{visit.prefix}/desk/people/{_full(asked)}")
        said = visit.query("page")
        page = min(int(said[:6]), LAST_PAGE) if said.isdecimal() else 0
        lines, has_more = await visit.services.people.list(page)
        return shown(
            self._renderer,
            visit,
            "desk_people.html",
            tab="desk",
            page=page,
            has_more=has_more,
            people=[
                PersonView(
                    id=line.known.user,
                    name=line.known.name or line.known.user,
                    seen=visit.words.moment(line.known.seen_at),
                    is_blocked=line.is_blocked,
                    is_gone=line.known.is_gone,
                )
                for line in lines
            ],
        )

    async def one(self, visit: Visit) -> web.StreamResponse:
        """How a person stands."""
        report = await visit.services.people.list.one(_user(visit))
        if not report.is_there:
            raise PersonNotFound(report.user)
        words, allowance = visit.words, report.allowance
        limit = words("no-limit") if allowance.credits_per_day is None else words.credits(allowance.credits_per_day)
        return shown(
            self._renderer,
            visit,
            "desk_person.html",
            tab="desk",
            id=report.user,
            name=report.known.name if report.known and report.known.name else report.user,
            report=report,
            facts=self._facts(visit, report),
            limit=words("limit-own" if allowance.is_personal else "limit-everyone", limit=limit),
            rows=[self._row(visit, one) for one in report.generations],
        )

    async def limit(self, visit: Visit) -> web.StreamResponse:
        """Set or remove the person's own limit."""
        user, limits = _user(visit), visit.services.people.limits
        match await visit.field("do"):
            case "default":
                await limits.remove(user, by=visit.user)
            case "none":
                await limits(user, None, by=visit.user)
            case _:
                amount = amount_of(await visit.field("credits_per_day"))
                if amount is None:
                    raise BadAmount("nothing")
                await limits(user, amount, by=visit.user)
        return see(self._path(visit, user))

    async def block(self, visit: Visit) -> web.StreamResponse:
        """Keep the person out, or let them in again."""
        user = _user(visit)
        if await visit.field("do") == "unblock":
            await visit.services.people.unblock(Subject(user), by=visit.user)
        elif not await visit.services.people.block(Subject(user), await visit.field("reason"), by=visit.user):
            raise Forbidden("admin_stays")
        return see(self._path(visit, user))

    def _path(self, visit: Visit, user: UserId) -> str:
        return f"{visit.prefix}/desk/people/{user}"

    def _facts(self, visit: Visit, report: PersonReport) -> Sequence[tuple[str, str]]:
        words, known, block = visit.words, report.known, report.block
        facts = [
            (words("spent-in-a-day"), words.credits(report.allowance.spent)),
            (words("spent-in-a-week"), words.credits(report.week.credits)),
            (words("generations-in-a-week"), str(report.week.generations)),
        ]
        if known:
            facts = [
                (words("seen"), words.moment(known.seen_at)),
                (words("language"), known.language),
                *facts,
            ]
            if known.is_gone:
                facts.append((words("reachable"), words("no")))
        if block:
            facts.append((words("blocked"), f"{words.moment(block.at)} {block.reason}".strip()))
        return facts

    def _row(self, visit: Visit, one: Generation) -> GenerationRow:
        return GenerationRow(
            id=one.id,
            at=visit.words.moment(one.created_at),
            model=visit.services.catalog.title_of(one.model_id),
            state=visit.words.fault(one.failure.kind) if one.failure else visit.words.state(one.state),
            credits=visit.words.figure(one.charged_credits),
        )


def _user(visit: Visit) -> UserId:
    return UserId(visit.part("person"))


def _full(asked: str) -> str:
    """A number is a Telegram id."""
    return telegram_subject(asked) or "".join(c for c in asked if c.isalnum() or c in ":-_")
