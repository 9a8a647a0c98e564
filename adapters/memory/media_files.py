"""Files as a test says that they are."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from attrs import evolve

from domain.media import MediaFile
from domain.media_fit import FitPlan, MediaFacts, canonical


class InMemoryMediaFiles:
    """``MediaInspector`` and ``MediaFitter`` without decoders.

    ``facts`` are by file name; other files can be read, and their announced type and size are known. ``fitted`` notes each plan;
    a copy has the same bytes.
    """

    def __init__(self) -> None:
        self.facts: dict[str, MediaFacts] = {}
        self.fitted: list[FitPlan] = []

    async def inspect(self, file: MediaFile, /) -> MediaFacts:
        return self.facts.get(file.name) or MediaFacts(mime=canonical(file.mime), size_bytes=file.size_bytes)

    def fit(self, file: MediaFile, plan: FitPlan, /) -> AbstractAsyncContextManager[MediaFile]:
        return self._fit(file, plan)

    @asynccontextmanager
    async def _fit(self, file: MediaFile, plan: FitPlan) -> AsyncIterator[MediaFile]:
        self.fitted.append(plan)
        copy = evolve(file, name=f"fitted {file.name}", mime=plan.mime)
        if known := self.facts.get(file.name):
            width, height = plan.size or (known.width, known.height)
            self.facts[copy.name] = evolve(known, mime=plan.mime, width=width, height=height)
        yield copy
