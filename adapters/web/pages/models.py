"""Models on shelves, and found by words."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from aiohttp import web
from attrs import frozen

from adapters.web.pages.answers import done, shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from application.catalog.browse_models import Shelf, ShelfContent, ShelfKind
from application.preferences.change_preferences import ToggleFavourite
from domain.model import Model

FOUND: Final = 60
FIXED: Final = (ShelfKind.FAVOURITES, ShelfKind.RECENT, ShelfKind.NEW)


@frozen(kw_only=True)
class ShelfView:
    label: str
    query: str
    count: int = 0
    is_open: bool = False


@frozen(kw_only=True)
class ModelView:
    model: Model
    price: str
    mark: str = ""
    good_at: str = ""
    notice: str = ""


@frozen
class ModelPages:
    """A press on a model begins a draft of it."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """The shelves, and one of them open; or what the words find."""
        services, words = visit.services, visit.query("q")[:200]
        shelf = _shelf(visit)
        if words:
            content = ShelfContent(models=services.models.find(words, limit=FOUND))
        else:
            content = await services.models.browse(shelf, visit.preferences)
        return shown(
            self._renderer,
            visit,
            "models.html",
            tab="models",
            q=words,
            shelves=await self._shelves(visit, None if words else shelf),
            models=[
                ModelView(
                    model=model,
                    mark=content.marks.get(model.id, ""),
                    price=visit.words.row_price(services.models.price.usual(model)),
                    good_at=visit.words.good_at(services.models.browse.good_at(model)),
                    notice=self._notice(visit, model),
                )
                for model in content.models
            ],
        )

    async def favourite(self, visit: Visit) -> web.StreamResponse:
        """Put a model among the favourites, or take it away."""
        asked = await visit.json()
        model = visit.services.models.describe(str(asked.get("model", ""))).model
        preferences = await visit.services.people.change_preferences(visit.user, ToggleFavourite(model_id=model.id))
        return done(visit, f"{visit.prefix}/models", {"on": model.id in preferences.favourites})

    async def _shelves(self, visit: Visit, opened: Shelf | None) -> Sequence[ShelfView]:
        tasks = (await visit.services.models.browse(Shelf(kind=ShelfKind.TASKS), visit.preferences)).groups
        fixed = [
            ShelfView(
                label=visit.words(f"shelf-{kind}"), query=urlencode({"shelf": kind}), is_open=opened == Shelf(kind=kind)
            )
            for kind in FIXED
        ]
        return fixed + [
            ShelfView(
                label=visit.words.task(shelf.name),
                query=urlencode({"shelf": shelf.kind, "name": shelf.name}),
                count=count,
                is_open=opened == shelf,
            )
            for shelf, count in tasks
        ]

    def _notice(self, visit: Visit, model: Model) -> str:
        quote = visit.services.drafts.quote(model, {})
        if quote.pause:
            return visit.words("paused", reason=quote.pause.reason)
        return visit.words("failing") if quote.is_failing else ""


def _shelf(visit: Visit) -> Shelf:
    kind, name = visit.query("shelf"), visit.query("name")
    return Shelf(kind=ShelfKind(kind), name=name) if kind in set(ShelfKind) else Shelf(kind=ShelfKind.NEW)
