"""Income, cost and margin, for operators; and giving a payment back. Only while something is sold."""

from collections.abc import Sequence
from datetime import timedelta

from aiohttp import web
from attrs import frozen

from adapters.web.pages.answers import shown
from adapters.web.renderer import Renderer
from adapters.web.trouble import NoSuchPage
from adapters.web.visit import Visit
from application.billing.read_books import margin
from application.billing.reconcile import BEGINNING
from application.billing.refund_payment import Refund
from application.errors import GatewayUnavailable, PaymentInUse, PaymentNotFound
from domain.reservation import credits_of


@frozen
class MoneyPages:
    """The last seven days by day and by model, tables to take away, and refunds."""

    _renderer: Renderer

    async def show(self, visit: Visit, *, said: Sequence[str] = ()) -> web.StreamResponse:
        """Everything on one page. ``said``: what has just come of a refund."""
        _check_selling(visit)
        words, books = visit.words, await visit.services.billing.read_books()
        return shown(
            self._renderer,
            visit,
            "money.html",
            tab="desk",
            said=said,
            tiles=[
                (words("people-have"), words.number(float(credits_of(books.totals.balances)))),
                (words("reserved"), words.number(float(credits_of(books.totals.reserved)))),
            ],
            days=[
                [
                    day.day.strftime("%d.%m."),
                    words.number(day.stars_in - day.stars_back),
                    *(_amount(visit, units) for units in (day.sold_units, day.given_units, day.spent_units)),
                    words.number(day.cost_credits),
                    words.number(float(margin(day.spent_units, day.cost_credits))),
                ]
                for day in books.days
            ],
            models=[
                [
                    visit.services.catalog.title_of(model.model_id),
                    str(model.generations),
                    _amount(visit, model.spent_units),
                    words.number(model.cost_credits),
                    words.number(float(margin(model.spent_units, model.cost_credits))),
                ]
                for model in books.models
            ],
        )

    async def figures(self, visit: Visit) -> web.StreamResponse:
        """The figures of a year, as CSV."""
        _check_selling(visit)
        return _table(visit, "figures", await visit.services.billing.read_books.figures())

    async def entries(self, visit: Visit) -> web.StreamResponse:
        """All entries, as CSV."""
        _check_selling(visit)
        until = visit.services.clock.now() + timedelta(days=1)
        return _table(visit, "entries", await visit.services.billing.read_books.table(BEGINNING, until))

    async def refund(self, visit: Visit) -> web.StreamResponse:
        """Give a payment back, and say how that stands."""
        _check_selling(visit)
        charge_id = await visit.field("charge")
        try:
            refund = await visit.services.billing.refund(charge_id, by=visit.user)
        except (PaymentNotFound, PaymentInUse) as error:
            return await self.show(visit, said=[visit.words.error(error)])
        except GatewayUnavailable as error:
            return await self.show(visit, said=[visit.words(f"refund-{error.code}")])
        return await self.show(visit, said=_outcome_of(visit, refund))


def _check_selling(visit: Visit) -> None:
    if not visit.services.billing.is_on:
        raise NoSuchPage(visit.request.path)


def _table(visit: Visit, name: str, text: str) -> web.Response:
    day = visit.services.clock.now().date().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="{name}-{day}.csv"'}
    return web.Response(text=text, content_type="text/csv", headers=headers)


def _outcome_of(visit: Visit, refund: Refund) -> Sequence[str]:
    words, user = visit.words, refund.user.partition(":")[2]
    said = [words(f"refund-{refund.state}", stars=refund.stars, user=user)]
    if refund.borne_units:
        said.append(words("refund-borne", credits=words.credits(float(credits_of(refund.borne_units)))))
    return said


def _amount(visit: Visit, units: int) -> str:
    return visit.words.number(float(credits_of(units)))
