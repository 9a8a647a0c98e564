"""Step one: from the queue to a running task."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

import structlog
from attrs import evolve, field, frozen

from application.catalog.validate_input import Validated, ValidateInput
from application.errors import (
    AttachmentEmpty,
    AttachmentLost,
    AttachmentUnavailable,
    InvalidInput,
    LinkUnreachable,
    NotLeader,
    ProviderOutcomeUnknown,
    ProviderRejected,
    ProviderUnavailable,
)
from application.generating.bot_accounts import BotAccounts
from application.generating.check_cost import CheckCost
from application.generating.creation_rate_limiter import CreationRateLimiter
from application.generating.earlier_ids import EarlierIds
from application.generating.fit_files import (
    FileOutsideLimits,
    FitFiles,
    Found,
    PlacedFile,
    check_together,
    placed_files,
)
from application.generating.follow_task import UsualTimes
from application.generating.in_flight import DrainGate, SubmissionsInFlight
from application.generating.link_files import links_as_files, with_known_links
from application.generating.open_attachment import OpenAttachment
from application.generating.progress_reporter import ProgressReporter
from application.generating.provider_health import REFUSALS, ProviderHealth
from application.generating.save_generation import SaveGeneration
from application.generating.stopwatch import Stopwatch
from application.leading.leadership_guard import LeadershipGuard
from application.ports.clock import Clock
from application.ports.media_provider import Submission
from application.ports.messenger import FittedFile, Progress, Queued, Uploading
from domain.backoff import Backoff
from domain.failure import Failure, FailureKind
from domain.generation import Generation, GenerationState
from domain.media import Attachment, MediaFile, with_files
from domain.media_fit import MediaFacts
from domain.provider_account import AccountName

log = structlog.get_logger()

GIVE_UP_AFTER: Final = timedelta(hours=6)
"""A wish that could not even be submitted for so long (maintenance, a provider that is away) is given back."""

REST_S: Final = 60.0
"""For so long an account that refuses our key, or has no credits, gets no task while others take them. Then one goes to it first."""

UPLOADS_AT_ONCE: Final = 8

CallbackUrl = Callable[[Generation], str | None]
"""Where the provider may report the end of this generation; None without a public address."""


@frozen(kw_only=True)
class Upload:
    """A file at the provider: its URL, what is known of it, and what was changed about the person's file."""

    url: str
    facts: MediaFacts
    note: FittedFile | None = None


Uploads = dict[tuple[str, str], Upload]
"""By the path of the parameter and the reference of the attachment."""


