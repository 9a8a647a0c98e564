"""The doors for programs: the HTTP API, MCP, keys and webhooks."""

from dependency_injector import providers

from adapters.api_http import ApiServices
from adapters.api_http.services import ReadBalance
from application.billing.free_credits import GiveFreeCredits
from application.operating.authenticate_api_key import AuthenticateApiKey
from application.operating.change_webhook import ChangeWebhook
from application.operating.create_api_key import CreateApiKey
from application.operating.revoke_api_key import RevokeApiKey
from application.operating.send_webhooks import SendWebhooks
from application.operating.use_api_keys import UseApiKeys
from application.ports.api_key_store import ApiKeyStore
from application.ports.ledger import Ledger
from application.ports.webhook_outbox import WebhookOutbox
from application.ports.webhook_sender import WebhookSender
from config.slices.people import People
from config.slices.ports import Ports
from config.slices.wishes import Wishes
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


class Programs(Wishes, People):
    """Use cases and services of programs."""

    api_keys: providers.Provider[ApiKeyStore] = providers.Dependency()
    outbox: providers.Provider[WebhookOutbox] = providers.Dependency()
    webhook_sender: providers.Provider[WebhookSender] = providers.Dependency()

    create_api_key = providers.Singleton(
        CreateApiKey, keys=api_keys, ids=Ports.ids, clock=Ports.clock, audit=Ports.audit
    )
    revoke_api_key = providers.Singleton(RevokeApiKey, keys=api_keys, clock=Ports.clock, audit=Ports.audit)
    use_api_keys = providers.Singleton(UseApiKeys, keys=api_keys, create=create_api_key, revoke=revoke_api_key)
    send_webhooks = providers.Singleton(
        SendWebhooks,
        outbox=outbox,
        keys=api_keys,
        sender=webhook_sender,
        clock=Ports.clock,
        metrics=Ports.metrics,
    )
    api_services = providers.Singleton(
        ApiServices,
        texts=Ports.texts,
        clock=Ports.clock,
        ids=Ports.ids,
        catalog=Ports.catalog,
        generations=Ports.generations,
        presets=Wishes.presets,
        media_index=Ports.media_index,
        media_store=Ports.media_store,
        authenticate=providers.Singleton(AuthenticateApiKey, api_keys, People.authorize_user),
        change_webhook=providers.Singleton(ChangeWebhook, api_keys),
        find_models=Wishes.find_models,
        describe_model=Wishes.describe_model,
        quote=Wishes.quote_input,
        measure_files=Wishes.measure_files,
        person_price=Wishes.person_price,
        list_offer=Wishes.list_offer,
        read_preferences=Wishes.read_preferences,
        run=Wishes.run_within_budget,
        cancel=Wishes.cancel_generation,
        watch=Wishes.watch_generations,
        save_preset=Wishes.save_preset,
        receive_upload=Wishes.receive_upload,
        open_media=Wishes.open_media,
        read_balance=providers.Callable(
            balance_of, People.ledger, People.give_free_credits, is_on=People.billing.is_on
        ),
        allowance=People.read_allowance,
    )
