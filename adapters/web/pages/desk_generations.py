"""One generation by its id, for operators: what they need to answer a complaint, without the person's words and results."""

from collections.abc import Iterator
from typing import Final

from aiohttp import web
from attrs import frozen

from adapters.web.pages.answers import see, shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from application.errors import GenerationNotFound
from domain.generation import Generation

ID_LENGTH: Final = 200
"""Characters of an id; those of the provider are shorter."""


@frozen
class DeskGenerationPages:
    """Found by the id that a person reads out of the chat or the address of a page."""

    _renderer: Renderer

    async def find(self, visit: Visit) -> web.StreamResponse:
        """The field for the id of the generation or of its task; with an id, on to the generation."""
        asked = visit.query("id").strip()[:ID_LENGTH]
        if not asked:
            return self._shown(visit, asked)
        try:
            found, _ = await visit.services.people.find_generation(asked)
        except GenerationNotFound:
            return self._shown(visit, asked, status=404)
        return see(f"{visit.prefix}/desk/generations/{found.id}")

    async def show(self, visit: Visit) -> web.StreamResponse:
        """The generation, or that there is none."""
        asked = visit.part("found")
        try:
            found, name = await visit.services.people.find_generation(asked)
        except GenerationNotFound:
            return self._shown(visit, asked, status=404)
        facts = list(_facts(visit, found, name))
        return self._shown(visit, found.id, facts=facts, state=visit.words.state(found.state))

    def _shown(self, visit: Visit, asked: str, *, status: int = 200, **values: object) -> web.Response:
        values = {"facts": [], "state": "", **values}
        response = shown(self._renderer, visit, "desk_generation.html", tab="desk", id=asked, **values)
        response.set_status(status)
        return response


def _facts(visit: Visit, found: Generation, name: str) -> Iterator[tuple[str, str, str]]:
    """Name, value, and where the value leads."""
    words = visit.words
    yield words("person"), name or found.user, f"/desk/people/{found.user}"
    yield words("model"), visit.services.catalog.title_of(found.model_id), ""
    yield words("destination"), found.destination.front_end, ""
    yield words("estimated"), words.figure(found.reserved_credits), ""
    yield words("charged"), words.figure(found.charged_credits), ""
    moments = (
        ("accepted-at", found.created_at),
        ("submitted-at", found.submitted_at),
        ("ended-at", found.ended_at),
        ("closed-at", found.closed_at),
    )
    for key, moment in moments:
        if moment:
            yield words(key), f"{words.moment(moment)}:{moment:%S}", ""
    if found.task_id:
        yield words("task"), found.task_id, ""
    if failure := found.failure:
        yield words("failed"), words.fault(failure.kind), ""
        if failure.provider_code or failure.provider_message:
            said = " ".join(str(part) for part in (failure.provider_code, failure.provider_message) if part)
            yield words("provider"), said, ""
