"""Our validation beside the JSON Schema libraries and pydantic: ``python -m bench.bench_validation``.

Six parameters, as a usual video model has them; every subject answers with every error, and all give the same verdicts on
the cases below before anything is timed. Our own also normalises, suggests and words its violations' values, which the others
do not.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

import jsonschema
import jsonschema_rs
import yaml
from attrs import evolve, frozen
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.table import Table

from adapters.yaml_catalog import load_catalog
from bench.aims import Aim, at_least, at_most, console, run_alone
from domain.model import Model
from domain.price import compile_price
from domain.sample import full_input
from domain.validation import compile_model
from tests.support.registry import REGISTRY, catalog, url_of
from tests.support.validation import model_of, parameter

Check = Callable[[object], int]
"""How many errors an input has, each of them made into an object."""

ROUNDS: Final = 5
ROUND_S: Final = 0.15
SHORT_ROUNDS: Final = 101
"""Of works that take a few milliseconds."""

VALID: Final = {
    "prompt": "A red fox in snow, morning light, 35 mm",
    "duration": "10",
    "resolution": "720p",
    "seed": 42,
    "guidance": 7.5,
    "sound": True,
}
INVALID: Final = {
    "prompt": "x" * 5001,
    "duration": "7",
    "resolution": "8k",
    "seed": -1,
    "guidance": 70,
    "sound": "perhaps",
    "sise": "large",
}

SCHEMA: Final = {
    "type": "object",
    "properties": {
        "prompt": {"type": "string", "minLength": 1, "maxLength": 5000},
        "duration": {"enum": ["5", "10", "15"]},
        "resolution": {"enum": ["480p", "720p", "1080p"]},
        "seed": {"type": "integer", "minimum": 0, "maximum": 2147483647},
        "guidance": {"type": "number", "minimum": 1, "maximum": 20},
        "sound": {"type": "boolean"},
    },
    "required": ["prompt"],
    "additionalProperties": False,
}

CASES: Final[tuple[tuple[Mapping[str, object], int], ...]] = (
    (VALID, 0),
    (INVALID, 7),
    ({"prompt": "x"}, 0),
    ({}, 1),
    ({"prompt": 5}, 1),
    ({"prompt": "x" * 5000}, 0),
    ({"prompt": "🦊" * 5000}, 0),
    ({"prompt": "🦊" * 5001}, 1),
    ({"prompt": "x", "seed": 5.5}, 1),
    ({"prompt": "x", "seed": True}, 1),
    ({"prompt": "x", "seed": 2**31}, 1),
    ({"prompt": "x", "guidance": 1}, 0),
    ({"prompt": "x", "guidance": False}, 1),
    ({"prompt": "x", "sound": 1}, 1),
    ({"prompt": "x", "duration": "perhaps", "extra": 1}, 2),
)


class PydanticInput(BaseModel):
    """The same in pydantic's words."""

    model_config = ConfigDict(extra="forbid", strict=True)

    prompt: str = Field(min_length=1, max_length=5000)
    duration: Literal["5", "10", "15"] | None = None
    resolution: Literal["480p", "720p", "1080p"] | None = None
    seed: int | None = Field(default=None, ge=0, le=2147483647)
    guidance: float | None = Field(default=None, ge=1, le=20)
    sound: bool | None = None


def our_model() -> Model:
    return model_of(
        parameter("string", name="prompt", required=True, minimum=1, maximum=5000),
        parameter("enum", name="duration", values=("5", "10", "15")),
        parameter("enum", name="resolution", values=("480p", "720p", "1080p")),
        parameter("integer", name="seed", minimum=0, maximum=2147483647),
        parameter("number", name="guidance", minimum=1, maximum=20),
        parameter("boolean", name="sound"),
    )


def our_check() -> Check:
    validate = compile_model(our_model(), allow_private_hosts=False)
    return lambda raw: len(validate(raw).violations)


def with_pydantic() -> Check:
    built: Any = type("Built", (PydanticInput,), {"__module__": __name__})

    def check(raw: object) -> int:
        try:
            built.model_validate(raw)
        except ValidationError as error:
            return len(error.errors())
        return 0

    return check


def with_jsonschema() -> Check:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return lambda raw: len(list(validator.iter_errors(raw)))


def with_jsonschema_rs() -> Check:
    validator = jsonschema_rs.validator_for(SCHEMA)
    return lambda raw: len(list(validator.iter_errors(raw)))


SUBJECTS: Final[Mapping[str, Callable[[], Check]]] = {
    "our_check": our_check,
    "pydantic": with_pydantic,
    "jsonschema-rs": with_jsonschema_rs,
    "jsonschema": with_jsonschema,
}


@frozen(kw_only=True)
class Speed:
    """Per second of CPU time."""

    compiles: float
    valid: float
    invalid: float


def per_second(work: Callable[[], object]) -> float:
    """How often the work is done in a second of CPU time, over one short round."""
    count, started = 0, time.process_time()
    while (spent := time.process_time() - started) < ROUND_S:
        for _ in range(20):
            work()
        count += 20
    return count / spent


def measure() -> dict[str, Speed]:
    """Medians of rounds in which the subjects take turns, so that a slower moment of the machine meets them all."""
    checks = {name: build() for name, build in SUBJECTS.items()}
    rounds: dict[str, list[Speed]] = {name: [] for name in SUBJECTS}
    for _ in range(ROUNDS):
        for name, check in checks.items():
            rounds[name].append(_round(SUBJECTS[name], check))
    return {
        name: Speed(
            compiles=statistics.median(one.compiles for one in speeds),
            valid=statistics.median(one.valid for one in speeds),
            invalid=statistics.median(one.invalid for one in speeds),
        )
        for name, speeds in rounds.items()
    }


