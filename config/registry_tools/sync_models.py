"""Use case: compare the registry with what the provider offers today, and correct it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from attrs import field, frozen

from application.errors import ApplicationError
from application.ports.clock import Clock
from application.ports.model_catalog import ModelCatalog
from config.registry_tools.change import ModelChange, ModelChangeKind, Obstacle, is_complete
from config.registry_tools.comparison import form_changes, price_change
from config.registry_tools.live_model import LIVE_CATALOGUE, ListedModel, LiveForm, LivePrice
from config.registry_tools.price_text import price_rules
from config.registry_tools.provider_catalogue import NoForm, NoFormReason, ProviderCatalogue
from config.registry_tools.registry_writer import RegistryWriter, Unwritten
from domain.media import MediaKind
from domain.model import Model, ModelId, ModelStatus, ModelType


class NoSuchModels(ApplicationError):
    """There is nothing to compare under these ``names`` of models, or of a vendor."""

    code = "no_such_models"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


@frozen(kw_only=True)
class SyncScope:
    """Which models: those named, or a vendor's, or all; in the order of their ids, from ``start`` on."""

    names: Collection[str] = ()
    vendor: str = ""
    start: str = ""


@frozen(kw_only=True)
class NotComparable:
    """A model on both sides of which there is only our own to see."""

    id: ModelId
    reason: NoFormReason
    detail: str = ""


@frozen(kw_only=True)
class Progress:
    """``done`` models of ``total`` are compared; ``model`` is the next. ``found`` is what the last one gave, if anything."""

    done: int
    total: int
    model: ModelId | None
    found: ModelChange | NotComparable | None = None


@frozen(kw_only=True)
class SyncReport:
    """All that was found. ``unwritten`` is what the registry would not take, of what was to be written."""

    compared: int
    changes: tuple[ModelChange, ...] = ()
    not_comparable: tuple[NotComparable, ...] = ()
    written: bool = False
    unwritten: tuple[Unwritten, ...] = ()

    @property
    def open_changes(self) -> tuple[ModelChange, ...]:
        """The differences that remain, of those that concern us."""
        left_out = {one.model for one in self.unwritten}
        return tuple(
            change
            for change in self.changes
            if not change.is_out_of_reach and (not self.written or change.needs_person or change.id in left_out)
        )

    @property
    def is_incomplete(self) -> bool:
        """Whether the provider failed to answer for a model: another run may find more."""
        return any(one.reason is NoFormReason.UNAVAILABLE for one in self.not_comparable)


@frozen(kw_only=True)
class SyncModels:
    """One model after another, at the pace the provider allows; trouble with one is reported and the rest goes on.

    A suspended model stays our own to judge: providers list what is off for a while, or do not. Aliases have no counterpart,
    and a model at an endpoint of its own need not have one: both are not called gone.
    """

    _catalog: ModelCatalog
    _live: ProviderCatalogue
    _writer: RegistryWriter
    _clock: Clock

    async def __call__(
        self, scope: SyncScope, report: Callable[[Progress], None], *, write: bool = False
    ) -> SyncReport:
        """Compare, and ``write`` down what needs no person once all is compared.

        Raises:
            NoSuchModels: nothing is known by a name of the scope.
            ProviderUnavailable, ProviderRejected: the provider's list could not be read.
        """
        market = _Market.of(self._catalog.models(), await self._live.listing())
        ids = market.chosen(scope)
        found: list[ModelChange | NotComparable] = []
        last: ModelChange | NotComparable | None = None
        for done, model_id in enumerate(ids):
            report(Progress(done=done, total=len(ids), model=model_id, found=last))
            last = await self._compare(model_id, market)
            found += [last] if last else []
        report(Progress(done=len(ids), total=len(ids), model=None, found=last))
        changes = tuple(one for one in found if isinstance(one, ModelChange))
        return SyncReport(
            compared=len(ids),
            changes=changes,
            not_comparable=tuple(one for one in found if isinstance(one, NotComparable)),
            written=write,
            unwritten=tuple(self._writer.write(changes, on=self._clock.now().date())) if write and changes else (),
        )

    async def _compare(self, model_id: ModelId, market: "_Market") -> ModelChange | NotComparable | None:
        registered, listed = market.registered.get(model_id), market.listed.get(model_id)
        if listed is None:
            return ModelChange(id=model_id, kind=ModelChangeKind.GONE, model=registered)
        form = await self._live.form(model_id)
        price = listed.price or await self._live.price(model_id)
        if registered is None:
            return self._new(listed, form, price, market)
        changes = [] if isinstance(form, NoForm) else list(form_changes(registered, form))
        if price is not None and (change := price_change(registered, price)):
            changes.append(change)
        if registered.status is ModelStatus.RETIRED:
            return ModelChange(id=model_id, kind=ModelChangeKind.RETURNED, changes=tuple(changes), model=registered)
        if changes:
            return ModelChange(id=model_id, kind=ModelChangeKind.CHANGED, changes=tuple(changes), model=registered)
        return NotComparable(id=model_id, reason=form.reason, detail=form.detail) if isinstance(form, NoForm) else None

    def _new(
        self, listed: ListedModel, form: LiveForm | NoForm, price: LivePrice | None, market: "_Market"
    ) -> ModelChange | NotComparable:
        if isinstance(form, NoForm) and form.reason is NoFormReason.UNAVAILABLE:
            return NotComparable(id=listed.id, reason=form.reason, detail=form.detail)
        obstacle, kind = _obstacle(form), market.type_of(listed)
        if isinstance(form, NoForm) or obstacle or kind is None:
            return ModelChange(id=listed.id, kind=ModelChangeKind.NEW, obstacle=obstacle or Obstacle.UNKNOWN_TYPE)
        today = self._clock.now().date().isoformat()
        model = Model(
            id=listed.id,
            title=listed.title,
            vendor=market.vendors[listed.id],
            type=kind,
            output=market.outputs[kind],
            status=ModelStatus.CURRENT,
            parameters=form.parameters,
            variants=form.variants,
            at_least_one=form.at_least_one,
            prices=price_rules(price, form.parameters, as_of=today, source=LIVE_CATALOGUE) if price else (),
            docs_seen=(today,),
            sources=(LIVE_CATALOGUE,),
        )
        return ModelChange(id=listed.id, kind=ModelChangeKind.NEW, model=model)


