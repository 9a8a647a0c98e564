"""The OpenAPI 3.1 document, made from the table of operations and the schemas."""

from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Final, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from adapters.api_http.operations import OPERATIONS, ROOT, ApiOperation
from adapters.api_http.schemas import Problem

ALWAYS: Final = (400, 401, 403, 429, 503)
REFERENCE: Final = "#/components/schemas/{model}"


def document() -> dict[str, Any]:
    """Return the document as JSON."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(f"{ROOT}{operation.path}", {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "mediabot", "version": version("mediabot"), "description": "Images, video, sound and text."},
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "mediabot keys create"}},
        },
    }


def _operation(operation: ApiOperation) -> dict[str, Any]:
    answers: dict[str, Any] = {str(operation.status): _answer(operation)}
    for status in sorted({*ALWAYS, *operation.errors}):
        answers[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {"application/problem+json": {"schema": _reference(Problem)}},
        }
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [dict(parameter) for parameter in operation.parameters],
        "responses": answers,
    }
    if operation.takes:
        described["requestBody"] = {
            "required": True,
            "content": {operation.body: {"schema": _reference(operation.takes), **_example(operation)}},
        }
    elif operation.body != "application/json":
        described["requestBody"] = {
            "required": True,
            "content": {operation.body: {"schema": {"type": "string", "format": "binary"}}},
        }
    return described


def _answer(operation: ApiOperation) -> dict[str, Any]:
    schema: dict[str, Any] = _reference(operation.gives) if operation.gives else {"type": "string"}
    if operation.content == "text/event-stream":
        data = {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}
        schema = {"type": "object", "properties": {"event": {"type": "string"}, "data": data}}
    answer: dict[str, Any] = {"description": operation.summary, "content": {operation.content: {"schema": schema}}}
    if operation.links:
        answer["links"] = dict(operation.links)
    return answer


def _example(operation: ApiOperation) -> dict[str, Any]:
    return {"example": operation.example} if operation.example else {}


def _schemas() -> dict[str, Any]:
    used: list[type[BaseModel]] = [
        model for operation in OPERATIONS for model in (operation.takes, operation.gives) if model
    ]
    used.append(Problem)
    names: list[tuple[type[BaseModel], Literal["validation"]]] = [(model, "validation") for model in used]
    _, definitions = models_json_schema(names, ref_template=REFERENCE)
    return dict(definitions["$defs"])


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=model.__name__)}
