"""A half-filled wish: the card a person is working on."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NewType

from attrs import field, frozen

from domain.generation import Destination, UserId
from domain.model import ModelId

DraftId = NewType("DraftId", str)
"""10 characters of ``a-z0-9``; stands in every button of the card."""


@frozen(kw_only=True)
class Draft:
    """Values chosen so far for one model, and what the card shows.

    ``values`` are raw, as they will go to validation; an ``Attachment`` may be among them. ``view`` and ``expecting``
    belong to the front end: which page of the card is open, and which parameter the next message sets.
    """

    id: DraftId
    user: UserId
    destination: Destination
    model_id: ModelId
    values: Mapping[str, object] = field(factory=lambda: MappingProxyType({}), repr=False)
    view: str = ""
    expecting: str | None = None
    message: str | None = None
    updated_at: datetime
