"""The operations of the API: one table for the routes and for the OpenAPI document."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiohttp import web
from attrs import field, frozen
from pydantic import BaseModel

from adapters.api_http import account, files, generations, models, offers, schemas
from adapters.api_http.call import ApiCall
from domain.model import ModelType

Handle = Callable[[ApiCall], Awaitable[web.StreamResponse]]
Json = Mapping[str, Any]

ROOT: Final = "/api/v1"
TEXT: Final[Json] = {"type": "string"}


@frozen(kw_only=True)
class ApiOperation:
    """``path`` may hold ``{id}``. ``errors`` are the statuses it answers with beside 400, 401, 403, 429 and 503."""

    method: str
    path: str
    name: str
    handle: Handle
    gives: type[BaseModel] | None = None
    takes: type[BaseModel] | None = None
    status: int = 200
    errors: tuple[int, ...] = ()
    parameters: tuple[Json, ...] = ()
    content: str = "application/json"
    body: str = "application/json"
    links: Json = field(factory=dict)
    example: Json | None = None

    @property
    def summary(self) -> str:
        """Return the first line of the handler's docstring."""
        return (self.handle.__doc__ or "").strip().splitlines()[0]


def _query(name: str, about: str, schema: Json = TEXT) -> Json:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": dict(schema)}


ID: Final[Json] = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
IDEMPOTENCY_KEY: Final[Json] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The same key twice is one generation.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
LIMIT: Final[Json] = {"type": "integer", "minimum": 1, "maximum": generations.PAGE_AT_MOST, "default": generations.PAGE}
MOMENT: Final[Json] = {"type": "string", "format": "date-time"}
TYPE: Final[Json] = {"type": "string", "enum": [str(one) for one in ModelType]}


def _to(name: str) -> Json:
    return {"operationId": name, "parameters": {"id": "$response.body#/id"}}


OF_GENERATION: Final[Json] = {
    "read": _to("readGeneration"),
    "cancel": _to("cancelGeneration"),
    "events": _to("watchGeneration"),
}

FOX: Final[Json] = {"model": "Z-Image", "input": {"prompt": "a red fox in snow", "aspect_ratio": "1:1"}}

OPERATIONS: Final = (
    ApiOperation(
        method="GET",
        path="/models",
        name="listModels",
        handle=models.list_models,
        gives=schemas.ModelList,
        parameters=(_query("query", "Words of a name or a task."), _query("type", "A model type.", TYPE)),
    ),
    ApiOperation(
        method="GET",
        path="/models/{id}",
        name="describeModel",
        handle=models.describe_model,
        gives=schemas.ModelDetail,
        errors=(404,),
        parameters=({**ID, "description": "A model's id or alias; a slash in it may be written %2F."},),
        links={
            "price": {
                "operationId": "price",
                "requestBody": {"model": "$response.body#/id", "input": {"prompt": "a red fox in snow"}},
            }
        },
    ),
    ApiOperation(
        method="POST",
        path="/offers",
        name="offerModels",
        handle=offers.offer,
        takes=schemas.NewWish,
        gives=schemas.OfferOut,
        errors=(404, 413, 422),
        example={"text": "a red fox in snow", "use": "text_to_image"},
    ),
    ApiOperation(
        method="POST",
        path="/price",
        name="price",
        handle=models.price,
        takes=schemas.Choice,
        gives=schemas.PriceOut,
        errors=(404, 413, 422),
        example=FOX,
        links={
            "create": {
                "operationId": "createGeneration",
                "requestBody": {
                    "model": "$request.body#/model",
                    "input": "$request.body#/input",
                    "max_credits": "$response.body#/high",
                },
            }
        },
    ),
    ApiOperation(
        method="POST",
        path="/validate",
        name="validate",
        handle=models.validate,
        takes=schemas.Choice,
        gives=schemas.Valid,
        errors=(404, 413, 422),
        example=FOX,
    ),
    ApiOperation(
        method="POST",
        path="/uploads",
        name="upload",
        handle=files.upload,
        gives=schemas.UploadOut,
        status=201,
        errors=(413, 415),
        parameters=(_query("name", "The file's name."),),
        body="application/octet-stream",
        links={"read": _to("readMedia")},
    ),
    ApiOperation(
        method="GET",
        path="/media/{id}",
        name="readMedia",
        handle=files.read,
        errors=(404,),
        parameters=(ID,),
        content="*/*",
    ),
    ApiOperation(
        method="POST",
        path="/generations",
        name="createGeneration",
        handle=generations.create,
        takes=schemas.NewGeneration,
        gives=schemas.GenerationOut,
        status=201,
        errors=(402, 404, 409, 413, 422),
        parameters=(IDEMPOTENCY_KEY,),
        example={**FOX, "max_credits": 50},
        links=OF_GENERATION,
    ),
    ApiOperation(
        method="GET",
        path="/generations",
        name="listGenerations",
        handle=generations.list_generations,
        gives=schemas.GenerationList,
        parameters=(
            _query("limit", "How many.", LIMIT),
            _query("before", "Only older ones.", MOMENT),
            _query("query", "Words of the prompt."),
        ),
    ),
    ApiOperation(
        method="GET",
        path="/generations/{id}",
        name="readGeneration",
        handle=generations.read,
        gives=schemas.GenerationOut,
        errors=(404,),
        parameters=(ID,),
    ),
    ApiOperation(
        method="POST",
        path="/generations/{id}/cancel",
        name="cancelGeneration",
        handle=generations.cancel,
        gives=schemas.GenerationOut,
        errors=(404, 409),
        parameters=(ID,),
    ),
    ApiOperation(
        method="GET",
        path="/generations/{id}/events",
        name="watchGeneration",
        handle=generations.events,
        gives=schemas.GenerationOut,
        errors=(404,),
        parameters=(ID,),
        content="text/event-stream",
    ),
    ApiOperation(
        method="GET", path="/presets", name="listPresets", handle=account.list_presets, gives=schemas.PresetList
    ),
    ApiOperation(
        method="POST",
        path="/presets",
        name="savePreset",
        handle=account.save_preset,
        takes=schemas.NewPreset,
        gives=schemas.PresetOut,
        status=201,
        errors=(404, 409, 413, 422),
        example={**FOX, "name": "my fox"},
    ),
    ApiOperation(method="GET", path="/balance", name="readBalance", handle=account.balance, gives=schemas.BalanceOut),
    ApiOperation(
        method="PUT",
        path="/webhook",
        name="setWebhook",
        handle=account.set_webhook,
        takes=schemas.NewWebhook,
        gives=schemas.WebhookOut,
        errors=(413, 422),
    ),
    ApiOperation(
        method="DELETE", path="/webhook", name="removeWebhook", handle=account.remove_webhook, gives=schemas.WebhookOut
    ),
)
