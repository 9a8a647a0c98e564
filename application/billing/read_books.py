"""Income, cost and margin, and the books as a table."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from attrs import frozen

from application.ports.book_reports import BookReports, MoneyOfDay, MoneyOfModel
from application.ports.clock import Clock
from application.ports.ledger import Ledger
from domain.ledger import EntryKind, Totals
from domain.reservation import UNITS_PER_CREDIT, credits_of

DAYS: Final = 7
PAGE: Final = 1_000
YEAR: Final = 365
FIGURES: Final = (
    "what",
    "name",
    "generations",
    "stars_in",
    "stars_back",
    "credits_sold",
    "credits_given",
    "credits_spent",
    "provider_credits",
    "margin_credits",
)
COLUMNS: Final = ("number", "at", "person", "kind", "credits", "stars", "reference", "by", "key")


@frozen(kw_only=True)
class Books:
    """``days`` and ``models`` are those of the last seven days."""

    totals: Totals
    days: Sequence[MoneyOfDay]
    models: Sequence[MoneyOfModel]


def margin(spent_units: int, cost_credits: float) -> Decimal:
    """What people paid beyond what the provider took, in credits."""
    return (Decimal(spent_units) / UNITS_PER_CREDIT - Decimal(str(cost_credits))).quantize(Decimal("0.01"))


@frozen(kw_only=True)
class ReadBooks:
    """For the operator."""

    _reports: BookReports
    _ledger: Ledger
    _clock: Clock

    async def __call__(self) -> Books:
        """Raises ``StoreUnavailable``."""
        since = self._first_day(DAYS)
        return Books(
            totals=await self._ledger.totals(),
            days=await self._reports.days(since=since),
            models=await self._reports.models(since=since),
        )

    async def table(self, since: datetime, until: datetime) -> str:
        """All entries of this time as CSV, a line each, amounts in credits. A forgotten person's cell is empty."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        after = 0
        while True:
            page = await self._ledger.between(since, until, kinds=list(EntryKind), limit=PAGE, after=after)
            for posted in page:
                entry = posted.entry
                writer.writerow(
                    [
                        posted.number,
                        entry.at.isoformat(),
                        entry.user,
                        entry.kind,
                        credits_of(entry.units),
                        "" if entry.stars is None else entry.stars,
                        entry.reference,
                        entry.by,
                        entry.key,
                    ]
                )
            if len(page) < PAGE:
                return out.getvalue()
            after = page[-1].number

    async def figures(self) -> str:
        """Income, cost and margin of the last year as CSV: a line for each day, then one for each model."""
        out, since = io.StringIO(), self._first_day(YEAR)
        writer = csv.writer(out)
        writer.writerow(FIGURES)
        for day in await self._reports.days(since=since):
            sums = [credits_of(units) for units in (day.sold_units, day.given_units, day.spent_units)]
            cost = [round(day.cost_credits, 3), margin(day.spent_units, day.cost_credits)]
            writer.writerow(["day", day.day.isoformat(), "", day.stars_in, day.stars_back, *sums, *cost])
        for model in await self._reports.models(since=since):
            cost = [round(model.cost_credits, 3), margin(model.spent_units, model.cost_credits)]
            spent = credits_of(model.spent_units)
            writer.writerow(["model", model.model_id, model.generations, "", "", "", "", spent, *cost])
        return out.getvalue()

    def _first_day(self, days: int) -> datetime:
        midnight = self._clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight - timedelta(days=days - 1)
