"""Figures about money from the in-memory stores."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from attrs import evolve, frozen

from adapters.memory.generation_store import InMemoryGenerationStore
from application.ports.book_reports import MoneyOfDay, MoneyOfModel, WrongCharge
from domain.generation import Generation, GenerationId
from domain.ledger import EntryKind, release_key
from domain.model import ModelId


@frozen
class InMemoryBookReports:
    """``BookReports`` for tests, over a generation store and its ledger."""

    _store: InMemoryGenerationStore

    async def days(self, *, since: datetime) -> Sequence[MoneyOfDay]:
        days: dict[date, MoneyOfDay] = {}
        for kind in (EntryKind.PAYMENT, EntryKind.REFUND, EntryKind.GRANT, EntryKind.CHARGE):
            for posted in self._store.ledger.of_kind(kind):
                entry, day = posted.entry, posted.entry.at.date()
                if entry.at < since:
                    continue
                known = days.setdefault(day, MoneyOfDay(day=day))
                stars = abs(entry.stars or 0)
                days[day] = evolve(
                    known,
                    stars_in=known.stars_in + stars * (kind is EntryKind.PAYMENT),
                    stars_back=known.stars_back + stars * (kind is EntryKind.REFUND),
                    sold_units=known.sold_units + entry.units * (kind is EntryKind.PAYMENT),
                    given_units=known.given_units + entry.units * (kind is EntryKind.GRANT),
                    spent_units=known.spent_units - entry.units * (kind is EntryKind.CHARGE),
                )
        for row in self._ended(since):
            day = (row.ended_at or row.created_at).date()
            known = days.setdefault(day, MoneyOfDay(day=day))
            days[day] = evolve(known, cost_credits=known.cost_credits + (row.charged_credits or 0))
        return sorted(days.values(), key=lambda each: each.day, reverse=True)

    async def models(self, *, since: datetime) -> Sequence[MoneyOfModel]:
        rows: dict[ModelId, list[Generation]] = defaultdict(list)
        for row in self._ended(since):
            rows[row.model_id].append(row)
        found = [
            MoneyOfModel(
                model_id=model_id,
                generations=len(own),
                spent_units=sum(self._paid(row) or 0 for row in own),
                cost_credits=sum(row.charged_credits or 0 for row in own),
            )
            for model_id, own in rows.items()
        ]
        return sorted(found, key=lambda each: (-each.cost_credits, each.model_id))

    async def unsettled(self) -> Sequence[GenerationId]:
        keys = self._store.ledger.keys()
        return [
            row.id
            for row in self._store.rows.values()
            if row.reservation and (row.ended_at or row.is_terminal) and release_key(row.id) not in keys
        ]

    async def wrong_charges(self, *, since: datetime) -> Sequence[WrongCharge]:
        wrong = []
        for row in self._ended(since):
            if row.failure or row.charged_credits is None or row.reservation is None or self._is_corrected(row):
                continue
            paid, due = self._paid(row), row.reservation.charge(row.charged_credits)
            if paid != due:
                wrong.append(WrongCharge(generation_id=row.id, paid_units=paid, due_units=due))
        return wrong

    async def overruns(self, *, since: datetime) -> Mapping[ModelId, int]:
        beyond: dict[ModelId, int] = defaultdict(int)
        for row in self._ended(since):
            if row.reservation and not row.failure and (units := row.reservation.overrun(row.charged_credits)):
                beyond[row.model_id] += units
        return beyond

    def _ended(self, since: datetime) -> Sequence[Generation]:
        ended = (row for row in self._store.rows.values() if row.ended_at and row.ended_at >= since)
        return [row for row in ended if row.reservation]

    def _paid(self, row: Generation) -> int | None:
        kinds = (EntryKind.CHARGE, EntryKind.CORRECTION)
        found = [
            p.entry.units for kind in kinds for p in self._store.ledger.of_kind(kind) if p.entry.reference == row.id
        ]
        return -sum(found) if found else None

    def _is_corrected(self, row: Generation) -> bool:
        return any(p.entry.reference == row.id for p in self._store.ledger.of_kind(EntryKind.CORRECTION))
