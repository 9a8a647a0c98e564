"""/generate MODEL words key=value …: a model in one message."""

from collections.abc import Mapping, Sequence
from typing import Final

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import InlineKeyboardButton, Message

from adapters.telegram.api.incoming import answered_media, destination_of, media_of
from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Rows, Screen, Screens, button
from adapters.telegram.bot.buttons import ModelButton
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.command_line import CommandLine, read_command_line
from adapters.telegram.bot.menus.model_label import row_label
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.middleware import FileIntake
from adapters.telegram.bot.person import Person
from application.catalog.validate_input import ValidateInput
from application.drafts.fill_draft import DraftContent
from application.errors import ApplicationError, InvalidInput, ModelPaused
from application.front_ends.models import ModelUseCases
from application.ports.model_catalog import ModelCatalog
from domain.media import Attachment
from domain.model import Model, model_key
from domain.parameter_roles import prompt_parameter
from domain.violation import Violation, ViolationCode

FAULTS_SAID: Final = 10
FAULT_LIMIT: Final = 300


def generate_router() -> Router:
    """The command, in a text or under a file."""
    router = Router(name="generate")
    router.message.middleware(FileIntake())
    router.message.register(_generate, Command("generate", ignore_case=True))
    return router


async def _generate(
    message: Message,
    *,
    command: CommandObject,
    person: Person,
    screens: Screens,
    catalog: ModelCatalog,
    cards: CardService,
    offers: Offers,
    models: ModelUseCases,
) -> None:
    destination, files = destination_of(message), _files(message)
    named = models.name(command.args or "")
    if not command.args:
        await screens.show(destination, Screen(person.words("tg-generate-usage"), []))
        return
    if named.model is None and named.candidates:
        await offers.make_of(person, destination, files, named.candidates, named.rest)
        return
    model = named.model
    if model is None or not model.is_offered:
        faults = _model_faults(model.id if model else command.args.split()[0], models.validate)
        await screens.show(destination, _faults(faults, person, catalog, models))
    if model is None or not (model.is_offered or person.is_admin):
        return
    line = _line_of(model, named.rest)
    session = cards.new_session(person, destination)
    if not model.is_offered or not (line.words or line.values or files):
        await cards.show(await cards.start(session, model, _known(model, line, files)), model, person)
        return
    content = DraftContent(text=line.words, files=files, values=line.values)
    key = f"telegram:message:{message.chat.id}:{message.message_id}"
    try:
        await cards.run_at_once(session, model, content, person, request_key=key)
    except (InvalidInput, ModelPaused) as error:
        if unseen := _not_on_the_card(error, model):
            await screens.show(destination, _faults(unseen, person, catalog, models))
        # the card shows what is left to do; that of a paused model leads to others
        await cards.show(await cards.start(session, model, _known(model, line, files)), model, person)


def _line_of(model: Model, text: str) -> CommandLine:
    prose = prompt_parameter(model)
    return read_command_line(text, parameters=list(model.parameters), prose=prose.name if prose else None)


def _not_on_the_card(error: ApplicationError, model: Model) -> Sequence[Violation]:
    """What is wrong with values that the card can't hold; it names the rest itself."""
    violations = error.violations if isinstance(error, InvalidInput) else ()
    return [
        one for one in violations if one.code is ViolationCode.UNKNOWN_PARAMETER and one.path not in model.parameters
    ]


def _known(model: Model, line: CommandLine, files: Sequence[Attachment]) -> DraftContent:
    """What the model has parameters for."""
    values: Mapping[str, object] = {name: value for name, value in line.values.items() if name in model.parameters}
    return DraftContent(text=line.words, files=files, values=values)


def _model_faults(name: str, validate_input: ValidateInput) -> Sequence[Violation]:
    """Why the model is not offered, and which other ones may have been meant."""
    try:
        validate_input.model(name)
    except InvalidInput as error:
        return error.violations
    return ()


def _files(message: Message) -> list[Attachment]:
    return [file for file in (media_of(message), answered_media(message)) if file]


def _faults(violations: Sequence[Violation], person: Person, catalog: ModelCatalog, models: ModelUseCases) -> Screen:
    """Every fault, and a button for each model that may have been meant."""
    said = [f"{one.path}: " * bool(one.path) + person.words.violation(one) for one in violations[:FAULTS_SAID]]
    rows: Rows = []
    for one in violations:
        if one.code in {ViolationCode.UNKNOWN_MODEL, ViolationCode.MODEL_NOT_OFFERED}:
            rows += [[_model_button(model, person, models)] for name in _names(one) if (model := catalog.find(name))]
    return Screen("\n".join(f"⚠️ {escape(cut(line, FAULT_LIMIT))}" for line in said), rows)


def _names(violation: Violation) -> list[str]:
    closest = violation.values.get("closest")
    return [str(name) for name in closest] if isinstance(closest, (list, tuple)) else []


def _model_button(model: Model, person: Person, models: ModelUseCases) -> InlineKeyboardButton:
    label = row_label(model, models.notices, person.words, models.price.usual(model), with_task=False)
    return button(label, ModelButton(key=model_key(model.id)))