@frozen(kw_only=True)
class SubmitGeneration:
    """Validate once more, upload the person's files, wait for a turn, create the task: at most once."""

    _validate: ValidateInput
    _accounts: BotAccounts
    _submissions: SubmissionsInFlight
    _open_attachment: OpenAttachment
    _turns: CreationRateLimiter
    _usual_times: UsualTimes
    _health: ProviderHealth
    _progress: ProgressReporter
    _gate: DrainGate
    _save: SaveGeneration
    _clock: Clock
    _callback_url: CallbackUrl
    _check_cost: CheckCost
    _fit_files: FitFiles | None = None
    _earlier: EarlierIds | None = None
    _uploading: asyncio.Semaphore = field(factory=lambda: asyncio.Semaphore(UPLOADS_AT_ONCE), init=False)
    _following: asyncio.Semaphore = field(factory=lambda: asyncio.Semaphore(UPLOADS_AT_ONCE), init=False)
    """Turns of links apart from those of files: someone's slow server holds up other links alone."""

    async def __call__(self, generation: Generation, guard: LeadershipGuard) -> Generation:
        """A generation that is no longer queued: running, failed, or unknown.

        Raises:
            NotLeader: this leadership is over; nothing was created that the row does not know of.
            StaleGeneration: someone else changed the row: its user cancelled it.
        """
        urls: Uploads = {}
        waited = Stopwatch.since(generation.created_at, self._clock)
        for wait in Backoff(first_s=1.0, most_s=60.0):
            try:
                generation = await self._attempt(generation, urls, guard)
            except (ProviderUnavailable, AttachmentUnavailable) as error:
                log.info("generation.postponed", generation_id=generation.id, reason=str(error))
            except ProviderRejected as error:
                return await self._save.failed(generation, error.failure, guard)
            except AttachmentLost as error:
                is_link = isinstance(error, LinkUnreachable)
                kind = FailureKind.FILE_UNREACHABLE if is_link else FailureKind.ATTACHMENT_LOST
                return await self._save.failed(generation, Failure(kind=kind), guard)
            except AttachmentEmpty:
                return await self._save.failed(generation, Failure(kind=FailureKind.ATTACHMENT_EMPTY), guard)
            except FileOutsideLimits as error:
                generation = self._as_measured(generation, urls, error)
                log.info("generation.file_outside_limits", generation_id=generation.id, limit=error.breach.limit)
                failure = Failure(
                    kind=FailureKind.INVALID_INPUT, provider_code=error.breach.limit, violation=error.violation
                )
                return await self._save.failed(generation, failure, guard)
            except InvalidInput as error:
                log.warning("generation.invalid", generation_id=generation.id, violations=len(error.violations))
                failure = Failure(kind=FailureKind.INVALID_INPUT, violation=error.violations[0])
                return await self._save.failed(generation, failure, guard)
            if generation.state is not GenerationState.QUEUED:
                return generation
            if waited.elapsed_s > GIVE_UP_AFTER.total_seconds():
                return await self._save.failed(generation, Failure(kind=FailureKind.PROVIDER_UNAVAILABLE), guard)
            await self._clock.sleep(wait)
        raise AssertionError("backoff never ends")

    async def _attempt(self, generation: Generation, urls: Uploads, guard: LeadershipGuard) -> Generation:
        """Queued again where the provider asked to come later, else whatever became of it."""
        validated = self._validate(generation.model_id, generation.input, forced=generation.forced)
        if self._fit_files is not None:
            validated = evolve(validated, input=links_as_files(validated.model, validated.input))
        placed = list(placed_files(validated.model, validated.input))
        self._progress.show(generation, lambda: self._describe(generation, urls, has_files=bool(placed)))
        provider_input = await self._with_urls(generation, validated, placed, urls) if placed else validated.input
        measured = self._as_measured(generation, urls)
        self._check_cost(measured, validated.model)
        await self._usual_times.recall(validated.model.id)
        bound = await self._account_of(generation, validated)
        async with (
            self._turns.turn(generation.user, generation.id, account=bound) as account,
            self._gate.enter(),
        ):
            guard.check()
            self._check_cost(measured, validated.model)  # a price may have risen meanwhile
            generation = await self._save(measured.submitting(at=self._clock.now(), account=account), guard)
            return await self._create(generation, validated, provider_input, guard, is_bound=bound is not None)

    async def _account_of(self, generation: Generation, validated: Validated) -> AccountName | None:
        """The account that knows the ids of the input; None: any will do. Raises InvalidInput, StoreUnavailable."""
        if self._earlier is None or not validated.has_earlier_ids:
            return None
        return await self._earlier.account(generation.user, validated.model, validated.input)

    async def _create(
        self,
        generation: Generation,
        validated: Validated,
        provider_input: Mapping[str, object],
        guard: LeadershipGuard,
        *,
        is_bound: bool,
    ) -> Generation:
        account = generation.account
        submission = Submission(
            model=validated.model, input=provider_input, callback_url=self._callback_url(generation)
        )
        try:
            guard.check()
            task_id = await self._submissions.send(generation, submission)
        except NotLeader:
            await self._save(generation.not_started(), guard)
            raise
        except ProviderUnavailable as error:
            self._health.postponed(self._turns.pause(error.retry_after_s or 0.0, account), account)
            log.info("generation.postponed", generation_id=generation.id, reason=str(error))
            return await self._save(generation.not_started(), guard)
        except ProviderRejected as error:
            self._health.refused(error.failure.kind, account)
            if not is_bound and self._others_take_it(account, error):
                self._turns.pause(REST_S, account)
                log.warning("account.rested", account=account, kind=error.failure.kind, rest_s=REST_S)
                return await self._save(generation.not_started(), guard)
            self._turns.end_pause(account)
            return await self._save.failed(generation, error.failure, guard)
        except ProviderOutcomeUnknown as error:
            log.warning("generation.outcome_unknown", generation_id=generation.id, reason=str(error))
            return await self._save(generation.outcome_unknown(), guard)
        self._turns.end_pause(account)
        self._health.accepted(account)
        return await self._running(generation.running(task_id, usual_s=self._usual_times.of(validated.model.id)), guard)

    async def _running(self, generation: Generation, guard: LeadershipGuard) -> Generation:
        """Write the task's id down, and if this leadership may not any more, report it for the next one."""
        saved = False
        try:
            generation = await self._save(generation, guard)
            saved = True
        finally:
            if not saved and generation.task_id:
                self._submissions.report(generation.id, generation.task_id)
        log.info("generation.submitted", generation_id=generation.id, task_id=generation.task_id)
        return generation

    async def _with_urls(
        self, generation: Generation, validated: Validated, placed: Sequence[PlacedFile], urls: Uploads
    ) -> Mapping[str, object]:
        """The input with every attachment replaced by the URL of its upload; ``urls`` remembers them."""
        for one in placed:
            if one.key not in urls:
                turns = self._following if one.attachment.link else self._uploading
                async with turns, self._open_attachment(one.attachment, generation.user) as file:
                    urls[one.key] = await self._upload(one, file)
        found = {path: [urls[one.key].facts for one in placed if one.path == path] for path in _paths(placed)}
        for path in found:
            check_together(path, next(one.parameter for one in placed if one.path == path), found)
        return with_files(validated.input, lambda path, file: urls[path, file.reference].url)

    def _as_measured(
        self, generation: Generation, urls: Uploads, refused: FileOutsideLimits | None = None
    ) -> Generation:
        """The generation with what was found of its files, that of a refused one too: it costs that much when it is repeated.

        Without ``FitFiles`` no file is looked into, and its sender's word is all there is.
        """
        facts = {**_facts(urls), **(refused.found if refused else {})} if self._fit_files is not None else {}
        return generation.measured(_measured(with_known_links(generation.input, facts), facts)) if facts else generation

    async def _upload(self, placed: PlacedFile, file: MediaFile) -> Upload:
        if file.size_bytes == 0:
            raise AttachmentEmpty(placed.path)
        if self._fit_files is None:
            facts = MediaFacts(mime=file.mime, size_bytes=file.size_bytes)
            return Upload(url=await self._kept(file), facts=facts)
        async with self._fit_files(placed, file) as (fitted, facts, note):
            return Upload(url=await self._kept(fitted), facts=facts, note=note)

    async def _kept(self, file: MediaFile) -> str:
        """The URL of an upload, which any account may read. An account that refuses us altogether leaves it to another."""
        taking = self._accounts.taking()
        account = next((name for name in taking if not self._health.is_refusing(name)), taking[0])
        try:
            return await self._accounts.of(account).upload(file)
        except ProviderRejected as error:
            self._health.refused(error.failure.kind, account)
            if self._others_take_it(account, error):
                raise ProviderUnavailable(f"the provider account {account} refuses uploads") from error
            raise

    def _others_take_it(self, account: AccountName, error: ProviderRejected) -> bool:
        """Whether the refusal is about the account, and there is another that is not known to refuse as well."""
        others = [name for name in self._accounts.taking() if name != account and not self._health.is_refusing(name)]
        return error.failure.kind in REFUSALS and bool(others)

    def _describe(self, generation: Generation, urls: Uploads, *, has_files: bool) -> Progress:
        place = self._turns.place(generation.user, generation.id)
        if place == 0 and has_files:
            return Uploading(fitted=tuple(upload.note for upload in urls.values() if upload.note))
        return Queued(place=max(place, 1))


def _paths(placed: Iterable[PlacedFile]) -> set[str]:
    return {one.path for one in placed}


def _facts(urls: Uploads) -> Found:
    return {key: upload.facts for key, upload in urls.items()}


def _measured(values: Mapping[str, object], facts: Found) -> Mapping[str, object]:
    """The input with what was found of its files."""

    def measured(path: str, file: Attachment) -> Attachment:
        found = facts.get((path, file.reference))
        if found is None:
            return file
        return file.measured(width=found.width, height=found.height, seconds=found.seconds)

    return with_files(values, measured)
