"""Opens cards, keeps them, runs them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

import structlog
from attrs import evolve, frozen

from adapters.telegram.api.incoming import is_group
from adapters.telegram.api.screens import Screen, Screens
from adapters.telegram.bot.card.form import as_last_time, new_values
from adapters.telegram.bot.card.item_view import open_page
from adapters.telegram.bot.card.moves import asked, filled
from adapters.telegram.bot.card.past import Recollection
from adapters.telegram.bot.card.place import Page, Place, StaleButton
from adapters.telegram.bot.card.values import parameter_name
from adapters.telegram.bot.card.view import Card
from adapters.telegram.bot.guard import Toast
from adapters.telegram.bot.person import Person
from application.catalog.model_notices import ModelNotices
from application.catalog.validate_input import ValidateInput
from application.errors import InvalidInput
from application.generating.request_generation import GenerationRequest, RequestGeneration
from application.operating.read_credits import ReadCredits
from application.ports.clock import Clock
from application.ports.draft_store import DraftStore
from application.ports.ids import Ids
from domain.draft import Draft, DraftId
from domain.generation import Destination, Generation, GenerationId
from domain.model import Model, ModelId, Parameter
from domain.parameter_roles import task_parameter
from domain.pricing import Estimate, estimate
from domain.violation import Violation

FRESH_FOR: Final = timedelta(hours=1)
"""How long a card takes what is typed into the chat; later the words begin a new wish. Its buttons work for ever."""

ONE_TAP: Final = timedelta(seconds=2)
"""Two presses of a button that buys within this time are one finger."""

_OF_DRAFT: Final = "telegram:draft:"
"""Begins the request key of a wish that was a card; the draft's id follows."""

log = structlog.get_logger()


