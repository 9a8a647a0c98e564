"""Try the models for real: the smallest valid input of each, from acceptance to a result."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Final

from attrs import define, field, frozen

from application.errors import ApplicationError
from application.generating.request_generation import GenerationRequest
from application.ports.ids import Ids
from application.ports.model_catalog import ModelCatalog
from application.pricing.quote_price import QuotePrice
from domain.continuation import continuation
from domain.failure import Failure
from domain.generation import Destination, Generation, Result, TaskId, UserId
from domain.media import Attachment, MediaKind
from domain.model import WORKS_ON, Model, ModelId, ModelType
from domain.parameter_roles import SONG_ID_NAMES, TASK_ID_NAMES
from domain.sample import SOME_TASK, minimal_input

CHECKER: Final = UserId("sanity:check")
NOWHERE: Final = Destination(chat="sanity")
NO_EARLIER_TASK: Final = "no_earlier_task"
"""State of a model that continues a task, when no task could be made for it."""

RunWish = Callable[[GenerationRequest], Awaitable[Generation]]
"""Takes a wish on and waits until it has failed or its results are known. Raises what ``RequestGeneration`` raises."""
Report = Callable[["ModelCheck"], None]


@frozen(kw_only=True)
class CheckPlan:
    """What a check will run, and what it will not since the provider offers it no more (``skipped``).

    ``earlier`` names the model that makes the task another one continues. ``credits`` sums the estimates there are for
    ``runs``, ``unpriced`` counts those without one.
    """

    models: tuple[Model, ...]
    skipped: tuple[Model, ...]
    earlier: Mapping[ModelId, Model]
    credits: float
    unpriced: int

    @property
    def runs(self) -> tuple[Model, ...]:
        """Every model that will run, once each: makers of earlier tasks included."""
        return _without_repeats((*self.models, *self.earlier.values()))


@frozen(kw_only=True)
class ModelCheck:
    """One row. ``passed`` None: not tried. ``seconds`` run from the create request to the end of the task."""

    model: Model
    state: str
    passed: bool | None = None
    seconds: float | None = None
    credits: float | None = None
    task_id: TaskId | None = None
    problem: Failure | ApplicationError | None = None


@frozen(kw_only=True)
class CheckModels:
    """Plans first, so that the price can be agreed to; then runs everything at once, within the creation window."""

    _catalog: ModelCatalog
    _quote: QuotePrice
    _run: RunWish
    _sample: Callable[[MediaKind], Attachment]
    _ids: Ids

    def plan(self, *, types: Collection[ModelType] = (), every: bool = False, forced: bool = False) -> CheckPlan:
        """One model of each type (of all types where none is named), or ``every`` one.

        The one of a type is what needs no earlier task and is estimated cheapest. Models that are not offered are
        skipped, unless ``forced``; a type is then still represented by an offered one where there is one.
        """
        chosen: list[Model] = []
        skipped: list[Model] = []
        for model_type in ModelType:
            entries = [m for m in self._catalog.models() if m.type is model_type and not m.is_alias]
            if not entries or (types and model_type not in types):
                continue
            offered = [model for model in entries if model.is_offered]
            if every:
                chosen += entries if forced else offered
                skipped += [] if forced else [model for model in entries if not model.is_offered]
            elif offered or forced:
                chosen.append(min(offered or entries, key=self._effort))
            else:
                skipped.append(entries[0])
        return self._priced(chosen, skipped)

    async def __call__(self, plan: CheckPlan, report: Report) -> Sequence[ModelCheck]:
        """Every row, in the plan's order, the skipped ones last; ``report`` gets each that ran as soon as it ended."""
        async with asyncio.TaskGroup() as group:
            runs = _Runs(self._run_model, plan, group)
            checks = [group.create_task(_check(model, runs, report)) for model in plan.models]
        skipped = [ModelCheck(model=model, state=str(model.status)) for model in plan.skipped]
        return [*(check.result() for check in checks), *skipped]

    async def _run_model(self, model: Model, task_id: TaskId, made: Sequence[Result]) -> Generation | ApplicationError:
        wish = GenerationRequest(
            user=CHECKER,
            destination=NOWHERE,
            language="en",
            model=model.id,
            input=_continued(model, minimal_input(model, self._sample, task_id=task_id), task_id, made),
            request_key=self._ids.short_id(),
            forced=not model.is_offered,
        )
        try:
            return await self._run(wish)
        except ApplicationError as error:
            return error

    def _effort(self, model: Model) -> tuple[bool, float]:
        price = self._estimate(model)
        return _needs_task(model), math.inf if price is None else price

    def _estimate(self, model: Model) -> float | None:
        quote = self._quote(model, minimal_input(model, self._sample))
        return None if quote.credits is None else quote.high

    def _priced(self, chosen: Sequence[Model], skipped: Sequence[Model]) -> CheckPlan:
        earlier = {model.id: maker for model in chosen if _needs_task(model) and (maker := self._task_maker(model))}
        prices = [self._estimate(model) for model in _without_repeats((*chosen, *earlier.values()))]
        return CheckPlan(
            models=tuple(chosen),
            skipped=tuple(skipped),
            earlier=earlier,
            credits=sum(price for price in prices if price is not None),
            unpriced=prices.count(None),
        )

    def _task_maker(self, model: Model) -> Model | None:
        """Whose task this model can continue: one of the same vendor, as closely related by name as there is.

        What is taken further is what models of this type work on, else what comes out itself.
        """
        wanted = WORKS_ON[model.type] or {model.output}
        makers = [
            other
            for other in self._catalog.models()
            if other.vendor == model.vendor and other.output in wanted and other.is_offered and not _needs_task(other)
        ]
        return max(makers, key=lambda other: _kinship(model, other), default=None)


