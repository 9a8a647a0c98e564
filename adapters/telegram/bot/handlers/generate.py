"""/generate MODEL words key=value …: a model in one message."""

from collections.abc import Mapping, Sequence
from typing import Final

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import InlineKeyboardButton, Message
from attrs import evolve

from adapters.telegram.api.incoming import destination_of, is_group, media_of
from adapters.telegram.api.keyboards import Rows, button
from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.buttons import ModelButton, model_key
from adapters.telegram.bot.card.cards import Cards
from adapters.telegram.bot.card.form import content_filters
from adapters.telegram.bot.command_line import read_command_line
from adapters.telegram.bot.menus.model_label import model_label
from adapters.telegram.bot.menus.offered import fill
from adapters.telegram.bot.person import Person
from application.catalog.model_notices import ModelNotices
from application.errors import InvalidInput, ModelPaused
from application.generating.request_generation import GenerationRequest, RequestGeneration
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft
from domain.media import Attachment
from domain.model import Model
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
    cards: Cards,
    notices: ModelNotices,
    request_generation: RequestGeneration,
) -> None:
    line = read_command_line(command.args or "")
    destination = destination_of(message)
    if not line.model:
        await screens.show(destination, Screen(person.words("tg-generate-usage"), []))
        return
    model, files = catalog.find(line.model), _files(message)
    if model and model.is_offered and not (line.words or line.values or files):
        await cards.open(person, destination, model)
        return
    draft = cards.new_draft(person, destination, model.id) if model else None
    if model and draft:
        values = {**content_filters(model, safe=person.preferences.safe), **line.values}
        draft = _filled(draft, model, values, line.words, files)
        if model.is_offered and cards.is_dear(draft, model):
            await cards.run(draft, model, person)  # which asks first
            return
    wish = GenerationRequest(
        user=person.user,
        destination=destination,
        language=person.words.language,
        model=line.model,
        input=draft.values if draft else {},
        request_key=f"telegram:message:{message.chat.id}:{message.message_id}",
        in_group=is_group(destination.chat),
    )
    try:
        await request_generation(wish)
    except InvalidInput as error:
        await screens.show(destination, _faults(error.violations, person, catalog, notices))
        if model and draft and (model.is_offered or person.is_admin):
            known = {name: value for name, value in draft.values.items() if name in model.parameters}
            await cards.show(await cards.begun(evolve(draft, values=known), model, person), model, person)
    except ModelPaused:
        if model is None or draft is None:
            raise
        await cards.show(await cards.begun(draft, model, person), model, person)  # which says so, and leads to others


def _filled(draft: Draft, model: Model, values: Mapping[str, object], words: str, files: Sequence[Attachment]) -> Draft:
    named = fill(evolve(draft, values=values), model, "", files)
    spoken = fill(named, model, words, ())
    if words and spoken == named:  # the model takes no words: let validation say so
        return evolve(named, values={**named.values, "prompt": words})
    return spoken


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
