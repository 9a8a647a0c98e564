"""The library of characters and styles."""

from collections.abc import Sequence

from aiohttp import web
from attrs import frozen

from adapters.web.cards import Piece, piece_of
from adapters.web.pages.answers import done, see, shown
from adapters.web.renderer import Renderer
from adapters.web.visit import Visit
from domain.kept_media import MediaId
from domain.reference_set import ReferenceKind, ReferenceSetId


@frozen(kw_only=True)
class ReferenceView:
    id: str
    name: str
    kind: str
    pieces: Sequence[Piece]


@frozen
class ReferencePages:
    """The person's own."""

    _renderer: Renderer

    async def show(self, visit: Visit) -> web.StreamResponse:
        """All of them, and the form for a new one."""
        kept = await visit.services.library.references.of(visit.user)
        views = [
            ReferenceView(
                id=one.reference.id,
                name=one.reference.name,
                kind=one.reference.kind,
                pieces=[piece_of(media, visit.prefix) for media in one.files],
            )
            for one in kept
        ]
        return shown(
            self._renderer, visit, "references.html", tab="presets", references=views, kinds=list(ReferenceKind)
        )

    async def save(self, visit: Visit) -> web.StreamResponse:
        """Keep dropped pictures under a name."""
        form = await visit.form()
        kind = ReferenceKind.STYLE if form.get("kind") == ReferenceKind.STYLE else ReferenceKind.CHARACTER
        media = [MediaId(str(one)) for one in form.getall("media", [])]
        await visit.services.library.references.save(visit.user, str(form.get("name", "")), kind, media)
        return see(f"{visit.prefix}/references")

    async def delete(self, visit: Visit) -> web.StreamResponse:
        """Forget a set."""
        await visit.services.library.references.delete(visit.user, ReferenceSetId(visit.part("reference")))
        return done(visit, f"{visit.prefix}/references")