@define
class _Runs:
    """Each model runs once, however many rows need its task."""

    _run: Callable[[Model, TaskId, Sequence[Result]], Awaitable[Generation | ApplicationError]]
    _plan: CheckPlan
    _group: asyncio.TaskGroup
    _begun: dict[ModelId, asyncio.Task[Generation | ApplicationError | None]] = field(factory=dict, init=False)

    async def of(self, model: Model) -> Generation | ApplicationError | None:
        """How the model's run ended; None when there is no earlier task to continue."""
        if model.id not in self._begun:
            self._begun[model.id] = self._group.create_task(self._begin(model))
        return await self._begun[model.id]

    async def _begin(self, model: Model) -> Generation | ApplicationError | None:
        if not _needs_task(model):
            return await self._run(model, TaskId(SOME_TASK), ())
        maker = self._plan.earlier.get(model.id)
        made = await self.of(maker) if maker else None
        if not isinstance(made, Generation) or not made.results or made.task_id is None:
            return None
        return await self._run(model, made.task_id, made.results)


async def _check(model: Model, runs: _Runs, report: Report) -> ModelCheck:
    check = _row(model, await runs.of(model))
    report(check)
    return check


def _row(model: Model, ended: Generation | ApplicationError | None) -> ModelCheck:
    if ended is None:
        return ModelCheck(model=model, state=NO_EARLIER_TASK, passed=False)
    if isinstance(ended, ApplicationError):
        return ModelCheck(model=model, state=ended.code, passed=False, problem=ended)
    end, start = ended.ended_at, ended.submitted_at
    return ModelCheck(
        model=model,
        state="failed" if ended.failure else "succeeded",
        passed=ended.failure is None,
        seconds=(end - start).total_seconds() if end and start else None,
        credits=ended.charged_credits,
        task_id=ended.task_id,
        problem=ended.failure,
    )


def _needs_task(model: Model) -> bool:
    """Whether the smallest input names an earlier task."""
    return any(
        name.lower() in TASK_ID_NAMES or name in SONG_ID_NAMES for name in minimal_input(model, lambda kind: kind)
    )


def _continued(
    model: Model, values: Mapping[str, object], task_id: TaskId, made: Sequence[Result]
) -> Mapping[str, object]:
    """The smallest input with the earlier task in it, and a song of it where one is needed."""
    given = continuation(model, task_id, made) or {}
    return {**values, **{name: value for name, value in given.items() if name in values}}


def _kinship(model: Model, other: Model) -> tuple[int, bool]:
    """Length of the common beginning of the ids; of equals, one that needs words alone."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(model.id, other.id, strict=False)))
    return shared, other.type.startswith("text_to_")


def _without_repeats(models: Iterable[Model]) -> tuple[Model, ...]:
    return tuple({model.id: model for model in models}.values())
