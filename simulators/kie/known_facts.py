"""The facts by which the simulated KIE judges inputs and bills for them."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from attrs import field, frozen

Model = Mapping[str, Any]
Rule = Mapping[str, Any]
Priced = Mapping[str, Any]
Limit = Mapping[str, Any]

# Costs money at KIE, but nothing is refused for it.
_NEVER_REFUSED: Final = "default_multiplies"


@frozen(kw_only=True)
class KieFacts:
    """What is known of KIE, by model id.

    Attributes:
        models: what a model takes: `input` maps names to parameters.
        as_of: the day of `models`, as an ISO date; what KIE documented later is not known here.
        prices: price rules of the current models, with `ceiling` and what KIE takes for `left_out` values.
        rules: rules between parameters; an input that breaks one is refused.
        limits: what files a parameter takes: sides, seconds, megabytes; by parameter path (`elements[].url`).
    """

    models: Mapping[str, Model]
    as_of: str = ""
    prices: Mapping[str, Priced] = field(factory=dict)
    rules: Mapping[str, tuple[Rule, ...]] = field(factory=dict)
    limits: Mapping[str, Mapping[str, Limit]] = field(factory=dict)


@cache
def known_facts() -> KieFacts:
    """Return the packaged facts."""
    rules: dict[str, list[Rule]] = {}
    for rule in _read("rules")["rules"]:
        if rule["kind"] != _NEVER_REFUSED:
            for model_id in rule["models"]:
                rules.setdefault(model_id, []).append(rule)
    return KieFacts(
        models=_read("models")["models"],
        as_of=_read("models")["as_of"],
        prices=_read("prices")["models"],
        rules={model_id: tuple(found) for model_id, found in rules.items()},
        limits=_read("media_limits")["models"],
    )


def _read(name: str) -> Any:
    return json.loads((files("simulators.kie.facts") / f"{name}.json").read_text(encoding="utf-8"))
