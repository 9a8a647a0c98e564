"""DATABASE_URL as Neon, Supabase, Prisma, psql and people write it."""

import os
import ssl
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from asyncpg import connect_utils

from config.database_url import database_url
from config.settings import Settings, SettingsError

PLAIN = "postgresql://u:p@h/d"


def as_driver_reads(url: str) -> tuple[list[object], object]:
    addresses, parameters = connect_utils._parse_connect_dsn_and_args(  # type: ignore[attr-defined]  # private
        dsn=database_url(url),
        **dict.fromkeys(
            (
                "host",
                "port",
                "user",
                "password",
                "passfile",
                "database",
                "ssl",
                "direct_tls",
                "server_settings",
                "target_session_attrs",
                "krbsrvname",
                "gsslib",
                "service",
                "servicefile",
            ),
        ),
    )
    return addresses, parameters


@pytest.mark.parametrize(
    "parameters",
    [
        "channel_binding=require",
        "sslmode=require&channel_binding=require",
        "connect_timeout=10",
        "keepalives=1&keepalives_idle=30&keepalives_interval=10&keepalives_count=3",
        "gssencmode=disable",
        "pgbouncer=false",
        "schema=public",
        "options=endpoint%3Dep-cool-darkness-123456",
        "ssl=true",
        "sslmode=no-verify",
        "connection_limit=5&pool_timeout=10",
        "tcp_user_timeout=1000&load_balance_hosts=random",
        "client_encoding=utf8",
    ],
)
def test_parameters_of_libpq_and_of_other_drivers_never_reach_the_server_as_settings(parameters: str) -> None:
    _, read = as_driver_reads(f"{PLAIN}?{parameters}")
    assert not read.server_settings  # type: ignore[attr-defined]  # a refusal has no such attribute, and the test fails


def test_parameters_that_the_server_knows_are_kept() -> None:
    _, read = as_driver_reads(
        f"{PLAIN}?application_name=mine&options=-c%20geqo%3Doff%20endpoint%3Dx&schema=bot&statement_timeout=9000"
    )
    assert read.server_settings == {  # type: ignore[attr-defined]  # a refusal has no such attribute, and the test fails
        "application_name": "mine",
        "options": "-c geqo=off",
        "search_path": "bot",
        "statement_timeout": "9000",
    }


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        ("sslmode=disable", "disable"),
        ("sslmode=allow", "allow"),
        ("sslmode=prefer", "prefer"),
        ("sslmode=REQUIRE", "require"),
        ("ssl=true", "require"),
        ("ssl=1", "require"),
        ("ssl=false", "disable"),
        ("sslmode=verify-full", "verify_full"),
        ("sslaccept=strict", "verify_full"),
        ("sslrootcert=system", "verify_full"),
    ],
)
def test_every_form_of_sslmode_is_understood(written: str, mode: str, tmp_path: Path) -> None:
    root = tmp_path / "root.crt"
    extra = ""
    if mode == "verify_full" and "system" not in written:
        root.write_bytes(
            Path(ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt").read_bytes()
        )
        extra = f"&sslrootcert={root}"
    _, read = as_driver_reads(f"{PLAIN}?{written}{extra}")
    assert read.sslmode.name == mode  # type: ignore[attr-defined]  # a refusal has no such attribute, and the test fails


@pytest.mark.parametrize(
    "password", ["p@ssword", "a:b@c", "p/w", "p?w#x", "50%off", "#hash", "a b", "ключ", "[x]", "p@ss@host:5432/x"]
)
def test_a_password_is_taken_however_it_is_written(password: str) -> None:
    for written in (password, quote(password, safe="")):
        addresses, read = as_driver_reads(f"postgres://user:{written}@db.example.com:6543/bot?sslmode=disable")
        assert (read.user, read.password, read.database) == ("user", password, "bot")  # type: ignore[attr-defined]  # a refusal has no such attribute, and the test fails
        assert addresses == [("db.example.com", 6543)]


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("postgres://u:p@h/d", [("h", 5432)]),
        ("postgresql+asyncpg://u:p@h/d", [("h", 5432)]),
        ("POSTGRESQL://u:p@h/d", [("h", 5432)]),
        ("psql 'postgresql://u:p@h/d'", [("h", 5432)]),
        ('"postgresql://u:p@h/d"', [("h", 5432)]),
        ("postgresql://u:p@one,two:6432/d", [("one", 5432), ("two", 6432)]),
        ("postgresql://u:p@[::1]:6000/d", [("::1", 6000)]),
        ("postgresql:///d?host=/var/run/postgresql&user=u", ["/var/run/postgresql/.s.PGSQL.5432"]),
        ("postgresql://u@%2Fvar%2Frun%2Fpostgresql/d", ["/var/run/postgresql/.s.PGSQL.5432"]),
        ("postgresql://u:p@/d?host=one&port=7000", [("one", 7000)]),
    ],
)
def test_hosts_sockets_and_schemes_are_read(url: str, addresses: list[object]) -> None:
    assert as_driver_reads(url)[0] == addresses


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://u:hidden@h/d", "not a PostgreSQL URL"),
        ("host=h user=u password=hidden", "not a PostgreSQL URL"),
        ("jdbc:postgresql://h/d?password=hidden", "not a PostgreSQL URL"),
        ("postgresql://u:hidden@/d", "no host"),
        ("postgresql://u:hidden@h:port/d", "percent-encoded"),
        ("postgresql://u:hidden@h:99999/d", "percent-encoded"),
        (f"{PLAIN}?pgbouncer=true", "direct connection string"),
        (f"{PLAIN}?gssencmode=require", "gssencmode"),
        (f"{PLAIN}?sslmode=sometimes", "sslmode"),
        (f"{PLAIN}?hostaddr=1.2.3.4", "in place of the host"),
        (f"{PLAIN}?replication=database", "replication"),
        (f"{PLAIN}?sslmode=verify-full&sslrootcert=/nowhere/root.crt", "not there: sslrootcert=/nowhere/root.crt"),
        (f"{PLAIN}?sslcert=/nowhere/client.crt", "not there"),
        (f"{PLAIN}?sslkey=/nowhere/client.key", "not there"),
    ],
)
def test_what_can_not_be_used_is_refused_in_one_sentence_without_the_password(url: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({"DATABASE_URL": url})
    (sentence,) = refused.value.faults
    assert sentence.startswith("DATABASE_URL ")
    assert says in sentence
    assert "hidden" not in sentence


def test_the_root_certificate_of_libpq_is_asked_for_before_anything_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert "root.crt" not in os.listdir(tmp_path)
    with pytest.raises(SettingsError, match=r"sslmode=verify-full.*root\.crt"):
        Settings.from_env({"DATABASE_URL": f"{PLAIN}?sslmode=verify-full"})


def test_the_canonical_form_is_a_url() -> None:
    assert urlsplit(database_url("postgres://u:p@h/d?sslmode=require")).scheme == "postgresql"
