"""Walking an OpenAPI 3.1 document: local references, what is merged, what is only said to be null."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import unquote

Schema = Mapping[str, Any]

_DEEPEST: Final = 24
"""References, parts and fields within each other; more than that is a loop."""
_MOST: Final = 50_000
"""Schemas looked at in one document. A loop that branches would take years before it is deep."""


class Unreadable(Exception):
    """The document can't be understood; the message says where."""


class SchemaTree:
    """One document; ``path`` is the one it says to post to. Raises ``Unreadable`` for what is missing or of another kind."""

    def __init__(self, document: object) -> None:
        self._document = mapping(document, "the document")
        paths = mapping(self._document.get("paths"), "paths")
        calls = [(path, call["post"]) for path, call in paths.items() if isinstance(call, Mapping) and "post" in call]
        if len(calls) != 1:
            raise Unreadable(f"{len(calls)} paths to post to")
        [(self.path, self._call)] = calls
        self._looked_at = 0
        self._within = 0

    def request(self) -> Schema:
        """The schema of the call's JSON body."""
        return self._inside(self._call, "requestBody", "content", "application/json", "schema")

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Go one field deeper. Raises ``Unreadable`` where fields lead to themselves."""
        if self._within >= _DEEPEST:
            raise Unreadable("fields in a circle")
        self._within += 1
        try:
            yield
        finally:
            self._within -= 1

    def resolved(self, schema: object, depth: int = 0) -> Schema:
        """The schema with its reference followed, its ``allOf`` merged, and the alternative "or null" taken away."""
        self._looked_at += 1
        if depth > _DEEPEST or self._looked_at > _MOST:
            raise Unreadable("references in a circle")
        found = dict(mapping(schema, "a schema"))
        parts = [self._target(found.pop("$ref"))] if "$ref" in found else []
        parts += _list(found.pop("allOf", []), "allOf")
        for key in ("anyOf", "oneOf"):
            real = [one for one in _list(found.get(key, []), key) if one != {"type": "null"}]
            if len(real) == 1:
                del found[key]
                parts += real
        merged: dict[str, Any] = {}
        for part in parts:
            merged = _merged(merged, self.resolved(part, depth + 1))
        return _merged(merged, found)

    def _inside(self, start: object, *keys: str) -> Schema:
        """The schema that the keys lead to; a reference may stand at each of them."""
        found = self.resolved(start)
        for key in keys:
            found = self.resolved(found.get(key))
        return found

    def _target(self, reference: object) -> object:
        """What a local reference points to. Segments come percent-encoded, and names may end in blanks: both are kept."""
        if not isinstance(reference, str) or not reference.startswith("#/"):
            raise Unreadable(f"the reference {str(reference)[:60]!r}")
        found: object = self._document
        for segment in reference[2:].split("/"):
            name = unquote(segment).replace("~1", "/").replace("~0", "~")
            found = mapping(found, "a reference's way").get(name)
        return found


def mapping(value: object, what: str) -> Schema:
    """The value as a mapping."""
    if not isinstance(value, Mapping):
        raise Unreadable(f"{what} is {type(value).__name__}")
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise Unreadable(f"{what} is {type(value).__name__}")
    return value


def _merged(first: Schema, second: Schema) -> dict[str, Any]:
    """Both at once: properties and demands add up, of the rest the second has the last word."""
    merged = {**first, **second}
    if "properties" in first and "properties" in second:
        properties = (mapping(one["properties"], "properties") for one in (first, second))
        merged["properties"] = {name: schema for one in properties for name, schema in one.items()}
    if "required" in first and "required" in second:
        merged["required"] = [*_list(first["required"], "required"), *_list(second["required"], "required")]
    return merged
