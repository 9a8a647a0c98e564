"""What a person does with presets."""

from aiogram import Bot
from attrs import evolve, frozen

from adapters.telegram.api.screens import Screens
from adapters.telegram.bot.card.card_service import CardService
from adapters.telegram.bot.card.card_session import CardPageKind, CardSession
from adapters.telegram.bot.card.values import parameter_name
from adapters.telegram.bot.card.view import summary
from adapters.telegram.bot.deep_links import Target, link_to
from adapters.telegram.bot.library.preset_view import PresetView
from adapters.telegram.bot.person import Person
from adapters.telegram.bot.words import Words
from application.drafts.delete_preset import DeletePreset
from application.drafts.open_preset import OpenedPreset, OpenPreset
from application.drafts.quote_draft import QuoteDraft
from application.drafts.rename_preset import RenamePreset
from application.drafts.save_preset import SavePreset
from application.drafts.share_preset import SharePreset
from application.drafts.unshare_preset import UnsharePreset
from application.errors import LimitReached, ModelGone, PresetNameTaken, PresetNotFound
from application.ports.model_catalog import ModelCatalog
from application.ports.preset_store import PresetStore
from domain.errors import InvalidPresetName
from domain.generation import Destination
from domain.model import Model, ModelId, model_key
from domain.preset import PRESET_NAME_LIMIT, Preset, PresetId, PresetLink
from domain.price import PriceQuote


@frozen(kw_only=True)
class Presets:
    """Keeping, opening, naming, sharing and deleting. Raises ``PresetNotFound`` for what is gone or someone else's."""

    _bot: Bot
    _cards: CardService
    _screens: Screens
    _catalog: ModelCatalog
    _store: PresetStore
    _quote: QuoteDraft
    _save: SavePreset
    _share: SharePreset
    _open: OpenPreset
    _rename: RenamePreset
    _unshare: UnsharePreset
    _delete: DeletePreset

    async def own(self, preset_id: str, person: Person) -> Preset:
        """The person's preset of this id."""
        preset = await self._store.get(PresetId(preset_id))
        if preset is None or preset.owner != person.user:
            raise PresetNotFound(preset_id)
        return preset

    async def shared(self, link: str) -> Preset | None:
        """Someone's preset behind a link; None where it leads nowhere (any more)."""
        return await self._store.by_link(PresetLink(link))

    async def show_list(
        self,
        person: Person,
        destination: Destination,
        number: int = 0,
        *,
        managing: bool = False,
        message: str | None = None,
    ) -> None:
        """A page of what the person keeps."""
        presets = await self._store.of_owner(person.user)
        prices = {preset.id: price for preset in presets if (price := self._price(preset))}
        screen = PresetView(person).index(presets, number, managing=managing, prices=prices)
        await self._screens.show(destination, screen, message=message)

    async def open_card(self, preset: Preset, person: Person, destination: Destination) -> str | None:
        """A card with what the preset holds. Gives a plain sentence about what its model does not take any more.

        Raises:
            ModelGone: the registry has no such model.
        """
        opened = self._open(preset)
        await self._cards.open(person, destination, opened.model, opened.values)
        return self._said_of_dropped(opened, person.words)

    async def show(self, preset: Preset, person: Person, destination: Destination, message: str | None = None) -> None:
        """What it holds, and what can be done with it; in a new message where none is given."""
        address = await link_to(self._bot, Target.PRESET, preset.link) if preset.link else None
        screen = PresetView(person).one(preset, self._about(preset, person), address, self._price(preset))
        await self._screens.show(destination, screen, message=message)

    async def share(self, preset: Preset, person: Person) -> Preset:
        """With a link from now on."""
        return await self._share(preset.id, person.user)

    async def unshare(self, preset: Preset, person: Person) -> Preset:
        """The link is dead for good."""
        return await self._unshare(preset.id, person.user)

    async def ask_deletion(self, preset: Preset, person: Person, destination: Destination, message: str | None) -> None:
        """Once, before it is gone."""
        await self._screens.show(destination, PresetView(person).deletion(preset), message=message)

    async def delete(self, preset: Preset, person: Person) -> None:
        """For good."""
        await self._delete(preset.id, person.user)

    async def ask_name(self, preset: Preset, person: Person, destination: Destination, message: str | None) -> None:
        """The next message is the preset's new name."""
        session = self._cards.new_session(person, destination, CardPageKind.RENAME)
        await self._cards.keep(
            evolve(session, subject=preset.id, message=message), PresetView(person).name_question(preset)
        )

    async def rename(self, session: CardSession, person: Person, text: str) -> None:
        """The answer to ``ask_name``."""
        preset = await self.own(session.subject, person)
        try:
            renamed = await self._rename(preset.id, person.user, text)
        except (InvalidPresetName, PresetNameTaken) as error:
            await self._cards.keep(session, PresetView(person).name_question(preset, _fault(error, person.words)))
            return
        await self._cards.let_go(session)
        await self.show(renamed, person, session.destination, session.message)

    async def ask_to_keep(self, session: CardSession, model: Model, person: Person, fault: str | None = None) -> None:
        """On a card: the next message is the name to keep it under."""
        address = await link_to(self._bot, Target.MODEL, model_key(model.id))
        asking = session.at(CardPageKind.KEEP)
        await self._cards.keep(asking, PresetView(person).keep_question(asking, model, address, fault))

    async def keep(self, session: CardSession, person: Person, text: str) -> None:
        """The answer to ``ask_to_keep``. Raises ModelGone."""
        name = session.draft.model_id if session.draft else ModelId("")
        model = self._catalog.entry(name)
        if model is None:
            raise ModelGone(name)
        try:
            preset = await self._save(person.user, text, model.id, session.values)
        except (InvalidPresetName, PresetNameTaken, LimitReached) as error:
            await self.ask_to_keep(session, model, person, _fault(error, person.words))
            return
        kept = session.at(CardPageKind.MAIN)
        await self._cards.keep(kept, PresetView(person).kept(kept, preset))

    def _price(self, preset: Preset) -> PriceQuote | None:
        """What it costs, also while something is missing; None where its model is gone or refuses it."""
        model = self._catalog.find(preset.model_id)
        return self._quote(model, preset.values).price_now if model else None

    def _about(self, preset: Preset, person: Person) -> str:
        model = self._catalog.find(preset.model_id)
        if model is None:
            return person.words("tg-model-gone")
        return summary(model, preset.values, person).text

    def _said_of_dropped(self, opened: OpenedPreset, words: Words) -> str | None:
        if not opened.dropped:
            return None
        parameters = opened.model.parameters
        names = [parameter_name(parameters[name], words) if name in parameters else name for name in opened.dropped]
        return words.plain("tg-preset-dropped", names=names)


def _fault(error: InvalidPresetName | PresetNameTaken | LimitReached, words: Words) -> str:
    if isinstance(error, InvalidPresetName):
        return words.plain("tg-preset-name-invalid", limit=PRESET_NAME_LIMIT)
    return words.error(error)
