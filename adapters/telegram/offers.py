"""What can be done with a person's words and files: models as buttons."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from aiogram.types import InlineKeyboardButton
from attrs import evolve, frozen

from adapters.telegram.buttons import BrowseButton, DraftButton, Rows, button, model_key
from adapters.telegram.card.arrivals import joined, noted
from adapters.telegram.card.cards import Cards
from adapters.telegram.card.form import files_in, with_file, with_text
from adapters.telegram.card.place import Page, Place, StaleButton
from adapters.telegram.card.values import show
from adapters.telegram.guard import Toast
from adapters.telegram.markup import cut, escape
from adapters.telegram.model_label import model_label
from adapters.telegram.paging import screenful
from adapters.telegram.person import Person
from adapters.telegram.screens import Screen
from adapters.telegram.words import Words
from application.model_notices import ModelNotices
from application.ports.model_catalog import ModelCatalog
from application.use_cases.find_models import FindModels
from domain.draft import Draft
from domain.generation import Destination
from domain.media import Attachment
from domain.model import Model, ModelId, ModelType

NO_MODEL: Final = ModelId("")
"""The model of a draft whose person has yet to choose one."""
OFFERED: Final = 40
NEIGHBOURS: Final = 4
QUOTE_LIMIT: Final = 300
RUN_AT_ONCE: Final = 3
"""How many models may be run right from an offer."""
FOR_ANY_WORDS: Final = (
    (ModelType.TEXT_TO_IMAGE, 4),
    (ModelType.TEXT_TO_VIDEO, 2),
    (ModelType.TEXT_TO_SPEECH, 1),
    (ModelType.TEXT_TO_AUDIO, 1),
)
"""What most people want of words that name no task: how many models of which type, in this order."""


@frozen(kw_only=True)
class Offered:
    """The values of a draft without a model. ``album``: which album the files came in.

    ``missing`` is the task that the words name and no model does today.
    ``query`` is what was searched for in the lists: it chose the models and is no prompt.
    """

    text: str = ""
    query: str = ""
    files: tuple[Attachment, ...] = ()
    models: tuple[str, ...] = ()
    album: str = ""
    missing: str = ""

    @classmethod
    def read(cls, values: Mapping[str, object]) -> "Offered":
        """Of ``write``, after a way through the store."""
        files, models = values.get("files"), values.get("models")
        return cls(
            text=str(values.get("text", "")),
            query=str(values.get("query", "")),
            files=tuple(file for file in files if isinstance(file, Attachment)) if isinstance(files, list) else (),
            models=tuple(map(str, models)) if isinstance(models, list) else (),
            album=str(values.get("album", "")),
            missing=str(values.get("missing", "")),
        )

    def write(self) -> Mapping[str, object]:
        """For ``Draft.values``."""
        return {
            "text": self.text,
            "query": self.query,
            "files": list(self.files),
            "models": list(self.models),
            "album": self.album,
            "missing": self.missing,
        }


@frozen(kw_only=True)
class Offers:
    """Finds the models for a wish, shows them, and turns the chosen one into a card."""

    _cards: Cards
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
        self, person: Person, destination: Destination, files: Sequence[Attachment], models: Sequence[Model]
    ) -> None:
        """Show these models for the files; the card at once where there is but one."""
        draft = evolve(self._cards.new_draft(person, destination, NO_MODEL), view=Place(page=Page.OFFER).write())
        names = tuple(model.id for model in models[:OFFERED])
        draft = evolve(draft, values=Offered(files=tuple(files), models=names).write())
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
        """The models that the text names, in place of the lists."""
        models = self._find_models(text, limit=OFFERED)
        offered = Offered(query=text, models=tuple(model.id for model in models))
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
        card = await self._card(draft, offered, model, person)
        await self._cards.show(card, model, person)
        used = len(files_in(card.values))
        if used == len(offered.files):
            return None
        return Toast(person.words.plain("tg-files-left", used=used, all=len(offered.files)), alert=True)

    async def run(self, draft: Draft, person: Person, key: str) -> Toast | None:
        """The offer as it stands, by this model; its card where that can't be any more. Raises StaleButton."""
        model = self.by_key(key)
        return await self._cards.run(await self._card(draft, Offered.read(draft.values), model, person), model, person)

    def by_key(self, key: str) -> Model:
        """The model a button means. Raises StaleButton."""
        for model in self._catalog.models():
            if model_key(model.id) == key:
                return model
        raise StaleButton

    async def _keep(self, draft: Draft, offered: Offered, person: Person) -> None:
        kept = evolve(draft, values=offered.write())
        await self._cards.keep(kept, await self._screen(kept, offered, person))

    async def _card(self, draft: Draft, offered: Offered, model: Model, person: Person) -> Draft:
        card = evolve(draft, model_id=model.id, values={}, view=Place().write(), expecting=None)
        return await self._cards.begun(fill(card, model, offered.text, offered.files), model, person)

    async def _screen(self, draft: Draft, offered: Offered, person: Person) -> Screen:
        models = [model for name in offered.models if (model := self._catalog.entry(name))]
        shown, pager = screenful(models, Place.read(draft.view).number)
        is_first = pager.number == 0 and not offered.query
        at_once = await self._run_rows(draft, offered, models, person) if is_first else []
        rows: Rows = [*at_once, *([self._model_button(draft, model, person)] for model in shown)]
        rows.append(pager.buttons(lambda number: DraftButton(draft=draft.id, action="q", index=str(number))))
        if offered.query:
            rows.append([button(person.words.plain("tg-back"), BrowseButton())])
        hint = f"\n{person.words('tg-offer-at-once')}" if at_once else ""
        return Screen(self._question(offered, models, person.words) + hint, rows)

    async def _run_rows(self, draft: Draft, offered: Offered, models: Sequence[Model], person: Person) -> Rows:
        """The best model of each task that needs nothing but what is there, and that nobody would be asked about again."""
        found: dict[ModelType, InlineKeyboardButton] = {}
        for model in models:
            if model.type in found or len(found) == RUN_AT_ONCE:
                continue
            card = await self._card(draft, offered, model, person)
            price = self._cards.price_at_once(card, model)
            if price and len(files_in(card.values)) == len(offered.files):
                name = model_label(model, self._notices)
                label = person.words.plain("tg-offer-run", model=name, credits=price.credits)
                found[model.type] = button(label, DraftButton(draft=draft.id, action="g", index=model_key(model.id)))
        return [[each] for each in found.values()]

    def _question(self, offered: Offered, models: Sequence[Model], words: Words) -> str:
        if offered.query:
            return words("tg-search" if models else "tg-search-nothing", text=cut(offered.query, QUOTE_LIMIT))
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
        takers = self._find_models.for_media(kind, limit=OFFERED)
        return [*named, *(model for model in takers if model not in named)][:OFFERED]

    def _for_any_words(self) -> list[Model]:
        return [model for type_, count in FOR_ANY_WORDS for model in self._find_models(type=type_, limit=count)]


def fill(draft: Draft, model: Model, text: str, files: Sequence[Attachment]) -> Draft:
    """The draft with the words and as many of the files as the model takes, the first ones first."""
    for file in files:
        values = with_file(model, draft, file, replace=False)
        draft = draft if values is None else evolve(draft, values=values)
    words = with_text(model, draft, text) if text else None
    return draft if words is None else evolve(draft, values=words)
