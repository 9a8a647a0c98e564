"""The tools that agents get by the Model Context Protocol, over the same use cases as the API."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from importlib.metadata import version
from typing import Annotated, Any, Final

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from adapters.api_http.caller import Caller
from adapters.api_http.offers import offered
from adapters.api_http.presenters import model_detail, model_out, price_out
from adapters.api_http.problems import problem_words
from adapters.api_http.schemas import MostCredits, OfferedModelOut
from application.errors import InvalidInput, ModelGone
from domain.errors import MediaBotError
from domain.kept_media import MediaId
from domain.model import ModelType

INSTRUCTIONS: Final = (
    "Make pictures, video, sound and text. Find a model with find_models, read its parameters with describe_model, ask for "
    "the price, then call generate with the most credits it may cost, and wait for the result."
)
WAIT_AT_MOST_S: Final = 50.0
"""Clients give up on a call after a minute."""
LOOK_EVERY_S: Final = 1.0
MODELS_AT_MOST: Final = 30
WISH_AT_MOST: Final = 20_000

CallerNow = Callable[[], Caller]
"""For whom the call is made: fixed on stdio, by the key over HTTP."""

ModelName = Annotated[str, Field(description="A model's id, for example z-image.")]
Input = Annotated[
    dict[str, Any], Field(description='Values by parameter. A file is a public URL or {"upload": id} of the HTTP API.')
]
Json = dict[str, Any]


def mcp_server(caller: CallerNow) -> MCPServer[Any]:
    """Return a server with the tools. It opens nothing."""
    server: MCPServer[Any] = MCPServer(name="mediabot", instructions=INSTRUCTIONS, version=version("mediabot"))
    tools = Tools(caller)
    for tool in (
        tools.find_models,
        tools.describe_model,
        tools.price,
        tools.generate,
        tools.wait,
        tools.history,
    ):
        server.add_tool(_explained(tool, caller))
    server.resource("mediabot://media/{media_id}", mime_type="application/octet-stream")(tools.media)
    return server


class Tools:
    """One method a tool. Each docstring is what the agent reads."""

    def __init__(self, caller: CallerNow) -> None:
        self._caller = caller

    async def find_models(self, query: str = "", task_type: str = "") -> Json:
        """Find models for a wish in words ("animate a photo", "a red fox in snow", a model's name), or by task type
        ("text_to_image"). Best first, with the price; what is `ready` runs with its `input` as it stands."""
        chosen = next((one for one in ModelType if one == task_type.replace("-", "_")), None)
        if task_type and chosen is None:
            raise ToolError(f"There is no task type {task_type!r}. There are: {', '.join(ModelType)}.")
        caller = self._caller()
        if query.strip() and chosen is None:
            offer = await offered(caller, query[:WISH_AT_MOST])
            if offer.models:
                return {**offer.model_dump(exclude={"models"}), "models": _first(offer.models)}
        models = caller.services.find_models(query[:300], type=chosen, limit=MODELS_AT_MOST)
        usual = caller.services.person_price.usual
        return {"models": [model_out(model, usual(model)).model_dump() for model in models]}

    async def describe_model(self, model: ModelName) -> Json:
        """Describe a model's parameters: names, kinds, choices, limits, which are required. `price` is that of usual values."""
        services = self._caller().services
        form = services.describe_model(model)
        return model_detail(form, services.person_price.usual(form.model)).model_dump(exclude_defaults=True)

    async def price(self, model: ModelName, input: Input) -> Json:  # noqa: A002 - the protocol's word
        """Say what an input costs in credits, before anything is spent. `high` is the most it can cost."""
        caller = self._caller()
        found = caller.services.catalog.find(model)
        if found is None:
            raise ModelGone(model)
        draft = await caller.draft(model, input)
        quote = await caller.services.quote(caller.user, found, draft.values)
        if quote.price is None:
            raise InvalidInput(quote.violations)
        return {**price_out(quote.price).model_dump(), "needs_confirmation": quote.needs_confirmation}

    async def generate(
        self,
        model: ModelName,
        input: Input,  # noqa: A002 - the protocol's word
        max_credits: MostCredits,
        confirmed: Annotated[bool, Field(description="The person agreed to the price of a dear call.")] = False,
        idempotency_key: Annotated[
            str, Field(max_length=100, description="The same key twice is one generation.")
        ] = "",
    ) -> Json:
        """Begin a generation. It costs credits. A dear call is answered with its price first: ask the person, then repeat
        it with confirmed=true. Then call wait."""
        caller = self._caller()
        if not confirmed:
            price = await self.price(model, input)
            if price["needs_confirmation"]:
                return {"started": False, "reason": "Ask the person to agree to this price.", "price": price}
        generation = await caller.run(
            await caller.draft(model, input),
            max_credits=max_credits,
            request_key=f"mcp:{caller.key}:{idempotency_key or secrets.token_hex(12)}",
        )
        return {"started": True, **(await self._one(caller, generation.id))}

    async def wait(
        self, generation_id: str, seconds: Annotated[float, Field(ge=0, le=WAIT_AT_MOST_S)] = WAIT_AT_MOST_S
    ) -> Json:
        """Wait until a generation is done, at most 50 seconds, and return it with its results. Call it again if it is not
        done. Files of our own are resources: mediabot://media/<id>."""
        caller = self._caller()
        ends_at = caller.services.clock.monotonic() + seconds
        while True:
            row = await caller.own(generation_id)
            if row.is_terminal or caller.services.clock.monotonic() >= ends_at:
                return await self._one(caller, generation_id)
            await asyncio.sleep(LOOK_EVERY_S)

    async def history(self, limit: Annotated[int, Field(ge=1, le=50)] = 10, query: str = "") -> Json:
        """List the person's generations, newest first, from every front end. `query`: words of the prompt."""
        caller = self._caller()
        rows = await caller.services.generations.history(caller.user, limit=limit, text=query[:300])
        return {"generations": [one.model_dump(mode="json") for one in await caller.show(rows)]}

    async def media(self, media_id: str) -> bytes:
        """The bytes of a result or an upload."""
        caller = self._caller()
        media = await caller.services.open_media(MediaId(media_id), caller.user)
        async with caller.services.media_store.read(media.key) as pieces:
            return b"".join([piece async for piece in pieces])

    async def _one(self, caller: Caller, generation_id: str) -> Json:
        shown: Json = (await caller.show([await caller.own(generation_id)]))[0].model_dump(mode="json")
        for result in shown["results"]:
            url = result["url"] or ""
            if url.startswith("/api/v1/media/"):
                result["resource"] = f"mediabot://media/{url.rpartition('/')[2]}"
        return shown


def _first(models: Sequence[OfferedModelOut]) -> list[Json]:
    return [one.model_dump(exclude_none=True) for one in models[:MODELS_AT_MOST]]


def _explained(tool: Callable[..., Awaitable[Json]], caller: CallerNow) -> Callable[..., Awaitable[Json]]:
    """Wrap a tool so that an error of our own reaches the agent in words."""

    @wraps(tool)
    async def explained(*args: object, **values: object) -> Json:
        try:
            return await tool(*args, **values)
        except MediaBotError as error:
            now = caller()
            raise ToolError(problem_words(error, now.services.texts, now.language)) from error

    return explained
