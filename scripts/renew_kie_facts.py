"""Writes the facts that the simulated KIE judges and bills by: `simulators/kie/facts/*.json`.

    python scripts/renew_kie_facts.py FOLDER

FOLDER holds `models.json`, `models_new.json`, `prices.json`, `rules.json` and `media_limits.json` in the
form that its own README describes. Only what the simulator reads is kept, without spaces, so that the wheel
stays small; nothing of our registry is looked at. Run it again whenever the facts change, and read the diff.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

Json = dict[str, Any]

TARGET: Final = Path(__file__).parents[1] / "simulators" / "kie" / "facts"
# Our word for a key of the source, in the order in which the keys are written.
_KEYS: Final = {
    "type": "type",
    "required": "required",
    "required_when": "required_when",
    "media": "media",
    "format": "format",
    "values": "values",
    "value_type": "value_type",
    "default": "default",
    "min": "min",
    "max": "max",
    "min_length": "min",
    "max_length": "max",
    "min_items": "min",
    "max_items": "max",
    "step": "step",
    "special_values": "special",
    "pattern": "pattern",
    "accepted": "accepted",
    "max_file_mb": "max_file_mb",
    "description": "about",
}
_PRICE_KEYS: Final = ("unit", "credits", "when", "per", "plus", "at_most", "total_seconds_max", "as_of", "confidence")
_PRICED_MODEL_KEYS: Final = ("ceiling", "left_out", "unknown_at_most", "never", "always_send")
_RULE_NOT_KEPT: Final = ("source", "as_of", "confidence", "note", "advice", "factor", "already")
_LIMIT_NOT_KEPT: Final = ("source", "as_of", "note")


def main(arguments: list[str]) -> int:
    """Write the four files."""
    if len(arguments) != 1:
        sys.stderr.write(__doc__ or "")
        return 2
    source = Path(arguments[0])
    base, new = _read(source, "models"), _read(source, "models_new")
    generated = new["generated"]
    models = models_of(base, new)
    facts = {
        "models": models,
        "prices": prices_of(_read(source, "prices")),
        "rules": {"rules": [_without(rule, _RULE_NOT_KEPT) for rule in _read(source, "rules")["rules"]]},
        "media_limits": {"models": limits_of(_read(source, "media_limits"), models["models"])},
    }
    for name, content in facts.items():
        _write(name, {"as_of": generated, **content})
    return 0


def models_of(base: Json, new: Json) -> Json:
    """The base with its corrections and the new models, by id."""
    models = {model["id"]: model for model in base["models"]}
    for fix in new["corrections"]:
        model = models[fix["id"]]
        for name, facts in fix.get("input", {}).items():
            model["input"][name] = model["input"].get(name, {}) | facts
        model |= fix.get("set", {})
    models |= {model["id"]: model for model in new["models"]}
    return {"models": {model_id: _model(model) for model_id, model in models.items()}}


def prices_of(prices: Json) -> Json:
    """Rules and remarks about prices, by model."""
    rules: dict[str, list[Json]] = {}
    for rule in prices["rules"]:
        rules.setdefault(rule["model"], []).append({key: rule[key] for key in _PRICE_KEYS if key in rule})
    models = {
        model_id: {key: about[key] for key in _PRICED_MODEL_KEYS if key in about} | {"rules": rules[model_id]}
        for model_id, about in prices["models"].items()
    }
    return {"usd_per_credit": prices["usd_per_credit"], "models": models}


def limits_of(limits: Json, models: Json) -> Json:
    """What files a parameter takes, by model and parameter. Where its schema names types, those decide."""
    return {
        model_id: {
            path: _without(
                limit,
                (*_LIMIT_NOT_KEPT, *(["formats"] if "accepted" in models[model_id]["input"].get(path, {}) else [])),
            )
            for path, limit in parameters.items()
        }
        for model_id, parameters in limits["models"].items()
    }


def _model(model: Json) -> Json:
    kept: Json = {key: model[key] for key in ("title", "vendor")}
    kept |= {"model_type": model["type"], "output": model["output"], "status": model["status"]}
    if model["endpoint"] != "/api/v1/jobs/createTask":
        kept["endpoint"] = {"create": model["endpoint"], "status": model["status_endpoint"]}
    # Where the body names a tier in place of this id, the older endpoint does not know the id.
    if model.get("legacy_endpoint") and "model_values" not in model["legacy_endpoint"]:
        kept["older_endpoint"] = model["legacy_endpoint"]["path"]
    kept |= {key: model[key] for key in ("at_least_one", "callback_required") if model.get(key)}
    if "shape" in model.get("result", {}):
        kept["result"] = model["result"]["shape"]
    open_paths = {path.rpartition(".")[2] for path in model.get("open_values", ())}
    kept["input"] = {name: _parameter(name, facts, open_paths) for name, facts in model["input"].items()}
    if model.get("input_variants"):
        kept["variants"] = [_variant(variant) for variant in model["input_variants"]]
    return kept


def _variant(variant: Json) -> Json:
    narrowed = {name: dict(_kept_keys(facts)) for name, facts in variant.get("params", {}).items()}
    return {**variant, **({"params": narrowed} if narrowed else {})}


def _parameter(name: str, facts: Json, open_paths: set[str]) -> Json:
    if facts["type"] == "enum" and (name in open_paths or facts.get("open_values")):
        facts = _without(facts, ("values", "value_type", "default")) | {"type": "string"}
    kept = dict(_kept_keys(facts))
    # A bound on a text speaks of the number that is written in it.
    if facts["type"] == "string" and {"min", "max", "step"} & facts.keys():
        kept["type"] = "numeric_text"
    if facts["type"] == "array":
        kept["items"] = _items(facts, open_paths)
    elif facts.get("item_fields"):
        kept["fields"] = _fields(facts["item_fields"], open_paths)
    return kept


def _items(facts: Json, open_paths: set[str]) -> str | Json:
    if "items" in facts:
        return _parameter("", facts["items"], open_paths)
    if facts.get("item_type") == "object":
        return {"type": "object", "fields": _fields(facts.get("item_fields") or {}, open_paths)}
    return str(facts.get("item_type") or "string")


def _fields(fields: Json, open_paths: set[str]) -> Json:
    return {name: _parameter(name, facts, open_paths) for name, facts in fields.items()}


def _kept_keys(facts: Json) -> Iterator[tuple[str, Any]]:
    for key, own_name in _KEYS.items():
        value = facts.get(key)
        if key in facts and (key == "default" or not (value is None or value is False or value == "")):
            yield own_name, value


def _without(facts: Mapping[str, Any], keys: tuple[str, ...]) -> Json:
    return {key: value for key, value in facts.items() if key not in keys}


def _read(folder: Path, name: str) -> Json:
    facts: Json = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return facts


def _write(name: str, content: Json) -> None:
    """One model or rule a line: small, and a diff shows what changed."""
    lines = [f'{{"as_of":{_json(content.pop("as_of"))}']
    for key, value in content.items():
        match value:
            case dict():
                inner = ",\n".join(f"{_json(entry)}:{_json(facts)}" for entry, facts in value.items())
                lines.append(f"{_json(key)}:{{\n{inner}\n}}")
            case list():
                lines.append(f"{_json(key)}:[\n" + ",\n".join(map(_json, value)) + "\n]")
            case _:
                lines.append(f"{_json(key)}:{_json(value)}")
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / f"{name}.json").write_text(",\n".join(lines) + "}\n", encoding="utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
