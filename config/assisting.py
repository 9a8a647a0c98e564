"""Wiring of the chat models."""

from collections.abc import Sequence
from importlib.resources import files

import aiohttp
from dependency_injector import containers, providers

from adapters.kie_http.text_model import KieTextModel, text_models
from adapters.yaml_catalog.text_models import load_recipes, load_text_models
from application.assisting.ask_text_model import AskTextModel
from application.assisting.improve_prompt import ImprovePrompt
from application.assisting.look_and_listen import LookAndListen
from application.assisting.read_with_help import ReadWithHelp
from application.billing.reserve_credits import ReserveCredits
from application.ports.attachment_source import AttachmentSource
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.limit_store import LimitStore
from application.ports.media_provider import MediaProvider
from application.ports.metrics import Metrics
from application.ports.text_call_store import TextCallStore, TextLimits
from application.ports.text_model import TextModel
from config.proxies import proxy_for
from config.settings import Settings


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


def text_limits(settings: Settings) -> TextLimits:
    """What chat models may cost in 24 hours, and what one person may spend on everything."""
    return TextLimits(all_per_day=settings.text_credits_per_day, user_per_day=settings.user_limits.credits_per_day)


class Assisting(containers.DeclarativeContainer):
    """What chat models help with, over the store and the core that come from outside."""

    settings = providers.Dependency(instance_of=Settings)
    models: providers.Provider[Sequence[TextModel]] = providers.Dependency()
    calls: providers.Provider[TextCallStore] = providers.Dependency()
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()
    metrics: providers.Provider[Metrics] = providers.Dependency()
    personal_limits: providers.Provider[LimitStore] = providers.Dependency()
    attachments: providers.Provider[AttachmentSource] = providers.Dependency()
    media_provider: providers.Provider[MediaProvider] = providers.Dependency()
    reserve_credits: providers.Provider[ReserveCredits | None] = providers.Dependency()

    ask_text_model = providers.Singleton(
        AskTextModel,
        models=models,
        calls=calls,
        clock=clock,
        ids=ids,
        metrics=metrics,
        limits=providers.Callable(text_limits, settings),
        personal_limits=personal_limits,
        reserve=reserve_credits,
        prices=settings.provided.billing.sold_at,
    )
    improve_prompt = providers.Singleton(
        ImprovePrompt,
        ask=ask_text_model,
        recipes=providers.Callable(load_recipes, files("config") / "prompt_recipes.yaml"),
    )
    look_and_listen = providers.Singleton(
        LookAndListen, ask=ask_text_model, attachments=attachments, provider=media_provider
    )
    read_with_help = providers.Singleton(ReadWithHelp, ask=ask_text_model, is_on=settings.provided.asks_for_help)
