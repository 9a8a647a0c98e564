"""Draws a card."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import field, frozen

from adapters.telegram.api.markup import cut, escape, units
from adapters.telegram.api.screens import RUNS, Rows, Screen, button
from adapters.telegram.bot.buttons import CardAction, DraftButton
from adapters.telegram.bot.card.card_session import (
    CardPage,
    CardPageKind,
    CardSession,
    index_of,
    parameter_at,
    screen_under_more,
)
from adapters.telegram.bot.card.character_rows import character_rows, deletion
from adapters.telegram.bot.card.values import ICONS, heading, limits, parameter_name, price_day, show, shown_value
from adapters.telegram.bot.paging import ROWS, screenful
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.words import Words
from application.drafts.edits import has_room
from application.drafts.fill_draft import Values, as_last_time, as_list
from application.drafts.generation_history import EarlierGenerations
from application.drafts.next_action import NextAction, is_missing, next_action
from application.drafts.quote_draft import Quote
from application.ports.chat_session_store import SessionId
from domain.draft import Draft, DraftId
from domain.generation import Destination, Generation
from domain.masks import is_mask
from domain.model import Model, Parameter, ParameterType
from domain.number_steps import number_step
from domain.parameter_roles import (
    SWITCH_NAMES,
    essential_parameters,
    item_fields,
    optional_parameters,
    prompt_parameter,
    shape_parameters,
    song_parameter,
    takes_files,
    task_parameter,
)
from domain.price import PriceQuote, deciding_parameters
from domain.reference_set import CHARACTER_IDS, ReferenceSet
from domain.violation import Violation, ViolationCode

LINE_LIMIT: Final = 80
PROMPT_LIMIT: Final = 700
VIOLATION_LIMIT: Final = 120
NARROW: Final = 16
"""Labels up to so many units stand two in a row."""


@frozen(kw_only=True)
class Card:
    """Everything a card's screen depends on. ``improving`` is what better words cost at most; ``credits_left`` is for admins.
    ``seen_credits`` is the price that the person saw when they pressed, where a question is drawn for it.
    ``in_studio`` leads to the same card there. ``characters`` are the person's own, where their page is open in private."""

    session: CardSession
    model: Model
    person: Person
    quote: Quote = field(factory=Quote)
    past: EarlierGenerations = field(factory=EarlierGenerations)
    improving: PriceQuote | None = None
    credits_left: float | None = None
    seen_credits: float | None = None
    in_studio: InlineKeyboardButton | None = None
    characters: Sequence[ReferenceSet] = ()

    @property
    def values(self) -> Values:
        return self.session.values

    @property
    def words(self) -> Words:
        return self.person.words

    def screen(self) -> Screen:
        """The page that is open."""
        place = self.session.page
        match place.page:
            case CardPageKind.MORE:
                return self._more(place.number)
            case CardPageKind.PARAMETER:
                return self._parameter(place)
            case CardPageKind.DELETING:
                said, rows = deletion(self.session, self.characters, self.words)
                back = self._button(self._plain("tg-back"), CardAction.PARAMETER, place.parameter)
                return Screen("\n".join([self._heading(), "", said]), [*rows, [back]])
            case CardPageKind.CONFIRM if self.quote.price and not self.quote.violations:
                return self._confirm(self.quote.price)
            case _:
                return self._main()

    def summary(self) -> Screen:
        """What was asked for, without buttons."""
        return Screen("\n".join([self._heading(), *self._lines(self._filled())]), [])

    def _main(self) -> Screen:
        first, shape = essential_parameters(self.model), shape_parameters(self.model)
        said = [one for one in first if one not in shape or one.required or one.name in self.values]
        others = [one for one in self._that_count() if one not in said]
        general = [self._warning(one) for one in self.quote.violations if one.parameter not in self.model.parameters]
        general += [] if self.model.is_offered else [self.words("tg-not-offered")]
        general += self._notices()
        general += [f"   ℹ️ {escape(cut(self.words.notice(one), VIOLATION_LIMIT))}" for one in self.quote.notices]
        if self.quote.price and self.quote.price.as_of:
            general.append(self.words("tg-price-day", day=price_day(self.quote.price.as_of, self.words)))
        general += [] if self.credits_left is None else [self.words("tg-credits-left", credits=self.credits_left)]
        lines = [self._heading(), "", *self._lines([*said, *others]), *general, "", self._hint(), *self._where()]
        rows: Rows = [[self._parameter_button(parameter)] for parameter in first if parameter not in shape]
        rows.append([self._parameter_button(parameter) for parameter in shape])
        if self.improving:
            label = self._plain("tg-improve", price=self.words.row_price(self.improving))
            rows.append([self._button(label, CardAction.IMPROVE)])
        if as_last_time(self.model, self.values, self.past.last) != self.values:
            rows.append([self._button(self._plain("tg-card-last"), CardAction.LAST_TIME)])
        rest = optional_parameters(self.model)
        star = "⭐" if self.model.id in self.person.preferences.favourites else "☆"
        more = [self._button(self._plain("tg-card-more", count=len(rest)), CardAction.MORE)] if rest else []
        rows.append(
            [*more, self._button(self._plain("tg-card-keep"), CardAction.KEEP), self._button(star, CardAction.STAR)]
        )
        rows.append(self._run_row())
        rows.append(
            [
                self._button(self._plain("tg-card-models"), CardAction.MODELS),
                self._button(self._plain("tg-close"), CardAction.CLOSE),
            ]
        )
        return Screen("\n".join(lines).strip(), rows)

    def _more(self, number: int) -> Screen:
        rest = optional_parameters(self.model)
        shown, pager = screenful(rest, number)
        rows: Rows = [[self._parameter_button(parameter)] for parameter in shown]
        rows.append(pager.buttons(lambda turned_to: self._data(CardAction.MORE, turned_to)))
        rows.append([self.in_studio] if self.in_studio else [])
        rows.append([self._button(self._plain("tg-back"), CardAction.MAIN), *self._run_row()])
        return Screen("\n".join([self._heading(), "", *self._lines(shown)]), rows)

    def _parameter(self, place: CardPage) -> Screen:
        parameter = parameter_at(self.model, place.parameter)
        name = parameter_name(parameter, self.words)
        said = "" if parameter.name == CHARACTER_IDS else self.words.about(parameter.about)
        about = [text for text in (said, limits(parameter, self.words)) if text]
        lines = [self._heading(), "", f"<b>{escape(name)}</b>", *map(escape, about)]
        lines += [self._line(parameter), "", self._ask(parameter, place), *self._where()]
        rows = self._choices(parameter, place)
        is_for_studio = is_mask(parameter.name) or parameter.name == CHARACTER_IDS
        rows += [[self.in_studio]] if self.in_studio and is_for_studio else []
        last = [self._back_from(parameter)]
        if parameter.name in self.values:
            last.append(self._button(self._plain("tg-clear"), CardAction.CLEAR, place.parameter))
        return Screen("\n".join(lines), [*rows, last])

    def _confirm(self, price: PriceQuote) -> Screen:
        """The button holds the price that is agreed to with it."""
        question = self.words.question(price, self.seen_credits)
        agree = DraftButton(draft=self.session.id, action=CardAction.CONFIRM, index=str(price.high))
        run = button(self._plain("tg-run-price", price=self.words.price(price)), agree, style=RUNS)
        back = self._button(self._plain("tg-back"), CardAction.MAIN)
        return Screen("\n".join([self._heading(), "", *self._lines(self._that_count()), "", question]), [[run], [back]])

    def _back_from(self, parameter: Parameter) -> InlineKeyboardButton:
        """To the page that has it."""
        if parameter in essential_parameters(self.model):
            return self._button(self._plain("tg-back"), CardAction.MAIN)
        return self._button(self._plain("tg-back"), CardAction.MORE, screen_under_more(self.model, parameter))

    def _choices(self, parameter: Parameter, place: CardPage) -> Rows:
        if parameter.type is ParameterType.ENUM:
            return self._values(parameter, place)
        if item_fields(parameter):
            return self._items(parameter, place)
        if parameter == task_parameter(self.model):
            return self._tasks()
        if parameter.name == CHARACTER_IDS:
            return character_rows(self.session, self.characters, self.words)
        if number_step(parameter) is not None:
            return [
                [
                    self._button("➖", CardAction.STEP, place.parameter, 0),
                    self._button("➕", CardAction.STEP, place.parameter, 1),
                ]
            ]
        return []

    def _values(self, parameter: Parameter, place: CardPage) -> Rows:
        found = [
            (number, value)
            for number, value in enumerate(parameter.values)
            if place.search.casefold() in str(value).casefold()
        ]
        shown, pager = screenful(found, place.number)
        chosen = self.values.get(parameter.name)
        buttons = [
            self._button(("✅ " if value == chosen else "") + str(value), CardAction.CHOOSE, place.parameter, number)
            for number, value in shown
        ]
        narrow = all(units(each.text) <= NARROW for each in buttons)
        rows = [buttons[start : start + 1 + narrow] for start in range(0, len(buttons), 1 + narrow)]
        return [*rows, pager.buttons(lambda turned_to: self._data(CardAction.PARAMETER, place.parameter, turned_to))]

    def _items(self, parameter: Parameter, place: CardPage) -> Rows:
        """The items of a list, each a button, and one more."""
        index = place.parameter
        found = list(enumerate(as_list(self.values.get(parameter.name))))
        shown, pager = screenful(found, place.number)
        rows = [
            [self._button(f"{n + 1}. {show(item, self.words)}", CardAction.OPEN_ITEM, index, n)] for n, item in shown
        ]
        rows.append(pager.buttons(lambda turned_to: self._data(CardAction.PARAMETER, index, turned_to)))
        if has_room(parameter, self.values):
            rows.append([self._button(self._plain("tg-item-add"), CardAction.ADD_ITEM, index)])
        return rows

    def _tasks(self) -> Rows:
        """Own results to take further: no one has to know a task's id."""
        return [
            [
                button(
                    self._task_label(one), DraftButton(draft=self.session.id, action=CardAction.CONTINUE, index=one.id)
                )
            ]
            for one in self.past.tasks[:ROWS]
        ]

    def _task_label(self, generation: Generation) -> str:
        return f"{ICONS[generation.results[0].kind]} {generation.prompt or self.past.titles[generation.model_id]}"

    def _run_row(self) -> list[InlineKeyboardButton]:
        if not self.model.is_offered or self.quote.pause:
            return [self._button(self._run_anyway(), CardAction.FORCE)] if self.person.is_admin else []
        if self.quote.price is None:
            so_far = self.quote.price_so_far  # on no button that buys: what is missing may raise it
            label = self._plain("tg-run-price", price=self.words.price(so_far)) if so_far else self._plain("tg-run")
            return [self._button(label, CardAction.RUN)]
        run = DraftButton(draft=self.session.id, action=CardAction.RUN, index=str(self.quote.price.high))
        return [button(self._plain("tg-run-price", price=self.words.price(self.quote.price)), run, style=RUNS)]

    def _run_anyway(self) -> str:
        if self.quote.price is None:
            return self._plain("tg-run-anyway")
        return self._plain("tg-run-anyway-price", price=self.words.price(self.quote.price))

    def _notices(self) -> list[str]:
        if self.quote.pause:
            return [self.words("tg-model-paused", reason=self.quote.pause.reason or "none")]
        return [self.words("tg-model-failing")] if self.quote.is_failing else []

    def _heading(self) -> str:
        return heading(self.model, self.words)

    def _lines(self, parameters: Sequence[Parameter]) -> list[str]:
        return [self._line(parameter) for parameter in parameters]

    def _line(self, parameter: Parameter) -> str:
        """Name, value, and what is wrong with it."""
        limit = PROMPT_LIMIT if parameter == prompt_parameter(self.model) else LINE_LIMIT
        value = self._shown(parameter, limit)
        text = f"• {escape(parameter_name(parameter, self.words))}: <b>{escape(value)}</b>"
        faults = [one for one in self.quote.violations if one.parameter == parameter.name]
        said = [self._warning(one) for one in faults if one.code is not ViolationCode.REQUIRED][:2]
        return "\n".join([text, *said])

    def _shown(self, parameter: Parameter, limit: int) -> str:
        """The value; an earlier task by what it made, not by its id."""
        if parameter == task_parameter(self.model) and (task := self.past.task(self.values.get(parameter.name))):
            return cut(self._task_label(task), limit)
        if parameter == song_parameter(self.model) and (song := self.past.song(self.values.get(parameter.name))):
            return cut(f"{ICONS[song.kind]} {song.title or song.id}", limit)
        if parameter.name == CHARACTER_IDS and (chosen := as_list(self.values.get(parameter.name))):
            return f"🧍 × {len(chosen)}"
        needed = parameter.required or is_missing(parameter, self.quote)
        return shown_value(parameter, self.values, self.words, limit=limit, needed=needed)

    def _warning(self, violation: Violation) -> str:
        inner = violation.path if violation.path != violation.parameter else ""
        text = cut(f"{inner}: " * bool(inner) + self.words.violation(violation), VIOLATION_LIMIT)
        return f"   ⚠️ {escape(text)}"

    def _hint(self) -> str:
        """The next thing to do."""
        action = next_action(self.model, self.values, self.quote)
        wordless = action is NextAction.RUN and prompt_parameter(self.model) is None
        return self.words("tg-hint-press" if wordless else f"tg-hint-{action}")

    def _where(self) -> list[str]:
        """In a group the bot hears what answers it, and nothing else."""
        return [self.words("tg-hint-reply")] if self.session.in_group else []

    def _ask(self, parameter: Parameter, place: CardPage) -> str:
        if place.search:
            return self.words("tg-ask-search", text=place.search)
        if parameter.type is ParameterType.ENUM:
            return self.words("tg-ask-choose" if len(parameter.values) <= ROWS else "tg-ask-choose-long")
        if takes_files(parameter):
            return self.words("tg-ask-file")
        if parameter.name == CHARACTER_IDS:
            return self.words(self._ask_characters())
        if parameter == task_parameter(self.model):
            return self._ask_task()
        if item_fields(parameter):
            return self.words("tg-ask-items", example=_example(parameter, self.words))
        if parameter.type is ParameterType.OBJECT or (parameter.items and parameter.items.type is ParameterType.OBJECT):
            return self.words("tg-ask-json", example=_example(parameter, self.words))
        return self.words("tg-ask-list" if parameter.type is ParameterType.ARRAY else "tg-ask-value")

    def _ask_task(self) -> str:
        asked = self.words("tg-ask-task" if self.past.tasks else "tg-ask-task-none")
        return f"{asked} {self.words('tg-ask-task-elsewhere')}" if self.person.is_admin else asked

    def _ask_characters(self) -> str:
        if self.session.in_group:
            return "tg-ask-characters-private"
        return "tg-ask-characters" if self.characters else "tg-ask-characters-none"

    def _parameter_button(self, parameter: Parameter) -> InlineKeyboardButton:
        name = parameter_name(parameter, self.words)
        action = CardAction.TOGGLE if parameter.type is ParameterType.BOOLEAN else CardAction.PARAMETER
        value = self._shown(parameter, 30)
        return self._button(f"{name}: {value}", action, index_of(self.model, parameter))

    def _filled(self) -> list[Parameter]:
        """What is set; a content filter that is on is no news."""
        return [
            parameter
            for parameter in self.model.parameters.values()
            if parameter.name in self.values
            and not (parameter.name in SWITCH_NAMES and self.values[parameter.name] is True)
        ]

    def _that_count(self) -> list[Parameter]:
        """What is set, and what decides on the price though it was left out."""
        deciding = {one.name for one in deciding_parameters(self.model, self.quote.input)} - self.values.keys()
        filled = {one.name for one in self._filled()}
        return [one for name, one in self.model.parameters.items() if name in filled | deciding]

    def _plain(self, key: str, **values: object) -> str:
        return self.words.plain(key, **values)

    def _button(self, label: str, action: str, *index: int) -> InlineKeyboardButton:
        return button(label, self._data(action, *index))

    def _data(self, action: str, *index: int) -> DraftButton:
        return DraftButton(draft=self.session.id, action=action, index=".".join(str(number) for number in index))


def _example(parameter: Parameter, words: Words) -> str:
    """JSON of one item, for what can only be typed so."""
    item = parameter.items if parameter.items and parameter.type is ParameterType.ARRAY else parameter
    sample = {field.name: f"…{words.about(field.about) or field.name}" for field in item.fields if field.required}
    return json.dumps([sample] if item is parameter.items else sample, ensure_ascii=False)


def summary(model: Model, values: Values, person: Person) -> Screen:
    """Return what such values ask for, without buttons, where there is no card."""
    draft = Draft(
        id=DraftId(""),
        user=person.user,
        destination=Destination(chat=""),
        model_id=model.id,
        values=values,
        updated_at=datetime.min.replace(tzinfo=UTC),
    )
    session = CardSession(
        id=SessionId(""), user=person.user, destination=draft.destination, draft=draft, updated_at=draft.updated_at
    )
    return Card(session=session, model=model, person=person).summary()
