"""A person signed in on a page."""

from datetime import datetime
from typing import NewType

from attrs import field, frozen

from domain.generation import UserId

SessionId = NewType("SessionId", str)
"""10 characters of ``a-z0-9``: what the list of sessions is handled by. It signs no one in."""


@frozen(kw_only=True)
class WebSession:
    """``token_hash`` is of the secret in the cookie, which is nowhere kept; ``previous_hash`` of the one before, which is good
    for a moment after ``rotated_at``. ``csrf`` stands in the session's own pages. ``device`` is what the browser says of itself.
    """

    id: SessionId
    user: UserId
    name: str = field(repr=False)
    token_hash: str = field(repr=False)
    csrf: str = field(repr=False)
    device: str = ""
    created_at: datetime
    rotated_at: datetime
    expires_at: datetime
    previous_hash: str | None = field(default=None, repr=False)
