"""What a bot says about itself: name, descriptions, commands, menu button."""

import re

from simulators.telegram.errors import bad_request
from simulators.telegram.events import Event
from simulators.telegram.methods.call import MethodCall
from simulators.telegram.wire import Json

_MAX_COMMANDS = 100
_DESCRIPTIONS = ("description", "short_description")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")


async def get_me(call: MethodCall) -> Json:
    """The bot itself."""
    return {
        **call.bot.wire(),
        "can_join_groups": True,
        "can_read_all_group_messages": not call.bot.privacy,
        "supports_inline_queries": call.bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def set_my_commands(call: MethodCall) -> bool:
    """Replace the commands of one scope and language."""
    commands = call.parameters.json("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > _MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_scope(call)] = [_command(each) for each in commands]
    call.world.publish(Event(kind="bot"))
    return True


async def get_my_commands(call: MethodCall) -> list[Json]:
    """The commands of exactly this scope and language."""
    return call.bot.commands.get(_scope(call), [])


async def delete_my_commands(call: MethodCall) -> bool:
    """Forget the commands of one scope and language."""
    call.bot.commands.pop(_scope(call), None)
    call.world.publish(Event(kind="bot"))
    return True


async def set_about(call: MethodCall) -> bool:
    """Take a name or a description; whatever else a bot says about itself is taken and forgotten."""
    if name := call.parameters.text("name"):
        call.bot.first_name = name
    for field in _DESCRIPTIONS:
        if text := call.parameters.text(field):
            call.bot.about[field] = text
    call.world.publish(Event(kind="bot"))
    return True


async def get_about(call: MethodCall) -> Json:
    """Everything the ``getMy…`` methods ask for, in one object: clients read the field they know."""
    descriptions = {field: call.bot.about.get(field, "") for field in _DESCRIPTIONS}
    return {"name": call.bot.first_name, **descriptions, "type": "default"}


def _scope(call: MethodCall) -> tuple[str, str]:
    scope = call.parameters.json("scope", "BotCommandScope")
    if scope is not None and not isinstance(scope, dict):
        raise bad_request("BotCommandScope must be an Object")
    details = scope or {"type": "default"}
    key = ":".join(str(details[name]) for name in ("type", "chat_id", "user_id") if name in details)
    return key, call.parameters.text("language_code")


def _command(value: object) -> Json:
    if not isinstance(value, dict):
        raise bad_request("expected an Array of BotCommand")
    name, description = str(value.get("command", "")).removeprefix("/"), str(value.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
