"""``DATABASE_URL`` as providers, tools and people write it, in the form that our driver reads."""

import os
import re
import ssl
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

WRONG_FORM: Final = "is not a PostgreSQL URL (postgresql://user:password@host:5432/database)"
ENCODE: Final = "; characters such as @ : / ? # % in the password are best written percent-encoded (@ as %40)"

_URL: Final = re.compile(r"(?P<scheme>postgres(?:ql)?)(?:\+[a-z0-9_]+)?://(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_PLACE: Final = re.compile(r"(?P<hosts>[^/?#@]*)(?:/(?P<database>[^?#/]*))?(?:\?(?P<query>[^#]*))?", re.DOTALL)
_HOST: Final = re.compile(r"(?:\[[0-9a-fA-F:.]+(?:%25[\w.]+)?\]|[\w.%-]*)(?::(?P<port>\d{1,5}))?")
_ESCAPES: Final = re.compile(r"(?:[^%]|%[0-9a-fA-F]{2})*")

_SSLMODES: Final = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
_LONGEST_PARAMETER: Final = 4096

_DROPPED: Final = frozenset(
    {
        "channel_binding",  # SCRAM without it is what our driver speaks; TLS still protects the password
        "connect_timeout",  # our own are 5 s
        "keepalives",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",  # the lock's own session sets what it needs, and statements have a time limit
        "client_encoding",  # always UTF-8
        "sslcompression",
        "sslsni",
        "sslcertmode",
        "load_balance_hosts",
        "min_protocol_version",
        "max_protocol_version",
        "connection_limit",  # the rest are of Prisma, JDBC, and other drivers' pools
        "pool_timeout",
        "pool_size",
        "max_overflow",
        "socket_timeout",
        "statement_cache_size",
        "prepared_statement_cache_size",
        "prepareThreshold",
        "uselibpqcompat",
    }
)
"""Parameters whose absence changes nothing for us."""

_REFUSED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "hostaddr": "write the address in place of the host",
        "servicefile": "name the host, user and database in the URL",
        "requirepeer": "our driver can't check it; leave it out",
        "replication": "leave it out: the bot needs an ordinary connection",
        "require_auth": "our driver can't promise it; leave it out",
        "sslkeylogfile": "it would write TLS secrets to a file; leave it out",
        "sslcrldir": "use sslcrl with one file",
        "sslidentity": "use sslcert and sslkey",
    }
)


def database_url(text: str) -> str:
    """Return the URL in the form that the driver reads: postgresql, every part percent-encoded, known parameters only.

    Raises:
        ValueError: it can't be used; the message goes on after the variable's name and holds no secret.
    """
    matched = _URL.fullmatch(_unwrapped(text))
    if not matched:
        raise ValueError(WRONG_FORM)
    account, place = _account_and_place(matched["rest"])
    query = _query(place["query"] or "")
    _check_certificates(query)
    hosts = _hosts(place["hosts"], query)
    database = place["database"] or ""
    parameters = urlencode(query, quote_via=quote)
    return f"postgresql://{account}{hosts}/{quote(_decoded(database))}" + (f"?{parameters}" if parameters else "")


def _unwrapped(text: str) -> str:
    """Without what is copied along: quotes, and the ``psql`` of a provider's example."""
    text = text.strip().removeprefix("psql ").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    return text


def _account_and_place(rest: str) -> tuple[str, re.Match[str]]:
    """User and password, encoded, and what follows them. An ``@`` in the password does not end it."""
    account, at, place = rest.rpartition("@")
    if not (matched := _PLACE.fullmatch(place)):
        raise ValueError(WRONG_FORM + ENCODE)
    if not at:
        return "", matched
    user, colon, password = account.partition(":")
    encoded = quote(_decoded(user), safe="")
    return encoded + (f":{quote(_decoded(password), safe='')}" if colon else "") + "@", matched


def _decoded(text: str) -> str:
    """Percent-encoded text, decoded; text with a bare ``%`` was never encoded."""
    return unquote(text) if _ESCAPES.fullmatch(text) else text


def _hosts(written: str, query: Mapping[str, str]) -> str:
    if not written:
        if "host" not in query:
            raise ValueError(f"names no host: it {WRONG_FORM}")
        return ""
    for host in written.split(","):
        matched = _HOST.fullmatch(host)
        if not matched or int(matched["port"] or 5432) not in range(1, 65536):
            raise ValueError("has a host or port that can't be read" + ENCODE)
    return written


def _query(written: str) -> dict[str, str]:
    query: dict[str, str] = {}
    for name, value in parse_qsl(written, keep_blank_values=True):
        if len(value) > _LONGEST_PARAMETER or not name.isascii():
            raise ValueError("has a parameter that can't be read")
        if name in _REFUSED:
            raise ValueError(f"has the parameter {name}: {_REFUSED[name]}")
        if name in _TAKEN:
            query |= _TAKEN[name](value)
        elif name not in _DROPPED and value:
            query[name] = value
    return query


def _ssl_mode(value: str) -> dict[str, str]:
    mode = {"no-verify": "require", "true": "require", "1": "require", "false": "disable", "0": "disable"}.get(
        value.lower(), value.lower()
    )
    if mode not in _SSLMODES:
        raise ValueError(f"has an sslmode that PostgreSQL does not know; it knows {', '.join(sorted(_SSLMODES))}")
    return {"sslmode": mode}


def _ssl_accept(value: str) -> dict[str, str]:
    return {"sslmode": "verify-full" if value == "strict" else "require"}


def _root_certificate(value: str) -> dict[str, str]:
    """``system`` means the certificates that this machine trusts."""
    if value != "system":
        return _file("sslrootcert")(value)
    paths = ssl.get_default_verify_paths()
    if found := next(
        (path for path in (paths.cafile, "/etc/ssl/certs/ca-certificates.crt") if path and Path(path).is_file()), None
    ):
        return {"sslrootcert": found, "sslmode": "verify-full"}
    raise ValueError("has sslrootcert=system, and this machine has no file of certificates; name the file")


def _check_certificates(query: Mapping[str, str]) -> None:
    """Where the server is to be checked, libpq's own file must be there, unless another is named."""
    mode, usual = query.get("sslmode", os.environ.get("PGSSLMODE", "")), Path("~/.postgresql/root.crt")
    named = query.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
    if mode in {"verify-ca", "verify-full"} and not named and not usual.expanduser().is_file():
        raise ValueError(
            f"has sslmode={mode} and names no certificates: there is no {usual}; add sslrootcert=system or a file"
        )


def _file(name: str) -> Callable[[str], dict[str, str]]:
    def take(value: str) -> dict[str, str]:
        if not Path(value).expanduser().is_file():
            raise ValueError(f"names a file that is not there: {name}={value}")
        return {name: str(Path(value).expanduser())}

    return take


def _gss(value: str) -> dict[str, str]:
    if value == "require":
        raise ValueError("has gssencmode=require, which our driver does not speak; use TLS (sslmode=require)")
    return {}


def _pooled(value: str) -> dict[str, str]:
    if value.lower() in {"true", "1"}:
        raise ValueError(
            "has pgbouncer=true, so it leads to a connection pooler; set it to the direct connection string of the database"
        )
    return {}


def _schema(value: str) -> dict[str, str]:
    return {"search_path": value} if value and value != "public" else {}


def _options(value: str) -> dict[str, str]:
    """Without ``endpoint=…`` and ``project=…``, which hosts ask of clients whose TLS does not name the host; our own does."""
    kept = [part for part in value.split() if not re.fullmatch(r"(?:endpoint|project)=[\w.-]+", part)]
    return {"options": " ".join(kept)} if kept else {}


_TAKEN: Final[Mapping[str, Callable[[str], dict[str, str]]]] = MappingProxyType(
    {
        "sslmode": _ssl_mode,
        "ssl": _ssl_mode,
        "sslaccept": _ssl_accept,
        "sslrootcert": _root_certificate,
        "sslcert": _file("sslcert"),
        "sslkey": _file("sslkey"),
        "sslcrl": _file("sslcrl"),
        "gssencmode": _gss,
        "pgbouncer": _pooled,
        "schema": _schema,
        "options": _options,
        "fallback_application_name": lambda value: {"application_name": value},
    }
)
