"""``mediabot sync-models``: does the registry still say what the provider offers?"""

import asyncio
from collections.abc import Sequence

from attrs import define, field, frozen

from adapters.cli.errors import FAILED, WrongUse
from adapters.cli.progress import ProgressLine
from adapters.cli.terminal import Terminal
from application.errors import ProviderRejected, ProviderUnavailable
from config.registry_tools.change import ModelChange
from config.registry_tools.sync_models import (
    NoSuchModels,
    NotComparable,
    Progress,
    SyncModels,
    SyncReport,
    SyncScope,
)
from config.registry_tools.sync_words import change_lines, not_comparable_line, report_json


@frozen(kw_only=True)
class SyncOptions:
    """The command line, as typed. ``start`` is the model to go on from; ``write``: correct the files as well."""

    models: Sequence[str] = ()
    vendor: str = ""
    start: str = ""
    write: bool = False
    json: bool = False


@frozen(kw_only=True)
class SyncRegistry:
    """Compares at the provider's pace, shows how far it is, then prints what differs for someone to review."""

    _sync_models: SyncModels
    _terminal: Terminal
    _progress: ProgressLine

    async def __call__(self, options: SyncOptions) -> int:
        """Exit status: 0 when nothing differs or all that does is written, 1 when something is left, 2 for wrong use.

        A model for which the provider did not answer leaves something: no one knows. One without a schema does not.
        """
        scope = SyncScope(names=options.models, vendor=options.vendor, start=options.start)
        watch = _Watch(self._terminal, self._progress)
        try:
            report = await self._sync_models(scope, watch, write=options.write)
        except NoSuchModels as error:
            return self._terminal.refuse(WrongUse("cli-sync-unknown", names=error.names))
        except OSError as error:
            fault = WrongUse("cli-sync-unwritable", file=error.filename, reason=error.strerror)
            return self._terminal.refuse(fault)
        except ProviderRejected as error:
            return self._unreachable(self._terminal.words.failure(error.failure))
        except ProviderUnavailable as error:
            return self._unreachable(str(error))
        except asyncio.CancelledError:
            self._put(watch.found)
            if watch.model:
                self._terminal.tell_text("cli-sync-interrupted", model=watch.model)
            raise
        finally:
            self._progress.clear()
        if options.json:
            self._terminal.put_json(report_json(report), indent=2)
        else:
            self._put([*report.changes, *report.not_comparable])
            self._sum_up(report)
        return FAILED if report.open_changes or report.is_incomplete else 0

    def _unreachable(self, reason: str) -> int:
        self._terminal.tell_text("cli-sync-unreachable", reason=reason)
        return FAILED

    def _put(self, found: Sequence[ModelChange | NotComparable]) -> None:
        words = self._terminal.words
        for one in found:
            lines = change_lines(one, words) if isinstance(one, ModelChange) else [not_comparable_line(one, words)]
            for line in lines:
                self._terminal.put(line)

    def _sum_up(self, report: SyncReport) -> None:
        words = self._terminal.words
        for one in report.unwritten:
            self._terminal.put(words("cli-sync-unwritten", model=one.model, reason=one.reason))
        self._terminal.tell_text("cli-sync-summary", compared=report.compared, different=len(report.changes))
        if report.written:
            self._terminal.tell_text("cli-sync-left", count=len(report.open_changes))
        elif report.changes:
            self._terminal.tell_text("cli-sync-not-written")


@define
class _Watch:
    """Keeps what was found so far, in case the person stops waiting."""

    _terminal: Terminal
    _progress: ProgressLine
    found: list[ModelChange | NotComparable] = field(factory=list, init=False)
    model: str = field(default="", init=False)

    def __call__(self, progress: Progress) -> None:
        self.found += [progress.found] if progress.found else []
        self.model = progress.model or self.model
        words = self._terminal.words
        self._progress.show(words("cli-sync-progress", done=progress.done, all=progress.total))
