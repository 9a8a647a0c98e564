"""The object graph of the doors for programs: the HTTP API, MCP, keys and webhooks."""

import aiohttp
from dependency_injector import containers, providers

from adapters.api_http import ApiServices, HttpWebhookSender
from adapters.api_http.services import ReadBalance
from adapters.postgres_store import Database
from adapters.postgres_store.api_key_store import PostgresApiKeyStore
from application.billing.free_credits import GiveFreeCredits
from application.drafts.run_within_budget import RunWithinBudget
from application.drafts.save_preset import SavePreset
from application.generating.watch_generations import WatchGenerations
from application.operating.authenticate_api_key import AuthenticateApiKey
from application.operating.change_webhook import ChangeWebhook
from application.operating.send_webhooks import SendWebhooks
from application.ports.access_store import AccessStore
from application.ports.api_key_store import ApiKeyStore
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.ledger import Ledger
from application.ports.metrics import Metrics
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.preset_store import PresetStore
from application.ports.texts import Texts
from application.ports.webhook_outbox import WebhookOutbox
from application.preferences.read_preferences import ReadPreferences
from domain.generation import UserId
from domain.reservation import credits_of


def balance_of(ledger: Ledger, give_free_credits: GiveFreeCredits, *, is_on: bool) -> ReadBalance:
    """Return what reads a person's balance in credits, with what they are given for nothing; None where people pay nothing."""

    async def read(user: UserId) -> float | None:
        if not is_on:
            return None
        await give_free_credits(user)
        return float(credits_of((await ledger.balance(user)).units))

    return read


class Programs(containers.DeclarativeContainer):
    """Use cases and adapters for programs, over ports and the core that come from outside."""

    database = providers.Dependency(instance_of=Database)
    bot_id = providers.Dependency(instance_of=str)
    result_session = providers.Dependency(instance_of=aiohttp.ClientSession)
    core = providers.DependenciesContainer()
    product = providers.DependenciesContainer()
    operation = providers.DependenciesContainer()
    media = providers.DependenciesContainer()
    catalog: providers.Provider[ModelCatalog] = providers.Dependency()
    generations: providers.Provider[GenerationStore] = providers.Dependency()
    presets: providers.Provider[PresetStore] = providers.Dependency()
    access: providers.Provider[AccessStore] = providers.Dependency()
    preferences: providers.Provider[PreferenceStore] = providers.Dependency()
    watch: providers.Provider[WatchGenerations] = providers.Dependency()
    texts: providers.Provider[Texts] = providers.Dependency()
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()
    outbox: providers.Provider[WebhookOutbox] = providers.Dependency()
    metrics: providers.Provider[Metrics] = providers.Dependency()
    ledger: providers.Provider[Ledger] = providers.Dependency()
    is_billing_on = providers.Dependency(instance_of=bool)
    give_free_credits: providers.Provider[GiveFreeCredits] = providers.Dependency()
    read_balance = providers.Callable(balance_of, ledger, give_free_credits, is_on=is_billing_on)

    keys: providers.Provider[ApiKeyStore] = providers.Singleton(PostgresApiKeyStore, database, bot_id)
    authenticate = providers.Singleton(AuthenticateApiKey, keys, access)
    send_webhooks = providers.Singleton(
        SendWebhooks,
        outbox=outbox,
        keys=keys,
        sender=providers.Singleton(HttpWebhookSender, result_session, clock),
        clock=clock,
        metrics=metrics,
    )
    services = providers.Singleton(
        ApiServices,
        texts=texts,
        clock=clock,
        ids=ids,
        catalog=catalog,
        generations=generations,
        presets=presets,
        media_index=media.index,
        media_store=media.store,
        authenticate=authenticate,
        change_webhook=providers.Singleton(ChangeWebhook, keys),
        find_models=core.find_models,
        describe_model=product.describe_model,
        quote_draft=product.quote_draft,
        list_offer=product.list_offer,
        read_preferences=providers.Singleton(ReadPreferences, preferences),
        run=providers.Singleton(
            RunWithinBudget,
            catalog=catalog,
            generations=generations,
            validate=core.validate_input,
            quote=product.quote_draft,
            run=product.run_draft,
        ),
        cancel=core.cancel_generation,
        watch=watch,
        save_preset=providers.Singleton(SavePreset, store=presets, ids=ids, clock=clock),
        keep_upload=media.keep_upload,
        open_media=media.open_media,
        read_balance=read_balance,
        allowance=operation.read_allowance,
    )
