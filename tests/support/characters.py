"""Characters for tests that care about little of them."""

from typing import Any

from domain.kept_media import MediaId
from domain.reference_set import ReferenceKind, ReferenceSet, ReferenceSetId
from tests.support.generations import ANN, NOON


def a_character(**changes: Any) -> ReferenceSet:
    """Ann's fox, which no provider knows yet."""
    fox: dict[str, Any] = {
        "id": ReferenceSetId("fox"),
        "owner": ANN,
        "name": "Fox",
        "kind": ReferenceKind.CHARACTER,
        "media": (MediaId("m"),),
        "created_at": NOON,
    }
    return ReferenceSet(**fox | changes)
