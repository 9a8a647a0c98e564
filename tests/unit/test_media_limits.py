"""What a model takes of files: the registry, the validator and the simulated KIE against the provider's facts, all of them."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from adapters.fluent_texts import load_texts
from application.catalog.validate_input import ValidateInput
from application.errors import InvalidInput
from domain.file_types import BY_EXTENSION, plain
from domain.input_rule import RuleKind
from domain.media import Attachment, MediaKind
from domain.media_fit import FileDemands, MediaFacts, breaches, can_become, demands_of
from domain.model import Model, Parameter
from domain.violation import Violation, ViolationCode
from simulators.kie.answers import KieRefusal
from simulators.kie.limit_check import check_count, check_limits, check_same_size
from simulators.kie.measuring import Measured
from tests.support.judge_differences import MEDIA
from tests.support.judged import FACTS, least
from tests.support.registry import catalog, model

VALIDATE: Final = ValidateInput(catalog())
TEXTS: Final = load_texts()
MB: Final = 2**20
CURRENT: Final = {one.id for one in catalog().models() if one.is_offered}
OF_FILES: Final = {ViolationCode.WRONG_MEDIA, ViolationCode.TOO_MANY_ITEMS}
RANGES: Final = ("seconds", "side_px", "long_side_px", "short_side_px", "pixels", "ratio", "fps")
UNUSUAL: Final = {
    MediaKind.IMAGE: ("image/bmp", "image/tiff", "image/gif", "image/avif"),
    MediaKind.VIDEO: ("video/webm", "video/x-msvideo"),
    MediaKind.AUDIO: ("audio/x-ms-wma", "audio/flac"),
    MediaKind.FILE: ("image/bmp",),
}
"""Types that few models take."""
MIMES: Final = {
    MediaKind.IMAGE: "image/jpeg",
    MediaKind.VIDEO: "video/mp4",
    MediaKind.AUDIO: "audio/mpeg",
    MediaKind.FILE: "application/pdf",
}
ENDINGS: Final = {
    mime: {ending[1:] for ending, one in BY_EXTENSION.items() if plain(one) == mime}
    for mime in set(BY_EXTENSION.values())
}
ENDINGS_SAME: Final = {
    "jpg": "jpeg",
    "jfif": "jpeg",
    "tif": "tiff",
    "heif": "heic",
    "m4v": "mp4",
    "oga": "ogg",
    "opus": "ogg",
}
TOTALS: Final = ("total_seconds", "total_mb")
STATED: Final = [
    (model_id, path, limit)
    for model_id, paths in FACTS.limits.items()
    if model_id in CURRENT
    for path, limit in paths.items()
]


def parameter_at(of: Model, path: str) -> Parameter:
    head, _, rest = path.partition("[].")
    found = of.parameters[head]
    if not rest:
        return found
    assert found.items
    return next(one for one in found.items.fields if one.name == rest)


@pytest.mark.parametrize(("model_id", "path", "limit"), STATED, ids=lambda one: one if isinstance(one, str) else "")
def test_every_limit_that_the_provider_states_is_in_the_registry(
    model_id: str, path: str, limit: dict[str, Any]
) -> None:
    parameter = parameter_at(model(model_id), path)
    written = {name: list(getattr(parameter.limits, name)) for name in RANGES if name in limit}
    assert written == {name: limit[name] for name in RANGES if name in limit}
    assert {name: getattr(parameter.limits, name) for name in TOTALS if name in limit} == {
        name: limit[name] for name in TOTALS if name in limit
    }
    assert parameter.limits.same_size_as == limit.get("same_size_as", "")
    if "max_mb" in limit:
        assert parameter.max_file_mb == limit["max_mb"]
    if "clip_seconds" in limit:  # the part that is taken is chosen by two parameters
        cuts = [rule for rule in model(model_id).rules if rule.kind is RuleKind.GAP and path.startswith(rule.path)]
        assert [rule.bounds.maximum for rule in cuts] == [limit["clip_seconds"]]


def files_of(parameters: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every place of a file in the provider's schema of a model, with what the schema says of it."""
    for name, stated in parameters.items():
        path, items = head + name, stated.get("items")
        if stated.get("media") or stated.get("format") == "uri":
            yield path, stated
        if isinstance(items, dict):
            yield from files_of(items.get("fields", {}), f"{path}[].")


PLACES: Final = [
    (model_id, path, stated, FACTS.limits.get(model_id, {}).get(path, {}))
    for model_id in sorted(CURRENT)
    for path, stated in files_of(FACTS.models[model_id]["input"])
]


