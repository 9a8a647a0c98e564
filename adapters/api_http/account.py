"""Presets, balance and the webhook of a key."""

from aiohttp import web

from adapters.api_http.call import ApiCall, answer
from adapters.api_http.presenters import preset_out
from adapters.api_http.schemas import BalanceOut, NewPreset, NewWebhook, PresetList, WebhookOut
from application.errors import ModelGone


async def list_presets(call: ApiCall) -> web.Response:
    """What the person keeps, newest first, from every front end."""
    presets = await call.services.presets.of_owner(call.user)
    return answer(PresetList(presets=[preset_out(preset) for preset in presets]))


async def save_preset(call: ApiCall) -> web.Response:
    """Keep a choice under a name."""
    wanted = await call.body(NewPreset)
    draft = await call.caller.draft(wanted.model, wanted.input)
    model = call.services.catalog.find(draft.model_id)
    if model is None:
        raise ModelGone(wanted.model)
    preset = await call.services.save_preset(call.user, wanted.name, model.id, draft.values)
    return answer(preset_out(preset), status=201)


async def balance(call: ApiCall) -> web.Response:
    """What the person has left, and what may be spent in a day."""
    left = await call.services.read_balance(call.user)
    allowance = await call.services.allowance(call.user)
    return answer(
        BalanceOut(
            billing="off" if left is None else "stars",
            credits=left,
            spent_today=allowance.spent,
            limit_per_day=allowance.credits_per_day,
            key_limit_per_day=call.caller.key_credits_per_day,
        )
    )


async def set_webhook(call: ApiCall) -> web.Response:
    """Set where the key's events go. The secret is shown once."""
    wanted = await call.body(NewWebhook)
    webhook = await call.services.change_webhook(call.caller.key, wanted.url)
    return answer(WebhookOut(url=wanted.url, secret=webhook.secret if webhook else None))


async def remove_webhook(call: ApiCall) -> web.Response:
    """Send no more events."""
    await call.services.change_webhook(call.caller.key, None)
    return answer(WebhookOut(url=None, secret=None))
