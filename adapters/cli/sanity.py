"""``mediabot sanity``: does every type of model still come back with a result?"""

import asyncio
from collections.abc import Sequence

from attrs import field, frozen

from adapters.cli.as_json import Json, violation_json
from adapters.cli.errors import FAILED, WrongUse
from adapters.cli.messenger import CliMessenger
from adapters.cli.progress import NoProgress, ProgressLine
from adapters.cli.runs import Drive, while_driving
from adapters.cli.tables import put_table
from adapters.cli.terminal import Terminal
from application.errors import InvalidInput
from application.operating.check_models import NO_EARLIER_TASK, CheckModels, CheckPlan, ModelCheck
from domain.failure import Failure
from domain.model import ModelType


@frozen(kw_only=True)
class SanityOptions:
    """The command line, as typed. ``yes``: spend without asking; ``force``: try what is not offered as well."""

    types: Sequence[ModelType] = field(factory=tuple)
    every: bool = False
    yes: bool = False
    json: bool = False
    force: bool = False


def sanity_messenger(terminal: Terminal) -> CliMessenger:
    """A messenger that only waits: many generations at once would talk across each other, and the table says it all."""
    return CliMessenger(terminal, NoProgress(), answers=False)


@frozen(kw_only=True)
class Sanity:
    """Says the price, asks, runs, and shows a row for each model."""

    _check_models: CheckModels
    _drive: Drive
    _terminal: Terminal
    _progress: ProgressLine

    async def __call__(self, options: SanityOptions) -> int:
        """Exit status: 0 when every model that was tried gave a result, 1 otherwise, or when the person said no; 2 when
        credits would be spent with neither a terminal to ask at nor ``yes``.

        Raises:
            CancelledError: the person stopped waiting; they have been informed what goes on without them.
        """
        plan = self._check_models.plan(types=options.types, every=options.every, forced=options.force)
        try:
            agreed = not plan.models or await self._agreed(plan, options)
        except WrongUse as fault:
            return self._terminal.refuse(fault)
        if not agreed:
            self._terminal.tell_text("cli-sanity-declined")
            return FAILED
        checks = await self._checks(plan, options)
        self._show(checks, options)
        return FAILED if any(check.passed is False for check in checks) else 0

    async def _agreed(self, plan: CheckPlan, options: SanityOptions) -> bool:
        price = self._terminal.words.cost(plan.credits)
        self._terminal.tell_text("cli-sanity-estimate", count=len(plan.runs), price=price)
        if plan.unpriced:
            self._terminal.tell_text("cli-sanity-unpriced", count=plan.unpriced)
        if options.yes:
            return True
        if not self._terminal.stdin.isatty():
            raise WrongUse("cli-sanity-needs-yes")
        words = self._terminal.words
        answer = await self._terminal.ask(words("cli-sanity-question"))
        return answer.lower() in words("cli-sanity-yes").split()

    async def _checks(self, plan: CheckPlan, options: SanityOptions) -> Sequence[ModelCheck]:
        done: list[ModelCheck] = []

        def report(check: ModelCheck) -> None:
            done.append(check)
            self._progress.show(self._terminal.words("cli-sanity-progress", done=len(done), all=len(plan.models)))

        try:
            checks = await while_driving(self._drive, self._check_models(plan, report))
        except asyncio.CancelledError:
            self._progress.clear()
            self._show(done, options, complete=False)
            self._terminal.tell_text("cli-sanity-interrupted")
            raise
        self._progress.clear()
        return checks

    def _show(self, checks: Sequence[ModelCheck], options: SanityOptions, *, complete: bool = True) -> None:
        if options.json:
            passed = complete and all(check.passed is not False for check in checks)
            self._terminal.put_json({"ok": passed, "checks": [self._json(check) for check in checks]}, indent=2)
        elif checks or not complete:
            self._put_rows(checks)
        else:
            self._terminal.tell_text("cli-sanity-nothing")

    def _put_rows(self, checks: Sequence[ModelCheck]) -> None:
        headings = ("cli-column-model", "cli-column-type", "cli-column-state", "cli-column-verdict", "cli-column-time")
        words = self._terminal.words
        put_table(self._terminal.out, [words(key) for key in headings], map(self._row, checks))
        for check in checks:
            if reason := self._reason(check):
                self._terminal.put(f"{check.model.id}: {reason}")

    def _row(self, check: ModelCheck) -> tuple[str, ...]:
        verdict = {True: "cli-ok", False: "cli-fail", None: "cli-not-tried"}[check.passed]
        seconds = "" if check.seconds is None else f"{check.seconds:.1f} s"
        return check.model.id, str(check.model.type), check.state, self._terminal.words(verdict), seconds

    def _reason(self, check: ModelCheck) -> str:
        words = self._terminal.words
        match check.problem:
            case Failure() as failure:
                return words.failure(failure)
            case InvalidInput(violations=violations):
                return "; ".join(words.violation(violation) for violation in violations)
            case None:
                return words("cli-sanity-no-earlier") if check.state == NO_EARLIER_TASK else ""
            case error:
                return words.error(error)

    def _json(self, check: ModelCheck) -> Json:
        invalid = check.problem.violations if isinstance(check.problem, InvalidInput) else ()
        return {
            "model": check.model.id,
            "type": str(check.model.type),
            "state": check.state,
            "ok": check.passed,
            "seconds": check.seconds,
            "credits": check.credits,
            "task_id": check.task_id,
            "message": self._reason(check) or None,
            "violations": [violation_json(violation, self._terminal.words) for violation in invalid],
        }
