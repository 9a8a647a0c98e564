"""A model of the registry as the OpenAPI 3.1 object that KIE's live catalogue answers."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from .input_check import item_of

_TYPES: Final[Mapping[str, str]] = {"numeric_text": "string"}
_SIZES: Final[Mapping[str, tuple[str, str]]] = {
    "string": ("minLength", "maxLength"),
    "array": ("minItems", "maxItems"),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
}


def openapi_of(model_id: str, model: Mapping[str, Any], market_path: str) -> dict[str, Any]:
    """Build the object. As on KIE, `$ref`s are local, not inlined, and percent-encode spaces of names."""
    request_name, input_name = f"{model['title']} Request", f"{model['title']} Input"
    path = model.get("endpoint", {}).get("create", market_path)
    request = {
        "type": "object",
        "required": ["model", "input"],
        "properties": {
            "model": {"type": "string", "enum": [model_id], "default": model_id},
            "callBackUrl": {"type": "string", "format": "uri"},
            "input": _ref(input_name),
        },
    }
    body = {"required": True, "content": {"application/json": {"schema": _ref(request_name)}}}
    answers = {"200": {"description": "Task accepted"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": model["title"], "version": "1.0.0"},
        "servers": [{"url": "https://api.kie.ai"}],
        "paths": {path: {"post": {"summary": model["title"], "requestBody": body, "responses": answers}}},
        "components": {"schemas": {request_name: request, input_name: _input(model)}},
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{quote(name, safe='')}"}


def _input(model: Mapping[str, Any]) -> dict[str, Any]:
    schema = _object(model["input"])
    if "variants" in model:
        schema["oneOf"] = [
            _object(
                {name: model["input"][name] | variant.get("params", {}).get(name, {}) for name in variant["fields"]}
            )
            | {"title": variant["name"], "required": variant["required"]}
            for variant in model["variants"]
        ]
    if "at_least_one" in model:
        schema["anyOf"] = [{"required": [name]} for group in model["at_least_one"] for name in group]
    return schema


def _object(parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [name for name, parameter in parameters.items() if parameter.get("required")],
        "properties": {name: _schema(parameter) for name, parameter in parameters.items()},
    }


def _schema(parameter: Mapping[str, Any]) -> dict[str, Any]:
    kind = parameter["type"]
    schema: dict[str, Any]
    if kind == "object":
        schema = _object(parameter["fields"])
    elif kind == "enum":
        schema = {"type": parameter.get("value_type", "string"), "enum": parameter["values"]}
    else:
        schema = {"type": _TYPES.get(kind, kind)}
    if kind == "array":
        schema["items"] = _schema(item_of(parameter))
    for key, name in zip(("min", "max"), _SIZES.get(kind, ()), strict=False):
        if key in parameter:
            schema[name] = parameter[key]
    same = {"default": "default", "pattern": "pattern", "step": "multipleOf", "about": "description"}
    schema |= {name: parameter[key] for key, name in same.items() if key in parameter}
    if "media" in parameter and kind == "string":
        schema["format"] = "uri"
        if "accepted" in parameter:
            schema["description"] = f"File of type {', '.join(parameter['accepted'])}"
    return schema
