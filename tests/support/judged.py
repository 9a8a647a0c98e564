"""Generated inputs of every model, and what the simulated KIE says of each: verdict and bill. Derandomised."""

import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from domain.model import Model
from simulators.kie.answers import KieRefusal
from simulators.kie.billing import Bill, TaskBilling
from simulators.kie.conditions import LEFT_OUT, holds
from simulators.kie.input_check import InputCheck
from simulators.kie.known_facts import known_facts
from simulators.kie.limit_check import check_count
from simulators.kie.rule_check import RuleCheck
from tests.support.kie_registry import full_input, minimal_input
from tests.support.kie_rules import broken_rules, obeying

FACTS: Final = known_facts()
VARIED: Final = 3
"""Combinations of a model of which everything else is varied as well."""
EARLIER: Final = "0" * 32
SONG: Final = "song-0"
_FILES: Final = {"image": "png", "video": "mp4", "audio": "mp3", "document": "pdf"}
_CHECK: Final = InputCheck(check_media=lambda _url, _parameter: None, knows_task=lambda _task: True)
_TYPES: Final[Mapping[str, tuple[object, ...]]] = {
    "string": (7, True, ["a"]),
    "enum": ("no such value", 7.5),
    "boolean": ("maybe", 3),
    "integer": (2.5, "many", True),
    "number": ("many", True),
    "numeric_text": ("many", ["5"]),
    "array": ("a", 7),
    "object": ("a", [1]),
}


@frozen
class FilesOfOneLength:
    """What KIE would learn from the files and from the task that an input goes on from."""

    seconds: float | None = None
    files: int = 1
    facts: Mapping[str, object] = {}
    given: Mapping[str, object] = {}

    def seconds_of(self, paths: tuple[str, ...]) -> float | None:
        return None if self.seconds is None else sum(self.lengths()[path] for path in paths)

    def lengths(self) -> dict[str, float]:
        """Seconds of all files of each parameter together; none where they are not known."""
        counts = {name: len(value) if isinstance(value, list) else 1 for name, value in self.given.items()}
        return {name: (self.seconds or 0.0) * count for name, count in counts.items() if self.seconds is not None}

    def results(self) -> int:
        return self.files

    def fact(self, name: str) -> object:
        return self.facts.get(name)


def is_known(model: Model) -> bool:
    """Whether the facts can know the model: a new entry of the registry may have been seen in KIE's documents after them."""
    return min(model.docs_seen, default="") <= FACTS.as_of


def file_of(kind: str) -> str:
    """An address that says of which kind its file is."""
    return f"https://files.example.com/a.{_FILES[kind]}"


def verdict(model_id: str, given: object) -> str:
    """Empty where KIE takes the input, else its words."""
    try:
        checked = _CHECK(FACTS.models[model_id], given)
        RuleCheck(FACTS)(model_id, FACTS.models[model_id], checked)
        for path, limit in FACTS.limits.get(model_id, {}).items():
            check_count(path, limit, checked)
    except KieRefusal as refusal:
        return refusal.message
    return ""


def bill(model_id: str, given: Mapping[str, Any], said: FilesOfOneLength | None = None) -> Bill:
    """What KIE charges for an input that it takes."""
    return TaskBilling(facts=FACTS)(model_id, FACTS.models[model_id], given, said or FilesOfOneLength())


def least(model_id: str) -> dict[str, Any]:
    """The least valid input of a model."""
    model = FACTS.models[model_id]
    return obeying(model_id, minimal_input(model, file_of, EARLIER), file_of, EARLIER, SONG)


def fullest(model_id: str) -> dict[str, Any]:
    """As much of a valid input as goes together."""
    model = FACTS.models[model_id]
    return obeying(model_id, full_input(model, file_of, EARLIER), file_of, EARLIER, SONG)


def inputs(model_id: str, count: int = 25) -> Iterator[dict[str, Any]]:
    """Valid inputs with one thing changed: an edge, a value beyond it, another type, a parameter more or less."""
    chance = random.Random(model_id)
    parameters = FACTS.models[model_id]["input"]
    for number in range(count):
        given = least(model_id) if number % 2 else fullest(model_id)
        name = chance.choice(sorted(parameters))
        if name in given and chance.random() < 0.2:
            del given[name]
        else:
            given[name] = chance.choice(_values(parameters[name]))
        yield given


