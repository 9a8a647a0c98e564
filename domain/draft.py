"""A model and the values filled in so far."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NewType

from attrs import field, frozen

from domain.generation import Destination, UserId
from domain.model import ModelId

DraftId = NewType("DraftId", str)
"""10 characters of ``a-z0-9``."""


@frozen(kw_only=True)
class Draft:
    """Values chosen so far for one model, by one person, for one place where the results go.

    ``values`` are raw, as they will go to validation; an ``Attachment`` may be among them. What a screen shows of it, and
    what it waits for, is the front end's.
    """

    id: DraftId
    user: UserId
    destination: Destination
    model_id: ModelId
    values: Mapping[str, object] = field(factory=lambda: MappingProxyType({}), repr=False)
    updated_at: datetime
