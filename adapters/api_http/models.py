"""Models, prices and validation."""

from aiohttp import web

from adapters.api_http.call import ApiCall, answer
from adapters.api_http.presenters import model_detail, model_out, price_out
from adapters.api_http.problems import RequestProblem, notices_out, violation_json
from adapters.api_http.schemas import Choice, ModelList, Valid, ViolationOut
from application.drafts.quote_draft import Quote
from application.errors import InvalidInput, ModelGone
from domain.model import ModelType


async def list_models(call: ApiCall) -> web.Response:
    """Find models by words and by type; all that are on offer without either."""
    query = call.request.query
    models = call.services.find_models(query.get("query", "")[:300], type=_type(query.get("type")))
    usual = call.services.person_price.usual
    return answer(ModelList(models=[model_out(model, usual(model)) for model in models]))


async def describe_model(call: ApiCall) -> web.Response:
    """A model with its parameters."""
    form = call.services.describe_model(call.request.match_info["id"])
    return answer(model_detail(form, call.services.person_price.usual(form.model)))


async def price(call: ApiCall) -> web.Response:
    """What an input costs."""
    quote = await _quoted(call)
    if quote.price is None:
        raise InvalidInput(quote.violations)
    return answer(price_out(quote.price))


async def validate(call: ApiCall) -> web.Response:
    """Everything that is wrong with an input, at once."""
    quote = await _quoted(call)
    texts = call.services.texts
    faults = [ViolationOut(**violation_json(one, texts, call.language)) for one in quote.violations]
    notices = notices_out(quote.notices, texts, call.language)
    return answer(Valid(valid=not faults, violations=faults, notices=notices))


async def _quoted(call: ApiCall) -> Quote:
    choice = await call.body(Choice)
    model = call.services.catalog.find(choice.model)
    if model is None:
        raise ModelGone(choice.model)
    draft = await call.caller.draft(choice.model, choice.input)
    return await call.services.quote(call.user, model, draft.values)


def _type(name: str | None) -> ModelType | None:
    if name is None:
        return None
    try:
        return ModelType(name.replace("-", "_"))
    except ValueError:
        raise RequestProblem(400, "unknown_type", "There is no such model type.") from None