def _values(parameter: Mapping[str, Any]) -> list[Any]:
    kind = parameter["type"]
    values: list[Any] = list(parameter.get("values", ())) + list(_TYPES[kind])
    for key, step in (("min", -1), ("max", 1)):
        if (bound := parameter.get(key)) is not None:
            values += [_at(kind, bound), _at(kind, bound + step)]
    return values + list(parameter.get("special", ()))


def _at(kind: str, bound: float) -> Any:
    match kind:
        case "string":
            return "x" * max(0, int(bound))
        case "array":
            return [file_of("image")] * max(0, int(bound))
        case "numeric_text":
            return str(bound)
        case "integer":
            return int(bound)
        case _:
            return bound


def priced_inputs(model_id: str) -> Iterator[tuple[dict[str, Any], FilesOfOneLength]]:
    """Valid inputs with every combination of what the price depends on, and with other numbers of files and other amounts of
    all else; without files' lengths and with them."""
    priced, model = FACTS.prices[model_id], FACTS.models[model_id]
    counted = {rule["per"]["parameter"] for rule in priced["rules"] if "parameter" in rule.get("per", {})}
    names = sorted({name for rule in priced["rules"] for name in rule.get("when", {})} | counted)
    base = least(model_id)
    varied = 0
    for values in itertools.product(*(_choices(model, priced, name) for name in names)):
        chosen = dict(zip(names, values, strict=True))
        given = {**base, **{name: value for name, value in chosen.items() if not name.startswith("$")}}
        given = {name: value for name, value in given.items() if value is not LEFT_OUT}
        if broken_rules(model_id, given) or verdict(model_id, given):
            continue
        facts = {name: value for name, value in chosen.items() if name.startswith("$") and value is not LEFT_OUT}
        yield given, FilesOfOneLength(facts=facts, given=given)
        yield given, FilesOfOneLength(seconds=4.0, facts=facts, given=given)
        varied += 1
        for other in _varied(model, given) if varied <= VARIED else ():
            if not broken_rules(model_id, other) and not verdict(model_id, other):
                yield other, FilesOfOneLength(seconds=33.3, facts=facts, given=other)


def _varied(model: Mapping[str, Any], given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The input with one more value: every choice, and the least, the middle and the most of all that is counted."""
    for name, parameter in model["input"].items():
        for value in _amounts(parameter):
            if value is not LEFT_OUT:
                yield {**given, name: value}


def _choices(model: Mapping[str, Any], priced: Mapping[str, Any], name: str) -> list[Any]:
    conditions = [rule["when"][name] for rule in priced["rules"] if name in rule.get("when", {})]
    parameter = model["input"].get(name, {})
    if not conditions:
        return _amounts(parameter)
    if any(isinstance(condition, dict) and "given" in condition for condition in conditions):
        return [_one_file(parameter), LEFT_OUT]
    if any(isinstance(condition, dict) for condition in conditions):
        return sorted({edge for condition in conditions for edge in condition.values()})
    values = parameter.get("values") or ([True, False] if parameter.get("type") == "boolean" else [])
    values = list(values) or [v for c in conditions for v in (c if isinstance(c, list) else [c]) if v is not None]
    values = [value for value in values if any(holds(condition, value) for condition in conditions)]
    return [*values, LEFT_OUT]


def _amounts(parameter: Mapping[str, Any]) -> list[Any]:
    """What a price is multiplied by: every value there is, or the least, the most and what has a meaning of its own."""
    if parameter["type"] == "string":
        return [file_of(parameter["media"]), LEFT_OUT] if "media" in parameter else [LEFT_OUT]
    kind, bounds = parameter["type"], [parameter[key] for key in ("min", "max") if key in parameter]
    if kind == "array":
        file = [file_of(parameter["media"])] if "media" in parameter else []
        return [*(file * number for number in sorted({1, 2, *bounds}) if file and number), LEFT_OUT]
    middle = [sum(bounds) // 2] if kind == "integer" and len(bounds) == 2 and "step" not in parameter else []
    edges = [_at(kind, bound) for bound in [*bounds, *middle]]
    return [*(parameter.get("values") or edges), *parameter.get("special", ()), LEFT_OUT]


def _one_file(parameter: Mapping[str, Any]) -> Any:
    if parameter["type"] != "array":
        return file_of(parameter.get("media", "image"))
    if isinstance(parameter["items"], str):
        return [file_of(parameter.get("media", "image"))] * max(1, parameter.get("min", 1))
    fields = parameter["items"]["fields"]
    return [{key: file_of(one["media"]) if "media" in one else 1 for key, one in fields.items() if one.get("required")}]
