"""Models, for operators: which are off or failing, how they did lately, and the switch."""

from collections.abc import Iterator
from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.pages.answers import see, shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit

LATELY_DAYS: Final = 7


@frozen(kw_only=True)
class NoticedModel:
    id: str
    title: str
    notice: str
    is_paused: bool


@frozen
class DeskModelPages:
    """What the operator decides about models."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """Those with something the matter first."""
        await visit.services.models.notices.refresh(at_once=True)
        course = await visit.services.desk.course(LATELY_DAYS)
        words = visit.words
        return shown(
            self._renderer,
            visit,
            "desk_models.html",
            tab="desk",
            models=sorted(visit.services.catalog.offered(), key=lambda model: model.title.casefold()),
            noticed=list(self._noticed(visit)),
            rows=[
                (
                    visit.services.catalog.title_of(one.model),
                    str(one.ended),
                    str(one.failed),
                    words.duration(one.half_s),
                    words.duration(one.most_s),
                )
                for one in course.models
            ],
        )

    async def pause(self, visit: Visit) -> web.StreamResponse:
        """Switch a model off, or on again."""
        name, reason = await visit.field("model"), await visit.field("reason")
        if await visit.field("do") == "resume":
            await visit.services.desk.resume_model(name, by=visit.user)
        else:
            await visit.services.desk.pause_model(name, reason, by=visit.user)
        return see(f"{visit.prefix}/desk/models")

    def _noticed(self, visit: Visit) -> Iterator[NoticedModel]:
        for model in visit.services.catalog.offered():
            pause = visit.services.models.notices.pause_of(model.id)
            if pause or visit.services.models.notices.is_failing(model.id):
                notice = visit.words("paused", reason=pause.reason) if pause else visit.words("failing")
                yield NoticedModel(id=model.id, title=model.title, notice=notice, is_paused=pause is not None)
