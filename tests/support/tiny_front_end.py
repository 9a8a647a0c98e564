"""A front end of a hundred lines: every screen is a list of words, every press a call of a use case, and no rule is here."""

from collections.abc import Sequence

from attrs import define, field

from application.drafts.edits import AddWords, SetValue
from application.drafts.fill_draft import DraftContent
from application.drafts.next_action import next_action
from application.drafts.quote_draft import Quote
from application.drafts.run_draft import RunOrder
from application.results.repeat_generation import RepeatOrder
from application.wishes.offer_models import Offer
from domain.draft import Draft
from domain.generation import Destination, Generation, UserId
from domain.media import Attachment
from domain.model import Model
from domain.preset import Preset
from tests.support.product import Product


@define(kw_only=True)
class TinyFrontEnd:
    """One person before it. What is on the screen is in ``offer``, ``draft`` and ``shown``."""

    user: UserId
    product: Product
    offer: Offer = field(factory=Offer)
    draft: Draft | None = None
    shown: Sequence[Generation] = ()
    presses: int = 0

    @property
    def here(self) -> Destination:
        return Destination(chat=str(self.user))

    async def say(self, text: str, files: Sequence[Attachment] = ()) -> list[str]:
        """Words of a person are a wish; the screen lists the models for it."""
        self.offer = await self.product.offer_models()(text, files)
        return [self.model(name).title for name in self.offer.models]

    async def choose(self, name: str) -> list[str]:
        """The form of a model, filled with the wish."""
        model = self.model(name)
        self.draft = await self.product.start_draft()(self.user, self.here, model, self.offer.content(model))
        return [one.name for one in self.product.describe_model()(name).fields]

    async def change(self, parameter: str, value: object) -> None:
        """One field of the form."""
        self.draft = await self.product.edit_draft()(self.open_draft, SetValue(parameter=parameter, value=value))

    async def type(self, text: str) -> None:
        """Words for the form that is open."""
        self.draft = await self.product.edit_draft()(self.open_draft, AddWords(text=text))

    def quote(self) -> Quote:
        """What is under the form: the price, or what is wrong."""
        return self.product.quote_draft()(self.model(self.open_draft.model_id), self.open_draft.values)

    def hint(self) -> str:
        """The line above the button."""
        return next_action(self.model(self.open_draft.model_id), self.open_draft.values, self.quote())

    async def run(self, agreed_credits: float | None = None) -> Generation | None:
        """The button; None: it turns into a question with the price."""
        order = RunOrder(language="en", agreed_credits=agreed_credits)
        return (await self.product.run_draft()(self.open_draft, order)).generation

    async def again(self, generation: Generation) -> None:
        """The button under a result."""
        self.presses += 1
        order = RepeatOrder(
            destination=self.here, language="en", values=generation.input, request_key=f"tiny:{self.presses}"
        )
        self.draft = (await self.product.repeat_generation()(generation, order)).draft

    def follow_ups(self, generation: Generation) -> list[str]:
        """The other buttons under a result."""
        return [step.name for step in self.product.next_steps()(generation)]

    async def history(self) -> Sequence[Generation]:
        """The list of what was made."""
        self.shown = await self.product.generations().history(self.user, limit=10)
        return self.shown

    async def keep(self, name: str) -> Preset:
        """Keep the form under a name."""
        return await self.product.save_preset()(self.user, name, self.open_draft.model_id, self.open_draft.values)

    async def open(self, preset: Preset) -> None:
        """A form with what was kept."""
        opened = self.product.open_preset()(preset)
        content = DraftContent(values=opened.values)
        self.draft = await self.product.start_draft()(self.user, self.here, opened.model, content)

    def model(self, name: str) -> Model:
        """The model of a row that is on the screen."""
        return self.product.describe_model()(name).model

    @property
    def open_draft(self) -> Draft:
        assert self.draft, "no form is open"
        return self.draft
