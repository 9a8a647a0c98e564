"""The first page: what a person wishes, and the models for it."""

import secrets
from collections.abc import Sequence
from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.cards import Cards, piece_of
from adapters.web.forms import FileView, file_view
from adapters.web.pages.answers import amount_of, done, shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from application.drafts.run_several import Several, SeveralOrder
from application.errors import EditRefused, MediaGone
from application.ports.gallery import GalleryFilter
from application.wishes.list_offer import OfferList
from domain.generation import Destination
from domain.kept_media import KeptMedia, MediaId
from domain.template import TemplateWords
from domain.use import Use

RECENT: Final = 12
IDEA_LASTS_S: Final = 86_400
TEXT_LIMIT: Final = 20_000


@frozen(kw_only=True)
class OfferedModel:
    """One model of an offer. ``agreed``: the credits that the button names, for the order it gives."""

    model: object
    price: str
    agreed: str = ""
    mark: str = ""


@frozen(kw_only=True)
class IdeaView:
    """A wish that a press puts into the composer, with what it is for."""

    name: str
    use: Use
    said: TemplateWords


@frozen
class CreatePages:
    """Words and files in, offers out."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """The composer, and what was made last."""
        services = visit.services
        items = await services.library.gallery.find(visit.user, GalleryFilter(), limit=RECENT)
        watched = await services.generations.watch.now([item.generation for item in items])
        cards = Cards(services.catalog, visit.words, visit.prefix)
        return self._page(
            visit,
            text=visit.query("text")[:TEXT_LIMIT],
            files=file_views(visit, await own_media(visit, [visit.query("media")])),
            cards=[cards.watched(one, item) for one, item in zip(watched, items, strict=True)],
        )

    async def offers(self, visit: Visit) -> web.StreamResponse:
        """The models for a wish: those that run as they stand, then the others."""
        form = await visit.form()
        text = str(form.get("text", "")).strip()[:TEXT_LIMIT]
        media = await own_media(visit, [str(each) for each in form.getall("media", [])])
        services = visit.services
        use = use_of(str(form.get("use", "")))
        found = await services.wishes.list(text, [one.attachment for one in media], visit.preferences, use=use)
        html = self._offers(visit, found, media, use, to_chat="to_chat" in form)
        if visit.wants_data:
            return web.json_response({"html": html})
        return self._page(visit, text=text, files=file_views(visit, media), offers=html, use=use or "")

    def _offers(
        self, visit: Visit, found: OfferList, media: Sequence[KeptMedia], use: Use | None, *, to_chat: bool
    ) -> str:
        offer = found.offer
        shown_models = [*(one.model for one in found.ready), *(one.model for one in found.others)]
        first = shown_models[0] if shown_models else None
        return self._renderer.render(
            "parts/offers.html",
            visit=visit,
            words=visit.words,
            prefix=visit.prefix,
            text=offer.text,
            use=use or "",
            uses=offer.uses if len(offer.uses) > 1 else (),
            topic=offer.topic,
            lacks=offer.lacks,
            nonce=secrets.token_urlsafe(9),
            absent=visit.words.absent(offer.absent, visit.services.catalog),
            unsaid=offer.unsaid(first) if first and len(offer.uses) <= 1 else {},
            first=first,
            dropped=[
                f"{one.model.title}: {visit.words.notice(said)}" for one in found.ready for said in one.quote.notices
            ],
            media=[one.id for one in media],
            to_chat=to_chat,
            missing=offer.missing,
            ready=[
                OfferedModel(
                    model=one.model,
                    price=visit.words.price(one.quote.price),
                    agreed=str(one.quote.credits or 0),
                    mark=one.mark or "",
                )
                for one in found.ready
            ],
            others=[OfferedModel(model=one.model, price=visit.words.row_price(one.price)) for one in found.others],
        )

    def _page(
        self,
        visit: Visit,
        *,
        text: str,
        files: Sequence[FileView] = (),
        offers: str = "",
        use: str = "",
        cards: Sequence[object] = (),
    ) -> web.StreamResponse:
        return shown(
            self._renderer,
            visit,
            "create.html",
            tab="create",
            text=text,
            files=files,
            offers=offers,
            use=use,
            ideas=ideas_for(visit),
            can_send=chat_of(visit) is not None,
            cards=cards,
        )

    async def idea_picture(self, visit: Visit) -> web.StreamResponse:
        """What comes of an idea, as a sample; 404 for none of this name."""
        template = visit.services.wishes.templates.find(visit.part("idea"))
        if template is None:
            return web.Response(status=404)
        keep = {"Cache-Control": f"private, max-age={IDEA_LASTS_S}"}
        return web.Response(body=template.picture, content_type="image/jpeg", headers=keep)

    async def several(self, visit: Visit) -> web.StreamResponse:
        """The wish by several of the models side by side: first what they cost together, then, agreed to, all of them."""
        form = await visit.form()
        text = str(form.get("text", "")).strip()[:TEXT_LIMIT]
        media = await own_media(visit, [str(each) for each in form.getall("media", [])])
        services, use = visit.services, use_of(str(form.get("use", "")))
        offer = await services.wishes.offer(text, [one.attachment for one in media], use=use)
        models = [services.models.describe(str(name)).model for name in form.getall("several", [])]
        wanted = [(model, offer.content(model)) for model in models]
        agreed = amount_of(str(form.get("agreed", "")))
        if agreed is None:
            found = await services.drafts.run_several.quote(visit.user, wanted)
            if not found.is_ready or found.price is None:
                raise EditRefused("several")
            return _asked_first(visit, found)
        chat = chat_of(visit) if "to_chat" in form else None
        order = SeveralOrder(
            destination=Destination(chat=chat) if chat else visit.destination,
            language=visit.words.language,
            key=f"web:{visit.user}:{str(form.get('nonce', ''))[:40]}",
            agreed_credits=agreed,
        )
        outcome = await services.drafts.run_several(visit.user, wanted, order)
        if not outcome.generations:
            return _asked_first(visit, outcome.several)
        return done(visit, visit.prefix, {"ids": [generation.id for generation in outcome.generations]})


def _asked_first(visit: Visit, several: Several) -> web.Response:
    price = visit.words("run-all-for", price=visit.words.price(several.price))
    return web.json_response({"agree": price, "agreed": several.price.high if several.price else 0})


def ideas_for(visit: Visit) -> list[IdeaView]:
    """The ready-made ideas in the person's language."""
    return [
        IdeaView(name=one.name, use=one.use, said=one.in_language(visit.words.language))
        for one in visit.services.wishes.templates.all()
    ]


def use_of(said: str) -> Use | None:
    """What the person chose the wish to be for; None where they were not asked."""
    return Use(said) if said in set(Use) else None


def chat_of(visit: Visit) -> str | None:
    """The person's private chat with the bot, whose number in Telegram is the person's own."""
    front_end, _, number = visit.user.partition(":")
    return number if front_end == "telegram" else None


def file_views(visit: Visit, media: list[KeptMedia]) -> list[FileView]:
    """Uploads as the composer shows them."""
    return [file_view(one.attachment, piece_of(one, visit.prefix)) for one in media]


async def own_media(visit: Visit, names: list[str]) -> list[KeptMedia]:
    """The person's own among these files; those that are gone meanwhile are left out. Raises StoreUnavailable."""
    found = []
    for name in names[:20]:
        try:
            found.append(await visit.services.library.open_media(MediaId(name), visit.user))
        except MediaGone:
            continue
    return found
