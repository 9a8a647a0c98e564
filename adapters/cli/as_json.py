"""Domain objects as plain JSON, for ``--json`` and ``--batch``."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from adapters.cli.words import TerminalWords
from application.errors import ApplicationError, InvalidInput
from domain.condition import Condition
from domain.failure import Failure
from domain.generation import Generation, GenerationId, Result
from domain.media import Attachment
from domain.model import Model, Parameter
from domain.price import ceiling_of
from domain.violation import Violation

Json = dict[str, object]


def violation_json(violation: Violation, words: TerminalWords) -> Json:
    """``{"path", "code", "message"}``."""
    return {"path": violation.path, "code": str(violation.code), "message": words.violation(violation)}


def input_json(value: object) -> object:
    """A normalised input. A local file stands in it as ``@path``, as it was typed."""
    if isinstance(value, Attachment):
        return f"@{value.reference}"
    if isinstance(value, Mapping):
        return {str(name): input_json(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [input_json(inner) for inner in value]
    return value


def generation_json(
    generation: Generation, words: TerminalWords, saved: Mapping[tuple[GenerationId, int], Path]
) -> Json:
    """Of ``generate --json``: how it ended, or how it stands when the person stopped waiting."""
    results = [_result(result, saved.get((generation.id, index))) for index, result in enumerate(generation.results)]
    return {
        "state": state_of(generation),
        "model": generation.model_id,
        "task_id": generation.task_id,
        "results": results,
        "credits": generation.charged_credits,
        "failure": _failure(generation.failure, words) if generation.failure else None,
        "violations": [],
    }


def refusal_json(model: str, error: ApplicationError, words: TerminalWords) -> Json:
    """The same object for a wish that did not become a generation."""
    violations = error.violations if isinstance(error, InvalidInput) else ()
    return {
        "state": "refused",
        "model": model,
        "task_id": None,
        "results": [],
        "credits": None,
        "failure": {"kind": error.code, "code": None, "message": words.error(error)},
        "violations": [violation_json(violation, words) for violation in violations],
    }


def state_of(generation: Generation) -> str:
    """``succeeded`` or ``failed`` once that is known, whatever became of the telling; the state itself before."""
    if generation.failure:
        return "failed"
    return "succeeded" if generation.results else str(generation.state)


def model_json(model: Model) -> Json:
    """Of ``models --json``: everything the registry knows that a front end needs. ``price`` has every rule."""
    return {
        "id": model.id,
        "title": model.title,
        "vendor": model.vendor,
        "type": str(model.type),
        "output": str(model.output),
        "status": str(model.status),
        "alias_of": model.alias_of,
        "price": _price(model) if model.prices else None,
        "parameters": {name: parameter_json(parameter) for name, parameter in model.parameters.items()},
        "variants": [
            {"name": variant.name, "required": sorted(variant.required), "fields": sorted(variant.fields)}
            for variant in model.variants
        ],
        "at_least_one": [sorted(group) for group in model.at_least_one],
        "notes": list(model.notes),
    }


def _result(result: Result, file: Path | None) -> Json:
    what: Json = {"url": result.url} if result.text is None else {"text": result.text}
    return {"kind": str(result.kind)} | what | ({"file": str(file)} if file else {})


def _failure(failure: Failure, words: TerminalWords) -> Json:
    return {"kind": str(failure.kind), "code": failure.provider_code, "message": words.failure(failure)}


def _price(model: Model) -> Json:
    """Every rule, with its conditions as text; ``ceiling`` is the most one task can cost."""
    return {
        "as_of": max(rule.as_of for rule in model.prices),
        "ceiling": ceiling_of(model),
        "rules": [
            {"credits": rule.credits, "unit": str(rule.unit), "when": _conditions(rule.when), "source": rule.source}
            for rule in model.prices
        ],
    }


def _conditions(conditions: Mapping[str, Condition]) -> Json:
    said: Json = {}
    for name, one in conditions.items():
        if one.given is not None:
            said[name] = {"given": one.given}
        elif one.values:
            said[name] = sorted(one.values)
        else:
            said[name] = {"min": one.minimum, "max": one.maximum}
    return said


def parameter_json(parameter: Parameter) -> Json:
    """Only what is said about it: a limit that is missing is unknown, not unlimited."""
    known: Json = {"type": str(parameter.type), "required": parameter.required}
    optional: Json = {
        "required_when": dict(parameter.required_when),
        "about": parameter.about,
        "min": parameter.minimum,
        "max": parameter.maximum,
        "step": parameter.step,
        "values": list(parameter.values),
        "pattern": parameter.pattern,
        "media": str(parameter.media) if parameter.media else None,
        "accepted": list(parameter.accepted),
        "max_file_mb": parameter.max_file_mb,
        "items": parameter_json(parameter.items) if parameter.items else None,
        "fields": {inner.name: parameter_json(inner) for inner in parameter.fields},
    }
    if parameter.has_default:
        known["default"] = input_json(parameter.default)
    if parameter.send is not None:
        known["send"] = input_json(parameter.send)
    return known | {key: value for key, value in optional.items() if value not in (None, "", [], {})}
