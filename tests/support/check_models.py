"""Models to check, and runs that end at once."""

from datetime import UTC, datetime, timedelta

from attrs import define, field

from adapters.memory.ids import SequentialIds
from adapters.memory.model_catalog import InMemoryModelCatalog
from application.generating.request_generation import GenerationRequest
from application.operating.check_models import CheckModels
from application.pricing.quote_price import QuotePrice
from domain.failure import Failure
from domain.generation import Generation, GenerationId, Result, TaskId
from domain.media import Attachment, MediaKind
from domain.model import Model, ModelId, ModelStatus, ModelType, Parameter, ParameterType
from domain.price_rule import PriceRule

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FACE = Attachment(reference="face.jpg", kind=MediaKind.IMAGE, mime="image/jpeg", name="face.jpg")
PROMPT = Parameter(name="prompt", type=ParameterType.STRING, required=True)
IMAGE = Parameter(name="image_url", type=ParameterType.STRING, required=True, is_url=True, media=MediaKind.IMAGE)
EARLIER = Parameter(name="task_id", type=ParameterType.STRING, required=True)


def model(
    name: str,
    model_type: ModelType = ModelType.TEXT_TO_IMAGE,
    *parameters: Parameter,
    output: MediaKind = MediaKind.IMAGE,
    status: ModelStatus = ModelStatus.CURRENT,
    alias_of: str | None = None,
    price: float | None = None,
) -> Model:
    prices = (PriceRule(as_of="2026-11", credits=price, source="a test"),) if price else ()
    return Model(
        id=ModelId(name),
        title=name,
        vendor=name.partition("/")[0],
        type=model_type,
        output=output,
        status=status,
        parameters={parameter.name: parameter for parameter in parameters or (PROMPT,)},
        alias_of=ModelId(alias_of) if alias_of else None,
        prices=prices,
    )


@define
class Runs:
    """Ends every wish at once: well, or as ``ends`` says for its model."""

    ends: dict[str, Failure | Exception] = field(factory=dict)
    wishes: list[GenerationRequest] = field(factory=list)

    async def __call__(self, wish: GenerationRequest) -> Generation:
        self.wishes.append(wish)
        end = self.ends.get(wish.model)
        if isinstance(end, Exception):
            raise end
        generation = Generation(
            id=GenerationId(f"generation{len(self.wishes):06}"),
            user=wish.user,
            destination=wish.destination,
            language=wish.language,
            model_id=ModelId(wish.model),
            input={},
            created_at=NOW,
            request_key=wish.request_key,
            secret="s" * 22,
        )
        running = generation.submitting(at=NOW).running(TaskId(f"task-of-{wish.model}"))
        later = NOW + timedelta(seconds=7)
        if end:
            return running.failed(end, at=later)
        return running.succeeded((Result(kind=MediaKind.TEXT, text="ok"),), credits=4, at=later)

    @property
    def models(self) -> list[str]:
        return [wish.model for wish in self.wishes]


def checker(runs: Runs, *models: Model) -> CheckModels:
    return CheckModels(
        catalog=(catalog := InMemoryModelCatalog(models)),
        quote=QuotePrice(catalog),
        run=runs,
        sample=lambda _kind: FACE,
        ids=SequentialIds(),
    )
