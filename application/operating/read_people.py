"""Use cases: who is served, for the operator, and how one person stands."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from attrs import frozen

from application.operating.read_allowance import Allowance, ReadAllowance
from application.ports.access_store import AccessStore
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.statistics import Statistics, Usage
from domain.access import Block, KnownUser, Subject
from domain.generation import Generation, UserId

PAGE: Final = 50
SHOWN: Final = 20
WEEK: Final = timedelta(days=7)


@frozen(kw_only=True)
class PersonLine:
    """One of the people served."""

    known: KnownUser
    is_blocked: bool


@frozen(kw_only=True)
class PersonReport:
    """``known`` None: never served. ``generations`` are the newest, with words that an operator's page does not show."""

    user: UserId
    known: KnownUser | None
    block: Block | None
    allowance: Allowance
    week: Usage
    generations: Sequence[Generation]

    @property
    def is_there(self) -> bool:
        """Whether anything is known of such a person."""
        return bool(self.known or self.block or self.allowance.is_personal or self.generations)


@frozen(kw_only=True)
class ReadPeople:
    """The last seen first. Raises ``StoreUnavailable`` from any call."""

    _access: AccessStore
    _generations: GenerationStore
    _statistics: Statistics
    _allowance: ReadAllowance
    _clock: Clock

    async def __call__(self, page: int = 0) -> tuple[Sequence[PersonLine], bool]:
        """Return one page of the people, and whether there is another."""
        found = await self._access.people(limit=PAGE + 1, offset=max(page, 0) * PAGE)
        blocked = {block.subject for block in await self._access.blocks()}
        lines = [PersonLine(known=one, is_blocked=Subject(one.user) in blocked) for one in found[:PAGE]]
        return lines, len(found) > PAGE

    async def one(self, user: UserId) -> PersonReport:
        """Return what an operator needs to answer a person."""
        blocks = await self._access.blocks()
        return PersonReport(
            user=user,
            known=await self._access.person(user),
            block=next((block for block in blocks if block.subject == Subject(user)), None),
            allowance=await self._allowance(user),
            week=await self._statistics.usage(user, since=self._clock.now() - WEEK),
            generations=await self._generations.history(user, limit=SHOWN),
        )
