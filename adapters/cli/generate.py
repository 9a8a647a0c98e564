"""``mediabot generate``: one wish, watched until its end."""

import asyncio
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from attrs import field, frozen

from adapters.cli.as_json import generation_json, refusal_json
from adapters.cli.errors import FAILED, WrongUse
from adapters.cli.local_files import Measure
from adapters.cli.messenger import CliMessenger
from adapters.cli.progress import progress_line
from adapters.cli.raw_input import read_input
from adapters.cli.runs import Drive, while_driving
from adapters.cli.terminal import Terminal
from application.catalog.validate_input import ValidateInput
from application.drafts.run_draft import RunDraft, RunOrder
from application.errors import ApplicationError, InvalidInput
from application.ports.clock import Clock
from application.ports.generation_store import GenerationStore
from application.ports.ids import Ids
from domain.draft import Draft, DraftId
from domain.generation import Destination, Generation, GenerationState, UserId

CLI_USER: Final = UserId("cli:terminal")
HERE: Final = Destination(chat="terminal")


@frozen(kw_only=True)
class GenerateOptions:
    """The command line, as typed. ``save`` is the folder for the results, ``input_file`` a path or ``-``."""

    model: str
    assignments: Sequence[str] = field(factory=tuple)
    input_file: str | None = None
    json: bool = False
    save: Path | None = None
    force: bool = False


def generation_messenger(options: GenerateOptions, terminal: Terminal) -> CliMessenger:
    """The messenger that ``generate`` waits on."""
    return CliMessenger(terminal, progress_line(terminal.err), save_to=options.save, answers=not options.json)


@frozen(kw_only=True)
class Generate:
    """Runs one generation on the same use cases as every other front end."""

    _validate: ValidateInput
    _run: RunDraft
    _drive: Drive
    _store: GenerationStore
    _messenger: CliMessenger
    _terminal: Terminal
    _ids: Ids
    _clock: Clock
    _measure: Measure | None = None

    async def __call__(self, options: GenerateOptions) -> int:
        """Exit status: 0 with every result (saved, where asked), 1 otherwise, 2 when the command line can't be.

        Raises:
            CancelledError: the person stopped waiting; they have been informed what goes on without them.
        """
        try:
            draft = self._draft(options)
            outcome = await self._run(draft, self._order(options))
        except WrongUse as fault:
            return self._terminal.refuse(fault)
        except ApplicationError as error:
            return self._refused(options, error)
        generation, price = outcome.generation, outcome.quote.price
        if generation is None or price is None:
            raise AssertionError(draft.model_id)  # whatever it costs was agreed to
        self._terminal.tell_text("cli-costs", price=self._terminal.words.price(price))
        for notice in outcome.quote.notices:
            self._terminal.tell(self._terminal.words.notice(notice))
        try:
            ended = await while_driving(self._drive, self._messenger.concluded(generation.id))
        except asyncio.CancelledError:
            await self._interrupted(options, generation)
            raise
        return self._ended(options, ended)

    def _draft(self, options: GenerateOptions) -> Draft:
        """Read the command line, and make the folder before anything is paid for. Raises ``WrongUse`` and ``InvalidInput``."""
        raw = read_input(options.assignments, options.input_file, self._terminal.stdin, self._measure)
        if options.save:
            try:
                options.save.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise WrongUse("cli-unusable-folder", folder=str(options.save), reason=error.strerror) from error
        return Draft(
            id=DraftId(self._ids.short_id()),
            user=CLI_USER,
            destination=HERE,
            model_id=self._validate.model(options.model, forced=options.force).id,
            values=raw,
            updated_at=self._clock.now(),
        )

    def _order(self, options: GenerateOptions) -> RunOrder:
        """The person at the terminal pays KIE, and agrees to the price by typing the command."""
        return RunOrder(language=self._terminal.words.language, agreed_credits=math.inf, forced=options.force)

    def _refused(self, options: GenerateOptions, error: ApplicationError) -> int:
        words = self._terminal.words
        if options.json:
            self._terminal.put_json(refusal_json(options.model, error, words))
            return FAILED
        self._terminal.tell(words.error(error))
        for violation in error.violations if isinstance(error, InvalidInput) else ():
            self._terminal.tell(f"  {words.violation(violation)}")
        return FAILED

    def _ended(self, options: GenerateOptions, generation: Generation) -> int:
        if options.json:
            self._terminal.put_json(generation_json(generation, self._terminal.words, self._messenger.saved))
        unsaved = len(generation.results) - len(self._messenger.saved) if options.save else 0
        if unsaved:
            self._terminal.tell_text("cli-not-saved", count=unsaved)
        return FAILED if generation.failure or unsaved else 0

    async def _interrupted(self, options: GenerateOptions, generation: Generation) -> None:
        self._messenger.clear_progress()
        now = await self._store.get(generation.id) or generation
        if options.json:
            self._terminal.put_json(generation_json(now, self._terminal.words, self._messenger.saved))
        if now.task_id:
            self._terminal.tell_text("cli-interrupted", task=now.task_id)
        elif now.state is GenerationState.QUEUED:
            self._terminal.tell_text("cli-interrupted-unsent")
        else:
            self._terminal.tell_text("cli-interrupted-unknown")
