"""What the buttons under a result do."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from adapters.telegram.api.screens import Rows, Screen, Screens
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import StaleButton
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.library.characters import Characters
from adapters.telegram.bot.menus.favourites import Favourites
from adapters.telegram.bot.menus.offers import Offers
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.results.comparing import Comparing
from adapters.telegram.bot.results.originals import Originals
from adapters.telegram.bot.results.resending import Resending, kept_files
from adapters.telegram.bot.results.under_result import ON, TO, ResultButtons, caption
from application.drafts.fill_draft import files_in
from application.errors import GenerationNotFound
from application.ports.media_index import MediaIndex
from application.ports.model_catalog import ModelCatalog
from application.results.choose_characters import ChooseCharacters
from application.results.edit_chain import FindStepBefore, UndoEdit
from application.results.follow_ups import FollowUp, NextSteps, has_characters, values_again, words_for
from application.wishes.place_message import FindLastResult
from domain.generation import Destination, Generation
from domain.media import Attachment
from domain.model import Model
from domain.parameter_roles import prompt_parameter
from domain.reference_set import CHARACTER_IDS


@frozen(kw_only=True)
class Pressed:
    """A button under a result of ``person``'s own. ``model`` is the registry's entry today; ``key`` names the press."""

    generation: Generation
    model: Model
    person: Person
    destination: Destination
    message: str | None
    key: str


@frozen(kw_only=True)
class ResultActions:
    """Again, otherwise, further. The buttons never expire: all they need is in the store."""

    _cards: CardService
    _offers: Offers
    _catalog: ModelCatalog
    _next_steps: NextSteps
    _buttons: ResultButtons
    _screens: Screens
    _favourites: Favourites
    _originals: Originals
    _resending: Resending
    _comparing: Comparing
    _characters: Characters
    _choose_characters: ChooseCharacters
    _undo: UndoEdit
    _step_before: FindStepBefore
    _last: FindLastResult
    _media: MediaIndex

    async def __call__(self, action: str, pressed: Pressed) -> Toast | None:
        """Raises StaleButton for an action that this version does not know or the result does not have."""
        if action.startswith(TO):
            return await self._step(action.removeprefix(TO), pressed)
        if action.startswith(ON):
            return await self._continue(action.removeprefix(ON), pressed)
        try:
            move = ACTIONS[action]
        except KeyError:
            raise StaleButton from None
        return await move(self, pressed)

    async def again(self, pressed: Pressed) -> Toast | None:
        """The same values, at once where that is cheap."""
        return await self._repeat(pressed, pressed.generation.input)

    async def seed(self, pressed: Pressed) -> Toast | None:
        """The same with another seed."""
        return await self._repeat(pressed, values_again(FollowUp.SEED, pressed.generation, pressed.model))

    async def prompt(self, pressed: Pressed) -> Toast | None:
        """A card with the same values that asks for the words."""
        asking = prompt_parameter(pressed.model)
        await self._cards.open(
            pressed.person, pressed.destination, pressed.model, pressed.generation.input, asking=asking
        )
        return None

    async def options(self, pressed: Pressed) -> Toast | None:
        """A card with the same values."""
        await self._cards.open(pressed.person, pressed.destination, pressed.model, pressed.generation.input)
        return None

    async def other(self, pressed: Pressed) -> Toast | None:
        """The same words and files for another model."""
        made = pressed.generation
        await self._offers.make(pressed.person, pressed.destination, made.prompt, files_in(made.input))
        return None

    async def next(self, pressed: Pressed) -> Toast | None:
        """Every model that takes the results. Buttons of earlier versions lead here."""
        files = await self._files(pressed.generation)
        if not files:
            raise StaleButton
        await self._offers.make(pressed.person, pressed.destination, "", files)
        return None

    async def more(self, pressed: Pressed) -> Toast | None:
        """All buttons instead of the few."""
        is_favourite = pressed.model.id in pressed.person.preferences.favourites
        rows = self._buttons.all(pressed.generation, pressed.person.words, is_favourite=is_favourite)
        await self._turn_buttons(pressed, rows)
        return None

    async def less(self, pressed: Pressed) -> Toast | None:
        """The few again."""
        rows = self._buttons.few(pressed.generation, pressed.person.words)
        await self._turn_buttons(pressed, rows)
        return None

    async def star(self, pressed: Pressed) -> Toast | None:
        """Put the model among the favourites, or take it away from them."""
        person, toast = await self._favourites.toggle(pressed.model, pressed.person)
        await self.more(evolve(pressed, person=person))
        return toast

    async def original(self, pressed: Pressed) -> Toast | None:
        """The pictures as files."""
        await self._originals.send(pressed.generation, pressed.model.title, pressed.destination, pressed.person)
        return None

    async def undo(self, pressed: Pressed) -> Toast | None:
        """The picture before this step, which words are about from now on."""
        try:
            before = await self._undo(pressed.generation)
        except GenerationNotFound:
            return Toast(pressed.person.words.plain("tg-undo-gone"), alert=True)
        await self._resending.send(before, pressed.destination, pressed.person)
        return Toast(pressed.person.words.plain("tg-undone"))

    async def compare(self, pressed: Pressed) -> Toast | None:
        """This picture beside the one before it."""
        try:
            before = await self._step_before(pressed.generation)
        except GenerationNotFound:
            return Toast(pressed.person.words.plain("tg-undo-gone"), alert=True)
        if not await self._comparing.send(before, pressed.generation, pressed.destination, pressed.person.words):
            for step in (before, pressed.generation):
                await self._resending.send(step, pressed.destination, pressed.person)
        return None

    async def follow(
        self, order: str, person: Person, destination: Destination, files: Sequence[Attachment]
    ) -> Toast | None:
        """Do what words say that are an order to the chain of edits (``StepOrder``), as the button under a step does; ``files``
        are those that the words answer."""
        step = await self._last.step(person.user, destination.chat, files)
        model = self._catalog.find(step.model_id) if step else None
        if step is None or model is None:
            return Toast(person.words.plain("tg-no-step"), alert=True)
        pressed = Pressed(generation=step, model=model, person=person, destination=destination, message=None, key="")
        return await ACTIONS[order](self, pressed)

    async def character(self, pressed: Pressed) -> Toast | None:
        """Ask for the name that the pictures are kept under."""
        files = kept_files(pressed.generation)
        if not files:
            return Toast(pressed.person.words.plain("tg-result-not-kept"), alert=True)
        return await self._characters.ask_name(files, pressed.person, pressed.destination)

    async def character_again(self, pressed: Pressed) -> Toast | None:
        """A new card of the model with the same characters, and nothing else."""
        if CHARACTER_IDS not in pressed.model.parameters or not has_characters(pressed.generation):
            raise StaleButton
        values = {CHARACTER_IDS: await self._choose_characters.again(pressed.generation)}
        await self._cards.open(pressed.person, pressed.destination, pressed.model, values)
        return None

    async def _turn_buttons(self, pressed: Pressed, rows: Rows) -> None:
        """Where the message with the buttons is out of reach, they come in a new one that says what they belong to."""
        if pressed.message and await self._screens.turn_buttons(pressed.destination, pressed.message, rows):
            return
        text = caption(pressed.generation, pressed.model.title, pressed.person.words)
        await self._screens.show(pressed.destination, Screen(text, rows))

    async def _repeat(self, pressed: Pressed, values: Mapping[str, object]) -> Toast | None:
        return await self._cards.repeat(
            pressed.person,
            pressed.destination,
            pressed.model,
            values,
            of=pressed.generation,
            key=pressed.key,
        )

    async def _step(self, name: str, pressed: Pressed) -> Toast | None:
        files = await self._files(pressed.generation)
        found = [step for step in self._next_steps(pressed.generation) if step.name == name and not step.continues]
        if not found:
            raise StaleButton
        if not files:
            return Toast(pressed.person.words.plain("tg-result-not-kept"), alert=True)
        words = words_for(found[0], pressed.generation)
        await self._offers.make_of(pressed.person, pressed.destination, files, found[0].models, words)
        return None

    async def _files(self, generation: Generation) -> Sequence[Attachment]:
        """Those that Telegram has, else our own copies: Telegram may have forgotten a file, or it came as a link."""
        files = kept_files(generation, await self._resending.lost_results(generation))
        return files or [media.attachment for media in await self._media.of_generations([generation.id])]

    async def _continue(self, key: str, pressed: Pressed) -> Toast | None:
        model, generation = self._offers.by_key(key), pressed.generation
        given = self._next_steps.to_continue(model, generation)
        if not given:
            raise StaleButton
        await self._cards.open(pressed.person, pressed.destination, model, dict(given))
        return None


ACTIONS: Final[Mapping[str, Callable[[ResultActions, Pressed], Awaitable[Toast | None]]]] = {
    FollowUp.AGAIN: ResultActions.again,
    FollowUp.SEED: ResultActions.seed,
    FollowUp.PROMPT: ResultActions.prompt,
    FollowUp.OPTIONS: ResultActions.options,
    FollowUp.OTHER: ResultActions.other,
    "next": ResultActions.next,
    "more": ResultActions.more,
    "less": ResultActions.less,
    "star": ResultActions.star,
    "original": ResultActions.original,
    "undo": ResultActions.undo,
    "compare": ResultActions.compare,
    "character": ResultActions.character,
    "character-again": ResultActions.character_again,
}
"""By the action in a button."""
