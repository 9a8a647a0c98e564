"""Try the models for real: the smallest valid input of each, from acceptance to a result."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from itertools import takewhile
from typing import Final

from attrs import define, field, frozen

from application.errors import ApplicationError
from application.ports.ids import Ids
from application.ports.model_catalog import ModelCatalog
from application.use_cases.request_generation import Wish
from domain.failure import Failure
from domain.generation import Destination, Generation, TaskId, UserId
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelId, ModelType
from domain.pricing import estimate
from domain.sample import minimal_input

CHECKER: Final = UserId("sanity:check")
NOWHERE: Final = Destination(chat="sanity")
EARLIER_TASK: Final = frozenset({"task_id", "taskId"})
"""Parameters that hold the id of an earlier task, as the provider spells them."""
NO_EARLIER_TASK: Final = "no_earlier_task"
"""State of a model that continues a task, when no task could be made for it."""

Input = Mapping[str, object]
RunWish = Callable[[Wish], Awaitable[Generation]]
"""Takes a wish on and waits until it has failed or its results are told. Raises what ``RequestGeneration`` raises."""
Report = Callable[["ModelCheck"], None]


@frozen(kw_only=True)
class CheckPlan:
    """What a check will run, and what it will not since the provider offers it no more (``skipped``).

    ``earlier`` names the model that makes the task another one continues; ``inputs`` has the input of every model that
    will run, those included. ``credits`` sums the estimates there are, ``unpriced`` counts the inputs without one.
    """

    models: tuple[Model, ...]
    skipped: tuple[Model, ...]
    earlier: Mapping[ModelId, Model]
    inputs: Mapping[ModelId, Input] = field(repr=False)
    credits: float
    unpriced: int


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

    async def _run_model(self, model: Model, values: Input) -> Generation | ApplicationError:
        wish = Wish(
            user=CHECKER,
            destination=NOWHERE,
            language="en",
            model=model.id,
            input=values,
            request_key=self._ids.short_id(),
            forced=not model.is_offered,
        )
        try:
            return await self._run(wish)
        except ApplicationError as error:
            return error

    def _effort(self, model: Model) -> tuple[bool, float]:
        values = self._input(model)
        price = estimate(model, values)
        return _continues_a_task(values), price.credits if price else float("inf")

    def _priced(self, chosen: Sequence[Model], skipped: Sequence[Model]) -> CheckPlan:
        inputs = {model.id: self._input(model) for model in chosen}
        continuing = [model for model in chosen if _continues_a_task(inputs[model.id])]
        earlier = {model.id: maker for model in continuing if (maker := self._task_maker(model))}
        inputs |= {maker.id: self._input(maker) for maker in earlier.values()}
        models = {model.id: model for model in (*chosen, *earlier.values())}
        prices = [estimate(models[model_id], values) for model_id, values in inputs.items()]
        return CheckPlan(
            models=tuple(chosen),
            skipped=tuple(skipped),
            earlier=earlier,
            inputs=inputs,
            credits=sum(price.credits for price in prices if price),
            unpriced=prices.count(None),
        )

    def _task_maker(self, model: Model) -> Model | None:
        """Whose task this model can continue: one of the same vendor, as closely related by name as there is.

        What is taken further is a picture where the model looks at one (a text comes out), else what comes out itself.
        """
        wanted = MediaKind.IMAGE if model.output is MediaKind.TEXT else model.output
        makers = [
            other
            for other in self._catalog.models()
            if other.vendor == model.vendor
            and other.output is wanted
            and other.is_offered
            and not _continues_a_task(self._input(other))
        ]
        return max(makers, key=lambda other: _kinship(model, other), default=None)

    def _input(self, model: Model) -> Input:
        return minimal_input(model, self._sample)


@define
class _Runs:
    """Each model runs once, however many rows need its task."""

    _run: Callable[[Model, Input], Awaitable[Generation | ApplicationError]]
    _plan: CheckPlan
    _group: asyncio.TaskGroup
    _begun: dict[ModelId, asyncio.Task[Generation | ApplicationError | None]] = field(factory=dict, init=False)

    async def of(self, model: Model) -> Generation | ApplicationError | None:
        """How the model's run ended; None when there is no earlier task to continue."""
        if model.id not in self._begun:
            self._begun[model.id] = self._group.create_task(self._begin(model))
        return await self._begun[model.id]

    async def _begin(self, model: Model) -> Generation | ApplicationError | None:
        values = self._plan.inputs[model.id]
        if not _continues_a_task(values):
            return await self._run(model, values)
        maker = self._plan.earlier.get(model.id)
        made = await self.of(maker) if maker else None
        if not isinstance(made, Generation) or not made.results or made.task_id is None:
            return None
        return await self._run(model, {**values, **dict.fromkeys(EARLIER_TASK & values.keys(), made.task_id)})


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


def _continues_a_task(values: Input) -> bool:
    return not EARLIER_TASK.isdisjoint(values)


def _kinship(model: Model, other: Model) -> tuple[int, bool]:
    """Length of the common beginning of the ids; of equals, one that needs words alone."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(model.id, other.id, strict=False)))
    return shared, other.type.startswith("text_to_")