@pytest.mark.parametrize(
    ("model_id", "path", "schema", "limit"), PLACES, ids=lambda one: one if isinstance(one, str) else ""
)
def test_the_registry_takes_the_types_and_the_number_of_files_that_the_provider_does(
    model_id: str, path: str, schema: dict[str, Any], limit: dict[str, Any]
) -> None:
    """By its schema and by its pages, the stricter where both speak."""
    parameter = parameter_at(model(model_id), path)
    assert (parameter.media.value if parameter.media else None) == schema.get("media")
    endings = {ending for mime in parameter.accepted for ending in ENDINGS.get(plain(mime), ())}
    if "accepted" in schema:
        assert {plain(mime) for mime in parameter.accepted} == {plain(mime) for mime in schema["accepted"]}
    elif "formats" in limit:
        assert {ENDINGS_SAME.get(one, one) for one in endings} == {
            ENDINGS_SAME.get(one, one) for one in limit["formats"]
        }
    else:
        assert not parameter.accepted
    megabytes = [one for one in (schema.get("max_file_mb"), limit.get("max_mb")) if one is not None]
    assert parameter.max_file_mb == min(megabytes, default=None)
    array = model(model_id).parameters[path.partition("[]")[0]]
    if "count" in limit and array.items is not None:
        place = parameter if parameter.items is not None else array
        numbers = [one for one in (schema.get("max"), limit["count"][1]) if one is not None]
        assert place.maximum == min(numbers, default=None)
        assert max(place.minimum or 0, place.required) >= limit["count"][0] or not place.required


def test_every_kind_of_limit_is_held_or_its_absence_has_a_reason() -> None:
    held = {*RANGES, *TOTALS, "max_mb", "formats", "count", "same_size_as", "clip_seconds"}
    others = {(model_id, path, kind) for model_id, path, limit in STATED for kind in limit if kind not in held}
    assert others == MEDIA.keys()
    assert {(model_id, path) for model_id, path, _ in STATED} <= {(model_id, path) for model_id, path, *_ in PLACES}


BREAKING: Final = [
    (model_id, path, limit, name)
    for model_id, path, limit in STATED
    for name in (*RANGES, *TOTALS, "max_mb", "same_size_as")
    if name in limit
    and name != "fps"  # no front end tells it; the file is measured before the upload
    and not (name == "total_mb" and limit.get("count", [0, 2])[1] == 1)  # the one file is all there is
]


