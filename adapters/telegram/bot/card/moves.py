"""What a press or a message means to a card: another page, a change of the draft, or both. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from attrs import evolve, frozen

from adapters.telegram.bot.buttons import CardAction
from adapters.telegram.bot.card.card_session import (
    CardPage,
    CardPageKind,
    CardSession,
    StaleButton,
    index_of,
    is_continued,
    is_same_album,
    item_at,
    joined,
    noted,
    of_album,
    parameter_at,
    screen_under_more,
)
from application.drafts.edits import (
    AddFile,
    AddItem,
    AddWords,
    ClearValue,
    Edit,
    Item,
    RemoveItem,
    SetValue,
    StepNumber,
    ToggleSwitch,
    has_room,
    item_model,
    item_values,
)
from application.drafts.fill_draft import Values, as_list, choice, with_file, with_text
from application.errors import EditRefused
from domain.media import Attachment
from domain.model import Model, Parameter, ParameterType
from domain.number_steps import number_step
from domain.parameter_roles import essential_parameters, item_fields, prompt_parameter, takes_files
from domain.reference_set import CHARACTER_IDS


@frozen(kw_only=True)
class Move:
    """The session as it is to be shown next, and the change of its draft, if any; ``item``: the change is of that item."""

    session: CardSession
    edit: Edit | None = None
    item: Item | None = None


@frozen(kw_only=True)
class MoveTarget:
    """What a move looks at: a model with its values, or one item of a list with the item's fields."""

    model: Model
    values: Values


Press = Callable[[CardSession, MoveTarget, tuple[int, ...]], Move]


def press(session: CardSession, model: Model, action: str, index: str) -> Move:
    """Return what a button of the card does. Raises StaleButton when the card has no such button (any more)."""
    scope, is_within, index = index.rpartition("/")
    try:
        numbers = tuple(int(part) for part in index.split(".")) if index else ()
        if not is_within:
            return PRESSES[action](session, MoveTarget(model=model, values=session.values), numbers)
        form, item = _item_form(session, model, scope)
        return _scoped(PRESSES[action](_unscoped(session), form, numbers), scope, item)
    except (KeyError, ValueError, IndexError, EditRefused):
        raise StaleButton from None


def typed(session: CardSession, model: Model, text: str) -> Move | None:
    """Return what a message of plain text does; None when nothing on the card takes words.

    Words that are none of a long list's values search in it.
    """
    if scope := session.page.scope:
        moved = _within(session, model, scope, lambda inner, form: _typed(inner, form, text))
        return moved or typed(session.at(CardPageKind.MAIN), model, text)
    return _typed(session, MoveTarget(model=model, values=session.values), text)


def written(session: CardSession, model: Model, text: str, sent_at: datetime) -> Move | None:
    """As ``typed``, and the parts of a text that an app cut become one again."""
    if session.page.scope:
        return typed(session, model, text)
    target = model.parameters.get(session.page.batch.text_in)
    if target and is_continued(session, sent_at):
        whole = joined(session, session.values.get(target.name, ""), text)
        moved: Move | None = _filled(session, model, target, SetValue(parameter=target.name, value=whole))
    else:
        target = model.parameters.get(session.expecting or "")
        target = prompt_parameter(model) if target is None or takes_files(target) else target
        moved = typed(session, model, text)
    if moved is None or target is None:
        return moved
    return evolve(moved, session=noted(moved.session, text, sent_at, text_in=target.name))


def received(session: CardSession, model: Model, file: Attachment, *, album: str = "") -> Move | None:
    """Return what a file does; None when nothing on the card takes it, or it has no room for another of the same album.

    A list that was asked for goes on taking the files that follow: an album comes as one message a file.
    """
    if scope := session.page.scope:
        moved = _within(session, model, scope, lambda inner, form: _received(inner, form, file, album))
        if moved:
            return moved
        session = session.at(CardPageKind.MAIN)
    return _received(session, MoveTarget(model=model, values=session.values), file, album)


def asked(session: CardSession, model: Model, parameter: Parameter) -> CardSession:
    """Return the session on the page of this parameter: the next message sets it."""
    return _open(session, model, parameter)


def _typed(session: CardSession, form: MoveTarget, text: str) -> Move | None:
    expected = form.model.parameters.get(session.expecting or "")
    if expected and expected.type is ParameterType.ENUM and choice(expected, text) is None:
        return Move(session=_open(session, form.model, expected, search=text.strip()[:40]))
    if with_text(form.model, form.values, text, asked=session.expecting) is None:
        return None
    return _filled(session, form.model, expected, AddWords(text=text, asked=session.expecting))


def _received(session: CardSession, form: MoveTarget, file: Attachment, album: str) -> Move | None:
    can_replace = not is_same_album(session, album)
    edit = AddFile(file=file, asked=session.expecting, replace=can_replace)
    if with_file(form.model, form.values, file, asked=edit.asked, replace=edit.replace) is None:
        return None
    expected = form.model.parameters.get(session.expecting or "")
    is_list = expected is not None and expected.type is ParameterType.ARRAY
    moved = _filled(session, form.model, expected, edit)
    after = evolve(moved.session, expecting=session.expecting if is_list else None)
    return evolve(moved, session=of_album(after, album))


def _filled(session: CardSession, model: Model, parameter: Parameter | None, edit: Edit) -> Move:
    """A change, and back to the page that shows the parameter it is of."""
    page = CardPage()
    if parameter is not None and parameter not in essential_parameters(model):
        page = CardPage(page=CardPageKind.MORE, number=screen_under_more(model, parameter))
    return Move(session=evolve(session, page=page, expecting=None), edit=edit)


