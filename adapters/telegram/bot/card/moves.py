"""What a press or a message does to a draft. Pure: the draft in, the next draft out."""

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from attrs import evolve

from adapters.telegram.bot.card.arrivals import is_continued, is_same_album, joined, noted, of_album
from adapters.telegram.bot.card.form import (
    choice,
    essential,
    prompt_parameter,
    screen_under_more,
    takes_files,
    with_file,
    with_text,
)
from adapters.telegram.bot.card.items import added, enter, leave, opened, removed
from adapters.telegram.bot.card.place import Page, Place, StaleButton, index_of, parameter_at
from domain.draft import Draft
from domain.media import Attachment
from domain.model import Model, Parameter, ParameterType

Move = Callable[[Draft, Model, tuple[int, ...]], Draft]


def press(draft: Draft, model: Model, action: str, index: str) -> Draft:
    """The draft after a button of the card. Raises StaleButton when the card has no such button (any more)."""
    scope, within, index = index.rpartition("/")
    if within:
        inner, item = enter(draft, model, scope)
        return leave(draft, model, scope, press(inner, item, action, index))
    try:
        numbers = tuple(int(part) for part in index.split(".")) if index else ()
        return MOVES[action](draft, model, numbers)
    except (KeyError, ValueError, IndexError):
        raise StaleButton from None


def typed(draft: Draft, model: Model, text: str) -> Draft | None:
    """The draft after a message of plain text; None when nothing on the card takes words.

    Words that are none of a long list's values search in it.
    """
    if scope := Place.read(draft.view).scope:
        changed = _within(draft, model, scope, lambda inner, item: typed(inner, item, text))
        return changed or typed(_to_main(draft, model, ()), model, text)
    expected = model.parameters.get(draft.expecting or "")
    if expected and expected.type is ParameterType.ENUM and choice(expected, text) is None:
        return _open(draft, model, expected, search=text.strip()[:40])
    values = with_text(model, draft, text)
    if values is None:
        return None
    return filled(draft, model, values, expected)


def written(draft: Draft, model: Model, text: str, sent_at: datetime) -> Draft | None:
    """As ``typed``, and the parts of a text that an app cut become one again."""
    place = Place.read(draft.view)
    if place.scope:
        return typed(draft, model, text)
    target = model.parameters.get(place.arrival.text_in)
    if target and is_continued(draft, sent_at):
        whole = joined(draft, draft.values.get(target.name, ""), text)
        changed: Draft | None = filled(draft, model, {**draft.values, target.name: whole}, target)
    else:
        target = model.parameters.get(draft.expecting or "")
        target = prompt_parameter(model) if target is None or takes_files(target) else target
        changed = typed(draft, model, text)
    return noted(changed, text, sent_at, text_in=target.name) if changed and target else changed


def received(draft: Draft, model: Model, file: Attachment, *, album: str = "") -> Draft | None:
    """The draft after a file; None when nothing on the card takes it, or it has no room for another of the same album.

    A list that was asked for goes on taking the files that follow: an album comes as one message a file.
    """
    if scope := Place.read(draft.view).scope:
        if changed := _within(draft, model, scope, lambda inner, item: received(inner, item, file, album=album)):
            return changed
        draft = _to_main(draft, model, ())
    values = with_file(model, draft, file, replace=not is_same_album(draft, album))
    if values is None:
        return None
    expected = model.parameters.get(draft.expecting or "")
    is_list = expected is not None and expected.type is ParameterType.ARRAY
    changed = evolve(filled(draft, model, values, expected), expecting=draft.expecting if is_list else None)
    return of_album(changed, album)


def filled(draft: Draft, model: Model, values: Mapping[str, object], parameter: Parameter | None) -> Draft:
    """New values, and back to the page that shows the parameter they were for."""
    place = Place()
    if parameter is not None and parameter not in essential(model):
        place = Place(page=Page.MORE, number=screen_under_more(model, parameter))
    return evolve(draft, values=values, view=place.write(), expecting=None)


def asked(draft: Draft, model: Model, parameter: Parameter) -> Draft:
    """The page of this parameter: the next message sets it."""
    return _open(draft, model, parameter)


def _within(draft: Draft, model: Model, scope: str, change: Callable[[Draft, Model], Draft | None]) -> Draft | None:
    """The draft after a change to the item that is open; None where the item takes it not, or is gone from the registry."""
    try:
        inner, item = enter(draft, model, scope)
    except StaleButton:
        return None
    changed = change(inner, item)
    return leave(draft, model, scope, changed) if changed else None