def _round(build: Callable[[], Check], check: Check) -> Speed:
    return Speed(
        compiles=per_second(build),
        valid=per_second(lambda: check(VALID)),
        invalid=per_second(lambda: check(INVALID)),
    )


def disagreements() -> list[str]:
    """Where a subject does not find what it should: then the speeds would not compare."""
    found = []
    for name, build in SUBJECTS.items():
        check = build()
        found += [f"{name}: {raw} has {check(raw)} errors" for raw, errors in CASES if check(raw) != errors]
    return found


def report(speeds: Mapping[str, Speed]) -> Table:
    table = Table(title="validating 6 parameters, all errors reported; per second of CPU, and our_check as a multiple")
    for heading in ("", "compile, µs", "valid/s", "our_check ×", "7 errors/s", "our_check ×"):
        table.add_column(heading, justify="right" if heading else "left")
    base = speeds["our_check"]
    for name, speed in speeds.items():
        table.add_row(
            name,
            f"{1e6 / speed.compiles:.0f}",
            f"{speed.valid:,.0f}",
            f"{base.valid / speed.valid:.2f}",
            f"{speed.invalid:,.0f}",
            f"{base.invalid / speed.invalid:.2f}",
        )
    return table


@frozen(kw_only=True)
class RegistryTimes:
    """Milliseconds of CPU for the whole registry of ``models`` models."""

    models: int
    parse_ms: float
    load_ms: float
    compile_ms: float
    validate_ms: float
    unruled_ms: float
    """The same inputs without the rules between parameters."""
    quote_ms: float


def measure_registry() -> RegistryTimes:
    """The registry itself: loading it beside the bare parse, compiling all of its models, validating an input of each."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(REGISTRY.glob("*.yaml"))]
    models = catalog().models()
    inputs = [full_input(one, url_of) for one in models]
    both = [[compile_model(each, allow_private_hosts=False) for each in (one, evolve(one, rules=()))] for one in models]
    validators, unruled = zip(
        *both, strict=True
    )  # side by side in memory: what is compiled last lies better, by some percent
    priced = [(quote, values) for one, values in zip(models, inputs, strict=True) if (quote := compile_price(one))]
    parse_ms, load_ms = _medians_ms(
        lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts], lambda: load_catalog(REGISTRY)
    )
    validate_ms, unruled_ms = _medians_ms(
        lambda: [validate(raw) for validate, raw in zip(validators, inputs, strict=True)],
        lambda: [validate(raw) for validate, raw in zip(unruled, inputs, strict=True)],
        rounds=SHORT_ROUNDS,
    )
    [compile_ms] = _medians_ms(lambda: [compile_model(one, allow_private_hosts=False) for one in models])
    [quote_ms] = _medians_ms(lambda: [quote(values, {}) for quote, values in priced], rounds=SHORT_ROUNDS)
    return RegistryTimes(
        models=len(models),
        parse_ms=parse_ms,
        load_ms=load_ms,
        compile_ms=compile_ms,
        validate_ms=validate_ms,
        unruled_ms=unruled_ms,
        quote_ms=quote_ms,
    )


def registry_report(times: RegistryTimes) -> Table:
    table = Table("", "ms", "", title=f"the registry, {times.models} models")
    table.add_row("bare parse (C loader)", f"{times.parse_ms:.1f}", "")
    table.add_row("load", f"{times.load_ms:.1f}", f"{times.load_ms / times.parse_ms:.2f} × the parse")
    rows = {
        "compile all": times.compile_ms,
        "validate the fullest input of each": times.validate_ms,
        "the same without rules between parameters": times.unruled_ms,
        "quote the fullest input of each": times.quote_ms,
    }
    for name, ms in rows.items():
        table.add_row(name, f"{ms:.1f}", f"{ms / times.models * 1000:.0f} µs each")
    return table


def _medians_ms(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Of rounds in which the works take turns."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, times in zip(works, spent, strict=True):
            started = time.process_time()
            work()
            times.append(time.process_time() - started)
    return [statistics.median(times) * 1000 for times in spent]


def main(_arguments: Sequence[str] = ()) -> list[Aim]:
    """Print both tables.

    Raises:
        AssertionError: the subjects do not agree on the cases, so their speeds would not compare.
    """
    if wrong := disagreements():
        raise AssertionError("the subjects do not agree: " + "; ".join(wrong))
    speeds = measure()
    registry = measure_registry()
    console().print(report(speeds), registry_report(registry))
    our_check, pydantic = speeds["our_check"], speeds["pydantic"]
    return [
        at_least("validation: valid inputs, × pydantic", our_check.valid / pydantic.valid, 1.0),
        at_least("validation: inputs with seven errors, × pydantic", our_check.invalid / pydantic.invalid, 5.0),
        at_most("registry: load, × the bare parse", registry.load_ms / registry.parse_ms, 1.5),
        at_least("registry: validation with rules, × without", registry.unruled_ms / registry.validate_ms, 0.95),
        at_most(
            "registry: the fullest input with all rules, µs",
            registry.validate_ms / registry.models * 1000,
            50,
            digits=1,
        ),
        at_most("registry: a quote, µs", registry.quote_ms / registry.models * 1000, 20, digits=1),
    ]


if __name__ == "__main__":
    run_alone(main)
