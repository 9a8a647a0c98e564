"""Whether a URL may be handed to the provider: syntax, scheme, no credentials, a public host.

The provider fetches these URLs. A host is private in any spelling the tools of the field take for one: ``127.1``,
``0x7f000001``, ``017700000001``, ``[::ffff:10.0.0.1]``, ``localhost.``, full-width digits. Names are not resolved.
"""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final
from unicodedata import normalize
from urllib.parse import SplitResult, urlsplit

from domain.public_address import is_public
from domain.violation import ViolationCode

MAX_URL_LENGTH: Final = 4096
"""Longest URL taken. Signed storage URLs come near 2,000 characters; the provider states no limit."""

PRIVATE_SUFFIXES: Final = frozenset(
    {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "arpa"}
)
_LABEL: Final = r"(?:[a-z0-9][a-z0-9-]{0,28}[a-z0-9]|[a-z0-9])\."
_ORDINARY: Final = re.compile(
    rf"https?://(?:{_LABEL}){{1,7}}([a-z]{{2,24}})(?::[1-9][0-9]{{0,3}})?(?:[/?#][!#-;=?-\[\]_a-z~]*)?"
)
"""Nearly every URL there is, known at a glance; what does not fit is looked at closely."""
_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"^`{|}\u2028\u2029\ud800-\udfff]")
_HOST: Final = re.compile(r"(?!-)[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.(?!-)[^\W_](?:[\w-]{0,61}[^\W_])?)*", re.UNICODE)
_MAX_HOST: Final = 253


def url_fault(url: str, *, allow_private_hosts: bool) -> ViolationCode | None:
    """What is wrong with a URL, None if nothing is. One fault is enough: a broken URL has no host to judge."""
    return None if is_ordinary(url) else _close_look(url, allow_private_hosts=allow_private_hosts)


def is_ordinary(url: str) -> bool:
    """Return whether nothing is wrong with a URL at a glance. What is not ordinary may be sound as well."""
    ordinary = _ORDINARY.fullmatch(url)
    return ordinary is not None and len(url) <= MAX_URL_LENGTH and ordinary[1] not in PRIVATE_SUFFIXES


def _close_look(url: str, *, allow_private_hosts: bool) -> ViolationCode | None:
    if len(url) > MAX_URL_LENGTH or _FORBIDDEN.search(url):
        return ViolationCode.URL_INVALID
    scheme, colon, rest = url.partition(":")
    if not colon or scheme.lower() not in {"http", "https"}:
        return ViolationCode.URL_SCHEME
    if not rest.startswith("//"):
        return ViolationCode.URL_INVALID
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # brackets that do not match, a port that is no number
        return ViolationCode.URL_INVALID
    if "@" in parts.netloc:
        return ViolationCode.URL_CREDENTIALS
    if port == 0 or parts.netloc.endswith(":"):
        return ViolationCode.URL_INVALID
    return _host_fault(parts, allow_private_hosts=allow_private_hosts)


def _host_fault(parts: SplitResult, *, allow_private_hosts: bool) -> ViolationCode | None:
    host = normalize("NFKC", parts.hostname or "").replace("\u3002", ".").lower()
    if "[" in parts.netloc:
        address: IPv4Address | IPv6Address | None = _ipv6(host)
        if address is None:
            return ViolationCode.URL_INVALID
    else:
        host = host.removesuffix(".")
        if len(host) > _MAX_HOST or not _HOST.fullmatch(host):
            return ViolationCode.URL_INVALID
        try:
            address = _ipv4(host)
        except ValueError:
            return ViolationCode.URL_INVALID
    private = _is_private_name(host) if address is None else not is_public(address)
    return ViolationCode.URL_PRIVATE_HOST if private and not allow_private_hosts else None


def _is_private_name(host: str) -> bool:
    """A name only a private network knows: one without a dot, or under a suffix no public registry has."""
    labels = host.split(".")
    return len(labels) == 1 or labels[-1] in PRIVATE_SUFFIXES


def _ipv6(host: str) -> IPv6Address | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return address if isinstance(address, IPv6Address) and address.scope_id is None else None


def _ipv4(host: str) -> IPv4Address | None:
    """The address a host means to ``inet_aton`` and to browsers; None for a name.

    Raises:
        ValueError: its last label is a number, so it is meant as an address, and it is none.
    """
    labels = host.split(".")
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        return None
    numbers = [_number(label) for label in labels]
    *head, last = numbers
    if len(numbers) > 4 or any(number > 255 for number in head) or last >= 256 ** (5 - len(numbers)):
        raise ValueError(host)
    return IPv4Address(sum(number << 8 * (3 - place) for place, number in enumerate(head)) + last)


def _number(label: str) -> int:
    if len(label) > 15:  # longer than any address in any base
        raise ValueError(label)
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8) if len(label) > 1 and label.startswith("0") else int(label)
