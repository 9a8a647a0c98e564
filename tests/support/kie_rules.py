"""Inputs that obey every rule between parameters, and every number of files, that KIE documents, made from inputs that may not."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from simulators.kie.known_facts import KieFacts, Rule, known_facts
from simulators.kie.rule_check import is_broken

FileOf = Callable[[str], str]
Input = dict[str, Any]

_KINDS: Final = {"png": "image", "mp4": "video", "mp3": "audio", "pdf": "document"}
_EXAMPLE_FILES: Final = "https://files.example.com/"
_TASK_NAMES: Final = ("task_id", "taskId")
_TRIES: Final = 40


def broken_rules(model_id: str, given: Mapping[str, Any], facts: KieFacts | None = None) -> list[Rule]:
    """The rules of a model that this input breaks."""
    facts = facts or known_facts()
    model = facts.models[model_id]
    return [rule for rule in facts.rules.get(model_id, ()) if is_broken(model, rule, given)]


def obeying(model_id: str, given: Mapping[str, Any], file_of: FileOf, task_id: str, song_id: str = "") -> Input:
    """The input without what breaks a rule; the rule's own example where that does not help.

    Args:
        given: an input that is valid but for rules between parameters.
        file_of: returns the URL of a file of the kind `image`, `video`, `audio` or `document`.
        task_id: an earlier task, for models that go on from one.
        song_id: a song of an earlier task.
    """
    rest = _counted(model_id, given)
    broken = broken_rules(model_id, rest)
    for _ in range(_TRIES):
        if not broken:
            return rest
        rest = {name: value for name, value in rest.items() if name not in set(_to_drop(model_id, broken[0], rest))}
        before, broken = broken[0], broken_rules(model_id, rest)
        if before in broken:
            example = example_input(model_id, before["examples"][model_id]["obeys"], file_of, task_id, song_id)
            both = rest | example
            return example if broken_rules(model_id, both) else both
    raise AssertionError(f"{model_id} cannot be made to obey")


def _counted(model_id: str, given: Mapping[str, Any]) -> Input:
    """The input with no more files in a list than the pages of the model allow."""
    rest = dict(given)
    for path, limit in known_facts().limits.get(model_id, {}).items():
        name, most = path.partition("[]")[0], limit.get("count", (None, None))[1]
        if isinstance(rest.get(name), list) and most is not None:
            rest[name] = rest[name][:most]
    return rest


def example_input(model_id: str, example: Input, file_of: FileOf, task_id: str, song_id: str = "") -> Input:
    """An example of a rule with real files and a real earlier task in it."""
    parameters = known_facts().models[model_id]["input"]
    found = {name: _with_files(value, file_of) for name, value in example.items() if name in parameters}
    found |= {name: task_id for name in _TASK_NAMES if name in found}
    return found | ({"audio_id": song_id} if "audio_id" in found and song_id else {})


def _with_files(value: Any, file_of: FileOf) -> Any:
    match value:
        case str() if value.startswith(_EXAMPLE_FILES):
            return file_of(_KINDS[value.rpartition(".")[2]])
        case list():
            return [_with_files(each, file_of) for each in value]
        case dict():
            return {name: _with_files(each, file_of) for name, each in value.items()}
        case _:
            return value


def _to_drop(model_id: str, rule: Rule, given: Mapping[str, Any]) -> Iterator[str]:
    """Parameters that are not required and without which the rule is not broken by this input."""
    parameters = known_facts().models[model_id]["input"]
    for name in _named(rule):
        if name in given and not parameters.get(name, {}).get("required"):
            yield name


def _named(rule: Rule) -> list[str]:
    match rule["kind"]:
        case "excludes":
            side = rule["between"][1]
            return list(side) if isinstance(side, list) else [side]
        case "requires":
            return list(rule["if_given"])
        case "exactly_one":
            return [
                name for group in rule["parameters"][1:] for name in (group if isinstance(group, list) else [group])
            ]
        case "allowed_when":
            return [rule["parameter"]]
        case "forbidden_when" | "same_length":
            return list(rule["parameters"])
        case "max_total":
            return [path.partition("[]")[0] for path in list(rule["of"])[1:]] or [*rule["of"]]
        case _:
            return [str(rule.get("path") or rule.get("from") or "").partition("[]")[0]]
