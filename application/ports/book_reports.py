"""Port: figures about money, for the operator. Reads only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from attrs import frozen

from domain.generation import GenerationId
from domain.model import ModelId


@frozen(kw_only=True)
class MoneyOfDay:
    """One day in UTC. Amounts are positive: Stars in and back, units sold, given for nothing and spent; credits of the provider.

    Chat models count as well, also where their users pay nothing; a call whose price is not known costs the most it can.
    """

    day: date
    stars_in: int = 0
    stars_back: int = 0
    sold_units: int = 0
    given_units: int = 0
    spent_units: int = 0
    cost_credits: float = 0.0


@frozen(kw_only=True)
class MoneyOfModel:
    """What people paid for a model, and what the provider took for it, failures included.

    ``model_id`` may be a chat model's; its questions are counted as its generations.
    """

    model_id: ModelId
    generations: int
    spent_units: int
    cost_credits: float


@frozen(kw_only=True)
class WrongCharge:
    """A generation whose charge is not what was agreed for what the provider took. ``paid_units`` None: never charged."""

    generation_id: GenerationId
    paid_units: int | None
    due_units: int


@frozen(kw_only=True)
class ProviderCharge:
    """What the provider took for one success, with the input that it took it for and the most that it was quoted at then."""

    model_id: ModelId
    input: Mapping[str, object]
    credits: float
    reserved_credits: float


class BookReports(Protocol):
    """Of one bot. Raises ``StoreUnavailable`` like the stores."""

    async def days(self, *, since: datetime) -> Sequence[MoneyOfDay]:
        """The days on which any money moved, the newest first."""
        ...

    async def models(self, *, since: datetime) -> Sequence[MoneyOfModel]:
        """The models of generations that ended and of questions that began since then, the dearest for the provider first."""
        ...

    async def unsettled(self) -> Sequence[GenerationId]:
        """Generations that have ended and still hold credits back. There should be none."""
        ...

    async def wrong_charges(self, *, since: datetime) -> Sequence[WrongCharge]:
        """Successes since then whose charge, corrections included, is not what their reservation says. There should be none."""
        ...

    async def overruns(self, *, since: datetime) -> Mapping[ModelId, int]:
        """Units that the provider took beyond what was agreed with people, by model, for generations that ended since then."""
        ...

    async def last_charges(self, models: Collection[ModelId], /, *, limit: int) -> Sequence[ProviderCharge]:
        """What the provider took for the last ``limit`` successes of each model, where it is known and not erased."""
        ...
