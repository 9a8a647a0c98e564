"""One generation, large, and what can be done with it."""

import random
from collections.abc import Sequence

from aiohttp import web
from attrs import frozen

from adapters.web.cards import Cards, GenerationCard
from adapters.web.pages.answers import done, shown
from adapters.web.pages.create import chat_of
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit, in_browser
from application.drafts.fill_draft import DraftContent, Values, as_list
from application.errors import DestinationGone, MediaGone, ModelGone
from application.results.repeat_generation import RepeatOrder, price_of_repeat
from application.results.use_gallery import GalleryItem
from domain.generation import Destination, GenerationId
from domain.kept_media import media_id_of
from domain.masks import is_mask
from domain.media import Attachment, MediaKind
from domain.parameter_roles import prompt_parameter, seed_parameter
from domain.seed import with_another_seed

STEPS_SHOWN = 8


@frozen(kw_only=True)
class Comparison:
    before: str
    after: str


@frozen(kw_only=True)
class StepView:
    model: str
    label: str


@frozen
class GenerationPages:
    """Everything of the person's own; another's is as good as none."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """The results, the words and options they came from, and ways on."""
        services = visit.services
        item = await self._item(visit)
        [watched] = await services.generations.watch.now([item.generation])
        card = Cards(services.catalog, visit.words, visit.prefix).watched(watched, item)
        model = services.catalog.find(item.generation.model_id)
        return shown(
            self._renderer,
            visit,
            "generation.html",
            tab="library",
            card=card,
            facts=self._facts(visit, item),
            price_again=None if (price := price_of_repeat(item.generation)) is None else visit.words.price(price),
            has_seed=bool(model and seed_parameter(model)),
            compare=_comparison(item, card, visit.prefix),
            share_url=_share_url(visit, item),
            steps=self._steps(visit, item),
            can_send=chat_of(visit) is not None,
        )

    async def cancel(self, visit: Visit) -> web.StreamResponse:
        """Take it back while it is free."""
        generation = await visit.services.generations.cancel(self._id(visit), visit.user)
        return done(visit, f"{visit.prefix}/generations/{generation.id}")

    async def again(self, visit: Visit) -> web.StreamResponse:
        """The same once more."""
        item = await self._item(visit)
        return await self._repeat(visit, item, item.generation.input)

    async def variation(self, visit: Visit) -> web.StreamResponse:
        """The same with another seed."""
        item = await self._item(visit)
        model = visit.services.catalog.find(item.generation.model_id)
        if model is None:
            raise ModelGone(item.generation.model_id)
        return await self._repeat(visit, item, with_another_seed(model, item.generation.input, random.randint))

    async def edit(self, visit: Visit) -> web.StreamResponse:
        """A draft with the same values."""
        item = await self._item(visit)
        model = visit.services.models.describe(item.generation.model_id).model
        content = DraftContent(values=item.generation.input)
        draft = await visit.services.drafts.start(visit.user, visit.destination, model, content)
        return done(visit, f"{visit.prefix}/drafts/{draft.id}")

    async def scene(self, visit: Visit) -> web.StreamResponse:
        """The first page, with the last frame of the film to go on from."""
        item = await self._item(visit)
        film = next((media for media in item.media if media.kind is MediaKind.VIDEO), None)
        if film is None:
            raise MediaGone(item.generation.id)
        frame = await visit.services.library.keep_last_frame(visit.user, film)
        return done(visit, f"{visit.prefix}?media={frame.id}")

    async def favourite(self, visit: Visit) -> web.StreamResponse:
        """Mark it, or take the mark away."""
        item = await self._item(visit)
        await visit.services.library.gallery.mark(visit.user, item.generation.id, is_favourite=not item.is_favourite)
        return done(visit, self._path(visit), {"on": not item.is_favourite})

    async def share(self, visit: Visit) -> web.StreamResponse:
        """Give it a public link."""
        await visit.services.library.gallery.share(visit.user, self._id(visit))
        return done(visit, self._path(visit))

    async def unshare(self, visit: Visit) -> web.StreamResponse:
        """Take the link back."""
        await visit.services.library.gallery.unshare(visit.user, self._id(visit))
        return done(visit, self._path(visit))

    async def to_chat(self, visit: Visit) -> web.StreamResponse:
        """Send the results to the person's chat with the bot."""
        item, chat = await self._item(visit), chat_of(visit)
        if chat is None:
            raise DestinationGone("no chat")
        await visit.services.generations.send_to_chat(item.generation, Destination(chat=chat))
        return done(visit, self._path(visit), {"said": visit.words("sent-to-chat")})

    async def delete(self, visit: Visit) -> web.StreamResponse:
        """Forget it for good."""
        await visit.services.library.delete(self._id(visit), visit.user)
        return done(visit, f"{visit.prefix}/library")

    async def _repeat(self, visit: Visit, item: GalleryItem, values: Values) -> web.StreamResponse:
        order = RepeatOrder(
            destination=visit.destination,
            language=visit.words.language,
            values=values,
            request_key=f"web:{item.generation.id}:{await _press(visit)}",
        )
        repeated = await visit.services.drafts.repeat(item.generation, order)
        return done(visit, f"{visit.prefix}/drafts/{repeated.draft.id}" if repeated.draft else visit.prefix)

    async def _item(self, visit: Visit) -> GalleryItem:
        return await visit.services.library.gallery.open(visit.user, self._id(visit))

    def _id(self, visit: Visit) -> GenerationId:
        return GenerationId(visit.part("generation"))

    def _path(self, visit: Visit) -> str:
        return f"{visit.prefix}/generations/{self._id(visit)}"

    def _facts(self, visit: Visit, item: GalleryItem) -> Sequence[tuple[str, str]]:
        model = visit.services.catalog.find(item.generation.model_id)
        prompt = prompt_parameter(model) if model else None
        plain = {
            name: value
            for name, value in item.generation.input.items()
            if isinstance(value, str | int | float | bool) and (prompt is None or name != prompt.name)
        }
        return [
            (visit.words.parameter(name), _said(visit, value))
            for name, value in plain.items()
            if not (isinstance(value, str) and "://" in value)
        ]

    def _steps(self, visit: Visit, item: GalleryItem) -> Sequence[StepView]:
        steps = visit.services.generations.next_steps(item.generation)[:STEPS_SHOWN]
        return [
            StepView(
                model=step.models[0].id,
                label=step.models[0].title if step.continues else visit.words.task(step.name),
            )
            for step in steps
        ]


