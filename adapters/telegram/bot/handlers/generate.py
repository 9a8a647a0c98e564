"""/generate MODEL words key=value …: a model in one message."""

from collections.abc import Mapping, Sequence
from typing import Final

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import InlineKeyboardButton, Message

from adapters.telegram.api.incoming import destination_of, media_of
from adapters.telegram.api.keyboards import Rows, button
from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.buttons import ModelButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.command_line import CommandLine, read_command_line
from adapters.telegram.bot.menus.model_label import model_label
from adapters.telegram.bot.person import Person
from application.catalog.model_notices import ModelNotices
from application.catalog.validate_input import ValidateInput
from application.drafts.prepare_values import DraftContent
from application.errors import InvalidInput, ModelPaused
from application.ports.model_catalog import ModelCatalog
from domain.media import Attachment
from domain.model import Model
from domain.model_key import model_key
from domain.violation import Violation, ViolationCode

FAULTS_SAID: Final = 10
FAULT_LIMIT: Final = 300


def generate_router() -> Router:
    """The command, in a text or under a file."""
    router = Router(name="generate")
    router.message.register(_generate, Command("generate"))
    return router


async def _generate(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    catalog: ModelCatalog,
    cards: CardService,
    notices: ModelNotices,
    validate_input: ValidateInput,
) -> None:
    line = read_command_line(command.args or "")
    destination = destination_of(message)
    if not line.model:
        await screens.show(destination, Screen(person.words("tg-generate-usage"), []))
        return
    model, files = catalog.find(line.model), _files(message)
    if model is None or not model.is_offered:
        faults = _model_faults(line.model, validate_input)
        await screens.show(destination, _faults(faults, person, catalog, notices))
    if model is None or not (model.is_offered or person.is_admin):
        return
    session = cards.new_session(person, destination)
    if not model.is_offered or not (line.words or line.values or files):
        await cards.show(await cards.start(session, model, _known(model, line, files)), model, person)
        return
    content = DraftContent(text=line.words, files=files, values=line.values)
    key = f"telegram:message:{message.chat.id}:{message.message_id}"
    try:
        await cards.run_at_once(session, model, content, person, request_key=key)
    except (InvalidInput, ModelPaused) as error:
        if isinstance(error, InvalidInput):
            await screens.show(destination, _faults(error.violations, person, catalog, notices))
        # the card shows what is left to do; that of a paused model leads to others
        await cards.show(await cards.start(session, model, _known(model, line, files)), model, person)


def _known(model: Model, line: CommandLine, files: Sequence[Attachment]) -> DraftContent:
    """What the model has parameters for."""
    values: Mapping[str, object] = {name: value for name, value in line.values.items() if name in model.parameters}
    return DraftContent(text=line.words, files=files, values=values)


def _model_faults(name: str, validate_input: ValidateInput) -> Sequence[Violation]:
    """Why the model is not offered, and which other ones may have been meant."""
    try:
        validate_input(name, {})
    except InvalidInput as error:
        return error.violations
    return ()


def _files(message: Message) -> list[Attachment]:
    messages = [message, *([message.reply_to_message] if message.reply_to_message else [])]
    return [file for each in messages if (file := media_of(each))]


def _faults(violations: Sequence[Violation], person: Person, catalog: ModelCatalog, notices: ModelNotices) -> Screen:
    """Every fault, and a button for each model that may have been meant."""
    said = [f"{one.path}: " * bool(one.path) + person.words.violation(one) for one in violations[:FAULTS_SAID]]
    rows: Rows = []
    for one in violations:
        if one.code in {ViolationCode.UNKNOWN_MODEL, ViolationCode.MODEL_NOT_OFFERED}:
            rows += [[_model_button(model, notices)] for name in _names(one) if (model := catalog.find(name))]
    return Screen("\n".join(f"⚠️ {escape(cut(line, FAULT_LIMIT))}" for line in said), rows)


def _names(violation: Violation) -> list[str]:
    closest = violation.values.get("closest")
    return [str(name) for name in closest] if isinstance(closest, (list, tuple)) else []


def _model_button(model: Model, notices: ModelNotices) -> InlineKeyboardButton:
    return button(model_label(model, notices), ModelButton(key=model_key(model.id)))