def _obstacle(form: LiveForm | NoForm) -> Obstacle | None:
    if form.create_path is not None:
        return Obstacle.OWN_ENDPOINT
    if isinstance(form, NoForm) or not all(map(is_complete, form.parameters.values())):
        return Obstacle.NO_FORM
    return None


@frozen(kw_only=True)
class _Market:
    """Both lists side by side.

    ``vendors`` has the registry's word for the vendor of every id, ``outputs`` what most models of a type put out.
    """

    registered: Mapping[ModelId, Model]
    listed: Mapping[ModelId, ListedModel]
    hidden: Collection[ModelId]
    vendors: Mapping[ModelId, str] = field(repr=False)
    outputs: Mapping[ModelType, MediaKind] = field(repr=False)

    @classmethod
    def of(cls, models: Sequence[Model], listing: Sequence[ListedModel]) -> "_Market":
        comparable = {ModelStatus.CURRENT, ModelStatus.RETIRED, ModelStatus.SUSPENDED}
        registered = {model.id: model for model in models if model.status in comparable}
        return cls(
            registered=registered,
            listed={entry.id: entry for entry in listing},
            hidden=frozenset(model.id for model in models) - registered.keys(),
            vendors=_vendors(models, listing),
            outputs=_outputs(models),
        )

    def chosen(self, scope: SyncScope) -> list[ModelId]:
        """What is to be compared, or looked at since one side lacks it."""
        expected = {
            model_id for model_id, model in self.registered.items() if model.is_offered and model.endpoint is None
        }
        ids = (expected | self.listed.keys()) - set(self.hidden)
        known = {model_id.casefold(): model_id for model_id in ids}
        if strange := [name for name in scope.names if name.strip().casefold() not in known]:
            raise NoSuchModels(strange)
        if scope.names:
            ids = {known[name.strip().casefold()] for name in scope.names}
        if scope.vendor:
            ids = {one for one in ids if scope.vendor.casefold() in {self.vendors[one].casefold(), self._theirs(one)}}
            if not ids:
                raise NoSuchModels([scope.vendor])
        return sorted(one for one in ids if one >= scope.start)

    def type_of(self, listed: ListedModel) -> ModelType | None:
        """The first of its types that we have models of, and so know the output of."""
        return next((kind for kind in listed.types if kind in self.outputs), None)

    def _theirs(self, model_id: ModelId) -> str:
        entry = self.listed.get(model_id)
        return entry.vendor.casefold() if entry else ""


def _vendors(models: Sequence[Model], listing: Sequence[ListedModel]) -> dict[ModelId, str]:
    """A new model's vendor is whose the provider's name stands beside most often, so that files stay together."""
    registered = {model.id: model.vendor for model in models}
    beside: dict[str, Counter[str]] = {}
    for entry in listing:
        if entry.id in registered:
            beside.setdefault(entry.vendor, Counter())[registered[entry.id]] += 1
    known = {vendor.casefold(): vendor for vendor in registered.values()}
    for entry in listing:
        most = beside.get(entry.vendor, Counter()).most_common(1)
        named = known.get(entry.vendor.casefold())
        registered.setdefault(entry.id, named or (most[0][0] if most else entry.vendor or entry.id.partition("/")[0]))
    return registered


def _outputs(models: Sequence[Model]) -> dict[ModelType, MediaKind]:
    kinds: dict[ModelType, Counter[MediaKind]] = {}
    for model in models:
        kinds.setdefault(model.type, Counter())[model.output] += 1
    return {kind: counted.most_common(1)[0][0] for kind, counted in kinds.items()}