def _open(
    session: CardSession, model: Model, parameter: Parameter, *, number: int = 0, search: str = ""
) -> CardSession:
    page = CardPage(page=CardPageKind.PARAMETER, parameter=index_of(model, parameter), number=number, search=search)
    is_written = parameter.name != CHARACTER_IDS  # no one can write what the provider calls a character
    return evolve(session, page=page, expecting=parameter.name if is_written else None)


def _item_form(session: CardSession, model: Model, scope: str) -> tuple[MoveTarget, Item]:
    """Raises StaleButton, EditRefused."""
    item = item_at(model, scope)
    return MoveTarget(model=item_model(model, item), values=item_values(model, session.values, item)), item


def _unscoped(session: CardSession) -> CardSession:
    return evolve(session, page=evolve(session.page, scope=""))


def _scoped(move: Move, scope: str, item: Item) -> Move:
    """A move within an item, which stays open."""
    session = evolve(move.session, page=evolve(move.session.page, scope=scope))
    return evolve(move, session=session, item=item if move.edit else None)


def _within(
    session: CardSession, model: Model, scope: str, move: Callable[[CardSession, MoveTarget], Move | None]
) -> Move | None:
    """A move within the item that is open; None where the item takes it not, or is gone."""
    try:
        form, item = _item_form(session, model, scope)
    except (StaleButton, EditRefused):
        return None
    moved = move(_unscoped(session), form)
    return _scoped(moved, scope, item) if moved else None


def _to_main(session: CardSession, _: MoveTarget, _numbers: tuple[int, ...]) -> Move:
    return Move(session=session.at(CardPageKind.MAIN))


def _to_more(session: CardSession, _: MoveTarget, numbers: tuple[int, ...]) -> Move:
    return Move(session=session.at(CardPageKind.MORE, number=numbers[0] if numbers else 0))


def _to_parameter(session: CardSession, form: MoveTarget, numbers: tuple[int, ...]) -> Move:
    """``parameter`` or ``parameter.screen``: turning the pages keeps the search."""
    index, *rest = numbers
    page = session.page
    search = page.search if rest and page.page is CardPageKind.PARAMETER and page.parameter == index else ""
    parameter = parameter_at(form.model, index)
    return Move(session=_open(session, form.model, parameter, number=rest[0] if rest else 0, search=search))


def _choose(session: CardSession, form: MoveTarget, numbers: tuple[int, ...]) -> Move:
    index, value = numbers
    parameter = parameter_at(form.model, index)
    return _filled(session, form.model, parameter, SetValue(parameter=parameter.name, value=parameter.values[value]))


def _toggle(session: CardSession, form: MoveTarget, numbers: tuple[int, ...]) -> Move:
    return Move(session=session, edit=ToggleSwitch(parameter=parameter_at(form.model, numbers[0]).name))


def _step(session: CardSession, form: MoveTarget, numbers: tuple[int, ...]) -> Move:
    """One step up (1) or down (0)."""
    index, up = numbers
    parameter = parameter_at(form.model, index)
    if number_step(parameter) is None:
        raise StaleButton
    return Move(session=session, edit=StepNumber(parameter=parameter.name, up=bool(up)))


def _clear(session: CardSession, form: MoveTarget, numbers: tuple[int, ...]) -> Move:
    parameter = parameter_at(form.model, numbers[0])
    return _filled(session, form.model, parameter, ClearValue(parameter=parameter.name))


def _add_item(session: CardSession, form: MoveTarget, numbers: tuple[int, ...]) -> Move:
    """One more item, and its card."""
    (index,) = numbers
    parameter = parameter_at(form.model, index)
    if item_fields(parameter) is None or not has_room(parameter, form.values):
        raise StaleButton
    number = len(as_list(form.values.get(parameter.name)))
    return Move(
        session=session.at(CardPageKind.MAIN, scope=f"{index}.{number}"), edit=AddItem(parameter=parameter.name)
    )


def _open_item(session: CardSession, form: MoveTarget, numbers: tuple[int, ...]) -> Move:
    index, number = numbers
    scope = f"{index}.{number}"
    item_values(form.model, form.values, item_at(form.model, scope))
    return Move(session=session.at(CardPageKind.MAIN, scope=scope))


def _remove_item(session: CardSession, form: MoveTarget, numbers: tuple[int, ...]) -> Move:
    """Without the item, and back to the list."""
    index, number = numbers
    item = item_at(form.model, f"{index}.{number}")
    item_values(form.model, form.values, item)
    page = session.at(CardPageKind.PARAMETER, parameter=index)
    edit = RemoveItem(parameter=item.parameter, number=item.number)
    return Move(session=evolve(page, expecting=item.parameter), edit=edit)


PRESSES: Final[Mapping[str, Press]] = {
    CardAction.MAIN: _to_main,
    CardAction.MORE: _to_more,
    CardAction.PARAMETER: _to_parameter,
    CardAction.CHOOSE: _choose,
    CardAction.TOGGLE: _toggle,
    CardAction.STEP: _step,
    CardAction.CLEAR: _clear,
    CardAction.ADD_ITEM: _add_item,
    CardAction.OPEN_ITEM: _open_item,
    CardAction.REMOVE_ITEM: _remove_item,
}
"""By the action in a button."""