def _to_main(draft: Draft, _model: Model, _: tuple[int, ...]) -> Draft:
    return evolve(draft, view=Place().write(), expecting=None)


def _to_more(draft: Draft, _model: Model, numbers: tuple[int, ...]) -> Draft:
    place = Place(page=Page.MORE, number=numbers[0] if numbers else 0)
    return evolve(draft, view=place.write(), expecting=None)


def _to_parameter(draft: Draft, model: Model, numbers: tuple[int, ...]) -> Draft:
    """``parameter`` or ``parameter.screen``: turning the pages keeps the search."""
    index, *rest = numbers
    place = Place.read(draft.view)
    search = place.search if rest and place.page is Page.PARAMETER and place.parameter == index else ""
    return _open(draft, model, parameter_at(model, index), number=rest[0] if rest else 0, search=search)


def _choose(draft: Draft, model: Model, numbers: tuple[int, ...]) -> Draft:
    index, value = numbers
    parameter = parameter_at(model, index)
    return _set(draft, model, parameter, parameter.values[value])


def _toggle(draft: Draft, model: Model, numbers: tuple[int, ...]) -> Draft:
    parameter = parameter_at(model, numbers[0])
    default = parameter.default if parameter.has_default else False
    now = draft.values.get(parameter.name, default)
    return evolve(draft, values={**draft.values, parameter.name: now is not True})


def _step(draft: Draft, model: Model, numbers: tuple[int, ...]) -> Draft:
    """One step up (1) or down (0), within the limits."""
    index, up = numbers
    parameter = parameter_at(model, index)
    step = step_of(parameter)
    if step is None:
        raise StaleButton
    now = Decimal(str(current_number(parameter, draft.values.get(parameter.name))))
    value = now + step if up else now - step
    if parameter.minimum is not None:
        value = max(value, Decimal(str(parameter.minimum)))
    if parameter.maximum is not None:
        value = min(value, Decimal(str(parameter.maximum)))
    whole = value == value.to_integral_value()
    return evolve(draft, values={**draft.values, parameter.name: int(value) if whole else float(value)})


def _clear(draft: Draft, model: Model, numbers: tuple[int, ...]) -> Draft:
    parameter = parameter_at(model, numbers[0])
    values = {name: value for name, value in draft.values.items() if name != parameter.name}
    return filled(draft, model, values, parameter)


def _set(draft: Draft, model: Model, parameter: Parameter, value: object) -> Draft:
    return filled(draft, model, {**draft.values, parameter.name: value}, parameter)


def _open(draft: Draft, model: Model, parameter: Parameter, *, number: int = 0, search: str = "") -> Draft:
    place = Place(page=Page.PARAMETER, parameter=index_of(model, parameter), number=number, search=search)
    return evolve(draft, view=place.write(), expecting=parameter.name)


MOVES: Final[Mapping[str, Move]] = {
    "v": _to_main,
    "o": _to_more,
    "p": _to_parameter,
    "e": _choose,
    "t": _toggle,
    "n": _step,
    "c": _clear,
    "a": added,
    "i": opened,
    "w": removed,
}
"""By the action in a button."""


def step_of(parameter: Parameter) -> Decimal | None:
    """By how much a press moves a number: the registry's step, 1 for whole numbers, a tenth of a known range. None: typed."""
    if parameter.type not in {ParameterType.INTEGER, ParameterType.NUMBER, ParameterType.NUMERIC_TEXT}:
        return None
    if parameter.step is not None:
        return Decimal(str(parameter.step))
    if parameter.minimum is not None and parameter.maximum is not None:
        tenth = Decimal(str(parameter.maximum - parameter.minimum)) / 10
        is_whole = parameter.type is not ParameterType.NUMBER
        return max(Decimal(1), tenth.to_integral_value()) if is_whole else tenth
    return None


def current_number(parameter: Parameter, value: object) -> int | float:
    """Where stepping starts: the value, else the default, else the least allowed."""
    default = parameter.default if parameter.has_default else None
    for candidate in (value, default, parameter.minimum):
        try:
            number = float(str(candidate))
        except ValueError:
            continue
        if math.isfinite(number):
            return number
    return 0
