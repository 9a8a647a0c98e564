"""The adapters that every command with a network has: the registry, the provider, the machine's time."""

import aiohttp
from dependency_injector import containers, providers

from adapters.kie_http import KieHttpProvider
from adapters.media_files import LocalMediaFiles
from adapters.result_http import HttpResultFetcher, Proxied
from adapters.system.machine import SystemClock, SystemIds
from application.generating.renewed_links import RenewedLinks
from application.operating.clock_watch import ClockWatch
from application.ports.clock import Clock
from application.ports.ids import Ids
from application.ports.media_files import MediaFiles
from application.ports.media_provider import MediaProvider
from application.ports.model_catalog import ModelCatalog
from application.ports.result_fetcher import ResultFetcher
from application.results.follow_ups import NextSteps
from config.packaged import packaged_catalog, packaged_vocabulary
from config.proxies import proxy_for
from config.sessions import judge_of_addresses
from config.settings import Settings
from domain.vocabulary import Vocabulary


class Machine(containers.DeclarativeContainer):
    """Opens nothing: what is open already comes in from outside."""

    settings = providers.Dependency(instance_of=Settings)
    session = providers.Dependency(instance_of=aiohttp.ClientSession)
    result_session = providers.Dependency(instance_of=aiohttp.ClientSession)

    clock: providers.Provider[Clock] = providers.Singleton(SystemClock)
    clocks = providers.Singleton(ClockWatch)
    ids: providers.Provider[Ids] = providers.Singleton(SystemIds)
    catalog: providers.Provider[ModelCatalog] = providers.Callable(packaged_catalog)
    vocabulary: providers.Provider[Vocabulary] = providers.Callable(packaged_vocabulary)
    next_steps = providers.Singleton(NextSteps, catalog=catalog, vocabulary=vocabulary)
    provider_with: providers.Provider[MediaProvider] = providers.Factory(
        KieHttpProvider,
        session,
        api_base=settings.provided.kie_api_base,
        upload_base=settings.provided.kie_upload_base,
        clock=clock,
        clocks=clocks,
        proxy_for=providers.Object(proxy_for),
    )
    """Given an ``api_key``: an account at the provider."""
    own_provider: providers.Provider[MediaProvider] = providers.Singleton(
        provider_with, api_key=settings.provided.kie_api_key
    )
    own_fetcher: providers.Provider[ResultFetcher] = providers.Singleton(
        RenewedLinks,
        providers.Singleton(
            HttpResultFetcher,
            result_session,
            proxied=providers.Factory(
                Proxied,
                session=session,
                proxy_for=providers.Object(proxy_for),
                may_connect=providers.Callable(judge_of_addresses, settings),
            ),
        ),
        own_provider,
    )
    media_files: providers.Provider[MediaFiles] = providers.Singleton(LocalMediaFiles)