@frozen(kw_only=True)
class Cards:
    """One message a draft, edited in place. A draft buys at most one generation, however often Run is pressed."""

    _screens: Screens
    _drafts: DraftStore
    _validate: ValidateInput
    _request_generation: RequestGeneration
    _notices: ModelNotices
    _recollection: Recollection
    _read_credits: ReadCredits
    _clock: Clock
    _ids: Ids
    _confirm_credits: float

    def new_draft(self, person: Person, destination: Destination, model_id: ModelId, view: str = "") -> Draft:
        """Empty, and not kept yet."""
        return Draft(
            id=DraftId(self._ids.short_id()),
            user=person.user,
            destination=destination,
            model_id=model_id,
            view=view,
            updated_at=self._clock.now(),
        )

    async def open(
        self,
        person: Person,
        destination: Destination,
        model: Model,
        values: Mapping[str, object] | None = None,
        *,
        asking: Parameter | None = None,
    ) -> None:
        """A new card under the message that asked for it; ``asking`` begins with that parameter."""
        draft = evolve(self.new_draft(person, destination, model.id), values=values or {})
        draft = await self.begun(draft, model, person)
        await self.show(asked(draft, model, asking) if asking else draft, model, person)

    async def begun(self, draft: Draft, model: Model, person: Person) -> Draft:
        """With what nobody should have to press: switches, and the newest result that the model can take further."""
        values = {**new_values(model, safe=person.preferences.safe), **draft.values}
        task = task_parameter(model)
        if task and task.required and task.name not in values:
            tasks = await self._recollection.tasks(person.user, model)
            values |= {task.name: str(tasks[0].task_id)} if tasks else {}
        return evolve(draft, values=values)

    async def as_last_time(self, draft: Draft, model: Model, person: Person) -> None:
        """All values of the last wish for this model."""
        past = await self._recollection.of(person.user, model)
        values = as_last_time(model, draft.values, past.last)
        await self.show(evolve(draft, values=values, view=Place().write(), expecting=None), model, person)

    async def continue_from(self, draft: Draft, model: Model, person: Person, generation_id: GenerationId) -> None:
        """Take this result further. Raises StaleButton."""
        task = task_parameter(model)
        found = await self._recollection.task_of(person.user, model, generation_id)
        if task is None or found is None:
            raise StaleButton
        values = {**draft.values, task.name: str(found.task_id)}
        await self.show(filled(draft, model, values, task), model, person)

    async def repeat(
        self,
        person: Person,
        destination: Destination,
        model: Model,
        values: Mapping[str, object],
        *,
        of: Generation,
        key: str,
    ) -> Toast | None:
        """Run these values at once where that is cheap; a card to look at them where it is dear, or not possible any more.

        ``of`` is what is repeated; what it cost counts for a model whose price nobody knows. ``key`` names the request.
        """
        draft = evolve(self.new_draft(person, destination, model.id), values=values)
        violations, price = self._check(draft, model)
        cost = price.credits if price else of.charged_credits or 0
        if violations or not model.is_offered or cost >= self._confirm_credits:
            page = Page.CONFIRM if price and model.is_offered else Page.MAIN
            await self.show(evolve(draft, view=Place(page=page).write()), model, person)
            return None
        if not await self._recollection.repeated_since(of, self._clock.now() - ONE_TAP):
            await self._request_generation(_wish(draft, model, person, key))
        return Toast(person.words.plain("tg-accepted"))

    def runs_at_once(self, draft: Draft, model: Model) -> bool:
        """Whether it could be run as it stands and nobody would be asked again."""
        violations, _ = self._check(draft, model)
        can_run = model.is_offered and self._notices.pause_of(model.id) is None
        return can_run and not violations and not self.is_dear(draft, model)

    def price_of(self, draft: Draft, model: Model) -> Estimate | None:
        """What the draft costs as it stands; None: it is not complete, or nobody knows."""
        return self._check(draft, model)[1]

    def is_dear(self, draft: Draft, model: Model) -> bool:
        """Whether to ask before it is bought."""
        price = self.price_of(draft, model)
        return price is not None and price.credits >= self._confirm_credits

    async def show(self, draft: Draft, model: Model, person: Person) -> None:
        """Keep the draft and draw it where it is shown, or anew."""
        violations, price = self._check(draft, model)
        past = await self._recollection.of(person.user, model)
        credits_left = await self._read_credits() if person.is_admin else None
        card = Card(
            past=past,
            credits_left=credits_left,
            draft=draft,
            model=model,
            person=person,
            violations=violations,
            price=price,
            pause=self._notices.pause_of(model.id),
            is_failing=self._notices.is_failing(model.id),
        )
        await self.keep(draft, open_page(card))

    async def keep(self, draft: Draft, screen: Screen) -> None:
        """Before it is drawn, so that a button never knows more than the store."""
        draft = evolve(draft, updated_at=self._clock.now())
        await self._drafts.save(draft)
        message = await self._screens.show(draft.destination, screen, message=draft.message)
        if message != draft.message:
            await self._drafts.save(evolve(draft, message=message))

    async def at_work(self, person: Person, destination: Destination) -> Draft | None:
        """The draft that what is typed here belongs to: an open one, and not from another day."""
        draft = await self._drafts.open_draft(person.user, destination.chat, destination.thread)
        if draft is None or self._clock.now() - draft.updated_at > FRESH_FOR:
            return None
        return draft

    async def run(
        self, draft: Draft, model: Model, person: Person, *, forced: bool = False, confirmed: bool = False
    ) -> Toast | None:
        """Take the wish on; the card has done its work and makes room for the progress. What is dear is asked about first."""
        if not confirmed and self.is_dear(draft, model):
            await self.show(evolve(draft, view=Place(page=Page.CONFIRM).write(), expecting=None), model, person)
            return None
        try:
            await self._request_generation(_wish(draft, model, person, f"{_OF_DRAFT}{draft.id}", forced=forced))
        except InvalidInput as error:
            await self.show(evolve(draft, view=Place().write(), expecting=None), model, person)
            return Toast(self._first_fault(model, error.violations, person), alert=True)
        spent = evolve(draft, view=Place(page=Page.SPENT).write(), expecting=None)
        await self._drafts.save(spent)
        await self.dismiss(spent, Card(draft=spent, model=model, person=person).summary())
        return Toast(person.words.plain("tg-accepted"))

    async def let_go(self, draft: Draft) -> None:
        """What is typed from now on does not belong to it any more."""
        await self._drafts.close(draft)

    async def dismiss(self, draft: Draft, instead: Screen) -> None:
        """Take the card away; where Telegram will not, show ``instead``."""
        await self._drafts.close(draft)
        if draft.message and not await self._screens.remove(draft.destination, draft.message):
            await self._screens.show(draft.destination, instead, message=draft.message)

    def _check(self, draft: Draft, model: Model) -> tuple[Sequence[Violation], Estimate | None]:
        try:
            valid = self._validate(model.id, draft.values, forced=True)
        except InvalidInput as error:
            return error.violations, None
        return (), estimate(model, valid.input)

    def _first_fault(self, model: Model, violations: Sequence[Violation], person: Person) -> str:
        first = violations[0]
        parameter = model.parameters.get(first.path.partition(".")[0].partition("[")[0])
        name = f"{parameter_name(parameter, person.words)}: " if parameter else ""
        return name + person.words.violation(first)


def draft_of(request_key: str) -> DraftId | None:
    """The draft that a generation was; None where it was none."""
    return DraftId(request_key.removeprefix(_OF_DRAFT)) if request_key.startswith(_OF_DRAFT) else None


def _wish(draft: Draft, model: Model, person: Person, key: str, *, forced: bool = False) -> GenerationRequest:
    return GenerationRequest(
        user=person.user,
        destination=draft.destination,
        language=person.words.language,
        model=model.id,
        input=draft.values,
        request_key=key,
        forced=forced,
        in_group=is_group(draft.destination.chat),
    )
