"""Generations as people and programs meet them: asking for one, stopping it, watching it, having its result."""

from dependency_injector import providers

from application.drafts.measure_files import MeasureFiles
from application.drafts.quote_draft import QuoteDraft, QuoteInput
from application.drafts.run_draft import RunDraft
from application.generating.cancel_generation import CancelGeneration
from application.generating.cancel_newest import CancelNewest
from application.generating.carried_here import CarriedHere, HandedOver
from application.generating.earlier_ids import EarlierIds
from application.generating.handle_callback import HandleCallback
from application.generating.request_generation import RequestGeneration
from application.generating.stop_waiting import StopWaiting
from application.generating.watch_generations import WatchGenerations
from application.operating.read_credits import ReadCredits
from application.ports.progress_store import ProgressStore
from application.results.note_sent_again import NoteSentAgain
from application.results.send_to_chat import SendToChat
from config.accounts import account_of
from config.slices.billing import Billing
from config.slices.media import Media
from config.slices.models import Models
from config.slices.ports import Ports


class Requesting(Models, Billing, Media):
    """Use cases of one generation; what carries it to its end is the next slice."""

    progress_store: providers.Provider[ProgressStore | None] = providers.Object(None)

    measure_files = providers.Singleton(
        MeasureFiles,
        generations=Ports.generations,
        open_attachment=Media.open_attachment,
        inspector=Media.media_files,
    )
    earlier_ids: providers.Provider[EarlierIds | None] = providers.Singleton(
        EarlierIds,
        catalog=Ports.catalog,
        accounts=Ports.accounts,
        generations=Ports.generations,
        references=Media.references,
        clock=Ports.clock,
        account=providers.Callable(account_of, Ports.settings.provided.kie_api_key),
        owners=Ports.settings.provided.admin_users,
    )
    handed_over = providers.Singleton(HandedOver)
    request_generation = providers.Singleton(
        RequestGeneration,
        validate=Models.validate_input,
        quote=Models.quote_price,
        store=Ports.generations,
        ids=Ports.ids,
        clock=Ports.clock,
        metrics=Ports.metrics,
        limits=Ports.settings.provided.user_limits,
        group_limits=Ports.settings.provided.group_limits,
        filter_always=Ports.settings.provided.filters_always,
        reserve=Billing.reserve_credits,
        unsafe=Models.unsafe_requests,
        tracer=Ports.tracer,
        handed_over=handed_over,
        earlier=earlier_ids,
    )
    quote_draft = providers.Singleton(
        QuoteDraft,
        validate=Models.validate_input,
        price=Models.person_price,
        notices=Models.notices,
        confirm_credits=Ports.settings.provided.confirm_credits,
    )
    quote_input = providers.Singleton(QuoteInput, quote=quote_draft, earlier=earlier_ids)
    run_draft = providers.Singleton(RunDraft, catalog=Ports.catalog, quote=quote_input, request=request_generation)
    cancel_generation = providers.Singleton(CancelGeneration, store=Ports.generations, clock=Ports.clock)
    cancel_newest = providers.Singleton(CancelNewest, generations=Ports.generations, cancel=cancel_generation)
    stop_waiting = providers.Singleton(StopWaiting, Ports.generations)
    carried_here = providers.Singleton(CarriedHere)
    handle_callback = providers.Singleton(HandleCallback, Ports.generations, carried_here)
    watch_generations = providers.Singleton(
        WatchGenerations, store=Ports.generations, progress=progress_store, clock=Ports.clock
    )
    send_to_chat = providers.Singleton(SendToChat, messenger=Ports.messenger, open_result=Media.open_result)
    note_sent_again = providers.Singleton(NoteSentAgain, Ports.generations)
    read_credits = providers.Singleton(ReadCredits, Ports.accounts, Ports.clock)
