"""All adapters of one bot: what it is built on outside of the rings."""

from collections.abc import Sequence
from importlib.resources import files
from typing import Final

import aiogram
import aiohttp
from dependency_injector import providers

from adapters.api_http import ApiMessenger, HttpWebhookSender
from adapters.fluent_texts import OwnTexts, load_texts
from adapters.kie_http.price_feed import KieHttpPriceFeed
from adapters.kie_http.text_model import KieTextModel, text_models
from adapters.postgres_lock import PostgresLeaderLock, PostgresLocks
from adapters.telegram.api.attachments import TelegramAttachments
from adapters.telegram.api.errors import TELEGRAM_FAULTS
from adapters.telegram.api.screens import Sender
from adapters.telegram.api.stars_gateway import StarsGateway
from adapters.telegram.bot.announcer import TelegramAnnouncer
from adapters.telegram.bot.deep_links import Target, link_to
from adapters.telegram.bot.results.messenger import TelegramMessenger
from adapters.web import WebMessenger
from adapters.web.services import BuyLink
from adapters.yaml_catalog.text_models import load_text_models
from application.generating.front_ends import AttachmentRouter, MessengerRouter
from application.ports.texts import Texts
from application.results.kept_attachments import KeptAttachments
from config.observing import watched, watched_each
from config.proxies import proxy_for
from config.settings import Settings
from config.slices.telegram_cards import studio_links
from config.stores import Stores
from domain.leadership import NORMAL_TIMING, SLOW_TIMING, LeaseTiming

SLOW_CPUS: Final = 0.5


def lease_timing(cpus: float | None) -> LeaseTiming:
    """The lock's durations: on half a CPU or less an event loop is throttled for longer than a normal lease allows."""
    return SLOW_TIMING if cpus is not None and cpus <= SLOW_CPUS else NORMAL_TIMING


def texts_of(settings: Settings, texts: Texts) -> Texts:
    """The texts, with what the operator says in their own words."""
    return OwnTexts(texts, {"tg-start": settings.welcome}) if settings.welcome else texts


def chat_models(settings: Settings, session: aiohttp.ClientSession) -> Sequence[KieTextModel]:
    """Those that the settings name, in their order; none without a key."""
    if not settings.kie_api_key:
        return []
    return text_models(
        settings.text_models,
        load_text_models(files("config") / "text_models.yaml"),
        session=session,
        api_key=settings.kie_api_key,
        api_base=settings.kie_api_base,
        proxy_for=proxy_for,
    )


def buy_link(bot: aiogram.Bot, *, is_on: bool) -> BuyLink:
    """Return what gives the address of the packages in the chat."""

    async def read() -> str | None:
        try:
            return await link_to(bot, Target.BUY, "") if is_on else None
        except TELEGRAM_FAULTS:  # the bot's name is not known yet: the pages do without the door
            return None

    return read


class Adapters(Stores):
    """The stores, the provider, Telegram and the lock. What is open already comes in from outside."""

    telegram = providers.Dependency(instance_of=aiogram.Bot)
    dsn = providers.Dependency(instance_of=str)
    holder = providers.Dependency(instance_of=str)

    common_texts: providers.Provider[Texts] = providers.Singleton(load_texts)
    texts = providers.Singleton(texts_of, Stores.settings, common_texts)

    media_provider = watched("MediaProvider", Stores.own_provider, Stores.watch)
    fetcher = watched("ResultFetcher", Stores.own_fetcher, Stores.watch)
    text_models = watched_each(
        "TextModel", providers.Singleton(chat_models, Stores.settings, Stores.session), Stores.watch
    )
    price_feed = providers.Singleton(
        KieHttpPriceFeed,
        session=Stores.session,
        base=Stores.settings.provided.kie_api_base,
        clock=Stores.clock,
    )

    telegram_messenger = providers.Singleton(
        TelegramMessenger,
        telegram,
        catalog=Stores.catalog,
        next_steps=Stores.next_steps,
        texts=texts,
        preferences=Stores.preferences,
        sessions=Stores.chat_sessions,
        clock=Stores.clock,
        studio=providers.Callable(studio_links, Stores.settings),
    )
    albums = providers.Dict(telegram=telegram_messenger)
    messenger = watched(
        "Messenger",
        providers.Singleton(
            MessengerRouter,
            messengers=providers.Dict(
                telegram=telegram_messenger,
                web=providers.Singleton(WebMessenger),
                api=providers.Singleton(ApiMessenger, Stores.outbox, Stores.clock),
            ),
        ),
        Stores.watch,
    )
    attachments = watched(
        "AttachmentSource",
        providers.Singleton(
            AttachmentRouter,
            sources=providers.Dict(
                telegram=providers.Singleton(TelegramAttachments, telegram),
                media=providers.Singleton(KeptAttachments, Stores.media_store, Stores.media_index),
            ),
        ),
        Stores.watch,
    )
    announcer = watched(
        "Announcer",
        providers.Singleton(TelegramAnnouncer, telegram, catalog=Stores.catalog, texts=texts),
        Stores.watch,
    )
    gateway = watched(
        "PaymentGateway",
        providers.Singleton(StarsGateway, telegram, providers.Singleton(Sender, telegram)),
        Stores.watch,
    )
    buy_link = providers.Callable(buy_link, telegram, is_on=Stores.settings.provided.billing.is_on)
    webhook_sender = providers.Singleton(HttpWebhookSender, Stores.result_session, Stores.clock)

    locks = providers.Singleton(
        PostgresLocks,
        dsn,
        holder=holder,
        clock=Stores.clock,
        timing=providers.Callable(lease_timing, Stores.settings.provided.cpus),
    )
    lock = providers.Singleton(PostgresLeaderLock, locks, Stores.bot_id)
