"""Use cases for front ends: what a wish means, and which models are offered for it."""

from attrs import frozen

from application.assisting.improve_prompt import ImprovePrompt
from application.assisting.look_and_listen import LookAndListen
from application.assisting.read_with_help import ReadWithHelp
from application.wishes.list_offer import ListOffer
from application.wishes.offer_models import ChooseReady, OfferModels
from application.wishes.place_message import FindLastResult, PlaceMessage
from application.wishes.price_examples import PriceExamples
from application.wishes.use_templates import UseTemplates


@frozen(kw_only=True)
class WishUseCases:
    """What a wish means, and which models are offered for it."""

    place: PlaceMessage
    last_result: FindLastResult
    offer: OfferModels
    list: ListOffer
    ready: ChooseReady
    templates: UseTemplates
    prices: PriceExamples
    improve: ImprovePrompt
    look: LookAndListen
    help: ReadWithHelp
