"""``mediabot validate``: what is wrong with an input, without sending it anywhere."""

import json
from collections.abc import Iterable, Sequence
from typing import cast

from attrs import field, frozen

from adapters.cli.as_json import Json, input_json, violation_json
from adapters.cli.errors import FAILED, WrongUse
from adapters.cli.local_files import Measure
from adapters.cli.raw_input import read_input
from adapters.cli.terminal import Terminal
from application.catalog.validate_input import ValidateInput
from application.errors import InvalidInput
from domain.violation import Violation, ViolationCode

NOT_AN_OBJECT = Violation(path="", code=ViolationCode.NOT_AN_OBJECT)


@frozen(kw_only=True)
class ValidateOptions:
    """The command line, as typed. ``batch``: inputs come as JSON lines on stdin, and ``model`` is not looked at."""

    model: str | None = None
    assignments: Sequence[str] = field(factory=tuple)
    input_file: str | None = None
    batch: bool = False
    force: bool = False


@frozen(kw_only=True)
class Validate:
    """Verdicts for a person (one input) and for a program (one line each)."""

    _validate: ValidateInput
    _terminal: Terminal
    _measure: Measure | None = None

    def __call__(self, options: ValidateOptions) -> int:
        """Exit status: 0 for a valid input, which is printed as it would be sent; 1 for violations, which are printed.

        A batch asks for verdicts and gets them, so it ends in 0 once each line has its own. 2 for wrong use.
        """
        if options.batch:
            self._answer_lines(self._terminal.stdin, force=options.force)
            return 0
        try:
            return self._answer(options)
        except WrongUse as fault:
            return self._terminal.refuse(fault)

    def _answer(self, options: ValidateOptions) -> int:
        if options.model is None:
            raise WrongUse("cli-model-missing")
        raw = read_input(options.assignments, options.input_file, self._terminal.stdin, self._measure)
        try:
            valid = self._validate(options.model, raw, forced=options.force)
        except InvalidInput as error:
            for violation in error.violations:
                self._terminal.tell(self._terminal.words.violation(violation))
            return FAILED
        for notice in valid.notices:
            self._terminal.tell(self._terminal.words.notice(notice))
        self._terminal.put_json(cast("Json", input_json(valid.input)), indent=2)
        return 0

    def _answer_lines(self, lines: Iterable[str], *, force: bool) -> None:
        """Each at once and in order: ``{"model", "input"}`` → ``{"ok", "violations", "input"}``, and
        ``notices`` where the provider will drop a value.

        Whatever else a line holds gets its violation; empty lines are passed over.
        """
        for line in lines:
            if not line.isspace():
                self._terminal.put_json(self._verdict(line, force=force))

    def _verdict(self, line: str, *, force: bool) -> Json:
        try:
            order = json.loads(line)
        except (ValueError, RecursionError):
            return self._invalid([NOT_AN_OBJECT])
        if not isinstance(order, dict):
            return self._invalid([NOT_AN_OBJECT])
        model = order.get("model")
        if not isinstance(model, str):
            return self._invalid([Violation(path="model", code=ViolationCode.REQUIRED)])
        try:
            valid = self._validate(model, order.get("input", {}), forced=force)
        except InvalidInput as error:
            return self._invalid(error.violations)
        words = self._terminal.words
        notices = [violation_json(each, words) | {"message": words.notice(each)} for each in valid.notices]
        verdict: Json = {"ok": True, "violations": [], "input": input_json(valid.input)}
        return verdict | ({"notices": notices} if notices else {})

    def _invalid(self, violations: Sequence[Violation]) -> Json:
        words = self._terminal.words
        return {"ok": False, "violations": [violation_json(each, words) for each in violations], "input": None}