@pytest.mark.parametrize(
    ("model_id", "path", "limit", "name"), BREAKING, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_file_beyond_a_limit_is_refused_with_that_limit_by_the_validator_and_by_the_simulator(
    model_id: str, path: str, limit: dict[str, Any], name: str
) -> None:
    parameter = parameter_at(model(model_id), path)
    for facts in _breaking(name, limit, _media(parameter)):
        found = refusal(model_id, path, parameter, facts)
        measures = {one.values.get("measure", "max_mb") for one in found if one.code.value.startswith("file_")}
        assert name in measures, (facts, found)
        for language in ("en", "ru"):
            for one in found:
                assert TEXTS.text(f"violation-{one.code}", language, **one.values)
        measured = [_measured(one, parameter) for one in facts]
        with pytest.raises(KieRefusal):
            check_limits(path, {name: limit[name]}, measured)
            check_same_size(path, measured, [_measured({"width": 640, "height": 480}, parameter)])


@pytest.mark.parametrize(("model_id", "path", "limit"), STATED, ids=lambda one: one if isinstance(one, str) else "")
def test_a_file_within_its_limits_is_taken_by_both(model_id: str, path: str, limit: dict[str, Any]) -> None:
    parameter = parameter_at(model(model_id), path)
    facts = _fitting(limit, _media(parameter))
    assert refusal(model_id, path, parameter, [facts]) == []
    check_limits(path, limit, [_measured(facts, parameter)])


@pytest.mark.parametrize(("model_id", "path", "limit"), STATED, ids=lambda one: one if isinstance(one, str) else "")
def test_a_file_of_another_type_too_many_files_and_a_slow_film_are_refused_by_both(
    model_id: str, path: str, limit: dict[str, Any]
) -> None:
    parameter = parameter_at(model(model_id), path)
    media = _media(parameter)
    if "formats" in limit and (other := next((mime for mime in UNUSUAL[media] if mime not in parameter.accepted), "")):
        found = refusal(model_id, path, parameter, [{"mime": other}])
        assert "wrong_media" in {one.code.value for one in found} or can_become(other, _demands(parameter)), other
        with pytest.raises(KieRefusal):
            check_limits(path, limit, [Measured(mime=other, size_bytes=1)])
    most = limit.get("count", [0, None])[1]
    if most is not None and parameter.items is not None and "[]" not in path:
        files = [_fitting(limit, media)] * (most + 1)
        assert {"too_many_items"} & {one.code.value for one in refusal(model_id, path, parameter, files)}
        with pytest.raises(KieRefusal):
            check_count(path, limit, {path: ["https://files.example.com/a.png"] * len(files)})
    for slow in [limit["fps"][0] / 2] if limit.get("fps", [None])[0] else []:
        facts = MediaFacts(mime="video/mp4", size_bytes=1, fps=slow)
        assert "fps" in {one.limit for one in breaches(facts, _demands(parameter))}
        with pytest.raises(KieRefusal):
            check_limits(
                path, {"fps": limit["fps"]}, [Measured(mime="video/mp4", size_bytes=1, fps=slow, width=9, height=9)]
            )


def _demands(parameter: Parameter) -> FileDemands:
    return demands_of(_media(parameter), parameter.accepted, parameter.max_file_mb, parameter.limits)


def refusal(model_id: str, path: str, parameter: Parameter, facts: list[dict[str, Any]]) -> list[Violation]:
    """What the validator says of these files at this parameter, and of nothing else."""
    given = least(model_id)
    head, _, rest = path.partition("[].")
    files = [attached(parameter, number, **one) for number, one in enumerate(facts)]
    if rest:
        given[head] = [{**_fields(model(model_id).parameters[head]), rest: one} for one in files]
    else:
        given[head] = files if parameter.items is not None else files[0]
    if other := parameter.limits.same_size_as:
        picture = attached(model(model_id).parameters[other], 9, width=640, height=480)
        given[other] = [picture] if model(model_id).parameters[other].items else picture
    try:
        VALIDATE(model_id, given)
    except InvalidInput as error:
        return [one for one in error.violations if one.code.value.startswith("file_") or one.code in OF_FILES]
    return []


def attached(parameter: Parameter, number: int, **facts: Any) -> Attachment:
    media = _media(parameter)
    said = {"mime": next(iter(parameter.accepted), MIMES[media])} | facts
    return Attachment(reference=f"file {number}", kind=media, name="a", **said)


def _media(parameter: Parameter) -> MediaKind:
    return parameter.media or MediaKind.FILE


def _fields(array: Parameter) -> dict[str, Any]:
    assert array.items
    return {one.name: number for number, one in enumerate(array.items.fields) if one.required and not one.media}


def _measured(facts: dict[str, Any], parameter: Parameter) -> Measured:
    return Measured(mime=attached(parameter, 0).mime, **({"size_bytes": 1} | facts))


def _breaking(name: str, limit: dict[str, Any], media: MediaKind) -> Iterator[list[dict[str, Any]]]:
    """Files that break one limit of a parameter by a good deal, one beyond each end that is stated."""
    match name:
        case "max_mb":
            yield [{"size_bytes": int(limit[name] * MB) + MB}]
        case "total_mb":
            yield [{"size_bytes": int(limit[name] * MB * 0.6)}] * 2
        case "total_seconds":
            yield [{"seconds": limit[name] * 0.6}] * 2
        case "same_size_as":
            yield [{"width": 320, "height": 480}]
        case _:
            low, high = limit[name]
            if low:
                yield [_beyond(name, low / 2)]
            if high and (name in {"seconds", "ratio"} or media is not MediaKind.IMAGE):  # a picture is made smaller
                yield [_beyond(name, high * 2)]


def _beyond(name: str, value: float) -> dict[str, Any]:
    match name:
        case "seconds":
            return {"seconds": value}
        case "ratio":
            return {"width": int(value * 1000), "height": 1000}
        case "pixels":
            return {"width": int(value**0.5), "height": int(value**0.5)}
        case _:
            return {"width": int(value), "height": int(value)}


def _fitting(limit: dict[str, Any], media: MediaKind) -> dict[str, Any]:
    """A file within every limit of a parameter."""
    facts: dict[str, Any] = {"size_bytes": 1000}
    if media is not MediaKind.IMAGE:
        low, high = limit.get("seconds", (None, None))
        facts["seconds"] = min(low or 0, limit.get("total_seconds", 1000)) or min(high or 5, 5)
    if media is not MediaKind.AUDIO:
        side = int(limit.get("pixels", (640 * 480, None))[0] or 640 * 480) ** 0.5
        for name in ("side_px", "long_side_px", "short_side_px"):
            side = max(side, limit.get(name, (0, None))[0] or 0)
        facts |= {"width": int(side) + 1, "height": int(side) + 1}
    if "same_size_as" in limit:
        facts |= {"width": 640, "height": 480}
    return facts
