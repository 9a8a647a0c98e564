"""The object graph of the studio and the Mini App."""

import aiogram
from dependency_injector import containers, providers

from adapters.ops_http.listener import descriptors_to_spare
from adapters.postgres_store import Database, PostgresGallery, PostgresSessionStore
from adapters.postgres_store.reference_store import PostgresReferenceStore
from adapters.telegram.api.errors import TELEGRAM_FAULTS
from adapters.telegram.bot.deep_links import Target, link_to
from adapters.web import LocalLink, Services, SiteOptions
from adapters.web.services import BuyLink
from application.drafts.open_draft import OpenDraft
from application.drafts.open_preset import OpenPreset
from application.drafts.save_preset import SavePreset
from application.drafts.use_presets import UsePresets
from application.generating.watch_generations import WatchGenerations
from application.operating.create_api_key import CreateApiKey
from application.operating.revoke_api_key import RevokeApiKey
from application.operating.use_api_keys import UseApiKeys
from application.operating.web_sessions import WebSessions
from application.ports.api_key_store import ApiKeyStore
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.gallery import Gallery
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.preset_store import PresetStore
from application.ports.reference_store import ReferenceStore
from application.ports.session_store import SessionStore
from application.ports.texts import Texts
from application.preferences.read_preferences import ReadPreferences
from application.results.adopt_files import AdoptFiles
from application.results.media_usage import MediaUsage
from application.results.next_steps import NextSteps
from application.results.send_to_chat import SendToChat
from application.results.use_gallery import UseGallery
from application.results.use_references import UseReferences
from config.settings import Settings


def site_options(settings: Settings) -> SiteOptions:
    """How the pages are reached, and what they check Telegram's signatures with."""
    link = settings.studio_link
    return SiteOptions(
        bot_token=settings.telegram_bot_token or "",
        streams_at_most=descriptors_to_spare() // 2,
        is_secure=bool(settings.public_url and settings.public_url.startswith("https://")),
        local_links={} if link is None else {link[0]: LocalLink(token=link[0], user=link[1], name=link[2])},
    )


def buy_link(bot: aiogram.Bot, *, is_on: bool) -> BuyLink:
    """Return what gives the address of the packages in the chat."""

    async def read() -> str | None:
        try:
            return await link_to(bot, Target.BUY, "") if is_on else None
        except TELEGRAM_FAULTS:  # the bot's name is not known yet: the pages do without the door
            return None

    return read


class Web(containers.DeclarativeContainer):
    """Sessions, gallery and the other use cases of pages, beside those that all front ends share."""

    settings = providers.Dependency(instance_of=Settings)
    database = providers.Dependency(instance_of=Database)
    core = providers.DependenciesContainer()
    product = providers.DependenciesContainer()
    operation = providers.DependenciesContainer()
    assisting = providers.DependenciesContainer()
    media = providers.DependenciesContainer()
    billing = providers.DependenciesContainer()
    api_keys: providers.Provider[ApiKeyStore] = providers.Dependency()
    telegram: providers.Provider[aiogram.Bot] = providers.Dependency()
    buy_link = providers.Callable(buy_link, telegram, is_on=settings.provided.billing.is_on)
    watch_generations: providers.Provider[WatchGenerations] = providers.Dependency()
    catalog: providers.Provider[ModelCatalog] = providers.Dependency()
    next_steps: providers.Provider[NextSteps] = providers.Dependency()
    texts: providers.Provider[Texts] = providers.Dependency()
    generations: providers.Provider[GenerationStore] = providers.Dependency()
    drafts: providers.Provider[DraftStore] = providers.Dependency()
    preferences: providers.Provider[PreferenceStore] = providers.Dependency()
    presets: providers.Provider[PresetStore] = providers.Dependency()
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()

    bot_id = settings.provided.bot_id
    session_store: providers.Provider[SessionStore] = providers.Singleton(PostgresSessionStore, database, bot_id, clock)
    reference_store: providers.Provider[ReferenceStore] = providers.Singleton(PostgresReferenceStore, database, bot_id)
    gallery: providers.Provider[Gallery] = providers.Singleton(PostgresGallery, database, bot_id)
    sessions = providers.Singleton(WebSessions, store=session_store, ids=ids, clock=clock)
    use_gallery = providers.Singleton(
        UseGallery, gallery=gallery, generations=generations, media=media.index, ids=ids, clock=clock
    )
    use_presets = providers.Singleton(
        UsePresets,
        store=presets,
        save=providers.Singleton(SavePreset, store=presets, ids=ids, clock=clock),
        open=providers.Singleton(OpenPreset, catalog, core.validate_input),
        start=product.start_draft,
    )
    services = providers.Singleton(
        Services,
        texts=texts,
        clock=clock,
        catalog=catalog,
        media_store=media.store,
        sessions=sessions,
        api_keys=providers.Singleton(
            UseApiKeys,
            keys=api_keys,
            create=providers.Singleton(CreateApiKey, keys=api_keys, ids=ids, clock=clock, audit=operation.audit),
            revoke=providers.Singleton(RevokeApiKey, keys=api_keys, clock=clock, audit=operation.audit),
        ),
        authorize=operation.meet_person,
        read_preferences=providers.Singleton(ReadPreferences, preferences),
        change_preferences=product.change_preferences,
        find_models=core.find_models,
        browse_models=product.browse_models,
        describe_model=product.describe_model,
        offer_models=product.offer_models,
        list_offer=product.list_offer,
        templates=product.use_templates,
        start_draft=product.start_draft,
        open_draft=providers.Singleton(OpenDraft, drafts),
        edit_draft=product.edit_draft,
        adopt_files=providers.Singleton(
            AdoptFiles, attachments=core.attachments, keep=media.keep_upload, edit=product.edit_draft
        ),
        quote_draft=product.quote_draft,
        run_draft=product.run_draft,
        presets=use_presets,
        repeat=product.repeat_generation,
        cancel=core.cancel_generation,
        stop_waiting=core.stop_waiting,
        watch=watch_generations,
        gallery=use_gallery,
        next_steps=next_steps,
        keep_upload=media.keep_upload,
        open_media=media.open_media,
        media_usage=providers.Singleton(MediaUsage, media.index, settings.provided.media_quota_bytes),
        open_result=core.open_result,
        overview=operation.read_overview,
        spending=operation.read_spending,
        pause_model=operation.pause_model,
        resume_model=operation.resume_model,
        read_account=billing.read_account,
        read_books=billing.read_books,
        refund=billing.refund,
        is_selling=settings.provided.billing.is_on,
        buy_link=buy_link,
        allowance=operation.read_allowance,
        export_person=operation.export_person,
        forget_myself=operation.forget_myself,
        limits=operation.limit_person,
        block=operation.block,
        unblock=operation.unblock,
        notices=operation.notices,
        people=operation.read_people,
        course=operation.read_course,
        find_generation=operation.find_generation,
        quote_price=core.quote_price,
        run_several=product.run_several,
        references=providers.Singleton(
            UseReferences,
            store=reference_store,
            open=media.open_media,
            media=media.store,
            provider=core.media_provider,
            characters=core.media_provider,
            ids=ids,
            clock=clock,
        ),
        improve_prompt=assisting.improve_prompt,
        send_to_chat=providers.Singleton(SendToChat, messenger=core.messenger, open_result=core.open_result),
    )
