"""The verdict on a creation: is the input one that KIE takes, and what will it cost."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from .account import KieAccount
from .billing import Bill, TaskBilling
from .conditions import Given, effective, texts_at
from .input_check import InputCheck
from .known_facts import KieFacts, Model
from .limit_check import check_count, check_limits, check_same_size
from .measuring import Measured, measure
from .own_files import OwnFiles, ResultFile
from .results import TaskResults
from .rule_check import RuleCheck
from .studio import Studio
from .tasks import KieTask

_TIERS: Final[Mapping[str, str]] = {"veo3_lite": "lite", "veo3_fast": "fast", "veo3": "quality"}
_SOURCE_NAMES: Final = ("task_id", "taskId")


@frozen(kw_only=True)
class Judge:
    """Checks an input by shape, rules and files, and bills for it; by facts of its own."""

    facts: KieFacts
    check: InputCheck
    rules: RuleCheck
    account: KieAccount
    files: OwnFiles
    studio: Studio
    results: TaskResults

    async def __call__(self, model_id: str, given: object) -> tuple[Given, Bill]:
        """Return the input as KIE understands it, with its bill.

        Raises:
            KieRefusal: for the first thing that is wrong.
        """
        model = self.facts.models[model_id]
        checked = self.check(model, given)
        self.rules(model_id, model, checked)
        limits = self.facts.limits.get(model_id, {})
        for path, limit in limits.items():
            check_count(path, limit, checked)
        measured = await self._measured(model_id, checked)
        if self.account.options.check_media:
            for path, limit in limits.items():
                check_limits(path, limit, measured.get(path, []))
                if other := limit.get("same_size_as"):
                    check_same_size(path, measured.get(path, []), measured.get(other, []))
        measures = _Measures(self, model_id, model, checked, measured)
        billing = TaskBilling(facts=self.facts, share=self.account.options.bill_share)
        return checked, billing(model_id, model, checked, measures)

    async def _measured(self, model_id: str, given: Given) -> Mapping[str, list[Measured]]:
        """What the files at the paths that limits or prices speak of turned out to be; only files of our own."""
        paths = {*self.facts.limits.get(model_id, {}), *_priced_paths(self.facts.prices.get(model_id, {}))}
        found: dict[str, list[Measured]] = {}
        for path in sorted(paths):
            for url in texts_at(given, path):
                file = await self._measure(url)
                if file is not None:
                    found.setdefault(path, []).append(file)
        return found

    async def _measure(self, url: str) -> Measured | None:
        file = self.files.find(url)
        if file is None:
            return None
        if isinstance(file, ResultFile):
            stored = await self.studio.deliver(file)
            return await asyncio.to_thread(measure, stored.path, stored.mime)
        uploaded = self.files.uploads.find(file.key)
        return await asyncio.to_thread(measure, uploaded.path, uploaded.mime) if uploaded else None


@frozen
class _Measures:
    """What the price of one input asks about its files and the task that it goes on from."""

    judge: Judge
    model_id: str
    model: Model
    given: Given
    measured: Mapping[str, list[Measured]]

    def seconds_of(self, paths: tuple[str, ...]) -> float | None:
        files = [file for path in paths for file in self.measured.get(path, ())]
        seconds = [file.seconds for file in files if file.seconds is not None]
        named = sum(len(texts_at(self.given, path)) for path in paths)
        return sum(seconds) if seconds and len(seconds) == named else None

    def results(self) -> int:
        return self.judge.results.count(self.model_id, self.given)

    def fact(self, name: str) -> object:
        if name == "$output_long_side":
            return self._output_side()
        chosen = "resolution" if name == "$source_resolution" else "model"
        earlier = self._earlier(self.given)
        while earlier is not None:
            value = effective(self.judge.facts.models[earlier.model], earlier.input, chosen)
            before = self._earlier(earlier.input)
            if value is not None or before is None:  # else it is as the task before made it
                return _said(name, value, earlier.model)
            earlier = before
        return None

    def _earlier(self, given: Given) -> KieTask | None:
        ids = [str(given[key]) for key in _SOURCE_NAMES if key in given]
        return self.judge.account.tasks.get(ids[0]) if ids else None

    def _output_side(self) -> float | None:
        picture = next(iter(self.measured.get("image_url", ())), None)
        if picture is None or not picture.width or not picture.height:
            return None
        factor = effective(self.model, self.given, "upscale_factor")
        return max(picture.width, picture.height) * float(factor or 1)


def _said(name: str, value: object, model_id: str) -> str | None:
    """A fact as price rules have it: the resolution that was chosen, or the tier of the model, by its name or by its id."""
    if name == "$source_resolution":
        return None if value is None else str(value).lower()
    return _TIERS.get(str(value or model_id))


def _priced_paths(priced: Mapping[str, Any]) -> set[str]:
    """The parameters whose files a price depends on."""
    paths: set[str] = set()
    for rule in priced.get("rules", ()):
        per = rule.get("per") or {}
        named = (per.get("length_of"), per.get("or_length_of"), per.get("zero_means", {}).get("length_of"))
        paths |= {name for name in named if isinstance(name, str)}
        if "$output_long_side" in rule.get("when", {}):
            paths.add("image_url")
        for more in rule.get("plus", ()):
            if more["unit"] == "input_second":
                paths |= set(more["of"] if isinstance(more["of"], list) else [more["of"]])
    return paths
