"""Everything a person made: found by words, kind, model, day and mark."""

from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Final

from aiohttp import web
from attrs import evolve, frozen
from yarl import URL

from adapters.web.cards import Cards
from adapters.web.pages.answers import shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from application.ports.gallery import GalleryFilter
from domain.media import MediaKind
from domain.model import ModelId

PAGE: Final = 36


@frozen
class LibraryPages:
    """The newest first, by pages."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """One page of what fits."""
        services, query = visit.services, visit.query
        wanted = _filter(query("q"), query("kind"), query("model"), query("since"))
        wanted = evolve(wanted, is_favourite="favourite" in visit.request.query, before=_moment(query("before")))
        items = await services.library.gallery.find(visit.user, wanted, limit=PAGE + 1)
        shown_items = items[:PAGE]
        watched = await services.generations.watch.now([item.generation for item in shown_items])
        cards = Cards(services.catalog, visit.words, visit.prefix)
        used = [services.catalog.entry(name) for name in await services.library.gallery.models_of(visit.user)]
        more = None
        if len(items) > PAGE:
            last = shown_items[-1].generation.created_at.isoformat()
            more = str(URL(f"{visit.prefix}/library").with_query({**dict(visit.request.query), "before": last}))
        return shown(
            self._renderer,
            visit,
            "library.html",
            tab="library",
            q=wanted.text,
            kind=query("kind"),
            model=wanted.model_id or "",
            since=query("since"),
            favourite=wanted.is_favourite,
            models=[model for model in used if model],
            cards=[cards.watched(one, item) for one, item in zip(watched, shown_items, strict=True)],
            is_plain=wanted == GalleryFilter(),
            more=more,
        )


def _filter(text: str, kind: str, model: str, since: str) -> GalleryFilter:
    """What can't be read is no filter."""
    return GalleryFilter(
        text=text[:500],
        kind=MediaKind(kind) if kind in set(MediaKind) else None,
        model_id=ModelId(model) if model else None,
        since=_moment(since),
    )


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not MINYEAR < moment.year < MAXYEAR:  # its offset may lead out of the calendar
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
