"""What can be done with a person's words and files: models as buttons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import evolve, frozen

from adapters.telegram.api.keyboards import Rows, button
from adapters.telegram.api.markup import cut, escape
from adapters.telegram.api.screens import Screen
from adapters.telegram.bot.buttons import BrowseButton, DraftButton, model_key, model_of
from adapters.telegram.bot.card.arrivals import joined, noted
from adapters.telegram.bot.card.cards import Cards
from adapters.telegram.bot.card.form import files_in
from adapters.telegram.bot.card.place import Page, Place, StaleButton
from adapters.telegram.bot.card.values import show
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.menus.at_once import AtOnce
from adapters.telegram.bot.menus.model_label import model_label
from adapters.telegram.bot.menus.offered import Offered
from adapters.telegram.bot.paging import screenful
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.words import Words
from application.catalog.find_models import FindModels, media_of
from application.catalog.model_notices import ModelNotices
from application.ports.model_catalog import ModelCatalog
from domain.draft import Draft
from domain.generation import Destination
from domain.media import Attachment
from domain.model import Model, ModelId, ModelType

NO_MODEL: Final = ModelId("")
"""The model of a draft whose person has yet to choose one."""
OFFERED: Final = 40
NEIGHBOURS: Final = 4
QUOTE_LIMIT: Final = 300
FOR_ANY_WORDS: Final = (
    (ModelType.TEXT_TO_IMAGE, 4),
    (ModelType.TEXT_TO_VIDEO, 2),
    (ModelType.TEXT_TO_SPEECH, 1),
    (ModelType.TEXT_TO_AUDIO, 1),
)
"""What most people want of words that name no task: how many models of which type, in this order."""


@frozen(kw_only=True)
class Offers:
    """Finds the models for a wish, shows them, and turns the chosen one into a card."""

    _cards: Cards
    _at_once: AtOnce
    _catalog: ModelCatalog
    _find_models: FindModels
    _notices: ModelNotices

    async def make(
        self,
        person: Person,
        destination: Destination,
        text: str,
        files: Sequence[Attachment] = (),
        *,
        album: str = "",
        sent_at: datetime | None = None,
    ) -> None:
        """Show what fits these words and files; a sentence where nothing does. More of the words may follow at once."""
        draft = self._cards.new_draft(person, destination, NO_MODEL, view=Place(page=Page.OFFER).write())
        draft = noted(draft, text, sent_at) if sent_at else draft
        await self._offer(draft, person, text, files, album)

    async def add_words(self, draft: Draft, person: Person, text: str, sent_at: datetime) -> None:
        """The next part of the same text."""
        offered = Offered.read(draft.values)
        words = joined(draft, offered.text, text)
        await self._keep(noted(draft, text, sent_at), evolve(offered, text=words), person)

    async def make_of(
        self,
        person: Person,
        destination: Destination,
        files: Sequence[Attachment],
        models: Sequence[Model],
        text: str = "",
    ) -> None:
        """Show these models for the files and words; the card at once where there is but one."""
        draft = evolve(self._cards.new_draft(person, destination, NO_MODEL), view=Place(page=Page.OFFER).write())
        names = tuple(model.id for model in models[:OFFERED])
        draft = evolve(draft, values=Offered(text=text, files=tuple(files), models=names).write())
        if len(models) == 1:
            await self.choose(draft, person, model_key(models[0].id))
        else:
            await self._keep(draft, Offered.read(draft.values), person)

    async def browse(
        self, person: Person, destination: Destination, screen: Screen, *, message: str | None = None
    ) -> None:
        """Show the lists; from here on what is typed searches in them."""
        draft = self._cards.new_draft(person, destination, NO_MODEL, view=Place(page=Page.BROWSE).write())
        await self._cards.keep(evolve(draft, message=message), screen)

    async def search(self, draft: Draft, person: Person, text: str) -> None:
        """The models that the text names, in place of the lists. Words that name none are most likely a wish."""
        found = self._find_models(text, limit=OFFERED)
        models = tuple(model.id for model in found or self._for_any_words())
        offered = Offered(query=text, text="" if found else text, models=models)
        await self._keep(evolve(draft, view=Place(page=Page.OFFER).write()), offered, person)

    async def back(self, draft: Draft, person: Person, text: str, files: Sequence[Attachment]) -> None:
        """From a card to the models that fit what is in it."""
        draft = evolve(draft, model_id=NO_MODEL, view=Place(page=Page.OFFER).write(), expecting=None)
        await self._offer(draft, person, text, files)

    async def _offer(
        self, draft: Draft, person: Person, text: str, files: Sequence[Attachment], album: str = ""
    ) -> None:
        missing = self._find_models.unavailable(text) if text else None
        models = self._fitting(text, files, missing)
        offered = Offered(
            text=text,
            files=tuple(files),
            models=tuple(model.id for model in models),
            album=album,
            missing=missing or "",
        )
        await self._keep(draft, offered, person)

    async def add_file(self, draft: Draft, person: Person, file: Attachment) -> None:
        """One more of the same album."""
        offered = Offered.read(draft.values)
        await self._keep(draft, evolve(offered, files=(*offered.files, file)), person)

    async def turn(self, draft: Draft, person: Person, number: int) -> None:
        """Another screen of the same models."""
        place = Place(page=Page.OFFER, number=number)
        await self._keep(evolve(draft, view=place.write()), Offered.read(draft.values), person)

    async def choose(self, draft: Draft, person: Person, key: str) -> Toast | None:
        """The offer becomes the card of this model, with the words and files in it. Raises StaleButton.

        Tells how many of the files have no room in it.
        """
        model, offered = self.by_key(key), Offered.read(draft.values)
        card = await self._at_once.card(draft, model, person)
        await self._cards.show(card, model, person)
        used = len(files_in(card.values))
        if used == len(offered.files):
            return None
        return Toast(person.words.plain("tg-files-left", used=used, all=len(offered.files)), alert=True)

    async def run(self, draft: Draft, person: Person, key: str) -> Toast | None:
        """The offer as it stands, by this model; its card where that can't be any more. Raises StaleButton."""
        model = self.by_key(key)
        return await self._cards.run(await self._at_once.card(draft, model, person), model, person)

    def by_key(self, key: str) -> Model:
        """The model a button means. Raises StaleButton."""
        model = model_of(key, self._catalog)
        if model is None:
            raise StaleButton
        return model

    async def _keep(self, draft: Draft, offered: Offered, person: Person) -> None:
        kept = evolve(draft, values=offered.write())
        await self._cards.keep(kept, await self._screen(kept, offered, person))

    async def _screen(self, draft: Draft, offered: Offered, person: Person) -> Screen:
        models = [model for name in offered.models if (model := self._catalog.entry(name))]
        shown, pager = screenful(models, Place.read(draft.view).number)
        is_first = pager.number == 0 and not offered.query
        at_once = await self._rows_at_once(draft, offered, models, person) if is_first else []
        rows: Rows = [*at_once, *([self._model_button(draft, model, person)] for model in shown)]
        rows.append(pager.buttons(lambda number: DraftButton(draft=draft.id, action="q", index=str(number))))
        if offered.query:
            rows.append([button(person.words.plain("tg-back"), BrowseButton())])
        hint = f"\n{person.words('tg-offer-at-once')}" if at_once else ""
        return Screen(self._question(offered, models, person.words) + hint, rows)

    async def _rows_at_once(self, draft: Draft, offered: Offered, models: Sequence[Model], person: Person) -> Rows:
        """Of the task that the words name; where they name none they have to go into the model."""
        kind = offered.files[0].kind if offered.files else None
        named = self._find_models(offered.text, takes=kind, limit=OFFERED) if offered.text else []
        meant = [model for model in models if model in named]
        return await self._at_once.rows(draft, meant or models, person, are_words_used=bool(offered.text and not meant))

    def _question(self, offered: Offered, models: Sequence[Model], words: Words) -> str:
        if offered.query:
            return words("tg-search-nothing" if offered.text else "tg-search", text=cut(offered.query, QUOTE_LIMIT))
        quoted = (
            [show(list(offered.files) if len(offered.files) > 1 else offered.files[0], words)] if offered.files else []
        )
        quoted += [cut(offered.text, QUOTE_LIMIT)] if offered.text else []
        head = "\n".join(f"<blockquote>{escape(line)}</blockquote>" for line in quoted)
        if offered.missing:
            return f"{head}\n{words('tg-offer-missing', task=words.named('tg-type', offered.missing))}"
        return f"{head}\n{words('tg-offer' if models else 'tg-offer-nothing')}"

    def _model_button(self, draft: Draft, model: Model, person: Person) -> InlineKeyboardButton:
        label = model_label(model, self._notices, person.words)
        return button(label, DraftButton(draft=draft.id, action="m", index=model_key(model.id)))

    def _fitting(self, text: str, files: Sequence[Attachment], missing: ModelType | None) -> list[Model]:
        """Words that name a task or a model choose it; other words are most likely a prompt.

        A task that no model is made for today (``missing``) may be one of these words, and may be meant.
        """
        kind = files[0].kind if files else None
        named = self._find_models(text, takes=kind, limit=OFFERED) if text else []
        if kind is None:
            near = self._find_models.neighbours(missing, limit=NEIGHBOURS) if missing else []
            return named or [*near, *self._for_any_words()]
        takers = self._find_models.for_media(kind)
        found = [*named, *(model for model in takers if model not in named)]
        if len({file.kind for file in files}) > 1:  # those that take all of them go first
            found.sort(key=lambda model: not {file.kind for file in files} <= media_of(model))
        return found[:OFFERED]

    def _for_any_words(self) -> list[Model]:
        return [model for type_, count in FOR_ANY_WORDS for model in self._find_models(type=type_, limit=count)]
