"""The object graph of what every front end shows and changes: drafts, wishes, the catalog, repeats, settings."""

from importlib.resources import files

from dependency_injector import containers, providers

from adapters.yaml_catalog.templates import load_templates
from application.catalog.browse_models import BrowseModels
from application.catalog.describe_model import DescribeModel
from application.catalog.model_notices import ModelNotices
from application.catalog.own_record import OwnRecord
from application.drafts.continue_task import ContinueTask
from application.drafts.edit_draft import EditDraft
from application.drafts.fill_as_last_time import FillAsLastTime
from application.drafts.generation_history import GenerationHistoryReader
from application.drafts.prepare_values import PrepareValues
from application.drafts.quote_draft import QuoteDraft
from application.drafts.run_at_once import RunAtOnce
from application.drafts.run_draft import RunDraft
from application.drafts.run_several import RunSeveral
from application.drafts.start_draft import StartDraft
from application.ports.clock import Clock
from application.ports.current_result_store import CurrentResultStore
from application.ports.draft_store import DraftStore
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from application.ports.media_index import MediaIndex
from application.ports.model_catalog import ModelCatalog
from application.ports.preference_store import PreferenceStore
from application.ports.statistics import Statistics
from application.ports.texts import Texts
from application.preferences.change_preferences import ChangePreferences
from application.results.edit_chain import FindStepBefore, UndoEdit
from application.results.repeat_generation import RepeatGeneration
from application.wishes.choose_ready import ChooseReady
from application.wishes.find_last_result import FindLastResult
from application.wishes.join_wish import JoinWish
from application.wishes.list_offer import ListOffer
from application.wishes.offer_models import OfferModels
from application.wishes.place_message import PlaceMessage
from application.wishes.price_examples import PriceExamples
from application.wishes.read_wish import ReadWish
from application.wishes.use_templates import UseTemplates
from config.settings import Settings
from config.wishes import local_reader, quality_order, rank_models


class Product(containers.DeclarativeContainer):
    """Use cases that front ends for people and programs share, over ports and the core that come from outside."""

    settings = providers.Dependency(instance_of=Settings)
    core = providers.DependenciesContainer()
    notices: providers.Provider[ModelNotices] = providers.Dependency()
    catalog: providers.Provider[ModelCatalog] = providers.Dependency()
    generations: providers.Provider[GenerationStore] = providers.Dependency()
    drafts: providers.Provider[DraftStore] = providers.Dependency()
    preferences: providers.Provider[PreferenceStore] = providers.Dependency()
    current_results: providers.Provider[CurrentResultStore] = providers.Dependency()
    statistics: providers.Provider[Statistics | None] = providers.Object(None)
    media_index: providers.Provider[MediaIndex | None] = providers.Object(None)
    texts: providers.Provider[Texts] = providers.Dependency()
    clock: providers.Provider[Clock] = providers.Dependency()
    ids: providers.Provider[Ids] = providers.Dependency()

    browse_models = providers.Singleton(
        BrowseModels, catalog=catalog, generations=generations, quality=providers.Callable(quality_order)
    )
    describe_model = providers.Singleton(DescribeModel, catalog=catalog)
    change_preferences = providers.Singleton(ChangePreferences, preferences=preferences, texts=texts)

    history_reader = providers.Singleton(GenerationHistoryReader, generations=generations, catalog=catalog)
    prepare_values = providers.Singleton(PrepareValues, history=history_reader)
    quote_draft = providers.Singleton(
        QuoteDraft,
        validate=core.validate_input,
        price=core.person_price,
        notices=notices,
        confirm_credits=settings.provided.confirm_credits,
    )
    start_draft = providers.Singleton(
        StartDraft, drafts=drafts, preferences=preferences, prepare=prepare_values, clock=clock, ids=ids
    )
    edit_draft = providers.Singleton(EditDraft, drafts=drafts, catalog=catalog, clock=clock)
    fill_as_last_time = providers.Singleton(
        FillAsLastTime, drafts=drafts, catalog=catalog, history=history_reader, clock=clock
    )
    continue_task = providers.Singleton(ContinueTask, catalog=catalog, history=history_reader, edit=edit_draft)
    run_draft = providers.Singleton(RunDraft, catalog=catalog, quote=quote_draft, request=core.request_generation)

    run_several = providers.Singleton(
        RunSeveral,
        preferences=preferences,
        prepare=prepare_values,
        quote=quote_draft,
        request=core.request_generation,
        confirm_credits=settings.provided.confirm_credits,
    )
    run_at_once = providers.Singleton(RunAtOnce, start=start_draft, run=run_draft)

    read_wish = providers.Singleton(ReadWish, reader=providers.Singleton(local_reader, catalog))
    join_wish = providers.Singleton(JoinWish)
    place_message = providers.Singleton(PlaceMessage, read=read_wish, join=join_wish, catalog=catalog, clock=clock)
    find_last_result = providers.Singleton(
        FindLastResult, generations=generations, clock=clock, current=current_results
    )
    find_step_before = providers.Singleton(FindStepBefore, generations=generations, media=media_index)
    undo_edit = providers.Singleton(UndoEdit, before=find_step_before, current=current_results, clock=clock)
    own_record = providers.Singleton(OwnRecord, statistics=statistics, clock=clock)
    offer_models = providers.Singleton(
        OfferModels,
        read=read_wish,
        rank=providers.Singleton(rank_models, catalog, own_record),
        record=own_record,
        unsafe=core.unsafe_requests,
        notices=notices,
        find_models=core.find_models,
        catalog=catalog,
    )
    use_templates = providers.Singleton(
        UseTemplates,
        templates=providers.Callable(load_templates, files("config") / "templates.yaml", files("config") / "templates"),
        offer=offer_models,
    )
    choose_ready = providers.Singleton(ChooseReady, catalog=catalog, prepare=prepare_values, quote=quote_draft)
    list_offer = providers.Singleton(
        ListOffer, offer=offer_models, ready=choose_ready, catalog=catalog, price=core.quote_price
    )
    price_examples = providers.Singleton(PriceExamples, offer=offer_models, quote=quote_draft, catalog=catalog)
    repeat_generation = providers.Singleton(
        RepeatGeneration,
        catalog=catalog,
        history=history_reader,
        quote=quote_draft,
        start=start_draft,
        run=run_draft,
        clock=clock,
        ids=ids,
    )
