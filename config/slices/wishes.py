"""Wishes: reading what a person wants, and offering models for it; with the help of chat models where that is on."""

from collections.abc import Sequence
from importlib.resources import files

from dependency_injector import providers

from adapters.fluent_texts.texts import LANGUAGES
from adapters.yaml_catalog.templates import load_templates
from adapters.yaml_catalog.text_models import load_recipes
from application.assisting.ask_text_model import AskTextModel
from application.assisting.further_text_models import FurtherTextModels
from application.assisting.improve_prompt import ImprovePrompt
from application.assisting.look_and_listen import LookAndListen
from application.assisting.read_with_help import ReadWithHelp
from application.catalog.name_model import NameModel
from application.limits import TextLimits
from application.ports.current_result_store import CurrentResultStore
from application.ports.text_model import TextModel
from application.results.edit_chain import FindStepBefore, UndoEdit
from application.wishes.list_offer import ListOffer
from application.wishes.offer_models import ChooseReady, OfferModels
from application.wishes.place_message import FindLastResult, JoinWish, PlaceMessage
from application.wishes.price_examples import PriceExamples
from application.wishes.use_templates import UseTemplates
from config.settings import Settings
from config.slices.drafts import Drafts
from config.slices.ports import Ports
from config.wishes import local_reader, rank_models


def text_limits(settings: Settings) -> TextLimits:
    """What chat models may cost in 24 hours, and what one person may spend on everything."""
    return TextLimits(all_per_day=settings.text_credits_per_day, user_per_day=settings.user_limits.credits_per_day)


class Wishes(Drafts):
    """Use cases of wishes."""

    text_models: providers.Provider[Sequence[TextModel]] = providers.Dependency()
    current_results: providers.Provider[CurrentResultStore] = providers.Dependency()

    wish_reader = providers.Singleton(local_reader, Ports.catalog)
    name_model = providers.Singleton(
        NameModel, catalog=Ports.catalog, find_models=Drafts.find_models, names=wish_reader.provided.names
    )
    place_message = providers.Singleton(
        PlaceMessage,
        reader=wish_reader,
        join=providers.Singleton(JoinWish),
        catalog=Ports.catalog,
        clock=Ports.clock,
    )
    offer_models = providers.Singleton(
        OfferModels,
        reader=wish_reader,
        rank=providers.Singleton(rank_models, Ports.catalog, Drafts.own_record),
        record=Drafts.own_record,
        unsafe=Drafts.unsafe_requests,
        notices=Drafts.notices,
        find_models=Drafts.find_models,
        catalog=Ports.catalog,
    )
    choose_ready = providers.Singleton(
        ChooseReady, catalog=Ports.catalog, prepare=Drafts.prepare_values, quote=Drafts.quote_draft
    )
    list_offer = providers.Singleton(
        ListOffer, offer=offer_models, ready=choose_ready, catalog=Ports.catalog, price=Drafts.person_price
    )
    price_examples = providers.Singleton(
        PriceExamples, offer=offer_models, price=Drafts.person_price, catalog=Ports.catalog
    )
    use_templates = providers.Singleton(
        UseTemplates,
        templates=providers.Callable(
            load_templates, files("config") / "templates.yaml", files("config") / "templates", LANGUAGES
        ),
        offer=offer_models,
    )
    find_last_result = providers.Singleton(
        FindLastResult, generations=Ports.generations, clock=Ports.clock, current=current_results
    )
    find_step_before = providers.Singleton(FindStepBefore, generations=Ports.generations, media=Ports.media_index)
    undo_edit = providers.Singleton(UndoEdit, before=find_step_before, current=current_results, clock=Ports.clock)

    further_text_models = providers.Singleton(FurtherTextModels)
    ask_text_model = providers.Singleton(
        AskTextModel,
        models=text_models,
        calls=Ports.text_calls,
        clock=Ports.clock,
        ids=Ports.ids,
        metrics=Ports.metrics,
        limits=providers.Callable(text_limits, Ports.settings),
        personal_limits=Ports.personal_limits,
        reserve=Drafts.reserve_credits,
        prices=Ports.settings.provided.billing.sold_at,
        further=further_text_models,
    )
    improve_prompt = providers.Singleton(
        ImprovePrompt,
        ask=ask_text_model,
        recipes=providers.Callable(load_recipes, files("config") / "prompt_recipes.yaml"),
    )
    look_and_listen = providers.Singleton(
        LookAndListen, ask=ask_text_model, attachments=Ports.attachments, accounts=Ports.accounts
    )
    read_with_help = providers.Singleton(ReadWithHelp, ask=ask_text_model, is_on=Ports.settings.provided.asks_for_help)
