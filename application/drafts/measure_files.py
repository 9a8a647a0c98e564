"""Use case: find out what the price of a model depends on of a person's files."""

import asyncio
from collections.abc import Mapping
from typing import Final

import structlog
from attrs import evolve, field, frozen

from application.errors import AttachmentLost, AttachmentUnavailable
from application.generating.link_files import with_measured_links
from application.generating.open_attachment import OpenAttachment
from application.ports.generation_store import GenerationStore
from application.ports.media_files import MediaInspector
from domain.generation import UserId
from domain.media import Attachment, files_of, with_files
from domain.media_fit import MediaFacts
from domain.model import Model
from domain.price import priced_files

REMEMBERED: Final = 1_000
"""Files whose facts a process keeps, so that one that many models are offered for is fetched once."""
WITHIN_S: Final = 5.0
"""A person waits for the price. What takes longer is measured before it is sent, as ever."""
MOST_BYTES: Final = 50 << 20
"""A larger file is not fetched for its price."""

log = structlog.get_logger()


@frozen(kw_only=True)
class MeasureFiles:
    """What was found of a file when its sender last used it for the model, else what the front end said of it.

    Where it said nothing, as of a document, the file is looked into. Only files that the price of the model counts are. A link is
    not fetched for its price, which stays a range until its file was sent once.
    """

    _generations: GenerationStore
    _open_attachment: OpenAttachment
    _inspector: MediaInspector | None = None
    _looked_at: dict[tuple[UserId, str], MediaFacts | None] = field(factory=dict, init=False, repr=False, eq=False)

    async def __call__(self, user: UserId, model: Model, values: Mapping[str, object]) -> Mapping[str, object]:
        """Return the values with what is known of their files. Raises ``StoreUnavailable``."""
        counted: Mapping[str, object] = {name: values[name] for name in priced_files(model) if name in values}
        if not counted:
            return values
        last = await self._generations.last_of(user, model.id)
        sent = {file.reference: file for file in files_of(last.input if last else {}) if file.is_measured}
        counted = with_measured_links(counted, sent)
        files = {file.reference: file for file in files_of(counted)}
        until = asyncio.get_running_loop().time() + WITHIN_S
        known = {name: await self._known(file, sent.get(name), user, until) for name, file in files.items()}
        return {**values, **with_files(counted, lambda _path, file: known[file.reference])}

    async def _known(self, file: Attachment, sent: Attachment | None, user: UserId, until: float) -> Attachment:
        if sent is not None and sent.size_bytes == file.size_bytes:  # a path may lead to another file by now
            return file.measured(width=sent.width, height=sent.height, seconds=sent.seconds)
        if file.is_measured or file.width or file.seconds or (file.size_bytes or 0) > MOST_BYTES:
            return file
        facts = await self._facts(file, user, until)
        return evolve(file, width=facts.width, height=facts.height, seconds=facts.seconds or None) if facts else file

    async def _facts(self, file: Attachment, user: UserId, until: float) -> MediaFacts | None:
        """What the file is; None where that cannot be found out now. One that takes too long is not waited for again."""
        name = (user, file.reference)
        if self._inspector is None or name in self._looked_at:
            return self._looked_at.get(name)
        if asyncio.get_running_loop().time() >= until:  # the files before it took all the time
            return None
        facts = None
        try:
            async with asyncio.timeout_at(until), self._open_attachment(file, user) as opened:
                facts = await self._inspector.inspect(opened)
        except (AttachmentLost, AttachmentUnavailable) as error:
            log.info("attachment.not_measured", error=error.code)
            return None
        except TimeoutError:
            log.info("attachment.not_measured", error="timeout")
        if len(self._looked_at) >= REMEMBERED:
            self._looked_at.clear()
        self._looked_at[name] = facts
        return facts
