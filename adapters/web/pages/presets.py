"""Presets: drafts kept under a name."""

from aiohttp import web
from attrs import frozen

from adapters.web.pages.answers import done, shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from domain.draft import DraftId
from domain.preset import PresetId


@frozen(kw_only=True)
class PresetRow:
    id: str
    name: str
    model: str
    price: str
    """Empty where its model is gone or refuses it."""


@frozen
class PresetPages:
    """The person's own."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """All of them."""
        views = []
        for preset in await visit.services.drafts.presets.of(visit.user):
            model = visit.services.catalog.find(preset.model_id)
            price = visit.services.drafts.quote(model, preset.values).price_now if model else None
            views.append(
                PresetRow(
                    id=preset.id,
                    name=preset.name,
                    model=model.title if model else preset.model_id,
                    price=visit.words.row_price(price) if price else "",
                )
            )
        return shown(self._renderer, visit, "presets.html", tab="presets", presets=views)

    async def save(self, visit: Visit) -> web.StreamResponse:
        """Keep a draft under a name."""
        draft = await visit.services.drafts.open(DraftId(visit.part("draft")), visit.user)
        asked = await visit.json()
        preset = await visit.services.drafts.presets.save(draft, str(asked.get("name", "")))
        return web.json_response({"said": visit.words("preset-saved", name=preset.name)})

    async def open(self, visit: Visit) -> web.StreamResponse:
        """A draft of it."""
        draft = await visit.services.drafts.presets.start(PresetId(visit.part("preset")), visit.user, visit.destination)
        return done(visit, f"{visit.prefix}/drafts/{draft.id}")

    async def delete(self, visit: Visit) -> web.StreamResponse:
        """It is gone."""
        await visit.services.drafts.presets.delete(PresetId(visit.part("preset")), visit.user)
        return done(visit, f"{visit.prefix}/presets")
