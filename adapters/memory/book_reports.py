"""Figures about money from the in-memory stores."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from attrs import evolve, frozen

from adapters.memory.generation_store import InMemoryGenerationStore
from adapters.memory.text_call_store import InMemoryTextCallStore
from application.ports.book_reports import MoneyOfDay, MoneyOfModel, ProviderCharge, WrongCharge
from domain.generation import Generation, GenerationId
from domain.ledger import EntryKind, release_key
from domain.model import ModelId
from domain.text_call import TextCall


@frozen
class InMemoryBookReports:
    """``BookReports`` for tests, over a generation store and its ledger, and the questions to chat models."""

    _store: InMemoryGenerationStore
    _calls: InMemoryTextCallStore | None = None

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
        costs = [((row.ended_at or row.created_at).date(), row.charged_credits or 0) for row in self._ended(since)]
        for day, cost in [*costs, *((call.begun_at.date(), call.cost) for call in self._begun(since))]:
            known = days.setdefault(day, MoneyOfDay(day=day))
            days[day] = evolve(known, cost_credits=known.cost_credits + cost)
        return sorted(days.values(), key=lambda each: each.day, reverse=True)

    async def models(self, *, since: datetime) -> Sequence[MoneyOfModel]:
        took: dict[ModelId, list[tuple[int, float]]] = defaultdict(list)
        for row in self._ended(since):
            took[row.model_id].append((self._paid(row.id) or 0, row.charged_credits or 0))
        for call in self._begun(since):
            took[ModelId(call.model)].append((self._paid(f"text:{call.id}") or 0, call.cost))
        found = [
            MoneyOfModel(
                model_id=model_id,
                generations=len(own),
                spent_units=sum(paid for paid, _ in own),
                cost_credits=sum(cost for _, cost in own),
            )
            for model_id, own in took.items()
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
            paid, due = self._paid(row.id), row.reservation.charge(row.charged_credits)
            if paid != due:
                wrong.append(WrongCharge(generation_id=row.id, paid_units=paid, due_units=due))
        return wrong

    async def overruns(self, *, since: datetime) -> Mapping[ModelId, int]:
        beyond: dict[ModelId, int] = defaultdict(int)
        for row in self._ended(since):
            if row.reservation and not row.failure and (units := row.reservation.overrun(row.charged_credits)):
                beyond[row.model_id] += units
        for call in self._begun(since):
            if call.reservation and call.is_answered and (units := call.reservation.overrun(call.charged_credits)):
                beyond[ModelId(call.model)] += units
        return beyond

    async def last_charges(self, models: Collection[ModelId], /, *, limit: int) -> Sequence[ProviderCharge]:
        ended = [
            row
            for row in self._store.rows.values()
            if row.ended_at and not row.failure and row.id not in self._store.erased
        ]
        ended.sort(key=lambda row: row.ended_at or row.created_at, reverse=True)
        return [
            ProviderCharge(
                model_id=row.model_id,
                input=row.input,
                credits=row.charged_credits,
                reserved_credits=row.reserved_credits,
            )
            for model in models
            for row in [row for row in ended if row.model_id == model][:limit]
            if row.charged_credits is not None and row.reserved_credits is not None
        ]

    def _ended(self, since: datetime) -> Sequence[Generation]:
        ended = (row for row in self._store.rows.values() if row.ended_at and row.ended_at >= since)
        return [row for row in ended if row.reservation]

    def _begun(self, since: datetime) -> Sequence[TextCall]:
        return [call for call in (self._calls.calls.values() if self._calls else ()) if call.begun_at >= since]

    def _paid(self, reference: str) -> int | None:
        kinds = (EntryKind.CHARGE, EntryKind.CORRECTION)
        found = [
            p.entry.units for kind in kinds for p in self._store.ledger.of_kind(kind) if p.entry.reference == reference
        ]
        return -sum(found) if found else None

    def _is_corrected(self, row: Generation) -> bool:
        return any(p.entry.reference == row.id for p in self._store.ledger.of_kind(EntryKind.CORRECTION))
