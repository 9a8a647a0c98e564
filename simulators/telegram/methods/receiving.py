"""How a bot gets its updates: getUpdates, or a webhook."""

from simulators.telegram.errors import bad_request
from simulators.telegram.methods.call import MethodCall
from simulators.telegram.polling import SET_WEBHOOK, WEBHOOK_ACTIVE
from simulators.telegram.state import SetWebhook
from simulators.telegram.webhook import check_secret, check_url
from simulators.telegram.wire import Json


async def get_updates(call: MethodCall) -> list[Json]:
    """Hand out updates, waiting up to ``timeout`` seconds for the first."""
    if call.bot.webhook is not None:
        raise await call.bot.updates.refused(WEBHOOK_ACTIVE)
    _remember_allowed(call)
    return await call.bot.updates.poll(
        offset=call.parameters.integer("offset"),
        limit=call.parameters.integer("limit", 100),
        timeout_s=call.parameters.integer("timeout"),
    )


async def set_webhook(call: MethodCall) -> bool:
    """Have updates pushed to ``url``; an empty one ends it."""
    url = call.parameters.text("url")
    if not url:
        return await delete_webhook(call)
    check_url(url)
    secret_token = call.parameters.text("secret_token")
    check_secret(secret_token)
    _remember_allowed(call)
    _drop_pending(call)
    connections = min(max(call.parameters.integer("max_connections", 40), 1), 100)
    call.bot.updates.interrupt(SET_WEBHOOK)
    webhook = SetWebhook(url=url, secret_token=secret_token, max_connections=connections)
    await call.pushers.replace(call.bot, webhook)
    return True


async def delete_webhook(call: MethodCall) -> bool:
    """Go back to getUpdates."""
    await call.pushers.replace(call.bot, None)
    _drop_pending(call)
    return True


async def get_webhook_info(call: MethodCall) -> Json:
    """Where updates go and how that fares."""
    webhook = call.bot.webhook
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(call.bot.updates)}
    if call.bot.allowed_updates:
        info["allowed_updates"] = sorted(call.bot.allowed_updates)
    if webhook is None:
        return info
    info |= {"url": webhook.url, "max_connections": webhook.max_connections}
    if webhook.last_error_date is not None:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error_message}
    return info


def _remember_allowed(call: MethodCall) -> None:
    """Absent: as before. An empty list: the default kinds."""
    kinds = call.parameters.json("allowed_updates", "allowed updates")
    if kinds is None:
        return
    if not isinstance(kinds, list):
        raise bad_request("can't parse allowed updates JSON object")
    call.bot.allowed_updates = frozenset(str(kind) for kind in kinds)


def _drop_pending(call: MethodCall) -> None:
    if call.parameters.boolean("drop_pending_updates"):
        call.bot.updates.drop()