async def _press(visit: Visit) -> str:
    """The name of the press: the page sends the same again where it did not hear what came of it."""
    asked = await visit.json() if visit.request.can_read_body else {}
    return str(asked.get("press", ""))[:40] or f"{random.getrandbits(64):x}"


def _said(visit: Visit, value: object) -> str:
    if isinstance(value, bool):
        return visit.words("yes" if value else "no")
    return str(value)[:200]


def _share_url(visit: Visit, item: GalleryItem) -> str | None:
    if item.link is None:
        return None
    scheme = "https" if visit.request.headers.get("X-Forwarded-Proto") == "https" else visit.request.scheme
    return f"{scheme}://{visit.request.host}{in_browser(visit.prefix)}/s/{item.link}"


def _comparison(item: GalleryItem, card: GenerationCard, prefix: str) -> Comparison | None:
    """The picture before and after, where one picture came of one picture of our own."""
    pictures = [piece for piece in card.media if piece.kind == MediaKind.IMAGE]
    given = [
        media_id
        for name, value in item.generation.input.items()
        if not is_mask(name)
        for one in as_list(value)
        if isinstance(one, Attachment) and one.kind is MediaKind.IMAGE and (media_id := media_id_of(one))
    ]
    if len(pictures) != 1 or len(given) != 1 or not pictures[0].url:
        return None
    return Comparison(before=f"{prefix}/media/{given[0]}", after=pictures[0].url)
