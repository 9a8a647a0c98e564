"""How the pages are configured."""

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen

from domain.generation import UserId


@frozen(kw_only=True)
class LocalLink:
    """A link that signs one person in, printed on the machine the service runs on."""

    token: str = field(repr=False)
    user: UserId
    name: str


@frozen(kw_only=True)
class SiteOptions:
    """``is_secure``: people come by https, through a router in front that sets ``X-Forwarded-For``.

    ``streams_at_most`` is how many open pages may watch: each holds a connection, and health checks need some, too.
    """

    is_secure: bool = False
    streams_at_most: int = 1000
    local_links: Mapping[str, LocalLink] = field(factory=lambda: MappingProxyType({}), repr=False)
